-- For an earlier day (the variable `day`), from the version attached as `spor`: the tables under the
-- names that every question uses, holding only what was known by its end. `known_source` has the
-- sources known by then: a text that came with a source is known from the day it is.

-- What else names and orders the figures came with no source.
CREATE VIEW abbreviation AS FROM spor.abbreviation;
CREATE VIEW period AS FROM spor.period;
CREATE VIEW source_release AS FROM spor.source_release;

-- Later meetings are kept as days to look ahead to; what they were about nobody knew.
CREATE TABLE meeting AS
SELECT * REPLACE (CASE WHEN date <= getvariable('day')::VARCHAR THEN title END AS title)
FROM spor.meeting;

-- What cites a source is there already (kpi/store/earlier.py). Of what people entered, and took back,
-- the readers know the day themselves.
CREATE VIEW initiative AS FROM spor.initiative;

-- A publication that was taken back later still counted, and nobody knew why it would be; one that
-- was removed for good is removed on every day. One whose
-- figures were released period by period is known from the first of them.
CREATE VIEW observation AS FROM spor.observation;
CREATE VIEW hidden_row AS FROM spor.hidden_row;
CREATE TABLE batch AS
SELECT * REPLACE (
    CASE WHEN withdrawn_on > getvariable('day') AND state <> 'purged' THEN 'published' ELSE state END
        AS state,
    CASE WHEN withdrawn_on <= getvariable('day') OR state = 'purged' THEN withdrawn_on END
        AS withdrawn_on,
    CASE WHEN withdrawn_on <= getvariable('day') OR state = 'purged' THEN withdrawn_by END
        AS withdrawn_by,
    CASE WHEN withdrawn_on <= getvariable('day') OR state = 'purged' THEN withdrawn_why END
        AS withdrawn_why
)
FROM spor.batch
WHERE known_from <= getvariable('day')
    OR origin = 'data' AND batch_id IN (
        SELECT batch_id FROM spor.observation
        JOIN spor.source_release USING (source_id, period)
        WHERE published <= getvariable('day')
    );
CREATE TABLE current_observation AS FROM spor.observation_as_of(getvariable('day'));

-- A row without its source would be a row whose small numbers nobody hides.
-- The day of a next release is today's knowledge, the time of the year is not.
DELETE FROM source
WHERE source_id NOT IN (SELECT source_id FROM known_source)
    AND source_id NOT IN (SELECT source_id FROM current_observation);
UPDATE source SET published = known_source.published
FROM known_source WHERE known_source.source_id = source.source_id;
UPDATE source SET next_release = NULL WHERE regexp_matches(next_release, '^\d{4}');

-- A definition is known with the first figure or target, a note on the sources with the last source
-- of figures: it may tell them apart. Where there are no figures, neither came with any.
CREATE TEMP TABLE later AS
SELECT indicator_id FROM spor.figure_count
EXCEPT (SELECT indicator_id FROM current_observation UNION ALL SELECT indicator_id FROM target);
CREATE TEMP TABLE of_later_source AS
SELECT DISTINCT indicator_id FROM spor.figure_count
WHERE source_id NOT IN (SELECT source_id FROM known_source);
UPDATE indicator SET definition = NULL WHERE indicator_id IN (SELECT indicator_id FROM later);
UPDATE indicator SET source_note = NULL
WHERE indicator_id IN (SELECT indicator_id FROM of_later_source);
DROP TABLE later;
DROP TABLE of_later_source;
