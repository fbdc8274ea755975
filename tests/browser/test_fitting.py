"""Chosen names whole, however narrow their box."""

from playwright.sync_api import Page, expect

from tests.browser.screen import open_page, resize


def test_a_chosen_name_is_whole_on_a_phone(page: Page) -> None:
    open_page(page, "/sammenlign?noegletal=women_outside_labour_market_share")
    field = page.get_by_role("combobox", name="Nøgletal")
    group = field.locator("xpath=ancestor::*[@role='group'][1]")
    narrow = group.evaluate("box => box.clientHeight")
    resize(page, 390, 844)
    page.get_by_role("button", name="Vælg nøgletal og områder").click()
    expect(group).to_have_attribute("data-navn", field.input_value())
    assert group.evaluate("box => box.clientHeight") > narrow
    field.focus()
    assert group.evaluate("box => getComputedStyle(box, '::before').content") == "none"
