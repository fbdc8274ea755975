"""Without a mouse: everything is reached, one sees where one is, and nothing holds one fast."""

from typing import TypedDict

import pytest
from playwright.sync_api import Page, expect

from tests.browser.clicks import box, expect_address, expect_title
from tests.browser.screen import open_page

# Name and looks of the element that has the focus, its nearest boxes included: a select box draws
# its frame around the field.
_STOP = """
() => {
  const element = document.activeElement;
  const looks = [];
  for (let box = element, steps = 0; box && steps < 5; box = box.parentElement, steps += 1) {
    const style = getComputedStyle(box);
    looks.push([style.outlineStyle === 'none' ? '' : style.outline, style.boxShadow,
      style.borderColor, style.backgroundColor].join(' '));
  }
  (window.__stops ??= []).push(element);
  const labels = [...(element.labels ?? [])].map(label => label.innerText);
  const name = element.getAttribute('aria-label') || labels.join(' ') || element.innerText || '';
  return {name: name.replace(/^[a-z_]+\\n/, '').split('\\n')[0].trim(), looks: looks.join('\\n')};
}
"""
_LOOKS_WITHOUT_FOCUS = """
() => window.__stops.map(element => {
  const looks = [];
  for (let box = element, steps = 0; box && steps < 5; box = box.parentElement, steps += 1) {
    const style = getComputedStyle(box);
    looks.push([style.outlineStyle === 'none' ? '' : style.outline, style.boxShadow,
      style.borderColor, style.backgroundColor].join(' '));
  }
  return looks.join('\\n');
})
"""


class Stop(TypedDict):
    name: str
    looks: str


def tab_through(page: Page, stops: int) -> list[Stop]:
    """Name and looks of what gets the focus, one Tab after another, from the top of the page."""
    found: list[Stop] = []
    for _ in range(stops):
        page.keyboard.press("Tab")
        found.append(page.evaluate(_STOP))
        if page.evaluate("document.activeElement === document.body"):
            break
    return found


@pytest.mark.parametrize(
    ("address", "reached"),
    [
        ("/", ["Se temaet", "Læs om tallene", "Aarhus", "Gellerup", "Viby Syd", "Tilst"]),
        ("/tema", ["Tema", "Vis nøgletallet", "Nøgletal", "Tabel", "CSV", "Kopiér link"]),
        (
            "/sammenlign",
            ["Nøgletal", "Områder", "Grupper", "Udvikling", "Fra", "Til", "Tabel", "CSV"],
        ),
    ],
)
def test_tab_reaches_everything_and_shows_where_it_is(
    page: Page, address: str, reached: list[str]
) -> None:
    open_page(page, address)
    stops = tab_through(page, 60)
    names = [stop["name"] for stop in stops]
    top_bar = ["Overblik", "Tema", "Område", "Sammenlign", "Om tallene"]
    assert [name for name in [*top_bar, *reached] if name not in names] == []
    assert [name for name in names if not name] == []
    page.evaluate("document.activeElement.blur()")
    unfocused = page.evaluate(_LOOKS_WITHOUT_FOCUS)
    unseen = [
        stop["name"] for stop, looks in zip(stops, unfocused, strict=True) if stop["looks"] == looks
    ]
    assert unseen == []


def test_the_first_tab_offers_to_skip_to_the_content(page: Page) -> None:
    open_page(page, "/tema")
    page.keyboard.press("Tab")
    skip = page.get_by_text("Gå til hovedindhold")
    expect(skip).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('[data-testid=stMain]')")


def test_a_page_is_opened_from_the_top_bar(page: Page) -> None:
    open_page(page, "/")
    page.get_by_role("link", name="Om tallene", exact=True).focus()
    page.keyboard.press("Enter")
    expect_title(page, "Hvert tal kan føres tilbage til sin kilde")


@pytest.mark.parametrize("name", ["Tabel", "Kopiér link"])
def test_a_popover_opens_with_enter_and_closes_with_escape(page: Page, name: str) -> None:
    open_page(page, "/sammenlign?noegletal=employment_rate&omraader=aarhus")
    button = page.get_by_role("button", name=name, exact=True)
    button.focus()
    page.keyboard.press("Enter")
    content = page.get_by_test_id("stPopoverBody")
    expect(content).to_be_visible()
    page.keyboard.press("Escape")
    expect(content).to_be_hidden()
    expect(button).to_be_focused()


def test_an_area_is_chosen_by_typing(page: Page) -> None:
    open_page(page, "/omraade")
    box(page, "Område").focus()
    page.keyboard.type("Odens")
    expect(page.get_by_role("option", name="Odense", exact=True)).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect_address(page, "/omraade", omraade="odense")
    expect_title(page, "Odense")


def test_a_comparison_is_changed_without_a_mouse(page: Page) -> None:
    open_page(page, "/sammenlign?noegletal=employment_rate&omraader=aarhus")
    view = {"noegletal": "employment_rate", "grupper": "all"}
    box(page, "Områder").focus()
    page.keyboard.type("Vejle")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect_address(page, "/sammenlign", omraader="aarhus,vejle", diagram="udvikling", **view)
    page.get_by_role("radio", name="Udvikling").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect_address(page, "/sammenlign", omraader="aarhus,vejle", diagram="rangering", **view)
