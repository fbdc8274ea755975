"""A CPR number in loose groups: `25.12.48 - 49.16`, `2512.48.4916`, `251248 og 4916`.

Any signs, one to three, stand between the groups of digits, within the halves too, or words that
join two things. Figures stand so now and then: the check digit must fit, the groups must meet
where day of birth and serial do, and nothing else may be said of them. Not found are lists.
"""

import re
from itertools import pairwise

from kpi.cpr.beside import is_of_objects, names_case, names_moment, names_object, names_several
from kpi.cpr.digits import (
    birth_century,
    birth_date,
    fits_check,
    is_clock_of_our_time,
    is_of_our_time,
)

_GAP = r"(?:[^\w\x1f]|_){1,3}"
_GROUPS = re.compile(rf"(?<![\w%])(?<!\d[.,])\d{{1,8}}(?:{_GAP}\d{{1,8}}){{1,8}}(?!\w)")
_PART = re.compile(r"\d+")
# Behind it another figure begins.
_NEXT_FIGURE = re.compile(r"[,;|]\s|\n")
_OF_DATE = re.compile(r"\s?[-./:_'\u2010-\u2015\u2212]\s?")
# What parts two figures of a list, or makes decimals.
_WEAK = re.compile(r"\s*[,;|(&]?\s*|\s*[.]\s+")
_BEFORE_CLOCK, _CLOCK = re.compile(r",?\s+"), re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
_OF_FIGURES = re.compile(r"\s*(?:%|pct|procent|kr|dkk|eur|mio|mia|point)", re.IGNORECASE)
_COUNTED = re.compile(
    r"(?:antal\w*|fra|mellem|b(?:å|aa)de|hhv\.?|henholdsvis|i alt|ialt|sum|op til|ca\.?|kr\.?)"
    r"\W{0,3}\Z",
    re.IGNORECASE,
)
OF_PERSON = re.compile(r"f(?:ø|oe|o)dt|f(?:ø|oe|o)dsel|cpr|person|\bf\.", re.IGNORECASE)
JOINING = (
    r"og|samt|med|plus|s(?:å|aa)|derefter|dern(?:æ|ae)st|dertil|derp(?:å|aa)|hvorefter|herefter"
    r"|efterfulgt|fulgt|af|til|sidst|slut|cifre\w*|tal\w*|rest\w*|er|de|sidste|anden|andre|sidst"
    r"|del\w*|halvdel\w*|slutter|ender|p(?:å|aa)|endelse\w*|skr(?:å|aa)streg|punktum|komma|kolon"
    r"|mellemrum|bindestreg|streg|minus|l(?:ø|oe)b\w*|fire|and|then|followed|by|dash|hyphen|space"
)
_HAS_JOINING = re.compile(r"\d[\W_]{1,3}[a-zæøåA-ZÆØÅ]")
_DATE = (
    r"\d{6}|\d{8}|\d\d?[-./ _:,]\d\d?[-./ _:,](?:19|20)?\d\d|\d{4}[-. ]\d\d(?:[-.]\d\d)?"
    r"|\d\d[. ]\d{4}"
)
# No quotation ends between the halves.
_SIGN = r"[^\w\x1f\"'»«]{1,3}"
_WORDED = re.compile(
    rf"(?<![\w%])(?<!\d[.,])(?P<date>{_DATE}){_SIGN}(?P<words>(?:(?:{JOINING}){_SIGN}){{1,5}})"
    r"(?P<serial>\d{4}|\d\d[-. ]\d\d)(?![\w%]|[.,]\d)",
    re.IGNORECASE,
)
# Words with no sign beside them, and numbers after each other with none between.
_GLUED_WORD = re.compile(rf"(?<!\w)(\d{{6}})(?:{JOINING}|nr|no|cpr)(\d{{4}})(?!\w)", re.IGNORECASE)
_REPEATED = re.compile(r"(?<![\w.,-])(\d{6})-(\d{4})(?:\d{6}-\d{4})+(?![\w.,-])")
# A postcode glued behind a number, with its town: `251248-49168220 Brabrand`.
_GLUED_POSTCODE = re.compile(
    r"(?<![\w.,-])(\d{6})[-\u2010-\u2015]?(\d{4})[1-9]\d{3},? {1,2}[A-ZÆØÅ][^\W\d_]+"
)
_RANGE = re.compile(r"(?:til|af)\W+", re.IGNORECASE)
_LAST_DAY, _LAST_YEAR_OF_FILES, _NEAR = "32", "30", 64
_DIGITS, _DIGITS_WITH_CENTURY = 10, 12


def holds_loose(text: str) -> bool:
    """Whether a text that kpi/cpr/reading.py read contains a number in loose groups."""
    for match in _GROUPS.finditer(text):
        if sum(map(str.isdigit, match[0])) < _DIGITS:
            continue
        if any(_is_number(text, *span) for span in _segments(match)):
            return True
    if any(
        may_be_given(six, "", serial)
        for pattern in (_GLUED_WORD, _REPEATED)
        for six, serial in pattern.findall(text)
    ):
        return True
    for match in _GLUED_POSTCODE.finditer(text):
        before = text[max(0, match.start() - _NEAR) : match.start()]
        is_given = may_be_given(match[1], "", match[2])
        if is_given and not is_something_else(match[1] + match[2], before, ""):
            return True
    return _HAS_JOINING.search(text) is not None and any(
        map(_is_worded_number, _WORDED.finditer(text))
    )


