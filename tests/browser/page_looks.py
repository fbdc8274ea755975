"""What must hold of single pages on a desktop, looked at while test_pages.py has them open.

Opening a page takes three to seven seconds of a processor, and each of these looks a tenth.
"""

from collections.abc import Callable, Sequence

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
# An element that React puts in the page with one key, and uses again for another and for none; the
# style is asked for before anything is drawn.
_USED_AGAIN = """
async keys => {
  const around = document.createElement('div');
  const element = around.appendChild(document.createElement('div'));
  const marks = [];
  for (const key of keys) {
    element.className = key && `stVerticalBlock st-key-${key}`;
    if (!around.isConnected) document.body.append(around);
    await Promise.resolve();
    marks.push(element.getAttributeNames().filter(name => name.startsWith('data-key-')));
  }
  around.remove();
  return marks;
}
"""
# How high a slide's box is, and how high with a figure of twice that height within it.
_WITH_A_FIGURE = """
box => {
  const figure = document.createElement('div');
  const before = box.getBoundingClientRect().height;
  figure.className = 'stPlotlyChart';
  figure.style.cssText = `flex: 0 0 ${2 * before}px`;
  box.append(figure);
  const after = box.getBoundingClientRect().height;
  figure.remove();
  return [2 * before, after];
}
"""
# Where two tables begin, while a line stands over the first of them that the second lacks.
_HEADS_UNDER_MORE_LINES = """
section => {
  const line = section.querySelector('h2').parentElement.appendChild(document.createElement('p'));
  line.style.height = '40px';
  const tops = [...section.querySelectorAll('thead')].map(
    head => Math.round(head.getBoundingClientRect().top));
  line.remove();
  return tops;
}
"""
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


def _the_front_page_s_two_tables_begin_on_one_line(page: Page) -> None:
    """However many lines stand over each of them."""
    begin = page.locator(".st-key-spalter-nyt").evaluate(_HEADS_UNDER_MORE_LINES)
    assert len(begin) == 2, begin
    assert begin[0] == begin[1], begin


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


def _a_figure_in_a_slide_s_place_has_the_height_it_needs(page: Page) -> None:
    before, beside = page.locator(".st-key-udvalg-slide").evaluate(_WITH_A_FIGURE)
    assert beside > before, (before, beside)


def _the_mark_follows_the_key_before_anything_is_drawn(page: Page) -> None:
    keys = ["kort-a", "kort-b", "profilgitter-post-tal-a", "kort", ""]
    of_row = ("", "-post", "-post-tal")
    rows = [f"data-key-profilgitter{each}" for each in of_row]
    marks = page.evaluate(_USED_AGAIN, keys)
    assert marks == [["data-key-kort"], ["data-key-kort"], rows, [], []], marks


def _popovers_open_with_enter_and_close_with_escape(page: Page) -> None:
    content = page.get_by_test_id("stPopoverBody")
    button = page.get_by_role("button", name="Tabel", exact=True)
    button.focus()
    page.keyboard.press("Enter")
    expect(content).to_be_visible()
    page.keyboard.press("Escape")
    expect(content).to_be_hidden()
    expect(button).to_be_focused()


LOOKS: dict[str, Sequence[Callable[[Page], None]]] = {
    "/": (_the_front_page_s_two_tables_begin_on_one_line,),
    "/tema": (_numbers_and_the_parts_of_cards_are_on_common_lines,),
    "/sammenlign": (
        _a_window_has_the_boxes_over_the_chart_and_no_way_to_them,
        _popovers_open_with_enter_and_close_with_escape,
    ),
    "/udvalg": (
        _a_figure_s_title_breaks_no_word_in_a_narrow_window,
        _a_figure_in_a_slide_s_place_has_the_height_it_needs,
    ),
    "/om": (_the_mark_follows_the_key_before_anything_is_drawn,),
}
