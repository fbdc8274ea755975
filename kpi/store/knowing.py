"""Which figures were known by a day, without putting the whole day together."""

from collections.abc import Sequence
from datetime import date

from kpi.model import Observation
from kpi.store.plan import AskWith

_KNOWN = """
WITH wanted AS (
    SELECT unnest($indicators::VARCHAR[]) AS indicator_id, unnest($areas::VARCHAR[]) AS area_id,
        unnest($groups::VARCHAR[]) AS group_id, unnest($periods::VARCHAR[]) AS period
), told AS (
    SELECT indicator_id, area_id, group_id, observation.period, removed
    FROM observation
    SEMI JOIN wanted USING (indicator_id, area_id, group_id, period)
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
SELECT DISTINCT indicator_id, area_id, group_id, period FROM told WHERE NOT removed
"""


def read_known(ask: AskWith, day: date, rows: Sequence[Observation]) -> list[bool]:
    """Whether each figure was known by the end of a day: as as_of.sql counts, of these alone."""
    keys = [(one.indicator_id, one.area_id, one.group_id, one.period.text) for one in rows]
    indicators, areas, groups, periods = ([key[place] for key in keys] for place in range(4))
    found = set(
        ask(
            _KNOWN,
            {
                "indicators": indicators, "areas": areas, "groups": groups, "periods": periods,
                "day": day,
            },
        )
    )  # fmt: skip
    return [key in found for key in keys]


def read_batches_about(ask: AskWith, indicator_ids: Sequence[str]) -> frozenset[int]:
    """The publications that hold rows of the indicators."""
    rows = ask(
        "SELECT DISTINCT batch_id FROM observation WHERE list_contains($ids, indicator_id)",
        {"ids": list(indicator_ids)},
    )
    return frozenset(batch_id for (batch_id,) in rows)
