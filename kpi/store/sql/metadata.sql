-- Every row that names the figures, as data/ and people have given them; entered_by and entered_at as in
-- the plan's tables. Of each id the row that holds today stands in the table without `_row`, which all
-- questions read (kpi/store/current_metadata.py).
CREATE TABLE IF NOT EXISTS theme_row AS
SELECT *, NULL::VARCHAR AS entered_by, NULL::TIMESTAMP AS entered_at FROM theme;
CREATE TABLE IF NOT EXISTS indicator_row AS
SELECT *, NULL::VARCHAR AS entered_by, NULL::TIMESTAMP AS entered_at FROM indicator;
CREATE TABLE IF NOT EXISTS area_row AS
SELECT *, NULL::VARCHAR AS entered_by, NULL::TIMESTAMP AS entered_at FROM area;
-- Of an area the sets, all of one go; a row without a set: it belongs to none.
CREATE TABLE IF NOT EXISTS area_set_row AS
SELECT *, NULL::VARCHAR AS entered_by, NULL::TIMESTAMP AS entered_at FROM area_set;
CREATE TABLE IF NOT EXISTS population_group_row AS
SELECT *, NULL::VARCHAR AS entered_by, NULL::TIMESTAMP AS entered_at FROM population_group;
-- A row without a reference: the group is held against none.
CREATE TABLE IF NOT EXISTS group_reference_row AS
SELECT *, NULL::VARCHAR AS entered_by, NULL::TIMESTAMP AS entered_at FROM group_reference;
-- An earlier program let a source stand when its entry was taken back: it still does.
CREATE TABLE IF NOT EXISTS source_row AS
SELECT * REPLACE (
    CASE WHEN entered_at NOT IN (SELECT entered_at FROM entry WHERE withdrawn_on IS NOT NULL)
        THEN entered_at END AS entered_at
)
FROM source;

-- The strictest that ever guarded a publication's rows, whatever is said of its source and indicator
-- today: the limit, and the kind that counts persons (kpi/store/strictest.py). lowest_limit: by which
-- a number has been called small, and which people have read.
CREATE TABLE IF NOT EXISTS strictest_limit (
    source_id VARCHAR, batch_id INTEGER, min_cell INTEGER, lowest_limit INTEGER
);
CREATE TABLE IF NOT EXISTS counted_kind (indicator_id VARCHAR, batch_id INTEGER, kind VARCHAR);
-- Where areas have ever lain, and what groups have ever been part of.
CREATE TABLE IF NOT EXISTS ever_within AS
SELECT DISTINCT area_id, level, parent_id FROM area_row;
CREATE TABLE IF NOT EXISTS ever_part_of AS
SELECT DISTINCT group_id, coalesce(part_of, '') AS part_of FROM population_group_row;
