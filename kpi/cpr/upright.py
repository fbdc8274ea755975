"""A CPR number in a record that stands upright: a line for each field, its name before its value.

    Fødselsdato;25-12-1948
    Løbenr.;4916

So forms are filled in, tables turned on their side, and databases that keep a row for each field
exported. The name stands left of the value or above it, or in the same cell before a colon.
"""

import re
from collections.abc import Iterable, Iterator

from kpi.cpr.cells import Row
from kpi.cpr.split import birthdays_of, is_split_number, names_birth, names_serial, serial_of

# The two fields of a person are no further from each other.
_FARTHEST = 12
_LONGEST_NAME = 40
_MOST_CELLS = 200
# What is in every name of a part: the search for it is far quicker than to look at each text.
MAY_NAME = (
    r"(?i)f(ø|oe|o)dt|f(ø|oe|o)dsel|^\W*f(ø|oe|o)d\W*$|birth|dob|f[-_. ]?dato|cpr|person"
    r"|pers\W{0,2}n|sidste|kontrol|cif|be?[-_.: ]{0,2}n[-_. ]?(r|um)|l(ø|oe|o)be?\W*(:|$)|serial"
)
_MAY_NAME = re.compile(MAY_NAME)
_WITH_VALUE = re.compile(r"\s*([^:\d]{3,40}):\s*([^:]{1,24})")
# A value right of its name, or in one cell with it, belongs with any other such.
_ANYWHERE = -1


def names_part(text: str) -> bool:
    """Whether a cell names a day of birth or the digits after it, with its value or without."""
    if not _MAY_NAME.search(text):
        return False
    match = _WITH_VALUE.fullmatch(text)
    name = match[1] if match else text
    return len(name) < _LONGEST_NAME and (names_birth(name) or names_serial(name))


def upright_numbers(rows: Iterable[Row]) -> Iterator[tuple[int | None, int]]:
    """The line and the place of each value that is a part of a number with one near it."""
    births: list[tuple[int, int, str]] = []
    serials: list[tuple[int, int, str]] = []
    above: dict[int, str] = {}
    for at, (line, cells) in enumerate(rows):
        before = len(births), len(serials)
        named = dict(above)
        above = {}
        for place, cell in enumerate(cells[:_MOST_CELLS]):
            if place in named:
                _take(named[place], cell, (at, _ANYWHERE), births, serials)
            if not cell or len(cell) > 2 * _LONGEST_NAME or not names_part(cell):
                continue
            if match := _WITH_VALUE.fullmatch(cell):
                _take(match[1], match[2], (at, _ANYWHERE), births, serials)
                continue
            above[place] = cell
            for right in range(place + 1, min(len(cells), _MOST_CELLS)):
                where = (at, _ANYWHERE) if right == place + 1 else (at, right)
                _take(cell, cells[right], where, births, serials)
                if right == place + 1:
                    _take(cell, cells[right], (at, right), births, serials)
        if (len(births), len(serials)) == before:
            continue
        births = [birth for birth in births if at - birth[0] <= _FARTHEST]
        serials = [serial for serial in serials if at - serial[0] <= _FARTHEST]
        if any(
            birth[1] == serial[1] and is_split_number(birth[2], serial[2], lost_zeros=True)
            for birth in births
            for serial in serials
        ):
            yield line, 0
            births, serials = [], []


def _take(
    name: str,
    value: str,
    where: tuple[int, int],
    births: list[tuple[int, int, str]],
    serials: list[tuple[int, int, str]],
) -> None:
    """Keeps a value that may be what its name says."""
    text = value.strip()
    if not text or len(text) > _LONGEST_NAME:
        return
    if names_birth(name) and birthdays_of(text, lost_zeros=True):
        births.append((*where, text))
    if names_serial(name) and serial_of(text, lost_zeros=True):
        serials.append((*where, text))


def holds_upright(text: str, delimiter: str) -> bool:
    """Whether the lines of a text, such as stand above or below a table, are such a record."""
    lines = enumerate(text.split("\n"))
    rows = [(at, [cell.strip().strip('"') for cell in line.split(delimiter)]) for at, line in lines]
    return any(names_part(cell) for _, cells in rows for cell in cells) and any(
        True for _ in upright_numbers(rows)
    )
