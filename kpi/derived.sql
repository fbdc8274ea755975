-- Worked out from current_observation, small numbers hidden, once per version, so that no page does it at every question.
-- Made anew at each publishing; for an earlier day, in memory.

-- The rows whose indicator, group and period is among the two newest of a kind in any area: all
-- that a page without whole series can ask for.
CREATE OR REPLACE TABLE recent_observation AS
WITH newest AS (
    SELECT DISTINCT indicator_id, group_id,
        unnest(arg_max(period, (period_end, -epoch(period_start)), 2)) AS period
    FROM current_observation
    GROUP BY indicator_id, area_id, group_id, period_kind
)
SELECT current_observation.*
FROM current_observation
SEMI JOIN newest USING (indicator_id, group_id, period)
ORDER BY indicator_id, area_id, period_end, group_id;

-- How far a key reaches over the areas.
CREATE OR REPLACE TABLE coverage AS
SELECT indicator_id, group_id, period, period_end, period_start,
    count(*) AS areas,
    count(*) FILTER (area.level = 'municipality') AS municipalities
FROM current_observation
JOIN area USING (area_id)
GROUP BY indicator_id, group_id, period, period_end, period_start
ORDER BY indicator_id, group_id, period_end DESC, period_start;

-- How many figures there are, by all that they are counted by.
CREATE OR REPLACE TABLE figure_count AS
SELECT indicator_id, area_id, group_id, source_id, status, count(*) AS figures
FROM current_observation
GROUP BY ALL
ORDER BY ALL;

-- Indicators that are ever counted by school year: their half-years are spring and autumn, on any
-- day that is asked about.
CREATE OR REPLACE TABLE school_figure AS
SELECT DISTINCT indicator_id
FROM observation
JOIN period USING (period)
WHERE period.kind = 'school_year'
ORDER BY indicator_id;
