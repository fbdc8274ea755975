"""What an area's figure was before: the small line of a profile's row, and its change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from statistics import median

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.compare import change, parted
from kpi.domain.figures import alike_with
from kpi.domain.measure import comparable_value
from kpi.domain.model import Indicator, Observation
from kpi.domain.period import Period
from kpi.domain.period_words import period_in_text, period_name
from kpi.domain.series_break import is_across
from kpi.domain.wording import change_doubt, signed_gap
from kpi.exhibits.one_measure import in_one_measure, measuring

# How far back a change is looked for, and the small line goes.
CHANGE_YEARS, LINE_YEARS = 5, 10
_FEWEST_OF_LINE = 3
# A step of more days than so many usual ones, or than a good year, is a gap.
_GAP_STEPS, _GAP_DAYS = 1.5, 400
# Parts of a year, that are compared with the same part of another year.
_SEASONAL = ("half", "quarter", "month", "rolling_year", "year_to_date")


@dataclass(frozen=True)
class Past:
    """`stretches` of the small line, (time, value) between gaps; `instead` says why there is none.

    `words` say what the line shows. `change` is the signed difference to the figure that `since`
    names, or why there is none; `points` the difference, None without one.
    """

    stretches: tuple[tuple[tuple[float, float], ...], ...]
    instead: str
    words: str
    change: str
    since: str
    points: float | None


def past_of(
    row: Observation, series: Sequence[Observation], indicator: Indicator, catalog: Catalog
) -> Past:
    """The row's past, by the figures of its key, oldest first, that are at hand."""
    first_day = date(row.period.end.year - LINE_YEARS, 1, 1)
    series = [each for each in alike_with(series, row) if each.period.end >= first_day]
    if indicator.is_total:
        series, _ = in_one_measure(measuring((row, *series)), series, indicator)
    drawn = [
        (each, value) for each in series if (value := comparable_value(each, indicator)) is not None
    ]
    words, since, points = _change(row, series, indicator, catalog)
    if len(drawn) < _FEWEST_OF_LINE:
        known = ("", "ét tal", "to tal")[len(drawn)]
        return Past((), known, "", words, since, points)
    ends = [
        f"{fmt.display(each, indicator)} i {period_in_text(each.period, indicator, catalog)}"
        for each in (drawn[0][0], drawn[-1][0])
    ]
    line = _stretches(drawn, indicator)
    return Past(line, "", f"fra {ends[0]} til {ends[1]}", words, since, points)


def _stretches(
    drawn: Sequence[tuple[Observation, float]], indicator: Indicator
) -> tuple[tuple[tuple[float, float], ...], ...]:
    days = [row.period.end.toordinal() for row, _ in drawn]
    steps = [later - earlier for earlier, later in pairwise(days)]
    longest = min(_GAP_STEPS * median(steps), _GAP_DAYS)
    if not indicator.breaks and max(steps) <= longest:
        return (tuple((float(day), value) for day, (_, value) in zip(days, drawn, strict=True)),)
    stretches = [[(float(days[0]), drawn[0][1])]]
    for place, step in enumerate(steps, start=1):
        row, value = drawn[place]
        is_parted = indicator.breaks and is_across(
            drawn[place - 1][0].period, row.period, indicator
        )
        if step > longest or is_parted:
            stretches.append([])
        stretches[-1].append((float(days[place]), value))
    return tuple(map(tuple, stretches))


def _change(
    row: Observation, series: Sequence[Observation], indicator: Indicator, catalog: Catalog
) -> tuple[str, str, float | None]:
    """The change from the oldest figure of the last five years that it may be compared with."""
    broken = None
    for then in series:
        if not _is_earlier(then.period, row.period):
            continue
        moved = change(row, then, indicator)
        if moved is None:
            broken = broken or parted(row, then, indicator)
            continue
        # In a narrow column a day is its year: the line beside it and the opened row have it whole.
        name = period_name(then.period, indicator, catalog)
        since = f"siden {f'{then.period.end:%Y}' if then.period.kind == 'day' else name}"
        # Of the row itself its own badge says so.
        doubt = "" if catalog.is_implausible(row) else change_doubt(row, then.period, catalog)
        decimals = fmt.gap_decimals(indicator, moved.approximate)
        if fmt.rounds_to_zero(moved.change_points, decimals):
            return "uændret", since + doubt, 0.0
        words = signed_gap(moved.change_points, indicator, moved.approximate)
        is_believed = not catalog.doubts_change(row, then.period)
        unsure = ", ingen sikker ændring" if moved.is_chance else ""
        # What cannot be believed is not the largest change.
        return words, since + unsure + doubt, moved.change_points if is_believed else None
    if broken is not None:
        return fmt.MISSING, f"brud i serien {fmt.long_date(broken.broken.day)}", None
    return fmt.MISSING, "", None


def _is_earlier(first: Period, last: Period) -> bool:
    """Whether a period is of the same season of one of the five years before another's."""
    months = 12 * (last.end.year - first.end.year) + last.end.month - first.end.month
    if first.end >= last.end or months > 12 * CHANGE_YEARS:
        return False
    if last.kind in _SEASONAL:
        return months % 12 == 0
    return first.is_apart(last)
