-- Worked out from current_observation, small numbers hidden, once per version, so that no page does it at every question.
-- Added for the indicators of `derived_row`: of all rows, or of what a publication has changed; for an earlier day, in memory.

-- What there is of each series in each period, and of each area: the rows are gone through twice
-- for all that follows.
CREATE OR REPLACE TEMP TABLE of_batch AS
SELECT counted.*, kind AS period_kind, start_date AS period_start, end_date AS period_end,
    start_date > known_from AS is_ahead
FROM (
    SELECT indicator_id, group_id, period, source_id, batch_id, measured, count(*) AS figures,
        count(area.area_id) AS areas,
        count(*) FILTER (area.level = 'municipality') AS municipalities
    FROM derived_row
    LEFT JOIN area USING (area_id)
    GROUP BY ALL
) AS counted
JOIN period USING (period)
JOIN batch USING (batch_id);

CREATE OR REPLACE TEMP TABLE of_period AS
SELECT indicator_id, group_id, period_kind, period, period_end, period_start,
    sum(figures)::BIGINT AS figures, sum(areas)::BIGINT AS areas,
    sum(municipalities)::BIGINT AS municipalities, bool_or(is_ahead) AS is_ahead
FROM of_batch
GROUP BY indicator_id, group_id, period_kind, period, period_end, period_start;

CREATE OR REPLACE TEMP TABLE of_area AS
SELECT indicator_id, area_id, group_id, period_kind, source_id, status, count(*) AS figures
FROM derived_row
GROUP BY ALL;

-- The rows whose indicator, group and period is among the two newest of a kind in any area: all
-- that a page without whole series can ask for. Mostly all areas have the same two. What became
-- known before its period began is beside them: until the day it begins, others are the newest.
-- A table of its own: the optimizer then knows how few they are, and looks for them among the rows
-- instead of the other way round.
CREATE OR REPLACE TEMP TABLE newest_of_series AS
WITH from_newest AS (
    SELECT *, row_number() OVER (
        PARTITION BY indicator_id, group_id, period_kind ORDER BY period_end DESC, period_start
    ) AS place
    FROM of_period
    WHERE NOT is_ahead
),
uneven AS (
    SELECT indicator_id, group_id, period_kind
    FROM from_newest
    JOIN (
        SELECT indicator_id, group_id, period_kind, count(DISTINCT area_id) AS every
        FROM of_area
        GROUP BY indicator_id, group_id, period_kind
    ) USING (indicator_id, group_id, period_kind)
    WHERE place <= 2
    GROUP BY indicator_id, group_id, period_kind
    HAVING min(figures) < max(every)
)
SELECT indicator_id, group_id, period
FROM from_newest
ANTI JOIN uneven USING (indicator_id, group_id, period_kind)
WHERE place <= 2
UNION
SELECT indicator_id, group_id,
    unnest(arg_max(period, (period_end, -epoch(period_start)), 2)) AS period
FROM derived_row
SEMI JOIN uneven USING (indicator_id, group_id, period_kind)
ANTI JOIN (FROM of_period WHERE is_ahead) USING (indicator_id, group_id, period)
GROUP BY indicator_id, area_id, group_id, period_kind
UNION
SELECT indicator_id, group_id, period FROM of_period WHERE is_ahead;

-- As a list the periods are looked for where rows are read, before all else is joined with them.
SET VARIABLE newest_periods = (SELECT list(DISTINCT period) FROM newest_of_series);
INSERT INTO recent_observation
SELECT derived_row.*
FROM derived_row
SEMI JOIN newest_of_series USING (indicator_id, group_id, period)
WHERE list_contains(getvariable('newest_periods'), period)
ORDER BY indicator_id, area_id, period_end, group_id;

-- How far a key reaches over the areas.
INSERT INTO coverage
SELECT indicator_id, group_id, period, period_end, period_start, areas, municipalities
FROM of_period
WHERE areas > 0
ORDER BY indicator_id, group_id, period_end DESC, period_start;

-- How many figures there are, by all that they are counted by.
INSERT INTO figure_count
SELECT indicator_id, area_id, group_id, source_id, status, sum(figures)::BIGINT AS figures
FROM of_area
GROUP BY ALL
ORDER BY ALL;

-- The newest period of each indicator and source, and the day that its figures came: of several
-- files with any of them the first one's. Empty where only the source's own date is known. Those
-- that became known before they began are beside it.
INSERT INTO newest_period
WITH newest AS (
    SELECT indicator_id, source_id, arg_max(period, (period_end, -epoch(period_start))) AS period
    FROM of_batch WHERE NOT is_ahead GROUP BY indicator_id, source_id
    UNION
    SELECT indicator_id, source_id, period FROM of_batch WHERE is_ahead
)
SELECT indicator_id, source_id, period, min(measured::VARCHAR),
    coalesce(strftime(
        min(coalesce(release.published, CASE WHEN origin = 'upload' THEN known_from END)),
        '%Y-%m-%d'
    ), '')
FROM of_batch
SEMI JOIN newest USING (indicator_id, source_id, period)
JOIN batch USING (batch_id)
LEFT JOIN source_release AS release USING (source_id, period)
GROUP BY indicator_id, source_id, period
ORDER BY indicator_id, source_id, period;

-- How many figures an indicator has, and of how many areas.
INSERT INTO indicator_count
SELECT indicator_id, sum(figures)::BIGINT, count(DISTINCT area_id)
FROM of_area
GROUP BY indicator_id
ORDER BY indicator_id;

DROP TABLE of_batch;
DROP TABLE of_period;
DROP TABLE of_area;
DROP TABLE newest_of_series;
