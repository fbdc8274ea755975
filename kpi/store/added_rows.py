"""The rows that a checked file adds, as they are written: ids for numbers, in their order."""

import duckdb
import numpy as np

from kpi.domain.plausibility import CONFIRMED
from kpi.ingest.kept_decimals import KEPT_DECIMALS
from kpi.store.kept_rows import SAYS_NUMBER

# Fewer rows are sorted in no time, and lie in one piece of the table anyway.
MANY = 100_000

# How a source calls a number that it hides, in the place of the number: kept, as it says which the
# number can be. Hidden or not, `<5` and `under 5` say the same.
_SAYS_FEW = r"""
CREATE OR REPLACE TEMP MACRO says_few(words) AS
    regexp_matches(words, '(?i)^(<|(under|færre end|mindre end|below|less than|fewer than) )')
"""


def find_added(connection: duckdb.DuckDBPyConnection, moved: int, reattributed: int) -> None:
    """Makes the temporary views `added`, `replaced_row` and `added_period` for `insert_batch`.

    Of many rows also `added_by_number`: their figures, as figures_by_number.py reads them.
    Expects what a check has left in `memory`; `moved` is how many rows are new or changed,
    `reattributed` how many of those keep their figure under another source.
    """
    is_in_order = moved > MANY and _lie_together(connection)
    stays_any = connection.execute(_STAYS_ANY).fetchone() == (True,)
    # A large file's rows are written by a connection of their own, which has no macros yet.
    connection.execute(KEPT_DECIMALS)
    connection.execute(_SOME_MOVED if stays_any else _ALL_MOVED)
    # To plan what follows takes longer than most publications have, so it is not asked of none.
    if reattributed:
        connection.execute(_KEPT_NOTE, {"confirmed": CONFIRMED.casefold()})
    else:
        connection.execute(_NO_KEPT_NOTE)
    connection.execute(SAYS_NUMBER)
    connection.execute(_SAYS_FEW)
    is_any_remark = moved > MANY or connection.execute(_IS_ANY_REMARK).fetchone() == (True,)
    connection.execute(_REMARK if is_any_remark else _NO_REMARK)
    connection.execute(_ADDED.format(order="" if is_in_order else _SORTED))
    if moved > MANY:
        connection.execute(_BY_NUMBER)
    has_new_periods = all(
        connection.execute(asked).fetchone() == (True,) for asked in _HAS_NEW_PERIODS
    )
    connection.execute(_ADDED_PERIODS if has_new_periods else _NO_ADDED_PERIODS)


