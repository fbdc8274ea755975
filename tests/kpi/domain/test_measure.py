"""What an observation measures: shares of a denominator, and the value to compare."""

import pytest

from kpi.domain.measure import (
    comparable_value,
    compares_in_percent,
    interval,
    share,
    shown_counts,
)
from kpi.domain.vocabulary import FigureStatus, Kind
from tests.kpi.made import indicator, observation
from tests.tables import for_each

Of = tuple[float | None, float]


@for_each(
    ("kind", "value", "of", "counted"),
    [
        ("proportion", 30, (21, 68), (21, 68)),
        ("proportion", 30, (None, 68), None),  # a published share of an unknown part
        ("proportion", 30, None, None),
        ("proportion", None, (21, 68), None),  # hidden: the counts must not give it away
        ("proportion", 30, (0, 0), None),  # of nobody
        ("count", 12, (None, 68), (12, 68)),
        ("count", 0, (None, 68), (0, 68)),
        ("count", 12, None, None),
        ("count", None, (None, 68), None),
        ("mean", 1.5, (None, 32), None),  # 32 children are no denominator of 1.5
        ("amount", 37, (1, 2), None),
    ],
)
def test_share(
    kind: Kind, value: float | None, of: Of | None, counted: tuple[float, float] | None
) -> None:
    row = observation(value, of=of)
    assert share(row, indicator(kind)) == counted
    assert compares_in_percent(row, indicator(kind)) is (kind == "proportion" or bool(counted))


@for_each(
    ("kind", "value", "of", "is_told"),
    [
        ("proportion", 30, (21, 68), True),
        ("proportion", 30, (300, 1_000), True),
        ("proportion", 30, (300, 1_001), False),  # the percentage says more
        ("proportion", 30, None, False),
        ("count", 300, (None, 1_001), True),  # a count is what it is about
        ("count", 300, None, False),
    ],
)
def test_counts_are_shown_of_groups_that_can_be_grasped(
    kind: Kind, value: float, of: Of | None, is_told: bool
) -> None:
    row = observation(value, of=of)
    assert (shown_counts(row, indicator(kind)) is not None) is is_told
    if is_told:
        assert shown_counts(row, indicator(kind)) == share(row, indicator(kind))


@for_each(
    ("kind", "value", "of", "percent"),
    [
        ("proportion", 30, (21, 68), 30.8824),  # 21 of 68, though the paper says 30
        ("proportion", 70.0, None, 70.0),
        ("count", 12, (None, 68), 17.6471),
        ("count", 12, None, 12),
        ("mean", 1.5, (None, 32), 1.5),
    ],
)
def test_comparable_value(kind: Kind, value: float, of: Of | None, percent: float) -> None:
    comparable = comparable_value(observation(value, of=of), indicator(kind))
    assert comparable == pytest.approx(percent, abs=1e-4)


@for_each("kind", ["proportion", "count", "mean", "amount"])
@for_each(
    ("status", "value", "limits"),
    [("at_least", 30, (None, None)), ("at_most", 30, (None, 30)), ("range", None, (2, 3))],
)
def test_a_limit_is_no_value_to_compare(
    kind: Kind, status: FigureStatus, value: float | None, limits: tuple[float | None, float | None]
) -> None:
    row = observation(value, status=status, of=(21, 68))._replace(low=limits[0], high=limits[1])
    assert comparable_value(row, indicator(kind)) is None
    assert share(row, indicator(kind)) is None
    assert interval(row, indicator(kind)) is None


@for_each("kind", ["proportion", "count", "mean", "amount"])
def test_a_hidden_value_compares_with_nothing(kind: Kind) -> None:
    row = observation(None, status="suppressed", of=(21, 68))
    assert comparable_value(row, indicator(kind)) is None
