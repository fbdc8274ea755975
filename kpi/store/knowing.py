"""When figures became known: after a day, and the newest of each source."""

from collections.abc import Sequence
from datetime import date

from kpi.domain.vocabulary import MeasuredHow
from kpi.store.plan import AskWith

_NEW = """
WITH now AS (
    -- A row that was known itself needs no look at older ones.
    SELECT indicator_id, area_id, group_id, current_observation.period, period_end, period_start
    FROM current_observation
    JOIN batch USING (batch_id)
    LEFT JOIN source_release AS release ON batch.origin = 'data'
        AND release.source_id = current_observation.source_id
        AND release.period = current_observation.period
    WHERE list_contains($indicators::VARCHAR[], indicator_id)
        AND list_contains($areas::VARCHAR[], area_id)
        AND coalesce(release.published, known_from) > $day
), published_row AS (
    SELECT indicator_id, area_id, group_id, observation.period, removed
    FROM observation
    SEMI JOIN now USING (indicator_id, area_id, group_id, period)
    JOIN batch USING (batch_id)
    LEFT JOIN source_release AS release ON batch.origin = 'data'
        AND release.source_id = observation.source_id AND release.period = observation.period
    WHERE coalesce(release.published, known_from) <= $day
        AND (state = 'published' OR withdrawn_on > $day)
    QUALIFY row_number() OVER (
        PARTITION BY indicator_id, area_id, group_id, observation.period, observation.source_id
        ORDER BY batch_id DESC
    ) = 1
)
SELECT indicator_id, area_id, group_id, period
FROM now
ANTI JOIN (FROM published_row WHERE NOT removed) USING (indicator_id, area_id, group_id, period)
ORDER BY indicator_id, area_id, group_id, period_end, period_start DESC
"""


def read_new(
    ask: AskWith, day: date, indicator_ids: Sequence[str], area_ids: Sequence[str]
) -> dict[tuple[str, str, str], tuple[str, ...]]:
    """The periods that were not known by the end of a day, of each series that has any.

    A series is (indicator, area, group); oldest period first. Known is what as_of.sql counts,
    whatever the figure's value was then.
    """
    periods_by_series: dict[tuple[str, str, str], list[str]] = {}
    wanted = {"indicators": list(indicator_ids), "areas": list(area_ids), "day": day}
    for *key, period in ask(_NEW, wanted):
        periods_by_series.setdefault((key[0], key[1], key[2]), []).append(period)
    return {key: tuple(periods) for key, periods in periods_by_series.items()}


_RELEASED = """
SELECT DISTINCT batch_id, period, strftime(published, '%Y-%m-%d') AS day
FROM observation
JOIN source_release USING (source_id, period)
JOIN batch USING (batch_id)
WHERE origin = 'data' AND NOT removed AND ($day IS NULL OR published <= $day)
ORDER BY batch_id, day, period
"""


def read_releases(ask: AskWith, day: date | None) -> dict[int, tuple[tuple[str, str], ...]]:
    """The periods of each publication that were released on a day of their own, by a day."""
    released_by_batch: dict[int, list[tuple[str, str]]] = {}
    for batch_id, period, released in ask(_RELEASED, {"day": day}):
        released_by_batch.setdefault(batch_id, []).append((period, released))
    return {batch_id: tuple(periods) for batch_id, periods in released_by_batch.items()}


def read_batches_about(ask: AskWith, indicator_ids: Sequence[str]) -> frozenset[int]:
    """The publications that contain rows of the indicators."""
    rows = ask(
        "SELECT DISTINCT batch_id FROM observation WHERE list_contains($ids, indicator_id)",
        {"ids": list(indicator_ids)},
    )
    return frozenset(batch_id for (batch_id,) in rows)


# Of several rows of the newest period the first that came dates it.
_NEWEST = """
WITH newest AS (
    SELECT indicator_id, source_id, arg_max(period, (period_end, -epoch(period_start))) AS period
    FROM current_observation GROUP BY indicator_id, source_id
)
SELECT indicator_id, source_id, period, any_value(measured),
    strftime(
        min(coalesce(release.published, CASE WHEN origin = 'upload' THEN known_from END)),
        '%Y-%m-%d'
    )
FROM current_observation
SEMI JOIN newest USING (indicator_id, source_id, period)
JOIN batch USING (batch_id)
LEFT JOIN source_release AS release USING (source_id, period)
GROUP BY indicator_id, source_id, period
ORDER BY indicator_id, source_id
"""


def read_newest_periods(ask: AskWith) -> list[tuple[str, str, str, MeasuredHow, str]]:
    """The newest period of each indicator and source: (indicator, source, period, measured, day).

    `measured` is the figures' way of counting; the day is when the period's figures came, empty
    where only the source's own date is known.
    """
    return [(*row[:4], row[4] or "") for row in ask(_NEWEST, {})]
