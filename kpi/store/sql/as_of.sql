-- The day on which a source released a period, for each publication of data/ that has it: the figures
-- are known from that day. An upload is known from when it came, whatever its source released when.
CREATE OR REPLACE VIEW period_release AS
SELECT batch.batch_id, source_release.source_id, source_release.period,
    source_release.published AS released_on
FROM batch CROSS JOIN source_release
WHERE batch.origin = 'data';

-- Of all rows ever published (or of those of another table), the ones that hold on a day (NULL:
-- today). What was withdrawn later still stood on that day. Of one source's rows on a key the last
-- published holds; of several sources the one that became known last, however late it entered the
-- store. A figure is known from its publication, or from the day its source released its period where
-- that is reported.
CREATE OR REPLACE MACRO observation_as_of(day, rows := 'observation') AS TABLE
WITH known AS (
    SELECT published_row.*, coalesce(released_on, batch.known_from) AS known_from
    FROM query_table(rows) AS published_row
    LEFT JOIN period_release USING (batch_id, source_id, period)
    JOIN batch USING (batch_id)
    WHERE (batch.state = 'published' OR batch.withdrawn_on > day)
        AND (day IS NULL OR coalesce(released_on, batch.known_from) <= day)
),
newest_of_source AS (
    SELECT *
    FROM known
    QUALIFY row_number() OVER (
        PARTITION BY indicator_id, area_id, group_id, period, source_id ORDER BY batch_id DESC
    ) = 1
),
newest AS (
    SELECT *
    FROM newest_of_source
    WHERE NOT removed
    QUALIFY row_number() OVER (
        PARTITION BY indicator_id, area_id, group_id, period
        ORDER BY known_from DESC, batch_id DESC
    ) = 1
)
SELECT
    newest.indicator_id, newest.area_id, newest.group_id, newest.period,
    period.kind AS period_kind, period.start_date AS period_start, period.end_date AS period_end,
    newest.value, newest.numerator, newest.denominator, newest.status, newest.decimals,
    newest.as_published, newest.note, newest.source_id, newest.low, newest.high, newest.measured,
    newest.batch_id, false AS is_hidden
FROM newest
JOIN period USING (period)
ORDER BY newest.indicator_id, newest.area_id, period.end_date, newest.group_id;
