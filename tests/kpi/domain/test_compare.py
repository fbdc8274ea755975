"""Change, gaps, means, ranks and verdicts, computed by hand."""

import pytest

from kpi.domain.catalog import Catalog
from kpi.domain.compare import Change, Comparison, change, compare, compare_with_mean, verdict
from kpi.domain.model import Observation
from kpi.domain.period import parse_period
from kpi.domain.ranking import Rank
from kpi.domain.vocabulary import Direction, Kind, Verdict
from kpi.store import Store
from kpi.views.standings import standings
from tests.kpi.made import indicator, observation
from tests.tables import for_each

RATE = indicator()
ABSENCE = indicator(direction="lower_is_better")
PERSONS = indicator("count", "persons", "higher_is_better", 0)
HOURS = indicator("amount", "hours_per_week", "neutral", 0)

# --- change over time ---------------------------------------------------------------------------


@for_each(
    ("now", "then", "points", "relative"),
    [
        (9.7, 13, -3.3, -25.3846),  # Gellerup's absence, autumn on spring
        (13, 9.7, 3.3, 34.0206),
        (77.2, 77.2, 0, 0),
        (5, 0, 5, None),  # no percent of nothing
        (0, 5, -5, -100),
        (-1.0, -2.2, 1.2, None),  # a rise, which would read −54,5 %
        (-2.2, -1.0, -1.2, None),
        (-0.8, 1.5, -2.3, None),
        (1.5, -0.8, 2.3, None),
    ],
)
def test_change(now: float, then: float, points: float, relative: float | None) -> None:
    difference = change(observation(now, "2024H2"), observation(then, "2024H1"), RATE)
    assert difference is not None
    assert difference.change_points == points
    assert difference.relative_percent == (relative and pytest.approx(relative, abs=1e-4))
    assert (difference.since, difference.earlier_value) == (parse_period("2024H1"), then)


@for_each(
    ("now", "then"),
    [
        (observation(9.7, "2024H2"), None),
        (observation(9.7, "2024H2"), observation(9, "2023/2024")),  # another kind of period
        (observation(9.7, "2024H2"), observation(None, "2024H1", status="suppressed")),
        (observation(None, "2024H2", status="missing"), observation(13, "2024H1")),
        (observation(9.7, "2024H2", status="at_least"), observation(13, "2024H1")),
        (
            observation(9.7, "2024H2"),
            observation(None, "2024H1", status="range")._replace(low=2, high=3),
        ),
    ],
)
def test_no_change(now: Observation, then: Observation | None) -> None:
    assert change(now, then, RATE) is None


def test_a_count_with_a_denominator_changes_in_percentage_points() -> None:
    now = observation(12, "2024", of=(None, 48))
    then = observation(10, "2023", of=(None, 50))
    assert change(now, then, PERSONS) == Change(parse_period("2023"), 20.0, 5.0, 25.0, True)


def test_a_change_beyond_chance_is_distinguished_from_one_within() -> None:
    then = observation(10, "2023", of=(None, 50))
    far, near = (observation(value, "2024", of=(None, 50)) for value in (30, 14))
    assert [difference and difference.is_chance for difference in (change(far, then, PERSONS),
            change(near, then, PERSONS))] == [False, True]  # fmt: skip
    bare = change(observation(70.0, "2024"), observation(60.0, "2023"), RATE)
    assert bare is not None
    assert not bare.is_chance  # nobody knows


def test_no_change_from_a_bare_count_to_a_share() -> None:
    now, then = observation(12, "2024", of=(None, 48)), observation(10, "2023")
    assert change(now, then, PERSONS) is None
    assert change(then, now, PERSONS) is None


# --- against another observation ----------------------------------------------------------------


@for_each(
    ("own", "other", "gap", "word"),
    [
        (70.0, 77.2, -7.2, "worse"),
        (70.0, 81.8, -11.8, "worse"),
        (81.8, 70.0, 11.8, "better"),
        (70.0, 70.0, 0, "equal"),
        (70.04, 70.0, 0.04, "equal"),  # nothing at the decimals it is shown with
        (70.05, 70.0, 0.05, "better"),
        (70.14, 70.05, 0, "equal"),  # both are shown as 70,1
        (70.15, 70.14, 0.01, "equal"),
        (70.15, 70.05, 0.1, "better"),
    ],
)
def test_gap_to_another_area(own: float, other: float, gap: float, word: Verdict) -> None:
    theirs = observation(other, area="denmark")
    assert compare(observation(own), theirs, RATE, "area", "denmark") == Comparison(
        "area", "denmark", other, gap, word, True, theirs
    )


