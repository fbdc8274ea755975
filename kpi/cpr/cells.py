"""What the cells around ten digits say of them: a case, a moment or an amount, or a person."""

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import numpy as np

from kpi.cpr.column_names import OF_MONEY, plain_name
from kpi.cpr.columns import DIGITS_OF_MONEY, ColumnOfNumbers
from kpi.cpr.cut import cut_digits
from kpi.cpr.digits import CHECK_WEIGHTS, fits_check, is_hardly_chance
from kpi.cpr.shapes import shape_of
from kpi.cpr.shortened import shortened_ten
from kpi.cpr.written import (
    AMOUNT,
    DECIMAL,
    LAST_YEAR_OF_MOMENTS,
    THOUSANDS,
    date_of,
    is_in_other_two,
    is_moment_cell,
    whole_ten,
)

Row = tuple[int | None, Sequence[str]]

_LETTERED = re.compile(r"[A-Za-z]{1,3}-?(\d{10})", re.ASCII)
_LABEL = re.compile(
    r"\s*(?:\w+s\s+)?(?:cpr|person)[-. ]{0,2}(?:nr|nummer|no)?[.: ]{0,3}", re.IGNORECASE
)
_MOST_IN_NAME = 60
# A year or a month, and a number within it (`1505-218586`).
_CASE_OF_MONTH = re.compile(r"\s*\d{4}[-/ ]\d{6}\s*")
_DATED_TEN = re.compile(r"\W{0,3}(\d\d)[-./ ](\d\d)[-./ ](\d\d)[-./ ]{1,3}(\d{4})\W{0,3}", re.ASCII)


def is_other_number(cell: str, cells: Sequence[str], column: ColumnOfNumbers) -> bool:
    """Whether what fills a cell is a case number, a moment or an amount, by its row and column.

    A moment is a day with its time among others, or seconds since 1970 that fall on the row's own
    date. Ten digits are an amount where the column, or a cell beside them, names money or counts
    and others of its cells are of that size (alone in a column of money, too), or where the
    register never gives such a number. They are a case number where the register never gives them,
    or the numbers around them, in a column named for cases, of chance digits, or that rises beside
    dates.
    """
    if column.is_of_moments and not column.is_of_persons and is_moment_cell(cell):
        return True
    digits = whole_ten(cell)
    if not digits:
        is_figure = column.has_amounts and DECIMAL.fullmatch(cell) is not None
        if column.has_amounts and THOUSANDS.fullmatch(cell):
            return not column.is_of_persons or column.has_peers or column.is_of_money
        if column.has_codes_in_two and is_in_other_two(cell):
            return True
        if column.has_codes_of_nine and not column.is_of_persons and shortened_ten(cell):
            return True
        if column.has_codes_cut and not column.is_of_persons and cut_digits(cell):
            return True
        is_dated = column.is_of_dated and not column.is_mostly_given
        is_case = is_dated and _CASE_OF_MONTH.fullmatch(cell) is not None
        match = _LETTERED.fullmatch(cell) if column.is_of_objects else None
        is_case |= match is not None and not fits_check(match[1])
        is_case |= is_dated and _is_dated_case(cell)
        is_chance = shape_of(cell) in column.shapes_of_others
        return not column.is_of_persons and (is_figure or is_chance or is_case)
    if is_column_of_others(column, column.gives(digits)):
        return True
    if column.may_be_none and not is_hardly_chance(digits):
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
    if column.is_counted_up:
        return True
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
    if column.may_be_none:
        may_be &= fits | ((day == 1) & (month == 1))
    if column.is_of_moments and not column.is_of_persons:
        hour, minute = seventh * 10 + digits[:, 7], digits[:, 8] * 10 + digits[:, 9]
        may_be &= ~((year <= LAST_YEAR_OF_MOMENTS) & (hour < 24) & (minute < 60))
    return may_be


def _is_large_amount(cell: str) -> bool:
    is_amount = len(cell) <= _MOST_IN_NAME and AMOUNT.fullmatch(cell) is not None
    return is_amount and sum(map(str.isdecimal, cell)) >= DIGITS_OF_MONEY


def _is_dated_case(cell: str) -> bool:
    """Whether the number of a case or an account begins as a day: `15.03.12-4567`, `29.12.14.8439`.

    Persons' numbers have their check digit, or another mark before it than in the day.
    """
    match = _DATED_TEN.fullmatch(cell)
    if match is None:
        return False
    is_code = match[0].count(".") == len(match.groups()) - 1
    return is_code or not is_hardly_chance("".join(match.groups()))


def _names_money(cell: str) -> bool:
    return len(cell) <= _MOST_IN_NAME and OF_MONEY.search(plain_name(cell)) is not None


def is_label(cell: str) -> bool:
    """Whether a cell says that the next one is a CPR number."""
    return len(cell) < 40 and cell.strip().casefold() != "person" and bool(_LABEL.fullmatch(cell))


def _moment(digits: str) -> date:
    return datetime.fromtimestamp(int(digits), UTC).date()
