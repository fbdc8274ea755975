"""Figures of periods that have not begun: forecasts, budgets, slips of the pen.

They are published, and no other question of a store answers with them before the first day of their
period: a figure of 2027 in 2026 is no newest figure to judge, rank or compare.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from kpi.store.plan import AskWith

# So many periods to come are named beside a series.
_NEAREST = 3


def read_ahead(
    ask: AskWith, indicator_ids: Sequence[str], area_ids: Sequence[str] | None, day: date
) -> list[tuple[Any, ...]]:
    """The rows of the indicators in the areas (None: in all) whose period begins after the day.

    Oldest period first within each indicator, area and group.
    """
    wanted = {
        "indicators": list(indicator_ids),
        "areas": None if area_ids is None else list(area_ids),
        "day": day,
    }
    return ask(_AHEAD + _CHOSEN + _ORDER, wanted)


def read_nearest_ahead(ask: AskWith, day: date) -> list[tuple[Any, ...]]:
    """Of every series the rows of the first three periods that begin after the day."""
    return ask(_AHEAD + _OF_NEAREST + _ORDER, {"day": day, "most": _NEAREST})


# All of them are in recent_observation (derived.sql), however many.
_AHEAD = """
SELECT indicator_id, area_id, group_id, period, value, numerator, denominator,
    status, decimals, as_published, note, source_id, low, high, measured
FROM recent_observation
WHERE period_start > $day
"""
_CHOSEN = """
    AND list_contains($indicators::VARCHAR[], indicator_id)
    AND ($areas IS NULL OR list_contains($areas::VARCHAR[], area_id))
"""
_OF_NEAREST = """
QUALIFY row_number() OVER (
    PARTITION BY indicator_id, area_id, group_id ORDER BY period_end, period_start DESC
) <= $most
"""
_ORDER = "ORDER BY indicator_id, area_id, group_id, period_end, period_start DESC"
