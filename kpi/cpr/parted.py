"""A CPR number in a layout that figures have too: its check digit tells them apart.

Any sign or bracket between birthday and serial (`251248(4916)`, `251248|4916`), the serial first
(`4916-251248`), the year first (`481225-4916`, `194812254916`), a date in words or with commas, and
letters that a scanner reads for digits (`2O1248-4916`). The layouts that are a number without its
check digit are told by kpi/cpr/spelling.py.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kpi.cpr.beside import is_in_hexadecimal, names_case, names_thing
from kpi.cpr.digits import birth_century, birth_date, fits_check, may_be_issued

# What a scanner or a hand makes of digits.
READ_FOR_DIGITS, _MEANT = "OoQIlZzSsGbBgq", "00011225566899"
_TO_DIGITS = str.maketrans(READ_FOR_DIGITS, _MEANT)
_MISREAD = re.compile(rf"\d[{READ_FOR_DIGITS}]|[{READ_FOR_DIGITS}]\d")
_TOKEN = re.compile(rf"(?<![^\W_])[\d{READ_FOR_DIGITS}]*\d[\d{READ_FOR_DIGITS}]*(?![^\W_])")

_SIGNS = r"(?:[^\w\x1f]|_){1,6}"
# The little words and keys that stand before a serial.
_WORD = (
    r"(?:x{1,6}|nr|no|num(?:mer)?|lb?|l(?:ø|oe|o)b|lbnr|l(?:ø|oe|o)be?n(?:r|ummer)|serial"
    r"|kontrol\w{0,8}|cpr|person|sidste|fire|4|cif(?:fer|re)|de|er|bindestreg|streg|minus)"
)
_WORDS = rf"(?:[^\w\x1f]|_){{0,4}}(?:{_WORD}(?:[^\w\x1f]|_){{1,4}}){{1,6}}|x{{1,6}}"
_HAS_WORD = re.compile(
    rf"\d(?:(?:[^\w\x1f]|_){{0,4}}(?=[bcdefklmnpsx]){_WORD}(?:[^\w\x1f]|_)|x{{1,6}}\d)",
    re.IGNORECASE,
)
_IN_DATE = r"(?:[./:_'-]|, ?|\. | )"


def _layouts(between: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The day first and the year first, with something between the date and the serial."""
    day_first = rf"(\d\d?)({_IN_DATE}?)(\d\d?)({_IN_DATE}?)(\d{{4}}|\d\d)({between})(\d{{4}})(?!\d)"
    year_first = rf"(\d{{4}}|\d\d)({_IN_DATE}?)(\d\d)({_IN_DATE}?)(\d\d)({between})(\d{{4}})(?!\d)"
    return (
        re.compile(rf"(?<!\d)(?={day_first})", re.IGNORECASE),
        re.compile(rf"(?<!\d)(?={year_first})", re.IGNORECASE),
    )


_BY_SIGNS, _BY_WORDS = _layouts(f"{_SIGNS}|"), _layouts(_WORDS)
_SERIAL_FIRST = re.compile(
    rf"(?<!\d)(?=(\d{{4}})({_SIGNS})(\d\d?)({_IN_DATE}?)(\d\d?)({_IN_DATE}?)(\d{{4}}|\d\d)(?!\d))"
)
_GOES_ON = re.compile(r"[./:,-]?\d| \d")
_WENT_ON = re.compile(r"\d[ ./:,-]\Z")
_OF_LAWS = re.compile(r"\b(?:lov|bek|lbk|vejl|cirk|aftale|kap)\w*\b.{0,24}\Z", re.IGNORECASE)
_AS_OF = re.compile(
    r"\b(?:pr|d|den|fra|til|af|siden|efter|inden|senest|opdateret|i)\b\.?\s*\Z", re.I
)
_COUNTED = re.compile(r"\s*\)?\s*[a-zæøå]{2,}")
_NEAR = 48
_LAST_CLOCK, _FIRST_CLOCKS = "2359", 1990
_LAST_WITHOUT_CHECK = 2000


@dataclass(frozen=True)
class _Candidate:
    """A day of birth and a serial, the marks in the date, and what parts the two."""

    six: str
    century: str
    serial: str
    marks: tuple[str, str]
    between: str
    start: int
    end: int
    is_day_first: bool = True
    is_serial_first: bool = False

    @property
    def digits(self) -> str:
        return self.six + self.serial

    @property
    def is_joined(self) -> bool:
        """Whether the date is written in one."""
        return self.marks == ("", "")


def holds_parted(text: str) -> bool:
    """Whether a number stands in a text, in a layout that only its check digit tells of.

    The text is one that kpi/cpr/reading.py read, here and below. Only signs part the digits.
    """
    return any(_is_number(text, found) for found in _parted_by_signs(text))


def holds_worded(text: str) -> bool:
    """Whether a number stands in a text with little words between its parts (`nr.`, `sidste 4`)."""
    return any(_is_number(text, found) for found in _parted_by_words(text))


def holds_misread(text: str) -> bool:
    """Whether a number stands in a text when its letters are read for the digits they look like."""
    if not _MISREAD.search(text):
        return False
    read = _TOKEN.sub(_digits_read, text)
    return read != text and any(_is_misread(read, found) for found in _candidates(read))


