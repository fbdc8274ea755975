"""Indlæs data in the browser, from a file with a fault to figures on the pages and back again."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.browser.clicks import choose, expect_title, press, words_of
from tests.browser.faults import assert_no_faults, faults
from tests.browser.running_app import SharedApp
from tests.browser.screen import open_page, resize

HEADER = "nøgletal;område;gruppe;periode;værdi;tæller;nævner;status;note\n"
MENDED = HEADER + (
    "programme_families;Gellerup;;2025K1;75;;;;\n"
    "labour_market_link_share;Viby Syd;;2024M10D06;23,1;3;13;;\n"
    "school_absence;Viby Syd;;2025H1;8,6;;;;\n"
    "programme_capacity;Aarhus;;2025;ca. 200;;;;\n"
)
FAULTY = MENDED + "programme_staff;Bydel 7;;2025K1;22;;;;\n"


@pytest.fixture(autouse=True)
def log_without_personal_numbers(app: SharedApp) -> Iterator[None]:
    """The app never writes the number that files of these tests hold."""
    before = app.log.stat().st_size
    yield
    assert b"010190" not in app.log.read_bytes()[before:]


def hand_in(page: Page | Locator, name: str, content: str) -> None:
    """Chooses a file in the field that stands on the page."""
    file = FilePayload(name=name, mimeType="text/csv", buffer=content.encode())
    page.locator("input[type=file]").first.set_input_files(file)


def tick_off(page: Page) -> None:
    """Ticks every kind of warnings as seen."""
    for box in page.get_by_text("Jeg har gennemgået").all():
        box.click()


def test_a_file_is_mended_published_seen_and_withdrawn(analyst: Page) -> None:
    open_page(analyst, "/indlaes")
    expect_title(analyst, "Vælg en fil, og se")
    hand_in(analyst, "kvartal.csv", FAULTY)
    expect_title(analyst, "To nye og ét ændret tal er klar; én fejl skal rettes")
    expect(analyst.get_by_role("button", name="Udgiv", exact=True)).to_be_disabled()
    expect(analyst.get_by_text("Før du kan udgive: Ret fejlen i række 6.")).to_be_visible()
    assert_no_faults(analyst)
    # On a phone the head of a problem's block says what its number counts.
    resize(analyst, 390, 844)
    number = analyst.locator(".i-blokke td:first-child").first
    expect(number).to_have_text("6")
    assert number.evaluate("each => getComputedStyle(each, '::before').content") == '"Række"'
    resize(analyst, 1400, 900)

    press(analyst, "Indlæs rettet fil")
    expect(analyst.get_by_test_id("stPopoverBody")).to_contain_text("200 MB pr. fil")
    assert faults(analyst) == {}
    hand_in(analyst, "kvartal.csv", MENDED)
    expect_title(analyst, "To nye og ét ændret tal er klar til udgivelse")
    expect(analyst.get_by_test_id("stPopoverBody")).to_be_hidden()
    assert "23,1 %" in words_of(analyst)
    assert_no_faults(analyst)
    tick_off(analyst)
    analyst.get_by_label("Note til historikken").fill("Foråret 2025")
    analyst.get_by_label("Dit navn").fill("Mette Hansen")
    expect(analyst.get_by_role("button", name="Udgiv", exact=True)).to_be_enabled()
    press(analyst, "Udgiv")
    expect_title(analyst, "To nye og ét ændret tal er udgivet")
    assert_no_faults(analyst)

    analyst.get_by_role("link", name="Område: Viby Syd").click()
    expect_title(analyst, "Viby Syd")
    assert "Viby Syd 8,6" in words_of(analyst)

    analyst.get_by_role("link", name="Indlæs data").click()
    expect_title(analyst, "To nye og ét ændret tal er udgivet")
    press(analyst, "Fortryd")
    undo = analyst.get_by_test_id("stPopoverBody")
    undo.get_by_label("Hvorfor?").fill("Forkert halvår")
    undo.get_by_label("Dit navn").fill("Mette Hansen")
    assert faults(analyst) == {}
    press(analyst, "Fortryd indlæsningen")
    expect(analyst.get_by_text("er fortrudt: 3 tal er som før indlæsningen")).to_be_visible()
    expect_title(analyst, "Vælg en fil, og se")
    assert_no_faults(analyst)
    open_page(analyst, "/omraade?omraade=viby_syd")
    assert "Viby Syd 8,6" not in words_of(analyst)


def test_a_file_with_a_cpr_number_is_refused_and_kept_nowhere(analyst: Page, home: Path) -> None:
    open_page(analyst, "/indlaes")
    hand_in(analyst, "børn 010190-1234.csv", MENDED + "x;Gellerup;;2025;1;;;;010190-1234\n")
    expect_title(analyst, "Filen er afvist: Den indeholder CPR-numre")
    expect(analyst.get_by_text("Filen er fjernet fra serverens hukommelse.")).to_be_visible()
    assert "010190" not in analyst.content()
    assert_no_faults(analyst)
    for file in home.rglob("*"):
        assert "010190" not in file.name
        assert not file.is_file() or b"010190-1234" not in file.read_bytes()


def test_a_recipe_is_made_for_a_new_kind_of_extract(analyst: Page) -> None:
    open_page(analyst, "/indlaes")
    hand_in(analyst, "sted.csv", "Sted;Tid;Antal\nAarhus;2030;12\nAalborg;2030;15\n")
    expect_title(analyst, "Vælg det nøgletal, som filen er om")
    assert_no_faults(analyst)


@pytest.mark.soak
def test_a_queue_of_three_is_worked_through(analyst: Page, home: Path) -> None:
    later = HEADER + "school_absence;Gellerup;;2025H1;9,4;;;;\n"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("2025/gellerup.csv", later)
        archive.writestr("__MACOSX/._gellerup.csv", "x")
    open_page(analyst, "/indlaes")
    analyst.locator("input[type=file]").first.set_input_files(
        [
            FilePayload(name="kvartal.csv", mimeType="text/csv", buffer=MENDED.encode()),
            FilePayload(
                name="liste.txt",
                mimeType="text/plain",
                buffer=(MENDED + "x;Gellerup;;2025;1;;;;010190-1234\n").encode(),
            ),
            FilePayload(name="pakket.zip", mimeType="application/zip", buffer=packed.getvalue()),
        ]
    )
    expect_title(analyst, "To nye og ét ændret tal er klar til udgivelse")
    expect(analyst.get_by_text("afvist: CPR-numre")).to_be_visible()
    expect(analyst.get_by_text("3 filer: 1 klar, 1 med advarsler og 1 afvist")).to_be_visible()
    assert_no_faults(analyst)
    tick_off(analyst)
    analyst.get_by_label("Note til historikken").fill("Foråret 2025")
    analyst.get_by_label("Dit navn").fill("Mette Hansen")
    press(analyst, "Udgiv")
    expect_title(analyst, "To nye og ét ændret tal er udgivet")
    expect(analyst.get_by_text("udgivet, nr.")).to_have_count(1)
    assert_no_faults(analyst)
    press(analyst, "Næste fil: 2025/gellerup.csv")
    expect_title(analyst, "Ét nyt tal er klar til udgivelse")
    with analyst.expect_download() as waiting:
        press(analyst, "Alle ændringer (CSV)")
    written = waiting.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert written[1].startswith("2;Nyt tal;school_absence;gellerup;programme_children;2025H1;;9,4")
    press(analyst, "Udgiv")
    expect_title(analyst, "Ét nyt tal er udgivet")
    expect(analyst.get_by_text("udgivet, nr.")).to_have_count(2)
    with analyst.expect_download() as waiting:
        press(analyst, "Alle ændringer (CSV)")
    assert waiting.value.path().read_text(encoding="utf-8-sig").splitlines() == written
    press(analyst, "Tilføj filer")
    hand_in(analyst.get_by_test_id("stPopoverBody"), "en mere.csv", HEADER)
    expect(analyst.get_by_role("button", name="en mere.csv")).to_be_visible()
    expect(analyst.get_by_test_id("stPopoverBody")).to_be_hidden()
    analyst.get_by_role("button", name="liste.txt").click()
    expect_title(analyst, "Filen er afvist: Den indeholder CPR-numre")
    assert "010190" not in analyst.content()
    assert_no_faults(analyst)
    open_page(analyst, "/omraade?omraade=gellerup")
    assert "9,4 %" in words_of(analyst)
    for file in home.rglob("*"):
        assert not file.is_file() or b"010190-1234" not in file.read_bytes()


@pytest.mark.soak
def test_what_is_chosen_in_a_recipe_folds_nothing(analyst: Page) -> None:
    """The box of a column's rows goes as soon as the column names the indicators."""
    open_page(analyst, "/indlaes")
    rows = "Indbrud;Aarhus;2024K1;12\nIndbrud;Odense;2024K1;4\nRøveri;Aarhus;2024K1;1\n"
    hand_in(analyst, "emner.csv", "Emne;Kommune;Kvartal;Antal\n" + rows)
    expect_title(analyst, "Vælg det nøgletal, som filen er om")
    expect(analyst.get_by_label("Brug rækker, hvor Emne er")).to_be_visible()
    analyst.get_by_text("Flere valg", exact=True).click()
    choose(analyst, "Nøgletallets kolonne (hvis filen har flere nøgletal)", "Emne")
    expect(analyst.get_by_label("Brug rækker, hvor Emne er")).to_have_count(0)
    expect(analyst.get_by_label("»Røveri« er")).to_be_visible()
    assert_no_faults(analyst)
