"""Every value of a file compared with the nearest known figure of its own series.

Known is the published figure of the same key; else the period before, in the file or published;
else the newest earlier period of the same kind, however long ago, or the first later one that is
published: in a gap the nearer of them. None of them is on the other side of a break in the series.
A limit is no value to be far from, and neither is 0: what comes after it is compared with the
newest figure that is not 0, and reported only if far off.
"""

import duckdb

from kpi.domain.catalog import Catalog
from kpi.domain.plausibility import CONFIRMED
from kpi.ingest.plausibility.sides import make_sides


def compare(connection: duckdb.DuckDBPyConnection, catalog: Catalog) -> None:
    """Makes `changed`, `beside_far`, `noted`, `share_of_period`, `confirmed_note`, `unconfirmed`.

    `changed` has a row for each exact value that is far from the known one: record, indicator,
    population_group, area, period, value, `earlier` and their `ratio`, `is_known` (`earlier` is
    published), `beside` (its period; NULL: the published figure of the same key) and `until` (how
    many days later that period ends; NULL where it is not later). `beside_far` are the values
    beside a period that is not the one before; `noted` those and the changed ones, and `earlier` is
    NULL there where nothing is near.

    `share_of_period` is a row for each indicator, group and period: how many values, the lowest and
    highest, how many equal the period before, how many are compared with the period before or the
    same one, and with a published figure of them. A figure of 0 is compared with none. Two more
    count the whole figures and the whole tens. `side_of_file` are the indicators with breaks and
    the sides of them that the file has figures on.

    `confirmed_note` are the spellings of notes that say that a person has checked the value;
    `unconfirmed` is a row for each record without one: record, line, text of its value.
    """
    make_sides(connection, catalog)
    connection.execute(_CONFIRMED_NOTE, {"confirmed": CONFIRMED})
    own, half = _own_period_before(connection)
    connection.execute(_SHARE_OF_PERIOD.format(own=own), half)
    for sql in (_UNCONFIRMED, _SIDE_OF_FILE, _NOTED, _ALIKE, _LONELY):
        connection.execute(sql)
    is_beside_far = connection.table("lonely").limit(1).fetchone() is not None
    if is_beside_far:
        connection.execute(_HISTORY)
        is_beside_far = connection.table("history").limit(1).fetchone() is not None
    connection.execute(_BESIDE_FAR if is_beside_far else _NONE_BESIDE_FAR)
    connection.execute(_CHANGED)


