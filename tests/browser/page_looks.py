"""What must hold of single pages on a desktop, looked at while test_pages.py has them open.

Opening a page takes three to seven seconds of a processor, and each of these looks a tenth.
"""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.faults import DESKTOP
from tests.browser.screen import resize
from ui.keys import beginnings

# Of each element with a key, the marks that it should have and those that it has.
_MARKS = """
beginnings => [...document.querySelectorAll('[class*="st-key-"]')].map(element => {
  const key = [...element.classList].find(name => name.startsWith('st-key-')).slice(7);
  const due = beginnings.filter(each => key.startsWith(`${each}-`)).map(each => `data-key-${each}`);
  const marks = element.getAttributeNames().filter(name => name.startsWith('data-key-'));
  return [key, due.sort(), marks.sort()];
})
"""
# Beginnings that some element's key has; the style of each is a rule of its own.
MARKED = {
    "/": {"kort", "linje", "spalter"},
    "/tema": {"kort", "kort3"},
    "/omraade": {"profilgitter", "profilgitter-post-raekke"},
}
# Of each row of cards on how many lines its numbers, its sentences and its remarks begin.
_PARTS_OF_CARDS = """
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


def assert_keys_are_marked(page: Page, address: str) -> None:
    """What a container's key begins with stands on it (ui/keys.js)."""
    keyed = page.evaluate(_MARKS, beginnings())
    differing = [each for each in keyed if each[1] != each[2]]
    # pytest shows no values of an assertion outside the tests' own modules.
    assert not differing, differing
    marked = {mark for _, _, marks in keyed for mark in marks}
    unmarked = {f"data-key-{each}" for each in MARKED.get(address, ())} - marked
    assert not unmarked, unmarked


def _numbers_and_the_parts_of_cards_are_on_common_lines(page: Page) -> None:
    cards = page.evaluate(_PARTS_OF_CARDS)
    assert cards, "no row of cards"
    assert all(starts == [1, 1, 1] for starts in cards), cards
    standing = page.locator('[class*="st-key-maalt-"] table').first
    for name, *numbers in standing.evaluate(_ALIGNED):
        assert name != "right", name
        assert numbers == ["right", "right"], numbers


def _a_window_has_the_boxes_over_the_chart_and_no_way_to_them(page: Page) -> None:
    expect(page.get_by_text("Vælg nøgletal og områder")).to_be_hidden()
    expect(page.locator(".st-key-sammenlign-valg input").first).to_be_in_viewport()


def _a_figure_s_title_breaks_no_word_in_a_narrow_window(page: Page) -> None:
    resize(page, 700, 900)
    rooms = page.locator(".st-key-udvalg-liste .stColumn:nth-child(3)").evaluate_all(
        "columns => columns.map(column => column.clientWidth)"
    )
    assert len(rooms) == 8, rooms
    assert min(rooms) > 300, rooms
    resize(page, *DESKTOP)


LOOKS: dict[str, Callable[[Page], None]] = {
    "/tema": _numbers_and_the_parts_of_cards_are_on_common_lines,
    "/sammenlign": _a_window_has_the_boxes_over_the_chart_and_no_way_to_them,
    "/udvalg": _a_figure_s_title_breaks_no_word_in_a_narrow_window,
}
