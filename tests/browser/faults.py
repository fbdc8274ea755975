"""Everything that must hold of an open page, gathered in one visit."""

import os

from playwright.sync_api import Page

from tests.browser.audit import english_words, serious_findings
from tests.browser.screen import resize

PHONE, DESKTOP = (390, 844), (1400, 900)

# The page itself scrolls inside Streamlit's main section, so both must fit the window. What is
# wider scrolls in a box of its own; of the tables only those that open over the page do.
_STRUCTURE = """
() => {
  const faults = [];
  const seen = element => element.checkVisibility({visibilityProperty: true});
  const name = element => element.getAttribute('aria-label')?.trim();
  const short = element => element.textContent.trim().replace(/\\s+/g, ' ').slice(0, 60);

  // What may not be divided between two lines: a word, or its part up to a hyphen or stroke.
  const parts = element => {
    const found = [];
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node; (node = texts.nextNode());)
      for (const {0: word, index} of node.data.matchAll(/[^\\s\\u00ad\\/-]+[\\/-]?/g))
        found.push({node, start: index, end: index + word.length});
    return found;
  };

  const language = document.documentElement.lang;
  if (language !== 'da') faults.push(`the language is »${language}«`);

  const headings = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter(seen);
  const first = headings.filter(heading => heading.tagName === 'H1');
  if (first.length !== 1) faults.push(`${first.length} h1: ${first.map(short).join(' | ')}`);
  let above = 0;
  for (const heading of headings) {
    const level = Number(heading.tagName[1]);
    if (level > above + 1) faults.push(`h${level} »${short(heading)}« comes after h${above}`);
    if (!short(heading)) faults.push(`h${level} is empty`);
    above = level;
    for (const part of parts(heading)) {
      const range = document.createRange();
      range.setStart(part.node, part.start);
      range.setEnd(part.node, part.end);
      if (new Set([...range.getClientRects()].map(({top}) => Math.round(top))).size > 1)
        faults.push(`broken in the middle: »${range}«`);
    }
  }

  for (const number of document.querySelectorAll('[data-testid="stMetric"]'))
    for (const part of [number, ...number.querySelectorAll('*')])
      if (getComputedStyle(part).overflowX !== 'visible' && part.scrollWidth > part.clientWidth + 1)
        faults.push(`a number is cut: »${short(number)}«`);
  for (const element of document.querySelectorAll('span, p, div, button, a, td, th'))
    if (element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 2 && seen(element)
      && getComputedStyle(element).textOverflow === 'ellipsis')
      faults.push(`words are cut: »${short(element)}«`);
  // Where nothing beside it says what is missing; a table has its heads, a card its sentence.
  for (const dash of document.querySelectorAll('p'))
    if (seen(dash) && short(dash) === '–' && !dash.closest('table, [data-testid="stMetric"]'))
      faults.push('a dash stands alone');
  for (const block of document.querySelectorAll('[data-testid="stMain"] .stVerticalBlock')) {
    const placed = [...block.children].filter(child => seen(child)
      && !['absolute', 'fixed', 'sticky'].includes(getComputedStyle(child).position));
    placed.forEach((child, at) => {
      const [above, below] = [placed[at - 1], child].map(each => each?.getBoundingClientRect());
      if (!above || Math.min(above.height, below.height, above.width, below.width) < 4) return;
      const high = Math.min(above.bottom, below.bottom) - Math.max(above.top, below.top);
      const wide = Math.min(above.right, below.right) - Math.max(above.left, below.left);
      if (high > 12 && wide > 12)
        faults.push(`one over the other: »${short(placed[at - 1])}« and »${short(child)}«`);
    });
  }
  for (const table of document.querySelectorAll('[data-testid="stTable"] table')) {
    if (!seen(table)) continue;
    const box = table.closest('[data-testid="stTable"] > div') ?? table.parentElement;
    if (!box.closest('[data-testid="stPopoverBody"]') && box.scrollWidth > box.clientWidth + 1)
      faults.push(`a table is cut by ${box.scrollWidth - box.clientWidth} px: »${name(table)}«`);
  }

  for (const chart of document.querySelectorAll('[data-testid="stPlotlyChart"]'))
    if (!name(chart)) faults.push('a chart has no name');
  for (const table of document.querySelectorAll('table'))
    if (!name(table) && !table.caption?.textContent.trim()) faults.push('a table has no name');
  for (const error of document.querySelectorAll('[data-testid="stException"]'))
    faults.push(`an exception shows: ${short(error)}`);

  const main = document.querySelector('[data-testid="stMain"]') ?? document.body;
  for (const [part, element] of [['page', document.documentElement], ['main section', main]])
    if (element.scrollWidth > element.clientWidth + 1)
      faults.push(`the ${part} is ${element.scrollWidth - element.clientWidth} px too wide`);

  const scrolls = element => /auto|scroll/.test(getComputedStyle(element).overflowX);
  const hidden = element => getComputedStyle(element).clipPath !== 'none';
  for (const element of document.querySelectorAll('p, h1, h2, h3, td, th, button, a, svg text')) {
    if (!seen(element) || !short(element)) continue;
    const {left, right, width} = element.getBoundingClientRect();
    if (width < 2 || (right <= innerWidth + 1 && left >= -1)) continue;
    let box = element.parentElement;
    while (box && box !== main && !scrolls(box) && !hidden(box)) box = box.parentElement;
    if (!box || box === main) faults.push(`cut off at the window's edge: »${short(element)}«`);
  }

  for (const drawing of document.querySelectorAll('[data-testid="stPlotlyChart"]')) {
    const frame = drawing.getBoundingClientRect();
    const taken = [];
    const light = colour => {
      const [red, green, blue] = colour.match(/[\\d.]+/g).map(part => Number(part) / 255).map(
        part => part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    // What is drawn beneath the texts: the squares of a map have colours of their own.
    const beneath = [...drawing.querySelectorAll('.shapelayer path')]
      .filter(shape => getComputedStyle(shape).fill !== 'none'
        && Number(getComputedStyle(shape).fillOpacity) > 0)
      .map(shape => [shape.getBoundingClientRect(), light(getComputedStyle(shape).fill)]);
    for (const text of drawing.querySelectorAll('svg text')) {
      if (!seen(text) || !short(text) || !text.getClientRects().length) continue;
      const {left, right, top, bottom} = text.getBoundingClientRect();
      if (left < frame.left - 1 || right > frame.right + 1
          || top < frame.top - 1 || bottom > frame.bottom + 1)
        faults.push(`cut off at the chart's edge: »${short(text)}«`);
      // Letters do not fill their line.
      const slack = (bottom - top) / 5;
      for (const [other, place] of taken)
        if (Math.min(right, place.right) - Math.max(left, place.left) > 1
            && Math.min(bottom, place.bottom) - Math.max(top, place.top) > 1 + 2 * slack)
          faults.push(`»${short(text)}« lies over »${other}«`);
      if (!text.closest('.hoverlayer')) taken.push([short(text), {left, right, top, bottom}]);
      const [x, y] = [(left + right) / 2, (top + bottom) / 2];
      const ground = beneath.findLast(([box]) =>
        box.left <= x && x <= box.right && box.top <= y && y <= box.bottom)?.[1] ?? 1;
      const shades = [light(getComputedStyle(text).fill), ground].sort((a, b) => b - a);
      const contrast = (shades[0] + 0.05) / (shades[1] + 0.05);
      if (contrast < 4.5) faults.push(`pale (${contrast.toFixed(1)}:1): »${short(text)}«`);
    }
  }
  return faults;
}
"""

