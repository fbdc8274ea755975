-- Tables of one version file. No keys or indexes: they must hold in DuckLake too; the checks keep them.

CREATE TABLE IF NOT EXISTS theme (
    theme_id VARCHAR, name VARCHAR, short_name VARCHAR, plan_track INTEGER, sort_order INTEGER,
    description VARCHAR
);
CREATE TABLE IF NOT EXISTS indicator (
    indicator_id VARCHAR, theme_id VARCHAR, name VARCHAR, short_name VARCHAR, kind VARCHAR,
    unit VARCHAR, direction VARCHAR, decimals INTEGER, headline BOOLEAN, default_group VARCHAR,
    definition VARCHAR, source_note VARCHAR, benchmark VARCHAR, aliases VARCHAR,
    breaks VARCHAR, retired VARCHAR, numerator_id VARCHAR, denominator_id VARCHAR
);
CREATE TABLE IF NOT EXISTS area (
    area_id VARCHAR, name VARCHAR, level VARCHAR, parent_id VARCHAR, code VARCHAR, aliases VARCHAR,
    valid_from VARCHAR, valid_to VARCHAR, succeeded_by VARCHAR, retired VARCHAR,
    context_of VARCHAR, region_id VARCHAR
);
CREATE TABLE IF NOT EXISTS area_set (set_id VARCHAR, name VARCHAR, area_id VARCHAR);
CREATE TABLE IF NOT EXISTS population_group (
    group_id VARCHAR, name VARCHAR, note VARCHAR, aliases VARCHAR, part_of VARCHAR,
    retired VARCHAR
);
-- The group that another is held against: people of Danish origin for the plan's target groups.
CREATE TABLE IF NOT EXISTS group_reference (group_id VARCHAR, reference_group_id VARCHAR);
CREATE TABLE IF NOT EXISTS source (
    source_id VARCHAR, title VARCHAR, publisher VARCHAR, published VARCHAR, section VARCHAR,
    min_cell INTEGER, frequency VARCHAR, next_release VARCHAR, owner VARCHAR, entered_by VARCHAR,
    entered_at TIMESTAMP
);
-- The day a source published the figures of one period, where it does so period by period.
CREATE TABLE IF NOT EXISTS source_release (source_id VARCHAR, period VARCHAR, published DATE);
-- Where data/ has moved an indicator's figures to: what people entered of the former period went
-- along when the row came in, once.
CREATE TABLE IF NOT EXISTS moved_period (
    indicator_id VARCHAR, former_period VARCHAR, period VARCHAR, measured VARCHAR
);
-- entered_by, entered_at: who added the row beside data/, and when (UTC); NULL for rows of data/.
CREATE TABLE IF NOT EXISTS target (
    target_id VARCHAR, indicator_id VARCHAR, area_id VARCHAR, group_id VARCHAR, period VARCHAR,
    value DOUBLE, state VARCHAR, note VARCHAR, source_id VARCHAR, entered_by VARCHAR,
    entered_at TIMESTAMP
);
CREATE TABLE IF NOT EXISTS remark (
    remark_id VARCHAR, indicator_id VARCHAR, area_id VARCHAR, group_id VARCHAR, period VARCHAR,
    text VARCHAR, source_id VARCHAR, entered_by VARCHAR, entered_at TIMESTAMP
);
CREATE TABLE IF NOT EXISTS comment (
    comment_id VARCHAR, date VARCHAR, author VARCHAR, text VARCHAR, indicator_id VARCHAR,
    area_id VARCHAR, initiative_id VARCHAR, meeting_id VARCHAR, entered_by VARCHAR,
    entered_at TIMESTAMP
);
CREATE TABLE IF NOT EXISTS event (
    event_id VARCHAR, date VARCHAR, precision VARCHAR, area_id VARCHAR, theme_id VARCHAR,
    title VARCHAR, source_id VARCHAR, entered_by VARCHAR, entered_at TIMESTAMP
);
CREATE TABLE IF NOT EXISTS meeting (
    meeting_id VARCHAR, date VARCHAR, body VARCHAR, title VARCHAR, entered_by VARCHAR,
    entered_at TIMESTAMP
);
CREATE TABLE IF NOT EXISTS initiative (
    initiative_id VARCHAR, theme_id VARCHAR, title VARCHAR, responsible VARCHAR, started VARCHAR,
    indicator_ids VARCHAR, entered_by VARCHAR, entered_at TIMESTAMP
);
CREATE TABLE IF NOT EXISTS initiative_status (
    initiative_id VARCHAR, date VARCHAR, state VARCHAR, summary VARCHAR, source_id VARCHAR,
    entered_by VARCHAR, entered_at TIMESTAMP
);
-- recomputed and verdict are the expected answers of the check, kept beside it and never read by it.
CREATE TABLE IF NOT EXISTS claim (
    claim_id VARCHAR, source_id VARCHAR, indicator_id VARCHAR, area_id VARCHAR, group_id VARCHAR,
    period VARCHAR, from_period VARCHAR, kind VARCHAR, reported_value DOUBLE, unit VARCHAR,
    inputs VARCHAR, recomputed DOUBLE, verdict VARCHAR, explanation VARCHAR,
    entered_by VARCHAR, entered_at TIMESTAMP
);
-- What people entered in one go: its rows carry the same entered_at. Rows of an entry that was taken
-- back no longer count, but still stood on the days before.
CREATE TABLE IF NOT EXISTS entry (
    entry_id INTEGER, entered_at TIMESTAMP, entered_by VARCHAR, origin VARCHAR, withdrawn_on DATE,
    withdrawn_by VARCHAR, withdrawn_why VARCHAR
);
-- The structure figures by which municipalities are called similar, and how much each counts.
CREATE TABLE IF NOT EXISTS similar_feature (indicator_id VARCHAR, weight DOUBLE, scale VARCHAR);
-- The theme of a group's figures of an indicator, where it is another one than the indicator's.
CREATE TABLE IF NOT EXISTS group_theme (indicator_id VARCHAR, group_id VARCHAR, theme_id VARCHAR);
-- Where each municipality has its square on the schematic map: columns from the west, rows from the
-- north, both from 0.
CREATE TABLE IF NOT EXISTS area_tile (
    area_id VARCHAR, "column" INTEGER, "row" INTEGER, short VARCHAR
);
CREATE TABLE IF NOT EXISTS abbreviation (abbreviation VARCHAR, meaning VARCHAR);

-- One publication of figures. known_from is the day they became known, published_at (UTC) the
-- moment they entered the store. origin: 'data' (the embedded data set) or 'upload'.
CREATE TABLE IF NOT EXISTS batch (
    batch_id INTEGER, source_id VARCHAR, origin VARCHAR, published_at TIMESTAMP, known_from DATE,
    published_by VARCHAR, original_name VARCHAR, original_sha256 VARCHAR, recipe VARCHAR,
    note VARCHAR, rows_new INTEGER, rows_changed INTEGER, rows_removed INTEGER, rows_reattributed INTEGER, state VARCHAR,
    withdrawn_on DATE, withdrawn_by VARCHAR, withdrawn_why VARCHAR
);

-- The dates behind the period texts, worked out once where periods are understood (kpi/domain/period.py).
CREATE TABLE IF NOT EXISTS period (period VARCHAR, kind VARCHAR, start_date DATE, end_date DATE);
