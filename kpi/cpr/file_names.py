"""The names of files: programs call what they write by its moment, persons by its number."""

import re
import time

from kpi.cpr.digits import (
    fits_check,
    is_birthday,
    is_clock_of_our_time,
    is_past_day_year_first,
    may_be_issued,
)
from kpi.cpr.named import has_named_number
from kpi.cpr.typed import typed_holds_number

_MOMENT = re.compile(
    r"(?<!\d)(\d\d)[-_.]?(\d\d)[-_.]?(\d\d)([-_. T]{0,3}(?:kl)?[-_. ]{0,2})(\d{4})(?!\d)"
)
# Seconds since 1970 of the years from 2005 on.
_SECONDS, _FIRST_SECOND, _A_DAY = re.compile(r"(?<!\d)1\d{9}(?!\d)"), 1_104_537_600, 86_400
# No file is called by an amount: behind ten digits are the year or the number of a copy.
_NUMBERED = re.compile(r"(?<![\d.,])(\d{6})(\d{4})[.,]\d{1,4}(?!\d)", re.ASCII)
# A school's number, which begins with its municipality, and a year.
_INSTITUTION = re.compile(r"(?<!\d)((?:6[1-9]|[78]\d|9[01])\d{4})[-_ ]{1,3}((?:19|20)\d\d)(?!\d)")


def name_holds_number(name: str) -> bool:
    """Whether a file's name contains a CPR number.

    Programs name what they write by the moment (`udtræk_220120-1945.csv`, `0212231211`), also in
    seconds since 1970: days of our time with the time of day are none, though the digits may be
    those of somebody of 100; nor are seconds whose check digit does not fit, or a school's number
    with a year. Beside the word CPR what fits its check digit is a person's.
    """
    if not _holds(name):
        return False
    if has_named_number(name) and any(
        fits_check("".join(match.group(1, 2, 3, 5))) for match in _MOMENT.finditer(name)
    ):
        return True
    for pattern, instead in (
        (_MOMENT, _instead), (_SECONDS, _instead_of_seconds), (_INSTITUTION, "\x1f")
    ):  # fmt: skip
        name = pattern.sub(instead, name)
    return _holds(name)


def _holds(name: str) -> bool:
    return typed_holds_number(name) or any(
        is_birthday(match[1], match[2]) and fits_check(match[1] + match[2])
        for match in _NUMBERED.finditer(name)
    )


def _instead(match: re.Match[str]) -> str:
    """Nothing in place of a moment, or what is there where it may well be a person's."""
    six, serial = match[1] + match[2] + match[3], match[5]
    # Of `750514-1239` neither 75 nor 1975 is of our time.
    is_moment = six < "32" and is_birthday(six, serial) and is_clock_of_our_time(six, serial)
    # On a 31st the year would be one of the last century (`260331-0930`).
    is_year_first = is_past_day_year_first(six) and serial < "2400" and serial[2] < "6"
    is_moment |= is_year_first and not fits_check(six + serial)
    is_glued = match[0].isdecimal() and may_be_issued(six + serial)
    return match[0] if not is_moment or is_glued or six.startswith("0101") else "\x1f"


def _instead_of_seconds(match: re.Match[str]) -> str:
    is_of_our_time = _FIRST_SECOND <= int(match[0]) <= time.time() + _A_DAY
    return "\x1f" if is_of_our_time and not fits_check(match[0]) else match[0]
