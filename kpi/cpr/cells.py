"""What the cells around ten digits say of them: a case, a moment or an amount, or a person."""

import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import islice

import numpy as np

from kpi.cpr.column_names import (
    OF_AMOUNTS,
    OF_CASES,
    OF_MOMENTS,
    OF_MONEY,
    OF_OBJECTS,
    OF_PERSONS,
    OF_SECONDS,
    OF_UNITS,
    plain_name,
)
from kpi.cpr.digits import (
    CHECK_WEIGHTS,
    fits_check,
    is_birthday,
    is_clock_of_our_time,
    is_likely_given,
)
from kpi.cpr.named import whole_digits
from kpi.cpr.shapes import shape_of, shapes_of_others

Row = tuple[int | None, Sequence[str]]

# A number that a workbook typed as a number carries a mark before it (kpi.ingest.table.raw.TYPED).
# Before it may be a sign, or it is in the brackets that bookkeeping has for one.
_SIGNED, _CLOSED = r"\x02?\s*[-+\u2010-\u2015\u2212(]{0,2}\s*", r"\s*[-\u2212)]?\s*"
_TEN = re.compile(rf"{_SIGNED}(?:0{{1,10}})?(\d{{10}})(?:[.,]0+)?{_CLOSED}")
_POWER = re.compile(r"\x02?\s*\d[.,]\d+[eE]\+?\d\d?\s*", re.ASCII)
YEAR_FIRST = re.compile(r"\s*(\d{4})(?:-|M)(\d\d)(?:-|D)(\d\d)(?!\d)")
DAY_FIRST = re.compile(r"\s*(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d\d)(?![\d./-])")
_LETTERED = re.compile(r"[A-Za-z]{1,3}-?(\d{10})", re.ASCII)
_FIRST_OF_JANUARY, _FIRST_SUBSTITUTE = "0101", "61"
_AMOUNT = re.compile(rf"{_SIGNED}(?:0|[1-9][\d.\s]*)(?:[.,]\d+)?{_CLOSED}")
_LABEL = re.compile(
    r"\s*(?:\w+s\s+)?(?:cpr|person)[-. ]{0,2}(?:nr|nummer|no)?[.: ]{0,3}", re.IGNORECASE
)
_FEWEST_IN_ORDER = 3
_FEWEST_BY_CHANCE = 20
_FEWEST_GIVEN = 5
# One in fourteen of chance ten digits begins with a birthday, and of these one in eleven has the
# check digit. Of amounts that begin with 10 to 31 one in eight does.
_MOST_BY_CHANCE = 0.2
_MOST_OF_AMOUNTS = 1 / 3
# Two suffice where half of them are no birthday: by then the column is one of other numbers.
_FEWEST_MIXED, _MOST_OF_MIXED = 2, 0.5
_FIRST_SECOND, _A_DAY = 1_104_537_600, 86_400
# An amount is among others of its size; where money is named, among such as this too.
_DIGITS_OF_AMOUNT, _DIGITS_OF_MONEY = 7, 5
_MOST_IN_NAME = 60
_MOMENT = re.compile(r"\x02?\s*([0-3]\d[01]\d)([0-3]\d)[-_. T]?([01]\d|2[0-3])[0-5]\d\s*")
_MOMENT_YEAR_FIRST = re.compile(
    r"\x02?\s*(?:19|20)\d\d([-.]?)[01]\d\1[0-3]\d[-_. T]{1,3}(?:[01]\d|2[0-3])[0-5]\d\s*"
)
# Decimals that are not what a program makes of a whole number.
_WITH_DECIMALS = re.compile(r"\d[\d.,]{6,}[.,](?!0+\Z)\d{1,2}\Z")
# A year or a month, and a number within it (`1505-218586`).
_CASE_OF_MONTH = re.compile(r"\s*\d{4}[-/ ]\d{6}\s*")
_MOSTLY_LARGE = 0.5
_DECIMAL = re.compile(r"\x02?\s*[1-9]\d{5}[.,]\d{4}\s*")
_DATED_TEN = re.compile(r"\W{0,3}(\d\d)[-./ ](\d\d)[-./ ](\d\d)[-./ ]{1,3}(\d{4})\W{0,3}", re.ASCII)
# Six digits and four, whatever parts them.
_PARTED_TEN = re.compile(r"\x02?\W{0,3}(\d{6})(?!\d)[^\w\x1f]{1,6}(\d{4})\W{0,3}")
# Ten digits as figures have them, without the zero that none begins with.
_THOUSANDS = re.compile(r"\s*([1-9]\d{0,2})([. ,'\u00a0])(\d{3})\2(\d{3})(?:\2(\d{3}))?\s*")
_LAST_YEAR_OF_MOMENTS = 30
# A column is known by so many of its cells.
MOST_CELLS = 5_000


