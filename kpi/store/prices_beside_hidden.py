"""Figures that are a hidden number and another one, each so many times: at two prices.

15.000 kr. for each person of one group and 11.000 for each of another, or 40.000 kr. and 9.000 for
each. Whoever has the figure and both numbers at some places knows the prices, and from them the
number that is hidden at another place.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from math import log10
from typing import NamedTuple

import duckdb
import numpy as np
import numpy.typing as npt

# A figure of one area and period beside the numbers of persons that stand there.
_Place = tuple[str, str, str]
_Number = tuple[str, str]
# The same everywhere: a fee.
_FEE: _Number = ("", "")
# Two prices follow from two places; each further one is evidence.
_PRICES, _FEWEST_PLACES = 2, 5
_MOST_PLACES, _MOST_NUMBERS = 60, 24


class _Figure(NamedTuple):
    value: float
    rounding: float


class _Made(NamedTuple):
    """Figures of one indicator and group, and the numbers that are shown beside each.

    `hidden` are those that are not, at any place where it has a figure.
    """

    figures: dict[_Place, _Figure]
    beside: dict[_Number, dict[_Place, float]]
    hidden: set[_Number]


def keep_prices_beside(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes `price_beside`: the places of figures that tell a hidden number so.

    What public figures disclose is added to `disclosed_by_public`. Seen by what is shown alone, to
    so many digits that of all such comparisons none comes out by chance. Expects `newest`, `number`
    and `pair` (made_of_hidden.py).
    """
    every = _read(connection)
    tries = sum(len(made.hidden) * len(made.beside) for made in every.values())
    seen = [
        (made_id, *number, group_id)
        for (made_id, group_id), made in every.items()
        for number in _telling(made, tries)
    ]
    connection.execute(_NONE_SEEN)
    if seen:
        connection.executemany("INSERT INTO price_seen VALUES (?, ?, ?, ?)", seen)
    connection.execute(_TELLING)


def _read(connection: duckdb.DuckDBPyConnection) -> Mapping[tuple[str, str], _Made]:
    every: dict[tuple[str, str], _Made] = defaultdict(lambda: _Made({}, defaultdict(dict), set()))
    for (
        made_id, made_group, area_id, period, value, rounding, indicator_id, group_id, number,
        is_hidden, is_telling,
    ) in connection.execute(
        _BESIDE, {"places": _MOST_PLACES, "numbers": _MOST_NUMBERS}
    ).fetchall():  # fmt: skip
        made = every[made_id, made_group]
        place = (area_id, made_group, period)
        made.figures[place] = _Figure(value, rounding)
        if is_telling:
            made.hidden.add((indicator_id, group_id))
        if not is_hidden:
            made.beside[indicator_id, group_id][place] = number
    for made in every.values():
        made.beside[_FEE] = dict.fromkeys(made.figures, 1.0)
    return every


def _telling(made: _Made, tries: int) -> Iterator[_Number]:
    """The numbers of which a figure is so many times, and so many times another."""
    for number in sorted(made.hidden & made.beside.keys()):
        for other, of_other in sorted(made.beside.items()):
            places = sorted(made.beside[number].keys() & of_other.keys())
            if other == number or len(places) < _FEWEST_PLACES:
                continue
            numbers = np.array([(made.beside[number][each], of_other[each]) for each in places])
            values = np.array([made.figures[each].value for each in places])
            rounding = max(made.figures[each].rounding for each in places)
            if _digits(numbers, values, rounding) >= 3 + log10(max(tries, 1)):
                yield number
                break


def _digits(
    numbers: npt.NDArray[np.float64], values: npt.NDArray[np.float64], rounding: float
) -> float:
    """How many digits of the values two prices tell of which chance knows nothing; 0 for none.

    `numbers` are a row of two for each value. The first price must be more than rounding.
    """
    prices, _, rank, _ = np.linalg.lstsq(numbers, values, rcond=None)
    most_off = 2 * rounding + 1e-6
    if rank < _PRICES or abs(prices[0]) <= most_off:
        return 0.0
    if np.abs(numbers @ prices - values).max() > most_off:
        return 0.0
    spread = float(values.max() - values.min())
    return (len(values) - _PRICES) * log10(max(spread / (2 * most_off), 1))


# At some places of each indicator the numbers that are hidden at any place of it are looked at. Of
# more numbers beside a figure chance makes some.
_BESIDE = """
WITH telling AS (
    SELECT DISTINCT made_id, newest.group_id, indicator_id, number.group_id AS number_group
    FROM newest
    JOIN pair USING (made_id)
    JOIN (FROM number WHERE name = 'persons' AND is_hidden) AS number
        USING (indicator_id, area_id, period)
),
sampled_figure AS (
    FROM newest SEMI JOIN telling USING (made_id, group_id)
    WHERE is_exact
    QUALIFY row_number() OVER (
        PARTITION BY made_id, group_id ORDER BY hash(area_id, period)
    ) <= $places
)
SELECT made_id, figure.group_id, area_id, period, figure.value, figure.rounding, indicator_id,
    number.group_id, number.number, number.is_hidden,
    (made_id, figure.group_id, indicator_id, number.group_id) IN (
        SELECT (made_id, group_id, indicator_id, number_group) FROM telling
    ) AS is_telling
FROM sampled_figure AS figure
JOIN pair USING (made_id)
JOIN number USING (indicator_id, area_id, period)
WHERE number.name = 'persons' AND number_rounding = 0
QUALIFY count(DISTINCT (indicator_id, number.group_id))
    OVER (PARTITION BY made_id, figure.group_id) <= $numbers
ORDER BY ALL
"""
_NONE_SEEN = """
CREATE OR REPLACE TEMP TABLE price_seen (
    made_id VARCHAR, indicator_id VARCHAR, group_id VARCHAR, of_group VARCHAR
)
"""
_TELLING = """
CREATE OR REPLACE TEMP TABLE price_beside AS
SELECT DISTINCT newest.made_id, newest.area_id, newest.group_id, newest.period, newest.is_own,
    newest.is_exact, number.indicator_id, number.group_id AS number_group
FROM price_seen AS seen
JOIN newest ON newest.made_id = seen.made_id AND newest.group_id = seen.of_group
JOIN number ON number.indicator_id = seen.indicator_id AND number.group_id = seen.group_id
    AND number.area_id = newest.area_id AND number.period = newest.period
    AND number.name = 'persons' AND number.is_hidden;
INSERT INTO disclosed_by_public
SELECT DISTINCT indicator_id, area_id, number_group, period
FROM price_beside
WHERE NOT is_own AND is_exact;
CREATE OR REPLACE TEMP TABLE price_beside AS
SELECT DISTINCT made_id, area_id, group_id, period FROM price_beside WHERE is_own;
DROP TABLE price_seen
"""
