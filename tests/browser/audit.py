"""What a page must not have: English words on the screen, serious accessibility faults."""

import re
from typing import TypedDict

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# English words that give away an untranslated text: those of Streamlit, Plotly and the table grid,
# raw column names, and the commonest of the language. No Danish words, also none that are spelled
# alike (drag, list, menu, in, is), and no loan words (data, filter, link, slide, status). Danish
# dictionaries do hold a few of these (a duck, to saw), but this dashboard has no use for them.
# The third part is what shows when a value slips through unformatted, the fourth raw field names.
_WORDS = """
and the of with from this that these those which when where what why how you your our was were
been does not yes can cannot could should would or if then than there each every less fewer only
about after before between into we they their

accounting add added allowed anyway arrow ascending automatic autosize average axes based browse
calendar cancel chart charts choose clear click close collapse column columns compact compare
comparison connecting connection continue copied copy count dark dataframe date dates decrement
delete deploy descending disabled dismiss distinct download duration edit empty enter entry error
errors expand failed field fields file files found fullscreen heading help here hide icon increment
items learn loading localized main maximum message missing navigate next notifications occurred open
opens page pages pagination past percentage percentile pick plain play please press previous record
recording refresh reload remove rename report required rerun reset restore results retry row rows
running save saved scientific screencast search select selected selection settings share sidebar
stopping submit table tables theme title toggle toolbar try undo unexpected unpin update updated
upload uploaded use using value values view warning wrap wrong

approximate blocked completed decided nan none null planned plotly preliminary proposed
streamlit suppressed traceback undefined unknown

absence area areas country day days employment group higher lower month months municipality name
number numbers people percent quarter school source sources week weeks women year years
yesterday

february friday january july monday october saturday sunday thursday tuesday wednesday
"""
ENGLISH_WORDS = frozenset(_WORDS.split())
ACCESSIBILITY_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
SERIOUS = {"serious", "critical"}

_WORD = re.compile(r"[^\W\d_]+")
# Names, not words: observations/uvm_absence.csv.
_ADDRESS_OR_FILE = re.compile(r"https?://\S+|\S+\.(?:csv|json|px|py|toml|xlsx)\b")

# Everything a person can see, hear or hover: also text that only a screen reader meets (the rows
# inside a table's canvas, the title of a drawing), but no scripts, and not the names of icons,
# which a font turns into pictures; what an icon is called for a screen reader counts.
_TEXTS = """
() => {
  const spoken = ['aria-label', 'aria-description', 'aria-roledescription', 'aria-valuetext',
    'aria-placeholder', 'title', 'placeholder', 'alt', 'label', 'data-title'];
  const unseen = 'script, style, noscript, template';
  const icon = '[translate="no"][aria-hidden="true"], [translate="no"][role="img"]';
  const texts = [{where: 'the window title', text: document.title}];
  const visit = root => {
    for (const element of root.querySelectorAll('*')) {
      if (element.closest(unseen)) continue;
      const place = element.dataset.testid || element.tagName.toLowerCase();
      for (const name of spoken) {
        const text = element.getAttribute(name);
        if (text) texts.push({where: `${name} of ${place}`, text});
      }
      if (element.value && typeof element.value === 'string' && element.type !== 'hidden')
        texts.push({where: `value of ${place}`, text: element.value});
      if (element.closest(icon)) continue;
      const heard = element.closest('canvas, svg title, svg desc');
      if (heard || element.checkVisibility({visibilityProperty: true}))
        for (const child of element.childNodes)
          if (child.nodeType === Node.TEXT_NODE && child.data.trim())
            texts.push({where: place, text: child.data.trim()});
      if (element.shadowRoot) visit(element.shadowRoot);
    }
  };
  visit(document);
  return texts;
}
"""

# The names of icons that stand there as words, as they do where the typeface lacks them.
_ICONS = """
async () => {
  await document.fonts.ready;
  const icons = [...document.querySelectorAll('[data-testid="stIconMaterial"]')];
  return icons.filter(icon => {
    if (!icon.checkVisibility({visibilityProperty: true})) return false;
    const range = document.createRange();
    range.selectNodeContents(icon);
    const size = parseFloat(getComputedStyle(icon).fontSize);
    return range.getBoundingClientRect().width > 1.5 * size;
  }).map(icon => icon.textContent);
}
"""


class _Text(TypedDict):
    where: str
    text: str


def english_words(page: Page) -> list[str]:
    """The tell-tale English words on the page, each once, with the text it stands in.

    One line is `"fullscreen" in »Fullscreen« (aria-label of button)`. An icon whose name is seen in
    place of its picture is such a word too. Looks into shadow roots and frames; does not open menus
    and tooltips, which a test must do first.
    """
    texts: list[_Text] = [text for frame in page.frames for text in frame.evaluate(_TEXTS)]
    words: dict[str, str] = {}
    for text in texts:
        for word in _WORD.findall(_ADDRESS_OR_FILE.sub("", text["text"])):
            if word.casefold() in ENGLISH_WORDS:
                line = f'"{word.casefold()}" in »{text["text"][:80]}« ({text["where"]})'
                words.setdefault(line, line)
    icons: list[str] = page.evaluate(_ICONS)
    return [*words, *(f"the icon {name} is drawn as a word" for name in dict.fromkeys(icons))]


def serious_findings(page: Page) -> list[str]:
    """The serious and critical faults axe-core finds under WCAG 2.1 A and AA, one line an element.

    One line is `image-alt (critical): Images must have alternative text: img: <what to mend>`.
    """
    options = {
        "runOnly": {"type": "tag", "values": ACCESSIBILITY_RULES},
        "resultTypes": ["violations"],
    }
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    answer = page.evaluate("options => axe.run(options)", options)
    return [
        f"{violation['id']} ({violation['impact']}): {violation['help']}: "
        f"{_selector(node['target'])}: {_remedy(node['failureSummary'])}"
        for violation in answer["violations"]
        if violation["impact"] in SERIOUS
        for node in violation["nodes"]
    ]


def _selector(target: list[str | list[str]]) -> str:
    # An element in a frame or a shadow root has one selector for each step on the way to it.
    return " ".join(step if isinstance(step, str) else " > ".join(step) for step in target)


def _remedy(summary: str) -> str:
    # The first line is always "Fix any of the following:".
    lines = [line.strip() for line in summary.splitlines() if line.strip()]
    return "; ".join(lines[1:3])
