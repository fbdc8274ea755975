-- For an earlier day, from the version attached as `spor`: what stands beside the figures under the
-- names that every question uses. The figures, and the texts that came with them, are made in
-- kpi/store/earlier.py, which puts the day in the place of `getvariable('day')`: a view outlives its
-- connection's variables.

-- What else names and orders the figures came with no source. Which indicators are counted by school
-- year is the same on any day.
CREATE VIEW abbreviation AS FROM spor.abbreviation;
CREATE VIEW area_tile AS FROM spor.area_tile;
CREATE VIEW group_theme AS FROM spor.group_theme;
CREATE VIEW similar_feature AS FROM spor.similar_feature;
CREATE VIEW period AS FROM spor.period;
CREATE VIEW source_release AS FROM spor.source_release;
CREATE VIEW period_release AS FROM spor.period_release;
CREATE VIEW school_figure AS FROM spor.school_figure;

-- Later meetings are kept as days to look ahead to; what they were about nobody knew.
CREATE VIEW meeting AS
SELECT * REPLACE (CASE WHEN date <= getvariable('day')::VARCHAR THEN title END AS title)
FROM spor.meeting;

-- Of what people entered, and took back, the readers know the day themselves.
CREATE VIEW entry AS FROM spor.entry;
CREATE VIEW initiative AS FROM spor.initiative;
CREATE VIEW comment AS FROM spor.comment;
CREATE VIEW theme_row AS FROM spor.theme_row;
CREATE VIEW indicator_row AS FROM spor.indicator_row;
CREATE VIEW area_row AS FROM spor.area_row;
CREATE VIEW population_group_row AS FROM spor.population_group_row;
CREATE VIEW source_row AS FROM spor.source_row;

-- A publication that was taken back later still counted, and nobody knew why it would be; one that
-- was removed for good is removed on every day. One whose
-- figures were released period by period is known from the first of them.
CREATE VIEW derived_by AS FROM spor.derived_by;
CREATE VIEW observation AS FROM spor.observation;
-- What holds today may be what had been replaced on the day: a later file was withdrawn since.
CREATE VIEW past_observation AS FROM spor.observation;
CREATE VIEW published_outline AS FROM spor.published_outline;
CREATE VIEW hidden_row AS FROM spor.hidden_row;
CREATE TABLE released_batch AS
SELECT DISTINCT batch_id
FROM spor.published_outline
JOIN spor.period_release USING (batch_id, source_id, period)
JOIN spor.batch USING (batch_id)
WHERE released_on <= getvariable('day') AND known_from > getvariable('day');
CREATE VIEW batch AS
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
WHERE known_from <= getvariable('day') OR batch_id IN (SELECT batch_id FROM released_batch);
