"""Initiatives that stand as planned: who has waited longest, first."""

from dataclasses import dataclass
from datetime import date

from kpi.domain import format as fmt
from kpi.domain.age import UNDER_A_MONTH, age
from kpi.domain.plan import Initiative
from kpi.domain.wording import Badge, capital
from kpi.plan.counts import initiatives_text
from kpi.views.next_steps import NO_RESPONSIBLE
from kpi.views.plan import PlanView, track_name


@dataclass(frozen=True)
class StandingRow:
    """An initiative, its track and unit, its status with the date, and how long it has stood."""

    initiative: Initiative
    where: str
    badge: Badge
    since: str
    waited: str
    day: date


@dataclass(frozen=True)
class Standing:
    """All that stand as planned by the plan's day, longest first."""

    title: str
    rows: tuple[StandingRow, ...]


def standing(view: PlanView) -> Standing | None:
    """What was last reported as planned, oldest status first; None where nothing was.

    Only what was last reported is known: that it has not begun since nobody says.
    """
    rows = []
    for section in view.sections:
        for row in section.rows:
            status = row.initiative.status_on(view.now)
            if status is None or status.state != "planned":
                continue
            unit = row.initiative.responsible or NO_RESPONSIBLE
            rows.append(
                StandingRow(
                    row.initiative,
                    f"{track_name(section.theme)} · {unit}",
                    row.now,
                    f"siden {fmt.partial_date(status.date)}",
                    age(status.day, view.now) or UNDER_A_MONTH,
                    status.day,
                )
            )
    if not rows:
        return None
    rows.sort(key=lambda row: row.day)
    return Standing(f"{capital(initiatives_text(len(rows)))} står som planlagt", tuple(rows))
