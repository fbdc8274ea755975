"""Breaks in a series: days from which a source counts in another way.

Figures of both sides of such a day are shown beside each other, and never compared.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Literal, TypeVar

from kpi.domain.model import Break, Indicator, Observation
from kpi.domain.period import Period

_WRITTEN = re.compile(r"(\d{4}-\d{2}-\d{2})\s+(\S.*)")
T = TypeVar("T")
# A period is counted in the earlier way, in the later, or for some of its days in each.
BreakPlace = Literal["before", "across", "after"]


def breaks_of(text: str) -> tuple[Break, ...]:
    """The breaks that the tables write as `2025-07-01 Kontanthjælpsreformen; …`, oldest first.

    Raises ValueError for anything else.
    """
    breaks = []
    for entry in filter(None, (part.strip() for part in text.split(";"))):
        match = _WRITTEN.fullmatch(entry)
        if match is None:
            raise ValueError(entry)
        breaks.append(Break(date.fromisoformat(match[1]), match[2].strip()))
    return tuple(sorted(breaks))


def breaks_text(breaks: Sequence[Break]) -> str:
    """The breaks as the tables write them."""
    return "; ".join(f"{each.day.isoformat()} {each.title}" for each in breaks)


def is_across(first: Period, second: Period, indicator: Indicator) -> bool:
    """Whether a break lies between two periods, or within one of them: a year counted in two ways.

    A period is never across from itself.
    """
    return break_between(first, second, indicator) is not None


def side_of(period: Period, indicator: Indicator) -> str:
    """A word that two periods have in common where no break keeps them from being compared."""
    return side_among(period, indicator.breaks)


def side_among(period: Period, breaks: Sequence[Break]) -> str:
    """The word of `side_of`, of breaks that are at hand without their indicator."""
    sides = [_side(period, each) for each in breaks]
    if 0 in sides:
        return f"{period.start.isoformat()}/{period.end.isoformat()}"
    return str(sides.count(1))


def places_of(period: Period, indicator: Indicator) -> tuple[tuple[Break, BreakPlace], ...]:
    """Where a period lies by each break of a series, oldest first; empty of an unbroken one."""
    places: dict[int, BreakPlace] = {-1: "before", 0: "across", 1: "after"}
    return tuple((each, places[_side(period, each)]) for each in indicator.breaks)


def _side(period: Period, broken: Break) -> int:
    """-1: the period lies before the break, 1: after it, 0: the break lies within it."""
    if period.end < broken.day:
        return -1
    return 1 if period.start >= broken.day else 0


def break_between(first: Period, second: Period, indicator: Indicator) -> Break | None:
    """The newest break that keeps two periods from being compared."""
    if not indicator.breaks:
        return None
    alone = [
        each
        for each in indicator.breaks
        if first != second and (_side(first, each) != _side(second, each) or not _side(first, each))
    ]
    return alone[-1] if alone else None


def since_break(rows: Sequence[Observation], indicator: Indicator) -> list[Observation]:
    """Of a series (oldest first) the rows that may be compared with the newest of them."""
    if not indicator.breaks or not rows:
        return list(rows)
    return [row for row in rows if not is_across(row.period, rows[-1].period, indicator)]
