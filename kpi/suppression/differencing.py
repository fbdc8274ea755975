"""Differencing: the few persons of a published total that are in none of its published parts."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from kpi.suppression.cells import Cell, Sum, is_small, sum_of
from kpi.suppression.lines import ROUNDED


@dataclass(frozen=True)
class Constraints:
    """The constraints between some numbers: `sums`, and those that `maybe` are sums.

    `implied` are numbers that nobody published but that follow, as cells to protect.
    """

    sums: list[Sum] = field(default_factory=list)
    maybe: list[Sum] = field(default_factory=list)
    implied: list[Cell] = field(default_factory=list)

    def add(self, other: "Constraints") -> None:
        """Adds the other constraints."""
        self.sums.extend(other.sums)
        self.maybe.extend(other.maybe)
        self.implied.extend(other.implied)

    def add_few(self, few: "FewPersons") -> None:
        """Adds few persons, and the constraint that implies them."""
        self.implied.append(few.cell)
        self.sums.append(few.constraint)


@dataclass(frozen=True)
class FewPersons:
    """Few persons whom nobody published a number of, and the constraint that implies them."""

    cell: Cell
    constraint: Sum


def few_by_differencing(
    cells: Sequence[Cell], by: Literal["area_id", "group_id"]
) -> FewPersons | None:
    """The few persons of the first cell, a total, that are in none of the others; else None.

    The cells are of several areas or of several groups, as `by` says.
    """
    total, *parts = cells
    limit = max(cell.limit for cell in cells)
    most = total.bounds[1] - sum(part.bounds[0] for part in parts)
    of = None
    if total.whole is not None and None not in (denominators := [part.whole for part in parts]):
        of = total.whole - sum(denominator or 0 for denominator in denominators)
        of = round(of, 6) if of >= max(most, 0) else None
    if not limit or most < 0 or (most >= limit and (of is None or of - most >= limit)):
        return None
    most = round(most, 6)
    is_sure = most > ROUNDED or all((cell.part or 0) % 1 == 0 for cell in cells)
    if not is_sure or not is_small(most, of, limit) or any(cell.is_small for cell in cells):
        return None
    those = "-".join(getattr(cell, by) for cell in cells)
    area_id, group_id = (total.area_id, those) if by == "group_id" else (those, total.group_id)
    few = Cell(
        total.indicator_id, area_id, group_id, total.period, most, of, limit, "", None,
        is_published=False, version=f"~{most:g}",
    )  # fmt: skip
    return FewPersons(few, sum_of(total.key, (*(part.key for part in parts), few.key)))


def are_off_by_rounding(cells: Sequence[Cell], by_most: float = 0) -> bool:
    """Whether parts may come to the total, the first of the cells, for all that they are rounded.

    Those of whole persons `by_most` for each part.
    """
    total, *parts = cells
    most = sum((part.rounded or part.bounds)[1] for part in parts)
    return (total.rounded or total.bounds)[0] - most <= by_most * len(parts)
