"""A CPR number in a layout that figures have too: its check digit distinguishes them.

Any sign or bracket between birthday and serial (`251248(4916)`, `251248|4916`), the serial first
(`4916-251248`), the year first (`481225-4916`, `194812254916`), a date in words or with commas, and
letters that a scanner reads for digits (`2O1248-4916`). The layouts that are a number without its
check digit are found by kpi/cpr/spelling.py.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kpi.cpr.beside import (
    counts_several,
    is_in_hexadecimal,
    is_of_day_and_count,
    is_of_named_day_and_count,
    names_case,
    names_moment,
    names_object,
)
from kpi.cpr.digits import (
    birth_century,
    birth_date,
    fits_check,
    is_clock_of_our_time,
    is_likely_given,
    is_of_month_end,
    is_past_day,
    may_be_issued,
)

# What a scanner or a hand makes of digits.
READ_FOR_DIGITS, _MEANT = "OoQIlZzSsGbBgq", "00011225566899"
_TO_DIGITS = str.maketrans(READ_FOR_DIGITS, _MEANT)
_MISREAD = re.compile(rf"\d[{READ_FOR_DIGITS}]|[{READ_FOR_DIGITS}]\d")
_TOKEN = re.compile(rf"(?<![^\W_])[\d{READ_FOR_DIGITS}]*\d[\d{READ_FOR_DIGITS}]*(?![^\W_])")

# The letter behind a time is read for no digit: `2019-10-09T12:12:40.783Z`.
_IN_UTC = re.compile(r"(\d[T ]\d\d:?\d\d(?::?\d\d(?:[.,]\d{1,9})?)?)Z(?![^\W_])")
# `BOO1048574` is a cell of a large sheet.
_CELL_NAME = re.compile(r"[A-Z]{2,3}\d{1,7}")

_SIGNS = r"(?:[^\w\x1f]|_){1,6}"
# The little words and keys that are before a serial, and those that join it to the day: they alone
# join figures, too.
_NAMING = (
    r"x{1,6}|nr|no|num(?:mer)?|lb?|l(?:ø|oe|o)b|lbnr|l(?:ø|oe|o)be?n(?:r|ummer)|serial"
    r"|kontrol\w{0,8}|cpr|person|sidste|fire|4|cif(?:fer|re)|de|er|bindestreg|streg|minus"
)
_WORD = rf"(?:{_NAMING}|med|har|og|samt|slutter|ender|p(?:å|aa))"
_WORDS = rf"(?:[^\w\x1f]|_){{0,4}}(?:{_WORD}(?:[^\w\x1f]|_){{1,4}}){{1,6}}|x{{1,6}}"
_HAS_WORD = re.compile(
    rf"\d(?:(?:[^\w\x1f]|_){{0,4}}(?=[bcdefhklmnopsx]){_WORD}(?:[^\w\x1f]|_)|x{{1,6}}\d)",
    re.IGNORECASE,
)
_HAS_NAMING = re.compile(rf"(?<![^\W_])(?:{_NAMING})(?![^\W_])", re.IGNORECASE)
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
# Registers of fixed widths fill up with zeros.
_PADDED = re.compile(r"(?<!\d)(?<!\d[.,])0{1,10}(\d{6})(\d{4})(?![^\W_]|[.,]\d)")
_OF_LAWS = re.compile(r"\b(?:lov|bek|lbk|vejl|cirk|aftale|kap)\w*\b.{0,24}\Z", re.IGNORECASE)
_AS_OF = re.compile(
    r"\b(?:pr|d|den|fra|til|af|siden|efter|inden|senest|opdateret|i)\b\.?\s*\Z", re.I
)
_ON = re.compile(r"(?<![^\W_])(?:d|den)\b\.?\s*\Z", re.I)
_COUNTED = re.compile(r"\s*\)?\s*[a-zæøå]{2,}")
# A name of two words or more that begins a text or a quotation, and what parts it from a day of
# birth; and the end of what is quoted.
_PERSON = re.compile(
    r"(?:\A|[»\"'(])\s*(?:[A-ZÆØÅ][^\W\d_]*[-'. ]{1,2})+[A-ZÆØÅ][^\W\d_]+\s*[,;|:]\s*\Z"
)
_QUOTED_TO_HERE = re.compile(r"\s*(?:\Z|[«\"')])")
_NEAR = 48
_LAST_CLOCK, _FIRST_CLOCKS, _MIDNIGHT = "2359", 1990, "0000"
# Of a dash before four digits, four that are no time, and a year before files had moments.
_FEWEST_SIGNS = 2
# What programs have no time of day behind, in days of the last century: as with the day first.
_NO_TIME_BEHIND = re.compile(r"[-/+~*=()\[\]<>]")
_LAST_WITHOUT_CHECK, _LAST_DAY = 2000, "31"


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
        """Day of birth and serial."""
        return self.six + self.serial

    @property
    def is_joined(self) -> bool:
        """Whether the date is written in one."""
        return self.marks == ("", "")


def holds_parted(text: str) -> bool:
    """Whether a number is in a text, in a layout that only its check digit confirms.

    The text is one that kpi/cpr/reading.py read, here and below. Only signs part the digits.
    """
    return any(_is_number(text, candidate) for candidate in _parted_by_signs(text))


def holds_worded(text: str) -> bool:
    """Whether a number is in a text with little words between its parts (`nr.`, `sidste 4`)."""
    return any(_is_number(text, candidate) for candidate in _parted_by_words(text))


def holds_padded(text: str) -> bool:
    """Whether zeros are before ten digits that are a number (`02512484916`)."""
    for match in _PADDED.finditer(text):
        before, after = text[: match.start()][-_NEAR:], text[match.end() :][:_NEAR]
        if (
            birth_date(match[1], match[2]) is not None
            and fits_check(match[1] + match[2])
            and not (names_case(before) or names_object(before))
            and not is_in_hexadecimal(before, match[0], after)
        ):
            return True
    return False


def holds_misread(text: str) -> bool:
    """Whether a number is in a text when its letters are read for the digits they look like."""
    if not _MISREAD.search(text):
        return False
    if "Z" in text:
        text = _IN_UTC.sub(r"\1 ", text)
    read = _TOKEN.sub(_digits_read, text)
    return read != text and any(_is_misread(read, candidate) for candidate in _candidates(read))


def layouts_named(text: str) -> Iterator[tuple[str, str]]:
    """The birthday and the serial of each layout in a text that is beside the word for it.

    Beside it the check digit is asked for only where a year and a count stand so (`2019: 120345`).
    """
    for candidate in _candidates(text):
        if candidate.century not in ("", birth_century(candidate.six, candidate.serial)):
            continue
        is_odd = candidate.is_serial_first or not candidate.is_day_first
        is_signed = re.fullmatch(r"[-/|()\[\]{}<>_+~*]+", candidate.between.strip()) is not None
        if not is_odd or fits_check(candidate.digits):
            has_date = candidate.century != "" and not fits_check(candidate.digits)
            if not has_date and candidate.between.strip() not in (":",):
                yield candidate.six, candidate.serial
        elif is_signed and not "1900" <= candidate.serial <= "2100":
            yield candidate.six, candidate.serial


def _digits_read(match: re.Match[str]) -> str:
    token = match[0]
    if _CELL_NAME.fullmatch(token):
        return token
    letters = sum(map(str.isalpha, token))
    return token.translate(_TO_DIGITS) if 2 * letters <= len(token) else token


def _candidates(text: str) -> Iterator[_Candidate]:
    yield from _parted_by_signs(text)
    yield from _parted_by_words(text)


def _parted_by_words(text: str) -> Iterator[_Candidate]:
    # A sign is behind each word; `x` is a word without one.
    is_one_word = text.isalnum() and "x" not in text and "X" not in text
    if not is_one_word and _HAS_WORD.search(text):
        for candidate in _of_layouts(text, _BY_WORDS):
            if _HAS_NAMING.search(candidate.between):
                yield candidate


def _parted_by_signs(text: str) -> Iterator[_Candidate]:
    yield from _of_layouts(text, _BY_SIGNS)
    for match in _SERIAL_FIRST.finditer(text):
        serial, between, day, mark, month, second, year = match.groups()
        if (mark and second) or len(day + month) == 4:
            yield _Candidate(
                day.zfill(2) + month.zfill(2) + year[-2:], year[:-2], serial, (mark, second),
                between, match.start(), match.end(7), is_serial_first=True,
            )  # fmt: skip


def _of_layouts(
    text: str, layouts: tuple[re.Pattern[str], re.Pattern[str]]
) -> Iterator[_Candidate]:
    day_first, year_first = layouts
    for match in day_first.finditer(text):
        day, mark, month, second, year, between, serial = match.groups()
        if (mark and second) or len(day + month) == 4:
            yield _Candidate(
                day.zfill(2) + month.zfill(2) + year[-2:], year[:-2], serial, (mark, second),
                between, match.start(), match.end(7),
            )  # fmt: skip
    for match in year_first.finditer(text):
        year, mark, month, second, day, between, serial = match.groups()
        yield _Candidate(
            day + month + year[-2:], year[:-2], serial, (mark, second), between, match.start(),
            match.end(7), is_day_first=False,
        )  # fmt: skip


def _is_number(text: str, candidate: _Candidate) -> bool:
    """Whether a candidate of a text is a number by its layout and its check digit."""
    if not candidate.between and not candidate.century:
        return False  # the common layouts
    return _may_be_persons(text, candidate) and _is_certain(text, candidate)


def _is_misread(text: str, candidate: _Candidate) -> bool:
    """Whether a candidate with letters for digits is one: six, a dash and four need no check."""
    is_dashed = candidate.is_joined and candidate.between == "-" and not candidate.is_serial_first
    if not _may_be_persons(text, candidate):
        return False
    is_known = is_dashed and candidate.is_day_first and not candidate.century
    is_known = is_known and candidate.serial > _LAST_CLOCK
    return is_known or fits_check(candidate.digits) or candidate.digits.startswith("0101")


def _may_be_persons(text: str, candidate: _Candidate) -> bool:
    """Whether a candidate is a birthday with its century, and not a list, a period or a moment."""
    born = birth_date(candidate.six, candidate.serial)
    if born is None or candidate.century not in (
        "",
        birth_century(candidate.six, candidate.serial),
    ):
        return False
    if (candidate.marks[0] == "") != (candidate.marks[1] == ""):
        return False
    if "1900" <= candidate.serial <= "2100" and candidate.between.casefold() != "x":
        return False
    is_clock = candidate.serial <= _LAST_CLOCK and candidate.serial[2] < "6"
    before, after = (
        text[max(0, candidate.start - _NEAR) : candidate.start],
        text[candidate.end :][:_NEAR],
    )
    if not candidate.is_day_first and not candidate.century:
        as_written = candidate.six[4:] + candidate.six[2:4] + candidate.six[:2]
        if _is_day_of_our_time(as_written, candidate.serial, before, after):
            return False
    if candidate.serial <= _LAST_CLOCK and candidate.century and candidate.between:
        if candidate.between.strip() in (",", ";", "|") and candidate.is_day_first:
            # Nobody's time of day is behind the name and the day of birth.
            is_listed = born.year < _FIRST_CLOCKS and _PERSON.search(before) is not None
            return is_listed and _QUOTED_TO_HERE.match(after) is not None
        # No figure begins with a zero.
        is_digits = not is_clock and (candidate.serial[0] == "0" or not (before + after).strip())
        if candidate.is_day_first and candidate.between.isspace():
            # Programs write the time so, and papers what they count of a day.
            return (
                born.year < _FIRST_CLOCKS
                and not _is_clock_or_count(candidate, before, after)
                and _is_apart(text, candidate, before, after)
            )
        signs = (candidate.between == "-", not is_clock, born.year < _FIRST_CLOCKS, is_digits)
        return (
            not candidate.is_day_first
            and (is_digits or not candidate.is_joined)
            and sum(signs) >= _FEWEST_SIGNS
            and not _is_clock_or_count(candidate, before, after)
            and _is_apart(text, candidate, before, after)
        )
    is_short = candidate.century == "" and int(candidate.six[4:]) <= 30
    if is_clock and (is_short or _may_be_moment(candidate, born.year, before)):
        return False
    return _is_apart(text, candidate, before, after)


def _is_day_of_our_time(six: str, serial: str, before: str, after: str) -> bool:
    """Whether what may be a year first is a day of our time with its time, or with a count."""
    if not is_past_day(six):
        return False
    return is_clock_of_our_time(six, serial) or is_of_day_and_count(six + serial, before, after)


def _may_be_moment(candidate: _Candidate, year: int, before: str) -> bool:
    """Whether a day of the years in which files had moments is followed by a time of that day."""
    if year < _FIRST_CLOCKS:
        return False
    is_parted_so = _NO_TIME_BEHIND.search(candidate.between) is not None
    return not is_parted_so or candidate.serial == _MIDNIGHT or names_moment(before)


def _is_clock_or_count(candidate: _Candidate, before: str, after: str) -> bool:
    """Whether four digits behind a day, its year first, are the time of it or a count.

    A word for a moment says so, or a word for a count behind a space.
    """
    if candidate.serial == _MIDNIGHT or names_moment(before):
        return True
    is_spaced = candidate.between.isspace()
    is_counted = _AS_OF.search(before) or (candidate.serial[0] != "0" and _COUNTED.match(after))
    return is_spaced and bool(is_counted)


def _is_apart(text: str, candidate: _Candidate, before: str, after: str) -> bool:
    """Whether a candidate is no part of a longer number, a list, an id, a case or a law."""
    if _GOES_ON.match(after) or _WENT_ON.search(before):
        return False
    if names_case(before) or names_object(before):
        return False
    if is_in_hexadecimal(
        before, text[candidate.start : candidate.end], text[candidate.end :][:_NEAR]
    ):
        return False
    if not candidate.is_joined and _OF_LAWS.search(before):
        return False
    is_short = candidate.is_joined and candidate.is_day_first and not candidate.century
    if is_short and is_of_named_day_and_count(candidate.digits, candidate.between, before, after):
        return False
    return not _is_list(candidate)


def _is_list(candidate: _Candidate) -> bool:
    """Whether one and the same sign parts all of it, or a mark makes decimals."""
    between = candidate.between.strip()
    if candidate.is_joined:
        return between in (",", ";", ".") and not candidate.century
    if candidate.century and not candidate.is_day_first:
        is_zero_within = "0" in (candidate.six[0], candidate.six[2])
        if between == "-" or (not between and is_zero_within):
            return False
    # No day has that number: `98-10-05-1251`.
    if between == "-" and not candidate.is_day_first and candidate.six[4:] > _LAST_DAY:
        return False
    return candidate.between != "" and {*candidate.marks, candidate.between} in (
        {candidate.between}, {", ", ","}, {". ", "."}
    )  # fmt: skip


def _is_certain(text: str, candidate: _Candidate) -> bool:
    fits = fits_check(candidate.digits)
    if candidate.is_serial_first:
        return (
            fits
            and candidate.between.strip() != ""
            and candidate.between.strip() not in (",", ".", ";")
        )
    if not candidate.is_day_first:
        is_parted = candidate.century != "" or candidate.between.strip() != ""
        return fits and is_parted
    if candidate.is_joined and not candidate.century:
        if not candidate.between.strip():
            return False
        is_zero_first = candidate.six.startswith("0")
        is_said = re.search(r"[^\W_]", candidate.between) is not None
        is_given = may_be_issued if is_said else is_likely_given
        return is_zero_first or is_given(candidate.digits)
    if candidate.is_joined:
        return fits
    is_alone = candidate.end - candidate.start == len(text.strip())
    if is_alone:
        return fits
    born = birth_date(candidate.six, candidate.serial)
    if not fits or born is None or born.year >= _LAST_WITHOUT_CHECK:
        return False
    before, after = text[: candidate.start][-_NEAR:], text[candidate.end :][:_NEAR]
    if counts_several(candidate.digits, before, after):
        return False
    has_word = re.search(r"[^\W_]", candidate.between) is not None
    if has_word or candidate.between.strip() in ("-", "/", "|"):
        return True
    is_counted = candidate.serial[0] != "0" and _COUNTED.match(after)
    is_as_of = _AS_OF.search(before) is not None
    if is_as_of and _ON.search(before) and born.year < _FIRST_CLOCKS:
        # Of days of our parents' time papers count nothing but what they name.
        is_as_of = is_of_month_end(candidate.six) or re.match(r"\s*\w", after) is not None
    return not is_as_of and not is_counted
