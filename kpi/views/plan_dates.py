"""The plan's dates as a list by year, newest first: what lies ahead, today, what has passed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kpi.charts.timeline import Moment
from kpi.domain import format as fmt
from kpi.domain import period
from kpi.domain.wording import counts_in_words
from kpi.plan.counts import newest_report
from kpi.views.next_steps import is_unreported
from kpi.views.plan import PlanView

DateKind = Literal["event", "meeting", "today", "unreported", "none"]


@dataclass(frozen=True)
class DateRow:
    """A date of the list: when within its year, what, and what kind of date it is."""

    when: str
    name: str
    kind: DateKind


@dataclass(frozen=True)
class DatesOfYear:
    """A year's dates, newest first, and how many they are in words."""

    year: int
    rows: tuple[DateRow, ...]
    count: str


def plan_dates(view: PlanView) -> tuple[DatesOfYear, ...]:
    """The years, newest first; today stands in its own, also where the plan has no date in it."""
    today = view.now
    initiatives = [row.initiative for section in view.sections for row in section.rows]
    report = newest_report(initiatives, today)
    ahead = [moment for moment in view.moments if moment.last > today]
    past = [moment for moment in view.moments if moment.last <= today]
    rows: dict[int, list[DateRow]] = {}
    for moment in _newest_first(ahead):
        rows.setdefault(moment.last.year, []).append(_row(moment, "event"))
    of_today = rows.setdefault(today.year, [])
    if not ahead:
        of_today.append(DateRow("", "Planen har ingen datoer efter i dag", "none"))
    day = fmt.long_date(today).removesuffix(f" {today.year}")
    of_today.append(DateRow(day, "I dag" if today == period.today() else "Den viste dag", "today"))
    for moment in _newest_first(past):
        kind: DateKind = "unreported" if is_unreported(moment, report, today) else "event"
        rows.setdefault(moment.last.year, []).append(_row(moment, kind))
    return tuple(
        DatesOfYear(year, tuple(of_year), _count(of_year))
        for year, of_year in sorted(rows.items(), reverse=True)
    )


def _newest_first(moments: Sequence[Moment]) -> list[Moment]:
    return sorted(moments, key=lambda moment: (moment.last, moment.first), reverse=True)


def _row(moment: Moment, kind: DateKind) -> DateRow:
    when = moment.when.removesuffix(f" {moment.last.year}")
    return DateRow(when, moment.name, "meeting" if moment.is_meeting else kind)


def _count(rows: Sequence[DateRow]) -> str:
    """`ni datoer`: those of the plan, today left out."""
    count = sum(row.kind not in ("today", "none") for row in rows)
    (word,) = counts_in_words(count)
    return f"{word} {'dato' if count == 1 else 'datoer'}"
