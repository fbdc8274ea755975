"""Periods as the data writes them (`2022`, `2024K1`, `2024/2025`): dates, order, Danish names."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property, lru_cache
from typing import Literal, assert_never
from zoneinfo import ZoneInfo

from babel.dates import get_month_names

from kpi.domain.errors import KpiError
from kpi.domain.vocabulary import PeriodKind

# Days begin and end in Denmark, wherever the server stands.
DENMARK = ZoneInfo("Europe/Copenhagen")
# Periods of these kinds share days with others of the same kind, so they add up to no longer one.
OVERLAPPING: tuple[PeriodKind, ...] = ("range", "rolling_year", "year_to_date")

# Years as far back as there are figures and as far on as anybody projects them: 0202, 3024 and
# 2401 (January 2024?) are slips of the hand.
_YEAR = r"(?:1\d{3}|20\d{2}|21[0-4]\d)"
_SUFFIXES = re.compile(rf"(?P<year>{_YEAR})(?:(?P<mark>[HKQMUY])(?P<number>\d{{1,2}}))?", re.ASCII)
_DAY = re.compile(rf"({_YEAR})M(\d{{2}})D(\d{{2}})", re.ASCII)
_SCHOOL_YEAR = re.compile(rf"({_YEAR})/({_YEAR})", re.ASCII)
_RANGE = re.compile(rf"({_YEAR})(?:M(\d{{2}}))?:({_YEAR})(?:M(\d{{2}}))?", re.ASCII)
# A stretch that is said to be a rolling year (R) or a year to date (A), whatever else it is too.
_RUNNING = re.compile(rf"({_YEAR})M(\d{{2}}):({_YEAR})M(\d{{2}})([RA])", re.ASCII)
_DATE = re.compile(r"\d{4}(-\d{2}){0,2}", re.ASCII)
# Asked for once: a chart of monthly figures names some thousand periods.
_MONTH_NAMES = dict(get_month_names("wide", locale="da_DK"))
_DAYS_OF_MONTH = 30.44
_PartOfYear = Literal["half", "quarter", "month"]
_MONTHS_IN: Mapping[_PartOfYear, int] = {"half": 6, "quarter": 3, "month": 1}
_PARTS_BY_MARK: Mapping[str, _PartOfYear] = {
    "H": "half", "K": "quarter", "Q": "quarter", "M": "month",
}  # fmt: skip


def month_number(name: str) -> int:
    """3 for `marts`; ValueError for what is no Danish month."""
    return [*_MONTH_NAMES.values()].index(name) + 1


@dataclass(frozen=True)
class Period:
    """A stretch of time with its canonical text, kind (PeriodKind), first and last day."""

    text: str
    kind: PeriodKind = field(compare=False)
    start: date = field(compare=False)
    end: date = field(compare=False)

    def __hash__(self) -> int:
        # Half the time of the one that dataclasses make: a page looks up thousands.
        return hash(self.text)

    @cached_property
    def order(self) -> tuple[date, int]:
        """Sorts periods oldest first: by last day, then the longer one counts as newer."""
        return self.end, (self.end - self.start).days

    def is_like(self, other: "Period") -> bool:
        """Whether figures of both may be compared: of one kind and about as long.

        Years to date are alike in the same month only.
        """
        if self.kind != other.kind:
            return False
        if self.kind == "year_to_date":
            return self.end.month == other.end.month
        return self.kind != "range" or self._months() == other._months()

    def _months(self) -> int:
        return round(((self.end - self.start).days + 1) / _DAYS_OF_MONTH)

    def overlaps(self, other: "Period") -> bool:
        """Whether the two share a day: then figures of both count some of the same."""
        return self.start <= other.end and other.start <= self.end

    def is_apart(self, other: "Period") -> bool:
        """Whether from one to the other there can be a change: they share no day.

        Or both count on from the same day. Of two rolling years that share eleven months most is
        the same, and chance cannot be judged as in figures of others.
        """
        return self.start == other.start or not self.overlaps(other)

    def previous(self) -> "Period":
        """The period of the same kind and length that ends the day before this one starts.

        A year to date is preceded by the same months of the year before.
        """
        before = self.start - timedelta(days=1)
        match self.kind:
            case "day":
                return _day(before)
            case "week":
                return _week_of(before)
            case "school_year":
                return parse_period(f"{self.start.year - 1}/{self.start.year}")
            case "year_to_date":
                return parse_period(year_to_date(self.end.year - 1, self.end.month).text)
            case "rolling_year":
                return parse_period(rolling_year(self.end.year - 1, self.end.month).text)
            case "range":
                return _range_before(self)
            case "year":
                return parse_period(f"{self.start.year - 1:04d}")
            case "half" | "quarter" | "month":
                number = (before.month - 1) // _MONTHS_IN[self.kind] + 1
                return _part_of_year(before.year, self.kind, number)
        assert_never(self.kind)

    def name(self, seasons: bool = False) -> str:
        """The period in Danish. `seasons` names half-years `forår`/`efterår`, as schools do."""
        year = self.start.year
        match self.kind:
            case "half":
                first = self.start.month == 1
                if seasons:
                    return f"{'forår' if first else 'efterår'} {year}"
                return f"{1 if first else 2}. halvår {year}"
            case "quarter":
                return f"{(self.start.month + 2) // 3}. kvartal {year}"
            case "month":
                return f"{_MONTH_NAMES[self.start.month]} {year}"
            case "week":
                week = self.start.isocalendar()
                return f"uge {week.week}, {week.year}"
            case "day":
                return f"{self.start.day}. {_MONTH_NAMES[self.start.month]} {year}"
            case "year_to_date":
                until = f"{_MONTH_NAMES[self.end.month]} {year}"
                since = "" if self.end.month == 1 else f"{_MONTH_NAMES[1]}-"
                return f"{since}{until} (år til dato)"
            case "range" | "rolling_year":
                joint = " til " if self.text.count("M") == 1 else "-"
                return joint.join((self.start_name(), self.end_name()))
            case "year" | "school_year":
                return self.text
        assert_never(self.kind)

    def start_name(self) -> str:
        """The beginning of a range in Danish: `2024`, `marts 2024`; else the period's name."""
        return _end_name(self.text.split(":")[0]) if self.kind in OVERLAPPING else self.name()

    def end_name(self) -> str:
        """The end of a range in Danish; else the period's name."""
        if self.kind not in OVERLAPPING:
            return self.name()
        return _end_name(self.text.split(":")[1].rstrip("RA"))


