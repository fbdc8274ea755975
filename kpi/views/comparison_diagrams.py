"""The diagrams of one period that Sammenlign offers: what each is drawn by, and what it needs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.measure import comparable_value, share
from kpi.domain.model import AreaSet, Indicator, Observation
from kpi.domain.selection import Diagram, Selection
from kpi.domain.vocabulary import LEVEL_NOUNS
from kpi.domain.wording import capital, counts_in_words
from kpi.exhibits import (
    Exhibit,
    distance_exhibit,
    funnel_exhibit,
    ranking_exhibit,
    tile_map_exhibit,
)
from kpi.exhibits.distance import can_be_distances
from kpi.exhibits.funnel import FEWEST, can_be_funnel, level_of, with_counts
from kpi.exhibits.places import can_be_ranked
from kpi.exhibits.tile_map import FEWEST as FEWEST_ON_MAP
from kpi.exhibits.tile_map import can_be_mapped

# Levels whose noun is of common gender: `én kommune`, and `ét område`.
_COMMON = frozenset({"municipality", "region", "school"})


class Undrawn(NamedTuple):
    """What a diagram cannot be made of: all areas' rows of a period, and what they are called.

    `chosen` are the areas asked for that have figures, `name` is the indicator's and the group's.
    """

    rows: Sequence[Observation]
    chosen: Sequence[str]
    indicator: Indicator
    catalog: Catalog
    name: str
    period: str

    @property
    def present(self) -> list[str]:
        """The areas with a value that can be compared."""
        rows = self.rows
        return [row.area_id for row in rows if comparable_value(row, self.indicator) is not None]


@dataclass(frozen=True)
class OnePeriodDiagram:
    """A diagram of all areas in one period.

    `exhibit` draws it (None where it cannot), `can_be` says whether it would. `lacks` says in a few
    words why none of the rows fills it, `requires` in a sentence what one cannot be made without.
    `is_of_chosen`: it needs a value of a chosen area, not only enough of all areas.
    """

    exhibit: Callable[
        [Indicator, Sequence[Observation], Sequence[str], Catalog, Selection, AreaSet | None],
        Exhibit | None,
    ]
    can_be: Callable[[Sequence[Observation], Sequence[str], Indicator, Catalog], bool]
    lacks: Callable[[Sequence[Observation], Indicator], str]
    requires: Callable[[Undrawn], str]
    is_of_chosen: bool = True


def _ranking_requires(undrawn: Undrawn) -> str:
    levels = (undrawn.catalog.areas[area_id].level for area_id in undrawn.chosen)
    level = next((level for level in levels if level != "country"), "municipality")
    count = sum(undrawn.catalog.areas[area_id].level == level for area_id in undrawn.present)
    (many,) = counts_in_words(count, common=level in _COMMON)
    noun = "kommuner" if level == "municipality" else "områder"
    return (
        f"kræver mindst {fmt.count_word(3)} {noun}. {capital(many)} har tal for "
        f"{undrawn.name} {undrawn.period}."
    )


def _distance_requires(undrawn: Undrawn) -> str:
    return (
        "kræver et tal for hele landet eller en median af de andre kommuner. Det findes ikke for "
        f"{undrawn.name} {undrawn.period}."
    )


def _map_requires(undrawn: Undrawn) -> str:
    placed = sum(area_id in undrawn.catalog.tiles for area_id in undrawn.present)
    return (
        f"kræver tal for mindst {FEWEST_ON_MAP} kommuner og noget at sammenligne dem med. "
        f"{capital(fmt.count_word(placed))} kommuner har tal for {undrawn.name} {undrawn.period}."
    )


def _funnel_requires(undrawn: Undrawn) -> str:
    """Of the level that would be drawn: areas of another level fill no funnel of it."""
    level = level_of(undrawn.chosen, undrawn.catalog)
    counted = len(with_counts(undrawn.rows, level, undrawn.indicator, undrawn.catalog))
    (many,) = counts_in_words(counted, common=level in _COMMON)
    known = f"Kun {many} har" if counted else "Ingen har"
    return (
        f"kræver mindst {fmt.count_word(FEWEST)} {LEVEL_NOUNS.get(level, 'områder')} med både "
        f"tæller og nævner. {known} dem for {undrawn.name} {undrawn.period}."
    )


def _funnel_lacks(rows: Sequence[Observation], indicator: Indicator) -> str:
    if any(share(row, indicator) for row in rows):
        return f"færre end {fmt.count_word(FEWEST)} områder har både tæller og nævner"
    return "kilden oplyser ikke antallene bag"


OF_ONE_PERIOD: Mapping[Diagram, OnePeriodDiagram] = {
    "rangering": OnePeriodDiagram(
        ranking_exhibit, can_be_ranked, lambda *_: "færre end tre kommuner har tal",
        _ranking_requires,
    ),
    "afstand": OnePeriodDiagram(
        distance_exhibit, can_be_distances,
        lambda *_: (
            "de valgte områder eller det, de skal sammenlignes med, har ingen tal, der kan vises"
        ),
        _distance_requires,
    ),
    "kort": OnePeriodDiagram(
        tile_map_exhibit, can_be_mapped,
        lambda *_: f"færre end {FEWEST_ON_MAP} kommuner har tal", _map_requires,
        is_of_chosen=False,
    ),
    "tragt": OnePeriodDiagram(
        lambda *given: funnel_exhibit(*given[:-1]), can_be_funnel, _funnel_lacks,
        _funnel_requires, is_of_chosen=False,
    ),
}  # fmt: skip
