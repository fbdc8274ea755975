"""Few persons between numbers of which some were not published: a year less its halves of a group.

All numbers here are known: published, or computed from published ones (implied.py).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from functools import cache

from kpi.suppression.cells import Cell, Key, Sum
from kpi.suppression.differencing import FewPersons, few_by_differencing
from kpi.suppression.groups import Groups, Within, how_within
from kpi.suppression.spans import Series, days_of, few_spans

Line = dict[str, Cell]


def few_of_areas(
    derivable: Mapping[Key, Cell], published: Set[Key], ways: Sequence[Sequence[str]]
) -> Iterator[FewPersons]:
    """The few persons of each total in none of its areas; a way is a total and all its areas."""
    for line in _lines(derivable, published, 1):
        for whole_id, *part_ids in ways:
            parts = [line[part_id] for part_id in part_ids if part_id in line]
            if whole_id in line and parts:
                cells = [line[whole_id], *parts]
                if any(cell.key not in published for cell in cells):
                    yield from _unversioned(few_by_differencing(cells, "area_id"))


def few_of_groups(
    derivable: Mapping[Key, Cell], published: Set[Key], every: Sequence[Groups]
) -> Iterator[FewPersons]:
    """The few persons of each total that are in none of some groups."""

    @cache
    def nested(ids: frozenset[str]) -> dict[tuple[str, ...], Within]:
        """The ways in which some of these groups are parts of a total."""
        withins = [how_within(ids, groups) for groups in every]
        return {way: within for within in withins for way in within.nested if ids.issuperset(way)}

    for line in _lines(derivable, published, 2):
        for way, within in nested(frozenset(line)).items():
            cells = [line[group_id] for group_id in way]
            if any(cell.key not in published for cell in cells):
                yield from _unversioned(within.few_of(way, cells))


def few_of_periods(
    derivable: Mapping[Key, Cell], published: Set[Key]
) -> dict[Series, list[Cell]]:  # fmt: skip
    """The stretches of few persons between the periods of each series."""
    stretches_by_series: dict[Series, list[Cell]] = {}
    for line in _lines(derivable, published, 3):
        cells = sorted(line.values(), key=lambda cell: (days_of(cell), cell.key))
        stretches = [*few_spans(cells, frozenset())]
        if stretches:
            stretches_by_series[cells[0].key[:3]] = stretches
    return stretches_by_series


def _lines(derivable: Mapping[Key, Cell], published: Set[Key], place: int) -> Iterator[Line]:
    """The numbers that differ in one way only, where not all of them were published."""
    lines: dict[tuple[str, ...], Line] = defaultdict(dict)
    with_implied: set[tuple[str, ...]] = set()
    for key, cell in derivable.items():
        others = (*key[:place], *key[place + 1 :])
        lines[others][key[place]] = cell
        if key not in published:
            with_implied.add(others)
    return (line for others, line in lines.items() if others in with_implied and len(line) > 1)


def _unversioned(few: FewPersons | None) -> Iterator[FewPersons]:
    """Few persons, if there are any, named without a version, as implied cells are."""
    if few is not None:
        cell = replace(few.cell, version="")
        yield FewPersons(cell, Sum((*few.constraint.members[:-1], cell.key), few.constraint.signs))