def parse_period(text: str) -> Period:
    """The period that `text` writes; `Q` is read as `K` and `2024Y01` as the year.

    One stretch of months has one text, however it is written: `2024M01:2024M12` is `2024`, and
    twelve months that are neither a calendar year nor a school year are a rolling year. One that
    is both is written with an R (`2024M01:2024M12R`), a year to date with an A
    (`2024M01:2024M05A`): they are compared with their own kind only.
    Raises KpiError when the text is no period of any PeriodKind.

    >>> parse_period("2024K1").name()
    '1. kvartal 2024'
    >>> parse_period("2024M01:2024M12") == parse_period("2024")
    True
    """
    period = as_period(text)
    if period is None:
        raise KpiError(
            "Ukendt periode",
            f"»{text}« er ikke en periode. Skriv for eksempel 2022, 2024H1, 2024K1, 2024M05, "
            "2024U05, 2024M05D31, 2024/2025 eller 2021:2025.",
        )
    return period


@lru_cache(maxsize=20_000)
def as_period(text: str) -> Period | None:
    """The period that `text` writes; None where it is none: for whoever asks of many texts.

    The error of `parse_period` takes a hundred times as long: its words are searched for personal
    numbers.
    """
    try:
        return _parsed(text.strip().upper())
    except ValueError:
        return None


def _parsed(written: str) -> Period | None:
    match = _SUFFIXES.fullmatch(written)
    if match is None:
        return _longer(written)
    year, mark, number = int(match["year"]), match["mark"], int(match["number"] or 0)
    if mark is None or (mark == "Y" and number == 1):
        return Period(f"{year:04d}", "year", date(year, 1, 1), date(year, 12, 31))
    if mark == "U":
        return _week_of(date.fromisocalendar(year, number, 1))
    kind = _PARTS_BY_MARK.get(mark)
    if kind is None or not 1 <= number <= 12 // _MONTHS_IN[kind]:
        return None
    return _part_of_year(year, kind, number)


def _longer(written: str) -> Period | None:
    """A day, a school year, a range of years or months, a rolling year or a year to date."""
    if match := _RUNNING.fullmatch(written):
        return _running(match)
    if match := _DAY.fullmatch(written):
        return _day(date(*(int(part) for part in match.groups())))
    if match := _SCHOOL_YEAR.fullmatch(written):
        first, last = int(match[1]), int(match[2])
        if last != first + 1:
            return None
        return Period(written, "school_year", date(first, 8, 1), date(last, 7, 31))
    if match := _RANGE.fullmatch(written):
        begin, end = (_parsed(text) for text in written.split(":"))
        if begin is None or end is None or end.end <= begin.end:
            return None
        return _stretch(begin.start, end.end)
    return None


