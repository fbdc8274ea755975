"""The changes that publishing a file would make, in SQL: `published`, `matched`, `difference`."""

from typing import Any, NamedTuple

import duckdb

from kpi.domain.catalog import Catalog
from kpi.domain.plausibility import CONFIRMED
from kpi.ingest.kept_decimals import keep_no_fractions


class Counts(NamedTuple):
    """How many rows of a file are valid, and what publishing them would do.

    They are new, changed, of suppressed numbers (`hidden`) or reattributed: the same figure as
    published, which stands under a copy of its source (`Source.gives_way`), and now comes from the
    source. `rounded` are kept with fewer decimals than the file has.
    """

    valid: int
    new: int
    changed: int
    hidden: int
    reattributed: int
    rounded: int

    @property
    def moved(self) -> int:
        """How many rows publishing would write."""
        return self.new + self.changed + self.hidden + self.reattributed


def keep_published(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes `published`: the current rows of the indicators in `valid`."""
    connection.execute(_PUBLISHED, {"confirmed": CONFIRMED.casefold()})


def find(connection: duckdb.DuckDBPyConnection, catalog: Catalog) -> Counts:
    """Makes `difference`, the new and changed rows; how many there are.

    Whether a row changes a suppressed number is not said: all such rows are in `difference`. Of a
    file that is published already they are compared.
    """
    pairs = _better_sources(catalog)
    connection.execute(
        _BETTER_SOURCE,
        {"copies": [copy for copy, _ in pairs], "originals": [other for _, other in pairs]},
    )
    rounded = keep_no_fractions(connection, catalog)
    connection.execute(_MATCHED, {"confirmed": CONFIRMED.casefold()})
    connection.execute(_DIFFERENCE)
    ((valid, matched, changed, hidden, reattributed),) = connection.execute(_COUNTS).fetchall()
    return Counts(valid, valid - matched, changed, hidden, reattributed, rounded)


def _better_sources(catalog: Catalog) -> list[tuple[int, int]]:
    """The numbers of each source that gives way, with those of its publisher that do not."""
    sources = list(enumerate(catalog.sources.values()))
    return [
        (copy, original)
        for copy, source in sources
        if source.gives_way
        for original, other in sources
        if not other.gives_way and other.is_of_publisher(source)
    ]


def source_ids(connection: duckdb.DuckDBPyConnection, catalog: Catalog) -> tuple[str, ...]:
    """The sources of the rows in `valid`, in the catalogue's order."""
    used = connection.execute("SELECT DISTINCT source FROM valid ORDER BY source").fetchall()
    every = list(catalog.sources)
    return tuple(every[number] for (number,) in used)


def first_rows(connection: duckdb.DuckDBPyConnection, most: int) -> list[tuple[Any, ...]]:
    """The first rows of `difference`: changed, new, reattributed ones; with numbers for ids."""
    return connection.execute(_CHANGES, {"most": most}).fetchall()


def rows_beside(connection: duckdb.DuckDBPyConnection, valid: int) -> tuple[int, int]:
    """How many rows an error keeps out, and how many a recipe adds to those of the file."""
    ((ours, added),) = connection.execute(_ROWS).fetchall()
    # Most files have no row to look for.
    if valid == ours:
        return 0, added
    ((faulty,),) = connection.execute(_FAULTY).fetchall()
    return faulty, added


# Today's rows of the file's indicators, areas, groups and periods, under the same numbers. Of a
# suppressed row only that it is: comparing it would show whether a guess was right. By its `place`
# publishing finds the row again: comparing four ids of a million rows takes longer.
_PUBLISHED = """
CREATE TABLE published AS
SELECT key_of(known_indicator.number, known_area.number, known_group.number, known_period.number)
        AS key,
    now.value, now.status, now.numerator, now.denominator, known_source.number AS source,
    now.low, now.high, now.measured, now.is_hidden, now.rowid AS place,
    coalesce(starts_with(lower(trim(now.note)), $confirmed), false) AS is_confirmed
FROM spor.current_observation AS now
JOIN known_indicator ON known_indicator.id = now.indicator_id
JOIN known_area ON known_area.id = now.area_id
JOIN known_group ON known_group.id = now.group_id
JOIN known_period ON known_period.id = now.period
LEFT JOIN known_source ON known_source.id = now.source_id
WHERE known_indicator.number IN (SELECT DISTINCT indicator FROM valid)
"""

_BETTER_SOURCE = """
CREATE TABLE better_source AS
SELECT unnest($copies::INTEGER[]) AS copy, unnest($originals::INTEGER[]) AS original
"""

# The rows of a published key, and whether they change it. Of notes only one that confirms
# a strange value is a change in itself.
_MATCHED = """
CREATE TABLE matched AS
WITH confirming AS (
    SELECT record
    FROM candidate JOIN spelled_note ON spelled_note.spelling = candidate.note
    WHERE starts_with(lower(trim(spelled_note.text)), $confirmed)
),
compared AS (
    SELECT valid.record, published.measured, published.value AS old_value,
        published.status AS old_status, published.low AS old_low, published.high AS old_high,
        published.source AS old_source, published.is_hidden, published.place,
        published.is_hidden OR valid.value IS DISTINCT FROM published.value
            OR valid.numerator IS DISTINCT FROM published.numerator
            OR valid.denominator IS DISTINCT FROM published.denominator
            OR valid.status IS DISTINCT FROM published.status
            OR valid.low IS DISTINCT FROM published.low
            OR valid.high IS DISTINCT FROM published.high
            OR coalesce(valid.measured::VARCHAR <> published.measured, false)
            OR (NOT published.is_confirmed AND valid.record IN (FROM confirming)) AS is_changed,
        better_source.original IS NOT NULL AS is_of_better_source
    FROM as_kept AS valid
    JOIN published USING (key)
    LEFT JOIN better_source
        ON better_source.copy = published.source AND better_source.original = valid.source
)
SELECT *, is_of_better_source AND NOT is_changed AS is_reattributed FROM compared
"""

# All that publishing needs of the new and changed rows. A view: mostly every row is new, and a copy
# of a million rows costs as much as a check.
_DIFFERENCE = """
CREATE VIEW difference AS
SELECT valid.record, valid.line, valid.indicator, valid.area, valid.population_group, valid.period,
    valid.source, valid.value, valid.numerator, valid.denominator, valid.status, valid.approximate,
    valid.low, valid.high,
    coalesce(valid.measured, matched.measured::measured, 'over'::measured) AS measured,
    CASE WHEN (valid.value IS NOT NULL AND NOT valid.typed) OR valid.status = 'range'
        THEN valid.decimals END AS decimals,
    matched.record IS NULL AS is_new, old_value, old_status, old_low, old_high, old_source,
    coalesce(matched.is_hidden, false) AS is_hidden,
    coalesce(is_reattributed, false) AS is_reattributed
FROM as_kept AS valid
LEFT JOIN matched USING (record)
WHERE matched.record IS NULL OR is_changed OR is_reattributed
"""

_COUNTS = """
SELECT (SELECT count(*) FROM valid), (SELECT count(*) FROM matched),
    (SELECT count(*) FROM matched WHERE is_changed AND NOT is_hidden),
    (SELECT count(*) FROM matched WHERE is_hidden),
    (SELECT count(*) FROM matched WHERE is_reattributed)
"""

_CHANGES = """
WITH first_ones AS (FROM difference ORDER BY is_reattributed, is_new, record LIMIT $most)
SELECT line, indicator, area, population_group, known_period.id, old_value, value, old_status,
    status, old_low, old_high, low, high, is_hidden, is_reattributed, old_source, source
FROM first_ones
JOIN known_period ON known_period.number = first_ones.period
ORDER BY is_reattributed, is_new, record
"""

_ROWS = """
SELECT count(*) FILTER (NOT ignored), count(*) FILTER (meaning = 'absent')
FROM parsed_row
"""

# An empty row and the second of two alike are left out with a warning only.
_FAULTY = """
SELECT count(*)
FROM parsed_row ANTI JOIN valid USING (record)
WHERE NOT ignored AND record NOT IN (
    SELECT record FROM problem GROUP BY record
    HAVING bool_or(fault IN ('ignored_row', 'counts_alone', 'same_row')) AND NOT bool_or(is_error)
)
"""
