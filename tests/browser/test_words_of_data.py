"""Names that are spelled like one of Streamlit's words stay what they are."""

import pytest
from playwright.sync_api import Page, expect

from kpi.domain.selection import ALL_PARTS
from tests.browser.clicks import box
from tests.browser.screen import open_page, wait_until_drawn

# Every text of the page becomes an English word of Streamlit's, as if a name were spelled so.
# What comes back are those that were translated, with the element they stand in. The keys beside a
# button (kbd) are Streamlit's own words.
_RENAMED = """
async (word) => {
  const walker = document.createTreeWalker(
    document.querySelector('[data-testid=stMain]'), NodeFilter.SHOW_TEXT);
  const nodes = [];
  for (let node; (node = walker.nextNode());)
    if (node.data.trim() && !node.parentElement.closest('script, style, kbd, .main-svg'))
      nodes.push(node);
  for (const node of nodes) node.data = word;
  await new Promise(resolve => setTimeout(resolve, 100));
  const place = element => element.closest('[data-testid]').dataset.testid;
  return {
    texts: nodes.length,
    translated: [...new Set(nodes.filter(node => node.data !== word)
      .map(node => place(node.parentElement)))].sort(),
  };
}
"""
_NAMED = """
async (word) => {
  const named = [...document.querySelectorAll(
    '[data-testid=stMain] :is(input:not([type=file]), table, [role=radiogroup])[aria-label]')];
  for (const element of named) element.setAttribute('aria-label', word);
  await new Promise(resolve => setTimeout(resolve, 100));
  return {
    names: named.length,
    translated: named.filter(element => element.getAttribute('aria-label') !== word).length,
  };
}
"""


@pytest.mark.parametrize(
    ("address", "streamlits"),
    [
        ("/sammenlign?noegletal=employment_rate&omraader=aarhus,odense", []),
        ("/omraade?omraade=gellerup", []),
        (f"/om?afsnit={ALL_PARTS}", []),
        # The field that takes files says how to use it.
        ("/indlaes", ["stFileUploaderDropzoneInstructions", "stMarkdownContainer"]),
    ],
)
def test_data_spelled_like_a_word_of_streamlits_is_not_translated(
    page: Page, address: str, streamlits: list[str]
) -> None:
    open_page(page, address)
    named = page.evaluate(_NAMED, "Range")
    assert named["translated"] == 0
    renamed = page.evaluate(_RENAMED, "Open")
    assert renamed["texts"] > 20
    assert renamed["translated"] == streamlits


def test_a_choice_keeps_its_name_and_streamlits_own_lines_are_danish(page: Page) -> None:
    open_page(page, "/sammenlign?noegletal=employment_rate&omraader=aarhus,odense")
    box(page, "Områder").click()
    option = page.get_by_role("option").last
    expect(option).to_be_visible()
    wait_until_drawn(page)
    option.evaluate("element => element.querySelector('*').textContent = 'Statistics'")
    expect(option).to_have_text("Statistics")
    box(page, "Områder").fill("qqq")
    expect(page.get_by_role("option")).to_have_text("Ingen fund")
