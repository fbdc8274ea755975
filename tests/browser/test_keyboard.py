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
  const name = text.split('\\n').map(line => line.trim()).find(line => !/^[a-z_]*$/.test(line));
  return {{name: name ?? '', looks: looks(element)}};
}}
"""
_UNFOCUSED_LOOKS = f"() => {{ {_LOOKS} return window.__stops.map(looks); }}"


class Stop(TypedDict):
    name: str
    looks: str


def tab_through(page: Page) -> list[Stop]:
    """Name and looks of what gets the focus, one Tab after another, once through the page."""
    found: list[Stop] = []
    while len(found) < 80:
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        # The main section takes the focus only so that the arrow keys scroll it.
        if page.evaluate("document.activeElement.tagName") != "MAIN":
            found.append(page.evaluate(_STOP))
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


# Every link, button and field gets the focus in turn, and what is drawn round it is measured.
# After a Tab the browser takes a script's focus for the keyboard's.
_RINGS = """
() => {
  document.head.insertAdjacentHTML('beforeend', '<style>* { transition: none !important }</style>');
  const channels = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = colour => {
    const [red, green, blue] = channels(colour).map(part => part / 255).map(
      part => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one, other) => {
    const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b);
    return (bright + 0.05) / (dark + 0.05);
  };
  const behind = element => {
    for (let box = element.parentElement; box; box = box.parentElement) {
      const colour = getComputedStyle(box).backgroundColor;
      if (channels(colour)[3] !== 0) return colour;
    }
    return 'rgb(255, 255, 255)';
  };
  // The width and contrast of the ring round an element, of its outline or of a shadow like one.
  const rings = box => {
    const style = getComputedStyle(box);
    const found = [];
    if (style.outlineStyle !== 'none')
      found.push([parseFloat(style.outlineWidth), contrast(style.outlineColor, behind(box))]);
    for (const {groups} of style.boxShadow.matchAll(
        /(?<colour>rgba?[^)]+\\)) 0px 0px 0px (?<width>[\\d.]+)px/g))
      found.push([Number(groups.width), contrast(groups.colour, behind(box))]);
    return found;
  };
  const kinds = 'a[href], button, summary, input, textarea, [tabindex="0"]';
  const unseen = [];
  let seen = 0;
  for (const element of document.querySelectorAll(kinds)) {
    if (element.disabled || !element.checkVisibility({visibilityProperty: true})) continue;
    element.focus();
    if (document.activeElement !== element) continue;
    seen += 1;
    const boxes = [];
    for (let box = element; box && boxes.length < 5; box = box.parentElement) boxes.push(box);
    if (element.matches('input') && element.labels) boxes.push(...element.labels);
    if (!boxes.flatMap(rings).some(([width, against]) => width >= 2 && against >= 3))
      unseen.push(`${element.tagName} ${element.type ?? ''} ${element.dataset.testid ?? ''} »`
        + `${(element.ariaLabel ?? element.textContent).trim().slice(0, 40)}«`);
  }
  return {seen, unseen};
}
"""


@pytest.mark.parametrize(
    ("address", "at_least"),
    [
        ("/", 15), ("/tema", 25), ("/omraade", 25), ("/omraade?omraade=gellerup", 20),
        ("/sammenlign", 25), ("/handleplan", 15), ("/udvalg", 20), ("/indlaes", 10), ("/om", 12),
    ],
)  # fmt: skip
def test_focus_is_seen_on_every_link_button_and_field(
    page: Page, address: str, at_least: int
) -> None:
    """WCAG 2.4.7 and 1.4.11: a ring of two pixels or more, at least 3:1 against what is behind."""
    open_page(page, address)
    page.keyboard.press("Tab")
    told = page.evaluate(_RINGS)
    assert told["unseen"] == []
    assert told["seen"] >= at_least


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


def test_popovers_open_with_enter_and_close_with_escape(page: Page) -> None:
    open_page(page, "/sammenlign?noegletal=employment_rate&omraader=aarhus")
    content = page.get_by_test_id("stPopoverBody")
    for name in ("Tabel", "Kopiér link"):
        button = page.get_by_role("button", name=name, exact=True)
        button.focus()
        page.keyboard.press("Enter")
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
