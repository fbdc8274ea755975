"""The action plan kept up to date in the browser: a status, a correction, a new row, and undone."""

import pytest
from playwright.sync_api import Page, Position, expect

from tests.browser.clicks import box, choose, expect_title, press
from tests.browser.faults import assert_no_faults
from tests.browser.screen import open_page, wait_until_drawn

TABLES = "Ret eller tilføj i handleplanens tabeller"
# Where the first row's cell of Ansvarlig lies in the drawn table.
RESPONSIBLE = Position(x=900, y=54)


@pytest.mark.soak
def test_a_new_status_is_entered_and_seen(analyst: Page) -> None:
    open_page(analyst, "/handleplan?afsnit=alle")
    expect_title(analyst, "9 af 22 indsatser")
    analyst.get_by_text("Registrér en ny status").click()
    choose(analyst, "Indsats", "Bande-exit")
    choose(analyst, "Status", "Afsluttet")
    choose(analyst, "Kilde", "Egen indberetning")
    analyst.get_by_role("textbox", name="Status i korte træk").fill("Evalueret på en workshop")
    press(analyst, "Registrér status")
    expect(analyst.get_by_text("Skriv, hvem der registrerer rækkerne")).to_be_visible()
    wait_until_drawn(analyst)
    assert_no_faults(analyst)
    analyst.get_by_label("Dit navn").fill("Mette Hansen")
    press(analyst, "Registrér status")
    expect_title(analyst, "10 af 22 indsatser i de 4 spor har fået ny status")
    row = analyst.get_by_role("row").filter(has_text="Bande-exit").first
    expect(row).to_contain_text("Afsluttet")
    expect(row).to_contain_text("Evalueret på en workshop")


@pytest.mark.soak
def test_a_correction_is_typed_in_the_table_seen_and_withdrawn(analyst: Page) -> None:
    open_page(analyst, "/handleplan?afsnit=alle")
    analyst.get_by_text(TABLES).click()
    table = analyst.get_by_test_id("stDataFrame")
    expect(table).to_be_visible()
    wait_until_drawn(analyst)
    assert_no_faults(analyst)
    table.click(position=RESPONSIBLE)
    analyst.keyboard.press("Enter")
    cell = analyst.get_by_label("Cellens indhold")
    expect(cell).to_have_value("Fagligt Sekretariat med Center for særlig jobrettet indsats")
    cell.fill("Jobcentret")
    wait_until_drawn(analyst)  # the table takes a moment to learn what was typed
    analyst.keyboard.press("Enter")
    expect(analyst.get_by_text("ansvarlig: Jobcentret")).to_be_visible()
    wait_until_drawn(analyst)
    assert_no_faults(analyst)
    analyst.get_by_label("Dit navn").last.fill("Mette Hansen")
    press(analyst, "Registrér rækkerne")
    row = analyst.get_by_role("row").filter(has_text="Udvidelse af sprogmentorindsatsen").first
    expect(row).to_contain_text("Jobcentret")

    analyst.get_by_text("Registreringer i handleplanen (1)").click()
    press(analyst, "Fortryd")
    analyst.get_by_label("Hvorfor?").fill("Forkert indsats")
    analyst.get_by_label("Dit navn").last.fill("Mette Hansen")
    press(analyst, "Fortryd registreringen")
    expect(row).to_contain_text("Fagligt Sekretariat")


@pytest.mark.soak
def test_an_event_is_added_and_stands_on_the_time_line(analyst: Page) -> None:
    open_page(analyst, "/handleplan?afsnit=alle")
    analyst.get_by_text(TABLES).click()
    for name in ("Hændelser", "Tilføj en række"):
        analyst.get_by_role("radio", name=name, exact=True).click()
    expect(box(analyst, "Nøjagtighed")).to_be_visible()
    wait_until_drawn(analyst)
    assert_no_faults(analyst)
    analyst.get_by_label("Titel", exact=True).fill("Ny jobmesse")
    choose(analyst, "Nøjagtighed", "Måned")
    expect(analyst.get_by_text("Mangler endnu: dato og kilde.")).to_be_visible()
    analyst.get_by_role("textbox", name="Dato", exact=True).fill("2025-09")
    choose(analyst, "Kilde", "Handleplan på integrationsområdet 2024")
    expect(analyst.get_by_text("dato: september 2025; nøjagtighed: Måned;")).to_be_visible()
    wait_until_drawn(analyst)
    assert_no_faults(analyst)
    analyst.get_by_label("Dit navn").last.fill("Mette Hansen")
    press(analyst, "Registrér rækkerne")
    chart = analyst.get_by_role("figure", name="september 2025: Ny jobmesse")
    expect(chart).to_be_visible()
