"""A day of birth among words and the four digits after it, in every row of a list.

`Mette Ahmed (250898)` beside `1387`, `25.12.48` beside `nr. 4916`, or both in one cell with a name
between. Of dates with any four digits one in eleven fits its check digit: where nearly all rows of
three or more do, or the one or two of a list that says they are of birth, they are persons.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kpi.cpr.cells import Row
from kpi.cpr.column_names import OF_COUNTED, plain_name
from kpi.cpr.digits import birth_century, fits_check, is_birthday
from kpi.cpr.split import OF_OTHERS, names_birth, names_serial

_DAY = re.compile(
    r"(?<!\d)(?:(?P<six>\d{6})(?!\d|[./-]\d)"
    r"|(?P<day>\d\d?)(?P<mark>[./ -]) ?(?P<month>\d\d?)(?P=mark) ?(?P<year>(?:18|19|20)?\d\d)(?!\d)"
    r"|(?P<iso>(?:18|19|20)\d\d-\d\d-\d\d)(?!\d))",
    re.ASCII,
)
_FOUR = re.compile(r"(?<![\d.,])\d{4}(?![\d]|[.,]\d|[ -]?%)", re.ASCII)
_BORN = re.compile(
    r"(?:\bf\.?|f(?:ø|oe)dt(?: den)?|f(?:ø|oe)dselsda\w*|f\.d\.)[ :.]*\Z", re.IGNORECASE
)
# A first and a last name straight before: what is behind it is a day of birth.
_NAME = re.compile(r"(?:\A|\s)[A-ZÆØÅ][\w.'-]+(?: [A-ZÆØÅ][\w.'-]+)+[ ,(]*\Z")
_DIGIT, _LETTER = re.compile(r"\d"), re.compile(r"[^\W\d_]{2}")
# So many rows are looked at, and columns so far apart; in long texts the digits may be anything.
MOST_PAIRED, _MOST_CELLS, _NEAR, _LONGEST = 1_000, 40_000, 2, 120
_FEWEST, _MOSTLY, _FIRST_DAYS = 3, 0.8, "90"


@dataclass(frozen=True)
class _Parts:
    """The day of a cell (six digits, century if written, whether it is called one of birth)."""

    day: tuple[str, str, bool] | None
    serial: str
    # Whether a cell has other digits than the part, and letters or signs around it.
    has_more: bool
    has_words: bool
    has_signs: bool


def paired_numbers(columns: Sequence[str], rows: Sequence[Row]) -> Iterator[tuple[int | None, int]]:
    """The line and the place of the day of each number, in the first MOST_PAIRED rows.

    Of a wide table fewer: a list of persons has few columns.
    """
    width = min((len(cells) for _, cells in rows[:MOST_PAIRED]), default=0)
    first = rows[: min(MOST_PAIRED, _MOST_CELLS // max(width, 1))]
    # No longer than this call: what is read may be a person's.
    parts_of = cache(_parts)
    for day in range(width):
        if not any(_DAY.search(cells[day]) for _, cells in first):
            continue
        of_day = [parts_of(cells[day]) for _, cells in first]
        for serial in range(max(0, day - _NEAR), min(width, day + _NEAR + 1)):
            parts = [
                (left, left if serial == day else parts_of(cells[serial]))
                for left, (_, cells) in zip(of_day, first, strict=True)
            ]
            names = [columns[at] if at < len(columns) else "" for at in (day, serial)]
            yield from ((first[at][0], day) for at in _fitting(parts, names, day == serial))


def _parts(cell: str) -> _Parts | None:
    if not 3 < len(cell) < _LONGEST or not _DIGIT.search(cell):
        return None
    match = _DAY.search(cell)
    rest = cell[: match.start()] + " | " + cell[match.end() :] if match else cell
    fours = _FOUR.findall(rest)
    if not match and not fours:
        return None
    serial = fours[-1] if fours else ""
    return _Parts(
        _day_of(match, cell) if match else None, serial,
        len(_DIGIT.findall(rest)) > (len(serial) if not match else 0),
        _LETTER.search(cell) is not None,
        len(cell.strip(" \x02")) > len(match[0] if match else serial),
    )  # fmt: skip


def _day_of(match: re.Match[str], cell: str) -> tuple[str, str, bool]:
    before = cell[: match.start()]
    is_born, is_of_name = _BORN.search(before) is not None, _NAME.search(before) is not None
    if match["six"]:
        return match["six"], "", is_born or is_of_name
    if match["iso"]:
        year, month, day = match["iso"].split("-")
    else:
        year, month, day = match["year"], match["month"], match["day"]
    is_old = year[:-2] in ("18", "19") and year[-2:] < _FIRST_DAYS
    six = day.zfill(2) + month.zfill(2) + year[-2:]
    return six, year[:-2], is_born or (is_old and is_of_name)


def _fitting(
    parts: Sequence[tuple[_Parts | None, _Parts | None]], names: Sequence[str], within: bool
) -> list[int]:
    """The places of rows that fit; none where they are fewer than a list of persons has.

    `names`: those of the columns of the day and the serial, which are one where it is `within`.
    """
    plain = [plain_name(name) for name in names]
    if not within and (any(map(OF_COUNTED.search, plain)) or OF_OTHERS.search(plain[1])):
        return []
    there, are_born = 0, True
    fitting: list[int] = []
    tens: set[str] = set()
    for at, (left, right) in enumerate(parts):
        if left is None or right is None or left.day is None or not right.serial:
            continue
        if not within and (left.has_more or right.has_more or right.day is not None):
            continue
        # kpi/cpr/split_columns.py judges cells that are nothing else, and cells of moments others.
        if not (left.has_words if within else left.has_signs or right.has_signs):
            continue
        there += 1
        six, century, is_born = left.day
        if _is_number(six, century, right.serial):
            fitting.append(at)
            tens.add(six + right.serial)
            are_born &= is_born
    is_named = are_born or (not within and (names_birth(names[0]) or names_serial(names[1])))
    fewest = 1 if is_named else _FEWEST
    if all("1900" <= ten[6:] <= "2100" for ten in tens):
        return []
    return fitting if len(tens) >= fewest and len(fitting) >= _MOSTLY * there else []


def _is_number(six: str, century: str, serial: str) -> bool:
    return (
        is_birthday(six, serial)
        and century in ("", birth_century(six, serial))
        and fits_check(six + serial)
    )
