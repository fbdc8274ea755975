"""A page on paper: A4 with page numbers, no controls, no chart cut, the name over the heading."""

import io
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.running_app import SharedApp
from tests.browser.screen import open_page

# Pixels of A4 between the margins of spor.css.
PAPER = 688
# In place of the browser's own window, which nobody could close here.
_CAUGHT = "() => { window.print = () => { window.isPrinted = true; }; }"
_SHEET = """
() => {
  const seen = element => element.checkVisibility({visibilityProperty: true});
  const controls = [...document.querySelectorAll(
    'nav a, [data-testid="stMain"] :is(button, input, [role="combobox"])')].filter(seen);
  const logo = document.querySelector('[data-testid="stHeaderLogo"]').getBoundingClientRect();
  return {
    controls: controls.map(control => control.textContent || control.ariaLabel),
    cut: [...document.querySelectorAll('[data-testid="stPlotlyChart"] .main-svg')]
      .map(drawing => drawing.getBoundingClientRect().right)
      .filter(right => right > PAPER + 1),
    touching: [...document.querySelectorAll('[class*="st-key-kort-"] .xaxislayer-above')]
      .flatMap(axis => [...axis.querySelectorAll('text')].map(text => text.getBoundingClientRect()))
      .filter((box, at, all) => at && box.top === all[at - 1].top && box.left < all[at - 1].right
        && box.right > all[at - 1].left).length,
    isLogoAbove: seen(document.querySelector('[data-testid="stHeaderLogo"]'))
      && logo.bottom <= document.querySelector('h1').getBoundingClientRect().top,
  };
}
""".replace("PAPER", str(PAPER))


def test_a_page_goes_on_paper_by_its_button_and_by_the_keyboard(page: Page) -> None:
    open_page(page, "/tema")
    page.evaluate(_CAUGHT)
    page.get_by_role("button", name="Udskriv").click()
    page.wait_for_function("() => window.isPrinted")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    sheet = page.evaluate(_SHEET)
    assert sheet["cut"] == []
    assert sheet["touching"] == 0
    assert sheet["isLogoAbove"]
    (day,) = sheet["controls"]
    assert day.startswith("calendar_todayVist som Spor kendte tallene")

    paper = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    assert {(round(each.mediabox.width), round(each.mediabox.height)) for each in paper.pages} == {
        (595, 842)
    }
    texts = [" ".join(each.extract_text().split()) for each in paper.pages]
    assert all(f"{at} af {len(texts)}" in text for at, text in enumerate(texts, start=1))

    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.get_by_role("button", name="Udskriv")).to_be_visible()
    page.evaluate("window.isPrinted = false")
    page.keyboard.press("Control+p")
    page.wait_for_function("() => window.isPrinted")
    page.evaluate("dispatchEvent(new Event('afterprint'))")


# The letters of a chart on paper in pixels, as they are drawn and as they were made smaller.
_LETTERS = """
() => [...document.querySelectorAll('.main-svg text')].filter(each => each.checkVisibility()
    && each.textContent.trim()).map(each => each.getBoundingClientRect().height)
"""


def test_ninety_eight_named_bars_go_on_in_a_second_column(page: Page) -> None:
    open_page(page, "/sammenlign?noegletal=employment_rate&omraader=all&diagram=placering")
    page.wait_for_function("() => document.querySelector('.main-svg')?.clientHeight > 1000")
    before = page.evaluate(_LETTERS)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert min(page.evaluate(_LETTERS)) > 0.75 * min(before)
    (sheet,) = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages
    words = sheet.extract_text()
    assert all(name in words for name in ("Egedal", "Samsø", "Aarhus", "Lolland", "Hele landet"))
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(_LETTERS) == before


def test_a_print_from_the_browser_s_menu_draws_a_chart_as_wide_as_the_paper(page: Page) -> None:
    open_page(page, "/sammenlign")
    before = page.evaluate(_LETTERS)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert min(page.evaluate(_LETTERS)) == pytest.approx(min(before), abs=0.5)
    assert page.evaluate(_SHEET)["cut"] == []
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(_LETTERS) == before


