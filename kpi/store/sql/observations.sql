-- Where the figures stand: every row ever published in one place only, so that a million rows are
-- written once.

-- The rows that hold today, as they are shown. decimals: how many the source wrote. is_hidden: the
-- row's number would tell of a few people; the true row stands in hidden_observation, which nobody
-- reads but a publication.
CREATE TABLE IF NOT EXISTS current_observation (
    indicator_id VARCHAR, area_id VARCHAR, group_id VARCHAR, period VARCHAR, period_kind VARCHAR,
    period_start DATE, period_end DATE, value DOUBLE, numerator DOUBLE, denominator DOUBLE,
    status VARCHAR, decimals INTEGER, as_published VARCHAR, note VARCHAR, source_id VARCHAR,
    low DOUBLE, high DOUBLE, measured VARCHAR DEFAULT 'over', batch_id INTEGER, is_hidden BOOLEAN
);
CREATE TABLE IF NOT EXISTS hidden_observation AS FROM current_observation LIMIT 0;

-- Every row ever published whose number is hidden, on all days alike. was_shown: people had read it
-- before it had to be hidden. is_told: it can be worked out from what they had read.
CREATE TABLE IF NOT EXISTS hidden_row AS
SELECT indicator_id, area_id, group_id, period, source_id, batch_id, true AS is_small,
    false AS was_shown, false AS is_told
FROM hidden_observation;
-- The rows that stay hidden whatever holds: they guarded a number beside one that was removed for
-- good (purge), and whoever read that one still knows it.
-- Without a source and of batch 0: whatever comes of that key; of batch -1: keys that the removed
-- file had beside such a guard, which people have read.
CREATE TABLE IF NOT EXISTS stays_hidden (
    indicator_id VARCHAR, area_id VARCHAR, group_id VARCHAR, period VARCHAR, source_id VARCHAR,
    batch_id INTEGER
);
-- Of hidden_row those that are shown as soon as somebody says whom a rate is of.
CREATE TABLE IF NOT EXISTS undeclared_row AS FROM stays_hidden LIMIT 0;
-- The newest publication that people have read.
CREATE TABLE IF NOT EXISTS put_out AS SELECT max(batch_id) AS batch_id FROM batch;

-- The rows that do not hold: replaced, withdrawn or taken out. removed: the source's row of this key
-- no longer holds (it was taken out of data/); it hides older rows of the same source.
CREATE TABLE IF NOT EXISTS past_observation (
    indicator_id VARCHAR, area_id VARCHAR, group_id VARCHAR, period VARCHAR, value DOUBLE,
    numerator DOUBLE, denominator DOUBLE, status VARCHAR, decimals INTEGER, as_published VARCHAR,
    note VARCHAR, source_id VARCHAR, low DOUBLE, high DOUBLE, measured VARCHAR DEFAULT 'over', batch_id INTEGER,
    removed BOOLEAN
);

-- Every row ever published, as it was published.
CREATE OR REPLACE VIEW observation AS
SELECT indicator_id, area_id, group_id, period, value, numerator, denominator, status, decimals,
    as_published, note, source_id, low, high, measured, batch_id, removed
FROM past_observation
UNION ALL
SELECT indicator_id, area_id, group_id, period, value, numerator, denominator, status, decimals,
    as_published, note, source_id, low, high, measured, batch_id, false AS removed
FROM current_observation
WHERE NOT is_hidden
UNION ALL
SELECT indicator_id, area_id, group_id, period, value, numerator, denominator, status, decimals,
    as_published, note, source_id, low, high, measured, batch_id, false AS removed
FROM hidden_observation;
