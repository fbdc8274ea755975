"""What waits longest for news: figures that are due, initiatives as planned, passed dates."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kpi.charts.marks import EventMark
from kpi.domain import format as fmt
from kpi.domain.age import UNDER_A_MONTH, age, months_between
from kpi.domain.catalog import Catalog
from kpi.domain.plan import Initiative, Plan, Status
from kpi.domain.wording import capital, counts_in_words, in_text
from kpi.exhibits.events import event_mark
from kpi.plan.counts import newest_report
from kpi.views.freshness import FreshnessRow

# Rows of the table; the others stand on Om tallene and Handleplan.
MOST_ROWS = 4


@dataclass(frozen=True)
class WaitingRow:
    """What is without news `since` a day: what it is, what is last known, and for how long.

    `months` are the whole ones of the time, `things` how many initiatives one row is of.
    """

    what: str
    last: str
    waited: str
    since: date
    months: int
    things: int = 1


@dataclass(frozen=True)
class Waiting:
    """All that waits, longest first, of which a page shows the first rows, and a takeaway."""

    title: str
    subtitle: str
    all_rows: tuple[WaitingRow, ...]

    @property
    def rows(self) -> tuple[WaitingRow, ...]:
        """The first rows."""
        return self.all_rows[:MOST_ROWS]

    @property
    def more(self) -> int:
        """How many more things there are, as the title counts them."""
        return sum(row.things for row in self.all_rows[MOST_ROWS:])


def waiting(
    figures: Sequence[FreshnessRow], plan: Plan, catalog: Catalog, day: date
) -> Waiting | None:
    """What is overdue on a day; None where nothing is.

    Of `figures` those that are overdue, each from the end of its newest period; initiatives that
    stand as planned from their newest status, those of one day together; the plan's events that
    have passed since its newest report. An event that is one of the initiatives is one thing.
    """
    planned = _planned(plan, day)
    passed = _passed(plan, catalog, day)
    rows = [
        *_figures(figures, day),
        *_planned_rows(planned, passed, day),
        *(
            WaitingRow(
                mark.name, f"Planlagt til {mark.when}", age(mark.last, day), mark.last,
                months_between(mark.last, day),
            )
            for mark in passed
            if all(initiative.title != mark.name for initiative, _ in planned)
        ),
    ]  # fmt: skip
    if not rows:
        return None
    rows.sort(key=lambda row: row.since)
    things = sum(row.things for row in rows)
    (word,) = counts_in_words(things)
    count = f"{capital(word)} ting"
    oldest = f" i {rows[0].waited}" if len(rows) == 1 else f", det ældste i {rows[0].waited}"
    return Waiting(
        f"{count} er uden nyt{oldest}",
        "Ventede tal, statusser og passerede datoer; tal uden kendt næste udgave er ikke med",
        tuple(rows),
    )


def _figures(figures: Sequence[FreshnessRow], day: date) -> list[WaitingRow]:
    return [
        WaitingRow(
            f"Nyere tal for {in_text(row.indicator_name)}",
            f"Nyeste: {row.period}. Næste var ventet {row.expected}",
            age(row.end, day) or UNDER_A_MONTH,
            row.end,
            months_between(row.end, day),
        )
        for row in figures
        if row.is_overdue
    ]


def _planned(plan: Plan, day: date) -> list[tuple[Initiative, Status]]:
    """The initiatives that stand as planned on a day."""
    return [
        (initiative, status)
        for initiative in plan.initiatives
        if (status := initiative.status_on(day)) is not None and status.state == "planned"
    ]


def _planned_rows(
    planned: Sequence[tuple[Initiative, Status]], passed: Sequence[EventMark], day: date
) -> list[WaitingRow]:
    """Those of one status' day in a row, but for those whose own day has passed."""
    due = {mark.name: mark.when for mark in passed}
    by_status: dict[tuple[date, str, str], list[str]] = defaultdict(list)
    for initiative, status in planned:
        when = due.get(initiative.title, "")
        by_status[status.day, status.date, when].append(initiative.title)
    return [
        WaitingRow(
            _stand_as_planned(titles),
            f"Seneste status er fra {fmt.partial_date(text)}"
            + (f"; planlagt til {when}" if when else ""),
            age(since, day) or UNDER_A_MONTH,
            since,
            months_between(since, day),
            len(titles),
        )
        for (since, text, when), titles in by_status.items()
    ]


def _stand_as_planned(titles: Sequence[str]) -> str:
    if len(titles) == 1:
        return f"»{titles[0]}« står som planlagt"
    (word,) = counts_in_words(len(titles))
    return f"{capital(word)} indsatser står som planlagt"


def _passed(plan: Plan, catalog: Catalog, day: date) -> list[EventMark]:
    """The events that the newest report does not cover, and whose day has passed."""
    report = newest_report(plan.initiatives, day)
    if report is None:
        return []
    marks = [event_mark(event) for event in plan.events]
    return [mark for mark in marks if report < mark.last < day]
