"""How a CPR number may be written, and what only looks like one.

Day, month and year of birth and four more digits. Of a text first a few kinds of
characters are left (kpi/cpr/reading.py); then one grammar finds the parts (kpi/cpr/candidates.py),
and what is between them says how sure it is:

- six digits and four, or a date and four, with a space, a dash or a slash: a number;
- with anything else between, or grouped oddly: a number only where no figure is written so (it
  begins with a zero), or where the register gives out such digits (`may_be_issued`);
- beside the word CPR: whatever is between, also without its first zero.
"""

import re

from kpi.cpr.beside import (
    counts_several,
    is_in_hexadecimal,
    is_in_row_of_figures,
    is_moment,
    is_of_day_and_count,
    is_of_institution,
    is_of_months,
    is_of_named_day_and_count,
    is_of_objects,
    is_of_past_day_and_count,
    names_case,
)
from kpi.cpr.born import holds_born
from kpi.cpr.candidates import LAST_CLOCK, Candidate, candidates
from kpi.cpr.dated import IS_COUNTED
from kpi.cpr.digits import (
    birth_century,
    fits_check,
    is_birthday,
    is_clock_of_our_time,
    is_hardly_chance,
    is_likely_given,
    is_of_our_time,
    is_past_day,
    may_be_issued,
)
from kpi.cpr.evenly import are_groups, holds_evenly_parted
from kpi.cpr.named import has_named_number, whole_digits
from kpi.cpr.packed import PACKED_LETTERS
from kpi.cpr.parted import holds_misread, holds_padded, holds_parted, holds_worded
from kpi.cpr.reading import readings

_FEWEST_DIGITS = 9
# What every layout has that contains no words, and in which no letter was misread: ten digits with
# nothing but signs between, or a day, a month and a year parted by signs, beside four digits.
_SIGNS = r"[\W_xX]"
_DIGITS_TOGETHER = re.compile(
    rf"\d(?:{_SIGNS}{{0,40}}+\d){{9}}"
    rf"|\d\d?{_SIGNS}{{1,40}}+\d\d?{_SIGNS}{{1,40}}+\d\d(?:\d\d)?{_SIGNS}{{0,40}}+\d{{4}}"
    rf"|\d{{4}}{_SIGNS}{{1,40}}+\d\d?{_SIGNS}{{1,40}}+\d\d?{_SIGNS}{{1,40}}+\d\d"
)
# Letters of two digits each (`㉕⑫㊽-㊾⑯`).
_IN_FEWER = re.compile("[\u2150-\u218f\u2460-\u24ff\u2776-\u2793\u3200-\u32bf].{4}")
# A figure, as most texts with so many digits are; no CPR number begins so.
_FIGURE = re.compile(r"\x02?-?(?:0|[1-9]\d{0,7})(?:[.,]\d+)?")
# Letters beyond the Western ones may be digits of other scripts.
_MAY_HAVE_DIGITS = re.compile(r"[\d\u00b2\u00b3\u00b9\u0100-\U0010ffff]")
# Nothing but digits and what parts them.
_ALONE = re.compile(r"[^\w\x1f]{0,4}\d(?:[\d\s\-/_~.:,;'*()|=\"]{8,40})\d[^\w\x1f]{0,4}")
# As cases by month and addresses are numbered.
_IN_TWO = re.compile(r"\D*\d{4}\D+\d{6}\D*")
_SIX_AND_FOUR = re.compile(r"\D*(\d{6})\D+(\d{4})\D*")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# From a day to another (`16/10-15 - 8/2-14`).
_DAY = r"\d\d?[./](?:0?\d|1[0-2])(?:[./-]\d\d)?\.?"
_TWO_DAYS = re.compile(rf"\D*{_DAY} ?- ?{_DAY}\D*")
_CLOCK = re.compile(r"(?<!\d)\d\d?:\d\d(?!\d)")
_IN_DATE = re.compile("[./-]")
_POWER = re.compile(r" ?\d{1,9}[.,]\d+[eE]\+?\d\d? ?")
_THOUSANDS = re.compile(
    r"\D*\d{1,3}(?:([ .,'])\d{3}(?:\1\d{3})*)(?:[.,]\d+)?\D*|[^\d]*\d+[.,]\d+\D*"
)
_JOIN = re.compile("[-/_+~]")
_POINT = re.compile(r"[.:]")
_ODD = re.compile("[*'=#()]")

