"""The targets a development is seen beside: the straight way to each, and what is said of it."""

from collections.abc import Sequence

from kpi import format as fmt
from kpi.catalog import Catalog
from kpi.charts.marks import TARGET, Line, LinePoint
from kpi.model import Indicator, Observation
from kpi.plan import TARGET_STATES, Target
from kpi.targets import (
    course,
    is_drawn_beside,
    next_target,
    period_of,
    road,
    target_name,
    target_number,
    target_text,
    targets_of,
)
from kpi.wording import period_name


def goals_of(own: Sequence[Observation], catalog: Catalog) -> tuple[Target, ...]:
    """The next decided and the next proposed target of a series (oldest first), by period."""
    if not own:
        return ()
    aims = targets_of(catalog.targets, own[-1].indicator_id, own[-1].area_id, own[-1].group_id)
    chosen = (
        next_target([one for one in aims if one.state == state], own[-1]) for state in TARGET_STATES
    )
    return targets_of([one for one in chosen if one], *_key(own[-1]))


def _key(row: Observation) -> tuple[str, str, str]:
    return row.indicator_id, row.area_id, row.group_id


def ways_to(
    goals: Sequence[Target], own: Sequence[Observation], indicator: Indicator, catalog: Catalog
) -> tuple[Line, ...]:
    """From the first figure straight to each target; none where they are drawn in other units."""
    if not own or not is_drawn_beside(own[-1], indicator):
        return ()
    return tuple(_way(goal, own, indicator, catalog) for goal in goals)


def _way(goal: Target, own: Sequence[Observation], indicator: Indicator, catalog: Catalog) -> Line:
    aimed = period_of(goal)
    start = [
        LinePoint(
            row.period, period_name(row.period, indicator, catalog), value, fmt.bare(row, indicator)
        )
        for row, value in road(own, goal, indicator)[:1]
        if row.period.end < aimed.end
    ]
    end = LinePoint(
        aimed, period_name(aimed, indicator, catalog), goal.value,
        target_number(goal, indicator), approximate=True,
    )  # fmt: skip
    return Line(target_name(goal, indicator, catalog), TARGET, (*start, end))


def goal_remarks(
    goals: Sequence[Target], own: Sequence[Observation], indicator: Indicator, catalog: Catalog
) -> list[str]:
    """What each target is, how far it is, and whether the figures are on their way there."""
    return [
        remark
        for goal in goals
        for remark in (
            target_text([goal], own[-1], indicator, catalog) + ".",
            course(own, goal, indicator, catalog),
        )
        if remark
    ]
