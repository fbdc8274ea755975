"""Where the keyboard is on a page: the ring round what has the focus."""

from typing import TypedDict

from playwright.sync_api import Page


class Rings(TypedDict):
    """How many elements took the focus, and those that do not show it."""

    seen: int
    unseen: list[str]


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


def focus_rings(page: Page) -> Rings:
    """Gives every link, button and field of the open page the focus; the page is of no use after.

    WCAG 2.4.7 and 1.4.11: a ring of two pixels or more, at least 3:1 against what is behind.
    """
    page.keyboard.press("Tab")
    rings: Rings = page.evaluate(_RINGS)
    return rings


# Of what Tab gives the focus in the page itself: what stands wholly over the one before it, not at
# its right. A box of chosen names is one thing, whose cross stands in the middle of its lines; the
# browser's own field in a field of a day is drawn by nobody and passed over (`tabindex="-1"`).
_OUT_OF_ORDER = """() => {
  const focusable = ':is(a[href], button, input, summary, [tabindex="0"])';
  const seen = [...document.querySelectorAll(`[data-testid=stMain] ${focusable}`)]
    .filter(each => !each.disabled && each.tabIndex >= 0
      && each.checkVisibility({visibilityProperty: true})
      && !each.closest('.st-key-soeg, .st-key-til-vejledning, [data-testid=stMultiSelect]'))
    .map(each => [each, each.getBoundingClientRect()])
    .filter(([, box]) => box.width > 1 && box.height > 1);
  const isOver = (box, before) => box.bottom < before.top - 1 && box.left < before.right;
  return seen.slice(1).filter(([, box], place) => isOver(box, seen[place][1]))
    .map(([each]) => each.getAttribute('aria-label') || each.innerText || each.className);
}"""


def out_of_order(page: Page) -> list[str]:
    """What stands over what has the focus before it (WCAG 2.4.3)."""
    names: list[str] = page.evaluate(_OUT_OF_ORDER)
    return names
