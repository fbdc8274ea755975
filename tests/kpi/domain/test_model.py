"""What the frozen values say of themselves."""

import pytest

from kpi.domain.model import Observation
from kpi.domain.period import parse_period
from kpi.domain.vocabulary import KINDS, STATUSES, FigureStatus, Kind
from tests.kpi.made import indicator, observation
from tests.tables import for_each


@for_each("kind", KINDS)
def test_only_proportions_are_percentages(kind: Kind) -> None:
    assert indicator(kind).is_proportion is (kind == "proportion")


@for_each("status", STATUSES)
def test_only_one_status_is_approximate(status: FigureStatus) -> None:
    assert observation(1, status=status).is_approximate is (status == "approximate")


@for_each("status", STATUSES)
def test_limits_are_three_of_the_statuses(status: FigureStatus) -> None:
    assert observation(1, status=status).is_bound is (status in {"at_least", "at_most", "range"})


def test_a_figure_is_over_its_period_unless_it_says_otherwise() -> None:
    plain = Observation("rate", "aarhus", "all", parse_period("2022"), 1.0, None, None, "final", 0,
                        None, None, "paper")  # fmt: skip
    assert (plain.low, plain.high, plain.measured) == (None, None, "over")


@pytest.mark.parametrize("field", ["value", "status"])
def test_a_figure_cannot_be_changed(field: str) -> None:
    with pytest.raises(AttributeError):
        setattr(observation(1), field, "final")