@for_each(
    ("own", "other"),
    [
        (observation(70.0), None),
        (observation(70.0), observation(77.2, "2021")),  # never across periods
        (observation(9.7, "2024H2"), observation(7.0, "2024/2025")),  # half-year, whole year
        (observation(70.0), observation(None, status="suppressed")),
        (observation(None, status="missing"), observation(77.2)),
        # A limit is no exact value: "mere end 30" may be 31 or 300.
        (observation(30.0, status="at_least"), observation(77.2)),
        (observation(30.0), observation(77.2, status="at_most")),
        (observation(None, status="range")._replace(low=2, high=3), observation(77.2)),
    ],
)
def test_nothing_to_compare(own: Observation, other: Observation | None) -> None:
    comparison = compare(own, other, RATE, "area", "denmark")
    assert (comparison.gap_points, comparison.verdict) == (None, "not_compared")


@for_each(
    ("own", "other", "value", "gap", "word", "in_percent"),
    [
        # With denominators: shares, whose difference may or may not be chance.
        (
            observation(12, of=(None, 60)),
            observation(1, of=(None, 10)),
            10,
            10,
            "same",
            True,
        ),
        (observation(48, of=(None, 60)), observation(1, of=(None, 10)), 10, 70, "better", True),
        # Bare counts grow with the place: the difference is shown, no verdict on it.
        (observation(75), observation(44), 44, 31, "not_compared", False),
        # One of each cannot be compared.
        (observation(12, of=(None, 60)), observation(9), None, None, "not_compared", True),
        (observation(9), observation(1, of=(None, 10)), None, None, "not_compared", False),
    ],
)
def test_counts(
    own: Observation,
    other: Observation,
    value: float | None,
    gap: float | None,
    word: Verdict,
    in_percent: bool,
) -> None:
    comparison = compare(own, other, PERSONS, "area", "viby")
    assert comparison == Comparison(
        "area", "viby", value, gap, word, in_percent, other, comparison.low, comparison.high
    )
    assert comparison.is_judged is (word in {"same", "better"})


def test_shares_are_counted_afresh_and_differ_only_beyond_chance() -> None:
    own, other = observation(30, of=(21, 68)), observation(23, of=(3, 13))
    comparison = compare(own, other, RATE, "area", "viby_syd")
    assert comparison.gap_points == pytest.approx(100 * 21 / 68 - 100 * 3 / 13)  # not 30 - 23
    assert (comparison.low, comparison.high) == pytest.approx((-21.06, 26.78), abs=0.01)  # Newcombe
    assert comparison.verdict == "same"


@for_each(
    ("own", "other", "is_above", "interval", "word"),
    [
        # Beside an area that contains it: Wilson's 21,2-42,6 holds 40 and not 50.
        (observation(30, of=(21, 68)), observation(40), True, (-18.83, 2.64), "same"),
        (observation(30, of=(21, 68)), observation(50), True, (-28.83, -7.36), "worse"),
        # Beside another area, of which nobody knows how small it is.
        (observation(30, of=(21, 68)), observation(50), False, (None, None), "worse"),
        # What is not counted itself has a chance of its own, whatever it is compared with.
        (observation(50), observation(30, of=(21, 68)), True, (None, None), "better"),
        (observation(70.0), observation(77.2), True, (None, None), "worse"),
    ],
)
def test_chance_is_judged_where_counts_say_what_it_could_do(
    own: Observation,
    other: Observation,
    is_above: bool,
    interval: tuple[float | None, ...],
    word: str,
) -> None:
    comparison = compare(own, other, RATE, "area", "denmark", is_above=is_above)
    assert (comparison.low, comparison.high) == pytest.approx(interval, abs=0.01)
    assert (comparison.verdict, comparison.is_judged) == (word, interval[0] is not None)


@for_each(
    ("own", "other", "is_judged"),
    [((21, 68), (3, 13), True), ((21, 68), None, False), (None, (21, 68), False)],
)
def test_a_change_is_chance_only_where_both_are_counted(
    own: tuple[int, int] | None, other: tuple[int, int] | None, is_judged: bool
) -> None:
    moved = change(observation(31, "2023", of=own), observation(30, "2022", of=other), RATE)
    assert moved is not None
    assert moved.is_chance is is_judged


@for_each("direction", ["higher_is_better", "lower_is_better", "neutral"])
def test_between_groups_and_programmes_neither_is_better(direction: Direction) -> None:
    of = indicator(direction=direction)
    own, other = observation(70.0, group="non_western"), observation(60.0, group="danish")
    assert compare(own, other, of, "group", "danish").verdict == "higher"
    assert compare(other, own, of, "group", "non_western").verdict == "lower"
    # Also where the kind does not say that they are groups.
    assert compare(own, other, of, "area", "aarhus").verdict == "higher"
    areas = observation(70.0, area="gellerup"), observation(60.0, area="tilst")
    assert compare(*areas, of, "area", "tilst", is_neutral=True).verdict == "higher"


@for_each(
    ("gap", "direction", "word"),
    [
        (1.0, "higher_is_better", "better"),
        (-1.0, "higher_is_better", "worse"),
        (1.0, "lower_is_better", "worse"),
        (-1.0, "lower_is_better", "better"),
        (1.0, "neutral", "higher"),
        (-1.0, "neutral", "lower"),
        (0.0, "neutral", "equal"),
        (-0.04, "lower_is_better", "equal"),
        (-0.05, "lower_is_better", "better"),
    ],
)
def test_verdict(gap: float, direction: Direction, word: str) -> None:
    assert verdict(gap, indicator(direction=direction)) == word