# A finger needs this many pixels, and a page this many screens of a phone. What is tapped may be
# larger than it looks, and a field's own parts are no targets beside it.
_FINGER, _MOST_SCREENS = 39, 6
_OF_A_PHONE = """
([finger, mostHigh]) => {
  const faults = [];
  const main = document.querySelector('[data-testid="stMain"]');
  if (main.scrollHeight > mostHigh) faults.push(`the page is ${main.scrollHeight} px long`);
  const inSentence = link => {
    const around = link.closest('p, li, td');
    return around && around.textContent.trim() !== link.textContent.trim();
  };
  for (const element of document.querySelectorAll(
    'header button, main button, main a, summary, [role="tab"], input, textarea, section button')) {
    if (!element.checkVisibility({visibilityProperty: true, opacityProperty: true})) continue;
    if (element.closest('.js-plotly-plot, [data-collapsed="true"]')) continue;
    if (element.matches('a') && inSentence(element)) continue;
    const isField = element.matches('input, textarea, [aria-haspopup="listbox"]');
    const field = '[data-testid="stDateInputField"]';
    const target = isField
      ? element.closest(field) ?? element.closest('label, [role="group"]') ?? element : element;
    const {width, height} = target.getBoundingClientRect();
    if (width < 2 || height < 2 || (width >= finger && height >= finger)) continue;
    target.scrollIntoView({block: 'center', inline: 'center'});
    const {left, top} = target.getBoundingClientRect();
    const reach = (right, down) => {
      for (let far = 0; far < finger; far++) {
        const hit = document.elementFromPoint(
          left + width / 2 + right * far, top + height / 2 + down * far);
        if (!hit || !target.contains(hit)) return far;
      }
      return finger;
    };
    // Asking what is at a place lays the page out: only where it is not large enough as it looks.
    const wide = width >= finger ? width : Math.max(width, reach(1, 0) + reach(-1, 0));
    const high = height >= finger ? height : Math.max(height, reach(0, 1) + reach(0, -1));
    if (wide < finger || high < finger) {
      const words = element.ariaLabel ?? element.textContent.trim().slice(0, 40);
      faults.push(`${Math.round(wide)} x ${Math.round(high)} px to tap: »${words}«`);
    }
  }
  main.scrollTop = 0;
  return [...new Set(faults)];
}
"""


def phone_faults(page: Page) -> list[str]:
    """What is too small for a finger on the open page, and whether it is too long for a phone."""
    return list(page.evaluate(_OF_A_PHONE, [_FINGER, _MOST_SCREENS * PHONE[1]]))


def structure_faults(page: Page) -> list[str]:
    """What is wrong with how the open page is built and fits its window, each fault once."""
    return list(dict.fromkeys(page.evaluate(_STRUCTURE)))


def faults(page: Page) -> dict[str, list[str]]:
    """What is wrong with the open page, by kind; empty when nothing is.

    Language, one h1 and headings without gaps or broken words, names of charts and tables, nothing
    wider than the window, cut off or over another text of a chart, contrast inside charts, English
    words, serious findings of axe-core.
    """
    lines_by_kind = {
        "structure": structure_faults(page),
        "English words": english_words(page),
        "accessibility": serious_findings(page),
    }
    return {kind: lines for kind, lines in lines_by_kind.items() if lines}


def assert_no_faults(page: Page) -> None:
    """Holds the open page to `faults` on a desktop, and to its structure on a phone before.

    A step within a flow has the elements of its page, whose words and accessibility test_pages.py
    looks at on both; axe-core takes half a second of a processor. `make soak` looks at all on both.
    """
    resize(page, *PHONE)
    looked_at = faults(page) if "SPOR_SOAK" in os.environ else structure_faults(page)
    # pytest shows no values of an assertion outside the tests' own modules.
    assert not looked_at, f"phone: {looked_at}"
    resize(page, *DESKTOP)
    problems = faults(page)
    assert problems == {}, f"desktop: {problems}"
