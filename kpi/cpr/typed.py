"""A CPR number in what a person types: a name, a note, a field of the plan.

Nobody lists figures there, so a mark that parts two figures in a table parts a number here.
"""

import re

from kpi.cpr.beside import is_of_objects, names_case, names_object, names_several
from kpi.cpr.cut import holds_in_thousands
from kpi.cpr.digits import (
    fits_check,
    is_birthday,
    is_clock_of_our_time,
    is_likely_given,
    is_past_day,
    may_be_issued,
)
from kpi.cpr.loose import OF_PERSON, is_of_file, is_something_else
from kpi.cpr.lost_zeros import nines_within
from kpi.cpr.reading import readings
from kpi.cpr.scattered import halves_within
from kpi.cpr.shortened import fits_shortened
from kpi.cpr.texts import said_otherwise, text_holds_number

# A year may follow, as names of files and papers have.
_PARTED = re.compile(
    r"(?<![\d.,])(\d{6}) {0,2}[;,.|] {0,2}(\d{4})(?![.,]?(?!(?:19|20)\d\d(?!\d))\d)", re.ASCII
)
# An amount has no year for its decimals.
_TEN_AND_YEAR = re.compile(r"(?<![\d.,])(\d{6})(\d{4})[.,](?:19|20)\d\d(?!\d)", re.ASCII)
# Codes have letters so, too: of these only those whose check digit fits.
_LETTERED = re.compile(r"(?<!\w)(\d{6})[a-zæøå]{1,3}(\d{4})(?!\w)", re.IGNORECASE)
# Ten digits in groups of whatever size (`2512 484916`, `251248-4.916`, `25.12.48 - 49.16`).
_MARK = r"[-./:;, _|]{1,3}"
_GROUPED = re.compile(
    rf"(?<![\w.,:])(?<!\d[-/ ])\d{{1,8}}(?:{_MARK}\d{{1,8}}){{1,4}}(?!\w|[-.,:/ ]\d)"
)
_DECIMALS_OR_CASE = re.compile(
    r"\d+[.,]\d+|\d{4}[-/]\d{6}|\d\d[-/]\d{8}|\d{2,4}[-./]\d{2,6}[-./]\d{5,6}|\d\d[-./]\d{6}[-./]\d\d"
)
# Two figures, but where they are all there is or stand behind a name.
_FIVE_AND_FOUR = re.compile(r"(?<![\w.,:/-])(?<!\d )([1-9]\d{4}) (\d{4})(?![\w%]|[-.,:/ ]\d)")
_NAME_BEFORE = re.compile(r"(?:\A|[^\w]\s)(?:[A-ZÆØÅ][a-zæøåéü]+[ ,;:]{1,3}){1,4}\Z")
_FEW_SPACES = re.compile(r" {2,}")
_FEW_GROUPS, _LAST_DAY, _NEAR = 3, "32", 64
# A person's name, a day since numbers are given without a check digit, and what is no time of day.
_NAMED_DAY = re.compile(
    r"(?<!\w)[A-ZÆØÅ][a-zæøåéü]+(?:[- ][A-ZÆØÅ][a-zæøåéü.]*)+[,;:]? ?\(?(\d\d?)([-./ ])(\d\d?)\2"
    r"(?:20)?(\d\d)[-,;:/ ]{1,3}([4-9]\d{3})(?!\w|[-.,:/ ]\d)"
)


def typed_holds_number(text: str) -> bool:
    """Whether a typed text contains a CPR number, also as `251248;4916` or `251248,4916`.

    Its halves may be anywhere in it: nobody types six digits that are a day of birth and four that
    fit it, but a person's.
    """
    if text_holds_number(text):
        return True
    return (
        _holds_in_figures(text)
        or any(map(_holds_in_figures, said_otherwise(text)))
        or bool(halves_within([text], also_of_one=True))
    )


def _holds_in_figures(text: str) -> bool:
    return (
        any(
            is_birthday(*match.groups())
            and is_likely_given(match[1] + match[2])
            and not (is_past_day(match[1]) and names_several(text[match.end() :][:_NEAR]))
            for match in _PARTED.finditer(text)
        )
        or any(
            is_birthday(*match.groups()) and fits_check(match[1] + match[2])
            for pattern in (_LETTERED, _TEN_AND_YEAR)
            for match in pattern.finditer(text)
        )
        or any(map(_holds_as_typed, readings(text)))
    )


def _holds_as_typed(text: str) -> bool:
    text = _FEW_SPACES.sub(" ", text)
    return (
        any(map(_is_shortened, _FIVE_AND_FOUR.finditer(text)))
        or any(map(_is_grouped, _GROUPED.finditer(text)))
        or any(map(_is_named_day, _NAMED_DAY.finditer(text)))
        or holds_in_thousands(text)
        or any(True for _ in nines_within(text))
    )


def _is_shortened(match: re.Match[str]) -> bool:
    """Whether five digits and four are a number without its first zero."""
    before, after = match.string[: match.start()][-_NEAR:], match.string[match.end() :][:_NEAR]
    ten = f"0{match[1]}{match[2]}"
    is_alone = match[0] == match.string.strip()
    is_of_person = OF_PERSON.search(before) or _NAME_BEFORE.search(before)
    is_persons = is_alone or is_of_person is not None
    return is_persons and fits_shortened(ten) and not is_something_else(ten, before, after)


def _is_named_day(match: re.Match[str]) -> bool:
    """Whether a name, a day and four digits are a number though its check digit does not fit."""
    day, _, month, year, serial = match.groups()
    six = day.zfill(2) + month.zfill(2) + year
    return (
        is_birthday(six, serial)
        and may_be_issued(six + serial)
        and not names_several(match.string[match.end() :][:_NEAR])
    )


def _is_grouped(match: re.Match[str]) -> bool:
    """Whether groups of digits are together a number: a birthday whose check digit fits.

    No decimals, thousands or lists, no year or time of day behind a day, no case or object.
    """
    groups = re.split(_MARK, match[0])
    digits = "".join(groups)
    if len(digits) != len("ddmmyyssss") or digits >= _LAST_DAY:
        return False
    if _DECIMALS_OR_CASE.fullmatch(match[0]):
        return False
    if len(groups) > _FEW_GROUPS and ([*map(len, groups[:3])] != [2, 2, 2] or ", " in match[0]):
        return False
    if any(len(group) == len("2024") and "1900" <= group <= "2100" for group in groups[:2]):
        return False  # the year of a case, or of a school
    six, serial = digits[:6], digits[6:]
    if not (is_birthday(six, serial) and fits_check(digits)):
        return False
    if "1900" <= serial <= "2100" or is_clock_of_our_time(six, serial):
        return False
    before = match.string[max(0, match.start() - _NEAR) : match.start()]
    after = match.string[match.end() : match.end() + _NEAR]
    is_dated = [*map(len, groups[:3])] == [2, 2, 2]
    if is_dated and is_of_file(six, groups[3:]) and not OF_PERSON.search(before):
        return False
    is_other = names_case(before) or names_object(before) or names_several(after)
    return not is_other and not is_of_objects(digits, before, after, is_glued=True)
