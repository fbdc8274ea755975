"""The targets a development is seen beside: the straight way to each, and what is said of it."""

from collections.abc import Sequence

from kpi.charts.marks import TARGET, Line, LinePoint
from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.model import Indicator, Observation
from kpi.domain.plan import Target
from kpi.domain.targets import (
    baseline,
    course,
    is_drawn_beside,
    next_target,
    period_of,
    road,
    row_for,
    target_name,
    target_number,
    target_text,
    targets_of,
)
from kpi.domain.vocabulary import TARGET_STATES
from kpi.domain.wording import period_name


def goals_of(own: Sequence[Observation], catalog: Catalog) -> tuple[Target, ...]:
    """The next target of each state of a series (oldest first), the decided one first."""
    if not own:
        return ()
    aims = targets_of(catalog.targets, own[-1].indicator_id, own[-1].area_id, own[-1].group_id)
    chosen = (
        next_target([aim for aim in aims if aim.state == state], catalog.day)
        for state in TARGET_STATES
    )
    return tuple(one for one in chosen if one)


def target_remarks(rows: Sequence[Observation], area_id: str, catalog: Catalog) -> list[str]:
    """What is set for an area's figure among the rows; nothing where nothing is."""
    return [
        goal_text(goal, row, catalog.indicators[row.indicator_id], catalog)
        for row in rows
        if row.area_id == area_id
        for goal in goals_of([row], catalog)
    ]


def goal_text(goal: Target, row: Observation, indicator: Indicator, catalog: Catalog) -> str:
    """What is set and how far the figure is from it, as a sentence."""
    return target_text(goal, row, indicator, catalog).rstrip(".") + "."


def ways_to(
    goals: Sequence[Target],
    own: Sequence[Observation],
    drawn: Sequence[Observation],
    indicator: Indicator,
    catalog: Catalog,
) -> tuple[Line, ...]:
    """From the baseline straight to each decided target; none where it is drawn in other units.

    `own` is the whole series. A baseline that is not `drawn` leaves the target standing alone.
    """
    if not own or not is_drawn_beside(own[-1], indicator):
        return ()
    return tuple(_way(goal, own, drawn, indicator, catalog) for goal in goals if goal.is_decided)


def _way(
    goal: Target,
    own: Sequence[Observation],
    drawn: Sequence[Observation],
    indicator: Indicator,
    catalog: Catalog,
) -> Line:
    aimed = period_of(goal)
    begin = baseline(road(own, goal, indicator), goal)
    start = [
        LinePoint(
            row.period, period_name(row.period, indicator, catalog), value, fmt.bare(row, indicator)
        )
        for row, value in [begin]
        if row in drawn and row.period.end < aimed.end
    ] if begin else []  # fmt: skip
    end = LinePoint(
        aimed, period_name(aimed, indicator, catalog), goal.value,
        target_number(goal, indicator), approximate=True,
    )  # fmt: skip
    return Line(target_name(goal, indicator, catalog), TARGET, (*start, end))


def goal_remarks(
    goals: Sequence[Target], own: Sequence[Observation], indicator: Indicator, catalog: Catalog
) -> list[str]:
    """What each target is, how far it is, and whether the figures are on their way there.

    `own` is the whole series up to the newest figure drawn.
    """
    return [
        remark
        for goal in goals
        for remark in (
            goal_text(goal, row_for(goal, own), indicator, catalog),
            course(own, goal, indicator, catalog),
        )
        if remark
    ]
