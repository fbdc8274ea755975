"""Targets: the text beside a figure, and whether a straight line leads there."""

from dataclasses import replace
from datetime import date

import pytest

from kpi.domain.compare import compare
from kpi.domain.model import Break, Observation
from kpi.domain.plan import Target
from kpi.domain.progress import progress_points, progress_text
from kpi.domain.targets import (
    NO_TARGET,
    compared_with_targets,
    gap_to_target,
    next_target,
    row_for,
    target_name,
    target_summary,
    target_text,
    targets_of,
)
from kpi.domain.vocabulary import NO_COMPARISON, TARGET_STATES, Direction, TargetState
from tests.kpi.made import catalog, indicator, observation
from tests.tables import for_each

RATE = indicator()


def target(
    value: float, period: str = "2026", state: TargetState = "decided", note: str = ""
) -> Target:
    return Target("t", "rate", "aarhus", "all", period, value, state, note, "paper")


@for_each(
    ("target_row", "row", "text"),
    [
        (target(75), None, "Måltal: 75,0 % i 2026"),
        (
            target(75),
            observation(70.0),
            "Måltal: 75,0 % i 2026; tallet i 2022 er 5,0 procentpoint under måltallet",
        ),
        (
            target(70),
            observation(70.0),
            "Måltal: 70,0 % i 2026; tallet i 2022 er på niveau med måltallet",
        ),
        # The figure of the target's own period, and a target with more decimals than figures.
        (
            target(70.25, "2022"),
            observation(70.0),
            "Måltal: 70,25 % i 2022; tallet er 0,25 procentpoint under måltallet",
        ),
        (target(75, "2026K2"), None, "Måltal: 75,0 % i 2. kvartal 2026"),
        (
            target(75, state="proposed", note="Fra budgettet"),
            observation(None, status="suppressed"),  # a hidden figure has no distance
            "Foreslået: 75,0 % i 2026. Fra budgettet",
        ),
        (
            target(75, state="proposed"),
            observation(70.0),
            "Foreslået: 75,0 % i 2026; tallet i 2022 er 5,0 procentpoint under forslaget",
        ),
        (
            target(75, state="ceiling"),
            observation(70.0),
            "Loft: højst 75,0 % i 2026; tallet i 2022 er 5,0 procentpoint under loftet",
        ),
        (
            target(75, state="legal_threshold"),
            observation(80.0),
            "Lovens grænse: 75 % i 2026; tallet i 2022 er 5,0 procentpoint over lovens grænse",
        ),
    ],
)
def test_target_text(target_row: Target, row: Observation | None, text: str) -> None:
    assert target_text(target_row, row, RATE, catalog()).replace("\u00a0", " ") == text


def test_a_count_is_compared_with_the_count_and_not_its_share() -> None:
    places = indicator("count", "places", decimals=0)
    row = observation(21.0, of=(21.0, 68.0))
    text = target_text(target(25, "2022"), row, places, catalog(places))
    assert text.replace("\u00a0", " ") == ("Måltal: 25 i 2022; tallet er 4 pladser under måltallet")


@pytest.mark.parametrize(
    ("value", "text"),
    [(50, "Loft: højst 50 pladser i 2026"), (1, "Loft: højst 1 plads i 2026")],
)
def test_a_ceiling_names_what_it_limits(value: float, text: str) -> None:
    places = indicator("count", "places", decimals=0)
    sentence = target_text(target(value, state="ceiling"), None, places, catalog(places))
    assert sentence.replace("\u00a0", " ") == text


NOT_DECIDED = [state for state in TARGET_STATES if state != "decided"]


def test_every_state_has_its_words() -> None:
    names = [target_name(target(75, state=state), RATE, catalog()) for state in TARGET_STATES]
    assert names == ["Måltal 2026", "Forslag 2026", "Loft 2026", "Lovens grænse 2026"]


@for_each("state", NOT_DECIDED)
def test_only_what_is_decided_is_judged(state: TargetState) -> None:
    """Of a proposal, a ceiling and a limit of the law there is the distance and nothing more."""
    target_row = target(76, state=state)
    rows = [observation(28.0, "2020", of=(28.0, 40.0)), observation(30.0, of=(30.0, 40.0))]
    known = replace(catalog(), targets=(target_row,))
    (comparison,) = compared_with_targets(rows[-1], RATE, known)
    assert (comparison.verdict, comparison.is_judged) == (NO_COMPARISON, False)
    assert progress_text(rows, target_row, RATE, known) == ""
    sentences = target_text(target_row, rows[-1], RATE, known) + gap_to_target(
        target_row, rows[-1], RATE, known
    )
    for word in ("mål", "Mål", "Bagud", "På vej", "bedre", "dårligere"):
        assert word not in sentences
    (decided,) = compared_with_targets(rows[-1], RATE, replace(catalog(), targets=(target(76),)))
    assert decided.is_judged


