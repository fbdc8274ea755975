"""On which side of the breaks in its series a figure lies: those of two sides are not compared."""

from dataclasses import dataclass

import duckdb

from kpi.domain.catalog import Catalog
from kpi.domain.period import Period, parse_period
from kpi.domain.series_break import side_of
from kpi.ingest.words.word_tables import save


@dataclass(frozen=True)
class _Side:
    """The side of one period of an indicator, which the file's tables know by its number."""

    number: int
    period: str
    side: str


def make_sides(connection: duckdb.DuckDBPyConnection, catalog: Catalog) -> None:
    """Makes `series_side` and `parted_step`, both empty where no series is broken.

    `series_side` is a row for each indicator with breaks (its `number`) and each period, of the
    file or published: `of_period` (its id) and `side`. Figures of an indicator may be compared
    where their sides are the same. `parted_step` are the indicators and periods (`number` and
    `of_period`, both numbers) that a break parts from the period before.
    """
    own = {number for (number,) in connection.execute(_INDICATORS).fetchall()}
    broken = {
        number: indicator
        for number, indicator in enumerate(catalog.indicators.values())
        if indicator.breaks and number in own
    }
    sides: list[_Side] = []
    if broken:
        names = [row[0] for row in connection.execute(_PERIODS).fetchall()]
        periods: dict[str, Period] = {name: parse_period(name) for name in names}
        sides = [
            _Side(number, name, side_of(period, indicator))
            for number, indicator in broken.items()
            for name, period in periods.items()
        ]
    save(connection, "series_side", {
        "number": [each.number for each in sides], "of_period": [each.period for each in sides],
        "side": [each.side for each in sides],
    })  # fmt: skip
    connection.execute(_PARTED_STEP if sides else _NO_PARTED_STEP)


_INDICATORS = "SELECT DISTINCT number FROM word_indicator_id"
_PERIODS = """
SELECT id FROM known_period UNION SELECT DISTINCT period FROM spor.coverage
"""
_PARTED_STEP = """
CREATE TABLE parted_step AS
SELECT own.number, known_period.number AS of_period
FROM series_side AS own
JOIN known_period ON known_period.id = own.of_period
JOIN known_period AS before ON before.number = known_period.before
JOIN series_side AS earlier ON earlier.number = own.number AND earlier.of_period = before.id
WHERE own.side <> earlier.side
"""
_NO_PARTED_STEP = "CREATE TABLE parted_step (number INTEGER, of_period INTEGER)"
