"""Typing and then pressing at once, on a slow machine: what is on the screen is what is taken."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Locator, Page, Position, expect

from kpi.store import open_store
from tests.browser.clicks import box, choose, expect_title, press
from tests.browser.screen import open_page, wait_until_drawn

HEADER = "nøgletal;område;gruppe;periode;værdi;tæller;nævner;status;note\n"
NAME = "Mette Hansen"
# A hurried finger's, and a browser that has a sixth of this machine.
PRESS_MILLISECONDS = 60
SLOWER = 6
# Where the first row's cell of Ansvarlig lies in the drawn table.
RESPONSIBLE = Position(x=900, y=54)


@contextmanager
def slowed(page: Page) -> Iterator[None]:
    """Gives the browser a sixth of the processor until the block ends."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    try:
        yield
    finally:
        session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
        session.detach()


def type_and_press(page: Page, field: Locator, text: str, button: Locator) -> None:
    """Types in a field and presses where the button stood before: as a person does, unasked.

    Playwright's own click would wait until the button stands still and can be pressed.
    """
    wait_until_drawn(page)
    button.scroll_into_view_if_needed()
    field.click()
    press_at_once(page, text, button)


def press_at_once(page: Page, text: str, button: Locator) -> None:
    """Types where the cursor is and presses the button in the same moment.

    The button is looked for when the text stands: what is above it may still have been drawn until
    then, and a person looks where to press.
    """
    with slowed(page):
        page.keyboard.type(text)
        place = button.bounding_box()
        assert place is not None
        page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
        page.mouse.down()
        page.wait_for_timeout(PRESS_MILLISECONDS)
        page.mouse.up()


def button(page: Page | Locator, name: str) -> Locator:
    """The last button of that name: the one of the form that was opened last."""
    return page.get_by_role("button", name=name, exact=True).last


def button_beside_list(page: Page, name: str) -> Locator:
    """A button by its words alone: while a list is open, what is beside it has no role."""
    return page.locator("button").filter(has_text=name).last


def hand_in(page: Page, name: str, content: str) -> None:
    file = FilePayload(name=name, mimeType="text/csv", buffer=content.encode())
    page.locator("input[type=file]").first.set_input_files(file)


def open_tables(page: Page, *choices: str) -> None:
    open_page(page, "/handleplan")
    page.get_by_text("Ret eller tilføj i handleplanens tabeller").click()
    for name in choices:
        page.get_by_role("radio", name=name, exact=True).click()
    wait_until_drawn(page)


@pytest.mark.soak
def test_a_status_is_entered_after_a_refusal_and_undone(analyst: Page) -> None:
    open_page(analyst, "/handleplan?afsnit=alle")
    analyst.get_by_text("Registrér en ny status").click()
    choose(analyst, "Indsats", "Bande-exit")
    choose(analyst, "Status", "Afsluttet")
    choose(analyst, "Kilde", "Egen indberetning")
    press(analyst, "Registrér status")
    expect(analyst.get_by_text("Skriv, hvem der registrerer rækkerne")).to_be_visible()
    field = analyst.get_by_label("Dit navn")
    type_and_press(analyst, field, NAME, button(analyst, "Registrér status"))
    expect_title(analyst, "10 af 22 indsatser i de 4 spor har fået ny status")
    analyst.get_by_text("Registreringer i handleplanen (1)").click()
    press(analyst, "Fortryd")
    analyst.get_by_label("Hvorfor?").fill("Forkert")
    field = analyst.get_by_label("Dit navn").last
    type_and_press(analyst, field, NAME, button(analyst, "Fortryd registreringen"))
    expect_title(analyst, "9 af 22 indsatser i de 4 spor har fået ny status")


@pytest.mark.soak
def test_a_row_of_the_plan_is_entered(analyst: Page) -> None:
    open_tables(analyst, "Hændelser", "Tilføj en række")
    analyst.get_by_label("Titel", exact=True).fill("Ny jobmesse")
    choose(analyst, "Nøjagtighed", "Måned")
    analyst.get_by_role("textbox", name="Dato", exact=True).fill("2025-09")
    choose(analyst, "Kilde", "Handleplan på integrationsområdet 2024")
    expect(analyst.get_by_text("dato: september 2025; nøjagtighed: Måned;")).to_be_visible()
    field = analyst.get_by_label("Dit navn").last
    type_and_press(analyst, field, NAME, button(analyst, "Registrér rækkerne"))
    expect(analyst.get_by_role("figure", name="september 2025: Ny jobmesse")).to_be_visible()


