"""How few figures a file has is counted as far as any check asks."""

from kpi.ingest.plausibility.few_figures import MOST_COUNTED
from kpi.ingest.plausibility.filled_down import FEWEST_FILLED
from kpi.ingest.plausibility.left_standing import FEWEST_STANDING
from kpi.ingest.plausibility.lone_periods import FEWEST_BESIDE
from kpi.ingest.plausibility.other_period import FEWEST_MOVED
from kpi.ingest.plausibility.outside_parts import FEWEST_OF_WHOLE
from kpi.ingest.plausibility.same_change import FEWEST_ALIKE


def test_no_check_asks_for_more_than_are_counted() -> None:
    # One that did would never run.
    asked = (
        FEWEST_FILLED, FEWEST_STANDING, FEWEST_BESIDE, FEWEST_MOVED, FEWEST_OF_WHOLE, FEWEST_ALIKE,
    )  # fmt: skip
    assert max(asked) <= MOST_COUNTED