@dataclass(frozen=True)
class ColumnOfNumbers:
    """What a column says of its numbers of ten digits, by its name and by its cells."""

    is_of_persons: bool
    is_of_cases: bool
    is_in_order: bool
    is_by_chance: bool
    is_never_given: bool
    is_of_moments: bool = False
    # All its cells are written as amounts, and few of them as numbers that the register gives.
    has_amounts: bool = False
    is_of_amounts: bool = False
    # A workbook has all of them as numbers, not as texts.
    is_typed: bool = False
    is_of_money: bool = False
    has_peers: bool = False
    has_peers_in_money: bool = False
    # All are of the production units of companies: they begin with 10, and few have a check digit.
    is_of_units: bool = False
    # Its figures have decimals or end in thousands, or are among large ones that are nobody's.
    is_of_figures: bool = False
    # Half or fewer of its ten digits begin with a birthday: some may by chance.
    may_be_chance: bool = False
    # Ten digits within a cell of such a shape are no person's (kpi/cpr/shapes.py).
    shapes_of_others: frozenset[str] = frozenset()
    # What it is called has a number of its own, which is never a person's.
    is_of_objects: bool = False
    # All begin with 0101, as the properties of a municipality may; persons have other birthdays.
    has_prefix: bool = False

    # All are seconds since 1970 of the last years, in a column that is called so.
    is_of_seconds: bool = False

    def gives(self, digits: str) -> bool:
        """Whether ten digits here are such as the register gives: also without a check digit.

        Objects and money have digits by chance: of these only those whose check digit fits are.
        Objects' numbers often begin with that of a municipality: no substitutes, no 1st of January.
        """
        is_first = digits.startswith(_FIRST_OF_JANUARY)
        if self.is_of_objects:
            return fits_check(digits) and not is_first and digits < _FIRST_SUBSTITUTE
        if fits_check(digits) or self.is_of_money:
            return fits_check(digits)
        return not self.has_prefix if is_first else is_likely_given(digits)


