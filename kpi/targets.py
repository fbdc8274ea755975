"""Targets beside figures: what is set, how far it is, and whether the road leads there."""

from collections.abc import Sequence

from kpi import format as fmt
from kpi.measure import comparable_value
from kpi.model import Indicator, Observation
from kpi.period import parse_period
from kpi.plan import TARGET_STATES, Target
from kpi.wording import gap_phrase

NO_TARGET = "Der er ikke sat mål"


def targets_of(
    targets: Sequence[Target], indicator_id: str, area_id: str, group_id: str
) -> tuple[Target, ...]:
    """The targets of one key, by period."""
    found = [
        one
        for one in targets
        if (one.indicator_id, one.area_id, one.group_id) == (indicator_id, area_id, group_id)
    ]
    return tuple(sorted(found, key=lambda one: parse_period(one.period).order))


def target_name(target: Target) -> str:
    """`Mål 2025 (foreslået)`."""
    return f"Mål {target.period} ({TARGET_STATES[target.state]})"


def next_target(targets: Sequence[Target], row: Observation | None) -> Target | None:
    """The first target that lies at or after the figure's period, else the last."""
    ordered = sorted(targets, key=lambda one: parse_period(one.period).order)
    ahead = (
        one for one in ordered if row is None or parse_period(one.period).end >= row.period.end
    )
    return next(ahead, ordered[-1] if ordered else None)


def target_text(targets: Sequence[Target], row: Observation | None, indicator: Indicator) -> str:
    """`Besluttet: 50 i 2024`, with the distance where there is a figure; or that none is set."""
    chosen = next_target(targets, row)
    if chosen is None:
        return NO_TARGET
    text = (
        f"{TARGET_STATES[chosen.state].capitalize()}: "
        f"{fmt.amount(chosen.value, indicator, indicator.decimals)} i {chosen.period}"
    )
    note = f". {chosen.note}" if chosen.note else ""
    value = comparable_value(row, indicator) if row else None
    if value is None:
        return text + note
    gap = round(value - chosen.value, 10)
    held = gap_phrase(gap, indicator, "målet", indicator.is_proportion)
    return f"{text}; nu {held}{note}"


def course(rows: Sequence[Observation], target: Target, indicator: Indicator) -> str:
    """Whether the newest figure keeps up with a straight line from the first to the target.

    Danish words; empty with fewer than two figures before the target's end, or when the first
    figure is there already.
    """
    end = parse_period(target.period).end
    known = [
        (row.period.end, value)
        for row in rows
        if row.period.end <= end and (value := comparable_value(row, indicator)) is not None
    ]
    if len(known) < 2 or known[0][1] == target.value:
        return ""
    (start, first), (now, value) = known[0], known[-1]
    share = (now - start).days / (end - start).days
    expected = first + share * (target.value - first)
    ahead = value >= expected if target.value > first else value <= expected
    due = fmt.amount(expected, indicator, indicator.decimals)
    if ahead:
        return f"På vej mod målet: en ret linje dertil ville give {due} nu."
    return f"Bagud: en ret linje mod målet ville give {due} nu."
