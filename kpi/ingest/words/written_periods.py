"""Periods as files write them: Danish and English words, ISO and SDMX, dates, and stretches."""

import re
from collections.abc import Callable
from functools import lru_cache

from babel.dates import get_month_names

from kpi.domain.period import Period, as_period, rolling_year, year_to_date
from kpi.ingest.table.footnote_marks import unmarked
from kpi.ingest.table.raw import TEXT_MARK, TYPED
from kpi.ingest.words.iso_spans import iso_span, months_between
from kpi.ingest.words.moments import without_midnight

_MONTHS = {
    name.rstrip(".").casefold(): number
    for locale in ("en", "da_DK")
    for width in ("wide", "abbreviated")
    for number, name in get_month_names(width, locale=locale).items()
} | {"sept": 9}
_MONTH = "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True))
# English puts the month before the day: `May 25` may be one.
_DANISH_MONTH = "|".join(
    sorted(
        (
            re.escape(name.rstrip("."))
            for width in ("wide", "abbreviated")
            for name in get_month_names(width, locale="da_DK").values()
        ),
        key=len,
        reverse=True,
    )
)


def _whole(year: str) -> str:
    """A year in full; one of two digits is of this century, but for its last three decades."""
    return year if len(year) == 4 else f"{'19' if int(year) >= 70 else '20'}{year}"


def _day_first(match: re.Match[str]) -> str:
    return f"{_whole(match[3])}M{int(match[2]):02d}D{int(match[1]):02d}"


def _month_first(match: re.Match[str]) -> str:
    return f"{_whole(match[2])}M{_MONTHS[match[1]]:02d}"


def _tertial(year: str, number: str) -> str:
    last = 4 * int(number)
    return f"{year}M{last - 3:02d}:{year}M{last:02d}"