@pytest.mark.soak
def test_the_last_letters_of_a_row_are_entered(analyst: Page) -> None:
    open_tables(analyst, "Hændelser", "Tilføj en række")
    choose(analyst, "Nøjagtighed", "Måned")
    analyst.get_by_role("textbox", name="Dato", exact=True).fill("2025-10")
    choose(analyst, "Kilde", "Handleplan på integrationsområdet 2024")
    title = analyst.get_by_label("Titel", exact=True)
    title.fill("Stor")
    analyst.keyboard.press("Tab")
    expect(analyst.get_by_text("dato: oktober 2025; nøjagtighed: Måned;")).to_be_visible()
    analyst.get_by_label("Dit navn").last.fill(NAME)
    type_and_press(analyst, title, " jobmesse", button(analyst, "Registrér rækkerne"))
    expect(analyst.get_by_role("figure", name="oktober 2025: Stor jobmesse")).to_be_visible()


def opened_cell(page: Page, tries: int = 5) -> Locator:
    """The cell of RESPONSIBLE, opened to be typed in.

    The table takes the choice of a cell in a moment of its own: a key that comes before it is
    pressed again, as a person would.
    """
    cell = page.get_by_label("Cellens indhold")
    for _ in range(tries):
        page.get_by_test_id("stDataFrame").click(position=RESPONSIBLE)
        page.wait_for_timeout(300)
        page.keyboard.press("Enter")
        page.wait_for_timeout(700)
        if cell.count():
            break
    return cell


@pytest.mark.soak
def test_the_last_letters_in_a_cell_are_entered(analyst: Page) -> None:
    open_tables(analyst)
    cell = opened_cell(analyst)
    cell.fill("Jobcentret")
    wait_until_drawn(analyst)
    analyst.keyboard.press("Enter")
    expect(analyst.get_by_text("ansvarlig: Jobcentret")).to_be_visible()
    analyst.get_by_label("Dit navn").last.fill(NAME)
    wait_until_drawn(analyst)
    button(analyst, "Registrér rækkerne").scroll_into_view_if_needed()
    expect(opened_cell(analyst)).to_have_value("Jobcentret")
    analyst.keyboard.press("End")
    press_at_once(analyst, " Midt", button(analyst, "Registrér rækkerne"))
    row = analyst.get_by_role("row").filter(has_text="Udvidelse af sprogmentorindsatsen").first
    expect(row).to_contain_text("Jobcentret Midt")


@pytest.mark.soak
def test_a_claim_is_entered(analyst: Page) -> None:
    open_page(analyst, "/om")
    analyst.get_by_text("Kontrollér et beregnet tal fra et papir").click()
    analyst.get_by_label("Hvad siger papiret?").fill("Fraværet er 9,7")
    field = analyst.get_by_label("Dit navn")
    type_and_press(analyst, field, NAME, button(analyst, "Registrér udsagnet"))
    # The period is missing; that it says so shows that the press was taken.
    expect(analyst.get_by_role("alert").first).to_be_visible()


@pytest.mark.soak
def test_a_file_is_published(analyst: Page) -> None:
    open_page(analyst, "/indlaes")
    hand_in(analyst, "k.csv", HEADER + "programme_families;Gellerup;;2025K1;75;;;;\n")
    expect_title(analyst, "Ét nyt tal er klar")
    for tick in analyst.get_by_text("Jeg har gennemgået").all():
        tick.click()
        wait_until_drawn(analyst)
    analyst.get_by_label("Note til historikken").fill("Foråret 2025")
    type_and_press(analyst, analyst.get_by_label("Dit navn"), NAME, button(analyst, "Udgiv"))
    expect_title(analyst, "Ét nyt tal er udgivet")


@pytest.mark.soak
def test_a_new_theme_has_every_letter_of_its_name(analyst: Page, home: Path) -> None:
    open_page(analyst, "/indlaes")
    analyst.get_by_text("Opret eller ret nøgletal, områder").click()
    analyst.get_by_role("radio", name="Temaer", exact=True).click()
    expect(button(analyst, "Opret tema")).to_be_visible()
    wait_until_drawn(analyst)
    press(analyst, "Opret tema")
    expect(analyst.get_by_text("Der mangler navn, kort navn og dit navn.")).to_be_visible()
    analyst.get_by_label("Kort navn", exact=True).fill("Fritid")
    analyst.get_by_label("Dit navn").fill(NAME)
    field = analyst.get_by_label("Navn", exact=True)
    type_and_press(analyst, field, "Fritid og kultur", button(analyst, "Opret tema"))
    expect(analyst.get_by_text("Oprettet og rettet (1)")).to_be_visible()
    names = [theme.name for theme in open_store(home).catalog().themes.values()]
    assert "Fritid og kultur" in names


