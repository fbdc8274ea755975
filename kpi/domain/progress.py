"""Whether a figure keeps up with its target: the straight way there, and how far it is.

Figures and targets are compared as kpi/domain/targets.py says.
"""

from collections.abc import Sequence

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.model import Indicator, Observation
from kpi.domain.period_words import when_row
from kpi.domain.plan import Target
from kpi.domain.series_break import since_break
from kpi.domain.targets import (
    break_before,
    comparable,
    is_of_other_length,
    period_of,
    target_decimals,
)


def progress_text(
    rows: Sequence[Observation], target: Target, indicator: Indicator, catalog: Catalog
) -> str:
    """Whether the newest figure has reached the target, or keeps up with a straight line to it.

    The line begins at the newest figure that was there when the target was set (`baseline`). `rows`
    is the whole series, oldest first. Danish words; empty of a target that is not decided, and
    where too few figures lie before its end, or one of the two cannot be believed.
    """
    if not target.is_decided:
        return ""
    known = progress_points(rows, target, indicator)
    start = baseline(known, target)
    if start is None or any(catalog.is_implausible(row) for row in (start[0], known[-1][0])):
        return ""
    (first_row, first), (now_row, value) = start, known[-1]
    if indicator.direction == "neutral":
        rises = target.value >= first
    else:
        rises = indicator.direction == "higher_is_better"
    known_in = when_row(now_row, indicator, catalog)

    def reaches(aimed: float) -> bool:
        """Whether the figure is there; a gap that rounds to nothing as it is shown is none."""
        gap = round(value - aimed if rises else aimed - value, 10)
        return gap >= 0 or fmt.rounds_to_zero(gap, target_decimals(aimed, indicator))

    if reaches(target.value):
        return f"Måltallet er nået {known_in}."
    if now_row.period.end >= period_of(target).end:
        return f"Måltallet blev ikke nået {known_in}."
    if now_row is first_row:
        is_older = target.set_on is not None and first_row.period.end <= target.set_on
        return "Endnu ingen tal, siden måltallet blev fastsat." if is_older else ""
    begun, now, end = first_row.period.end, now_row.period.end, period_of(target).end
    expected = first + (now - begun).days / (end - begun).days * (target.value - first)
    due = fmt.amount(expected, indicator, target_decimals(target.value, indicator))
    where = "På vej mod måltallet" if reaches(expected) else "Bagud i forhold til måltallet"
    return f"{where}: Ved jævn udvikling skulle tallet være {due} {known_in}."


def baseline(
    known: Sequence[tuple[Observation, float]], target: Target
) -> tuple[Observation, float] | None:
    """The newest of the `progress_points` when the target was set, else the first of them."""
    before = [
        point
        for point in known
        if target.set_on is not None and point[0].period.end <= target.set_on
    ]
    return before[-1] if before else known[0] if known else None


def progress_points(
    rows: Sequence[Observation], target: Target, indicator: Indicator
) -> list[tuple[Observation, float]]:
    """The figures by the target's end, oldest first, as they are compared with it.

    None from before a break in the series: the way to a target is of one way of counting. None at
    all where the newest figure is parted from the target by one. None of another length, either.
    """
    if rows and break_before(rows[-1], target, indicator) is not None:
        return []
    end = period_of(target).end
    return [
        (row, value)
        for row in since_break(rows, indicator)
        if row.period.end <= end
        and not is_of_other_length(row, target, indicator)
        and (value := comparable(row, indicator).value) is not None
    ]
