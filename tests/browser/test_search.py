"""The search without a mouse: opened, typed into, left by the return key on a hit."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.audit import english_words, serious_findings
from tests.browser.clicks import expect_address
from tests.browser.screen import open_page, resize
from tests.tiers import some

_NAMED_OPEN = """
document.querySelector('[class*=st-key-fund-]').insertAdjacentHTML(
  'beforeend', '<p data-testid="stMarkdownContainer" id="navn">Open</p>')
"""


def searched(page: Page, query: str) -> Locator:
    """The open search with a query typed into it: nothing of an earlier search stands in it."""
    dialog = page.get_by_role("dialog")
    page.keyboard.press("Control+k")
    expect(dialog.get_by_role("textbox")).to_have_value("")
    expect(dialog.get_by_role("textbox")).to_be_focused()
    page.keyboard.type(query)
    return dialog


def test_a_figure_is_found_and_opened_with_the_keyboard_alone(page: Page) -> None:
    open_page(page, "/om")
    dialog = searched(page, "fravær gellerup")
    hit = dialog.get_by_role("link", name="Elevfravær, Gellerup")
    expect(hit).to_be_visible()
    expect(dialog).to_contain_text("Fundet på »gellerup« alene")
    for width, height in some(((1400, 900), (390, 844)), 1):
        resize(page, width, height)
        assert english_words(page) == []
        assert serious_findings(page) == []
    # A name that is spelled like one of Streamlit's words stays what it is.
    page.evaluate(_NAMED_OPEN)
    assert page.evaluate("document.getElementById('navn').textContent") == "Open"
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()

    # The nearest word is offered, and a link to another view of the open page is in the address.
    dialog = searched(page, "forkotelser")
    dialog.get_by_role("button", name="Mente du »forkortelser«?").press("Enter")
    expect(dialog.get_by_role("textbox")).to_have_value("forkortelser")
    dialog.get_by_role("link", name="Ord og forkortelser").first.press("Enter")
    expect(dialog).to_be_hidden()
    expect_address(page, "/om", afsnit="forkortelser")

    searched(page, "fravær gellerup")
    expect(hit).to_be_visible()
    page.keyboard.press("Tab")
    expect(hit).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect_address(
        page, "/sammenlign", noegletal="school_absence", omraader="gellerup,viby_syd",
        grupper="programme_children", diagram="udvikling",
    )  # fmt: skip

    # The arrow keys go through the hits and round; the return key opens the first from the field,
    # but not before the hits answer what was typed.
    searched(page, "fravær gellerup")
    expect(dialog).to_contain_text("fund vist for »fravær gellerup«")
    page.keyboard.press("ArrowDown")
    expect(hit).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(dialog.get_by_role("link", name="Område: elevfravær i Gellerup")).to_be_focused()
    for _ in range(2):
        page.keyboard.press("ArrowUp")
    expect(dialog.get_by_role("textbox")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(dialog.get_by_role("link").last).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    searched(page, "viby syd")
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect_address(page, "/omraade", omraade="viby_syd")

    # A list of the front page is moved into view (ui/chosen.js).
    resize(page, 390, 844)
    searched(page, "forsinket")
    dialog.get_by_role("link", name="Overblik: uden nyt").press("Enter")
    expect(page.get_by_role("heading", name="uden nyt")).to_be_in_viewport()
    expect(page.locator(".st-key-tal-venter tbody tr").nth(2)).to_be_in_viewport()
    assert "afsnit" not in page.url