@for_each(
    ("gap", "kind", "word"),
    [
        (0.49, "proportion", "equal"), (0.5, "proportion", "better"),
        (-0.49, "proportion", "equal"), (-0.5, "proportion", "worse"),
        (0.49, "mean", "better"), (0.04, "mean", "equal"),
    ],
)  # fmt: skip
def test_verdict_of_approximate_values(gap: float, kind: Kind, word: str) -> None:
    """Whole steps, as their gap is shown; a mean's steps are smaller."""
    assert verdict(gap, indicator(kind), approximate=True) == word


# --- against the mean of a set ------------------------------------------------------------------

CITIES = {
    "koebenhavn": observation(76.1, area="koebenhavn"),
    "aarhus": observation(74.0, area="aarhus"),
    "odense": observation(72.2, area="odense"),
    "aalborg": observation(74.3, area="aalborg"),
    "esbjerg": observation(77.7, area="esbjerg"),
    "randers": observation(76.4, area="randers"),
}


def test_the_mean_leaves_the_area_itself_out() -> None:
    comparison = compare_with_mean(CITIES["aarhus"], CITIES, RATE, "six_cities")
    assert comparison == Comparison(
        "area_set", "six_cities", 75.34, -1.34, "worse", True, None, areas=5
    )


@for_each(
    "odense",
    [
        None,
        observation(None, area="odense", status="suppressed"),
        observation(None, area="odense", status="missing"),
        observation(72.2, "2021", area="odense"),  # an older value is no value of this period
        observation(72.2, area="odense", group="danish"),
        observation(72.2, area="odense", status="at_least"),
    ],
)
def test_there_is_no_mean_when_a_member_lacks_its_value(odense: Observation | None) -> None:
    comparison = compare_with_mean(
        CITIES["aarhus"], {**CITIES, "odense": odense}, RATE, "six_cities"
    )
    assert (comparison.value, comparison.gap_points) == (None, None)
    assert comparison.verdict == "not_compared"


def test_an_area_alone_in_its_set_has_no_mean() -> None:
    own = CITIES["aarhus"]
    assert compare_with_mean(own, {"aarhus": own}, RATE, "six_cities").value is None


def test_a_mean_never_mixes_shares_and_bare_counts() -> None:
    own = observation(12, of=(None, 60))
    members = {"a": observation(3, area="a", of=(None, 30)), "b": observation(9, area="b")}
    assert compare_with_mean(own, members, PERSONS, "cities").value is None


def test_a_counted_share_is_distinguished_from_a_mean_by_its_own_interval() -> None:
    members = {"a": observation(60, area="a"), "b": observation(50, area="b")}
    few, many = observation(70, of=(7, 10)), observation(70, of=(700, 1000))
    assert compare_with_mean(few, members, RATE, "cities").verdict == "same"
    assert compare_with_mean(many, members, RATE, "cities").verdict == "better"


# --- on the default figures -----------------------------------------------------------------------


def test_aarhus_in_self_sufficiency(store: Store) -> None:
    (row,) = standings(store, "self_sufficiency_rate", ["aarhus"])
    gaps = {
        comparison.with_id: (comparison.value, comparison.gap_points, comparison.verdict)
        for comparison in row.comparisons
    }
    assert gaps == {
        "denmark": (77.2, -7.2, "worse"),
        "koebenhavn": (81.8, -11.8, "worse"),
    }  # three of the six cities have no figure, so their mean is none


def test_gellerups_absence_fell(store: Store) -> None:
    (row,) = standings(store, "school_absence", ["gellerup"], ["programme_children"])
    assert row.previous is not None
    assert row.previous.change_points == -3.3
    assert row.previous.relative_percent == pytest.approx(-25.3846, abs=1e-4)
    # Viby Syd has the same half-year; Aarhus' school years and stages are another measure.
    assert [comparison.with_id for comparison in row.comparisons] == ["viby_syd"]


def test_aarhus_among_the_six_cities_in_employment(store: Store) -> None:
    (row,) = standings(store, "employment_rate", ["aarhus"])
    assert row.observation.period.text == "2021"
    assert row.rank == Rank(5, 6, "six_cities", shared=False)
    mean = next(comparison for comparison in row.comparisons if comparison.kind == "area_set")
    assert mean.value == (76.1 + 72.2 + 74.3 + 77.7 + 76.4) / 5


def test_the_catalog_of_the_default_figures_has_what_these_tests_hold_against(
    catalog: Catalog,
) -> None:
    assert catalog.area_sets["six_cities"].area_ids == (
        "koebenhavn", "aarhus", "odense", "aalborg", "esbjerg", "randers",
    )  # fmt: skip
