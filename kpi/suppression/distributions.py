"""Distributions: shares of one number of persons whose parts are all of it, with no row of all.

30 and 27 of 60 and a hidden share leave three: nobody need have published that all are 60 of 60.
Groups of a split, areas of a level and the parts of a year are such parts where all of them say the
same denominator and come to it. What they come to is then known as if it had been published.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import pairwise

from kpi.domain.period import parse_period
from kpi.suppression.areas import Areas, lying_within
from kpi.suppression.cells import EVERYONE, Cell, Key
from kpi.suppression.groups import Groups, PartOf
from kpi.suppression.lines import ROUNDED

_A_DAY = timedelta(days=1)
# A total that has no row, and the numbers that would make it up.
_Way = tuple[Key, Sequence[Cell]]


def unsaid_totals(cells: Iterable[Cell], groups: Groups, areas: Areas) -> list[Cell]:
    """The totals of distributions that have no row of all: public counts, as whoever adds knows."""
    there: dict[Key, Cell] = {}
    rows: set[Key] = set()
    is_any_share = False
    for cell in cells:
        rows.add(cell.base)
        # Of a number that was corrected the last one.
        if not cell.version and (cell.whole is not None or cell.part is None):
            there[cell.base] = cell
            is_any_share = is_any_share or cell.whole is not None
    if not is_any_share:
        return []
    totals: dict[Key, Cell] = {}
    for total, parts in ways_to_be_all(there, groups, areas):
        if total in rows or total in totals:
            continue
        persons = _persons(parts)
        if persons is not None:
            totals[total] = total_of(total, persons, parts[0], areas)
    return list(totals.values())


def ways_to_be_all(there: Mapping[Key, Cell], groups: Groups, areas: Areas) -> Iterator[_Way]:
    """Each total with the numbers that may be all of it: a split, a level or the parts of a year.

    None whose denominators are said and differ.
    """
    yield from _of_groups(there, groups)
    yield from _of_areas(there, areas)
    yield from _of_years(there)


def some_of_groups(there: Mapping[Key, Cell], groups: Groups) -> Iterator[_Way]:
    """Each total with the groups of a split that have a number, where another one has none."""
    members: dict[PartOf, set[str]] = defaultdict(set)
    for group_id, parts in groups.items():
        for part in parts:
            if part.split:
                members[part].add(group_id)
    present: dict[tuple[Key, PartOf], list[Cell]] = defaultdict(list)
    for (indicator_id, area_id, group_id, period), cell in there.items():
        for part in groups.get(group_id, ()):
            if part.split:
                present[(indicator_id, area_id, part.group_id, period), part].append(cell)
    for (total, part), cells in present.items():
        if 1 < len(cells) < len(members[part]):
            yield total, sorted(cells, key=lambda cell: cell.base)


def _alike(there: Mapping[Key, Cell], keys: Iterable[Key]) -> list[Cell]:
    """The numbers of all the keys; none unless all are there and say one denominator.

    Nearly all parts say two before long: they are looked through no further.
    """
    whole: float | None = None
    parts: list[Cell] = []
    for key in keys:
        cell = there.get(key)
        if cell is None or not (whole is None or cell.whole is None or cell.whole == whole):
            return []
        whole = cell.whole if whole is None else whole
        parts.append(cell)
    return parts


def _persons(parts: Sequence[Cell]) -> float | None:
    """How many all parts are; None where they are not all of the one denominator that they say."""
    wholes = {part.whole for part in parts if part.whole is not None}
    said = sum(part.whole is not None for part in parts)
    if len(wholes) != 1 or said < 2 or any(part.is_bound for part in parts):
        return None
    (whole,) = wholes
    total = sum(part.part or 0 for part in parts)
    if any(part.rounded or (part.part or 0) % 1 for part in parts):
        return whole if abs(total - whole) <= ROUNDED * len(parts) else None
    # A small number is any small one: whether more is hidden must not disclose which.
    ends = [_ends(part, whole) for part in parts]
    if not sum(low for low, _ in ends) <= whole <= sum(high for _, high in ends):
        return None
    return whole if any(part.part is None for part in parts) else total


def _ends(cell: Cell, whole: float) -> tuple[float, float]:
    """Between which numbers readers take it to be; what its source hides is taken for small."""
    part = cell.part
    if part is None:
        return cell.said or (1, cell.limit - 1)
    if not cell.is_small:
        return part, part
    return (1, cell.limit - 1) if part < cell.limit else (whole - cell.limit + 1, whole - 1)


def total_of(key: Key, persons: float, like: Cell, areas: Areas) -> Cell:
    """A public number of persons, where nobody published it."""
    indicator_id, area_id, group_id, period = key
    parent_id, level = like.parent_id, like.area_level
    if area_id != like.area_id:
        parent_id, level = min(areas.get(area_id, ()), default=(None, ""))
    return Cell(
        indicator_id, area_id, group_id, parse_period(period), persons, None, 0, level, parent_id,
        is_stock=like.is_stock,
    )  # fmt: skip


def _of_groups(there: Mapping[Key, Cell], groups: Groups) -> Iterator[_Way]:
    members: dict[PartOf, list[str]] = defaultdict(list)
    for group_id, parts in sorted(groups.items()):
        for part in parts:
            if part.split:
                members[part].append(group_id)
    first = {
        group_ids[0]: (part.group_id, group_ids)
        for part, group_ids in members.items() if len(group_ids) > 1
    }  # fmt: skip
    undeclared: dict[str, set[str]] = defaultdict(set)
    for indicator_id, _, group_id, _ in there:
        if group_id != EVERYONE and not groups.get(group_id):
            undeclared[indicator_id].add(group_id)
    of_everyone = {
        indicator_id: sorted(group_ids) for indicator_id, group_ids in undeclared.items()
    }
    for indicator_id, area_id, group_id, period in there:
        if group_id in first:
            whole_id, group_ids = first[group_id]
        elif group_id == of_everyone.get(indicator_id, ("",))[0]:
            whole_id, group_ids = EVERYONE, of_everyone[indicator_id]
        else:
            continue
        keys = ((indicator_id, area_id, each, period) for each in group_ids)
        if cells := _alike(there, keys):
            yield (indicator_id, area_id, whole_id, period), cells


def _of_areas(there: Mapping[Key, Cell], areas: Areas) -> Iterator[_Way]:
    by_indicator: dict[str, dict[str, tuple[str | None, str]]] = defaultdict(dict)
    places: dict[str, dict[tuple[str, str], None]] = defaultdict(dict)
    for (indicator_id, area_id, group_id, period), cell in there.items():
        by_indicator[indicator_id][area_id] = cell.parent_id, cell.area_level
        places[indicator_id][group_id, period] = None
    for indicator_id, of_areas in by_indicator.items():
        for _, (total, *parts) in lying_within(of_areas, areas)[1]:
            area_ids = [area_id for area_id in parts if area_id in of_areas]
            for place in places[indicator_id] if len(area_ids) > 1 else ():
                keys = ((indicator_id, area_id, *place) for area_id in area_ids)
                if cells := _alike(there, keys):
                    yield (indicator_id, total, *place), cells


def _of_years(there: Mapping[Key, Cell]) -> Iterator[_Way]:
    # What is said of each part of a year; none of those whose denominators differ.
    parts_of: dict[tuple[Key, str], list[Cell] | None] = {}
    years: dict[str, str] = {}
    for (indicator_id, area_id, group_id, text), cell in there.items():
        year = years.get(text)
        if year is None:
            first, last = cell.period.start.year, cell.period.end.year
            year = years[text] = str(first) if first == last else ""
        if not year or cell.is_stock:
            continue
        of_year = (indicator_id, area_id, group_id, year), cell.period.kind
        parts = parts_of.setdefault(of_year, [])
        if parts is not None:
            parts.append(cell)
            if not (cell.whole is None or parts[0].whole is None or cell.whole == parts[0].whole):
                parts_of[of_year] = None
    for (total, _), parts in parts_of.items():
        if not parts or len(parts) < 2:
            continue
        parts.sort(key=lambda part: part.period.start)
        year_period = parse_period(total[3])
        ends = parts[0].period.start, parts[-1].period.end
        if ends == (year_period.start, year_period.end) and all(
            first.period.end + _A_DAY == after.period.start for first, after in pairwise(parts)
        ):
            yield total, parts
