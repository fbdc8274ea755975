"""A CPR number in a cell below a name that says so: however it is written, with digits lost."""

import re

from kpi.cpr.digits import birth_century, fits_check, is_birthday
from kpi.cpr.named import whole_digits
from kpi.cpr.split import is_split_number

_NINE = re.compile(r"\x02?\s*(\d{9})(?:[.,]0+)?\s*")
_IN_FIGURES = re.compile(r"[\d\s.,:;/_'*()+~\-\u2010-\u2015\u2212]+(?:[eE][+-]?\d+)?")
_EXCEL_DAY = re.compile(r"(\d{5})\s?[-/ ]?\s?(\d{4})")
_IN_TEXT = re.compile(r"(?<!\d)\d{9,10}(?!\d)")
# Further digits glued behind it, such as a postcode.
_GOES_ON = re.compile(r"(\d{6})[-/ ]?(\d{4})\d{1,8}(?!\d)")
# What hospitals give a child before it has a number.
_SUBSTITUTE = re.compile(
    r"(\d{6})[- ]?(?!x+\Z)([a-zæøå]{1,3}\d{1,3}|[a-zæøå]{4}|\d[a-zæøå]{2}\d)", re.I
)


def is_shortened_personal_number(text: str) -> bool:
    """Whether the text is the nine digits left of a CPR number that lost its first zero."""
    match = _NINE.fullmatch(text)
    return match is not None and is_birthday("0" + match[1][:5], match[1][5:])


def _holds_parts(text: str) -> bool:
    """Whether a cell contains a birthday and a serial, in either order, with anything between.

    `251248|4916`, `251248 nr. 4916`, `="251248"&"-"&"4916"`.
    """
    runs = re.findall(r"\d+", text)
    digits = "".join(runs)
    if len(digits) != 10 or len(runs) < 2:
        return False
    if len(runs[-1]) == 4 and is_birthday(digits[:6], digits[6:]):
        return True
    return len(runs[0]) == 4 and is_birthday(digits[4:], digits[:4])


def _is_in_other_order(digits: str) -> bool:
    """Whether ten digits are a serial before a birthday, or a birthday with its year first."""
    return is_birthday(digits[4:], digits[:4]) or is_birthday(
        digits[4:6] + digits[2:4] + digits[:2], digits[6:]
    )


def is_number_under_head(text: str) -> bool:
    """Whether a cell of a column that is named for CPR numbers is one, however it is written.

    Among words, as a figure with decimals, powers (`2,512484916E9`) or thousands, without its first
    zero, as the day that Excel counts and four digits, with a year of four digits, or a hospital's
    substitute; with further digits behind it where its check digit fits.
    """
    plain = text.lstrip("\x02").strip()
    tens = (digits.zfill(10) for digits in _IN_TEXT.findall(plain))
    if any(is_birthday(ten[:6], ten[6:]) for ten in tens):
        return True
    if not 8 < len(plain) < 40 or not any(map(str.isdigit, plain)):
        return False
    if match := _EXCEL_DAY.fullmatch(plain):
        return is_split_number(match[1], match[2], lost_zeros=True)
    longer = _GOES_ON.match(plain)
    if longer and is_birthday(longer[1], longer[2]) and fits_check(longer[1] + longer[2]):
        return True
    if match := _SUBSTITUTE.fullmatch(plain):
        return is_birthday(match[1], "1") or is_birthday(match[1], "5")
    if not _IN_FIGURES.fullmatch(plain):
        return _holds_parts(plain)
    digits = whole_digits(plain)
    if digits:
        is_whole = len(re.findall(r"\d", plain)) == 10
        return is_birthday(digits[:6], digits[6:]) or (is_whole and _is_in_other_order(digits))
    digits = re.sub(r"\D", "", plain)
    if len(digits) != 12:
        return False
    serial = digits[8:]
    return any(
        is_birthday(six, serial) and birth_century(six, serial) == century
        for six, century in (
            (digits[:4] + digits[6:8], digits[4:6]),
            (digits[6:8] + digits[4:6] + digits[2:4], digits[:2]),
        )
    )
