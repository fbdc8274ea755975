"""What a comparison of a figure says, and how it is read back from a page's texts."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from kpi.domain.catalog import Catalog
from kpi.domain.figures import Figures
from kpi.domain.model import Observation
from kpi.domain.selection import Selection
from kpi.domain.vocabulary import (
    EQUAL,
    NO_COMPARISON,
    VERDICT_NAMES,
    VERDICTS,
    Verdict,
)
from kpi.domain.wording import NO_UNCERTAINTY, NOT_COMPARED, UNKNOWN, Badge
from kpi.exhibits import Exhibit
from kpi.store import Store
from kpi.views.area import AreaView, OpenedRow, area_view, opened_row
from kpi.views.beside import newest_beside
from kpi.views.comparison import comparison_view
from kpi.views.focus import areas_in_focus, areas_to_compare, focus_row
from kpi.views.indicator import IndicatorView, indicator_view, later_exhibit

Key = tuple[str, str, str]
# The verdict that a word on a page says.
VERDICT_CODES = {VERDICT_NAMES[verdict]: verdict for verdict in VERDICTS}


class Said(NamedTuple):
    """What a place says of a figure; None where it says nothing of it.

    `gap` is signed text without unit (`−7,2`, `ca. −8`) or `på niveau`, `is_sure` False where the
    place says that the uncertainty is not computed. `may_choose`: where the figure has no
    benchmark, the place may show it beside any other that it is compared with. `value` is what it
    is compared with. `is_chance`: whether the place says that the difference may be chance; such a
    place says nothing else of the verdict.
    """

    key: Key
    verdict: Verdict | None = None
    name: str | None = None
    is_sure: bool | None = None
    gap: str | None = None
    may_choose: bool = False
    value: float | None = None
    is_chance: bool | None = None


@dataclass(frozen=True)
class World:
    """A store as seen from one area."""

    store: Store
    catalog: Catalog
    home_id: str

    @cached_property
    def focus(self) -> tuple[str, ...]:
        """The area and the programme areas within it."""
        return areas_in_focus(self.home_id, self.catalog)

    @cached_property
    def figures(self) -> Figures:
        """What the pages of the area are made of."""
        others = areas_to_compare(self.home_id, self.catalog)
        ids = list(self.catalog.indicators)
        return newest_beside(self.store, self.catalog, ids, self.focus, others)

    @cached_property
    def views(self) -> tuple[IndicatorView, ...]:
        """The page of every indicator."""
        return tuple(
            indicator_view(self.store, self.catalog, indicator, self.home_id)
            for indicator in self.catalog.indicators.values()
        )

    @cached_property
    def area(self) -> AreaView:
        """The area's own page."""
        return area_view(self.store, self.catalog, self.home_id)

    @cached_property
    def opened(self) -> tuple[OpenedRow, ...]:
        """Each figure of the area's page in full."""
        rows = self.area.profile.rows
        opened = (opened_row(self.store, self.catalog, self.home_id, *row.key) for row in rows)
        return (*self.area.trends, *(each for each in opened if each is not None))

    @cached_property
    def exhibits(self) -> tuple[Exhibit, ...]:
        """All charts of the area: of its page, every indicator's, and the free comparison."""
        store, catalog = self.store, self.catalog
        drawn: list[Exhibit | None] = [opened.exhibit for opened in self.opened]
        for indicator, view in zip(catalog.indicators.values(), self.views, strict=True):
            drawn.append(view.exhibit)
            drawn += [later_exhibit(store, catalog, indicator, each.group_id, self.home_id)
                      for each in view.later]  # fmt: skip
            for diagram in ("afstand", "rangering"):
                wanted = Selection("sammenlign", noegletal=indicator.indicator_id, diagram=diagram)
                drawn += comparison_view(store, catalog, wanted, self.home_id).exhibits
        return tuple(exhibit for exhibit in drawn if exhibit is not None)

    def row(self, indicator_id: str, area_ids: tuple[str, ...] = ()) -> Observation | None:
        """The figure that a card or row of an indicator shows."""
        indicator = self.catalog.indicators[indicator_id]
        return focus_row(indicator, area_ids or self.focus, self.figures)

    def area_id(self, name: str) -> str:
        """The area of a name on screen."""
        return next(area.area_id for area in self.catalog.areas.values() if area.name == name)


# --- texts read back ------------------------------------------------------------------------------

_BADGE = re.compile(
    r"(?P<verdict>Bedre|Dårligere|Højere|Lavere)(?: andel)? end (?:i |blandt )?(?P<name>.+)"
    r"|(?P<same>Ingen sikker forskel) fra (?P<from>.+)|(?P<equal>På niveau) med (?P<with>.+)"
)
_GAP = re.compile(
    r"(?P<ca>ca\. )?(?P<size>[\d.,]+) [^\d:]*?"
    r"(?P<side>over|under|højere end|lavere end) (?:i |blandt )?(?P<name>[^;,(*]+)",
    re.IGNORECASE,
)
_LEVEL = re.compile(r"på (?:niveau med|samme niveau som) (?:i |blandt )?(?P<name>[^;,(*]+)", re.I)


def plain(text: str) -> str:
    """The text with ordinary spaces."""
    return text.replace("\u00a0", " ")


def badge_said(key: Key, badges: tuple[Badge, ...]) -> Said:
    """What a figure's badges say: its verdict, against whom, and whether that is sure."""
    verdicts = [(badge, _BADGE.fullmatch(plain(badge.text))) for badge in badges]
    matches = [(badge, match) for badge, match in verdicts if match]
    assert len(matches) < 2, badges
    lacks = any(badge == Badge(UNKNOWN, NO_UNCERTAINTY) for badge in badges)
    if not matches:
        assert not lacks, badges
        not_compared = any(badge.text == NOT_COMPARED for badge in badges)
        return Said(key, NO_COMPARISON if not_compared else None)
    ((badge, match),) = matches
    assert match is not None
    # The verdict is drawn weaker exactly where the other badge says why.
    assert badge.is_sure is not lacks, badges
    # Of what cannot be believed there is none.
    assert not any(badge.kind == "doubted" for badge in badges), badges
    words = next(match[group] for group in ("verdict", "same", "equal") if match[group]).lower()
    verdict = VERDICT_CODES[words]
    name = match["name"] or match["from"] or match["with"]
    assert ("same" if verdict == EQUAL else verdict) == badge.kind
    return Said(key, verdict, name, not lacks)


def gap_said(text: str) -> tuple[str | None, str | None]:
    """The signed gap, or `på niveau`, and who it is to, of a sentence; (None, None) without one."""
    if match := _LEVEL.search(plain(text)):
        return VERDICT_NAMES[EQUAL], match["name"].strip(" .")
    match = _GAP.search(plain(text))
    if not match:
        return None, None
    sign = "+" if match["side"].lower() in ("over", "højere end") else "−"
    return f"{'ca. ' if match['ca'] else ''}{sign}{match['size']}", match["name"].strip(" .")
