"""Judging many figures at once says what the plain functions say one by one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.domain.compare import Pair, judge_alone, pair
from kpi.domain.figures import Figures
from kpi.domain.measure import measured
from kpi.domain.model import Indicator, Observation
from kpi.domain.verdicts import comparisons, comparisons_of, judge_all, summary_of
from kpi.domain.vocabulary import Direction
from kpi.views.standings import standing, standings_of
from tests.kpi.made import catalog as made_catalog
from tests.kpi.made import indicator, observation
from tests.tables import for_each

ABSENCE = indicator(direction="lower_is_better")
PERSONS = indicator("count", "persons", "higher_is_better", 0)
KEY = ("rate", "aarhus", "all")


def test_comparisons_come_most_telling_first() -> None:
    figures = Figures(
        observation(value, area=area)
        for area, value in [
            ("aarhus", 70),
            ("randers", 71),
            ("denmark", 77),
            ("odense", 72),
            ("esbjerg", 73),
        ]
    )
    own = figures.newest(*KEY)
    assert own is not None
    compared = comparisons(own, figures, made_catalog())
    assert [
        (comparison.kind, comparison.with_id, comparison.gap_points) for comparison in compared
    ] == [
        ("area", "denmark", -7),  # country and parent in one
        ("area_set", "cities", -2),
        ("area", "odense", -2),
        ("area", "randers", -1),
        ("area", "esbjerg", -3),
    ]


def test_a_group_is_compared_with_its_reference_group() -> None:
    figures = Figures([observation(10, group="non_western"), observation(1.7, group="danish")])
    own = figures.newest("rate", "aarhus", "non_western")
    assert own is not None
    (comparison,) = comparisons(own, figures, made_catalog(ABSENCE))
    assert (comparison.kind, comparison.with_id, comparison.gap_points) == ("group", "danish", 8.3)
    assert comparison.verdict == "higher"  # of two groups neither is better


def test_a_bare_count_is_not_compared_with_the_country_it_is_part_of() -> None:
    figures = Figures(
        observation(value, area=area)
        for area, value in [("aarhus", 70), ("denmark", 7_000), ("odense", 60), ("randers", 50),
                            ("esbjerg", 40)]
    )  # fmt: skip
    own = figures.newest(*KEY)
    assert own is not None
    compared = comparisons(own, figures, made_catalog(PERSONS))
    assert [(comparison.with_id, comparison.gap_points) for comparison in compared] == [
        ("cities", 20), ("odense", 10), ("randers", 20), ("esbjerg", 30),
    ]  # fmt: skip
    counted = Figures(
        observation(value, area=area, of=(None, denominator))
        for area, value, denominator in [("aarhus", 70, 100), ("denmark", 7_000, 14_000)]
    )
    own = counted.newest(*KEY)
    assert own is not None
    (country,) = comparisons(own, counted, made_catalog(PERSONS))
    assert (country.with_id, country.gap_points, country.in_percent) == ("denmark", 20, True)


@for_each(
    ("direction", "words"),
    [
        ("higher_is_better", "Aarhus ligger dårligere end hele landet på den ene opgørelse"),
        ("lower_is_better", "Aarhus ligger bedre end hele landet på den ene opgørelse"),
        ("neutral", ""),  # neither is better: no figure to sum up
    ],
)
def test_a_pages_headline_counts_what_can_be_better(direction: Direction, words: str) -> None:
    figures = Figures(
        observation(value, area=area) for area, value in [("aarhus", 70), ("denmark", 77)]
    )
    own = figures.newest(*KEY)
    assert own is not None
    catalog = made_catalog(indicator(direction=direction))
    assert summary_of(catalog.areas["aarhus"], [own], figures, catalog) == words


def test_a_programme_area_is_compared_with_its_parent_and_siblings() -> None:
    figures = Figures(
        observation(value, area=area)
        for area, value in [("gellerup", 13), ("tilst", 9), ("aarhus", 7), ("lolland", 6)]
    )
    own = figures.newest("rate", "gellerup", "all")
    assert own is not None
    compared = comparisons(own, figures, made_catalog(ABSENCE))
    assert [(comparison.with_id, comparison.gap_points) for comparison in compared] == [
        ("aarhus", 6),
        ("tilst", 4),
    ]


# --- many at once ---------------------------------------------------------------------------------

COUNTS = st.tuples(st.integers(0, 300), st.integers(0, 300))
# Published alone, with counts (also such that mean nothing), hidden.
ROWS = st.one_of(
    st.floats(0, 100).map(observation),
    COUNTS.map(lambda of: observation(31.0, of=of)),
    st.just(observation(None, status="suppressed")),
)


def area_pair(own: Observation, other: Observation | None, indicator: Indicator = ABSENCE) -> Pair:
    return pair(
        measured(own, indicator), measured(other, indicator) if other else None, "area", "viby"
    )


PAIRS = st.builds(
    lambda own, other, indicator, is_above: area_pair(own, other, indicator)._replace(
        is_above=is_above
    ),
    ROWS, st.none() | ROWS, st.sampled_from([ABSENCE, PERSONS]), st.booleans(),
) | st.builds(
    lambda own, value, reach: Pair(
        measured(own, ABSENCE), "area_set", "cities", value, reach=reach
    ),
    ROWS, st.floats(0, 100),
    st.sampled_from([(0.0, 0.0), None]) | st.tuples(st.floats(0, 30), st.floats(0, 30)),
)  # fmt: skip


@given(st.lists(PAIRS, max_size=12))
def test_pairs_judged_together_are_judged_alike(pairs: list[Pair]) -> None:
    for together, alone in zip(judge_all(pairs), map(judge_alone, pairs), strict=True):
        assert (*together[:7], *together[9:]) == (*alone[:7], *alone[9:])
        assert together[7:9] == (
            (None, None) if alone.low is None else pytest.approx(alone[7:9], abs=1e-9)
        )


def test_every_kind_of_pair_is_among_those_judged() -> None:
    counted, bare = observation(31.0, of=(21, 68)), observation(25.0)
    both = [(counted, counted), (counted, bare), (bare, counted), (bare, bare)]
    judged = judge_all([area_pair(own, other) for own, other in both])
    assert [comparison.is_judged for comparison in judged] == [True, False, False, False]
    above = judge_all([area_pair(own, other)._replace(is_above=True) for own, other in both])
    assert [comparison.is_judged for comparison in above] == [True, True, False, False]


def test_rows_judged_together_are_judged_alike() -> None:
    rows = [observation(60.0 + place, area=area) for place, area in enumerate(("aarhus", "odense"))]
    rows.append(observation(77, area="denmark"))
    figures, catalog = Figures(rows), made_catalog()
    assert comparisons_of(rows, figures, catalog) == [
        comparisons(own, figures, catalog) for own in rows
    ]
    assert list(standings_of(rows, figures, catalog)) == [
        standing(own, figures, catalog) for own in rows
    ]
    assert standings_of([], figures, catalog) == ()
