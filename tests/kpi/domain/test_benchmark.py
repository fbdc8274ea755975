"""Which comparison of a figure is its benchmark."""

from collections.abc import Mapping
from dataclasses import replace
from statistics import fmean, median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.domain.compare import MEDIAN
from kpi.domain.figures import Figures
from kpi.domain.judgement import benchmark_of, compare_areas
from kpi.domain.verdicts import comparisons
from kpi.domain.vocabulary import BENCHMARKS, NO_COMPARISON, Benchmark
from kpi.domain.wording import other_name
from tests.kpi.domain.made_comparisons import AARHUS, MADE, SHARES
from tests.kpi.made import catalog as made_catalog
from tests.kpi.made import indicator, observation
from tests.tables import for_each

VALUES = {
    "denmark": 77.0, "aarhus": 70.0, "odense": 72.0, "randers": 71.0, "esbjerg": 73.0,
    "lolland": 60.0, "faxe": 50.0,
}  # fmt: skip


def figures_of(values: Mapping[str, float]) -> Figures:
    """One figure an area, with the municipalities' values at hand."""
    municipal = {area_id: value for area_id, value in values.items()
                 if MADE.areas[area_id].level == "municipality"}  # fmt: skip
    rows = [observation(value, area=area) for area, value in values.items()]
    return Figures(rows, {("rate", "all", "2022"): municipal})


@for_each(
    ("benchmark", "without", "with_id", "value"),
    [
        ("", (), "denmark", 77.0),
        ("country", (), "denmark", 77.0),
        ("median", (), MEDIAN, 71.0),  # of 72, 71, 73, 60, 50
        ("peers", (), "cities", 72.0),  # of 72, 71, 73
        # What is not there leaves its place to the next.
        ("", ("denmark",), MEDIAN, 71.0),
        ("country", ("denmark",), MEDIAN, 71.0),
        ("peers", ("odense",), "denmark", 77.0),  # no mean without all of them
        ("median", ("lolland", "faxe", "odense"), "denmark", 77.0),  # two others are no median
        ("", ("denmark", "lolland", "faxe"), MEDIAN, 72.0),
        ("", ("denmark", "lolland", "faxe", "odense"), None, None),
    ],
)
def test_the_stated_benchmark_else_the_first_there_is(
    benchmark: Benchmark, without: tuple[str, ...], with_id: str | None, value: float | None
) -> None:
    figures = figures_of(
        {area_id: each for area_id, each in VALUES.items() if area_id not in without}
    )
    catalog = made_catalog(indicator(benchmark=benchmark))
    own = observation(70.0)
    judged = comparisons(own, figures, catalog)
    chosen = benchmark_of(judged)
    assert (chosen and (chosen.with_id, chosen.value)) == (with_id and (with_id, value))
    assert chosen is None or judged[0] == chosen
    # The median is a benchmark or nothing.
    assert {comparison.with_id for comparison in judged if comparison.with_id == MEDIAN} <= {
        with_id
    }


@for_each("benchmark", BENCHMARKS)
@for_each("doubted", ["denmark", "odense"])
def test_a_figure_that_cannot_be_believed_is_no_measure_of_others(
    benchmark: Benchmark, doubted: str
) -> None:
    """It gives the verdicts that there are without it, of the means that it stands in as well.

    The median alone keeps it: it does not move by how far off one figure is.
    """
    own, key = observation(70.0), ("rate", doubted, "all", observation(70.0).period.text)
    known = made_catalog(indicator(benchmark=benchmark))
    catalog = replace(known, implausible=frozenset([key]))
    without = comparisons(
        own, figures_of({each: VALUES[each] for each in VALUES if each != doubted}), known
    )
    beside = comparisons(own, figures_of(VALUES), catalog)
    assert comparisons(own, figures_of(VALUES), known) != beside
    assert [each for each in beside if each.with_id != MEDIAN] == [
        each for each in without if each.with_id != MEDIAN
    ]
    theirs = observation(VALUES[doubted], area=doubted)
    compared = compare_areas(own, theirs, catalog)
    assert (compared.gap_points, compared.verdict) == (None, NO_COMPARISON)


def test_each_benchmark_that_may_be_stated_is_another() -> None:
    """One that nothing is found for would be the first that there is, without a word."""
    own, figures = observation(70.0), figures_of(VALUES)
    chosen = {}
    for benchmark in BENCHMARKS[1:]:  # the first is the empty word
        catalog = made_catalog(indicator(benchmark=benchmark))
        judged = benchmark_of(comparisons(own, figures, catalog))
        chosen[benchmark] = judged and judged.with_id
    assert len({*chosen.values()}) == len(chosen), chosen


@given(st.fixed_dictionaries({value: SHARES for value in VALUES if value != "denmark"}), SHARES)
def test_a_median_or_mean_never_contains_the_area_itself(
    values: dict[str, float], other_value: float
) -> None:
    """Whatever the area's own value is, what it is compared with stays."""
    peers = [values[peer] for peer in ("odense", "randers", "esbjerg")]
    others = [value for area_id, value in values.items() if area_id != "aarhus"]
    expected: dict[Benchmark, tuple[float, int, str]] = {
        "median": (median(others), 5, "medianen af de 5 andre kommuner"),
        "peers": (fmean(peers), 3, "Byerne uden Aarhus"),
    }
    for benchmark, (value, areas, said_as) in expected.items():
        for own_value in (values["aarhus"], other_value):
            figures = figures_of({**values, "aarhus": own_value})
            catalog = made_catalog(indicator(benchmark=benchmark))
            chosen = benchmark_of(comparisons(observation(own_value), figures, catalog))
            assert chosen is not None
            assert chosen.value == pytest.approx(value, abs=1e-9)
            assert chosen.areas == areas
            name = other_name(chosen, catalog, AARHUS)
            assert name == said_as
