"""Cells that nobody published: what follows from others, or only that there may be one."""

from collections.abc import Sequence
from dataclasses import replace

from kpi.domain.period import Period
from kpi.suppression.cells import Cell, Key
from kpi.suppression.lines import ROUNDED


def derived_cell(key: Key, terms: Sequence[tuple[Cell, int]], period: Period) -> Cell:
    """The number that others leave for a key; not known where one of them is hidden anyway."""
    cells = [cell for cell, _ in terms]
    limit = max(cell.limit for cell in cells)
    is_known = not any(cell.part is None or cell.is_small for cell in cells)
    part = sum(sign * (cell.part or 0) for cell, sign in terms) if is_known else None
    denominator = None
    if is_known and not any(cell.whole is None for cell in cells):
        denominator = round(sum(sign * (cell.whole or 0) for cell, sign in terms), 6)
    if part is not None:
        part = round(part, 6)
        is_sure = part > ROUNDED or all((cell.part or 0) % 1 == 0 for cell in cells)
        part = part if part >= 0 and is_sure else None
    denominator = (
        denominator
        if denominator is not None and part is not None and denominator >= part
        else None
    )
    return replace(empty_cell(key, period), part=part, whole=denominator, limit=limit)


def empty_cell(key: Key, period: Period) -> Cell:
    """The cell of a key of which no number is known."""
    return Cell(*key[:3], period, None, None, 0, "", None, is_published=False)
