"""A figure beside a target of another period: a longer one, or one that is over."""

from dataclasses import replace

from kpi.domain.model import Indicator, Observation
from kpi.domain.plan import Target
from kpi.domain.progress import progress_points, progress_text
from kpi.domain.targets import (
    compared_with_targets,
    gap_to_target,
    is_drawn_beside,
    period_of,
    target_summary,
    target_text,
)
from kpi.domain.vocabulary import Kind, MeasuredHow, TargetState
from tests.kpi.made import catalog, indicator, observation
from tests.tables import for_each


def _target(period: str, state: TargetState = "decided") -> Target:
    return Target("t", "rate", "aarhus", "all", period, 2000, state, "", "paper")


def _of(kind: Kind) -> Indicator:
    return indicator(kind, "persons" if kind == "count" else "dkk_per_year", decimals=0)


@for_each(
    ("kind", "measured", "period", "target_period", "is_compared"),
    [
        ("count", "over", "2025", "2025", True),
        ("count", "over", "2024", "2025", True),
        ("count", "over", "2025M07", "2025", False),
        ("count", "over", "2025K1", "2025", False),
        ("count", "over", "2025", "2025M07", False),
        ("count", "over", "2024/2025", "2025", False),
        ("count", "over", "2024M06:2025M05", "2025", False),
        ("count", "since", "2025M07", "2025", False),
        ("count", "over", "2025M06", "2025M07", True),
        # How many there are on a day does not grow with the period.
        ("count", "at", "2025M07", "2025", True),
        # Nobody says how it is counted.
        ("count", "reported", "2025M07", "2025", True),
        ("amount", "over", "2025M07", "2025", True),
        ("mean", "over", "2025M07", "2025", True),
    ],
)
def test_a_count_meets_a_target_of_a_period_as_long_only(
    kind: Kind, measured: MeasuredHow, period: str, target_period: str, is_compared: bool
) -> None:
    of, target = _of(kind), _target(target_period)
    row: Observation = observation(150, period)._replace(measured=measured)
    known = replace(catalog(of), targets=(target,))
    text = target_text(target, row, of, known)
    assert (" under måltallet" in text) is is_compared
    assert ("ikke over lige lange perioder" in text) is not is_compared
    assert bool(gap_to_target(target, row, of, known)) is is_compared
    assert bool(compared_with_targets(row, of, known)) is is_compared
    assert is_drawn_beside(row, target, of) is is_compared
    if row.period.end <= period_of(target).end:
        assert bool(progress_points([row], target, of)) is is_compared


def test_progress_leaves_shorter_periods_out() -> None:
    of, target = _of("count"), _target("2026")
    rows = [
        observation(value, period)
        for value, period in ((1500, "2023"), (1700, "2024"), (150, "2025M07"))
    ]
    text = progress_text(rows, target, of, replace(catalog(of), targets=(target,)))
    assert text.startswith("På vej mod måltallet")
    assert text.endswith("i 2024.")


def test_one_distance_only_is_given_to_a_target_that_is_over() -> None:
    """With the series that of its own period, without it none: never the newest figure's."""
    of, target = indicator(), replace(_target("2020"), value=80)
    known = replace(catalog(of), targets=(target,))
    series = [observation(70.5, "2020"), observation(74.3, "2024")]
    arguments = ([target], of, series[-1], ["aarhus"], known, known.day)
    with_series, without = target_summary(*arguments, series), target_summary(*arguments)
    assert with_series.replace("\u00a0", " ") == (
        "Måltal: 80,0 % i 2020; tallet er 9,5 procentpoint under måltallet"
    )
    assert without.replace("\u00a0", " ") == "Måltal: 80,0 % i 2020"
