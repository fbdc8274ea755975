"""Some rows after each other that have the figure of the row above or below: cells that moved.

Six figures of 98 moved one row down in a sorted list. Each is as plausible as the right one; what
shows it is that several rows in turn are near the earlier figure of their neighbour.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import duckdb
import numpy as np

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.period import parse_period
from kpi.domain.period_words import when
from kpi.ingest.plausibility.evidence import cells_of, exact

# Distances in the usual movement of an area, none counted as more than so many. A run of rows is
# nearer to the neighbours' figures by so many in all, and by so many in three at least. Of 148
# published years of series of 12 areas or more none has more than 8.2; of six rows that were moved
# in them 86 % are found, of ten 97 %.
_FEWEST_AREAS, _MOST, _NEARER, _NEARER_EACH, _FEWEST_ROWS = 12, 8.0, 12.0, 2.0, 3
_LEAST_COUNT = 20
_HINT = "Kontrollér i kilden, at tallene står ud for de rigtige områder: er nogle rækker rykket?"


@dataclass(frozen=True)
class _Row:
    """A row of a list: its area, figures and record, and the area whose earlier figure is beside.

    `nearer` is how much nearer its figure is to the other area's earlier one than to its own.
    """

    area: int
    period: str
    value: float
    earlier: float
    record: int
    other: int | None
    other_earlier: float | None
    nearer: float


def shifted_rows(
    connection: duckdb.DuckDBPyConnection,
    column: str | None,
    catalog: Catalog,
    spared: Sequence[Container[int]],
) -> dict[int, Problem]:
    """A warning for each indicator with such a run; not of those `spared`, reported already.

    Expects `moving` (swapped.py).
    """
    limits = {"fewest": _FEWEST_AREAS, "most": _MOST, "each": _NEARER_EACH,
              "rows": _FEWEST_ROWS, "least": _LEAST_COUNT}  # fmt: skip
    connection.execute(_BESIDE_NEIGHBOURS, limits)
    indicators, areas = list(catalog.indicators.values()), list(catalog.areas.values())
    problems: dict[int, Problem] = {}
    for number, first, last in _runs(connection):
        if number in problems or any(number in numbers for numbers in spared):
            continue
        ends = {"first": first, "last": last}
        run = [_Row(*row) for row in connection.execute(_RUN, ends).fetchall()]
        indicator = indicators[number]
        farthest = max(run, key=lambda row: row.nearer)
        line, text = cells_of(connection, [run[0].record]).get(run[0].record, (None, None))
        beside = ""
        if farthest.other is not None and farthest.other_earlier is not None:
            beside = f" »{areas[farthest.other].name}« havde " + exact(
                farthest.other_earlier, indicator
            )
        problems[number] = Problem(
            "swapped", "", line, column, text,
            f"{indicator.name} {when(parse_period(farthest.period), indicator, catalog)}: "
            f"{len(run)} rækker i træk fra »{areas[run[0].area].name}« til "
            f"»{areas[run[-1].area].name}« ligner nabolinjens tidligere tal mere end deres egne. "
            f"»{areas[farthest.area].name}« har {exact(farthest.value, indicator)} mod "
            f"{exact(farthest.earlier, indicator)} før;{beside}.",
            _HINT, weight=float(len(run)),
        )  # fmt: skip
    return problems


def _runs(connection: duckdb.DuckDBPyConnection) -> Iterator[tuple[int, int, int]]:
    """The indicator of each list that has a run, and the places of the run's first and last row."""
    columns = connection.execute(_NEARER_BY_LIST).fetchnumpy()
    numbers = np.asarray(columns["indicator"], dtype=np.int64).tolist()
    nearer = np.asarray(columns["nearer"], dtype=np.float64).tolist()
    begins = np.flatnonzero(np.diff(columns["list"], prepend=-1)).tolist()
    for begin, end in pairwise([*begins, len(nearer)]):
        run = longest_run(nearer[begin:end])
        if run:
            yield numbers[begin], begin + run[0], begin + run[1]


def longest_run(nearer: Sequence[float]) -> tuple[int, int] | None:
    """The first and last of the rows after each other that are together nearest to the others'.

    None where they are too few or not near enough. The sum of such rows is above 0 throughout: what
    comes before a sum of 0 or less makes none larger.
    """
    run, most = None, _NEARER
    first, together, rows = 0, 0.0, 0
    for place, each in enumerate(nearer):
        together += each
        rows += each > _NEARER_EACH
        if not together > 0:
            first, together, rows = place + 1, 0.0, 0
        elif rows >= _FEWEST_ROWS and together >= most:
            run, most = (first, place), together
    return run


# The lists that have enough such rows, each twice: beside the row above and the one below.
_BESIDE_NEIGHBOURS = """
CREATE TABLE beside_neighbour AS
WITH placed AS (
    SELECT moving.*, lag(area) OVER list AS area_above, lag(earlier) OVER list AS earlier_above,
        lag(own_before) OVER list AS above, lead(area) OVER list AS area_below,
        lead(earlier) OVER list AS earlier_below, lead(own_before) OVER list AS below
    FROM moving
    WHERE areas >= $fewest
    WINDOW list AS (PARTITION BY indicator, population_group, level ORDER BY record)
),
beside AS (
    SELECT placed.*, 'above' AS side, area_above AS other, earlier_above AS other_earlier,
        above AS other_before
    FROM placed
    UNION ALL
    SELECT placed.*, 'below', area_below, earlier_below, below
    FROM placed
),
compared AS (
    SELECT *, CASE
        WHEN other_before IS NULL OR (is_quantity AND least(value, earlier) < $least) THEN -$most
        ELSE least(abs(own - own_before) / usual, $most)
            - least(abs(own - other_before) / usual, $most)
    END AS nearer
    FROM beside
)
SELECT row_number() OVER (ORDER BY list, record) - 1 AS place, list, indicator, area,
    compared.period, value, earlier, record, other, other_earlier, nearer
FROM compared
JOIN (
    SELECT indicator, population_group, level, side,
        row_number() OVER (ORDER BY indicator, population_group, level, side) AS list
    FROM compared
    GROUP BY indicator, population_group, level, side
    HAVING count(*) FILTER (nearer > $each) >= $rows
) USING (indicator, population_group, level, side)
"""
_NEARER_BY_LIST = "SELECT indicator, list, nearer FROM beside_neighbour ORDER BY place"
_RUN = """
SELECT area, known_period.id, value, earlier, record, other, other_earlier, nearer
FROM beside_neighbour
JOIN known_period ON known_period.number = beside_neighbour.period
WHERE place BETWEEN $first AND $last
ORDER BY place
"""