_QUARTER = r"(?:kvtl?|kvart(?:al)?|kv|quarter|qtr)\.?"
# A year as against its parts, which stand in the same tables: `Hele 2024`, `2024 (hele året)`.
_WHOLE = r"(?:hele(?:\såret)?|helår(?:et)?)"
# School years by their names, and years as accounts call them: here those are calendar years.
_SCHOOL = r"(?:skoleåre?t?|sy|school\s?year|academic\s?year|studieåre?t?)"
_FISCAL = r"(?:fy|regnskabsåre?t?|budgetåre?t?)"
# Shape of a written period, and how it becomes canonical.
_WRITTEN: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = tuple(
    (re.compile(pattern, re.ASCII), build)
    for pattern, build in (
        (rf"([1-4])(?:\.|st|nd|rd|th)?\s?{_QUARTER},?\s?(\d{{4}})", lambda m: f"{m[2]}K{m[1]}"),
        (rf"(\d{{4}}),?\s?([1-4])\.?\s?{_QUARTER}", lambda m: f"{m[1]}K{m[2]}"),
        (r"[kq]\s?([1-4])[\s,-]\s?(\d{4})", lambda m: f"{m[2]}K{m[1]}"),
        (r"(\d{4})\s?[-\s_]?[kq]0?([1-4])", lambda m: f"{m[1]}K{m[2]}"),
        (r"([12])\.?\s?halvår,?\s?(\d{4})", lambda m: f"{m[2]}H{m[1]}"),
        (r"(\d{4}),?\s?([12])\.?\s?halvår", lambda m: f"{m[1]}H{m[2]}"),
        (r"[hs]\s?([12])[\s,-]\s?(\d{4})", lambda m: f"{m[2]}H{m[1]}"),
        (r"(\d{4})\s?[-\s]?[hs]0?([12])", lambda m: f"{m[1]}H{m[2]}"),
        (r"forår(?:et)?\s?(\d{4})", lambda m: f"{m[1]}H1"),
        (r"efterår(?:et)?\s?(\d{4})", lambda m: f"{m[1]}H2"),
        (r"(\d{4}),?\s?forår(?:et)?", lambda m: f"{m[1]}H1"),
        (r"(\d{4}),?\s?efterår(?:et)?", lambda m: f"{m[1]}H2"),
        (rf"({_MONTH})\.?[,_-]?\s?(\d{{4}})", _month_first),
        (rf"(\d{{4}}),?\s?({_MONTH})\.?", lambda m: f"{m[1]}M{_MONTHS[m[2]]:02d}"),
        # A month and the two last digits of a year, as Excel shows it: jan-25.
        (rf"({_MONTH})\.?[-/_'’]\s?(\d{{2}})", _month_first),
        # Danish puts the day first, so after a Danish month it is no day: `maj 25`.
        (rf"({_DANISH_MONTH})\.?\s?['’]?(\d{{2}})", _month_first),
        (r"forår(?:et)?\s?['’]?(\d{2})", lambda m: f"{_whole(m[1])}H1"),
        (r"efterår(?:et)?\s?['’]?(\d{2})", lambda m: f"{_whole(m[1])}H2"),
        # Q1-24, K1'24, H1/24 and 1Q24
        (
            r"([kqh])\s?([1-4])\s?[-/'’ ]\s?['’]?(\d{2})",
            lambda m: f"{_whole(m[3])}{m[1]}{m[2]}",
        ),
        (r"([1-4])([kqh])\s?[-/'’ ]?\s?(\d{4})", lambda m: f"{m[3]}{m[2]}{m[1]}"),
        (r"([1-4])([kqh])\s?[-/'’ ]?\s?(\d{2})", lambda m: f"{_whole(m[3])}{m[2]}{m[1]}"),
        (rf"([1-4])\.?\s?{_QUARTER}\s?['’]?(\d{{2}})", lambda m: f"{_whole(m[2])}K{m[1]}"),
        (r"([12])\.?\s?halvår\s?['’]?(\d{2})", lambda m: f"{_whole(m[2])}H{m[1]}"),
        (r"(\d{4})[-:_\s]m?(0[1-9]|1[0-2])", lambda m: f"{m[1]}M{m[2]}"),
        (r"(\d{4})[-:_\s]m([1-9])", lambda m: f"{m[1]}M0{m[2]}"),
        (r"m\s?(0?[1-9]|1[0-2])[\s,/-]\s?(\d{4})", lambda m: f"{m[2]}M{int(m[1]):02d}"),
        # 24M01 and 24K1
        (r"(\d{2})m(0[1-9]|1[0-2])", lambda m: f"{_whole(m[1])}M{m[2]}"),
        (r"(\d{2})([kqh])([1-4])", lambda m: f"{_whole(m[1])}{m[2]}{m[3]}"),
        (r"(0[1-9]|1[0-2])[-/.](\d{4})", lambda m: f"{m[2]}M{m[1]}"),
        (r"(?:uge|week|u|w)\s?(\d{1,2})[-,/_]?\s?(\d{4})", lambda m: f"{m[2]}U{int(m[1]):02d}"),
        (r"(\d{4})[-_\s]?(?:w|u|,?\s?uge\s?)(\d{1,2})", lambda m: f"{m[1]}U{int(m[2]):02d}"),
        (r"(\d{4})-a1", lambda m: m[1]),
        # A year that a program took for a number, with the decimals it shows (SPSS: two).
        (r"(\d{4})[.,]0{1,6}", lambda m: m[1]),
        (rf"(?:år|året|kalenderår(?:et)?|{_WHOLE}|{_FISCAL})\s?(\d{{4}})", lambda m: m[1]),
        (r"(\d{4}),?\s?\(?(?:hele\såret|helår(?:et)?)\)?", lambda m: m[1]),
        # Four months, as regions and universities follow their budgets.
        (r"([1-3])\.?\s?tertial,?\s?(\d{4})", lambda m: _tertial(m[2], m[1])),
        (r"(\d{4}),?\s?([1-3])\.?\s?tertial", lambda m: _tertial(m[1], m[2])),
        (r"fy\s?['’]?(\d{2})", lambda m: _whole(m[1])),
        # With points and two digits of a year only Danish and German write days.
        (r"(\d{1,2})\.(\d{1,2})\.(\d{2})", _day_first),
        (r"(1[0-2]|[5-9])/(\d{4})", lambda m: f"{m[2]}M{int(m[1]):02d}"),
        (r"(\d{4})-(\d{2})-(\d{2})(?:/p1d)?", lambda m: f"{m[1]}M{m[2]}D{m[3]}"),
        (r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})", _day_first),
        (r"(\d{1,2})/(\d{1,2})\s(\d{4})", _day_first),
        # American: no month has such a number. Others of its column: date_order.py.
        (r"(\d{1,2})/(1[3-9]|2\d|3[01])/(\d{4})", lambda m: f"{m[3]}M{int(m[1]):02d}D{m[2]}"),
        (
            rf"(\d{{1,2}})\.?\s?({_MONTH})\.?\s?(\d{{4}})",
            lambda m: f"{m[3]}M{_MONTHS[m[2]]:02d}D{int(m[1]):02d}",
        ),
        (
            rf"({_MONTH})\.?\s(\d{{1,2}})(?:st|nd|rd|th)?,?\s(\d{{4}})",
            lambda m: f"{m[3]}M{_MONTHS[m[1]]:02d}D{int(m[2]):02d}",
        ),
        (rf"(?:{_SCHOOL}\s?)?(\d{{4}})/(\d{{4}})", lambda m: f"{m[1]}/{m[2]}"),
        (rf"{_SCHOOL}\s?(\d{{4}})\s?[-–]\s?(\d{{4}})", lambda m: f"{m[1]}/{m[2]}"),
        (
            rf"{_SCHOOL}\s?(?:\d{{2}})?(\d{{2}})\s?[-–/]\s?(\d{{2}})",
            lambda m: f"{_whole(m[1])}/{_whole(m[2])}" if _follows(m[1], m[2]) else "",
        ),
        (
            rf"(?:{_SCHOOL}\s?)?(\d{{2}})(\d{{2}})/(\d{{2}})",
            lambda m: f"{m[1]}{m[2]}/{int(m[1] + m[2]) + 1}" if _follows(m[2], m[3]) else "",
        ),
    )
)
_ORDINALS = {
    **dict.fromkeys(("i", "første", "foerste", "first"), 1),
    **dict.fromkeys(("ii", "andet", "anden", "second"), 2),
    **dict.fromkeys(("iii", "tredje", "third"), 3),
    **dict.fromkeys(("iv", "fjerde", "fourth"), 4),
}
_ORDINAL = "|".join(sorted(_ORDINALS, key=len, reverse=True))
# A part of a year beside the year, in either order and with any sign between them.
_PARTS_OF_YEAR: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (
        letter,
        re.compile(rf"(?:(\d)\.?\s?(?:{word})|(?:{word})\s?(\d)|({_ORDINAL})\.?\s?(?:{word}))"),
    )
    for letter, word in (("K", rf"{_QUARTER}|[kq]"), ("H", r"(?:halvår|halvaar|half)(?:et)?|h"))
)
_NUMBERED_MONTH = re.compile(
    r"(?:måned|mdr?\.?|month|m)\s?(\d{1,2})|(\d{1,2})\.\s?(?:måned|md\.?)(?:\s(?:af|i))?", re.ASCII
)
_ONE_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)", re.ASCII)
_BETWEEN_PARTS = " ,;:/()[]-–."
_FIRST_WORDS = re.compile(r"(?:pr\.?|per|den|d\.|for|i|opgjort)\s+")
# Jobindsats: the year that ends with a quarter or a month of its own.
_MOVING_QUARTER = re.compile(r"(\d{4})\s?qmat\s?([1-4])", re.ASCII)
_MOVING_MONTH = re.compile(r"(\d{4})\s?m?mat\s?(0?[1-9]|1[0-2])", re.ASCII)
# The same in words: `12 mdr. til dec. 2024`. Of a day (`pr. 1. januar`) the last month is another.
_MOVING_WORDS = re.compile(
    r"(?:(?:(?:de\s)?(?:seneste|sidste|løbende|rullende|glidende)\s)?(?:12|tolv)\s"
    r"(?:måneder|mdr\.?)|(?:løbende|rullende|glidende)\sår)[,:]?\s"
    r"(?:(?:frem\s)?til(?:\sog\smed)?\s|t\.?o\.?m\.?\s|ultimo\s)?(?P<month>.+)"
)
_TO_DATE = "(?:år til dato|åtd|ytd)"
_YEAR_TO_DATE = (
    re.compile(r"(?P<year>\d{4})\s?(?:åtd|ytd)\s?m?(?P<number>0?[1-9]|1[0-2])", re.ASCII),
    re.compile(rf"{_TO_DATE},?\s*(?P<rest>.+)"),
    re.compile(rf"(?P<rest>.+?),?\s*\(?{_TO_DATE}\)?"),
)
_TWO_YEARS = re.compile(
    r"((?:19|20)\d{2})\s?[-–]\s?((?:19|20)\d{2}|\d{2})|(\d{2})/(\d{2})", re.ASCII
)
_YEAR_WORD = re.compile(r"\b(?:år|året|kalenderåre?t?|year)\s", re.IGNORECASE)
# The first of several parts of a year: `1.` of `1.-3. kvartal 2024`, `K1` of `K1-K3 2024`.
_PART_NUMBER = re.compile(r"[kqh]?([1-4])\.?(?:\s?(?:kvartal|kvt\.?|kv\.?|halvår))?")
_BETWEEN = re.compile(r"\s*(?:[-–—:]|\btil\b|\bto\b)\s*")
_BARE_MONTH = re.compile(rf"({_MONTH})\.?")
_STRETCH_OF_MONTHS = re.compile(rf"({_MONTH})\.?{_BETWEEN.pattern}({_MONTH})\.?")
_MOST_WEEKS = 53
_BARE_YEAR = re.compile(r"\d{4}", re.ASCII)
# A number and a year in either order (`5/2023`, `2023-5`): kpi/ingest/words/numbered_periods.py.
NUMBER_AND_YEAR = re.compile(
    r"(?P<number>\d{1,2})\s?[-/:_]\s?(?P<year>(?:19|20)\d{2})"
    r"|(?P<first>(?:19|20)\d{2})\s?[-/:_]\s?(?P<last>\d{1,2})",
    re.ASCII,
)
# Figures were counted at the end of a period; its beginning is also the end of another.
_END_WORDS = re.compile(
    r"(?:ultimo|ult\.?|udgangen af|slutningen af|end(?: of)?)\s+(?P<after>.+)"
    r"|(?P<before>.+?),?\s+\(?(?:ultimo|ult\.?)\)?"
)
# The same words behind the year: `2024 pr. september`, `2024 (ultimo maj)`.
_YEAR_FIRST = re.compile(
    r"(?P<year>(?:19|20)\d{2})[,:]?\s\(?(?P<rest>(?:pr\.?|per|den|d\.|i|opgjort|ultimo|ult\.?"
    r"|udgangen af|slutningen af)\s[^()]+)\)?"
)
# A day of which the year is left out: `1.1.`, `1. januar`, `1/1`.
_DAY_OF_YEAR = re.compile(
    rf"(?P<day>\d{{1,2}})(?:[./-](?P<month>\d{{1,2}})\.?|\.?\s?(?P<name>{_MONTH})\.?)"
)


