"""What the frozen values say of themselves."""

import pytest

from kpi.model import KINDS, STATUSES
from tests.kpi.made import indicator, observation


@pytest.mark.parametrize("kind", KINDS)
def test_only_proportions_are_percentages(kind: str) -> None:
    assert indicator(kind).is_proportion is (kind == "proportion")


@pytest.mark.parametrize("status", STATUSES)
def test_only_one_status_is_approximate(status: str) -> None:
    assert observation(1, status=status).is_approximate is (status == "approximate")


@pytest.mark.parametrize("field", ["value", "status"])
def test_a_figure_cannot_be_changed(field: str) -> None:
    with pytest.raises(AttributeError):
        setattr(observation(1), field, "final")