@for_each("state", TARGET_STATES)
def test_no_distance_is_said_across_a_break(state: TargetState) -> None:
    """A figure counted by other rules than the target is neither near it nor far from it."""
    target_row = target(40, "2024", state)
    for day, is_said in ((date(2018, 1, 1), False), (date(2014, 1, 1), True)):
        broken = replace(RATE, breaks=(Break(day, "Nye regler"),))
        known = replace(catalog(broken), targets=(target_row,))
        row = observation(52.0, "2015")
        text = target_text(target_row, row, broken, known)
        assert ("tallet i 2015 er" in text, "over" in text) == (is_said, is_said)
        assert bool(compared_with_targets(row, broken, known)) is is_said


@for_each(
    ("set_on", "period", "breaks", "is_said"),
    [
        # Whoever set it knew the earlier way of counting, whatever year it is set for.
        (date(2025, 6, 30), "2025M07", [date(2025, 7, 1)], False),
        (date(2025, 7, 1), "2025M07", [date(2025, 7, 1)], True),
        (date(2025, 7, 2), "2025M07", [date(2025, 7, 1)], True),
        (None, "2025M07", [date(2025, 7, 1)], True),  # nobody knows when
        (date(2024, 1, 1), "2025K3", [date(2025, 7, 1)], False),
        (date(2024, 1, 1), "2025", [date(2025, 7, 1)], False),  # half of it is counted anew
        (date(2024, 1, 1), "2025/2026", [date(2025, 8, 1)], False),
        (date(2024, 1, 1), "2025M07:2026M06", [date(2025, 7, 1)], False),  # a rolling year
        (date(2025, 8, 1), "2026", [date(2025, 7, 1), date(2026, 1, 1)], False),  # the second
        (date(2026, 1, 1), "2026", [date(2025, 7, 1), date(2026, 1, 1)], True),
    ],
)
def test_a_target_set_before_a_break_says_nothing_of_figures_after_it(
    set_on: date | None, period: str, breaks: list[date], is_said: bool
) -> None:
    broken = replace(RATE, breaks=tuple(Break(day, "Nye regler") for day in breaks))
    aim = replace(target(75, "2027"), set_on=set_on)
    known = replace(catalog(broken), targets=(aim,))
    row = observation(70.0, period)
    text = target_text(aim, row, broken, known)
    assert ("under måltallet" in text, "Brud: Nye regler" in text) == (is_said, not is_said)
    assert bool(compared_with_targets(row, broken, known)) is is_said
    assert bool(progress_points([row], aim, broken)) is is_said


def test_a_limit_of_the_law_stays_in_force() -> None:
    rows = [observation(41.0, "2024"), observation(39.5, "2026")]
    assert row_for(target(40, "2024", "legal_threshold"), rows) is rows[-1]
    assert row_for(target(40, "2024"), rows) is rows[0]


def test_the_distance_to_a_proposal_names_its_year() -> None:
    hours = indicator("amount", "hours_per_week", decimals=0)
    sentence = gap_to_target(
        target(10, "2025", "proposed"), observation(5.0, "2024"), hours, catalog(hours)
    )
    assert sentence.replace("\u00a0", " ") == "5 timer om ugen under forslaget for 2025"


@for_each(
    ("row", "areas", "text"),
    [
        (observation(70.0), ("aarhus",), "tallet i 2022 er 5,0 procentpoint under måltallet"),
        # Of another group or area: whose it is, and no distance.
        (observation(70.0, group="danish"), ("aarhus",), "i 2026 (alle)"),
        (observation(70.0, area="gellerup"), ("gellerup",), NO_TARGET),
        (None, ("aarhus",), "Måltal: 75,0 % i 2026"),
        (None, ("gellerup", "aarhus"), "i 2026 (Aarhus)"),
    ],
)
def test_a_target_is_named_beside_its_own_figure_only(
    row: Observation | None, areas: tuple[str, ...], text: str
) -> None:
    sentence = target_summary([target(75)], RATE, row, areas, catalog(), date(2025, 1, 1))
    assert sentence.replace("\u00a0", " ").endswith(text)


