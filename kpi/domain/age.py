"""How old a figure is, when the next is expected, and whether it is late. Plain dates and words."""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, assert_never

from kpi.domain import format as fmt
from kpi.domain.model import Indicator, Observation, Source
from kpi.domain.period import Period, last_day, month_number

# How many months lie between the figures of a source.
_MONTHS_BETWEEN = {"year": 12, "school_year": 12, "half": 6, "quarter": 3, "month": 1}
ONCE = "once"
Punctuality = Literal["on_time", "overdue", "unknown_rhythm"]
ON_TIME: Punctuality = "on_time"
OVERDUE: Punctuality = "overdue"
UNKNOWN_RHYTHM: Punctuality = "unknown_rhythm"
PUNCTUALITY_NAMES: Mapping[Punctuality, str] = {
    ON_TIME: "Med",
    OVERDUE: "Forsinket",
    UNKNOWN_RHYTHM: "Ukendt rytme",
}

# An age stands whole on a line.
UNDER_A_MONTH = "under 1 måned".replace(" ", fmt.NO_BREAK_SPACE)
# Of a figure whose period begins after the day.
NOT_BEGUN = "perioden er ikke begyndt"
# How a definition says at the end of which month it counts.
_AT_THE_END_OF = re.compile(
    r"(?<!fra )(?<!siden )\b(?:ved udgangen af|ult(?:imo|\.)) ([a-z]+)\b(?! (?:19|20)\d\d)",
    re.IGNORECASE,
)
# From so many months on an age is given in years.
_MOST_MONTHS = 24


@dataclass(frozen=True)
class Freshness:
    """When a newer figure than the newest is due.

    `expected` is the day by which it should be there, None where it is not known or none is to
    come; `expected_text` says so in Danish. `state` is a key of PUNCTUALITY_NAMES.
    """

    expected: date | None
    expected_text: str
    state: Punctuality

    @property
    def is_overdue(self) -> bool:
        """Whether a newer figure should have been out before today."""
        return self.state == OVERDUE


def months_between(start: date, day: date) -> int:
    """Whole months from `start` to `day`, 0 when `day` comes first.

    The last day of a month is a month after the last day of the month before: 31 January to 28
    February is one.
    """
    months = (day.year - start.year) * 12 + day.month - start.month
    reached = day.day >= min(start.day, monthrange(day.year, day.month)[1])
    return max(0, months if reached else months - 1)


def age(period_end: date, day: date) -> str:
    """How long before `day` a period ended: `under 1 måned`, `15 måneder`, `knap 4 år`.

    Empty when the period has not ended. No line breaks within it.
    """
    if day < period_end:
        return ""
    return _age_words(period_end, day).replace(" ", fmt.NO_BREAK_SPACE)


@lru_cache(maxsize=4_000)
def _age_words(period_end: date, day: date) -> str:
    months = months_between(period_end, day)
    if months == 0:
        return UNDER_A_MONTH
    if months < _MOST_MONTHS:
        return "1 måned" if months == 1 else f"{months} måneder"
    years, months_left = divmod(months, 12)
    if months_left == 0:
        return f"{years} år"
    if months_left < 5:
        return f"godt {years} år"
    return f"ca. {years}½ år" if months_left < 8 else f"knap {years + 1} år"


def counted_at_end_of_month(indicator: Indicator, period: Period) -> date | None:
    """The day that a year's figure counts, where the definition says the end of which month.

    `ved udgangen af november` is 30 November, a month before the year has ended. None of other
    periods, and where no month is named, or several.
    """
    month = _month_at_whose_end(indicator.definition) if period.kind == "year" else None
    if month is None:
        return None
    return date(period.start.year, month, monthrange(period.start.year, month)[1])


@lru_cache(maxsize=4_000)
def _month_at_whose_end(definition: str) -> int | None:
    """The one month at whose end a definition counts; None where it names none, or several."""
    named = {name.lower() for name in _AT_THE_END_OF.findall(definition)}
    if len(named) != 1:
        return None
    try:
        return month_number(named.pop())
    except ValueError:
        return None