def column_of_numbers(name: str, cells: Iterable[str]) -> ColumnOfNumbers:
    """What a column's name and first cells say of its numbers of ten digits."""
    plain = plain_name(name)
    filled = list(islice((cell for cell in cells if cell.strip()), MOST_CELLS))
    tens = [ten for cell in filled if (ten := whole_ten(cell))]
    births = sum(is_birthday(ten[:6], ten[6:]) for ten in tens)
    in_order = tens == sorted(tens) or tens == sorted(tens, reverse=True)
    thousands = [cell for cell in filled if _THOUSANDS.fullmatch(cell)]
    parted = [
        ten for cell in filled if not _THOUSANDS.fullmatch(cell) and (ten := parted_ten(cell))
    ]
    has_prefix = len({*tens}) >= _FEWEST_IN_ORDER and all(
        ten.startswith(_FIRST_OF_JANUARY) for ten in tens
    )
    given = sum(map(fits_check, tens)) if has_prefix else _given(tens)
    count = given + _given(parted) + sum(map(is_parted_number, thousands))
    most = _MOST_OF_MIXED if len(tens) < _FEWEST_GIVEN else _MOST_OF_AMOUNTS
    is_mixed = len(tens) >= _FEWEST_MIXED and births <= most * len(tens)
    is_of_objects = OF_OBJECTS.search(plain) is not None
    is_of_cases = OF_CASES.search(plain) is not None
    sizes = [sum(map(cell.count, "0123456789")) for cell in filled]
    return ColumnOfNumbers(
        is_of_persons=OF_PERSONS.search(plain) is not None,
        is_of_cases=is_of_cases,
        is_in_order=len(tens) == len(filled) >= _FEWEST_IN_ORDER and in_order,
        is_by_chance=len(tens) >= _FEWEST_BY_CHANCE and births <= _MOST_BY_CHANCE * len(tens),
        may_be_chance=is_mixed,
        is_never_given=(is_of_objects and is_mixed)
        or (is_of_cases and len(tens) >= _FEWEST_IN_ORDER and births <= len(tens) / 3)
        or (len(tens) >= _FEWEST_GIVEN and given <= _MOST_BY_CHANCE * len(tens)),
        is_of_seconds=OF_SECONDS.search(plain) is not None
        and all(_FIRST_SECOND <= int(ten) <= time.time() + _A_DAY for ten in tens),
        is_of_moments=(len(filled) >= _FEWEST_IN_ORDER or OF_MOMENTS.search(plain) is not None)
        and all(map(_is_moment, filled)),
        is_of_units=_are_units(tens)
        and (OF_UNITS.search(plain) is not None or len({*tens}) == len(filled) >= _FEWEST_IN_ORDER),
        is_of_figures=_are_figures(filled, plain),
        shapes_of_others=shapes_of_others(filled, is_named=is_of_objects or is_of_cases),
        has_amounts=all(map(_AMOUNT.fullmatch, filled))
        and (2 * count <= len(filled) or len(filled) == 1),
        is_of_amounts=OF_AMOUNTS.search(plain) is not None,
        is_of_objects=is_of_objects,
        has_prefix=has_prefix,
        is_typed=all(cell.startswith("\x02") for cell in filled),
        is_of_money=OF_MONEY.search(plain) is not None,
        has_peers=sum(size >= _DIGITS_OF_AMOUNT for size in sizes) > 1,
        has_peers_in_money=sum(size >= _DIGITS_OF_MONEY for size in sizes) > 1,
    )


def _are_figures(filled: Sequence[str], plain: str) -> bool:
    """Whether cells are figures by how they are written, whatever their column is called.

    A register's number has no decimals and seldom ends in thousands; and of amounts at least three,
    and half of them, are large and no birthday, in a column that is not called as a number of
    something (`nr`, `id`).
    """
    if len(filled) < _FEWEST_IN_ORDER or not all(map(_AMOUNT.fullmatch, filled)):
        return False
    halves = len(filled) / 2
    amounts = [re.sub(r"[^\d,.]", "", cell) for cell in filled]
    with_decimals = sum(_WITH_DECIMALS.search(cell) is not None for cell in amounts)
    tens = [ten for cell in filled if (ten := whole_ten(cell))]
    in_thousands = sum(ten.endswith("000") for ten in tens)
    if with_decimals >= max(halves, 2) or in_thousands > max(len(tens) / 2, 1):
        return True
    digits = [re.sub(r"[,.]\d{1,2}\Z|\D", "", cell) for cell in amounts]
    large = sum(len(digit) >= _DIGITS_OF_AMOUNT and not _may_be_birth(digit) for digit in digits)
    return large >= max(_FEWEST_IN_ORDER, _MOSTLY_LARGE * len(filled)) and not OF_CASES.search(
        plain
    )


def _may_be_birth(digits: str) -> bool:
    ten = digits.zfill(10) if len(digits) in (9, 10) else ""
    return bool(ten) and is_birthday(ten[:6], ten[6:])


def _is_moment(cell: str) -> bool:
    """Whether it is a day and the time of it, of our time (`071020-1500`) or its year first."""
    if _MOMENT_YEAR_FIRST.fullmatch(cell):
        return True
    match = _MOMENT.fullmatch(cell)
    return match is not None and int(match[2]) <= _LAST_YEAR_OF_MOMENTS


def _given(tens: Sequence[str]) -> int:
    """How many of ten digits are such as the register gives; of substitutes those that fit."""
    return sum(is_birthday(ten[:6], ten[6:]) and is_likely_given(ten) for ten in tens)