@lru_cache(maxsize=50_000)
def period_of(text: str) -> Period | None:
    """The period that a file writes: ours (`2022K1`, `2022Q1`), words, dates, ISO, SDMX.

    Stretches of months are read from their two ends (`april 2023-marts 2024`), from jobindsats'
    marks (`2024QMAT1` ends with the first quarter) and from a date with a length (`/P1M`).
    """
    plain = unmarked(text.removeprefix(TYPED).strip().removeprefix(TEXT_MARK))
    if period := as_period(plain):
        return period
    lowered = without_midnight(" ".join(plain.casefold().split()))
    for pattern, build in _WRITTEN:
        match = pattern.fullmatch(lowered)
        if match and (period := as_period(build(match))):
            return period
    if period := _part_beside_year(lowered):
        return period
    if match := _YEAR_FIRST.fullmatch(lowered):
        return period_of(f"{match['rest']} {match['year']}")
    if match := _FIRST_WORDS.match(lowered):
        return period_of(lowered[match.end() :])
    if ended := at_end_of(lowered):
        return period_of(ended)
    try:
        return _running(lowered) or iso_span(lowered) or _stretch(lowered)
    except ValueError:  # beyond the days that the calendar knows
        return None


def at_end_of(text: str) -> str:
    """The period at the end of which a text says its figures were counted: `ultimo 2022`."""
    match = _END_WORDS.fullmatch(text)
    return (match["after"] or match["before"]) if match else ""


