"""Numbers of which only a limit or a range is known, and what the sums say of them.

A rounded percentage is a range as well: 1 % of 600 is three to eight persons. Where the sums leave
it less than that, its number is what they leave.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kpi.suppression.areas import Areas
from kpi.suppression.cells import Cell, Key, Sum
from kpi.suppression.groups import Groups
from kpi.suppression.spans import span_sums
from kpi.suppression.sums import Numbered, area_sums, lines_of, sums_of_groups

Bounds = tuple[float, float]
# Bounds that narrow each other converge in a few rounds; further ones are of no consequence.
_MOST_ROUNDS = 20


def within_rounding(
    known: dict[Key, Cell], groups: Groups, areas: Areas, former: Groups
) -> dict[Key, Cell]:
    """The cells, with rounded numbers as near to what they seem as their sums leave room for."""
    rounded = [cell for cell in known.values() if cell.rounded is not None]
    if not rounded:
        return known
    as_ranges = known | {
        cell.key: replace(
            cell, part=None, is_bound=True, low=cell.rounded[0], high=cell.rounded[1]
        )
        for cell in rounded if cell.rounded
    }  # fmt: skip
    numbered = Numbered(as_ranges)
    constraints = area_sums(numbered, areas)
    for each in (groups, former):
        constraints.add(sums_of_groups(numbered, each))
    spans = [span for line in lines_of(numbered, as_ranges) for span in span_sums(line)]
    # Few persons whom nobody published a number of are computed of the numbers: they bound none.
    sums = [each for each in (*constraints.sums, *spans) if as_ranges.keys() >= {*each.members}]
    exact = dict(known)
    for key, (low, high) in narrowed_ranges(sums, as_ranges).items():
        part = known[key].part
        if part is not None and low <= high:
            exact[key] = replace(known[key], part=min(max(part, low), high))
    return exact


def narrowed_ranges(sums: Sequence[Sum], known: Mapping[Key, Cell]) -> dict[Key, Bounds]:
    """What the numbers of some sums say of the limits and ranges among them."""
    bounds = {
        key: known[key].bounds for each in sums for key in each.members if known[key].is_bound
    }
    touched = [each for each in sums if not bounds.keys().isdisjoint(each.members)]
    for _ in range(_MOST_ROUNDS):
        before = dict(bounds)
        for each in touched:
            for key, sign in zip(each.members, each.signs, strict=True):
                if key in bounds:
                    bounds[key] = _narrowed(key, sign, each, bounds, known)
        if bounds == before:
            break
    return bounds


def _narrowed(
    key: Key, sign: int, each: Sum, bounds: Mapping[Key, Bounds], known: Mapping[Key, Cell]
) -> Bounds:  # fmt: skip
    """The bounds of a number by the others of a sum."""
    low, high = bounds[key]
    least = most = 0.0
    for other, its_sign in zip(each.members, each.signs, strict=True):
        if other != key:
            ends = [-sign * its_sign * bound for bound in bounds.get(other) or known[other].bounds]
            least, most = least + min(ends), most + max(ends)
    return max(low, least), min(high, most)
