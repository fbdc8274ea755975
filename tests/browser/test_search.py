"""The search without a mouse: opened, typed into, left by Enter on a hit."""

from playwright.sync_api import Page, expect

from tests.browser.audit import english_words, serious_findings
from tests.browser.clicks import expect_address, expect_title
from tests.browser.screen import open_page, resize, wait_until_drawn


def test_a_figure_is_found_and_opened_with_the_keyboard_alone(page: Page) -> None:
    open_page(page, "/om")
    page.keyboard.press("Control+k")
    field = page.get_by_role("dialog").get_by_role("textbox")
    expect(field).to_be_focused()
    page.keyboard.type("fravær gellerup")
    dialog = page.get_by_role("dialog")
    hit = dialog.get_by_role("link", name="Elevfravær, Gellerup")
    expect(hit).to_be_visible()
    expect(dialog).to_contain_text("Fundet på »gellerup« alene")
    for width, height in ((390, 844), (1400, 900)):
        resize(page, width, height)
        assert english_words(page) == []
        assert serious_findings(page) == []
    page.keyboard.press("Tab")
    expect(hit).to_be_focused()
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect_address(
        page, "/sammenlign", noegletal="school_absence", omraader="gellerup,viby_syd",
        grupper="programme_children", diagram="udvikling",
    )  # fmt: skip
    # A view of the page that is open, by the nearest word that is offered.
    page.keyboard.press("Control+k")
    expect(field).to_be_focused()
    page.keyboard.type("gelerup")
    dialog.get_by_role("button", name="Mente du »Gellerup«?").press("Enter")
    expect(field).to_have_value("Gellerup")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_a_hit_on_the_open_page_is_in_the_address_and_the_way_back_too(page: Page) -> None:
    open_page(page, "/omraade?omraade=odense")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog").get_by_role("textbox")).to_be_focused()
    page.keyboard.type("aalborg")
    page.get_by_role("dialog").get_by_role("link", name="Aalborg").first.click()
    expect_address(page, "/omraade", omraade="aalborg")
    expect_title(page, "Aalborg")
    page.go_back()
    expect_title(page, "Odense")
    wait_until_drawn(page)
