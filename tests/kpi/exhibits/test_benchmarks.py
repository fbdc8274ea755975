"""What charts draw across is what the figure is judged by, of whichever benchmark."""

from collections.abc import Mapping

import pytest

from kpi.charts.marks import BENCHMARK, DotMarks, LineMarks
from kpi.domain.catalog import Catalog
from kpi.domain.figures import Figures
from kpi.domain.judgement import benchmark_of
from kpi.domain.model import Indicator
from kpi.domain.period import parse_period
from kpi.domain.verdicts import comparisons
from kpi.domain.vocabulary import BENCHMARKS, Benchmark
from kpi.exhibits import points_exhibit, trend_exhibit
from kpi.exhibits.benchmarks import benchmark_in, median_of_others
from tests.kpi.made import catalog as made_catalog
from tests.kpi.made import indicator, observation
from tests.tables import for_each

VALUES = {
    "aarhus": 70.0, "denmark": 77.0, "odense": 72.0, "randers": 71.0, "esbjerg": 74.0,
    "lolland": 60.0, "faxe": 50.0,
}  # fmt: skip
NOW, BEFORE = "2022", "2021"
# Of these the chart draws what it can: a series of means is not read, nor the mean of a map.
NOT_DRAWN = {"trend_exhibit": ["peers"], "benchmark_in": ["peers"]}


def drawn(of: Indicator, figures: Figures, catalog: Catalog) -> Mapping[str, float | None]:
    """The value that each chart draws as the benchmark."""
    now = parse_period(NOW)
    others = [
        row
        for row in (figures.at("rate", area_id, "all", now) for area_id in VALUES)
        if row and catalog.areas[row.area_id].level == "municipality"
    ]
    middle = median_of_others(others, "aarhus", of)
    assert middle is not None
    medians = {now: middle[0], parse_period(BEFORE): middle[0]}
    points = points_exhibit(of, "all", [*VALUES], now, figures, catalog, medians)
    lines = trend_exhibit(of, "all", [*VALUES], figures, catalog, medians)
    every = [row for area_id in VALUES if (row := figures.at("rate", area_id, "all", now))]
    mapped = benchmark_in(every, "aarhus", of, catalog)
    assert points is not None
    assert isinstance(points.marks, DotMarks)
    assert lines is not None
    assert isinstance(lines.marks, LineMarks)
    return {
        "points_exhibit": next(
            (dot.value for dot in points.marks.dots if dot.role == BENCHMARK), None
        ),
        "trend_exhibit": next(
            (line.points[-1].value for line in lines.marks.lines if line.role == BENCHMARK), None
        ),
        "benchmark_in": mapped.dot.value if mapped else None,
    }


@for_each("benchmark", BENCHMARKS)
def test_charts_draw_what_the_figure_is_judged_by(benchmark: Benchmark) -> None:
    of = indicator(benchmark=benchmark)
    catalog = made_catalog(of)
    rows = [
        observation(value, period, area=area_id)
        for area_id, value in VALUES.items()
        for period in (BEFORE, NOW)
    ]
    municipal = {area_id: value for area_id, value in VALUES.items() if area_id != "denmark"}
    figures = Figures(rows, {("rate", "all", NOW): municipal})
    judged = benchmark_of(comparisons(observation(VALUES["aarhus"]), figures, catalog))
    assert judged is not None
    assert judged.value is not None
    assert {
        chart: value
        for chart, value in drawn(of, figures, catalog).items()
        if value != pytest.approx(judged.value) and benchmark not in NOT_DRAWN.get(chart, [])
    } == {}, f"draw something else than {benchmark!r}: {judged.with_id} {judged.value}"