def _are_units(tens: Sequence[str]) -> bool:
    """Whether ten digits are of production units (P-numre), which the register numbers from 10."""
    fitting = sum(fits_check(ten) for ten in tens)
    return bool(tens) and 2 * fitting <= len(tens) and all(ten.startswith("10") for ten in tens)


def whole_ten(cell: str) -> str:
    """The ten digits that are all of a cell; empty for any other."""
    if _POWER.fullmatch(cell):
        return whole_digits(cell.lstrip("\x02"))
    match = _TEN.fullmatch(cell)
    return match[1] if match and match[1].isascii() else ""


def parted_ten(cell: str) -> str:
    """The ten digits of a cell of six and four with signs between, or of thousands; or nothing.

    In thousands nine digits have lost a zero.
    """
    if match := _PARTED_TEN.fullmatch(cell):
        digits = match[1] + match[2]
    elif match := _THOUSANDS.fullmatch(cell):
        digits = "".join((match[1], match[3], match[4], match[5] or "")).zfill(10)
    else:
        return ""
    return digits if len(digits) == 10 and digits.isascii() else ""


def is_parted_number(cell: str) -> bool:
    """Whether a cell is a number parted as figures are (`251248,4916`): its column decides.

    So it does of thousands (`2.512.484.916`), of which the check digit must fit.
    """
    digits = "" if "-" in cell else parted_ten(cell)  # a dash is judged as a person's way to write
    return (
        bool(digits)
        and not cell.startswith("\x02")
        and is_birthday(digits[:6], digits[6:])
        and (fits_check(digits) if _THOUSANDS.fullmatch(cell) else is_likely_given(digits))
        and not is_clock_of_our_time(digits[:6], digits[6:])
    )


def is_other_number(cell: str, cells: Sequence[str], column: ColumnOfNumbers) -> bool:
    """Whether what fills a cell is a case number, a moment or an amount, by its row and column.

    A moment is a day with its time among others, or seconds since 1970 that fall on the row's own
    date. Ten digits are an amount where the column, or a cell beside them, names money or counts
    and others of its cells are of that size (alone in a column of money, too), or where the
    register never gives such a number. They are a case number where the register never gives them,
    or the numbers around them, in a column named for cases, of chance digits, or that rises beside
    dates.
    """
    if column.is_of_moments and not column.is_of_persons and _is_moment(cell):
        return True
    digits = whole_ten(cell)
    if not digits:
        is_figure = column.has_amounts and _DECIMAL.fullmatch(cell) is not None
        if column.has_amounts and _THOUSANDS.fullmatch(cell):
            return not column.is_of_persons or column.has_peers or column.is_of_money
        is_case = column.is_of_cases and _CASE_OF_MONTH.fullmatch(cell) is not None
        match = _LETTERED.fullmatch(cell) if column.is_of_objects else None
        is_case |= match is not None and not fits_check(match[1])
        is_case |= (column.is_of_cases or column.is_of_objects) and _is_dated_case(cell)
        is_chance = shape_of(cell) in column.shapes_of_others
        return not column.is_of_persons and (is_figure or is_chance or is_case)
    if is_column_of_others(column, column.gives(digits)):
        return True
    if column.may_be_chance and not column.is_of_persons and not _is_sure(digits):
        return True
    others = [other for other in cells if other is not cell]
    days = [day for other in others if (day := date_of(other))]
    if any(abs(_moment(digits) - day) <= timedelta(days=1) for day in days):
        return True
    if column.is_of_persons:
        return False
    is_given = column.gives(digits)
    has_peers = column.has_peers_in_money or any(map(_is_large_amount, others))
    is_amount = column.has_amounts and (has_peers or not is_given)
    if is_amount and any(map(_names_money, others)):
        return True
    return column.is_in_order and bool(days) and (not is_given or column.is_never_given)


def is_column_of_others(column: ColumnOfNumbers, is_given: bool) -> bool:
    """Whether ten digits of a column are no person's, whatever is beside them.

    `is_given`: whether they are such as the register gives.
    """
    if column.is_of_persons:
        return False
    if column.is_of_units or column.is_of_figures or column.is_of_seconds:
        return True
    if column.has_amounts and (
        (column.is_of_money and (column.has_peers_in_money or not is_given))
        or (column.is_of_amounts and (column.has_peers or (column.is_typed and not is_given)))
    ):
        return True
    return (not is_given or column.is_never_given) and (column.is_of_cases or column.is_by_chance)