# The whole part of a number and its mark: what follows is its decimals. In a list (`1,2,...`) a
# further mark is before it.
_WHOLE_PART = re.compile(r"(?<![\d.,])\d+[.,]\Z")
# Decimals after ten digits make an amount. `.0` is what a program makes of a whole number, and a
# further mark or ten more digits make it a list.
_DECIMALS = re.compile(r"[.,](?!0+(?!\d))\d{1,7}(?!\d|[.,]\d)")
_MORE_BEFORE, _MORE_AFTER = re.compile(r"\d[ ./:-]\Z"), re.compile(r"[ ./:-]?\d")
_NEAR, _LONGEST_ALONE = 160, 60
_FIRST_CLOCKS = "1990"
_DIGIT = re.compile(r"\d")
_IS_COUNTED = re.compile(IS_COUNTED)


def holds_personal_number(text: str) -> bool:
    """Whether the text contains a CPR number, in any spelling.

    Six digits that are a date of birth (substitute numbers too: day + 60), and four more. The check
    digit is asked for only in odd spellings: not every number has one. Decimals, parts of longer
    numbers, hexadecimal ids, months with a year (`201101-2020`) and days with the time are none.
    """
    if _FIGURE.fullmatch(text) or (len(text) < _FEWEST_DIGITS and not _IN_FEWER.search(text)):
        return False
    if not _MAY_HAVE_DIGITS.search(text) and not PACKED_LETTERS.search(text):
        return False
    return any(map(_holds_as_read, readings(text)))


def _holds_as_read(text: str) -> bool:
    # Few texts have digits enough together, and the patterns for them take long.
    if _DIGITS_TOGETHER.search(text) and (
        _holds_parts(text) or _stands_alone(text) or holds_parted(text) or holds_evenly_parted(text)
    ):
        return True
    if "0" in text and holds_padded(text):
        return True
    if _is_power(text) or has_named_number(text) or holds_born(text):
        return True
    return holds_worded(text) or holds_misread(text)


def _holds_parts(text: str) -> bool:
    return any(
        is_birthday(candidate.birthday, candidate.serial)
        and (
            not candidate.century
            or candidate.century == birth_century(candidate.birthday, candidate.serial)
        )
        and _is_written_so(text, candidate)
        and not _is_period_or_time(
            candidate, is_alone=candidate.end - candidate.start == len(text.strip())
        )
        and not _is_part_of_something_else(text, candidate)
        for candidate in candidates(text)
    )


def _is_written_so(text: str, candidate: Candidate) -> bool:
    """Whether a person writes a number so, by what parts it."""
    if candidate.is_joined:
        if candidate.has_short_parts or (candidate.century and not candidate.between):
            return False
        return _is_parted_well(candidate)
    if _ODD.search(candidate.after_day + candidate.after_month):
        return False
    is_alone = not _has_more(text, candidate)
    if not candidate.is_dated or not (
        _are_alike(candidate.after_day, candidate.after_month)
        or _is_day_beside_year(text, candidate)
    ):
        # A point alone makes decimals of what follows: `82.0149 9975`.
        is_decimal = "." in candidate.after_day + candidate.after_month and not _JOIN.search(
            candidate.between
        )
        # No figure begins with a zero and further digits: `0101.90.1234`.
        is_decimal = is_decimal and (bool(candidate.after_day) or candidate.day[0] != "0")
        # Rows of figures are grouped so, too: numbers without a check digit cannot be distinguished
        # from them.
        is_distinct = candidate.day.startswith("0") or fits_check(candidate.digits)
        # Cases are numbered by year or month: `2008-226418`, `1505-218586`.
        is_distinct = is_distinct and (candidate.after_day != "" or candidate.between != "")
        return is_alone and not is_decimal and not candidate.has_short_parts and is_distinct
    if candidate.is_spaced_date:
        return is_alone and not candidate.has_short_parts
    if (
        _MORE_BEFORE.search(text[max(0, candidate.start - 2) : candidate.start])
        and not text[candidate.start - 1].isspace()
    ):
        return False
    if not candidate.between and not candidate.century:
        return is_alone and may_be_issued(candidate.digits)
    if _POINT.search(candidate.between) and not _JOIN.search(candidate.between):
        # Accounts and versions are written so (`29.12.14.8439`).
        is_tight = " " not in candidate.between and not candidate.has_short_parts
        return is_alone and is_tight and is_hardly_chance(candidate.digits)
    return not _ODD.search(candidate.between)  # kpi/cpr/parted.py asks for the check digit


