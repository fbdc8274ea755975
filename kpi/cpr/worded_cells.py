"""The halves of a CPR number in two cells that meet, with words around them.

`barn 251248` above `nr. 4916`, or beside it. Of chance six digits and four one in 300 is a birthday
whose check digit fits: half of all such cells that meet must be.
"""

import re
from collections.abc import Iterator, Sequence

from kpi.cpr.beside import names_case, names_object, names_several
from kpi.cpr.cells import Row
from kpi.cpr.loose import may_be_given

_SIX = re.compile(r"(\D{0,40})(?<!\d)([0-3]\d[01]\d{3}|\d{6})(\D{0,40})", re.ASCII)
_FOUR = re.compile(r"(\D{0,40})(?<!\d)(\d{4})(\D{0,40})", re.ASCII)
_MAY_BE = re.compile(r"(?<!\d)(?:\d{4}|\d{6})(?!\d)")
_LETTER, _DECIMAL = re.compile(r"[^\W\d_]"), re.compile(r"[.,]\Z")
# So many rows are looked at.
MOST_WORDED = 1_000
_FEWEST_LETTERS, _LONGEST = 2, 80


def worded_numbers(rows: Sequence[Row]) -> Iterator[tuple[int | None, int]]:
    """The line and the place of the first cell of each such pair; nothing where most do not fit."""
    meeting: list[tuple[tuple[int | None, int], bool]] = []
    halves = [[_half(cell) for cell in cells] for _, cells in rows]
    for at, (line, _) in enumerate(rows):
        row = halves[at]
        below = halves[at + 1] if at + 1 < len(rows) else ()
        for place, half in enumerate(row):
            if half is None:
                continue
            others = (row[place + 1 : place + 2], below[place : place + 1])
            for other in others:
                if other and other[0] and len(other[0][0]) != len(half[0]):
                    meeting.append(((line, place), _are_of_one(half, other[0])))
    numbers = [where for where, is_number in meeting if is_number]
    if numbers and 2 * len(numbers) >= len(meeting):
        yield from numbers


def _half(cell: str) -> tuple[str, bool] | None:
    """The six digits or the four of a cell that has no others, and whether words are with them."""
    if not 3 < len(cell) < _LONGEST or not _MAY_BE.search(cell):
        return None
    match = _SIX.fullmatch(cell) or _FOUR.fullmatch(cell)
    if match is None:
        return None
    before, digits, after = match.groups()
    is_other = names_case(before) or names_object(before) or names_several(after)
    if is_other or _DECIMAL.search(before):
        return None
    return digits, len(_LETTER.findall(before + after)) >= _FEWEST_LETTERS


def _are_of_one(first: tuple[str, bool], second: tuple[str, bool]) -> bool:
    (six, has_words), (serial, have_words) = (
        (first, second) if len(first[0]) > len(second[0]) else (second, first)
    )
    return has_words and have_words and may_be_given(six, "", serial)