@pytest.mark.parametrize(
    ("periods", "text"),
    [
        (("2020", "2021"), "; tallet er 5,0 procentpoint under måltallet"),
        (("2019", "2021"), "; tallet i 2021 er 4,0 procentpoint under måltallet"),
    ],
)
def test_a_target_of_a_past_year_is_compared_with_that_year(
    periods: tuple[str, str], text: str
) -> None:
    target_row = replace(target(75, "2020"), set_on=date(2025, 3, 11))
    first, newest = (
        observation(value, period) for value, period in zip((70.0, 71.0), periods, strict=True)
    )
    sentence = target_summary(
        [target_row], RATE, newest, ["aarhus"], catalog(), date(2026, 1, 1), [first, newest]
    )
    assert sentence.replace("\u00a0", " ") == f"Måltal: 75,0 % i 2020{text}"


def test_a_target_whose_own_year_has_a_figure_is_reached_or_not() -> None:
    target_row = replace(target(75, "2020"), set_on=date(2025, 3, 11))
    rows = [observation(68.0, "2018"), observation(70.0, "2020"), observation(80.0, "2021")]
    assert progress_text(rows, target_row, RATE, catalog()) == "Måltallet blev ikke nået i 2020."
    reached = [rows[0], observation(75.0, "2020")]
    assert progress_text(reached, target_row, RATE, catalog()) == "Måltallet er nået i 2020."
    # Figures before the year are compared with the straight line as before.
    assert progress_text(rows[:1], target_row, RATE, catalog()).startswith("Endnu ingen tal")


@for_each(
    ("row", "verdict"),
    [
        (observation(70.0), "worse"),
        (observation(75.04), "equal"),  # at one decimal
        (observation(None, of=(30.0, 40.0)), None),
        (observation(70.0, status="at_least"), None),  # a limit is not compared with anything
        (observation(70.0, of=(28.0, 40.0)), "same"),  # chance could do it
    ],
)
def test_a_figure_is_compared_with_its_target(row: Observation, verdict: str | None) -> None:
    known = replace(catalog(), targets=(target(75),))
    judged = [
        (held_against_target.kind, held_against_target.with_id, held_against_target.verdict)
        for held_against_target in compared_with_targets(row, RATE, known)
    ]
    assert judged == ([("target", "t", verdict)] if verdict else [])


@for_each(
    ("day", "chosen"),
    [
        ("2023-05-01", "2024"),
        ("2024-12-31", "2024"),
        ("2025-01-01", "2028"),  # what is decided counts before what is only proposed
        ("2029-01-01", "2028"),  # none lies ahead
    ],
)
def test_the_next_target_of_a_day_counts(day: str, chosen: str) -> None:
    target_rows = [target(75, "2028"), target(73, "2026", "proposed"), target(72, "2024")]
    ahead = next_target(target_rows, date.fromisoformat(day))
    assert ahead is not None
    assert ahead.period == chosen


def test_what_is_in_force_counts_before_what_is_proposed() -> None:
    target_rows = [target(75, "2026", state) for state in reversed(TARGET_STATES)]
    order = []
    while chosen := next_target(target_rows, date(2025, 1, 1)):
        order.append(chosen.state)
        target_rows.remove(chosen)
    assert order == ["decided", "legal_threshold", "ceiling", "proposed"]


def test_without_a_decided_target_the_proposed_counts() -> None:
    ahead = next_target([target(75, state="proposed")], date(2030, 1, 1))
    assert ahead is not None
    assert next_target([], date(2030, 1, 1)) is None


def test_targets_of_one_key_only() -> None:
    targets = targets_of([target(75, "2026"), target(72, "2024")], "rate", "aarhus", "all")
    assert [target_row.period for target_row in targets] == ["2024", "2026"]
    assert targets_of(targets, "rate", "odense", "all") == ()
    assert target_name(targets[0], RATE, catalog()) == "Måltal 2024"


@for_each(
    ("values", "target_value", "direction", "words"),
    [
        # From 70 in 2020 to 76 in 2026 a straight line gives 72 in 2022.
        ([("2020", 70.0), ("2022", 72.5)], 76, "higher_is_better", "På vej mod måltallet"),
        ([("2020", 70.0), ("2022", 71.0)], 76, "higher_is_better", "Bagud i forhold til måltallet"),
        ([("2020", 70.0), ("2022", 67.0)], 64, "lower_is_better", "På vej mod måltallet"),
        ([("2020", 70.0), ("2022", 69.0)], 64, "lower_is_better", "Bagud i forhold til måltallet"),
        # At least 70, at most 8: what is better than the target has reached it.
        ([("2020", 71.0), ("2022", 72.2)], 70, "higher_is_better", "Måltallet er nået i 2022."),
        ([("2020", 71.0), ("2022", 69.0)], 70, "higher_is_better", "Bagud i forhold til måltallet"),
        ([("2020", 7.5), ("2022", 6.9)], 8, "lower_is_better", "Måltallet er nået i 2022."),
        ([("2022", 77.0)], 76, "higher_is_better", "Måltallet er nået i 2022."),
        ([("2020", 76.0), ("2022", 70.0)], 76, "higher_is_better", "Bagud i forhold til måltallet"),
        # Without a direction, the line from the baseline gives it.
        ([("2020", 70.0), ("2022", 77.0)], 76, "neutral", "Måltallet er nået i 2022."),
        ([("2020", 70.0), ("2022", 69.0)], 64, "neutral", "Bagud i forhold til måltallet"),
        ([("2022", 72.5)], 76, "higher_is_better", ""),  # one figure makes no line
        # The second is after the target.
        ([("2020", 70.0), ("2030", 80.0)], 76, "higher_is_better", ""),
        ([("2030", 80.0)], 76, "higher_is_better", ""),
    ],
)
def test_progress(
    values: list[tuple[str, float]], target_value: float, direction: Direction, words: str
) -> None:
    rate = indicator(direction=direction)
    rows = [observation(value, period) for period, value in values]
    text = progress_text(rows, target(target_value), rate, catalog(rate))
    assert text.startswith(words) if words else text == ""


