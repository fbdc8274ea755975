"""A CPR number in two texts that are read after each other.

Fields of a form, cells of a row that is entered, values of a recipe, quotations of a message.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from kpi.cpr.beside import names_several
from kpi.cpr.digits import birth_date, fits_check, is_clock_of_our_time

_LAST = re.compile(
    r"(?<!\d)(?<!\d[.,])(?:(?P<six>[0-3]\d{5})"
    r"|(?P<day>[0-3]\d)(?P<mark>[./-])(?P<month>[01]\d)(?P=mark)(?P<year>(?:19|20)?\d\d)"
    r"|(?P<iso>(?:19|20)\d\d-[01]\d-[0-3]\d))\W{0,3}\Z",
    re.ASCII,
)
_FIRST = re.compile(r"\W{0,3}(\d{4})(?!\d|[.,]\d)", re.ASCII)
# A half anywhere in a field that a person fills in, letters at it or not (`i251248`, `Noget 4916`).
_SIX_WITHIN = re.compile(r"(?<!\d)(?<!\d[.,/-])([0-3]\d[01]\d{3})(?!\d|[.,/-]\d)", re.ASCII)
_FOUR_WITHIN = re.compile(r"(?<!\d)(?<!\d[.,/-])(\d{4})(?!\d|[.,/-]\d)", re.ASCII)
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


def halves_within(texts: Sequence[str]) -> list[int]:
    """The places of a row's fields that contain the last four of a number whose six are in another.

    They need not be neighbours, nor at an end: of the fields of a row hardly any have six digits
    that are a day of birth and four that fit it. What is counted (`251248 i alt`) is no half.
    """
    births = _within(_SIX_WITHIN, texts)
    serials = _within(_FOUR_WITHIN, texts) if births else []
    return [
        at
        for at, serial in serials
        if any(before != at and _are_of_one(six, serial) for before, six in births)
    ]


def _within(part: re.Pattern[str], texts: Sequence[str]) -> list[tuple[int, str]]:
    return [
        (at, match[1])
        for at, text in enumerate(texts)
        for match in part.finditer(text)
        if not names_several(text[match.end() :])
    ]


def _are_of_one(six: str, serial: str) -> bool:
    if birth_date(six, serial) is None or "1900" <= serial <= "2100":
        return False
    return fits_check(six + serial) and not is_clock_of_our_time(six, serial)