def is_stretch(text: str) -> bool:
    """Whether a text writes a period by its two ends: `januar 2024-december 2024`."""
    plain = " ".join(text.removeprefix(TYPED).casefold().split())
    return _stretch(plain) is not None


def is_two_years(text: str) -> bool:
    """Whether a text is two years, one right after the other: `2022-2023`, `2022-23`, `22/23`.

    It is a school year of a series of such years, and else nobody can say what it is.
    """
    match = _TWO_YEARS.fullmatch(" ".join(text.split()))
    if match is None:
        return False
    first, last = match[1] or match[3], match[2] or match[4]
    return _follows(first[-2:], last[-2:]) and (len(last) == 2 or int(last) - int(first) == 1)


def as_rolling(period: Period) -> Period:
    """The same twelve months as a rolling year, for files whose other periods are such years."""
    return rolling_year(period.end.year, period.end.month)


def is_period_name(text: str) -> bool:
    """Whether a column's name is a period of the 20th or 21st century.

    `1/2023` is one, too, be it a month or a quarter.
    """
    period = period_of(text)
    if period is None:
        return is_number_and_year(text)
    return 1900 <= period.start.year <= 2100


def is_number_and_year(text: str) -> bool:
    """Whether a text is a number and a year, and not two years: `1/2023`, not `2023-24`."""
    plain = text.removeprefix(TYPED).strip()
    match = NUMBER_AND_YEAR.fullmatch(plain)
    if match is None or is_two_years(plain):
        return False
    return 1 <= int(match["number"] or match["last"]) <= _MOST_WEEKS