def _segments(match: re.Match[str]) -> list[tuple[int, int]]:
    """All of the groups, and the runs of them between the marks behind which a figure begins."""
    start, end = match.span()
    bounds = [start]
    for mark in _NEXT_FIGURE.finditer(match.string, start, end):
        bounds += [mark.start(), mark.end()]
    bounds.append(end)
    parts = list(zip(bounds[::2], bounds[1::2], strict=True))
    return [(start, end), *(parts if len(parts) > 1 else [])]


def _is_number(text: str, start: int, end: int) -> bool:
    parts = [(part.start(), part.end()) for part in _PART.finditer(text, start, end)]
    groups = [text[first:last] for first, last in parts]
    gaps = [text[left[1] : right[0]] for left, right in pairwise(parts)]
    halves = _halves(groups)
    if halves is None:
        return False
    six, century, count = halves
    serial = "".join(groups[count:])
    if not may_be_given(six, century, serial):
        return False
    date_gaps, between, serial_gaps = gaps[: count - 1], gaps[count - 1], gaps[count:]
    if not _is_parted_so(date_gaps, between, serial_gaps, groups[:count]):
        return False
    if _BEFORE_CLOCK.fullmatch(between) and _CLOCK.fullmatch(text[parts[count][0] : end]):
        return False
    before, after = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    if (
        _OF_FIGURES.match(after)
        or re.match(r"[-.,:/ ]?\d", after)
        or re.search(r"\d\W{1,2}\Z", before)
    ):
        return False
    if date_gaps and is_of_file(six, groups[count:]) and not OF_PERSON.search(before):
        return False
    return not is_something_else(six + serial, before, after)


def is_of_file(six: str, serial: list[str]) -> bool:
    """Whether a day is one of our time, as files and papers have, or the first of two days."""
    is_day = len(serial) == 2 and "01" <= serial[0] <= "31" and "01" <= serial[1] <= "12"
    return six[4:] <= _LAST_YEAR_OF_FILES or is_day


def _halves(groups: list[str]) -> tuple[str, str, int] | None:
    """Day of birth, its century and the number of groups that are it; None where groups do not."""
    whole = "".join(groups)
    ends = 0
    for count, group in enumerate(groups[:-1], start=1):
        ends += len(group)
        if len(whole) == _DIGITS and ends == 6:
            return whole[:6], "", count
        if len(whole) == _DIGITS_WITH_CENTURY and ends == 8:
            if whole[:2] in ("19", "20") and len(groups[0]) in (4, 8):
                return whole[6:8] + whole[4:6] + whole[2:4], whole[:2], count
            return whole[:4] + whole[6:8], whole[4:6], count
        if count == 3 and len(whole) - ends == 4 and max(map(len, groups[:2])) <= 2:
            day, month, year = groups[:3]
            if len(year) in (2, 4):
                return day.zfill(2) + month.zfill(2) + year[-2:], year[:-2], count
    return None


def may_be_given(six: str, century: str, serial: str) -> bool:
    """Whether they are a birthday of that century whose check digit fits; no year, no clock."""
    if six >= _LAST_DAY or birth_date(six, serial) is None or not fits_check(six + serial):
        return False
    if century not in ("", birth_century(six, serial)):
        return False
    return not "1900" <= serial <= "2100" and not is_clock_of_our_time(six, serial)


def _is_parted_so(
    date_gaps: list[str], between: str, serial_gaps: list[str], date: list[str]
) -> bool:
    """Whether the gaps part a number, and not the figures of a list, decimals or thousands."""
    if not date_gaps and not serial_gaps:
        return False  # the common layouts
    gaps = {*date_gaps, between, *serial_gaps}
    if len(gaps) == 1 and not re.fullmatch(r"\s?[-./:_]{1,2}\s?", between):
        return False
    is_dated = len(date_gaps) == 2 and all(map(_OF_DATE.fullmatch, date_gaps))
    if is_dated and not serial_gaps:
        return len(date[-1]) < 4 and _WEAK.fullmatch(between) is None and len(gaps) > 1
    if is_dated:
        return not any("," in gap for gap in serial_gaps) or between.strip() != ""
    if _WEAK.fullmatch(between) or any("," in gap for gap in (*date_gaps, *serial_gaps)):
        return False
    # `251248 - 49.16`, and no thousands: who has a mark in the one has it in both (`- 4.916`).
    are_thousands = [*map(len, date)] == [3, 3] and (serial_gaps or between not in ("-", "/"))
    return not date_gaps or not are_thousands


def _is_worded_number(match: re.Match[str]) -> bool:
    text, serial = match.string, re.sub(r"\D", "", match["serial"])
    parts = _PART.findall(match["date"])
    halves = _halves([*parts, serial])
    if halves is None or _RANGE.fullmatch(match["words"]) or not may_be_given(*halves[:2], serial):
        return False
    six = halves[0]
    before = text[max(0, match.start() - _NEAR) : match.start()]
    after = text[match.end() : match.end() + _NEAR]
    if len(parts) > 1 and is_of_file(six, []) and not OF_PERSON.search(before):
        return False
    is_figure = _OF_FIGURES.match(after) or _COUNTED.search(before) or names_moment(before)
    return not is_figure and not is_something_else(six + serial, before, after)


def is_something_else(digits: str, before: str, after: str) -> bool:
    """Whether what is around digits says that they are a case, an object, a count or a moment."""
    if names_case(before) or names_object(before) or names_several(after):
        return True
    is_moment = names_moment(before) and is_of_our_time(digits[:6], digits[6:])
    return is_moment or is_of_objects(digits, before, after, is_glued=True)