def _is_parted_well(candidate: Candidate) -> bool:
    """Whether what is between six digits and four parts a number, not two figures."""
    if _JOIN.search(candidate.between) or not candidate.between.strip():
        return True
    if ":" in candidate.between:
        return candidate.day.startswith("0") or is_likely_given(candidate.digits)
    # A point makes decimals, and a bracket contains a figure of its own.
    return candidate.day.startswith("0")


def _are_alike(first: str, second: str) -> bool:
    """Whether a date is parted by spaces, or by the marks of a date."""
    return first.strip() == second.strip() or bool(
        _IN_DATE.fullmatch(first) and _IN_DATE.fullmatch(second)
    )


def _is_day_beside_year(text: str, candidate: Candidate) -> bool:
    """Whether day and month have their mark and a space the year in full, as letters are dated.

    A day is beside the time of it so, and a count: the check digit must fit.
    """
    return (
        candidate.century != ""
        and fits_check(candidate.digits)
        and not (" " in candidate.between and _IS_COUNTED.match(text, candidate.end))
        and candidate.after_month.isspace()
        and _IN_DATE.fullmatch(candidate.after_day) is not None
    )


def _has_more(text: str, candidate: Candidate) -> bool:
    """Whether further groups of digits are before or behind, as in a row of figures."""
    return bool(
        _MORE_BEFORE.search(text[max(0, candidate.start - 2) : candidate.start])
        or _MORE_AFTER.match(text[candidate.end : candidate.end + 2])
    )


def _is_power(text: str) -> bool:
    """Whether the text is nothing but a number as a power (`2,512484916E9`)."""
    if not _POWER.fullmatch(text):
        return False
    digits = whole_digits(text)
    return bool(digits) and is_birthday(digits[:6], digits[6:]) and may_be_issued(digits)


def _stands_alone(text: str) -> bool:
    """Whether the text is nothing but a number, grouped or parted in whatever way."""
    if len(text) > _LONGEST_ALONE:
        return False
    if not _ALONE.fullmatch(text):
        return False
    digits = "".join(_DIGIT.findall(text))
    if len(digits) != 10 or not is_birthday(digits[:6], digits[6:]):
        return False
    if is_clock_of_our_time(digits[:6], digits[6:]) and not may_be_issued(digits):
        return False
    if six := _SIX_AND_FOUR.fullmatch(text):
        if is_moment(digits, "", "") or is_of_institution(digits, ""):
            return False
        parted = text[six.end(1) : six.start(2)]
        if re.search("[;|]", parted) or ("," in parted and parted != ","):
            return False
        is_figure = parted.strip() in (".", ",") or "(" in parted
        is_figure = is_figure or is_of_months(digits[:6], digits[6:])
        return digits[0] == "0" or (not is_figure and is_likely_given(digits))
    if (
        _IN_TWO.fullmatch(text)
        or _TWO_DAYS.fullmatch(text)
        or _YEAR.search(text)
        or _CLOCK.search(text)
        or _THOUSANDS.fullmatch(text)
        or not are_groups(text)
    ):
        return False
    is_time = is_clock_of_our_time(digits[:6], digits[6:])
    return not is_time and not re.search("[.,;|]", text) and is_hardly_chance(digits)


