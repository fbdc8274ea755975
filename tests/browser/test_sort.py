"""The order of a table's rows, as a press on a column's head changes it."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

import ui

SCRIPT = (Path(ui.__file__).parent / "sort.js").read_text(encoding="utf-8")

# Each in ascending order, as cells are written.
COLUMNS = {
    "tal": ["−12,5", "+0,1 procentpoint", "ca. 3,7 %", "1.234", "20.000 kr.", "–"],
    "ændring": ["−1,5", "−0,1", "uændret", "+0,1", "mere end 30"],
    "perioder": ["2. halvår 2023", "skoleåret 2023/2024", "1. kvartal 2024", "marts 2024"],
    "årstider": ["forår 2024", "april 2024", "efterår 2024", "i foråret 2025", "efteråret 2025"],
    "dage": ["2023", "3. marts 2024", "4. marts 2024", "12. januar 2025", "ikke oplyst"],
    "varighed": ["5 dage", "20 måneder gammelt", "knap 4 år", "4 år", "ca. 4½ år", "–"],
    "ord": ["Billund", "Ærø", "Århus V", "skjult"],
    "med tal": ["Spor 2", "Spor 10", "Trin 1 af 2"],
}


def _table(column: str, cells: list[str]) -> str:
    rows = "".join(f"<tr><td>{cell}<br>under</td></tr>" for cell in cells)
    return (
        f"<div data-testid=stTable><div><table><thead><tr><th>{column}</th></tr></thead>"
        f"<tbody>{rows}</tbody></table></div></div>"
    )


def _cells(page: Page) -> list[list[str]]:
    cells: list[list[str]] = page.evaluate(
        "[...document.querySelectorAll('tbody')].map((body) => [...body.rows]"
        ".map((row) => row.textContent.replace('under', '')))"
    )
    return cells


@pytest.fixture
def sorted_page(page: Page) -> Page:
    page.set_content("<html><body></body></html>")
    page.add_script_tag(content=SCRIPT)
    return page


def test_rows_are_sorted_by_what_they_say_both_ways_and_back(sorted_page: Page) -> None:
    page = sorted_page
    mixed = {name: cells[1::2] + cells[::2] for name, cells in COLUMNS.items()}
    page.evaluate(
        "(html) => { document.body.innerHTML = html; }",
        "<main>" + "".join(_table(*each) for each in mixed.items()) + "</main>",
    )
    buttons = page.get_by_role("button")
    assert buttons.count() == len(COLUMNS)
    for number in range(len(COLUMNS)):
        buttons.nth(number).press("Enter")
    assert _cells(page) == [*COLUMNS.values()]
    assert page.locator("th").first.get_attribute("aria-sort") == "ascending"
    for number in range(len(COLUMNS)):
        buttons.nth(number).press("Enter")
    for name, cells in zip(COLUMNS, _cells(page), strict=True):
        missing = [cell for cell in COLUMNS[name] if cell in ("–", "ikke oplyst", "skjult")]
        shown = [cell for cell in COLUMNS[name] if cell not in missing]
        assert cells == [*reversed(shown), *missing], name
    for number in range(len(COLUMNS)):
        buttons.nth(number).press("Enter")
    assert _cells(page) == [*mixed.values()]


def test_other_contents_in_its_place_come_as_they_are(sorted_page: Page) -> None:
    """Streamlit writes a new table into the cells of the former, by their number."""
    page = sorted_page
    page.evaluate(
        "(html) => { document.body.innerHTML = html;"
        " window.rows = [...document.querySelector('tbody').rows]; }",
        "<main>" + _table("tal", ["3", "1", "2"]) + "</main>",
    )
    page.get_by_role("button", name="Sortér efter tal").press("Enter")
    assert _cells(page) == [["1", "2", "3"]]
    # A word that is marked where it stands is no other content.
    page.evaluate("const [row] = window.rows; row.cells[0].firstChild.splitText(1)")
    page.wait_for_timeout(50)
    assert _cells(page) == [["1", "2", "3"]]
    page.evaluate(
        "['9', '7', '8'].forEach((text, at) => {"
        " window.rows[at].cells[0].firstChild.data = text; })"
    )
    assert _cells(page) == [["9", "7", "8"]]
    assert page.locator("th").get_attribute("aria-sort") is None
