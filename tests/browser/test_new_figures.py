"""What is new, in the browser: a measure and an area, published, seen, undone, and made again."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import FilePayload, Page, expect

from kpi.domain.wording import plain_id
from tests.browser.clicks import choose, expect_address, expect_title, press, words_of
from tests.browser.faults import assert_no_faults
from tests.browser.screen import open_page, wait_until_drawn

NAME = "Fuldtidspersoner på kontanthjælp i procent af befolkningen"


def hand_in(page: Page, name: str, content: str) -> None:
    """Chooses a file in the field that stands on the page."""
    file = FilePayload(name=name, mimeType="text/csv", buffer=content.encode())
    page.locator("input[type=file]").first.set_input_files(file)


def sixty_months() -> Iterator[tuple[int, int]]:
    """August 2021 to July 2026."""
    for month in range(7, 67):
        yield 2021 + month // 12, month % 12 + 1


def four_measures() -> str:
    """Four measures side by side, as jobindsats gives them; figures of our own.

    They are counted anew from July 2025.
    """
    lines = ["område;måned;persons;fullTime;workforceRate;populationRate"]
    for area, first in (("Hele landet", 25), ("Aarhus", 27), ("Odense", 31)):
        for step, (year, month) in enumerate(sixty_months()):
            tenths = first - step // 12 - (4 if (year, month) >= (2025, 7) else 0)
            rates = ";".join(f"{number // 10},{number % 10}" for number in (tenths + 7, tenths))
            lines.append(f"{area};{year}M{month:02d};{6070 + step};{5830 + step};{rates}")
    return "\n".join(lines) + "\n"


def housing_areas() -> str:
    """A fourth area beside the three, in our own template; figures of our own."""
    lines = ["nøgletal;område;gruppe;periode;værdi;tæller;nævner"]
    lines += [
        f"{name};Langkærparken;;2025H{half};{value};{counts}"
        for half in (1, 2)
        for name, value, counts in (
            ("Familier i Opgang til Opgang", 21 + half, ";"),
            ("Forældre med tilknytning til job", 50, f"{6 + half};{12 + 2 * half}"),
        )
    ]
    return "\n".join(lines) + "\n"


def fill_in_indicator(page: Page) -> None:
    """What the file cannot know."""
    page.get_by_label("Kort navn", exact=True).fill("Kontanthjælp")
    wait_until_drawn(page)
    choose(page, "Tema", "Beskæftigelse og selvforsørgelse")
    page.get_by_role("radio", name="Lavere er bedre").click()
    page.get_by_label("Definition", exact=True).fill("Andel af befolkningen, der får kontanthjælp")
    day = page.get_by_role("group", name="Brud i serien (kan udelades)")
    day.get_by_role("spinbutton").first.click()
    page.keyboard.type("01072025")
    page.keyboard.press("Escape")
    wait_until_drawn(page)
    page.get_by_label("Hvad skete der?").fill("kontanthjælpsreformen")
    page.get_by_label("Dit navn", exact=True).fill("Mette Hansen")
    wait_until_drawn(page)


def begin_new_measure(page: Page) -> None:
    """Hands the file in, chooses its last measure, and fills in the form of what is new."""
    open_page(page, "/indlaes")
    hand_in(page, "cashAssistance.csv", four_measures())
    expect_title(page, "Filen har")
    page.get_by_test_id("stMain").get_by_text("populationRate", exact=True).first.click()
    wait_until_drawn(page)
    press(page, "Nøgletallet findes ikke endnu: Opret det")
    expect_title(page, "»populationRate« kendes ikke: Opret nøgletallet her")
    assert_no_faults(page)
    page.get_by_label("Navn", exact=True).fill(NAME)
    fill_in_indicator(page)


def publish(page: Page, note: str) -> None:
    """Publishes the file in hand, its warnings seen."""
    wait_until_drawn(page)
    for box in page.get_by_text("Jeg har gennemgået").all():
        box.click()
        wait_until_drawn(page)
    page.get_by_label("Note til historikken").fill(note)
    page.get_by_label("Dit navn", exact=True).fill("Mette Hansen")
    expect(page.get_by_role("button", name="Udgiv", exact=True)).to_be_enabled()
    press(page, "Udgiv")


def undo(page: Page, button: str, key: str = "stPopoverBody") -> None:
    """Fills in why and who in the open form, and undoes."""
    form = page.get_by_test_id(key)
    form.get_by_label("Hvorfor?").fill("Kun en prøve")
    form.get_by_label("Dit navn").fill("Mette Hansen")
    form.get_by_role("button", name=button, exact=True).click()


def make_measure_again(page: Page) -> None:
    """The recipe waits for its indicator, which has its own address again."""
    begin_new_measure(page)
    press(page, "Opret og gå videre")
    expect_title(page, "180 nye tal er klar til udgivelse")
    publish(page, "Alligevel")
    expect_title(page, "180 nye tal er udgivet")
    page.get_by_role("link", name="Tema: Kontanthjælp").click()
    expect(page.get_by_text("Brud i serien 1. juli 2025").first).to_be_visible()
    expect_address(page, "/tema", tema="employment", noegletal=plain_id(NAME))


def make_area_again(page: Page) -> None:
    """The area has its own address again."""
    press(page, "Opret område")
    expect_title(page, "»Langkærparken« kendes ikke: Opret området her")
    choose(page, "Slags område", "Boligområde")
    page.get_by_label("Dit navn", exact=True).fill("Mette Hansen")
    wait_until_drawn(page)
    press(page, "Opret og gå videre")
    expect_title(page, "Fire nye tal er klar til udgivelse")
    publish(page, "Alligevel")
    expect_title(page, "Fire nye tal er udgivet")
    page.get_by_role("link", name="Område: Langkærparken").click()
    expect_title(page, "Langkærparken")
    expect_address(page, "/omraade", omraade="langkaerparken")


@pytest.mark.soak
def test_the_form_of_a_new_measure_is_filled_in(analyst: Page) -> None:
    """Every field of it can be reached, and its preview is there at once."""
    begin_new_measure(analyst)
    assert "Kontanthjælp: Aarhus ligger 0,2 procentpoint over hele landet" in words_of(analyst)
    assert_no_faults(analyst)


@pytest.mark.soak
def test_a_new_measure_is_made_charted_undone_and_made_again(analyst: Page) -> None:
    begin_new_measure(analyst)
    said = words_of(analyst)
    assert "Kontanthjælp: Aarhus ligger 0,2 procentpoint over hele landet" in said
    assert "Dårligere end hele landet" in said
    assert "Kan ikke sammenlignes før juli 2025" in said
    assert "Ingen tomme felter og ingen tal over 100 %" in said
    assert_no_faults(analyst)
    press(analyst, "Opret og gå videre")
    expect(analyst.get_by_text("er oprettet af Mette Hansen")).to_be_visible()
    expect_title(analyst, "Vælg den kilde, som filens tal er fra")
    analyst.get_by_label("Opskriftens navn").fill("Kontanthjælp fra jobindsats")
    choose(analyst, "Kilde", "Egen indberetning")
    press(analyst, "Gem opskriften, og læs filen med den")
    expect_title(analyst, "180 nye tal er klar til udgivelse")
    assert_no_faults(analyst)
    publish(analyst, "Nyt nøgletal fra jobindsats")
    expect_title(analyst, "180 nye tal er udgivet")

    analyst.get_by_role("link", name="Tema: Kontanthjælp").click()
    expect(analyst.get_by_text("Brud i serien 1. juli 2025").first).to_be_visible()
    wait_until_drawn(analyst)
    assert "kontanthjælpsreformen" in words_of(analyst)
    assert_no_faults(analyst)

    analyst.get_by_role("link", name="Indlæs data").click()
    expect_title(analyst, "180 nye tal er udgivet")
    # First the figures, then what they are of.
    press(analyst, "Fortryd")
    undo(analyst, "Fortryd indlæsningen")
    expect(analyst.get_by_text("er fortrudt: 180 tal er som før indlæsningen")).to_be_visible()
    analyst.get_by_text("Oprettet og rettet (1)").click()
    press(analyst, "Fortryd")
    undo(analyst, "Fortryd registreringen")
    # Both are named, and neither is gone.
    expect(analyst.get_by_text("Fortrudt af Mette Hansen")).to_have_count(2)
    open_page(analyst, "/tema?tema=employment")
    assert "Kontanthjælp" not in words_of(analyst)

    make_measure_again(analyst)


@pytest.mark.soak
def test_a_fourth_housing_area_is_made_seen_undone_and_made_again(analyst: Page) -> None:
    open_page(analyst, "/indlaes")
    hand_in(analyst, "boligområder.csv", housing_areas())
    expect(analyst.get_by_text("Filen nævner noget, som Spor ikke kender")).to_be_visible()
    press(analyst, "Opret område")
    expect_title(analyst, "»Langkærparken« kendes ikke: Opret området her")
    assert_no_faults(analyst)
    choose(analyst, "Slags område", "Boligområde")
    analyst.get_by_label("Dit navn", exact=True).fill("Mette Hansen")
    wait_until_drawn(analyst)
    press(analyst, "Opret og gå videre")
    expect_title(analyst, "Fire nye tal er klar til udgivelse")
    publish(analyst, "Et fjerde boligområde")
    expect_title(analyst, "Fire nye tal er udgivet")
    analyst.get_by_role("link", name="Område: Langkærparken").click()
    expect_title(analyst, "Langkærparken")
    wait_until_drawn(analyst)
    assert "8 af 16 (50 %)" in words_of(analyst)
    assert_no_faults(analyst)

    analyst.get_by_role("link", name="Indlæs data").click()
    expect_title(analyst, "Fire nye tal er udgivet")
    # What figures build on cannot go before them: the page says so.
    press(analyst, "Fortryd")
    undo(analyst, "Fortryd indlæsningen")
    expect(analyst.get_by_text("er fortrudt: 4 tal er som før indlæsningen")).to_be_visible()
    analyst.get_by_text("Oprettet og rettet (1)").click()
    press(analyst, "Fortryd")
    undo(analyst, "Fortryd registreringen")
    expect(analyst.get_by_text("Fortrudt af Mette Hansen")).to_have_count(2)
    hand_in(analyst, "boligområder.csv", housing_areas())
    expect_title(analyst, "Ét navn kendes ikke: Opret det, eller ret filen")
    make_area_again(analyst)


@pytest.mark.soak
def test_the_form_of_a_source_that_a_file_names(analyst: Page) -> None:
    open_page(analyst, "/indlaes")
    hand_in(
        analyst, "egne tal.csv",
        "nøgletal;område;periode;værdi;kilde\nemployment_rate;aarhus;2025;74,6;egen_tælling\n",
    )  # fmt: skip
    press(analyst, "Opret kilde")
    expect_title(analyst, "»egen_tælling« kendes ikke: Opret kilden her")
    assert_no_faults(analyst)