def may_be_persons(digits: np.ndarray, column: ColumnOfNumbers) -> np.ndarray:
    """Which of many numbers may be a person's, by their digits (n rows of ten) and their column.

    Never too few: what it leaves is looked at one by one.
    """
    day, month = digits[:, 0] * 10 + digits[:, 1], digits[:, 2] * 10 + digits[:, 3]
    is_day = ((day >= 1) & (day <= 31)) | ((day >= 61) & (day <= 91))
    is_birth = is_day & (month >= 1) & (month <= 12)
    year, seventh = digits[:, 4] * 10 + digits[:, 5], digits[:, 6]
    fits = digits @ np.array(CHECK_WEIGHTS) % 11 == 0
    is_given = fits if column.has_prefix else fits | ((day == 1) & (month == 1))
    if not column.is_of_objects:
        is_given |= (day <= 60) & (seventh > 3) & (year >= 7)
    is_other = (is_column_of_others(column, False), is_column_of_others(column, True))
    may_be: np.ndarray = is_birth & ~np.where(is_given, is_other[1], is_other[0])
    if column.may_be_chance and not column.is_of_persons:
        may_be &= fits | ((day == 1) & (month == 1))
    if column.is_of_moments and not column.is_of_persons:
        hour, minute = seventh * 10 + digits[:, 7], digits[:, 8] * 10 + digits[:, 9]
        may_be &= ~((year <= _LAST_YEAR_OF_MOMENTS) & (hour < 24) & (minute < 60))
    return may_be


def _is_sure(digits: str) -> bool:
    """Whether ten digits among chance ones are hardly chance: it fits, or a first of January."""
    return fits_check(digits) or digits.startswith(_FIRST_OF_JANUARY)


def _is_large_amount(cell: str) -> bool:
    is_amount = len(cell) <= _MOST_IN_NAME and _AMOUNT.fullmatch(cell) is not None
    return is_amount and sum(map(str.isdecimal, cell)) >= _DIGITS_OF_MONEY


def _is_dated_case(cell: str) -> bool:
    """Whether the number of a case or an account begins as a day: `15.03.12-4567`, `29.12.14.8439`.

    Persons' numbers have their check digit, or another mark before it than in the day.
    """
    match = _DATED_TEN.fullmatch(cell)
    if match is None:
        return False
    is_code = match[0].count(".") == len(match.groups()) - 1
    return is_code or not _is_sure("".join(match.groups()))


def _names_money(cell: str) -> bool:
    return len(cell) <= _MOST_IN_NAME and OF_MONEY.search(plain_name(cell)) is not None


def date_of(cell: str) -> date | None:
    """The day that a cell begins with; None where it contains no full date."""
    if match := YEAR_FIRST.match(cell):
        year, month, day = match.groups()
    elif match := DAY_FIRST.match(cell):
        day, month, year = match.groups()
        year = year if len(year) == 4 else f"20{year}"
    else:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def is_of_figures(name: str) -> bool:
    """Whether a column's name says that it contains money, and no persons."""
    plain = plain_name(name)
    return OF_MONEY.search(plain) is not None and not OF_PERSONS.search(plain)


def is_of_units(name: str, cells: Iterable[str]) -> bool:
    """Whether a column's name and cells show that it contains the numbers of production units."""
    if not OF_UNITS.search(plain_name(name)):
        return False
    filled = list(islice((cell for cell in cells if cell.strip()), MOST_CELLS))
    tens = [whole_ten(cell) for cell in filled]
    return all(tens) and _are_units(tens)


def is_label(cell: str) -> bool:
    """Whether a cell says that the next one is a CPR number."""
    return len(cell) < 40 and cell.strip().casefold() != "person" and bool(_LABEL.fullmatch(cell))


def _moment(digits: str) -> date:
    return datetime.fromtimestamp(int(digits), UTC).date()
