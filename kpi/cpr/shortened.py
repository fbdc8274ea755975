"""A CPR number that lost its first zero before its dash: `51098-1251` for `051098-1251`.

A program that took the six digits for a figure left five. Cases and codes are written so, too, and
of chance digits one in a hundred is a birthday whose check digit fits: it must fit, nothing around
may say that the digits are something else, and a column whose cells mostly do not fit is of codes.
"""

import re

from kpi.cpr.beside import is_of_objects, names_case, names_moment, names_object, names_several
from kpi.cpr.digits import birth_date, fits_check, is_clock_of_our_time, is_of_our_time

# Of a longer run of groups, decimals or a code with letters it is a part.
_FIVE_AND_FOUR = re.compile(
    r"(?<![\w.,:/%&=#-])(?<!\d )([1-9]\d{4}) ?- ?(\d{4})(?![\w%]|[-.,:/] ?\d| \d)"
)
_OF_RANGE = re.compile(r"\b(?:fra|mellem|side|s|pp?|sider|linje|nr|postnr|zip)\b\.?\s*\Z", re.I)
_NEAR = 64


def holds_shortened(text: str) -> bool:
    """Whether a text that kpi/cpr/reading.py read contains such a number."""
    return any(map(_is_number, _FIVE_AND_FOUR.finditer(text)))


def shortened_ten(text: str) -> str:
    """The ten digits that five and four have lost a zero of; empty where a text has other digits.

    Beside further digits of a cell the five and four are no code that its column is of.
    """
    match = _FIVE_AND_FOUR.search(text)
    is_only = match is not None and sum(map(str.isdecimal, text)) == len("dmmyyssss")
    return f"0{match[1]}{match[2]}" if match and is_only else ""


def fits_shortened(ten: str) -> bool:
    """Whether ten digits are a birthday whose check digit fits, with no year or time behind."""
    six, serial = ten[:6], ten[6:]
    return (
        birth_date(six, serial) is not None
        and fits_check(ten)
        and not "1900" <= serial <= "2100"
        and not is_clock_of_our_time(six, serial)
    )


def _is_number(match: re.Match[str]) -> bool:
    ten = f"0{match[1]}{match[2]}"
    if not fits_shortened(ten):
        return False
    before = match.string[max(0, match.start() - _NEAR) : match.start()]
    after = match.string[match.end() :][:_NEAR]
    is_other = names_case(before) or names_object(before) or names_several(after)
    is_moment = names_moment(before) and is_of_our_time(ten[:6], ten[6:])
    return not (
        is_other
        or is_moment
        or _OF_RANGE.search(before)
        or is_of_objects(ten, before, after, is_glued=True)
    )
