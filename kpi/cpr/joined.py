"""A CPR number cut over several cells, beside each other in a row or beneath each other.

Wherever it is cut: after two digits, four, five or six, or after each. Its parts are figures like
any, so it is the check digits that distinguish them: of chance digits one in 150 is a birthday
whose check digit fits, so three rows of nothing but such are no chance.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kpi.cpr.cells import Row
from kpi.cpr.column_names import OF_COUNTED, plain_name
from kpi.cpr.digits import fits_check, is_birthday, is_clock_of_our_time
from kpi.cpr.split import is_split_number, names_birth, names_serial, serial_of

# A figure of a workbook carries a mark (kpi.ingest.table.raw.TYPED); a dash may stand at a part.
_PART = re.compile(r"\x02?\s*[-\u2013/]?\s*(\d{1,9})\s*[-\u2013/]?(?:[.,]0+)?\s*", re.ASCII)
_DASH = re.compile(r"\s*[-\u2013/.]?\s*")
_OF_OTHERS = re.compile(
    r"antal|count|tid|^kl|klok|hhmm|time|minut|(?:å|aa)r$|year|v(?:æ|ae)rdi|value|bel(?:ø|oe)b|kr$"
    r"|^\d+$"
)
_DIGITS, _SAMPLE = 10, 200
_PARTS_OF_ONE_CUT, _FEWEST_OF_ONE_CUT = 2, 2
_FEWEST, _FEWEST_NAMED_OTHERWISE, _MOSTLY = 3, 6, 0.8
# So many columns may hold a number, its dashes among them.
_MOST_PARTS = 12
# How `kpi.cpr.split_columns` judges them.
_JUDGED_BEFORE = ((6, 4), (2, 2, 2, 4))


@dataclass(frozen=True)
class JoinedColumns:
    """Columns beside each other that are a number together; how many digits each has."""

    places: tuple[int, ...]
    widths: tuple[int, ...]

    def ten(self, cells: Sequence[str]) -> str:
        """The ten digits of a row, first zeros that a part has lost put back; or empty text."""
        parts = []
        for place, width in zip(self.places, self.widths, strict=True):
            part = part_of(cells[place])
            if width and not part:
                return ""
            parts.append(part.zfill(width))
        ten = "".join(parts)
        return ten if len(ten) == _DIGITS else ""

    def is_number(self, cells: Sequence[str]) -> bool:
        """Whether the cells of a row are a CPR number together."""
        return _is_given(self.ten(cells))


def part_of(cell: str) -> str:
    """The digits of a cell that has nothing else but a dash; empty text for any other."""
    match = _PART.fullmatch(cell)
    return match[1] if match else ""


def joined_numbers(
    columns: Sequence[str], rows: Sequence[Row], named: Collection[int]
) -> Iterator[tuple[int | None, int]]:
    """The line and the place of the first part of each number that is cut over several cells.

    `named` are the columns whose names say that they contain such numbers. A name may also count
    them (`Unikke CPR`): any two counts beneath each other are a day and four digits by chance.
    """
    named = {place for place in named if not OF_COUNTED.search(plain_name(columns[place]))}
    for window in joined_columns(columns, rows):
        for line, cells in rows:
            if window.is_number(cells):
                yield line, window.places[0]
    yield from _in_boxes(columns, rows[:_SAMPLE])
    for place in range(len(columns)):
        column = [cells[place] for _, cells in (rows if place in named else rows[:_SAMPLE])]
        for at in beneath_each_other(column, place in named):
            yield rows[at][0], place


def joined_columns(columns: Sequence[str], rows: Sequence[Row]) -> Iterator[JoinedColumns]:
    """The columns whose cells are numbers together in nearly all of the first rows.

    At least three different ones, two where it is cut once (of 20,000 tables of two rows one is by
    chance; small counts are days and months far more often). Where a head names a count, a year or
    a time, or a column is of years, six. Under a head that names a part of a number one suffices,
    and half of the rows.
    """
    sample = [cells for _, cells in rows[:_SAMPLE]]
    parts = [[part_of(cells[place]) for cells in sample] for place in range(len(columns))]
    widths = [_width(sample, of_column, place) for place, of_column in enumerate(parts)]
    plain = [plain_name(name) for name in columns]
    for start in range(len(columns)):
        window = _window(widths, start)
        if window is None or tuple(filter(None, window.widths)) in _JUDGED_BEFORE:
            continue
        heads = [plain[place] for place in window.places]
        filled = [
            at for at in range(len(sample)) if any(parts[place][at] for place in window.places)
        ]
        has_years = any(_are_years(parts[place]) for place in window.places)
        is_cut_once = len(tuple(filter(None, window.widths))) == _PARTS_OF_ONE_CUT
        tens = [window.ten(sample[at]) for at in filled]
        if _are_numbers(tens, heads, has_years, _FEWEST_OF_ONE_CUT if is_cut_once else _FEWEST):
            yield window


def _width(sample: Sequence[Sequence[str]], parts: Sequence[str], place: int) -> int | None:
    """How many digits a column's parts have; 0 of one of dashes, None where others stand in it."""
    others = sum(
        not part and _DASH.fullmatch(cells[place]) is None
        for part, cells in zip(parts, sample, strict=True)
    )
    filled = sum(map(bool, parts))
    return max(map(len, parts), default=0) if filled >= _MOSTLY * (filled + others) else None


