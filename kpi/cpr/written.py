"""How a cell is written: ten digits alone, in parts or thousands, a day, a moment or an amount."""

import re
from datetime import date

from kpi.cpr.digits import (
    fits_check,
    is_birthday,
    is_clock_of_our_time,
    is_likely_given,
    is_past_day_year_first,
)
from kpi.cpr.named import whole_digits

# A number that a workbook typed as a number carries a mark before it (kpi.ingest.table.raw.TYPED).
# Before it may be a sign, or it is in the brackets that bookkeeping has for one.
_SIGNED, _CLOSED = r"\x02?\s*[-+\u2010-\u2015\u2212(]{0,2}\s*", r"\s*[-\u2212)]?\s*"
_TEN = re.compile(rf"{_SIGNED}(?:0{{1,10}})?(\d{{10}})(?:[.,]0+)?{_CLOSED}")
_POWER = re.compile(r"\x02?\s*\d[.,]\d+[eE]\+?\d\d?\s*", re.ASCII)
YEAR_FIRST = re.compile(r"\s*(\d{4})(?:-|M)(\d\d)(?:-|D)(\d\d)(?!\d)")
DAY_FIRST = re.compile(r"\s*(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d\d)(?![\d./-])")
AMOUNT = re.compile(rf"{_SIGNED}(?:0|[1-9][\d.\s]*)(?:[.,]\d+)?{_CLOSED}")
_MOMENT = re.compile(r"\x02?\s*([0-3]\d[01]\d)([0-3]\d)[-_. T]?([01]\d|2[0-3])[0-5]\d\s*")
_MOMENT_YEAR_FIRST = re.compile(
    r"\x02?\s*(?:19|20)\d\d([-.]?)[01]\d\1[0-3]\d[-_. T]{1,3}(?:[01]\d|2[0-3])[0-5]\d\s*"
)
_MOMENT_DATED = re.compile(
    r"\x02?\s*[0-3]?\d([./-])[01]?\d\1(?:19|20)\d\d[ T]{1,2}(?:[01]\d|2[0-3])[0-5]\d\s*"
)
# Six digits and four, whatever parts them.
_PARTED_TEN = re.compile(r"\x02?\W{0,3}(\d{6})(?!\d)[^\w\x1f]{1,6}(\d{4})\W{0,3}")
# Ten digits in two others that no figure has.
_OTHER_TWO = re.compile(
    r"\x02?\W{0,3}(\d{2,5}|\d{7,8})([-/ \u00a0\u2010-\u2015]{1,3})(\d{2,3}|\d{5,8})\W{0,3}",
    re.ASCII,
)
# Ten digits as figures have them, without the zero that none begins with.
THOUSANDS = re.compile(r"\s*([1-9]\d{0,2})([. ,'\u00a0])(\d{3})\2(\d{3})(?:\2(\d{3}))?\s*")
DECIMAL = re.compile(r"\x02?\s*[1-9]\d{5}[.,]\d{4}\s*")
LAST_YEAR_OF_MOMENTS = 30


def is_moment_cell(cell: str) -> bool:
    """Whether it is a day and the time of it, of our time (`071020-1500`) or its year in full."""
    if _MOMENT_YEAR_FIRST.fullmatch(cell) or _MOMENT_DATED.fullmatch(cell):
        return True
    match = _MOMENT.fullmatch(cell)
    if match is None:
        return False
    return int(match[2]) <= LAST_YEAR_OF_MOMENTS or is_past_day_year_first(match[1] + match[2])


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
    elif match := THOUSANDS.fullmatch(cell):
        digits = "".join((match[1], match[3], match[4], match[5] or "")).zfill(10)
    elif is_in_other_two(cell) and not _is_case(cell):
        digits = re.sub(r"\D", "", cell)
    else:
        return ""
    return digits if len(digits) == 10 and digits.isascii() else ""


def is_in_other_two(cell: str) -> bool:
    """Whether all of a cell are ten digits in two groups that are not six and four."""
    match = _OTHER_TWO.fullmatch(cell)
    return match is not None and len(match[1] + match[3]) == len("ddmmyyssss")


def fits_in_other_two(cell: str) -> bool:
    """Whether such digits are a birthday whose check digit fits; of substitutes none.

    Behind a group of four the birthday may be the last six (`4916-251248`).
    """
    digits = re.sub(r"\D", "", cell)
    match = _OTHER_TWO.fullmatch(cell)
    is_serial_first = match is not None and len(match[1]) == len("ssss")
    orders = (digits, digits[4:] + digits[:4])[: 1 + is_serial_first]
    return any(ten < "32" and is_birthday(ten[:6], ten[6:]) and fits_check(ten) for ten in orders)


def _is_case(cell: str) -> bool:
    """Whether a year, in two digits with a dash behind it or in four, stands before a number."""
    match = _OTHER_TWO.fullmatch(cell)
    if match is None or len(match[1]) not in (2, 4):
        return False
    return bool(match[2].strip()) or "1900" <= match[1] <= "2100"


def is_parted_number(cell: str) -> bool:
    """Whether a cell is a number parted as figures are (`251248,4916`): its column decides.

    So it does of thousands (`2.512.484.916`) and of other groups (`2512 484916`), of which the
    check digit must fit.
    """
    is_odd = is_in_other_two(cell) and not _is_case(cell)
    # A dash between six and four is judged as a person's way to write.
    digits = "" if "-" in cell and not is_odd else parted_ten(cell)
    return (
        bool(digits)
        and not cell.startswith("\x02")
        and is_birthday(digits[:6], digits[6:])
        and (
            fits_in_other_two(cell)
            if is_odd
            else fits_check(digits)
            if THOUSANDS.fullmatch(cell)
            else is_likely_given(digits)
        )
        and not (digits > "61" and DECIMAL.fullmatch(cell))  # a place's metres begin so
        and not is_clock_of_our_time(digits[:6], digits[6:])
    )


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
