"""A CPR number given of a person who was born on a day: `født 25.01.1954, 1985`, `ddmmåå-4916`.

Or of whom a word says that it is a time, which it is not: `25.12.48 kl. 4916`.

Behind a day of birth that is called so, four digits are its serial where the number may be given,
though they look like a year or a time of day; and where the day is masked before them, the day may
stand anywhere near.
"""

import re

from kpi.cpr.digits import (
    birth_century,
    fits_check,
    is_birthday,
    is_clock_of_our_time,
    may_be_issued,
)

_DATE = (
    r"(\d\d?)(?:[-./ ]|, ?| ?[-./] ?)?(\d\d?)(?:[-./' ]{0,2}|[-.,/ ]{0,3}(?:i )?(?:å|aa)r(?:et)? )"
    r"((?:1[89]|20)\d\d|\d\d)(?!\d)"
)
_WORD = (
    r"(?:med|har|og|samt|hun|han|som|hvis|n(?:umme)?r|no|id|cpr|person|de|der|er|den|sidste|fire|4"
    r"|cif\w{0,4}|tal|slutte?r|ende?r|endelse\w?|p(?:å|aa)|lyder|l(?:ø|oe)be?n\w{1,6}|kontrol\w{0,8})"
)
_BETWEEN = rf"(?:[^\w\x1f]{{0,4}}{_WORD}(?![^\W_])){{0,8}}[^\w\x1f]{{1,6}}"
_BORN = re.compile(
    r"(?<![^\W\d_])(?:f(?:ø|oe|o)dt|f(?:ø|oe|o)dselsda(?:g|to)\w{0,2}|f\.|f(?:ø|oe)ds?\.)"
    rf"[^\w\x1f]{{0,4}}(?:(?:den|d)[^\w\x1f]{{1,3}})?{_DATE}({_BETWEEN})(\d{{4}})(?![.,:]?\d)",
    re.IGNORECASE,
)
# As programs write it: `fødselsdato 2012-05-14, 4573`.
_YEAR_FIRST = re.compile(r"(?<!\d)((?:19|20)\d\d)([-./])(\d\d)\2(\d\d)(?!\d)")
# What stands for the day where only the serial is given.
_MASK = re.compile(
    r"(?<![^\W_])(?<![x*#~?.-])(?:x{6}|[*#~?]{6}|_{6}|dd[-./ ]?mm[-./ ]?(?:å{2,4}|a{2,4}|y{2,4}))"
    r"(?P<between>[-/ ]{0,3})(?P<serial>\d{4})(?![.,]?\d)",
    re.IGNORECASE,
)
# What is written as a time of day and is none: `25.12.48 kl. 4916`.
_NO_TIME = re.compile(
    rf"(?<![\d.,]){_DATE},? ?(?:kl|k1|klokken|at|@)[.:]? ?"
    r"(\d\d)[.: ]?(\d\d)(?![.,]?\d)",
    re.IGNORECASE,
)
_TIME_WORD = re.compile(r"kl|k1|at|@", re.IGNORECASE)
_DAY = re.compile(rf"(?<![\d.,]){_DATE}")
_OF_BIRTH = re.compile(
    r"(?:f(?:ø|oe|o)dt|f(?:ø|oe|o)dselsda(?:g|to)|\bf\.)[^\d\x1f]{0,16}\Z", re.IGNORECASE
)
_AS_OF = re.compile(r"\b(?:pr|per|siden|inden|senest|opdateret|udl(?:ø|oe)b)\b.{0,8}\Z", re.I)
_COUNTED = re.compile(r"\s*[a-zæøå]{2,}")
_OF_SEVERAL = re.compile(
    r"(?:antal|andel|tal|b(?:ø|oe)rn|personer|borgere|elever|indbyggere|unge|(?:æ|ae)ldre|kvinder"
    r"|m(?:æ|ae)nd|alle|(?:å|aa)rgang\w*)\W{1,3}(?:\w{1,12}\W{1,3}){0,2}\Z",
    re.IGNORECASE,
)
_NEAR, _EARLIER = 64, "19"
_FOUR = re.compile(r"(?<!\d)\d{4}(?!\d)")


def holds_born(text: str) -> bool:
    """Whether a text that kpi/cpr/reading.py read contains a day of birth and its serial."""
    if _TIME_WORD.search(text) and any(map(_is_no_time, _NO_TIME.finditer(text))):
        return True
    if not _FOUR.search(text):
        return False
    day_first = _YEAR_FIRST.sub(r"\4\2\3\2\1", text)
    return any(map(_is_serial, _BORN.finditer(day_first))) or any(
        _has_day(text, mask) for mask in _MASK.finditer(text)
    )


def _is_no_time(match: re.Match[str]) -> bool:
    """Whether a day is followed by four digits that no clock shows, though a word says so."""
    six, century = _six(match[1], match[2], match[3])
    hour, minute = match[4], match[5]
    serial = hour + minute
    return (
        (hour > "24" or minute > "59")
        and _fits_century(six, century, serial)
        and fits_check(six + serial)
    )


def _is_serial(match: re.Match[str]) -> bool:
    six, century = _six(match[1], match[2], match[3])
    between, serial = match[4], match[5]
    if not _fits_century(six, century, serial):
        return False
    if century != _EARLIER and is_clock_of_our_time(six, serial):
        return False
    if _OF_SEVERAL.search(match.string[max(0, match.start() - _NEAR) : match.start()]):
        return False
    if not re.search(r"\w", between) and _COUNTED.match(match.string, match.end()):
        return False  # what follows a sign is counted: `født 01.01.2010: 4500 børn`
    is_year = "1900" <= serial <= "2100"
    return fits_check(six + serial) if is_year else may_be_issued(six + serial)


def _has_day(text: str, mask: re.Match[str]) -> bool:
    """Whether a day whose serial is given behind a mask stands near it."""
    start = max(0, mask.start() - _NEAR)
    near = text[start : mask.start()] + "\x1f" + text[mask.end() : mask.end() + _NEAR]
    # An account is masked so, too, without a sign before what is shown of it.
    is_sure = mask["between"] != "" or mask[0][0] in "dD"
    for day in _DAY.finditer(near):
        before = near[: day.start()]
        is_of_person = _OF_BIRTH.search(before) or (is_sure and not _AS_OF.search(before))
        if is_of_person and _fits_century(*_six(day[1], day[2], day[3]), mask["serial"]):
            return True
    return False


def _six(day: str, month: str, year: str) -> tuple[str, str]:
    """The six digits of a date, and the first two of its year where it says them."""
    return day.zfill(2) + month.zfill(2) + year[-2:], year[:-2]


def _fits_century(six: str, century: str, serial: str) -> bool:
    return is_birthday(six, serial) and century in ("", birth_century(six, serial))