@pytest.mark.soak
def test_a_recipe_has_every_letter_of_its_name(analyst: Page, home: Path) -> None:
    open_page(analyst, "/indlaes")
    hand_in(analyst, "sted.csv", "Sted;Tid;Antal\nAarhus;2023;12\nAalborg;2023;15\n")
    expect_title(analyst, "Vælg det nøgletal, som filen er om")
    choose(analyst, "Nøgletal", "Elevfravær")
    choose(analyst, "Kilde", "Egen indberetning")
    field = analyst.get_by_label("Opskriftens navn")
    field.fill("Fravær")
    keep = button(analyst, "Gem opskriften, og læs filen med den")
    type_and_press(analyst, field, " fra skolerne", keep)
    expect(analyst.get_by_label("Opskrift", exact=True)).to_have_value("Fravær fra skolerne")
    kept = [file.stem for file in (home / "recipes").glob("*.toml")]
    assert kept == ["fravaer_fra_skolerne"]


@pytest.mark.soak
def test_a_unit_of_ones_own_is_taken(analyst: Page) -> None:
    """A box that also takes other words than its list's keeps them when it is left."""
    open_page(analyst, "/indlaes")
    analyst.get_by_text("Opret eller ret nøgletal, områder").click()
    choose(analyst, "Slags", "Antal")
    unit = box(analyst, "Enhed")
    expect(unit).to_have_value("personer")
    type_and_press(analyst, unit, "skridt om dagen", button_beside_list(analyst, "Opret nøgletal"))
    expect(analyst.get_by_text("Der mangler navn, kort navn")).to_be_visible()
    expect(unit).to_have_value("skridt om dagen")


@pytest.mark.soak
def test_a_period_to_skip_is_taken(analyst: Page) -> None:
    open_page(analyst, "/indlaes")
    hand_in(analyst, "sted.csv", "Sted;Antal\nAarhus;12\nAalborg;15\n")
    expect(analyst.get_by_label("Opskriftens navn")).to_be_visible()
    analyst.get_by_text("Flere valg", exact=True).click()
    keep = button_beside_list(analyst, "Gem opskriften, og læs filen med den")
    type_and_press(analyst, box(analyst, "Spring disse perioder over"), "*QMAT*", keep)
    expect(analyst.get_by_text("*QMAT*", exact=True)).to_be_visible()


@pytest.mark.soak
def test_an_unknown_name_is_given_its_kind(analyst: Page) -> None:
    open_page(analyst, "/indlaes")
    hand_in(analyst, "k.csv", HEADER + "programme_families;Gellerupparken Nord;;2025K1;75;;;;\n")
    expect(analyst.get_by_text("Filen nævner noget")).to_be_visible()
    press(analyst, "Det har vi i forvejen")
    popover = analyst.get_by_test_id("stPopoverBody")
    popover.get_by_role("combobox").click()
    analyst.get_by_role("option", name="Gellerup", exact=True).click()
    type_and_press(analyst, popover.get_by_label("Dit navn"), NAME, button(popover, "Brug det"))
    expect(analyst.get_by_text("læses nu som »Gellerup«")).to_be_visible()


@pytest.mark.soak
def test_a_title_of_the_committees_paper_is_kept(analyst: Page) -> None:
    open_page(analyst, "/udvalg")
    field = analyst.get_by_label("Overskrift", exact=True)
    type_and_press(analyst, field, " Vores egen overskrift.", button(analyst, "Næste"))
    expect(analyst.get_by_role("heading", name="Figur 2 af 8")).to_be_visible()
    # The field of the figure before may still be drawn.
    titles = analyst.get_by_test_id("stMarkdown")
    expect(titles.get_by_text("Vores egen overskrift.").first).to_be_visible()


@pytest.mark.soak
def test_a_title_is_kept_when_another_page_is_pressed(analyst: Page) -> None:
    open_page(analyst, "/udvalg")
    field = analyst.get_by_label("Overskrift", exact=True)
    link = analyst.get_by_role("link", name="Tema", exact=True).first
    type_and_press(analyst, field, " Vores egen overskrift.", link)
    analyst.wait_for_url("**/tema*")
    wait_until_drawn(analyst)
    analyst.get_by_role("link", name="Udvalg", exact=True).first.click()
    expect(field).to_have_value(re.compile("Vores egen overskrift"))


def test_a_day_is_typed_and_another_page_pressed(analyst: Page) -> None:
    open_page(analyst, "/om")
    analyst.get_by_role("button", name="Vist som Spor kendte tallene ").click()
    analyst.get_by_test_id("stPopoverBody").get_by_role("spinbutton").first.click()
    press_at_once(analyst, "19032025", analyst.get_by_role("link", name="Tema", exact=True).first)
    # The day is taken first, and shown on the page that is left.
    analyst.wait_for_url("**/tema?pr=2025-03-19")
    expect(analyst.get_by_text("Du ser data, som de forelå 19. marts 2025")).to_be_visible()