def _lie_together(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the rows of an indicator and area nearly all follow each other as they were read.

    They are written so then, as sorting takes long. The first of many rows say it for all: by
    their number, as finding the first of a million takes longer than reading them.
    """
    places = connection.execute(
        "SELECT indicator, area FROM memory.valid WHERE record <= $most ORDER BY record",
        {"most": MANY},
    ).fetchnumpy()
    indicator, area = (np.asarray(places[name], dtype=np.int64) for name in ("indicator", "area"))
    pairs = indicator * (area.max() + 1) + area
    stretches = pairs[np.flatnonzero(np.diff(pairs, prepend=-1))]
    return len(stretches) <= 1.25 * len(np.unique(stretches))


# Mostly every row of a file is new, or every one is changed. Then nothing has to be joined with
# what stands in their place, which takes longer than reading a million rows, and each of the
# questions below would. Where some stay, or are counted in another way than a file says that tells
# nothing of it, they are read as the check has them.
_STAYS_ANY = """
SELECT EXISTS (
    FROM memory.matched
    WHERE (NOT is_changed AND NOT is_reattributed) OR measured <> 'over'
)
"""
_ALL_MOVED = """
CREATE TEMP VIEW moved_row AS
SELECT valid.* REPLACE (
    coalesce(measured, 'over'::memory.measured) AS measured,
    CASE WHEN (value IS NOT NULL AND NOT typed) OR status = 'range' THEN decimals END AS decimals
)
FROM memory.as_kept AS valid
"""
_SOME_MOVED = "CREATE TEMP VIEW moved_row AS FROM memory.difference"

# The rows are sorted as numbers; ids are put in their place where they are written. Words of the
# source are looked up for the few rows that have any.
_SORTED = "ORDER BY indicator, area, known_period.end_date, population_group"
# That a person has confirmed a strange figure holds of it whichever source it comes from.
_KEPT_NOTE = """
CREATE TEMP TABLE kept_note AS
SELECT difference.record, now.note
FROM (FROM memory.difference WHERE is_reattributed) AS difference
JOIN memory.known_indicator ON known_indicator.number = difference.indicator
JOIN memory.known_area ON known_area.number = difference.area
JOIN memory.known_group ON known_group.number = difference.population_group
JOIN memory.known_period ON known_period.number = difference.period
JOIN spor.current_observation AS now ON now.indicator_id = known_indicator.id
    AND now.area_id = known_area.id AND now.group_id = known_group.id
    AND now.period = known_period.id
WHERE starts_with(lower(trim(now.note)), $confirmed)
"""
_NO_KEPT_NOTE = "CREATE TEMP TABLE kept_note (record INTEGER, note VARCHAR)"
# Asked of the distinct words of a small file.
_IS_ANY_REMARK = """
SELECT EXISTS (FROM spelled_as_published WHERE text <> '')
    OR EXISTS (FROM spelled_note WHERE text <> '')
    OR EXISTS (FROM spelled_value WHERE says_few(trim(text)))
    OR EXISTS (FROM difference WHERE approximate)
"""
_NO_REMARK = """
CREATE TEMP TABLE remark (
    record INTEGER, as_published VARCHAR, note VARCHAR, written VARCHAR
)
"""
_REMARK = """
CREATE TEMP TABLE remark AS
WITH remarked AS (
    SELECT record FROM candidate
    SEMI JOIN (FROM spelled_as_published WHERE text <> '') AS word
        ON word.spelling = candidate.as_published
    UNION
    SELECT record FROM candidate
    SEMI JOIN (FROM spelled_note WHERE text <> '') AS word ON word.spelling = candidate.note
    UNION
    SELECT record FROM candidate
    SEMI JOIN (FROM spelled_value WHERE says_few(trim(text))) AS word
        ON word.spelling = candidate.value
    UNION
    SELECT record FROM moved_row WHERE approximate
)
SELECT record,
    nullif(if(is_cut, cut_fractions(trim(in_words.text), extent, most), trim(in_words.text)), '')
        AS as_published,
    nullif(trim(remark.text), '') AS note,
    if(is_cut, cut_fractions(trim(number.text), extent, most), trim(number.text)) AS written
FROM candidate
JOIN (
    SELECT remarked.record, most, greatest(abs(value), abs(low), abs(high)) AS extent,
        most IS NOT NULL AND source IN (FROM memory.guarded_source)
            AND (numerator IS NULL OR denominator IS NULL) AS is_cut
    FROM remarked JOIN memory.valid USING (record)
    LEFT JOIN memory.most_decimals USING (indicator)
) AS figure USING (record)
JOIN spelled_as_published AS in_words ON in_words.spelling = candidate.as_published
JOIN spelled_note AS remark ON remark.spelling = candidate.note
JOIN spelled_value AS number ON number.spelling = candidate.value
"""
_ADDED = """
CREATE TEMP VIEW sorted AS
SELECT indicator, area, population_group, moved_row.period, source, value, numerator, denominator,
    status, decimals, low, high, measured,
    -- What a source hides it does not say beside.
    if(status = 'suppressed' AND says_number(as_published), NULL, coalesce(
        as_published,
        -- Of digits that are not kept the value says what is left.
        CASE WHEN (approximate OR says_few(remark.written)) AND NOT contains(remark.written, '…')
            THEN remark.written END
    )) AS as_published,
    if(status = 'suppressed' AND says_number(remark.note), NULL,
        coalesce(remark.note, kept_note.note)) AS note
FROM moved_row
JOIN memory.known_period ON known_period.number = moved_row.period
LEFT JOIN remark USING (record)
LEFT JOIN kept_note USING (record)
{order};

CREATE TEMP VIEW added AS
SELECT known_indicator.id AS indicator_id, known_area.id AS area_id, known_group.id AS group_id,
    known_period.id AS period, value, numerator, denominator, status, decimals, as_published, note,
    known_source.id AS source_id, low, high, measured, known_period.kind AS period_kind,
    known_period.start_date AS period_start, known_period.end_date AS period_end
FROM sorted
JOIN memory.known_indicator ON known_indicator.number = sorted.indicator
JOIN memory.known_area ON known_area.number = sorted.area
JOIN memory.known_group ON known_group.number = sorted.population_group
JOIN (SELECT * REPLACE (kind::memory.period_kind AS kind) FROM memory.known_period) AS known_period
    ON known_period.number = sorted.period
JOIN memory.known_source ON known_source.number = sorted.source;

CREATE TEMP VIEW replaced_row AS
SELECT place FROM memory.matched WHERE is_changed OR is_reattributed
"""
_BY_NUMBER = """
CREATE TEMP VIEW added_by_number AS
SELECT indicator, area, population_group, period, source, value, numerator, denominator
FROM moved_row
"""
# Mostly none is new, and what a million rows change is not looked through for it.
_HAS_NEW_PERIODS = (
    """
    SELECT count(*) > 0
    FROM memory.known_period ANTI JOIN spor.period ON period.period = known_period.id
    """,
    """
    SELECT count(*) > 0
    FROM memory.known_period
    SEMI JOIN memory.valid ON valid.period = known_period.number
    ANTI JOIN spor.period ON period.period = known_period.id
    """,
)
_ADDED_PERIODS = """
CREATE TEMP VIEW added_period AS
SELECT id AS period, kind, start_date, end_date FROM memory.known_period
WHERE number IN (SELECT period FROM moved_row)
"""
_NO_ADDED_PERIODS = """
CREATE TEMP VIEW added_period AS
SELECT id AS period, kind, start_date, end_date FROM memory.known_period WHERE false
"""
