"""The municipalities' values that a figure is compared with: their median, and each of them.

Values are percentages counted afresh where counts are known, else as published. The limits of a
source ("mere end 30") are no values.
"""

from collections.abc import Sequence
from typing import Literal

from kpi.domain.figures import Municipal
from kpi.domain.period import Period, parse_period
from kpi.store.plan import AskWith

MunicipalRows = Literal["current_observation", "recent_observation"]


def read_medians(
    ask: AskWith, keys: Sequence[tuple[str, str]], without: str
) -> dict[tuple[str, str], dict[Period, float]]:
    """The median of all municipalities but one, of each (indicator, group) and period.

    Periods in which fewer than three others have a value are left out.
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
        GROUP BY indicator_id, group_id, period
        HAVING count(*) >= 3
        """,
        {
            "indicators": [indicator_id for indicator_id, _ in keys],
            "groups": [group_id for _, group_id in keys],
            "without": without,
        },
    )
    for indicator_id, group_id, period, median in rows:
        medians[indicator_id, group_id][parse_period(period)] = median
    return medians


def read_municipal(
    ask: AskWith, keys: Sequence[tuple[str, str, str]], among: MunicipalRows = "current_observation"
) -> Municipal:
    """The municipalities' values of each (indicator, group, period), by area.

    Keys whose period is the newest of its kind in some area may be asked for in
    `recent_observation`: its rows are a twentieth of all, which takes half the time.
    """
    values: dict[tuple[str, str, str], dict[str, float]] = {key: {} for key in keys}
    if not keys:
        return values
    rows = ask(
        """
        SELECT indicator_id, group_id, period, area_id,
            CASE WHEN kind = 'proportion' AND numerator IS NOT NULL AND denominator > 0
                THEN 100 * numerator / denominator ELSE value END
        FROM query_table($among)
        SEMI JOIN (
            SELECT unnest($indicators::VARCHAR[]) AS indicator_id,
                unnest($groups::VARCHAR[]) AS group_id, unnest($periods::VARCHAR[]) AS period
        ) USING (indicator_id, group_id, period)
        JOIN area USING (area_id)
        JOIN indicator USING (indicator_id)
        WHERE list_contains($indicators::VARCHAR[], indicator_id)
            AND level = 'municipality' AND value IS NOT NULL
            AND status NOT IN ('at_least', 'at_most', 'range')
        """,
        {
            "among": among,
            "indicators": [indicator_id for indicator_id, *_ in keys],
            "groups": [group_id for _, group_id, _ in keys],
            "periods": [period for *_, period in keys],
        },
    )
    for indicator_id, group_id, period, area_id, value in rows:
        values[indicator_id, group_id, period][area_id] = value
    return values
