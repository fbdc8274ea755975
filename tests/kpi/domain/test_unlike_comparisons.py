"""Between groups and programme areas nothing is better, and no uncertainty is silent."""

from collections.abc import Iterator
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.domain.catalog import Catalog
from kpi.domain.compare import MEDIAN, Comparison
from kpi.domain.figures import Figures
from kpi.domain.judgement import lacks_uncertainty, verdict_badge, verdict_badges, verdict_words
from kpi.domain.measure import comparable_value, share
from kpi.domain.model import Indicator, Observation
from kpi.domain.verdicts import comparisons, comparisons_of
from kpi.domain.vocabulary import (
    BETTER,
    COMPARED_WITH,
    HIGHER,
    LOWER,
    NO_COMPARISON,
    SAME,
    WORSE,
)
from kpi.store import Store
from kpi.views.beside import with_municipal
from tests.kpi.domain.made_comparisons import MADE, SHARES, UNSURE
from tests.kpi.made import catalog as made_catalog
from tests.kpi.made import indicator, observation

AREAS = st.sampled_from(list(MADE.areas))
GROUPS = st.sampled_from(list(MADE.groups))
COUNTS = st.integers(1, 300).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))
ROW = st.one_of(
    st.builds(lambda value, area, group: observation(value, area=area, group=group),
              SHARES, AREAS, GROUPS),
    st.builds(lambda of, area, group: observation(31.0, area=area, group=group, of=of),
              COUNTS, AREAS, GROUPS),
)  # fmt: skip
ROWS = st.lists(ROW, max_size=25, unique_by=lambda row: (row.area_id, row.group_id))
INDICATORS = st.builds(
    indicator,
    kind=st.sampled_from(["proportion", "mean", "count", "amount"]),
    direction=st.sampled_from(["higher_is_better", "lower_is_better", "neutral"]),
    benchmark=st.sampled_from(["", "country", "median", "peers"]),
)


class Compared(NamedTuple):
    """A comparison of a row."""

    own: Observation
    comparison: Comparison
    indicator: Indicator


def compared_of(rows: list[Observation], figures: Figures, catalog: Catalog) -> Iterator[Compared]:
    for own, judged in zip(rows, comparisons_of(rows, figures, catalog), strict=True):
        for comparison in judged:
            yield Compared(own, comparison, catalog.indicators[own.indicator_id])


def is_between_unlike(compared: Compared, catalog: Catalog) -> bool:
    """Whether it is of two groups, of a programme area, or of a figure without direction."""
    ids = [
        compared.own.area_id,
        compared.comparison.other.area_id if compared.comparison.other else "",
    ]
    levels = {catalog.areas[id_].level for id_ in ids if id_}
    return (
        compared.comparison.kind == "group"
        or "programme_area" in levels
        or compared.indicator.direction == "neutral"
    )


def faults(compared: Compared, catalog: Catalog) -> list[str]:
    """What is wrong with how a comparison is worded."""
    own, comparison, of = compared
    badges = verdict_badges(comparison, of, catalog, catalog.areas[own.area_id])
    text = " ".join(badge.text for badge in badges)
    problems = []
    values = any(
        word in f"{verdict_words(comparison, of)} {text}".lower() for word in ("bedre", "dårligere")
    )
    if is_between_unlike(compared, catalog) and (values or badges[0].kind in ("better", "worse")):
        problems.append(f"{text}: of unlike ones")
    other = comparison.other
    is_contained = comparison.with_id in catalog.above(catalog.areas[own.area_id])
    counted = share(own, of) and (other is None or share(other, of) or is_contained)
    unsure = badges[-1] == UNSURE
    if comparison.verdict == NO_COMPARISON or of.kind == "amount" or counted:
        problems += [f"{text}: has no unknown uncertainty"] if unsure else []
    elif of.kind in ("proportion", "mean"):
        problems += [f"{text}: says nothing of uncertainty"] if not unsure else []
    if badges[0].is_sure is unsure or lacks_uncertainty(comparison, of) is not unsure:
        problems.append(f"{text}: the verdict is drawn {'strong' if unsure else 'weak'}")
    if ("usikkerhed ikke beregnet" in verdict_words(comparison, of)) is not unsure:
        problems.append(f"{verdict_words(comparison, of)}: in words otherwise")
    if comparison.verdict == SAME and not comparison.is_judged:
        problems.append("no certain difference, though nobody judged it")
    return [f"{compared}: {fault}" for fault in problems]


@given(ROWS, INDICATORS)
def test_of_any_figures(rows: list[Observation], of: Indicator) -> None:
    catalog = made_catalog(of)
    municipal: dict[tuple[str, str, str], dict[str, float]] = {}
    for row in rows:
        value = comparable_value(row, of)
        if value is not None and catalog.areas[row.area_id].level == "municipality":
            municipal.setdefault(("rate", row.group_id, "2022"), {})[row.area_id] = value
    figures = Figures(rows, municipal)
    assert [
        fault
        for compared in compared_of(rows, figures, catalog)
        for fault in faults(compared, catalog)
    ] == []
    for own in rows:
        benchmarks = [
            comparison
            for comparison in comparisons(own, figures, catalog)
            if comparison.is_benchmark
        ]
        assert len(benchmarks) <= 1


@pytest.fixture(scope="module")
def every(store: Store, catalog: Catalog) -> list[Compared]:
    """Every comparison of every newest figure of the default data."""
    rows = store.series(list(catalog.indicators))
    figures = with_municipal(store, catalog, rows, catalog.areas)
    newest = [row for key in figures if (row := figures.newest(*key)) is not None]
    return list(compared_of(newest, figures, catalog))


def test_of_the_default_figures(every: list[Compared], catalog: Catalog) -> None:
    assert [fault for compared in every for fault in faults(compared, catalog)] == []
    # All kinds are among them, but that of targets, which are no other figures.
    assert {compared.comparison.kind for compared in every} == {*COMPARED_WITH} - {"target"}
    assert {compared.comparison.verdict for compared in every} >= {
        BETTER, WORSE, HIGHER, LOWER, SAME, NO_COMPARISON,
    }  # fmt: skip


def test_every_municipality_is_judged_by_the_same_benchmark(
    every: list[Compared], catalog: Catalog
) -> None:
    benchmark_ids: dict[tuple[str, str], set[str]] = {}
    for own, comparison, of in every:
        if comparison.is_benchmark and catalog.areas[own.area_id].level == "municipality":
            benchmark_ids.setdefault((of.indicator_id, own.group_id), set()).add(comparison.with_id)
    assert benchmark_ids == {
        ("self_sufficiency_rate", "non_western"): {"denmark"},
        ("employment_rate", "all"): {"denmark"},
        ("school_absence", "middle_school"): {MEDIAN},
        ("school_absence", "lower_secondary"): {MEDIAN},
    }


def test_laesoe_is_judged_too(every: list[Compared], catalog: Catalog) -> None:
    """It is in no set of cities: only the median of all others is there to compare it with."""
    badges = {
        compared.own.group_id: verdict_badge(
            compared.comparison, compared.indicator, catalog, catalog.areas["laesoe"]
        ).text
        for compared in every
        if compared.own.area_id == "laesoe" and compared.own.indicator_id == "school_absence"
    }
    assert badges == {
        "middle_school": "Bedre end medianen af de 97 andre kommuner",
        "lower_secondary": "Bedre end medianen af de 97 andre kommuner",
    }
