"""Names that are spelled like one of Streamlit's words stay what they are."""

import pytest
from playwright.sync_api import Page, expect

from kpi.domain.selection import ALL_PARTS
from tests.browser.clicks import box
from tests.browser.screen import open_page, wait_until_drawn

# Words of Streamlit's own buttons and menus, some of which Spor never shows.
_WORDS = ("Open", "Close", "Search", "Rerun", "Download", "Deploy", "Clear all", "3 more")
# The texts of the page become English words of Streamlit's in turn, as if names were spelled so.
# What comes back are those that were translated, with the element they stand in. The keys beside a
# button (kbd) are Streamlit's own words.
_RENAMED = """
async (words) => {
  const walker = document.createTreeWalker(
    document.querySelector('[data-testid=stMain]'), NodeFilter.SHOW_TEXT);
  const nodes = [];
  for (let node; (node = walker.nextNode());)
    if (node.data.trim() && !node.parentElement.closest('script, style, kbd, .main-svg'))
      nodes.push(node);
  const given = nodes.map((_, place) => words[place % words.length]);
  nodes.forEach((node, place) => { node.data = given[place]; });
  await new Promise(resolve => setTimeout(resolve, 100));
  const place = element => element.closest('[data-testid]').dataset.testid;
  return {
    texts: nodes.length,
    translated: [...new Set(nodes.filter((node, place) => node.data !== given[place])
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
# What a tip comes to say when its text becomes each of the words.
_SAID_BY_A_TIP = """
async (tip, words) => {
  const said = [];
  for (const word of words) {
    tip.textContent = word;
    await new Promise(resolve => setTimeout(resolve, 20));
    said.push(tip.textContent);
  }
  return said;
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
    renamed = page.evaluate(_RENAMED, _WORDS)
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


def test_a_tip_keeps_what_it_says_unless_it_is_of_a_tool_of_streamlits(page: Page) -> None:
    open_page(page, "/handleplan?afsnit=alle")
    tip = page.get_by_test_id("stTooltipContent")
    page.get_by_test_id("stMain").get_by_test_id("stTooltipHoverTarget").first.hover()
    expect(tip).to_be_visible()
    assert tip.locator("p").first.evaluate(_SAID_BY_A_TIP, _WORDS) == [*_WORDS]
    page.get_by_text("Ret eller tilføj i handleplanens tabeller").click()
    page.get_by_test_id("stDataFrame").hover()
    page.get_by_role("button", name="Søg:").hover()
    expect(tip).to_have_text("Søg")
