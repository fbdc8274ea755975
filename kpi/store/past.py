"""What the figures of one area were before."""

from datetime import date
from typing import Any

from kpi.store.plan import AskWith


def read_past(ask: AskWith, area_id: str, since: date, day: date) -> list[tuple[Any, ...]]:
    """The rows of one area whose period ended after `since` and had begun on `day`.

    Oldest first within each key.
    """
    return ask(
        """
        SELECT indicator_id, area_id, group_id, period, value, numerator, denominator,
            status, decimals, as_published, note, source_id, low, high, measured
        FROM current_observation
        WHERE area_id = $area AND period_end > $since AND period_start <= $day
        ORDER BY indicator_id, group_id, period_end, period_start DESC
        """,
        {"area": area_id, "since": since, "day": day},
    )
