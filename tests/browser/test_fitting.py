"""Numbers and cards' parts on common lines, and chosen names whole however narrow their box."""

from playwright.sync_api import Page, expect

from tests.browser.screen import open_page, resize

# Of each row of cards on how many lines its numbers, its sentences and its remarks begin.
_PARTS = """
() => [...document.querySelectorAll('[class*="st-key-kort3-"]')].map(row => {
  const cards = [...row.querySelectorAll('[data-testid="stVerticalBlock"][class*="st-key-kort-"]')];
  const top = card => Math.round(card.getBoundingClientRect().top);
  const first = cards.filter(card => top(card) === top(cards[0]));
  return [1, 2, 3].map(part => new Set(first.map(card => top(card.children[part]))).size);
})
"""
_ALIGNED = """
table => [...table.rows].map(row =>
  [...row.cells].map(cell => getComputedStyle(cell.querySelector('p') ?? cell).textAlign))
"""


def test_numbers_and_the_parts_of_cards_are_on_common_lines(page: Page) -> None:
    open_page(page, "/tema")
    cards = page.evaluate(_PARTS)
    assert cards
    assert all(starts == [1, 1, 1] for starts in cards), cards
    standing = page.locator('[class*="st-key-maalt-"] table').first
    for name, *numbers in standing.evaluate(_ALIGNED):
        assert name != "right"
        assert numbers == ["right", "right"]


def test_a_chosen_name_is_whole_on_a_phone(page: Page) -> None:
    open_page(page, "/sammenlign?noegletal=women_outside_labour_market_share")
    field = page.get_by_role("combobox", name="Nøgletal")
    group = field.locator("xpath=ancestor::*[@role='group'][1]")
    narrow = group.evaluate("box => box.clientHeight")
    resize(page, 390, 844)
    expect(group).to_have_attribute("data-navn", field.input_value())
    assert group.evaluate("box => box.clientHeight") > narrow
    field.focus()
    assert group.evaluate("box => getComputedStyle(box, '::before').content") == "none"
