"""Columns of numbers that count up: ids of cases, answers and units, which no list of persons is.

Of one who counts from a chance number all begin with the same digits, and where these are a day all
are birthdays. Persons have many, and check digits that fit.
"""

import re
from collections.abc import Iterable
from itertools import islice

from kpi.cpr.digits import fits_check

_NUMBER = re.compile(r"\x02?\s*(\d{9,10})(?:[.,]0+)?\s*", re.ASCII)
_OF_A_SERIAL = 4
# A column is known by so many of its cells.
_MOST_CELLS = 5_000
_FEWEST, _MOST_DAYS, _MOST_FITTING = 5, 2, 1 / 3


def are_counted_up(cells: Iterable[str]) -> bool:
    """Whether the filled ones of the first cells are nine or ten digits that begin alike.

    They are of two days at most, were these days of birth, five different ones at least, and one in
    three or fewer fits its check digit: by chance one in eleven does. In what order they stand says
    nothing: a table may be sorted by anything.
    """
    numbers: list[str] = []
    for cell in islice(cells, _MOST_CELLS):
        if match := _NUMBER.fullmatch(cell):
            numbers.append(match[1].zfill(10))
        elif cell.strip():
            return False
    distinct = list(dict.fromkeys(numbers))
    if len(distinct) < _FEWEST or len({ten[:-_OF_A_SERIAL] for ten in distinct}) > _MOST_DAYS:
        return False
    return sum(map(fits_check, distinct)) <= _MOST_FITTING * len(distinct)
