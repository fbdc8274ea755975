"""Without a mouse: everything is reached, one sees where one is, and nothing holds one fast."""

from typing import TypedDict

import pytest
from playwright.sync_api import Page, expect

from tests.browser.clicks import box, expect_address, expect_title
from tests.browser.screen import open_page

# How an element looks, its nearest boxes included: a select box draws its frame round the field.
_LOOKS = """
const looks = element => {
  const found = [];
  for (let box = element, steps = 0; box && steps < 5; box = box.parentElement, steps += 1) {
    const style = getComputedStyle(box);
    const outline = style.outlineStyle === 'none' ? '' : style.outline;
    found.push([outline, style.boxShadow, style.borderColor, style.backgroundColor].join(' '));
  }
  return found.join('\\n');
};
"""
# The name without that of its icon, which a font turns into a picture.
_STOP = f"""
() => {{
  {_LOOKS}
  const element = document.activeElement;
  (window.__stops ??= []).push(element);
  const labels = [...(element.labels ?? [])].map(label => label.innerText);
  const text = element.getAttribute('aria-label') || labels.join(' ') || element.innerText || '';
  const isName = line => element.matches('.ord') || !/^[a-z_]*$/.test(line);
  const name = text.split('\\n').map(line => line.trim()).find(isName);
  return {{name: name ?? '', looks: looks(element)}};
}}
"""
_UNFOCUSED_LOOKS = f"() => {{ {_LOOKS} return window.__stops.map(looks); }}"


class Stop(TypedDict):
    name: str
    looks: str


def tab_through(page: Page) -> list[Stop]:
    """Name and looks of what gets the focus, one Tab after another, once through the page."""
    stops: list[Stop] = []
    while len(stops) < 80:
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        # The main section takes the focus only so that the arrow keys scroll it.
        if page.evaluate("document.activeElement.tagName") != "MAIN":
            stops.append(page.evaluate(_STOP))
    return stops


@pytest.mark.parametrize(
    ("address", "reached"),
    [
        ("/", ["Siden mødet", "Alle Aarhus' nøgletal", "Hvem følger op?", "Alderen på alle tal"]),
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
    stops = tab_through(page)
    names = [stop["name"] for stop in stops]
    assert names[0] == "Gå til hovedindholdet"
    top_bar = ["Overblik", "Tema", "Område", "Sammenlign", "Indlæs data", "Om tallene"]
    assert [name for name in [*top_bar, *reached] if name not in names] == []
    assert "" not in names
    unfocused = page.evaluate(_UNFOCUSED_LOOKS)
    unseen = [
        stop["name"] for stop, looks in zip(stops, unfocused, strict=True) if stop["looks"] == looks
    ]
    assert unseen == []


@pytest.mark.soak
def test_one_can_skip_to_the_content_or_open_a_page(page: Page) -> None:
    open_page(page, "/tema")
    page.keyboard.press("Tab")
    expect(page.get_by_text("Gå til hovedindholdet")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('[data-testid=stMain]')")
    page.get_by_role("link", name="Om tallene", exact=True).focus()
    page.keyboard.press("Enter")
    expect_title(page, "Hvert tal kan føres tilbage til sin kilde")


@pytest.mark.soak
def test_an_area_is_chosen_by_typing(page: Page) -> None:
    open_page(page, "/omraade")
    box(page, "Område").focus()
    page.keyboard.type("Odens")
    expect(page.get_by_role("option", name="Odense", exact=True)).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect_address(page, "/omraade", omraade="odense")
    expect_title(page, "Odense")


@pytest.mark.soak
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
