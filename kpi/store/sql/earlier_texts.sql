-- For an earlier day, when its figures are there: the sources and indicators of the rows that stood
-- (`standing_source`, `standing_indicator`), without what was not known. `known_source` has the sources
-- known by the day: a text that came with a source is known from the day it is.

-- A row without its source would be a row whose small numbers nobody hides.
-- The day of a next release is today's knowledge, the time of the year is not.
CREATE TABLE source AS
SELECT * EXCLUDE (place, is_known, known_date) REPLACE (
    if(is_known, known_date, published) AS published,
    CASE WHEN NOT regexp_matches(next_release, '^\d{4}') THEN next_release END AS next_release
)
FROM (
    SELECT standing.*, known_source.published AS known_date,
        known_source.source_id IS NOT NULL AS is_known
    FROM (SELECT *, row_number() OVER () AS place FROM standing_source) AS standing
    LEFT JOIN known_source USING (source_id)
)
WHERE is_known OR source_id IN (SELECT source_id FROM newest_period)
ORDER BY place;

-- A definition is known with the first figure or target, a note on the sources with the last source
-- of figures: it may tell them apart. Where there are no figures, neither came with any.
CREATE TABLE indicator AS
SELECT * EXCLUDE place REPLACE (
    CASE WHEN NOT indicator_id IN (
        SELECT indicator_id FROM spor.indicator_count
        EXCEPT (SELECT indicator_id FROM indicator_count UNION ALL SELECT indicator_id FROM target)
    ) THEN definition END AS definition,
    CASE WHEN NOT indicator_id IN (
        SELECT indicator_id FROM spor.newest_period
        WHERE source_id NOT IN (SELECT source_id FROM known_source)
    ) THEN source_note END AS source_note
)
FROM (SELECT *, row_number() OVER () AS place FROM standing_indicator)
ORDER BY place;
