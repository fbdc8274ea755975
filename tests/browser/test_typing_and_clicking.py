"""Typing and then pressing at once, on a slow machine: what is on the screen is what is taken."""

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, Locator, Page, Position, expect

from kpi.store import open_store
from tests.browser.clicks import address_of, choose, expect_title, press
from tests.browser.running_app import running_app
from tests.browser.screen import open_page, wait_until_drawn, watched_window

HEADER = "nøgletal;område;gruppe;periode;værdi;tæller;nævner;status;note\n"
NAME = "Mette Hansen"
# A hurried finger's, and a browser that has a sixth of this machine.
PRESS_MILLISECONDS = 60
SLOWER = 6
# Where the first row's cell of Ansvarlig lies in the drawn table.
RESPONSIBLE = Position(x=900, y=54)


@pytest.fixture(scope="module")
def own_home(built_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of this module's own, which its tests enter rows in one after the other."""
    home = tmp_path_factory.mktemp("typing") / "home"
    shutil.copytree(built_home, home)
    return home


@pytest.fixture(scope="module")
def address(own_home: Path) -> Iterator[str]:
    with running_app(own_home, own_home.with_name("app.log")) as address:
        yield address


@pytest.fixture
def window(browser: Browser, address: str, problems: list[str]) -> Iterator[Page]:
    """A window of its own for each test; anything that goes wrong in it is a failure."""
    with watched_window(browser, address, problems) as opened:
        yield opened
    assert problems == []


@contextmanager
def slowed(page: Page) -> Iterator[None]:
    """Gives the browser a sixth of the processor until the block ends."""
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    yield
    session.send("Emulation.setCPUThrottlingRate", {"rate": 1})


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


def hand_in(page: Page, name: str, content: str) -> None:
    file = FilePayload(name=name, mimeType="text/csv", buffer=content.encode())
    page.locator("input[type=file]").first.set_input_files(file)


def open_tables(page: Page, *choices: str) -> None:
    open_page(page, "/handleplan")
    page.get_by_text("Ret eller tilføj i handleplanens tabeller").click()
    for name in choices:
        page.get_by_role("radio", name=name, exact=True).click()
    wait_until_drawn(page)


def test_a_status_is_entered_after_a_refusal_and_undone(window: Page) -> None:
    open_page(window, "/handleplan")
    window.get_by_text("Registrér en ny status").click()
    choose(window, "Indsats", "Bande-exit")
    choose(window, "Status", "Afsluttet")
    choose(window, "Kilde", "Kort status på indsatser i handleplanen (bilag 1)")
    press(window, "Registrér status")
    expect(window.get_by_text("Skriv, hvem der registrerer rækkerne")).to_be_visible()
    field = window.get_by_label("Dit navn")
    type_and_press(window, field, NAME, button(window, "Registrér status"))
    expect_title(window, "10 af 22 indsatser i de 4 spor har fået ny status")
    window.get_by_text("Registreringer i handleplanen (1)").click()
    press(window, "Fortryd")
    window.get_by_label("Hvorfor?").fill("Forkert")
    field = window.get_by_label("Dit navn").last
    type_and_press(window, field, NAME, button(window, "Fortryd registreringen"))
    expect_title(window, "9 af 22 indsatser i de 4 spor har fået ny status")


def test_a_row_of_the_plan_is_entered(window: Page) -> None:
    open_tables(window, "Hændelser", "Tilføj en række")
    window.get_by_label("Titel", exact=True).fill("Ny jobmesse")
    choose(window, "Nøjagtighed", "Måned")
    window.get_by_role("textbox", name="Dato", exact=True).fill("2025-09")
    choose(window, "Kilde", "Handleplan på integrationsområdet 2024")
    expect(window.get_by_text("dato: september 2025; nøjagtighed: Måned;")).to_be_visible()
    field = window.get_by_label("Dit navn").last
    type_and_press(window, field, NAME, button(window, "Registrér rækkerne"))
    expect(window.get_by_role("figure", name="september 2025: Ny jobmesse")).to_be_visible()


def test_the_last_letters_of_a_row_are_entered(window: Page) -> None:
    open_tables(window, "Hændelser", "Tilføj en række")
    choose(window, "Nøjagtighed", "Måned")
    window.get_by_role("textbox", name="Dato", exact=True).fill("2025-10")
    choose(window, "Kilde", "Handleplan på integrationsområdet 2024")
    title = window.get_by_label("Titel", exact=True)
    title.fill("Stor")
    window.keyboard.press("Tab")
    expect(window.get_by_text("dato: oktober 2025; nøjagtighed: Måned;")).to_be_visible()
    window.get_by_label("Dit navn").last.fill(NAME)
    type_and_press(window, title, " jobmesse", button(window, "Registrér rækkerne"))
    expect(window.get_by_role("figure", name="oktober 2025: Stor jobmesse")).to_be_visible()


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


def test_the_last_letters_in_a_cell_are_entered(window: Page) -> None:
    open_tables(window)
    cell = opened_cell(window)
    cell.fill("Jobcentret")
    wait_until_drawn(window)
    window.keyboard.press("Enter")
    expect(window.get_by_text("ansvarlig: Jobcentret")).to_be_visible()
    window.get_by_label("Dit navn").last.fill(NAME)
    wait_until_drawn(window)
    button(window, "Registrér rækkerne").scroll_into_view_if_needed()
    expect(opened_cell(window)).to_have_value("Jobcentret")
    window.keyboard.press("End")
    press_at_once(window, " Midt", button(window, "Registrér rækkerne"))
    row = window.get_by_role("row").filter(has_text="Udvidelse af sprogmentorindsatsen").first
    expect(row).to_contain_text("Jobcentret Midt")


def test_a_claim_is_entered(window: Page) -> None:
    open_page(window, "/om")
    window.get_by_text("Kontrollér et beregnet tal fra et papir").click()
    window.get_by_label("Hvad siger papiret?").fill("Fraværet er 9,7")
    field = window.get_by_label("Dit navn")
    type_and_press(window, field, NAME, button(window, "Registrér udsagnet"))
    # The period is missing; that it says so shows that the press was taken.
    expect(window.get_by_role("alert").first).to_be_visible()


def test_a_file_is_published(window: Page) -> None:
    open_page(window, "/indlaes")
    hand_in(window, "k.csv", HEADER + "programme_families;Gellerup;;2025K1;75;;;;\n")
    expect_title(window, "Ét nyt tal er klar")
    for box in window.get_by_text("Jeg har gennemgået").all():
        box.click()
        wait_until_drawn(window)
    window.get_by_label("Note til historikken").fill("Foråret 2025")
    type_and_press(window, window.get_by_label("Dit navn"), NAME, button(window, "Udgiv"))
    expect_title(window, "Ét nyt tal er udgivet")


def test_a_new_theme_has_every_letter_of_its_name(window: Page, own_home: Path) -> None:
    open_page(window, "/indlaes")
    window.get_by_text("Opret eller ret nøgletal, områder").click()
    window.get_by_role("radio", name="Temaer", exact=True).click()
    expect(button(window, "Opret tema")).to_be_visible()
    wait_until_drawn(window)
    press(window, "Opret tema")
    expect(window.get_by_text("Der mangler navn, kort navn og dit navn.")).to_be_visible()
    window.get_by_label("Kort navn", exact=True).fill("Fritid")
    window.get_by_label("Dit navn").fill(NAME)
    field = window.get_by_label("Navn", exact=True)
    type_and_press(window, field, "Fritid og kultur", button(window, "Opret tema"))
    expect(window.get_by_text("Oprettet og rettet (1)")).to_be_visible()
    names = [theme.name for theme in open_store(own_home).catalog().themes.values()]
    assert "Fritid og kultur" in names


def test_a_recipe_has_every_letter_of_its_name(window: Page, own_home: Path) -> None:
    open_page(window, "/indlaes")
    hand_in(window, "sted.csv", "Sted;Tid;Antal\nAarhus;2023;12\nAalborg;2023;15\n")
    expect_title(window, "Vælg det nøgletal, som filen er om")
    choose(window, "Nøgletal", "Elevfravær")
    choose(window, "Kilde", "Egen indberetning")
    field = window.get_by_label("Opskriftens navn")
    field.fill("Fravær")
    keep = button(window, "Gem opskriften, og læs filen med den")
    type_and_press(window, field, " fra skolerne", keep)
    expect(window.get_by_label("Opskrift", exact=True)).to_have_value("Fravær fra skolerne")
    kept = [file.stem for file in (own_home / "recipes").glob("*.toml")]
    assert kept == ["fravaer_fra_skolerne"]


def test_an_unknown_name_is_told_what_it_is(window: Page) -> None:
    open_page(window, "/indlaes")
    hand_in(window, "k.csv", HEADER + "programme_families;Gellerupparken Nord;;2025K1;75;;;;\n")
    expect(window.get_by_text("Filen nævner noget")).to_be_visible()
    press(window, "Det har vi i forvejen")
    popover = window.get_by_test_id("stPopoverBody")
    popover.get_by_role("combobox").click()
    window.get_by_role("option", name="Gellerup", exact=True).click()
    type_and_press(window, popover.get_by_label("Dit navn"), NAME, button(popover, "Brug det"))
    expect(window.get_by_text("læses nu som »Gellerup«")).to_be_visible()


def test_a_title_of_the_committees_paper_is_kept(window: Page) -> None:
    open_page(window, "/udvalg")
    field = window.get_by_label("Overskrift", exact=True)
    type_and_press(window, field, " Vores egen overskrift.", button(window, "Næste"))
    expect(window.get_by_label("Figur", exact=True)).to_have_value(re.compile("^2 af"))
    window.get_by_text("Alle overskrifter").click()
    expect(window.get_by_text("Vores egen overskrift.")).to_be_visible()


def test_a_day_is_typed_and_another_page_pressed(window: Page) -> None:
    open_page(window, "/om")
    window.get_by_role("button", name="Vist som Spor kendte tallene ").click()
    window.get_by_test_id("stPopoverBody").get_by_role("spinbutton").first.click()
    press_at_once(window, "19032025", window.get_by_role("link", name="Tema", exact=True).first)
    expect(window.get_by_text("Du ser data, som de forelå 19. marts 2025")).to_be_visible()
    wait_until_drawn(window)
    assert address_of(window)[0] == "/tema"
    assert address_of(window)[1]["pr"] == "2025-03-19"
