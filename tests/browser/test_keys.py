"""What a container's key begins with stands on it, so the style of its kind holds (ui/keys.js)."""

from playwright.sync_api import Page

from tests.browser.screen import open_page
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


def test_what_a_key_begins_with_is_marked(page: Page) -> None:
    named = beginnings()
    marked: set[str] = set()
    for address in ("/tema", "/omraade?omraade=aarhus", "/om?afsnit=alle", "/"):
        open_page(page, address)
        keyed = page.evaluate(_MARKS, named)
        assert [each for each in keyed if each[1] != each[2]] == []
        marked.update(mark for _, _, marks in keyed for mark in marks)
    expected = {"kort", "kort3", "spalter", "profilgitter", "profilgitter-post-raekke", "linje"}
    assert {f"data-key-{each}" for each in expected} <= marked


def test_the_mark_follows_the_key_before_anything_is_drawn(page: Page) -> None:
    open_page(page, "/om")
    keys = ["kort-a", "kort-b", "profilgitter-post-tal-a", "kort", ""]
    of_row = ("", "-post", "-post-tal")
    rows = [f"data-key-profilgitter{each}" for each in of_row]
    assert page.evaluate(_USED_AGAIN, keys) == [["data-key-kort"], ["data-key-kort"], rows, [], []]
