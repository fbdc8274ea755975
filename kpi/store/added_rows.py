"""The rows that a publication adds: the file's new and changed ones, as the store writes them."""

import duckdb
import numpy as np
from numpy.typing import NDArray


def make_added(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes the view `added` of `difference`, in the columns of current_observation.

    Readers ask for an indicator in some areas, so the rows of each lie together: as in the file
    where they do so there, else sorted. Sorting takes a tenth of a publication, and memory for
    another copy of all its rows.
    """
    connection.execute(_REMARKS)
    connection.execute(_NEW_ROWS)
    places = np.asarray(connection.execute(_PLACES).fetchnumpy()["place"])
    lie_together = lies_together(places // _AREAS) and lies_together(places)
    connection.execute(_AS_THEY_LIE if lie_together else _SORTED)
    connection.execute(_ADDED)


def lies_together(values: NDArray[np.int64]) -> bool:
    """Whether the rows of one value follow each other, in about one stretch each.

    Several threads write the rows, so a stretch or two of a file in order is broken.
    """
    starts = np.flatnonzero(np.diff(values)) + 1
    first_ones = values[np.concatenate(([0], starts))[: len(values)]]
    return len(first_ones) <= 2 * len(np.unique(first_ones))


# Words of the source are looked up for the few rows that have any.
_REMARKS = """
CREATE TEMP TABLE remark AS
SELECT record, nullif(trim(in_words.text), '') AS as_published,
    nullif(trim(remark.text), '') AS note, trim(number.text) AS written
FROM candidate
JOIN spelled_as_published AS in_words ON in_words.spelling = candidate.as_published
JOIN spelled_note AS remark ON remark.spelling = candidate.note
JOIN spelled_value AS number ON number.spelling = candidate.value
WHERE in_words.text <> '' OR remark.text <> '' OR starts_with(trim(number.text), '<')
    OR record IN (SELECT record FROM difference WHERE approximate)
"""

_NEW_ROWS = """
CREATE TEMP VIEW new_row AS
SELECT indicator, area, population_group, period, source, value, numerator, denominator,
    status, decimals, low, high, measured,
    coalesce(
        as_published,
        CASE WHEN approximate OR starts_with(remark.written, '<') THEN remark.written END
    ) AS as_published,
    note, NOT is_new AS is_changed
FROM memory.difference
LEFT JOIN remark USING (record)
"""

# Indicator and area as one number, as kpi/ingest/word_tables.py has them in a key.
_AREAS = 1_000_000
_PLACES = "SELECT indicator::BIGINT * 1000000 + area AS place FROM new_row"

_AS_THEY_LIE = "CREATE TEMP VIEW sorted AS FROM new_row"
_SORTED = """
CREATE TEMP VIEW sorted AS
SELECT new_row.*
FROM new_row
JOIN memory.known_period ON known_period.number = new_row.period
ORDER BY indicator, area, known_period.end_date, population_group
"""

# The rows are sorted as numbers; ids are put in their place where they are written.
_ADDED = """
CREATE TEMP VIEW added AS
SELECT known_indicator.id AS indicator_id, known_area.id AS area_id, known_group.id AS group_id,
    known_period.id AS period, value, numerator, denominator, status, decimals, as_published, note,
    known_source.id AS source_id, low, high, measured, is_changed, known_period.kind AS period_kind,
    known_period.start_date AS period_start, known_period.end_date AS period_end
FROM sorted
JOIN memory.known_indicator ON known_indicator.number = sorted.indicator
JOIN memory.known_area ON known_area.number = sorted.area
JOIN memory.known_group ON known_group.number = sorted.population_group
JOIN memory.known_period ON known_period.number = sorted.period
JOIN memory.known_source ON known_source.number = sorted.source
"""
