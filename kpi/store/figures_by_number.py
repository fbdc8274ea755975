"""The figures of a large publication by the numbers that its check gave areas, groups and periods.

They are still in memory when small numbers are looked for, and are read from there in half the time
that the same rows take by their ids.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from kpi.suppression.screening import Figures

# Figures mostly lie together as they were published; of shorter stretches all are sorted.
_OF_A_STRETCH = 100


def keep_places_of_added(connection: duckdb.DuckDBPyConnection, batch_id: int | None) -> bool:
    """Whether the rows of a publication are at hand in `added_by_number` (added_rows.py).

    Makes then `place_of_period`, `place_of_area` and `place_of_group`: by the number that the check
    gave one the number that concerned.py gives it. Expects its `numbered_period`, `numbered_area`
    and `numbered_group`.
    """
    if batch_id is None or connection.execute(_ARE_AT_HAND).fetchone() == (False,):
        return False
    connection.execute(_PLACES)
    return True


def by_number(columns: dict[str, Any]) -> Iterator[tuple[int, Figures]]:
    """The figures of each indicator, by its number in the column."""
    numbers: NDArray[np.int32] = columns.pop("indicator")
    starts = np.flatnonzero(np.diff(numbers, prepend=-1))
    if _OF_A_STRETCH * starts.size > numbers.size:
        # Short numbers are sorted in no time.
        order = np.argsort(numbers.astype(np.int16), kind="stable")
        columns = {name: values[order] for name, values in columns.items()}
        numbers = numbers[order]
        starts = np.flatnonzero(np.diff(numbers, prepend=-1))
    stretches = defaultdict(list)
    for start, end in pairwise([*starts.tolist(), numbers.size]):
        stretches[int(numbers[start])].append(slice(start, end))
    for number, places in sorted(stretches.items()):
        yield number, Figures(**{
            # Of one stretch nothing is copied.
            name: values[places[0]] if len(places) == 1
            else np.concatenate([values[place] for place in places])
            for name, values in columns.items()
        })  # fmt: skip


_ARE_AT_HAND = """
SELECT count(*) > 0 FROM duckdb_views() WHERE temporary AND view_name = 'added_by_number'
"""
_PLACES = """
CREATE OR REPLACE TEMP TABLE place_of_period AS
SELECT known_period.number, numbered_period.number AS place
FROM memory.known_period JOIN numbered_period ON numbered_period.period = known_period.id;

CREATE OR REPLACE TEMP TABLE place_of_area AS
SELECT known_area.number, coalesce(numbered_area.number, -1) AS place
FROM memory.known_area LEFT JOIN numbered_area USING (id);

CREATE OR REPLACE TEMP TABLE place_of_group AS
SELECT known_group.number, coalesce(numbered_group.number, -1) AS place
FROM memory.known_group LEFT JOIN numbered_group USING (id)
"""
# As `counted_plain` has them (counting.py): none of a publication's own rows is removed.
ADDED_FIGURES = """
SELECT guarded_row.number, place_of_period.place, place_of_area.place, place_of_group.place,
    coalesce(
        if(guarded_kind = 'count', value, coalesce(numerator, value * denominator / 100)),
        'NaN'::DOUBLE
    ),
    coalesce(denominator, 'NaN'::DOUBLE), min_cell, origin
FROM added_by_number AS added
JOIN (
    SELECT known_indicator.number AS indicator, known_source.number AS source,
        chosen.number::INTEGER AS number, guarded_kind, min_cell::INTEGER AS min_cell,
        (hash(source_id, batch_id) >> 34)::INTEGER AS origin
    FROM guarded
    JOIN chosen USING (indicator_id)
    JOIN memory.known_indicator ON known_indicator.id = guarded.indicator_id
    JOIN memory.known_source ON known_source.id = source_id
    WHERE batch_id = $batch AND is_plain
) AS guarded_row USING (indicator, source)
JOIN place_of_period ON place_of_period.number = added.period
JOIN place_of_area ON place_of_area.number = added.area
JOIN place_of_group ON place_of_group.number = added.population_group
WHERE guarded_kind = 'count' OR (numerator IS NOT NULL AND denominator IS NOT NULL)
"""
