"""Parts of CPR numbers that stand far from each other: in columns with others between, in sheets.

Two columns of many are days and four digits by chance now and then, so it is the names or the check
digits of nearly all rows that tell.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product

from kpi.cpr.cells import Row
from kpi.cpr.column_names import plain_name
from kpi.cpr.digits import is_of_our_time
from kpi.cpr.split import (
    MAY_BE_OF_BIRTHS,
    MAY_BE_OF_SERIALS,
    OF_BIRTHS,
    OF_COUNTS,
    OF_OTHERS,
    OF_SERIALS,
    birthdays_of,
    given_ten,
    is_split_number,
    masks_day,
    serial_of,
)
from kpi.cpr.split_columns import SplitColumns

_SAMPLE, _FIRST = 200, 5
# So many that fit are no chance though they are a series of days.
_FEWEST_IN_ORDER = 6
_FEWEST, _MOSTLY, _HALF = 3, 0.8, 0.5
_MOST_COLUMNS = 60
_MOST_HEADS = 5


def far_columns(columns: Sequence[str], rows: Sequence[Row]) -> Iterator[SplitColumns]:
    """The columns of days of birth, and those of the digits after them, wherever they are.

    Where both names say so, or that of the digits, half of the rows must be numbers; where that of
    the days does, half of three rows at least must be numbers whose check digit fits, and without a
    name nearly all, of different days that are in no order.
    """
    sample = [cells for _, cells in rows[:_SAMPLE]]
    plain = [plain_name(name) for name in columns]
    births = list(islice(_columns_of(sample, len(plain), is_birth=True), _MOST_COLUMNS))
    if not births:
        return
    serials = list(islice(_columns_of(sample, len(plain), is_birth=False), _MOST_COLUMNS))
    for birth, serial in product(births, serials):
        if birth == serial or OF_OTHERS.search(plain[serial]):
            continue
        pairs = [(cells[birth], cells[serial]) for cells in sample]
        filled = [pair for pair in pairs if any(cell.strip() for cell in pair)]
        if _are_parts(plain[birth], plain[serial], filled):
            yield SplitColumns(birth, serial, lost_zeros=True)


def _columns_of(sample: Sequence[Sequence[str]], width: int, is_birth: bool) -> Iterator[int]:
    """The columns whose first filled cells are nearly all days, or are four digits."""
    for place in range(width):
        filled = list(islice((cells[place] for cells in sample if cells[place].strip()), _FIRST))
        if _are_mostly_parts(filled, is_birth):
            yield place


def _are_mostly_parts(filled: Sequence[str], is_birth: bool) -> bool:
    part = birthdays_of if is_birth else serial_of
    return bool(filled) and sum(bool(part(cell, True)) for cell in filled) >= _MOSTLY * len(filled)


def _are_parts(birth: str, serial: str, pairs: Sequence[tuple[str, str]]) -> bool:
    """Whether the rows of two columns with these plain names are parts of numbers."""
    numbers = [pair for pair in pairs if is_split_number(*pair, lost_zeros=True)]
    is_serial = OF_SERIALS.search(serial) or 2 * sum(masks_day(right) for _, right in pairs) > len(
        pairs
    )
    may_be_birth = MAY_BE_OF_BIRTHS.search(birth) is not None and not OF_COUNTS.search(birth)
    is_birth = OF_BIRTHS.search(birth) is not None
    if MAY_BE_OF_SERIALS.search(serial):
        is_serial = is_serial or is_birth
        if may_be_birth and numbers == pairs:
            return True
    if is_serial:
        return bool(numbers) and len(numbers) >= _HALF * len(pairs)
    given = [ten for pair in numbers if (ten := given_ten(*pair, lost_zeros=True))]
    if is_birth or may_be_birth:
        return len({*given}) >= _FEWEST and len(given) > _HALF * len(pairs)
    days = [ten[4:6] + ten[2:4] + ten[:2] for ten in given]
    return (
        len({*given}) >= _FEWEST
        and len(given) >= _MOSTLY * len(pairs)
        and (
            len({*given}) >= _FEWEST_IN_ORDER
            or days not in (sorted(days), sorted(days, reverse=True))
        )
        and not all(is_of_our_time(ten[:6], ten[6:]) for ten in given)
    )


def are_in_sheets(sheets: Sequence[Sequence[Sequence[str]]]) -> bool:
    """Whether days of birth are in one sheet and the digits after them in another, row by row."""
    births: list[_OfSheet] = []
    serials: list[_OfSheet] = []
    for number, rows in enumerate(sheets):
        for name, cells in _columns_in(rows[: _SAMPLE + _MOST_HEADS]):
            births += _from_first(number, name, cells, is_birth=True)
            serials += _from_first(number, name, cells, is_birth=False)
    return any(
        birth.sheet != serial.sheet
        and not OF_OTHERS.search(serial.name)
        and _are_parts(birth.name, serial.name, list(zip(birth.cells, serial.cells, strict=False)))
        for birth, serial in product(births[:_MOST_COLUMNS], serials[:_MOST_COLUMNS])
    )


@dataclass(frozen=True)
class _OfSheet:
    """A column of a sheet from its first part of a number on, and the plain name above it."""

    sheet: int
    name: str
    cells: Sequence[str]


def _columns_in(rows: Sequence[Sequence[str]]) -> Iterator[tuple[str, list[str]]]:
    """The columns of a sheet: the first text of each, and the filled cells below it."""
    for place in range(max(map(len, rows), default=0)):
        filled = [row[place] for row in rows if place < len(row) and row[place].strip()]
        if filled:
            yield filled[0], filled[1:]


def _from_first(number: int, name: str, cells: Sequence[str], is_birth: bool) -> list[_OfSheet]:
    """The column where its first cells are nearly all such parts, else nothing.

    A title may be above its name, or nothing at all: then the first text is a part itself.
    """
    part = birthdays_of if is_birth else serial_of
    whole = [name, *cells]
    first = next((at for at, cell in enumerate(whole[:_MOST_HEADS]) if part(cell, True)), None)
    if first is None or not _are_mostly_parts(whole[first : first + _FIRST], is_birth):
        return []
    return [_OfSheet(number, plain_name(whole[first - 1]) if first else "", whole[first:])]