def _running(match: re.Match[str]) -> Period | None:
    """A rolling year or a year to date, where the months are those of one."""
    first_year, first, last_year, last = (int(part) for part in match.groups()[:4])
    if not (1 <= first <= 12 and 1 <= last <= 12):
        return None
    if match[5] == "A":
        return year_to_date(last_year, last) if (first_year, first) == (last_year, 1) else None
    months = 12 * (last_year - first_year) + last - first + 1
    return rolling_year(last_year, last) if months == 12 else None


def rolling_year(year: int, month: int) -> Period:
    """The twelve months that end with a month, as a period of a kind of its own."""
    end = _part_of_year(year, "month", month).end
    start = date(year - (month < 12), month % 12 + 1, 1)
    text = f"{start.year:04d}M{start.month:02d}:{end.year:04d}M{end.month:02d}"
    is_another = _stretch(start, end).kind != "rolling_year"
    return Period(text + ("R" if is_another else ""), "rolling_year", start, end)


def year_to_date(year: int, month: int) -> Period:
    """The months of a year from January to a month, as a period of a kind of its own."""
    end = _part_of_year(year, "month", month).end
    return Period(f"{year:04d}M01:{year:04d}M{month:02d}A", "year_to_date", date(year, 1, 1), end)


def _stretch(start: date, end: date) -> Period:
    """The period from the first day of a month to the last day of a later one.

    However it was written, it is one: a year, a school year, a half or a quarter where it is
    exactly that; else a rolling year, or a range of months, of years where both ends are those of
    a year, and from a year where only its beginning is.
    """
    months = 12 * (end.year - start.year) + end.month - start.month + 1
    if months == 12 and start.month == 1:
        return Period(f"{start.year}", "year", start, end)
    if months == 12 and start.month == 8:
        return Period(f"{start.year}/{end.year}", "school_year", start, end)
    parts: tuple[_PartOfYear, ...] = ("half", "quarter")
    for part in parts:
        if months == _MONTHS_IN[part] and (start.month - 1) % months == 0:
            return _part_of_year(start.year, part, (start.month - 1) // months + 1)
    is_from_year = start.month == 1 and end.year > start.year
    first = f"{start.year}" if is_from_year else f"{start.year}M{start.month:02d}"
    last = f"{end.year}" if is_from_year and end.month == 12 else f"{end.year}M{end.month:02d}"
    kind: PeriodKind = "rolling_year" if months == 12 else "range"
    return Period(f"{first}:{last}", kind, start, end)


def _end_name(text: str) -> str:
    return parse_period(text).name()


def _range_before(period: Period) -> Period:
    """The range of as many months, or years, that ends where this one begins."""
    ends = period.text.split(":")
    if "M" not in period.text:
        years = int(ends[1]) - int(ends[0]) + 1
        return parse_period(f"{int(ends[0]) - years}:{int(ends[0]) - 1}")
    months = 12 * (period.end.year - period.start.year) + period.end.month - period.start.month
    last = period.start - timedelta(days=1)
    place = 12 * last.year + last.month - 1 - months
    return parse_period(f"{place // 12}M{place % 12 + 1:02d}:{last.year}M{last.month:02d}")


def _part_of_year(year: int, kind: _PartOfYear, number: int) -> Period:
    months = _MONTHS_IN[kind]
    start = date(year, (number - 1) * months + 1, 1)
    after_month = start.month + months
    end = date(year + (after_month > 12), (after_month - 1) % 12 + 1, 1) - timedelta(days=1)
    text = {"half": f"{year}H{number}", "quarter": f"{year}K{number}"}.get(kind)
    return Period(text or f"{year}M{number:02d}", kind, start, end)


def _week_of(day: date) -> Period:
    week = day.isocalendar()
    monday = date.fromisocalendar(week.year, week.week, 1)
    return Period(f"{week.year}U{week.week:02d}", "week", monday, monday + timedelta(days=6))


def _day(day: date) -> Period:
    return Period(f"{day.year:04d}M{day.month:02d}D{day.day:02d}", "day", day, day)


def today() -> date:
    """The calendar day in Denmark."""
    return datetime.now(DENMARK).date()


def last_day(partial: str) -> date:
    """The last day that a date of the sources covers: `2024-06-19`, `2024-06` or `2024`.

    Raises ValueError when the text is none of these.
    """
    if not _DATE.fullmatch(partial):
        raise ValueError(partial)
    parts = [int(part) for part in partial.split("-")]
    if len(parts) == 1:
        return date(parts[0], 12, 31)
    if len(parts) == 2:
        return _part_of_year(parts[0], "month", parts[1]).end
    return date.fromisoformat(partial)


def first_day(partial: str) -> date:
    """The first day that a date of the sources covers: `2024-06-19`, `2024-06` or `2024`."""
    year, month, day = (*(int(part) for part in partial.split("-")), 1, 1)[:3]
    return date(year, month, day)