def _part_beside_year(text: str) -> Period | None:
    """A month, quarter, half-year or week beside its year: `2023 (1. halvår)`."""
    years = list(_ONE_YEAR.finditer(text))
    if len(years) != 1:
        return None
    year = years[0][0]
    before, after = text[: years[0].start()], text[years[0].end() :]
    before = _YEAR_WORD.sub("", before)
    part = before.strip(_BETWEEN_PARTS) or after.strip(_BETWEEN_PARTS)
    if before.strip(_BETWEEN_PARTS) and after.strip(_BETWEEN_PARTS):
        return None
    if match := _NUMBERED_MONTH.fullmatch(part):
        return as_period(f"{year}M{int(match[1] or match[2]):02d}")
    part = re.sub(r"\s(?:af|of|i|måned)$", "", part)
    if _BARE_MONTH.fullmatch(part):
        return as_period(f"{year}M{_MONTHS[part.rstrip('.')]:02d}")
    if _STRETCH_OF_MONTHS.fullmatch(part):
        return _stretch(f"{part} {year}")
    if match := re.fullmatch(r"(?:uge|week)\s?(\d{1,2})", part, re.ASCII):
        return as_period(f"{year}U{int(match[1]):02d}")
    for letter, pattern in _PARTS_OF_YEAR:
        if match := pattern.fullmatch(part):
            number = match[1] or match[2] or _ORDINALS[match[3]]
            return as_period(f"{year}{letter}{number}")
    return None


def _follows(year: str, after: str) -> bool:
    return (int(year) + 1) % 100 == int(after)


def _running(text: str) -> Period | None:
    """A rolling year or a year to date, where a text says so. Raises ValueError past year 9999."""
    if match := _MOVING_QUARTER.fullmatch(text):
        return as_period(rolling_year(int(match[1]), 3 * int(match[2])).text)
    if match := _MOVING_MONTH.fullmatch(text):
        return as_period(rolling_year(int(match[1]), int(match[2])).text)
    if match := _MOVING_WORDS.fullmatch(text):
        last = period_of(match["month"])
        is_end = last is not None and last.kind in ("month", "quarter")
        return rolling_year(last.end.year, last.end.month) if last and is_end else None
    for pattern in _YEAR_TO_DATE:
        match = pattern.fullmatch(text)
        if match is None:
            continue
        if match.groupdict().get("year"):
            return as_period(year_to_date(int(match["year"]), int(match["number"])).text)
        rest = match["rest"]
        period = None if re.search(_TO_DATE, rest) else period_of(rest)
        if period is not None and _is_from_january(period):
            return year_to_date(period.end.year, period.end.month)
    return None


def _is_from_january(period: Period) -> bool:
    """Whether a period can be the end or the whole of a year to date."""
    if period.kind == "month":
        return True
    is_in_one_year = period.start.year == period.end.year
    return period.kind in ("range", "quarter", "half", "year") and (
        is_in_one_year and period.start.month == 1
    )


def _stretch(text: str) -> Period | None:
    """A stretch written by its two ends; the first may leave out the year they share.

    Years alone are no ends, unless they are three or more: `2023-2024` may be a school year.
    """
    for joint in _BETWEEN.finditer(text):
        period = _between(text[: joint.start()], text[joint.end() :])
        if period is not None:
            return period
    return None


def _between(first: str, last: str) -> Period | None:
    if _BARE_YEAR.fullmatch(first) and _BARE_YEAR.fullmatch(last):
        return as_period(f"{first}:{last}") if int(last) - int(first) > 1 else None
    end = _end(last)
    if end is None:
        return None
    if _BARE_MONTH.fullmatch(first):
        first = f"{first} {end.end.year}"
    elif end.kind in ("quarter", "half") and (match := _PART_NUMBER.fullmatch(first)):
        first = f"{end.start.year}{'K' if end.kind == 'quarter' else 'H'}{match[1]}"
    elif end.kind == "day" and (match := _DAY_OF_YEAR.fullmatch(first)):
        month = match["month"] or _MONTHS[match["name"]]
        first = f"{match['day']}.{month}.{end.end.year}"
    start = _end(first)
    if start is None or start.kind != end.kind or start.start >= end.start:
        return None
    return months_between(start.start, end.end)


def _end(text: str) -> Period | None:
    """One end of a stretch: a day, a month, a quarter or a half-year."""
    period = period_of(text) if text else None
    kinds = ("day", "month", "quarter", "half")
    return period if period is not None and period.kind in kinds else None
