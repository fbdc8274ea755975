"""Which period a diagram of one period shows: the newest that the areas have in common.

A figure of 2025 for one municipality alone would else empty the ranking and the map of 98.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kpi.domain.begun_period import LOOKED_BACK, is_begun
from kpi.domain.catalog import Catalog
from kpi.domain.model import Indicator
from kpi.domain.period import Period, parse_period
from kpi.domain.period_words import period_in_text
from kpi.domain.selection import Selection
from kpi.views.comparison_developments import is_within

# As Store.coverage says it: group, period, areas, municipalities.
Coverage = Sequence[tuple[str, str, int, int]]


@dataclass(frozen=True)
class ShownPeriod:
    """A group's period to show; where a newer one is of few areas, that one and how many it has."""

    period: Period
    areas: int
    municipalities: int
    newer: Period | None = None
    newer_areas: int = 0

    def remark(self, indicator: Indicator, catalog: Catalog) -> str:
        """`Kun 3 af 98 områder har tal for 2025. Derfor vises 2024.`; empty else."""
        if self.newer is None:
            return ""
        later, own = (
            period_in_text(period, indicator, catalog) for period in (self.newer, self.period)
        )
        return (
            f"Kun {self.newer_areas} af {self.areas} områder har tal for {later}. "
            f"Derfor vises {own}."
        )


def shown_periods(
    coverage: Coverage, selection: Selection | None = None
) -> Mapping[str, ShownPeriod]:
    """By group the newest of the chosen periods that is not of few areas only."""
    by_group: dict[str, list[ShownPeriod]] = {}
    for group_id, text, areas, municipalities in coverage:
        period = parse_period(text)
        if selection is None or is_within(period, selection):
            by_group.setdefault(group_id, []).append(ShownPeriod(period, areas, municipalities))
    return {group_id: _shown(known) for group_id, known in by_group.items()}


def _shown(known: Sequence[ShownPeriod]) -> ShownPeriod:
    newest_first = sorted(known, key=lambda each: each.period.order, reverse=True)
    newest = newest_first[0]
    for place, each in enumerate(newest_first):
        since = each.period.end - LOOKED_BACK
        most = max(other.areas for other in newest_first[place:] if other.period.end >= since)
        if not is_begun(each.areas, most):
            break
    if each is newest:
        return newest
    return ShownPeriod(each.period, each.areas, each.municipalities, newest.period, newest.areas)
