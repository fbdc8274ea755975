"""The municipalities' values that a figure is compared with: their median, and each of them.

Values are percentages counted afresh where counts are known, else as published. The limits of a
source ("mere end 30") are no values.
"""

from collections.abc import Sequence
from datetime import date

from kpi.domain.figures import Municipal
from kpi.domain.period import Period, parse_period
from kpi.store.plan import AskWith


def read_medians(
    ask: AskWith, keys: Sequence[tuple[str, str]], without: str, day: date
) -> dict[tuple[str, str], dict[Period, float]]:
    """The median of all municipalities but one, of each (indicator, group) and period.

    Periods that have not begun on the day, and those in which fewer than three others have a
    value, are left out.
    """
    medians: dict[tuple[str, str], dict[Period, float]] = {key: {} for key in keys}
    if not keys:
        return medians
    rows = ask(
        """
        SELECT indicator_id, group_id, period,
            median(
                CASE WHEN kind = 'proportion' AND numerator IS NOT NULL AND denominator > 0
                    THEN 100 * numerator / denominator ELSE value END
            ) AS median
        FROM current_observation
        SEMI JOIN (
            SELECT unnest($indicators::VARCHAR[]) AS indicator_id,
                unnest($groups::VARCHAR[]) AS group_id
        ) USING (indicator_id, group_id)
        JOIN area USING (area_id)
        JOIN indicator USING (indicator_id)
        WHERE list_contains($indicators::VARCHAR[], indicator_id)
            AND level = 'municipality' AND area_id <> $without AND value IS NOT NULL
            AND status NOT IN ('at_least', 'at_most', 'range')
            AND period_start <= $day
        GROUP BY indicator_id, group_id, period
        HAVING count(*) >= 3
        """,
        {
            "indicators": [indicator_id for indicator_id, _ in keys],
            "groups": [group_id for _, group_id in keys],
            "without": without,
            "day": day,
        },
    )
    for indicator_id, group_id, period, median in rows:
        medians[indicator_id, group_id][parse_period(period)] = median
    return medians


def read_municipal(ask: AskWith, keys: Sequence[tuple[str, str, str]]) -> Municipal:
    """The municipalities' values of each (indicator, group, period), by area.

    Of a key that any area has among its newest, all rows are in `recent_observation`, which does
    not grow with the periods; only older ones are looked for among all rows.
    """
    values: dict[tuple[str, str, str], dict[str, float]] = {key: {} for key in keys}
    wanted = list(values)
    for among in ("recent_observation", "current_observation"):
        if not wanted:
            break
        read = {
            (indicator_id, group_id, period): {
                area_id: value
                for area_id, value in zip(area_ids, known, strict=True)
                if value is not None
            }
            for indicator_id, group_id, period, area_ids, known in ask(
                _VALUES, {"among": among, **_columns(wanted)}
            )
        }
        values |= read
        wanted = [key for key in wanted if key not in read]
    return values


def _columns(keys: Sequence[tuple[str, str, str]]) -> dict[str, list[str]]:
    return {
        "indicators": [indicator_id for indicator_id, *_ in keys],
        "groups": [group_id for _, group_id, _ in keys],
        "periods": [period for *_, period in keys],
    }


# A row for each key that was found: its areas and their values, of which some are none. As many
# rows as values take half as long again to hand over.
_VALUES = """
SELECT indicator_id, group_id, period, list(area_id),
    list(
        CASE WHEN value IS NOT NULL AND status NOT IN ('at_least', 'at_most', 'range') THEN
            CASE WHEN kind = 'proportion' AND numerator IS NOT NULL AND denominator > 0
                THEN 100 * numerator / denominator ELSE value END
        END
    )
FROM query_table($among)
SEMI JOIN (
    SELECT unnest($indicators::VARCHAR[]) AS indicator_id,
        unnest($groups::VARCHAR[]) AS group_id, unnest($periods::VARCHAR[]) AS period
) USING (indicator_id, group_id, period)
JOIN area USING (area_id)
JOIN indicator USING (indicator_id)
WHERE list_contains($indicators::VARCHAR[], indicator_id) AND level = 'municipality'
GROUP BY ALL
"""