def layouts_named(text: str) -> Iterator[tuple[str, str]]:
    """The birthday and the serial of each layout in a text that stands beside the word for it.

    Beside it the check digit is asked for only where a year and a count stand so (`2019: 120345`).
    """
    for found in _candidates(text):
        if found.century not in ("", birth_century(found.six, found.serial)):
            continue
        is_odd = found.is_serial_first or not found.is_day_first
        is_signed = re.fullmatch(r"[-/|()\[\]{}<>_+~*]+", found.between.strip()) is not None
        if not is_odd or fits_check(found.digits):
            has_date = found.century != "" and not fits_check(found.digits)
            if not has_date and found.between.strip() not in (":",):
                yield found.six, found.serial
        elif is_signed and not "1900" <= found.serial <= "2100":
            yield found.six, found.serial


def _digits_read(found: re.Match[str]) -> str:
    token = found[0]
    letters = sum(map(str.isalpha, token))
    return token.translate(_TO_DIGITS) if 2 * letters <= len(token) else token


def _candidates(text: str) -> Iterator[_Candidate]:
    yield from _parted_by_signs(text)
    yield from _parted_by_words(text)


def _parted_by_words(text: str) -> Iterator[_Candidate]:
    # A sign stands behind each word, and `x` is one without.
    is_one_word = text.isalnum() and "x" not in text and "X" not in text
    if not is_one_word and _HAS_WORD.search(text):
        yield from _of_layouts(text, _BY_WORDS)


def _parted_by_signs(text: str) -> Iterator[_Candidate]:
    yield from _of_layouts(text, _BY_SIGNS)
    for found in _SERIAL_FIRST.finditer(text):
        serial, between, day, mark, month, second, year = found.groups()
        if (mark and second) or len(day + month) == 4:
            yield _Candidate(
                day.zfill(2) + month.zfill(2) + year[-2:], year[:-2], serial, (mark, second),
                between, found.start(), found.end(7), is_serial_first=True,
            )  # fmt: skip


def _of_layouts(
    text: str, layouts: tuple[re.Pattern[str], re.Pattern[str]]
) -> Iterator[_Candidate]:
    day_first, year_first = layouts
    for found in day_first.finditer(text):
        day, mark, month, second, year, between, serial = found.groups()
        if (mark and second) or len(day + month) == 4:
            yield _Candidate(
                day.zfill(2) + month.zfill(2) + year[-2:], year[:-2], serial, (mark, second),
                between, found.start(), found.end(7),
            )  # fmt: skip
    for found in year_first.finditer(text):
        year, mark, month, second, day, between, serial = found.groups()
        yield _Candidate(
            day + month + year[-2:], year[:-2], serial, (mark, second), between, found.start(),
            found.end(7), is_day_first=False,
        )  # fmt: skip


def _is_number(text: str, found: _Candidate) -> bool:
    """Whether a candidate of a text is a number by its layout and its check digit."""
    if not found.between and not found.century:
        return False  # the common layouts
    return _may_be_persons(text, found) and _is_told(text, found)


def _is_misread(text: str, found: _Candidate) -> bool:
    """The same where letters were read as digits: six, a dash and four need no check digit."""
    is_dashed = found.is_joined and found.between == "-" and not found.is_serial_first
    if not _may_be_persons(text, found):
        return False
    is_known = is_dashed and found.is_day_first and not found.century
    return is_known or fits_check(found.digits) or found.digits.startswith("0101")


def _may_be_persons(text: str, found: _Candidate) -> bool:
    """Whether a candidate is a birthday with its century, and not a list, a period or a moment."""
    born = birth_date(found.six, found.serial)
    if born is None or found.century not in ("", birth_century(found.six, found.serial)):
        return False
    if (found.marks[0] == "") != (found.marks[1] == ""):
        return False
    if "1900" <= found.serial <= "2100":
        return False
    is_clock = found.serial <= _LAST_CLOCK and found.serial[2] < "6"
    if found.serial <= _LAST_CLOCK and found.century and found.between:
        return False
    if is_clock and (int(found.six[4:]) <= 30 or born.year >= _FIRST_CLOCKS):
        return False
    before, after = text[max(0, found.start - _NEAR) : found.start], text[found.end :][:_NEAR]
    if _GOES_ON.match(after) or _WENT_ON.search(before):
        return False
    if names_case(before) or names_thing(before):
        return False
    if is_in_hexadecimal(before, text[found.start : found.end], text[found.end :][:_NEAR]):
        return False
    if not found.is_joined and _OF_LAWS.search(before):
        return False
    return not _is_list(found)


def _is_list(found: _Candidate) -> bool:
    """Whether one and the same sign parts all of it, or a mark makes decimals."""
    between = found.between.strip()
    if found.is_joined:
        return between in (",", ";", ".") and not found.century
    return found.between != "" and {*found.marks, found.between} in (
        {found.between}, {", ", ","}, {". ", "."}
    )  # fmt: skip


def _is_told(text: str, found: _Candidate) -> bool:
    fits = fits_check(found.digits)
    if found.is_serial_first:
        return fits and found.between.strip() != "" and found.between.strip() not in (",", ".", ";")
    if not found.is_day_first:
        is_parted = found.century != "" or found.between.strip() != ""
        return fits and is_parted
    if found.is_joined and not found.century:
        if not found.between.strip():
            return False
        is_zero_first = found.six.startswith("0")
        return is_zero_first or may_be_issued(found.digits)
    if found.is_joined:
        return fits
    is_alone = found.end - found.start == len(text.strip())
    if is_alone:
        return fits
    born = birth_date(found.six, found.serial)
    if not fits or born is None or born.year >= _LAST_WITHOUT_CHECK:
        return False
    has_word = re.search(r"[^\W_]", found.between) is not None
    if has_word or found.between.strip() in ("-", "/", "|"):
        return True
    is_as_of = _AS_OF.search(text[: found.start][-_NEAR:]) is not None
    return not is_as_of and not _COUNTED.match(text[found.end :][:_NEAR])
