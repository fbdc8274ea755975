"""Comparisons that several tests judge, among made areas."""

from hypothesis import strategies as st

from kpi.domain.compare import Comparison
from kpi.domain.vocabulary import ComparedWith, Verdict
from kpi.domain.wording import Badge
from tests.kpi.made import catalog as made_catalog
from tests.kpi.made import indicator

MADE = made_catalog()
RATE, HOURS = indicator(), indicator("amount", "hours_per_week", "higher_is_better", 0)
AARHUS, GELLERUP = MADE.areas["aarhus"], MADE.areas["gellerup"]
UNSURE = Badge("unknown", "Usikkerhed ikke beregnet")


def said(
    verdict: Verdict,
    kind: ComparedWith = "area",
    with_id: str = "denmark",
    *,
    interval: tuple[float, float] | None = None,
    areas: int | None = None,
) -> Comparison:
    """A comparison of this verdict; judged where the gap has an interval."""
    low, high = interval or (None, None)
    return Comparison(
        kind, with_id, 70.0, 5.0, verdict, True, None, low, high, is_benchmark=True, areas=areas
    )


SHARES = st.floats(0, 100).map(lambda value: round(value, 1))
