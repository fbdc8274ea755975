"""An area's judged figures in the order of their places among all municipalities."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from kpi.domain.catalog import Catalog
from kpi.domain.compare import Comparison
from kpi.domain.figures import Figures, Municipal
from kpi.domain.model import Indicator, Observation
from kpi.domain.ranking import Counted, Rank, below_and_above, rank_of
from kpi.domain.verdicts import judged_of
from kpi.domain.vocabulary import BETTER, WORSE
from kpi.store import Store

# A place among fewer says no more than the comparison itself.
_FEWEST_OF_RANK = 3


class Placed(NamedTuple):
    """A figure judged by its benchmark, with its place among the municipalities.

    `rank` is None where fewer than three have a value, and of an area that is none; `of` is how
    many municipalities have one, of `municipalities` in all. `behind` are those whose values are
    worse, as they are shown.
    """

    row: Observation
    comparison: Comparison
    rank: Rank | None
    of: int
    behind: int
    municipalities: int = 0

    @property
    def is_of_most(self) -> bool:
        """Whether most municipalities have a value: of a handful nothing is said of the others."""
        return 2 * self.of >= self.municipalities

    @property
    def beats_most(self) -> bool:
        """Whether most of the other municipalities have a worse value."""
        return self.rank is not None and self.is_of_most and 2 * self.behind > self.rank.of - 1

    @property
    def trails_most(self) -> bool:
        """Whether most of the other municipalities have a better value."""
        if self.rank is None or not self.is_of_most:
            return False
        return 2 * (self.rank.place - 1) > self.rank.of - 1


def placed(
    store: Store, catalog: Catalog, rows: Sequence[Observation], figures: Figures
) -> tuple[Placed, ...]:
    """Each row that has a verdict against its benchmark, with its place; in the rows' order.

    Left out are values that cannot be believed, those of which neither end is better, and those
    that have no benchmark. Municipalities whose value cannot be believed have no place.
    """
    judged = judged_of(rows, figures, catalog)
    keys = [_key(row) for row, _ in judged if catalog.areas[row.area_id].level == "municipality"]
    known = {key: figures.municipal[key] for key in keys if key in figures.municipal}
    left = [key for key in dict.fromkeys(keys) if key not in known]
    return placed_of(judged, {**known, **(store.municipal(left) if left else {})}, catalog)


def placed_of(
    judged: Sequence[tuple[Observation, Comparison]], known: Municipal, catalog: Catalog
) -> tuple[Placed, ...]:
    """`placed` of verdicts that are at hand; `known` are the municipalities' values."""
    return tuple(
        _placed(row, comparison, known.get(_key(row), {}), catalog) for row, comparison in judged
    )


def _key(row: Observation) -> tuple[str, str, str]:
    return row.indicator_id, row.group_id, row.period.text


def _placed(
    row: Observation, comparison: Comparison, known: Mapping[str, float], catalog: Catalog
) -> Placed:
    values = believed(row, known, catalog)
    counted = counted_among(row, values, catalog)
    every = sum(area.level == "municipality" for area in catalog.areas.values())
    if counted is None:
        return Placed(row, comparison, None, len(values), 0, every)
    indicator = catalog.indicators[row.indicator_id]
    behind = counted.above if indicator.direction == "lower_is_better" else counted.below
    ranked = place_among(counted, indicator, len(known))
    return Placed(row, comparison, ranked, len(values), behind, every)


def believed(row: Observation, known: Mapping[str, float], catalog: Catalog) -> dict[str, float]:
    """Of the municipalities' values of the row's key those that can be believed, by area."""
    doubted = catalog.doubted_areas(row)
    return {area_id: value for area_id, value in known.items() if area_id not in doubted}


def counted_among(
    row: Observation, values: Mapping[str, float], catalog: Catalog
) -> Counted | None:
    """How many of the believed values are lower and higher than that of the row's area.

    None with fewer than three of them, and where the area's own is not among them.
    """
    if len(values) < _FEWEST_OF_RANK or row.area_id not in values:
        return None
    return below_and_above(values, row.area_id, catalog.indicators[row.indicator_id])


def place_among(counted: Counted, indicator: Indicator, known: int) -> Rank:
    """The place among those counted; of `known` values the others are not believed."""
    ranked = rank_of(counted, indicator, "municipality")
    return replace(ranked, left_out=known - counted.of)


def worst_first(figures: Sequence[Placed]) -> list[Placed]:
    """The figures that are worse than their benchmark: worst place first, those without one last.

    Before those come places among less than half of the municipalities. Equal places keep the order
    that they come in.
    """
    return sorted(
        (each for each in figures if each.comparison.verdict == WORSE),
        key=lambda each: (each.rank is None, not each.is_of_most, -_share(each)),
    )


def best_first(figures: Sequence[Placed]) -> list[Placed]:
    """The figures that are better than their benchmark, ordered as `worst_first` the other way."""
    return sorted(
        (each for each in figures if each.comparison.verdict == BETTER),
        key=lambda each: (each.rank is None, not each.is_of_most, _share(each)),
    )


def _share(each: Placed) -> float:
    """The place as a share of all: places among different numbers of areas can be compared."""
    return each.rank.place / each.rank.of if each.rank else 0.0
