"""What a container's key begins with stands on it, so the style of its kind holds (ui/keys.js).

Of the keys of every page test_pages.py looks at that.
"""

from playwright.sync_api import Page

from tests.browser.screen import open_page

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


def test_the_mark_follows_the_key_before_anything_is_drawn(page: Page) -> None:
    open_page(page, "/om")
    keys = ["kort-a", "kort-b", "profilgitter-post-tal-a", "kort", ""]
    of_row = ("", "-post", "-post-tal")
    rows = [f"data-key-profilgitter{each}" for each in of_row]
    assert page.evaluate(_USED_AGAIN, keys) == [["data-key-kort"], ["data-key-kort"], rows, [], []]
