"""The lines of a development with the rows they are made of, and who is compared with whom."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from kpi.charts.marks import BENCHMARK, FOCUS, Line
from kpi.domain.catalog import Catalog
from kpi.domain.compare import Comparison, compare_with_middle
from kpi.domain.judgement import compare_areas, gap_alone_if_doubted
from kpi.domain.middle import Middle
from kpi.domain.model import Indicator, Observation
from kpi.domain.period import Period


class DrawnLines(NamedTuple):
    """What is drawn: the lines, the rows they are made of by area, and whose line is the strong.

    `country_id` is the area whose line is the benchmark; None where there is none, or a median or
    mean; `against` is what the benchmark is called within a sentence, `about_set` what the set is
    whose mean it is.
    `apart` are rows that are not drawn because their measure is another, `middles` the benchmark's
    values where it is a median or mean. `unshown` is the newest row of the area that was chosen
    first, where it has no value and the country's line is alone.
    """

    lines: list[Line]
    series: Mapping[str, tuple[Observation, ...]]
    focus_id: str
    country_id: str | None
    against: str
    about_set: str
    apart: tuple[Observation, ...] = ()
    middles: Mapping[Period, Middle] = MappingProxyType({})
    unshown: Observation | None = None

    @property
    def rows(self) -> tuple[Observation, ...]:
        """The rows of all areas that are drawn, area by area."""
        return tuple(row for rows in self.series.values() for row in rows)

    @property
    def focus(self) -> Line:
        """The strong line; without a chosen area the first."""
        return next((line for line in self.lines if line.role == FOCUS), self.lines[0])

    @property
    def benchmark(self) -> Line | None:
        """The benchmark's line; None where there is none."""
        return next((line for line in self.lines if line.role == BENCHMARK), None)

    def row_at(self, area_id: str, period: Period) -> Observation | None:
        """An area's row of a period; None where it has none."""
        return next((row for row in self.series.get(area_id, ()) if row.period == period), None)

    def middle_at(self, period: Period) -> Middle | None:
        """The median or mean of others in a period, where that is the benchmark."""
        if self.benchmark is None or self.country_id is not None:
            return None
        return self.middles.get(period)

    def comparison_in(
        self, period: Period, indicator: Indicator, catalog: Catalog
    ) -> Comparison | None:
        """The chosen area's figure of a period compared with the country's row, or a median."""
        own = self.row_at(self.focus_id, period)
        if own is None or self.benchmark is None:
            return None
        if self.country_id is not None:
            other = self.row_at(self.country_id, period)
            return compare_areas(own, other, catalog) if other else None
        middle = self.middle_at(period)
        if middle is None:
            return None
        return gap_alone_if_doubted(compare_with_middle(own, middle, indicator), own, catalog)
