"""Targets of a series: the straight line to each, and whether the figures follow it."""

from collections.abc import Sequence

from kpi.charts.marks import LIMIT, TARGET, Line, LinePoint
from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.model import Indicator, Observation
from kpi.domain.period_words import period_name
from kpi.domain.plan import Target
from kpi.domain.progress import baseline, progress_points, progress_text
from kpi.domain.targets import (
    is_drawn_beside,
    limit_name,
    next_targets,
    period_of,
    row_for,
    target_name,
    target_number,
    target_text,
    targets_of,
    why_apart,
)
from kpi.domain.vocabulary import TARGET_STATES


def targets_ahead(own: Sequence[Observation], catalog: Catalog) -> tuple[Target, ...]:
    """The next target of each state of a series (oldest first), the decided one first.

    A law may set several limits for one period: all those of the next one's.
    """
    if not own:
        return ()
    targets = targets_of(catalog.targets, own[-1].indicator_id, own[-1].area_id, own[-1].group_id)
    return tuple(
        target
        for state in TARGET_STATES
        for target in next_targets([each for each in targets if each.state == state], catalog.day)
    )


def target_remarks(rows: Sequence[Observation], area_id: str, catalog: Catalog) -> list[str]:
    """The targets of an area's figure among the rows, one sentence each; empty without any."""
    return [
        target_sentence(target, row, catalog.indicators[row.indicator_id], catalog)
        for row in rows
        if row.area_id == area_id
        for target in targets_ahead([row], catalog)
    ]


def target_sentence(
    target: Target, row: Observation, indicator: Indicator, catalog: Catalog
) -> str:
    """The target and how far the figure is from it, as a sentence."""
    return target_text(target, row, indicator, catalog).rstrip(".") + "."


def lines_to_targets(
    targets: Sequence[Target],
    own: Sequence[Observation],
    drawn: Sequence[Observation],
    indicator: Indicator,
    catalog: Catalog,
) -> tuple[Line, ...]:
    """From the baseline straight to each decided target, and level along each limit of the law.

    None where they are drawn in other units, or of periods of another length. `own` is the full
    series. Where the baseline is not `drawn`, the target is a point of its own. A limit is drawn
    along the figures that it can be compared with: none beside those of before its law.
    """
    if not own:
        return ()
    targets = [target for target in targets if is_drawn_beside(own[-1], target, indicator)]
    ways = [
        _target_line(target, own, drawn, indicator, catalog)
        for target in targets
        if target.is_decided
    ]
    limits = [target for target in targets if target.is_the_laws]
    levels = [
        _limit_line([limit for limit in limits if limit.value == value], drawn, indicator, catalog)
        for value in dict.fromkeys(limit.value for limit in limits)
    ]
    return (*ways, *(line for line in levels if line.points))


def _limit_line(
    limits: Sequence[Target], drawn: Sequence[Observation], indicator: Indicator, catalog: Catalog
) -> Line:
    """The level line of limits that are of one value."""
    target = limits[0]
    alike = [
        row for row in drawn if row.value is not None and not why_apart(row, target, indicator)
    ]
    ends = {row.period: row for row in (*alike[:1], *alike[-1:])}
    points = tuple(
        LinePoint(
            period, period_name(period, indicator, catalog), target.value,
            target_number(target, indicator),
        )
        for period in ends
    )  # fmt: skip
    return Line(limit_name(limits), LIMIT, points)


def _target_line(
    target: Target,
    own: Sequence[Observation],
    drawn: Sequence[Observation],
    indicator: Indicator,
    catalog: Catalog,
) -> Line:
    target_period = period_of(target)
    begin = baseline(progress_points(own, target, indicator), target)
    start = [
        LinePoint(
            row.period, period_name(row.period, indicator, catalog), value, fmt.bare(row, indicator)
        )
        for row, value in [begin]
        if row in drawn and row.period.end < target_period.end
    ] if begin else []  # fmt: skip
    end = LinePoint(
        target_period, period_name(target_period, indicator, catalog), target.value,
        target_number(target, indicator), approximate=True,
    )  # fmt: skip
    return Line(target_name(target, indicator, catalog), TARGET, (*start, end))


def progress_remarks(
    targets: Sequence[Target], own: Sequence[Observation], indicator: Indicator, catalog: Catalog
) -> list[str]:
    """Each target, the distance to it, and the progress towards it, as sentences.

    `own` is the full series up to the newest figure drawn.
    """
    return [
        remark
        for target in targets
        for remark in (
            target_sentence(target, row_for(target, own), indicator, catalog),
            progress_text(own, target, indicator, catalog),
        )
        if remark
    ]