def test_what_gives_a_tablet_room_takes_none_of_a_sheet(
    phone: Page, app: SharedApp, shipped_app_home: Path
) -> None:
    """Both cards of the front page on the first of two sheets, also from a phone."""
    app.show(shipped_app_home)
    open_page(phone, "/")
    phone.evaluate("dispatchEvent(new Event('beforeprint'))")
    first, second = PdfReader(io.BytesIO(phone.pdf(prefer_css_page_size=True))).pages
    assert "nøgletal er bedre" in first.extract_text()
    assert "Handleplanens" in second.extract_text()


def test_the_maps_table_stays_a_table_in_two_columns(page: Page) -> None:
    """It goes on in a second column, which is no lack of room that would make rows to blocks."""
    open_page(page, "/sammenlign?noegletal=employment_rate&diagram=kort")
    page.evaluate(_CAUGHT)
    page.get_by_role("button", name="Udskriv").click()
    page.wait_for_function("() => window.isPrinted")
    assert len(PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages) == 2
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".i-blokke").count() == 0


def test_a_programmes_area_fills_its_first_sheet_and_leaves_no_heading_behind(page: Page) -> None:
    open_page(page, "/omraade?omraade=gellerup")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    paper = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    first, second, *_ = (" ".join(each.extract_text().split()) for each in paper.pages)
    assert "Fravær i Gellerup" in first
    assert "forskelle til Viby Syd" in second
    assert "Flere tal" not in second or "Opgang til Opgang 2 nøgletal" in second
    assert len(paper.pages) <= 3


_FOLDED = """
document.querySelector("[data-testid=stMainBlockContainer] > .stVerticalBlock").insertAdjacentHTML(
  "beforeend",
  `<div class="stExpander st-key-boligtal-x" data-testid="stExpander">
     <details><summary>Boligområdets nøgletal</summary><p>Lovens grænser</p></details></div>
   <div class="stExpander st-key-profil-x" data-testid="stExpander">
     <details><summary><p>Kommunens baggrund</p></summary></details></div>`)
"""


def test_what_is_folded_is_printed_or_said_to_be_left_out(page: Page) -> None:
    open_page(page, "/omraade?omraade=gellerup")
    page.evaluate(_FOLDED)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    paper = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    text = " ".join(" ".join(each.extract_text() for each in paper.pages).split())
    assert "Lovens grænser" in text
    assert "Kommunens baggrund · foldet sammen på siden og ikke udskrevet" in text
    # As it was, once it is printed.
    assert page.locator("details[open]").count() == 0


@pytest.mark.parametrize(
    ("address", "most", "on_first", "on_none"),
    [
        # Without a development beside them, a programme's rows come before its long chart.
        ("/omraade?omraade=viby_syd", 2, "Flere tal", ""),
        # An opened row's chart moves no row before it to the next sheet.
        ("/omraade?omraade=aarhus&sorter=bagud&aaben=employment_rate/all", 5, "Længst bagud", ""),
        # What cannot be drawn says why, on paper too.
        (
            "/sammenlign?noegletal=company_placement_share&diagram=tragt",
            1,
            "Tragtdiagram kræver",
            "Vælg nøgletal",
        ),
        pytest.param("/sammenlign", 1, "Aarhus ligger", "Vælg nøgletal", marks=pytest.mark.soak),
        pytest.param("/udvalg", 1, "Figur 1 af 8", "Hent filerne", marks=pytest.mark.soak),
        # The wide one of a guide's two pictures, and not both.
        pytest.param("/vejledning", 4, "1. Se, hvad der går", "", marks=pytest.mark.soak),
    ],
)
def test_sheets_are_filled_and_have_no_controls(
    page: Page, address: str, most: int, on_first: str, on_none: str
) -> None:
    open_page(page, address)
    page.evaluate(_CAUGHT)
    page.keyboard.press("Control+p")
    page.wait_for_function("() => window.isPrinted")
    paper = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    first, *rest = (" ".join(each.extract_text().split()) for each in paper.pages)
    assert len(paper.pages) <= most
    assert on_first in first
    assert not on_none or all(on_none not in text for text in (first, *rest))
