"""The halves of a CPR number anywhere in what is typed together: `Ida 251248` and `nr. 4916`.

The fields of a row, a name and a note, the words of one text. Of fields hardly any have six digits
that are a day of birth and four that fit it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kpi.cpr.beside import names_case, names_object, names_several
from kpi.cpr.cut import MONEY_BESIDE
from kpi.cpr.digits import birth_date, fits_check, is_clock_of_our_time
from kpi.cpr.loose import OF_PERSON
from kpi.cpr.reading import readings

# A half anywhere in a field that a person fills in, letters at it or not (`i251248`, `Noget 4916`).
_SIX_WITHIN = re.compile(r"(?<!\d)(?<!\d[.,/-])([0-3]\d[01]\d{3})(?!\d|[.,/-]\d)", re.ASCII)
_FOUR_WITHIN = re.compile(r"(?<!\d)(?<!\d[.,/-])(\d{4})(?!\d|[.,/-]\d)", re.ASCII)
_DATE_WITHIN = re.compile(
    r"(?<!\d)(?<!\d[.,/-])(?:(?P<day>[0-3]?\d)[./-](?P<month>[01]?\d)[./-]"
    r"(?P<year>(?:19|20)?\d\d)|(?P<iso>(?:19|20)\d\d-[01]\d-[0-3]\d))(?!\d|[.,/-]\d)"
)
_MAY_BE_HALF = re.compile(r"\d{4}|\d[./-]\d\d?[./-]\d|[%&\\=<]|\d\W{0,3}[^\W\d_]+\W{0,3}\d")
_OF_NUMBER = re.compile(
    r"(?<![^\W\d_])(?:n(?:umme)?r|nummeret|no|cpr\w*|l(?:ø|oe)be?n\w+|sidste|cif\w+|fire|ender|slutter)"
    r"\W{0,3}(?:er|p(?:å|aa)|de)?\W{0,3}\Z",
    re.IGNORECASE,
)
_FROM = re.compile(r"\b(?:fra|mellem|b(?:å|aa)de|hhv\.?|henholdsvis)\W{1,3}\Z", re.IGNORECASE)
_NEAR, _NEAR_MONEY = 48, 6
# Dates of our time are deadlines and days of meetings, not of birth.
_LAST_BORN, _LAST_YEAR_OF_FILES = 2006, "30"


@dataclass(frozen=True)
class _Half:
    """The digits of a half, the text they are in, and whether they are sure to be one."""

    at: int
    digits: str
    is_sure: bool
    span: tuple[int, int]
    read: str
    century: str = ""


def halves_within(texts: Sequence[str], *, also_of_one: bool = False) -> list[int]:
    """The places of texts that contain the last four of a number whose six are in another.

    They need not be neighbours, nor at an end: of the fields of a row hardly any have six digits
    that are a day of birth and four that fit it. What is counted (`251248 i alt`) is no half. With
    `also_of_one` both may be anywhere in one text, too; a day with its marks counts where it is
    called a day of birth, or the four digits are called a number.
    """
    births = _births(texts)
    serials = _serials(texts) if births else []
    return [
        serial.at
        for serial in serials
        if any(
            (birth.at != serial.at or (also_of_one and _are_apart(birth, serial)))
            and (birth.is_sure or serial.is_sure)
            and _are_of_one(birth.digits, serial.digits, birth.century)
            for birth in births
        )
    ]


def _are_apart(birth: _Half, serial: _Half) -> bool:
    """Whether two halves of one text are no code in one word, nor figures from one to another.

    A day of our time is of a file or a meeting where nothing says that somebody was born on it.
    """
    first, last = sorted((birth.span, serial.span))
    between, before = birth.read[first[1] : last[0]], birth.read[: first[0]]
    if birth.read != serial.read or first[1] > last[0] or between.isalnum():
        return False
    is_of_file = birth.digits[4:] <= _LAST_YEAR_OF_FILES and not OF_PERSON.search(before)
    return not is_of_file and not _FROM.search(before)


def _births(texts: Sequence[str]) -> list[_Half]:
    births = []
    for at, read in _readings(texts):
        births += [
            _Half(at, match[1], True, match.span(), read) for match in _within(_SIX_WITHIN, read)
        ]
        for match in _within(_DATE_WITHIN, read):
            day, month, year = match["day"], match["month"], match["year"]
            if match["iso"]:
                year, month, day = match["iso"].split("-")
            six = day.zfill(2) + month.zfill(2) + year[-2:]
            is_sure = OF_PERSON.search(read[: match.start()][-_NEAR:]) is not None
            births.append(_Half(at, six, is_sure, match.span(), read, year[:-2]))
    return births


def _serials(texts: Sequence[str]) -> list[_Half]:
    return [
        _Half(
            at, match[1], _OF_NUMBER.search(read[: match.start()][-_NEAR:]) is not None,
            match.span(), read,
        )
        for at, read in _readings(texts)
        for match in _within(_FOUR_WITHIN, read)
    ]  # fmt: skip


def _readings(texts: Sequence[str]) -> Iterator[tuple[int, str]]:
    for at, text in enumerate(texts):
        if not text.isascii() or _MAY_BE_HALF.search(text):
            yield from ((at, read) for read in readings(text))


def _within(part: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The halves of a text; not what is counted, nor what numbers a case or an object."""
    for match in part.finditer(text):
        before = text[: match.start()][-_NEAR:]
        is_other = names_several(text[match.end() :]) or names_case(before) or names_object(before)
        if not is_other and not MONEY_BESIDE.search(before[-_NEAR_MONEY:]):
            yield match


def _are_of_one(six: str, serial: str, century: str) -> bool:
    born = birth_date(six, serial)
    if born is None or "1900" <= serial <= "2100" or century not in ("", f"{born.year // 100}"):
        return False
    if century and born.year > _LAST_BORN:
        return False
    return fits_check(six + serial) and not is_clock_of_our_time(six, serial)
