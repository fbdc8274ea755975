"""Every page from a wide screen to a phone, also at 200 % zoom (700 px): nothing is cut.

test_pages.py holds the pages that are not here to the same widths, and to more at 1400 and 390 px.
"""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page

from tests.browser.faults import phone_faults, structure_faults
from tests.browser.running_app import REPOSITORY, SharedApp
from tests.browser.screen import open_page, resize
from tests.browser.tabs import desktop_tab

pytestmark = pytest.mark.second_look

BETWEEN = (1366, 1280, 1200, 1024, 768, 700)
WIDTHS = (1400, *BETWEEN, 390)
with (REPOSITORY / "data" / "theme.csv").open(encoding="utf-8", newline="") as _table:
    THEMES = [row["theme_id"] for row in csv.DictReader(_table)]
with (REPOSITORY / "data" / "area.csv").open(encoding="utf-8", newline="") as _table:
    MUNICIPALITIES = [
        row["area_id"] for row in csv.DictReader(_table) if row["level"] == "municipality"
    ]
# Rows of cards by their key in ui/cards.py: how many are side by side where there is room.
MOST_COLUMNS = (2, 3, 4)
_COLUMNS = """most => {
  const found = [];
  for (const row of document.querySelectorAll(`[class*="st-key-kort${most}-"]`)) {
    const stands = [...row.children].filter(part => !part.querySelector('.st-key-under-begge'));
    const cards = stands.map(card => card.getBoundingClientRect());
    // The front page's shorter card ends with its lines: what holds for both stands under it.
    const mayDiffer = row.querySelector('.st-key-under-bedre, .st-key-under-daarligere');
    found.push({
      cards: cards.length,
      columns: new Set(cards.map(({left}) => Math.round(left))).size,
      uneven: mayDiffer ? 0 : cards.filter(card => cards.some(other =>
        Math.abs(other.top - card.top) < 1 && Math.abs(other.bottom - card.bottom) > 1)).length,
    });
  }
  return found;
}"""


@pytest.fixture
def window(
    desktop: BrowserContext, app: SharedApp, shipped_app_home: Path, problems: list[str]
) -> Iterator[Page]:
    """A desktop window on all figures."""
    app.show(shipped_app_home)
    with desktop_tab(desktop, app, problems) as opened:
        yield opened


def columns_at(width: int, most: int) -> int:
    """How many cards stand side by side in a window of this width; a theme's scroll on a phone."""
    if width <= 640 and most == 3:
        return 100
    if width <= 900:
        return 2 if width > 640 and most > 2 else 1
    return min(2, most) if width <= 1250 else most


@pytest.mark.parametrize("address", ["/", *(f"/tema?tema={theme}" for theme in THEMES)])
def test_cards_stand_whole_and_side_by_side_where_there_is_room(window: Page, address: str) -> None:
    open_page(window, address)
    seen = 0
    for width in WIDTHS:
        resize(window, width, 900)
        assert structure_faults(window) == [], width
        for most in MOST_COLUMNS:
            for row in window.evaluate(_COLUMNS, most):
                seen += row["cards"]
                assert row["columns"] == min(columns_at(width, most), row["cards"]), width
                # On a phone one card of a theme is seen at a time, and a short one is short.
                assert row["uneven"] == 0 or columns_at(width, most) == 100, width
    assert phone_faults(window) == []  # the last width
    assert seen >= len(WIDTHS)


# Of each row of cards how far the ways to their charts are from the cards' lower edges.
_WAYS = """() => [...document.querySelectorAll('[class*="st-key-kort-"]')].flatMap(card => {
  const way = card.querySelector('[class*="st-key-kortfod-"] button');
  const own = way?.getBoundingClientRect();
  return way ? [card.getBoundingClientRect().bottom - own.bottom] : [];
})"""


def test_a_long_source_lifts_no_way_to_a_chart(window: Page) -> None:
    open_page(window, "/tema?tema=children_school")
    for width in (1400, 1024, 390):
        resize(window, width, 900)
        ways = window.evaluate(_WAYS)
        assert len(ways) >= 4, width
        # A source of two lines is beside it, and lifts it by half a line at most.
        assert max(ways) - min(ways) < 24, width


# How far the last text of each column of the front page's cards is from where both end, and the
# tops of the lines of each card.
_FRONT = """() => {
  const row = document.querySelector('.st-key-kort2-stand');
  const columns = new Map();
  for (const text of row.querySelectorAll('p, h2')) {
    const left = Math.round(text.closest('.st-key-kort2-stand > *').getBoundingClientRect().left);
    columns.set(left, Math.max(columns.get(left) ?? 0, text.getBoundingClientRect().bottom));
  }
  const end = row.getBoundingClientRect().bottom;
  return {
    room: [...columns.values()].map(bottom => end - bottom),
    lines: ['daarligere', 'bedre'].map(name => [...document.querySelectorAll(
      `.st-key-kort-${name} > *:has([class*="st-key-linje-"])`
    )].map(line => Math.round(line.getBoundingClientRect().top))),
  };
}"""


