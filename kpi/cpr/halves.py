"""A CPR number in two texts that are read after each other.

Fields of a form, cells of a row that is entered, values of a recipe, quotations of a message.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from kpi.cpr.digits import birth_date, fits_check, is_clock_of_our_time

_LAST = re.compile(
    r"(?<!\d)(?<!\d[.,])(?:(?P<six>[0-3]\d{5})"
    r"|(?P<day>[0-3]\d)(?P<mark>[./-])(?P<month>[01]\d)(?P=mark)(?P<year>(?:19|20)?\d\d)"
    r"|(?P<iso>(?:19|20)\d\d-[01]\d-[0-3]\d))\W{0,3}\Z",
    re.ASCII,
)
_FIRST = re.compile(r"\W{0,3}(\d{4})(?!\d|[.,]\d)", re.ASCII)
# Dates of our time are deadlines and days of meetings, not of birth.
_LAST_BORN = 2006


def are_halves(left: str, right: str) -> bool:
    """Whether a text ends with a day of birth and the next begins with a serial that fits it.

    The check digit must fit, and four digits that may be a year, or the time of a day of our time,
    are no serial. Nor are substitute numbers found: what begins with 61 to 91 is mostly a figure.
    """
    if not (last := _LAST.search(left)) or not (first := _FIRST.match(right)):
        return False
    day, month, year = last["day"], last["month"], last["year"] or ""
    if last["iso"]:
        year, month, day = last["iso"].split("-")
    six = last["six"] or day + month + year[-2:]
    born, century = birth_date(six, first[1]), year[:-2]
    if born is None or "1900" <= first[1] <= "2100" or not fits_check(six + first[1]):
        return False
    if is_clock_of_our_time(six, first[1]):
        return False
    is_of_century = century in ("", f"{born.year // 100}")
    return is_of_century and (last["six"] is not None or born.year <= _LAST_BORN)


def second_halves(texts: Iterable[str]) -> list[int]:
    """The places of texts that contain the second half of a number; empty ones part no halves."""
    filled: Sequence[tuple[int, str]] = [(at, text) for at, text in enumerate(texts) if text]
    return [at for (_, left), (at, right) in pairwise(filled) if are_halves(left, right)]