def counted_until(row: Observation, source: Source, indicator: Indicator) -> date:
    """The day that a figure's age is counted from: the last of its period.

    Of what is counted on 1 January it is that day, whatever year or quarter it is filed under; of
    what is counted at the end of a month the last of that month.

    Of a paper it is the paper's own day, where that lies within the period: a figure is never
    younger than its source. So it is where nobody states the day of counting: the period is only
    where the figure is filed.
    """
    published = _day_of(source.published)
    counted_on = indicator.counted_on(row.period)
    if counted_on is not None and row.measured != "reported":
        return counted_on
    end = counted_at_end_of_month(indicator, row.period) or row.period.end
    if published is None:
        return end
    match row.measured:
        case "reported":
            return published
        case "over" | "at" | "since":
            # A series goes on after the day of its first file, and its periods have ended.
            is_paper = source.frequency not in _MONTHS_BETWEEN and source.published.count("-") == 2
            is_within = row.period.start <= published < end
            return published if is_paper and is_within else end
    assert_never(row.measured)


def age_text(row: Observation, source: Source, indicator: Indicator, day: date) -> str:
    """`15 måneder gammelt`, `knap 4 år gammelt`; `perioden er ikke slut` before its last day.

    `perioden er ikke begyndt` before its first: a forecast, or a budget.
    """
    if day < row.period.start:
        return NOT_BEGUN
    text = age(counted_until(row, source, indicator), day)
    return f"{text}{fmt.NO_BREAK_SPACE}gammelt" if text else "perioden er ikke slut"


def freshness(
    newest_end: date, published: str, frequency: str, next_release: str, day: date
) -> Freshness:
    """When the figure after the one that ended on `newest_end` is due, seen from `day`.

    `published` is when the newest one came, as far as it is known (`2025-03-11`, `2025`, ``);
    `next_release` the source's own announcement, a date or words. A date applies, when it lies
    after what has come. Else the next period of `frequency` is expected as long after its end as
    the newest came after its own; where only the year of that is known, by the end of a year. On
    the expected day itself nothing is late.
    """
    came = _day_of(published)
    announced = _day_of(next_release)
    if announced and (came is None or announced > came):
        return Freshness(announced, fmt.partial_date(next_release), _state(announced, day))
    words = "" if announced else next_release
    if frequency == ONCE:
        return Freshness(None, words or "ingen; opgjort én gang", ON_TIME)
    if frequency not in _MONTHS_BETWEEN or came is None:
        return Freshness(None, words or "ikke oplyst", UNKNOWN_RHYTHM)
    lag = max(timedelta(0), came - newest_end)
    expected = add_months(newest_end, _MONTHS_BETWEEN[frequency]) + lag
    if "-" not in published:
        # Only a year is known of the newest: no month is made up of the next.
        expected = date(expected.year, 12, 31)
        said = _with_year(words, expected) or f"i løbet af {expected:%Y}"
        return Freshness(expected, said, _state(expected, day))
    month = fmt.partial_date(f"{expected:%Y-%m}")
    return Freshness(expected, _with_year(words, expected) or f"ca. {month}", _state(expected, day))


def _with_year(words: str, expected: date) -> str:
    """A source's own words of when its figures come, with the year that they leave out."""
    has_year = not words or any(sign.isdigit() for sign in words)
    return words if has_year else f"{words} {expected:%Y}"


def add_months(day: date, months: int) -> date:
    """The day so many months later; the last day of a month stays the last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    length = monthrange(year, month + 1)[1]
    is_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, month + 1, length if is_last else min(day.day, length))


@lru_cache(maxsize=4_000)
def _day_of(partial: str) -> date | None:
    """The last day that a date covers; None where the text is words, or empty."""
    try:
        return last_day(partial)
    except ValueError:
        return None


def _state(expected: date, day: date) -> Punctuality:
    return OVERDUE if day > expected else ON_TIME