@pytest.mark.parametrize("width", [1400, 1024, 901])
def test_the_front_cards_have_common_lines_and_no_column_ends_early(
    window: Page, width: int
) -> None:
    open_page(window, "/")
    resize(window, width, 900)
    seen = window.evaluate(_FRONT)
    worse, better = seen["lines"]
    assert len(seen["room"]) == 2
    # With as many lines in both there would be nothing to see.
    assert len(worse) > len(better) > 2
    assert better == pytest.approx(worse[: len(better)], abs=12)
    assert max(seen["room"]) < 72


@pytest.mark.parametrize("diagram", ["udvikling", "rangering", "afstand"])
def test_all_98_municipalities_fit_at_every_width(window: Page, diagram: str) -> None:
    assert len(MUNICIPALITIES) == 98
    open_page(
        window,
        f"/sammenlign?noegletal=employment_rate&diagram={diagram}"
        f"&omraader={','.join(MUNICIPALITIES)}",
    )
    for width in WIDTHS:
        resize(window, width, 900)
        assert structure_faults(window) == [], width


# Lines whose parts stand beside each other, and those with a part below the first.
_LINES = """() => {
  const lines = [...document.querySelectorAll(
    '[data-key-profilgitter-post-raekke], [data-key-profilgitter-hoved], .st-key-spor '
    + '.stHorizontalBlock'
  )].map(line => [...line.children].map(part => part.getBoundingClientRect()));
  const below = lines.filter(([first, ...rest]) => rest.some(({top}) => top > first.bottom));
  return [lines.length, below.length];
}"""


@pytest.mark.parametrize("address", ["/", "/omraade?omraade=aarhus"])
def test_a_line_is_one_in_every_window_of_a_laptop(window: Page, address: str) -> None:
    open_page(window, address)
    for width in (1440, 1400, 1366, 1280, 1251):
        resize(window, width, 900)
        lines, below = window.evaluate(_LINES)
        assert (lines > 3, below) == (True, 0), width


_CUT_CHOICES = """() => {
  const groups = [...document.querySelectorAll('[data-testid="stButtonGroup"]')];
  const buttons = groups.flatMap(group => [...group.querySelectorAll('button')].map(button => [
    button.textContent, button.getBoundingClientRect().right - group.getBoundingClientRect().right,
  ]));
  return {count: buttons.length, cut: buttons.filter(([, over]) => over > 1).map(([text]) => text)};
}"""


def test_what_stands_under_each_other_is_nearer_to_its_own_on_a_tablet(window: Page) -> None:
    """A figure's name has the room that the strips it lacks would take; tracks stand apart."""
    open_page(window, "/omraade?omraade=aarhus")
    resize(window, 1024, 900)
    name = window.locator("[class*='st-key-profilgitter-post-tal-'] > :first-child").first
    row = window.locator("[class*='st-key-profilgitter-post-tal-']").first
    assert name.evaluate("e => e.clientWidth") > 0.4 * row.evaluate("e => e.clientWidth")

    open_page(window, "/")
    resize(window, 768, 900)
    for lines in (".st-key-spor > *", ".st-key-kort-daarligere [class*='st-key-linje-']"):
        gaps = window.locator(lines).evaluate_all(
            """rows => rows.slice(1).map((row, at) => {
                const [above, below] = [rows[at], row].map(each => [...each.querySelectorAll('p')]
                    .map(words => words.getBoundingClientRect()));
                return Math.min(...below.map(box => box.top))
                    - Math.max(...above.map(box => box.bottom));
            })"""
        )
        assert gaps
        assert min(gaps) >= 6, lines


def test_every_diagram_to_choose_is_whole_at_every_width(window: Page) -> None:
    open_page(window, "/sammenlign")
    for width in WIDTHS:
        resize(window, width, 900)
        choices = window.evaluate(_CUT_CHOICES)
        assert choices["count"] >= 4, width
        assert choices["cut"] == [], width


def test_long_names_of_new_figures_have_room_beside_their_numbers_on_a_phone(window: Page) -> None:
    open_page(window, "/")
    resize(window, 390, 844)
    lines = window.locator(".st-key-tal-nyt td:first-child").evaluate_all(
        "cells => cells.map(cell => cell.getBoundingClientRect().height / 21)"
    )
    assert lines
    assert max(lines) < 5