BEHIND = "Bagud i forhold til måltallet: Ved jævn udvikling skulle tallet være 74,0 % i 2024."


@for_each(
    ("set_on", "words"),
    [
        (None, BEHIND),  # from 70 in 2020
        ("2019-06-01", BEHIND),
        (
            "2023-06-01",
            "På vej mod måltallet: Ved jævn udvikling skulle tallet være 71,8 % i 2024.",
        ),
        ("2025-06-01", "Endnu ingen tal, siden måltallet blev fastsat."),
    ],
)
def test_the_way_begins_where_the_target_was_set(set_on: str | None, words: str) -> None:
    rows = [observation(70.0, "2020"), observation(67.5, "2022"), observation(72.0, "2024")]
    target_row = replace(target(76), set_on=date.fromisoformat(set_on) if set_on else None)
    assert progress_text(rows, target_row, RATE, catalog()).replace("\u00a0", " ") == words


@for_each(
    ("value", "target_value", "words"),
    [
        # Half way from 70 at the end of 2021 to the end of 2023.
        (73.0, 76, "På vej mod måltallet"),
        (72.9, 76, "Bagud i forhold til måltallet"),
        (67.0, 64, "På vej mod måltallet"),
        (67.1, 64, "Bagud i forhold til måltallet"),
        (76.0, 76, "Måltallet er nået i 2022."),
        (64.0, 64, "Måltallet er nået i 2022."),
    ],
)
def test_a_value_exactly_on_the_line_keeps_up(
    value: float, target_value: float, words: str
) -> None:
    rate = indicator(direction="higher_is_better" if target_value > 70 else "lower_is_better")
    rows = [observation(70.0, "2021"), observation(value, "2022")]
    assert progress_text(rows, target(target_value, "2023"), rate, catalog(rate)).startswith(words)


def test_a_bare_count_is_judged_by_its_target_and_by_no_other_area() -> None:
    """A target is set for this very area; other areas are larger or smaller."""
    places = indicator("count", "places", "higher_is_better", 0)
    known = replace(catalog(places), targets=(target(25, "2022"),))
    (comparison,) = compared_with_targets(observation(21.0), places, known)
    assert (comparison.gap_points, comparison.verdict) == (-4.0, "worse")
    other = observation(25.0, area="odense")
    beside = compare(observation(21.0), other, places, "area", "odense")
    assert (beside.gap_points, beside.verdict) == (-4.0, NO_COMPARISON)


def test_progress_names_the_value_that_is_due() -> None:
    rows = [observation(70.0, "2020"), observation(71.0, "2022")]
    text = progress_text(rows, target(76), RATE, catalog())
    assert text.replace("\u00a0", " ").endswith("skulle tallet være 72,0 % i 2022.")


@for_each("direction", ["higher_is_better", "lower_is_better"])
@for_each("off", [-0.06, -0.05, -0.04, 0.0, 0.04, 0.05, 0.06])
def test_a_value_on_a_level_with_its_target_has_reached_it(
    direction: Direction, off: float
) -> None:
    """As it is shown: 40,96 % stands there as 41,0 %."""
    rate = indicator(direction=direction)
    rows = [observation(60.0 if direction == "lower_is_better" else 20.0, "2021"),
            observation(41 + off, "2023")]  # fmt: skip
    said = target_text(target(41, "2023"), rows[-1], rate, catalog(rate))
    is_better = (off > 0) == (direction == "higher_is_better")
    is_reached = "på niveau med" in said or (is_better and off != 0)
    reached = progress_text(rows, target(41, "2023"), rate, catalog(rate))
    assert reached.startswith("Måltallet er nået" if is_reached else "Måltallet blev ikke nået")