def _own_period_before(connection: duckdb.DuckDBPyConnection) -> tuple[str, dict[str, int]]:
    """How each row's period before is found in the file itself: by how the file lies.

    Of many rows, each series of which lies together, it is mostly the row before: to see that takes
    less than a table of all keys does. Only the others are looked up. With the last record of the
    file's first half, where that is asked for.
    """
    if connection.table("valid").limit(1, _MANY).fetchone() is None:
        return _OWN_BY_KEY, {}
    (last,) = connection.execute("SELECT max(record) FROM valid").fetchone() or (0,)
    half = {"half": last // 2}
    connection.execute(_NOT_BESIDE, half)
    is_beside = connection.table("not_beside").limit(1, _MANY // 2).fetchone() is None
    return (_OWN_BESIDE, half) if is_beside else (_OWN_BY_KEY, {})


def has_first_figures(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether a value has no known one to compare it with, near or far."""
    return connection.execute(_FIRST_FIGURE).fetchone() is not None


_CONFIRMED_NOTE = """
CREATE TABLE confirmed_note AS
SELECT spelling FROM spelled_note WHERE starts_with(lower(trim(text)), lower($confirmed))
"""

_UNCONFIRMED = """
CREATE VIEW unconfirmed AS
SELECT candidate.record, candidate.line, spelled_value.text
FROM candidate
JOIN spelled_value ON spelled_value.spelling = candidate.value
ANTI JOIN confirmed_note ON confirmed_note.spelling = candidate.note
"""

# Fewer rows are joined in less time than it takes to ask how they lie.
_MANY = 100_000
# Of none across a break. As a condition of the joins it would make them compare all with all.
_WITH_BEFORE = """
    SELECT record, indicator, population_group, area, valid.period, value, status, kind, before,
        key, if(parted_step.number IS NULL, key - period + before, NULL) AS key_before
    FROM valid
    LEFT JOIN parted_step
        ON parted_step.number = valid.indicator AND parted_step.of_period = valid.period
"""
_OWN_BY_KEY = f"""
    SELECT valid.*, own_before.value AS own
    FROM ({_WITH_BEFORE}) AS valid
    LEFT JOIN valid AS own_before ON own_before.key = valid.key_before
        AND own_before.status NOT IN ('at_least', 'at_most')
"""  # noqa: S608
# Beside the row before, whichever it is: one thread goes through rows in their order, so each half
# has its own.
_PARTED = f"""
    SELECT *, lag(key) OVER () AS key_beside,
        lag(if(status IN ('at_least', 'at_most'), NULL, value)) OVER () AS value_beside
    FROM ({_WITH_BEFORE} WHERE record <= $half)
    UNION ALL
    SELECT *, lag(key) OVER (),
        lag(if(status IN ('at_least', 'at_most'), NULL, value)) OVER ()
    FROM ({_WITH_BEFORE} WHERE record > $half)
"""  # noqa: S608
_NOT_BESIDE = f"""
CREATE TABLE not_beside AS
SELECT record, key_before FROM ({_PARTED})
WHERE key_before IS NOT NULL AND key_before IS DISTINCT FROM key_beside
"""  # noqa: S608
_OWN_BESIDE = f"""
    SELECT row.* EXCLUDE (key_beside, value_beside),
        coalesce(if(key_beside = row.key_before, value_beside, NULL), looked_up.value) AS own
    FROM ({_PARTED}) AS row
    LEFT JOIN (
        SELECT not_beside.record, valid.value
        FROM not_beside
        JOIN valid ON valid.key = not_beside.key_before
        WHERE valid.status NOT IN ('at_least', 'at_most')
    ) AS looked_up USING (record)
"""  # noqa: S608

# Of a million rows only the noted ones are kept: a copy would cost more than the comparison.
_SHARE_OF_PERIOD = """
CREATE TABLE share_of_period AS
WITH exact_published AS (
    FROM published WHERE status NOT IN ('at_least', 'at_most') AND value IS NOT NULL
),
with_own AS ({own}),
near AS (
    SELECT valid.record, valid.indicator, valid.population_group, valid.area, valid.period,
        valid.value, coalesce(published.value, own, published_before.value) AS earlier,
        CASE WHEN published.value IS NULL THEN valid.before END AS before,
        published.value IS NOT NULL OR own IS NULL AS is_known,
        earlier <> 0 AND (
            abs(valid.value - earlier) > 0.5 * abs(earlier)
            OR valid.kind = 'proportion' AND abs(valid.value - earlier) > 5
        ) AS is_changed
    FROM with_own AS valid
    LEFT JOIN exact_published AS published ON published.key = valid.key
    LEFT JOIN exact_published AS published_before ON published_before.key = valid.key_before
    WHERE valid.value IS NOT NULL AND valid.status NOT IN ('at_least', 'at_most')
)
SELECT indicator, population_group, period, count(*) AS values_count, min(value) AS lowest,
    max(value) AS highest,
    -- A filter of each would copy the rows it lets through.
    count(CASE WHEN value = earlier AND before IS NOT NULL THEN 1 END) AS equal_count,
    count(CASE WHEN earlier <> 0 AND value <> 0 THEN 1 END) AS compared_count,
    count(CASE WHEN earlier <> 0 AND value <> 0 AND is_known THEN 1 END) AS known_count,
    count(CASE WHEN value = floor(value) THEN 1 END) AS whole_count,
    count(CASE WHEN value = 10 * floor(value / 10) THEN 1 END) AS tens_count,
    list({{
        'record': record, 'area': area, 'value': value, 'earlier': earlier, 'before': before,
        'is_known': is_known
    }}) FILTER (is_changed OR earlier IS NULL OR (earlier = 0 AND value <> 0)) AS noted
FROM near
GROUP BY indicator, population_group, period
"""

_SIDE_OF_FILE = """
CREATE TABLE side_of_file AS
SELECT DISTINCT indicator, side
FROM share_of_period
JOIN known_period ON known_period.number = share_of_period.period
JOIN series_side
    ON series_side.number = share_of_period.indicator AND series_side.of_period = known_period.id
"""

_NOTED = """
CREATE TABLE noted AS
SELECT indicator, population_group, period, unnest(noted, recursive := true) FROM share_of_period
"""

# Which periods may be compared: of one kind; to date in the same month; other stretches if they are
# about as long.
_ALIKE = """
CREATE MACRO alike_as(kind, start_date, end_date) AS CASE kind
    WHEN 'year_to_date' THEN kind || month(end_date)
    WHEN 'range' THEN kind || round(date_diff('day', start_date, end_date) / 30.4)
    ELSE kind
END
"""

_LONELY = """
CREATE TABLE lonely AS
SELECT record, indicator, population_group, area, period, value, end_date,
    alike_as(known_period.kind, start_date, end_date) AS period_kind, side,
    earlier IS NOT NULL AS is_after_zero
FROM noted
JOIN known_period ON known_period.number = noted.period
LEFT JOIN series_side
    ON series_side.number = noted.indicator AND series_side.of_period = known_period.id
WHERE earlier IS NULL OR earlier = 0
"""

# What the lonely values' series have in other periods. In the file only a series with a gap can
# have more than its first value lonely.
_HISTORY = """
CREATE TABLE history AS
WITH series AS (
    SELECT indicator, population_group, area, period_kind, side, count(*) AS times
    FROM lonely
    GROUP BY indicator, population_group, area, period_kind, side
),
own AS (
    SELECT near.indicator, near.population_group, near.area, series.period_kind, series.side,
        known_period.id AS period, end_date, value, false AS is_known
    FROM valid AS near
    JOIN known_period ON known_period.number = near.period
    JOIN series ON series.indicator = near.indicator
        AND series.population_group = near.population_group
        AND series.area = near.area
        AND series.period_kind = alike_as(known_period.kind, start_date, end_date)
    LEFT JOIN series_side
        ON series_side.number = near.indicator AND series_side.of_period = known_period.id
    WHERE series.side IS NOT DISTINCT FROM series_side.side
        AND series.times > 1 AND value <> 0 AND status NOT IN ('at_least', 'at_most')
),
before AS (
    SELECT series.indicator, series.population_group, series.area, series.period_kind, series.side,
        now.period, now.period_end AS end_date, now.value, true AS is_known
    FROM series
    JOIN known_indicator ON known_indicator.number = series.indicator
    JOIN known_group ON known_group.number = series.population_group
    JOIN known_area ON known_area.number = series.area
    JOIN spor.current_observation AS now ON now.indicator_id = known_indicator.id
        AND now.group_id = known_group.id AND now.area_id = known_area.id
        AND alike_as(now.period_kind, now.period_start, now.period_end) = series.period_kind
    LEFT JOIN series_side
        ON series_side.number = series.indicator AND series_side.of_period = now.period
    WHERE series.side IS NOT DISTINCT FROM series_side.side
        AND now.value <> 0 AND now.status NOT IN ('at_least', 'at_most')
)
FROM own
UNION ALL
FROM before ANTI JOIN own USING (indicator, population_group, area, period_kind, period)
"""

# Of later periods only published ones: the file's own are themselves compared with this value.
_BESIDE_FAR = """
CREATE TABLE beside_far AS
WITH nearest AS (
    SELECT lonely.*, date_diff('day', earlier.end_date, lonely.end_date) AS since,
        date_diff('day', lonely.end_date, later.end_date) AS until,
        since IS NOT NULL AND coalesce(since <= until, true) AS looks_back,
        if(looks_back, earlier.value, later.value) AS earlier,
        if(looks_back, earlier.period, later.period) AS far,
        if(looks_back, NULL, until) AS days_until,
        if(looks_back, earlier.is_known, later.is_known) AS is_known
    FROM lonely
    ASOF LEFT JOIN history AS earlier ON earlier.indicator = lonely.indicator
        AND earlier.population_group = lonely.population_group AND earlier.area = lonely.area
        AND earlier.period_kind = lonely.period_kind
        AND coalesce(earlier.side, '') = coalesce(lonely.side, '')
        AND earlier.end_date < lonely.end_date
    ASOF LEFT JOIN (FROM history WHERE is_known) AS later ON later.indicator = lonely.indicator
        AND later.population_group = lonely.population_group AND later.area = lonely.area
        AND later.period_kind = lonely.period_kind
        AND coalesce(later.side, '') = coalesce(lonely.side, '')
        AND later.end_date > lonely.end_date
)
SELECT record, indicator, population_group, area, period, value, earlier, far, days_until AS until,
    is_known, is_after_zero
FROM nearest
WHERE earlier IS NOT NULL
"""

_NONE_BESIDE_FAR = """
CREATE TABLE beside_far (
    record INTEGER, indicator INTEGER, population_group INTEGER, area INTEGER, period INTEGER,
    value DOUBLE, earlier DOUBLE, far VARCHAR, until BIGINT, is_known BOOLEAN, is_after_zero BOOLEAN
)
"""

_FIRST_FIGURE = """
SELECT 1 FROM noted ANTI JOIN beside_far USING (record) WHERE earlier IS NULL LIMIT 1
"""

_CHANGED = """
CREATE TABLE changed AS
WITH compared AS (
    SELECT record, noted.indicator, population_group, area, noted.period, value, earlier, is_known,
        known_period.id AS beside, NULL AS until, false AS is_after_zero
    FROM noted
    LEFT JOIN known_period ON known_period.number = noted.before
    WHERE earlier IS NOT NULL
    UNION ALL
    SELECT record, indicator, population_group, area, period, value, earlier, is_known, far, until,
        is_after_zero
    FROM beside_far
)
SELECT compared.* EXCLUDE (is_after_zero), value / earlier AS ratio
FROM compared
JOIN known_indicator ON known_indicator.number = compared.indicator
WHERE earlier <> 0 AND (
    abs(value - earlier) > 0.5 * abs(earlier) OR (kind = 'proportion' AND abs(value - earlier) > 5)
) AND (NOT is_after_zero OR value / earlier NOT BETWEEN 0.2 AND 5)
"""