def _is_period_or_time(candidate: Candidate, is_alone: bool) -> bool:
    """Whether it is a month and a year (`201101-2020`), or a day and the time, a year or a count.

    After a full date (`12.10.1941 3620`) four digits are a count, unless they are alone with it.
    """
    is_year = "1900" <= candidate.serial <= "2100"
    if candidate.is_joined:
        is_until = bool(candidate.between) and is_of_months(candidate.birthday, candidate.serial)
        is_clock = bool(candidate.between) and _is_clock(candidate)
        is_clock = is_clock and ("_" in candidate.between or not may_be_issued(candidate.digits))
        return bool((is_until and not candidate.century) or is_clock)
    is_spaced = bool(candidate.between) and not candidate.between.strip()
    if candidate.century or candidate.has_short_parts:
        is_count = not is_alone or (_may_be_clock(candidate) and not candidate.is_spaced_date)
        # Until a year, no period is written from a full date: `12.09.1964-2073`.
        is_year = is_year and (is_spaced or not fits_check(candidate.digits))
        return is_year or (is_spaced and is_count)
    is_recent = is_of_our_time(candidate.birthday, candidate.serial)
    # A day of our time and a year (`22-03-24-1952`): hardly anybody of that birthday lives.
    if is_year and is_recent:
        return True
    # No moment has been on a day that is to come.
    is_spaced = is_spaced and is_past_day(candidate.birthday)
    return _is_clock(candidate) and (is_spaced or not may_be_issued(candidate.digits))


def _may_be_clock(candidate: Candidate) -> bool:
    """Whether four digits behind a full date may be a time of day.

    Of a day before programs wrote moments so, what is hardly chance is a person's; but a whole hour
    of a first of January is what they write of an unknown moment.
    """
    is_time = candidate.serial <= LAST_CLOCK and candidate.serial[2] < "6"
    if not is_time or not candidate.century or candidate.year >= _FIRST_CLOCKS:
        return is_time
    is_first = candidate.digits.startswith("0101") and not candidate.serial.endswith("00")
    return not is_first and not fits_check(candidate.digits)


def _is_clock(candidate: Candidate) -> bool:
    """Whether it is a day of our time and the time of it."""
    return candidate.is_of_this_century and is_clock_of_our_time(
        candidate.birthday, candidate.serial
    )


def _is_part_of_something_else(text: str, candidate: Candidate) -> bool:
    """Whether a candidate is the decimals of a number, an amount, or part of a hexadecimal id."""
    before = text[max(0, candidate.start - _NEAR) : candidate.start]
    after = text[candidate.end : candidate.end + _NEAR]
    glued = candidate.between == "" and candidate.is_joined
    in_list = glued and re.match(r"[.,]\d", after) is not None
    is_spaced = not _JOIN.search(candidate.between)
    if is_spaced and not in_list and not candidate.is_dated and _WHOLE_PART.search(before):
        return True
    in_list = before.endswith((".", ",", ";"))
    # No amount begins with a zero.
    if glued and not in_list and candidate.birthday[0] != "0" and _DECIMALS.match(after):
        return True
    if glued and names_case(before) and not is_likely_given(candidate.digits):
        return True
    if candidate.is_joined and not glued and is_of_institution(candidate.digits, before):
        return True
    if is_of_objects(candidate.digits, before, after, glued):
        return True
    if candidate.is_joined and is_of_named_day_and_count(
        candidate.digits, candidate.between, before, after
    ):
        return True
    may_be_moment = candidate.is_joined and candidate.between and candidate.is_of_this_century
    if may_be_moment and is_moment(candidate.digits, before, after):
        return True
    is_count = candidate.is_dated and is_of_day_and_count(candidate.digits, before, after)
    if is_count and candidate.between.strip() == "-" and " " in candidate.between:
        # A number that fits may have its dash so, too.
        several = counts_several(candidate.digits, before, after)
        return several or not fits_check(candidate.digits)
    if candidate.between and not candidate.between.strip():
        is_joined_count = candidate.is_joined and (
            is_in_row_of_figures(candidate.digits, before, after)
            or is_of_past_day_and_count(candidate.digits, before, after)
        )
        if is_joined_count or is_count:
            return True
    return is_in_hexadecimal(before, text[candidate.start : candidate.end], after)