def _window(widths: Sequence[int | None], start: int) -> JoinedColumns | None:
    """The columns from a place on that have ten digits together, at least two of them with some."""
    taken: list[int] = []
    for width in widths[start : start + _MOST_PARTS]:
        if width is None or (not taken and not width):
            return None
        taken.append(width)
        if sum(taken) >= _DIGITS:
            break
    if sum(taken) != _DIGITS or len(taken) < 2:
        return None
    return JoinedColumns(tuple(range(start, start + len(taken))), tuple(taken))


def _are_years(parts: Sequence[str]) -> bool:
    """Whether parts are years or months of them: `2010` and `201012` begin a birthday by chance."""
    filled = [part for part in parts if part]
    return bool(filled) and all(
        len(part) in (4, 6) and "1900" <= part[:4] <= "2100" for part in filled
    )


def _are_numbers(tens: Sequence[str], heads: Sequence[str], has_years: bool, fewest: int) -> bool:
    given = [ten for ten in tens if _is_given(ten)]
    if any(names_birth(head) or names_serial(head) for head in heads):
        return bool(given) and 2 * len(given) >= len(tens)
    is_of_others = has_years or any(map(_OF_OTHERS.search, heads))
    fewest = _FEWEST_NAMED_OTHERWISE if is_of_others else fewest
    return (
        len({*given}) >= fewest
        and len(given) >= _MOSTLY * len(tens)
        and not all(is_clock_of_our_time(ten[:6], ten[6:]) for ten in given)
    )


def _in_boxes(columns: Sequence[str], sample: Sequence[Row]) -> Iterator[tuple[int | None, int]]:
    """Ten cells of a digit each in a row, as in the boxes of a form: no names or digits above."""
    for at, (line, cells) in enumerate(sample):
        digits = ["" if columns[place] else part_of(cell) for place, cell in enumerate(cells)]
        singles = [place for place, digit in enumerate(digits) if len(digit) == 1]
        is_run = len(singles) == _DIGITS and all(
            digits[place] or _DASH.fullmatch(cells[place])
            for place in range(singles[0], singles[-1])
        )
        if (
            is_run
            and _is_given("".join(digits[place] for place in singles))
            and not any(
                part_of(others[place])
                for place in singles
                for other, (_, others) in enumerate(sample)
                if other != at
            )
        ):
            yield line, singles[0]


def _is_given(ten: str) -> bool:
    """Whether ten digits are a birthday whose check digit fits."""
    if len(ten) != _DIGITS or not is_birthday(ten[:6], ten[6:]):
        return False
    return fits_check(ten) or ten.startswith("0101")


def beneath_each_other(cells: Sequence[str], is_named: bool) -> list[int]:
    """The places of a column's cells that are the first part of a number with those below.

    Where the column `is_named` for numbers, any two cells in a row may be; else all of the first
    cells are, three numbers at least.
    """
    filled = [place for place, cell in enumerate(cells) if cell.strip()]
    if is_named:
        return [
            upper for upper, lower in pairwise(filled) if _is_in_two(cells[upper], cells[lower])
        ]
    filled = filled[:_SAMPLE]
    taken, firsts, tens = "", list[int](), list[str]()
    for place in filled:
        part = part_of(cells[place])
        if not part and not _DASH.fullmatch(cells[place]):
            return []
        if not taken:
            firsts.append(place)
        taken += part
        if len(taken) > _DIGITS:
            return []
        if len(taken) == _DIGITS:
            tens.append(taken)
            taken = ""
    given = [ten for ten in tens if _is_given(ten)]
    is_cut_off = taken and len(filled) < _SAMPLE
    if is_cut_off or len({*given}) < _FEWEST or len(given) < _MOSTLY * len(tens):
        return []
    return [first for first, ten in zip(firsts, tens, strict=False) if _is_given(ten)]


def _is_in_two(upper: str, lower: str) -> bool:
    if serial_of(lower, lost_zeros=True) and is_split_number(upper, lower, lost_zeros=True):
        return True
    ten = part_of(upper) + part_of(lower)
    return len(ten) == _DIGITS and is_birthday(ten[:6], ten[6:])


def joins_to_number(texts: Sequence[str]) -> bool:
    """Whether texts that follow each other, such as names of sheets, are a number together."""
    parts = [part_of(text) for text in texts]
    for start in range(len(parts)):
        taken = ""
        for end in range(start, min(len(parts), start + _DIGITS)):
            if not parts[end]:
                break
            taken += parts[end]
            if len(taken) >= _DIGITS:
                break
        if end > start and _is_given(taken) and not "1900" <= taken[6:] <= "2100":
            return not count_up(parts[start : end + 1])
    return False


def count_up(names: Sequence[str]) -> bool:
    """Whether names number themselves (`10`, `11`, `12`): programs give them."""
    numbers = [int(name) for name in names if name.isdecimal() and len(name) < _DIGITS]
    return len(numbers) == len(names) > 2 and all(
        after == before + 1 for before, after in pairwise(numbers)
    )
