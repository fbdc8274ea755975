"""When figures became known: after a day, and the newest of each source."""

from collections.abc import Sequence
from datetime import date

from kpi.domain.vocabulary import MeasuredHow
from kpi.store.plan import AskWith

# All that a publication has of a source's figures of a period became known on one day. With the
# current rows stands whether anything of their indicator and period was known by the day. Rows of
# other areas are left while they are read, which a function of each row would not do.
_NEW = """
WITH known AS MATERIALIZED (
    SELECT indicator_id, published.source_id, batch_id, published.period,
        greatest(coalesce(released_on, known_from), start_date) > $day AS is_later
    FROM published_outline AS published
    JOIN period USING (period)
    LEFT JOIN period_release USING (batch_id, source_id, period)
    JOIN batch USING (batch_id)
    WHERE list_contains($indicators::VARCHAR[], indicator_id)
), later AS (
    SELECT DISTINCT indicator_id, source_id, batch_id, period FROM known WHERE is_later
), earlier AS (
    SELECT DISTINCT indicator_id, period FROM known
    WHERE NOT is_later AND (indicator_id, period) IN (SELECT (indicator_id, period) FROM later)
)
SELECT indicator_id, area_id, group_id, period,
    (indicator_id, period) IN (SELECT (indicator_id, period) FROM earlier)
FROM (
    FROM current_observation
    WHERE area_id IN (SELECT unnest($areas::VARCHAR[])) AND period_start <= $today
) AS own
SEMI JOIN later USING (indicator_id, source_id, batch_id, period)
ORDER BY indicator_id, area_id, group_id, period_end, period_start DESC
"""
# A row that holds was known later itself: what was known of its key by the day was replaced.
_KNOWN_BEFORE = """
WITH published_row AS (
    SELECT indicator_id, area_id, group_id, past.period, removed
    FROM past_observation AS past
    JOIN period USING (period)
    LEFT JOIN period_release USING (batch_id, source_id, period)
    JOIN batch USING (batch_id)
    WHERE list_contains($indicators::VARCHAR[], indicator_id)
        AND list_contains($areas::VARCHAR[], area_id)
        AND list_contains($periods::VARCHAR[], past.period)
        AND greatest(coalesce(released_on, known_from), start_date) <= $day
        AND (state = 'published' OR withdrawn_on > $day)
    QUALIFY row_number() OVER (
        PARTITION BY indicator_id, area_id, group_id, past.period, past.source_id
        ORDER BY batch_id DESC
    ) = 1
)
SELECT DISTINCT indicator_id, area_id, group_id, period FROM published_row WHERE NOT removed
"""


def read_new(
    ask: AskWith, day: date, indicator_ids: Sequence[str], area_ids: Sequence[str], today: date
) -> dict[tuple[str, str, str], tuple[str, ...]]:
    """The periods that were not known by the end of a day, of each series that has any.

    A series is (indicator, area, group); oldest period first. Known is what as_of.sql counts,
    whatever the figure's value was then; what came before its period began is known from its first
    day, and is no answer before (`today`).
    """
    wanted = {"indicators": list(indicator_ids), "areas": list(area_ids), "day": day}
    rows = ask(_NEW, wanted | {"today": today})
    maybe_known = {(indicator_id, period) for indicator_id, *_, period, is_any in rows if is_any}
    known: set[tuple[str, ...]] = set()
    if maybe_known:
        wanted["indicators"] = sorted({indicator_id for indicator_id, _ in maybe_known})
        wanted["periods"] = sorted({period for _, period in maybe_known})
        known = set(ask(_KNOWN_BEFORE, wanted))
    periods_by_series: dict[tuple[str, str, str], list[str]] = {}
    for *key, period, _ in rows:
        if (*key, period) not in known:
            periods_by_series.setdefault((key[0], key[1], key[2]), []).append(period)
    return {key: tuple(periods) for key, periods in periods_by_series.items()}


_RELEASED = """
SELECT DISTINCT batch_id, period, strftime(released_on, '%Y-%m-%d') AS day
FROM published_outline
JOIN period_release USING (batch_id, source_id, period)
JOIN batch USING (batch_id)
WHERE NOT removed AND ($day IS NULL OR released_on <= $day)
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
        "SELECT DISTINCT batch_id FROM published_outline WHERE list_contains($ids, indicator_id)",
        {"ids": list(indicator_ids)},
    )
    return frozenset(batch_id for (batch_id,) in rows)


def read_newest_periods(ask: AskWith, today: date) -> list[tuple[str, str, str, MeasuredHow, str]]:
    """The newest period of each indicator and source: (indicator, source, period, measured, day).

    `measured` is the figures' way of counting; the day is when the period's figures came, empty
    where only the source's own date is known. Periods that have not begun today are no newest.
    """
    return ask(
        """
        SELECT indicator_id, source_id, period, measured, released
        FROM newest_period JOIN period USING (period)
        WHERE start_date <= $today
        QUALIFY row_number() OVER (
            PARTITION BY indicator_id, source_id ORDER BY end_date DESC, start_date
        ) = 1
        ORDER BY indicator_id, source_id
        """,
        {"today": today},
    )
