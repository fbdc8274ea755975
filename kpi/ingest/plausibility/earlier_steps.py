"""Single areas that moved in an earlier period as their own series never had, and no others did.

A long series is published at once, and where one area was counted in a new way years ago the jump
is as much a wrong number as one in the newest period (own_steps.py). It is the same rule, asked of
each period as if it were the newest one, and only where other areas show that they stood.
"""

import duckdb

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.period import parse_period
from kpi.domain.period_words import since_when
from kpi.domain.series_break import is_across
from kpi.ingest.checks.faults import shown
from kpi.ingest.checks.problem_limit import MOST_OF_A_CODE, and_more
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.plausibility.own_steps import HINT, STEP_LIMITS, change_words, step_words
from kpi.ingest.table.raw import RawTable


def earlier_steps(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> list[Problem]:
    """A warning at each figure of an earlier period, new in the file, that moved so by itself.

    Those that `changed` has are reported already. Expects `newest_figure` and `earlier_figure`
    (newest.py).
    """
    limits = {"most_rows": MOST_OF_A_CODE, **STEP_LIMITS}
    if connection.execute(_ANY_LONG, {"steps": limits["steps"]}).fetchone() is None:
        return []
    indicators, areas = list(catalog.indicators.values()), list(catalog.areas.values())
    problems = []
    rows = connection.execute(_STEPS, limits).fetchall()
    for number, area, period, before, value, earlier, most, line, text, _ in rows:
        indicator = indicators[number]
        if is_across(parse_period(period), parse_period(before), indicator):
            continue
        since = since_when(parse_period(before), indicator, catalog)
        problems.append(
            Problem(
                "big_change", "", line, plan.name_of("value", table), shown(text),
                f"Stor ændring for {areas[area].name}: {change_words(earlier, value, indicator)} "
                f"{since}, og mellem perioderne før højst {step_words(most, indicator)}. De andre "
                "områder flyttede sig ikke sådan.",
                HINT, weight=abs(value - earlier) / earlier,
            )
        )  # fmt: skip
    return and_more(problems, rows[0][-1] if rows else 0)


_ANY_LONG = """
SELECT 1 FROM earlier_figure GROUP BY record HAVING count(*) > $steps + 1 LIMIT 1
"""
_STEPS = """
WITH figure AS (
    SELECT newest_figure.record AS series, indicator, population_group, area, level,
        earlier_figure.period, period_end, earlier_figure.earlier AS value
    FROM earlier_figure
    JOIN newest_figure USING (record)
    WHERE earlier_figure.earlier > 0
),
step AS (
    SELECT figure.*, kind, lag(value) OVER series AS before,
        lag(figure.period) OVER series AS period_before,
        if(kind = 'proportion', value - before, ln(value / before)) AS moved
    FROM figure
    JOIN known_indicator ON known_indicator.number = indicator
    WINDOW series AS (PARTITION BY series ORDER BY period_end)
),
common AS (
    SELECT indicator, population_group, level, period, count(moved) AS areas,
        median(moved) AS shift
    FROM step
    GROUP BY indicator, population_group, level, period
),
usual AS (
    SELECT indicator, population_group, level, period, any_value(shift) AS shift,
        quantile_cont(abs(moved - shift), 0.75) AS others
    FROM step
    JOIN common USING (indicator, population_group, level, period)
    WHERE areas >= $areas
    GROUP BY indicator, population_group, level, period
),
-- Only where one moved far beside the others what its series ever moved is asked.
beside AS (
    SELECT step.*, least(abs(moved - shift), abs(moved)) AS own
    FROM step
    JOIN usual USING (indicator, population_group, level, period)
    WHERE own > $others * others AND own > if(kind = 'proportion', $points, $least)
        AND (kind <> 'count' OR (least(value, before) >= $least_count
            AND own > $errors / sqrt(least(value, before))))
),
beyond AS (
    SELECT series, step.period, period_end,
        if(kind = 'proportion' AND areas >= $areas, abs(moved - shift), abs(moved)) AS beyond
    FROM step
    JOIN common USING (indicator, population_group, level, period)
    SEMI JOIN beside USING (series)
),
judged AS (
    SELECT series, period, max(beyond) OVER earlier AS most, count(beyond) OVER earlier AS steps
    FROM beyond
    WINDOW earlier AS (
        PARTITION BY series ORDER BY period_end ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    )
),
far AS (
    FROM beside
    JOIN judged USING (series, period)
    WHERE steps >= $steps AND own > $times * most
)
SELECT far.indicator, far.area, far.period, period_before, far.value, far.before, most,
    unconfirmed.line, unconfirmed.text, count(*) OVER () AS total
FROM far
JOIN known_period ON known_period.id = far.period
JOIN valid ON valid.indicator = far.indicator AND valid.area = far.area
    AND valid.population_group = far.population_group AND valid.period = known_period.number
JOIN unconfirmed ON unconfirmed.record = valid.record
JOIN known_indicator ON known_indicator.number = far.indicator
JOIN known_group ON known_group.number = far.population_group
JOIN known_area ON known_area.number = far.area
-- What is published so is not asked about again.
ANTI JOIN spor.current_observation AS now ON now.indicator_id = known_indicator.id
    AND now.group_id = known_group.id AND now.area_id = known_area.id
    AND now.period = far.period AND now.value = far.value
ANTI JOIN changed ON changed.record = valid.record AND changed.indicator = valid.indicator
ORDER BY own / greatest(most, 1e-9) DESC, valid.record
LIMIT $most_rows
"""
