"""A CPR number among words, its halves parted as two figures are: `se 251248, 4916`.

In a table a comma, a point or groups part figures; among words few figures stand so, and of these
one in 300 is a birthday whose check digit fits. Whole files of JSON and PX are not read so: only a
cell, a name, a note or a text in quotes. Without words around it a number in loose groups is found
(kpi/cpr/loose.py).
"""

import re

from kpi.cpr.apart import holds_apart
from kpi.cpr.beside import (
    is_of_named_day_and_count,
    is_of_objects,
    names_case,
    names_moment,
    names_object,
    names_several,
)
from kpi.cpr.cut import holds_cut
from kpi.cpr.digits import birth_century, birth_date, fits_check, is_clock_of_our_time
from kpi.cpr.loose import holds_loose
from kpi.cpr.lost_zeros import holds_nine_of_person
from kpi.cpr.named import whole_digits
from kpi.cpr.reading import readings
from kpi.cpr.shortened import holds_shortened

_WORD = re.compile(r"[^\W\d_]{2}")
_GAP = r"(?:[^\w\x1f]{1,3}|_)"
_SIX = r"\d{6}|\d\d ?\d\d \d\d|\d\d \d{4}|\d{3}[- ]\d{3}"
_FOUR = rf"\d{{4}}|\d\d{_GAP}\d\d|\d{_GAP}\d{{3}}|\d{{3}}{_GAP}\d|\d(?:{_GAP}\d){{3}}"
_BEFORE, _AFTER = r"(?<!\d)(?<!\d[-.,:/ ])(?<!\d[,;:] )", r"(?![-.,:/ ]{0,2}\d)(?!\w)"
_LAYOUTS = (
    re.compile(rf"{_BEFORE}(?:{_SIX}){_GAP}(?:{_FOUR}){_AFTER}"),
    # A digit at a time, as in the boxes of a form, or in two fives.
    re.compile(rf"{_BEFORE}(?:\d(?:[-. /_]{{1,2}}\d){{9}}|\d{{5}}[- ]\d{{5}}){_AFTER}"),
    # All digits of a number as a power: nobody writes an amount so.
    re.compile(r"(?<![\w.,])\d[.,]\d{8,9}[eE]\+?0?9(?!\w)"),
)
# A day with its year in full, all with spaces between, as the boxes of a form have them.
_DATED = re.compile(rf"{_BEFORE}(\d\d) (\d\d) (19|20)(\d\d) (\d{{4}}){_AFTER}")
_FIRST_CLOCKS = 1990
# A day of the last century, its year first, and four digits behind a dash though a clock shows
# such: in whole files and in columns of them these are the moments of older measurements.
_YEAR_FIRST = re.compile(rf"{_BEFORE}(19)(\d\d)([-.])(\d\d)\3(\d\d) ?- ?(\d{{4}}){_AFTER}")
_MIDNIGHT = "0000"
_MAY_HOLD = re.compile(
    r"\d\d\W{0,3}\d\d\W{0,3}\d\d[\W_]{1,3}\d[\d\W_]{2,9}\d|(?:\d[-. /_]{1,2}){9}\d"
    r"|\d{5}[- ]\d{5}|\d{3}[- ]\d{3}|\d[eE][+0]{0,2}9|(?:\d[\W_]{0,3}){9}\d"
    r"|\d\d[\W_]{0,3}[^\W\d_]\D{1,40}\d\d|\d{6}-\d{10}-\d{4}"
    r"|(?<!\d)[1-9]\d{4}[\W_]{1,3}\d{4}(?!\d)|[^\W\d_]\D{1,24}\d{3}[ .,']?\d{3}[ .,']?\d{3}(?!\d)"
)
# Letters beyond the Western ones may be digits, and so may escapes.
_ODD_LETTER = re.compile(r"[\u0100-\U0010ffff]|[&%\\]")
_LAST_DAY = "31"
_NEAR = 64


def holds_in_prose(text: str) -> bool:
    """Whether words stand around ten digits that are a birthday whose check digit fits.

    No year or time of day, nor the number of a case or an object; figures of thousands and more
    figures straight beside them are lists.
    """
    if not _MAY_HOLD.search(text) and not _ODD_LETTER.search(text):
        return False
    return any(map(_holds_as_read, readings(text)))


def _holds_as_read(read: str) -> bool:
    if holds_loose(read) or holds_cut(read) or holds_shortened(read):
        return True
    if holds_nine_of_person(read) or holds_apart(read):
        return True
    if any(map(_is_number_year_first, _YEAR_FIRST.finditer(read))):
        return True
    return _WORD.search(read) is not None and (
        any(_is_number(match) for layout in _LAYOUTS for match in layout.finditer(read))
        or any(map(_is_dated_number, _DATED.finditer(read)))
    )


def _is_dated_number(match: re.Match[str]) -> bool:
    """Whether a day before files had moments and four digits beside it are a number."""
    day, month, century, year, serial = match.groups()
    six = day + month + year
    return (
        birth_century(six, serial) == century
        and int(century + year) < _FIRST_CLOCKS
        and fits_check(six + serial)
        and not "1900" <= serial <= "2100"
        and not names_several(match.string[match.end() :][:_NEAR])
    )


def _is_number_year_first(match: re.Match[str]) -> bool:
    """Whether a day with its year first and four digits are a number, and no moment of a file."""
    century, year, _, month, day, serial = match.groups()
    six = day + month + year
    before = match.string[max(0, match.start() - _NEAR) : match.start()]
    return (
        birth_century(six, serial) == century
        and fits_check(six + serial)
        and serial != _MIDNIGHT
        and not "1900" <= serial <= "2100"
        and not (names_moment(before) or names_case(before) or names_object(before))
        and not names_several(match.string[match.end() :][:_NEAR])
    )


def _is_number(match: re.Match[str]) -> bool:
    digits = whole_digits(match[0]) if "e" in match[0].casefold() else re.sub(r"\D", "", match[0])
    six, serial = digits[:6], digits[6:]
    if len(digits) != len("ddmmyyssss") or birth_date(six, serial) is None or six > f"{_LAST_DAY}x":
        return False
    if not fits_check(digits) or "1900" <= serial <= "2100" or is_clock_of_our_time(six, serial):
        return False
    before = match.string[max(0, match.start() - _NEAR) : match.start()]
    after = match.string[match.end() : match.end() + _NEAR]
    is_object = names_case(before) or names_object(before)
    between = re.search(r"(?<=\d{6})\D+(?=\d{4}\Z)", match[0])
    if between and is_of_named_day_and_count(digits, between[0], before, after):
        return False
    return not is_object and not is_of_objects(digits, before, after, is_glued=True)
