"""What several indicators imply jointly: solved exactly, down to the smallest parts of all persons.

Each series of persons (all, those who have something, those who lack it), of each area, kind of
person and stretch of time, is an unknown whole number. All that is shown bounds sums of them, a
rounded percentage too, and so do words of pages. A small number is disclosed where no two solutions
differ in it; a search that takes too many steps proves nothing, and counts as disclosing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations, product
from math import inf, prod
from typing import TypeVar

from kpi.suppression.areas import Areas, lying_within, ways_of_kinds
from kpi.suppression.cells import Key
from kpi.suppression.groups import Groups
from kpi.suppression.integers import Program, Row, Solution, UndecidedError, Unknowns
from kpi.suppression.kinds import kinds_of
from kpi.suppression.parts import Stretch, stretches_of
from kpi.suppression.statements import Series, Statement
from kpi.suppression.sums import Numbered

# Of more unknown numbers nothing is verified.
_MOST_UNKNOWN = 2_500
_MOST_PLACES = 10_000
# How many parts are taken from a whole one by one, and of how many sets.
_MOST_RESTS, _MOST_SETS = 3, 30
# Steps of the search for the one solution that all others are compared with.
_MOST_NODES = 3_000
# So many persons at least may stand behind a percentage of which nothing else is known.
MOST_PERSONS = 20_000
# Unknown numbers, each once; `~` of what is taken from them.
Quantity = tuple[int, ...]
_Part = TypeVar("_Part")


@dataclass(frozen=True)
class Persons:
    """Series that say the same, and all that consist of others.

    `same` says which stands for each; each of `splits` is a total and its parts. `rests` are parts
    that nothing is said of: whoever is in the total and in no other part.
    """

    same: Mapping[Series, Series]
    splits: Sequence[tuple[Series, ...]]
    rests: Set[Series] = frozenset()

    @cached_property
    def made_of(self) -> Mapping[Series, tuple[Series, ...]]:
        """The series that each consists of, down to ones that are no totals."""
        first: dict[Series, tuple[Series, ...]] = {}
        for every, *parts in self.splits:
            first.setdefault(every, tuple(parts))
        made: dict[Series, tuple[Series, ...]] = {}

        def parts_of(series: Series, above: Set[Series]) -> tuple[Series, ...]:
            """The parts of one; a ring of totals ends where it began."""
            if series in above or series not in first:
                return (series,)
            return tuple(
                each for part in first[series] for each in parts_of(part, above | {series})
            )

        for series in {*self.same.values(), *(each for split in self.splits for each in split)}:
            made[series] = parts_of(series, frozenset())
        return made

    def parts(self, series: Series) -> tuple[Series, ...]:
        """The series that one consists of."""
        stands = self.same.get(series, series)
        return self.made_of.get(stands, (stands,))


class Model:
    """The unknown numbers behind some statements; None of `model_of` where they are too many."""

    def __init__(
        self, statements: Sequence[Statement], persons: Persons, areas: Areas, groups: Groups
    ) -> None:
        self.statements = {each.cell.key: each for each in statements}
        self._persons = persons
        cells = [each.cell for each in statements]
        self._numbered = Numbered({cell.key: cell for cell in cells})
        self._kinds = kinds_of({cell.group_id for cell in cells}, groups)
        self._stretches = stretches_of(cells)
        self._ids, self._ways = lying_within(
            {cell.area_id: (cell.parent_id, cell.area_level) for cell in cells}, areas
        )
        every = {stretch for of_period in self._stretches.values() for stretch in of_period}
        self._place = {
            part: number for number, part in enumerate(
                product(self._ids, range(len(self._kinds)), sorted(every, key=str))
            )
        }  # fmt: skip
        series = [
            each for statement in statements for line in statement.lines for each in line.terms
        ]
        series += [view for statement in statements for view in statement.views]
        series += [each.words.series for each in statements if each.words]
        bases = {part for each in series for part in persons.parts(each)}
        # Those who are left where one is within another hold also of a total split another way.
        bases |= {
            part for split in persons.splits for part in split if part in persons.rests
            if bases.issuperset(persons.parts(split[0]))
        }  # fmt: skip
        self._series = {each: number for number, each in enumerate(sorted(bases))}
        self.size = len(self._place) * len(self._series)
        self.all_shown: Solution | None = None
        self.limit = max((each.cell.limit for each in statements), default=0)
        self.is_within_bounds = (
            bool(self._kinds)
            and 0 < self.size <= _MOST_UNKNOWN
            and prod(len(each) for each in self._places) <= _MOST_PLACES
        )
        if self.is_within_bounds:
            reported = {cell.area_id for cell in cells}
            self._ways += [
                (True, way) for way in ways_of_kinds(reported, areas)
                if self._may_be_all(way, is_seen=True)
            ]  # fmt: skip

    @cached_property
    def moments(self) -> list[list[Key]]:
        """The statements that held at each moment, the last ones."""
        lines = self._numbered.carried(sorted(self._numbered.by_base))
        return [
            [cell.key for cell in line] for line in lines[-max(_MOST_UNKNOWN // self.size, 1) :]
        ]

    @property
    def is_whole(self) -> bool:
        """Whether every moment is among `moments`."""
        lines = self._numbered.carried(sorted(self._numbered.by_base))
        return len(lines) == len(self.moments)

    def _columns(
        self, series: Iterable[Series], where: Iterable[int], moment: int
    ) -> Iterator[int]:
        places = [*where]
        for each in series:
            for part in self._persons.parts(each):
                first = moment * self.size + self._series[part] * len(self._place)
                yield from (first + place for place in places)

    def _where(self, area_id: str, group_id: str, period: str, is_stock: bool) -> list[int]:
        return [
            self._place[area_id, kind, stretch]
            for kind, of_kind in enumerate(self._kinds) if group_id in of_kind
            for stretch in self._stretches[period, is_stock]
        ]  # fmt: skip

    def where(self, key: Key) -> list[int]:
        """The smallest parts that a statement is of."""
        cell = self.statements[key].cell
        return self._where(cell.area_id, cell.group_id, cell.period.text, cell.is_stock)

    @cached_property
    def structure(self) -> list[Row]:
        """What holds whatever is shown: parts of areas, and series that are split in two ways."""
        rows = []
        for moment in range(len(self.moments)):
            for _, way in self._ways:
                # Also where nobody has published the total: it is within another.
                is_all = self._may_be_all(way)
                for number, kind in product(self._series.values(), range(len(self._kinds))):
                    first = moment * self.size + number * len(self._place)
                    for stretch in {stretch for _, _, stretch in self._place}:
                        total, *parts = (first + self._place[each, kind, stretch] for each in way)
                        terms = {total: 1, **dict.fromkeys(parts, -1)}
                        rows.append(Row(terms, 0, inf))
                        if is_all:
                            rows.append(Row(terms, -inf, 0, is_assumed=True))
            seen: set[Series] = set()
            for every, *of in self._persons.splits:
                if every in seen:
                    rows += self._split_again(every, of, moment)
                seen.add(every)
        return rows

    def is_summed(self, key: Key) -> bool:
        """Whether a statement is of a total, or of a part, of which others say the rest.

        Of areas that come to their total, of groups, or of periods that overlap.
        """
        cell, own = self.statements[key].cell, {*self.where(key)}
        reported = {each.cell.area_id for each in self.statements.values()}
        ways = (way for _, way in self._ways if cell.area_id in way and way[0] in reported)
        if any(map(self._may_be_all, ways)):
            return True
        return any(not own.isdisjoint(self.where(each)) for each in self.statements if each != key)

    def _split_again(self, every: Series, of: Sequence[Series], moment: int) -> Iterator[Row]:
        if not {*self._persons.parts(every)} <= self._series.keys():
            return
        if not {part for each in of for part in self._persons.parts(each)} <= self._series.keys():
            return
        for place in range(len(self._place)):
            terms: dict[int, int] = defaultdict(int)
            for column in self._columns([every], [place], moment):
                terms[column] += 1
            for column in self._columns(of, [place], moment):
                terms[column] -= 1
            yield Row({column: sign for column, sign in terms.items() if sign}, 0, 0)

    def _may_be_all(self, way: Sequence[str], *, is_seen: bool = False) -> bool:
        """Whether areas are all of their total wherever all of them, and it, are shown as whole.

        With `is_seen` at one place at least.
        """
        by_place: dict[tuple[str, ...], dict[str, float]] = defaultdict(dict)
        for line in self.moments:
            for key in line:
                cell = self.statements[key].cell
                for each in self.statements[key].lines:
                    if len(each.terms) == 1 and each.low == each.high:
                        (series,) = each.terms
                        place = (*series, cell.group_id, cell.period.text)
                        by_place[place][cell.area_id] = each.low
        known = [[of[each] for each in way] for of in by_place.values() if of.keys() >= {*way}]
        # A small one may be hidden, and any other small one then.
        return (bool(known) or not is_seen) and all(
            abs(total - sum(parts)) <= self.limit * sum(0 < each < self.limit for each in parts)
            for total, *parts in known
        )

    def program(self, hidden: Set[Key], silent: Set[Key]) -> tuple[Program, list[list[int]]]:
        """All that is known where some statements are hidden; of `silent` none is called small.

        And of which others each number that a page reports is the sum, last of all numbers.
        """
        size = self.size * len(self.moments)
        unknowns = Unknowns([0.0] * size, [inf] * size, [0] * size)
        unknowns.rows += self.structure
        column_of: dict[Key, int] = {}
        totals: list[list[int]] = []
        for moment, line in enumerate(self.moments):
            for key in line:
                statement, where = self.statements[key], self.where(key)
                if key not in hidden:
                    for each in statement.lines:
                        terms: dict[int, int] = defaultdict(int)
                        for series, its in each.terms.items():
                            for column in self._columns([series], where, moment):
                                terms[column] += its
                        unknowns.rows.append(Row(terms, each.low, each.high))
                words = statement.words
                if words is None or (key not in hidden and statement.lines):
                    continue
                if words.gap or key not in silent:
                    if key not in column_of:
                        column_of[key] = unknowns.add(words.low, words.high, words.gap)
                        totals.append([*self._columns([words.series], where, moment)])
                    columns = self._columns([words.series], where, moment)
                    unknowns.rows.append(
                        Row({**dict.fromkeys(columns, 1), column_of[key]: -1}, 0, 0)
                    )
        size = len(unknowns.lows)
        return Program(unknowns, range(size), unknowns.rows, MOST_PERSONS), totals

    def relax(self, hidden: Set[Key], silent: Set[Key]) -> bool:
        """Leaves out what is assumed and contradicts what is shown; whether the rest holds.

        What all rows report together is a solution whatever is hidden; where there is none, nothing
        but what is shown decides.
        """
        for those in (frozenset[Key](), hidden):
            program, _ = self.program(those, silent)
            try:
                solution = program.solution({}, most_nodes=_MOST_NODES)
            except UndecidedError:
                continue
            if solution is not None:
                self.all_shown = None if those else solution[: self.size * len(self.moments)]
                return True
        try:
            gone = {*program.leave_out_contradictions()}
        except UndecidedError:
            return False
        size = len(self.structure)
        if any(line >= size for line in gone):
            return False
        self.structure = [row for line, row in enumerate(self.structure) if line not in gone]
        return True

    def overlap(self, key: Key, quantity: Quantity) -> int:
        """How near a statement is to a number: how many of its smallest parts are of both."""
        of_both = {each if each >= 0 else ~each for each in quantity}
        where = {each % len(self._place) for each in of_both}
        those = [*self._place]
        areas = {those[place][0] for place in where}
        own = {*self.where(key)}
        near = sum(area_id in areas for area_id in {those[place][0] for place in own})
        return 2 * len(own & where) + near

    def size_of(self, key: Key) -> int:
        """How many of the others lie within a statement: a total has many."""
        cell = self.statements[key].cell
        area_ids = {cell.area_id}
        for _, (total, *parts) in self._ways:
            if total == cell.area_id:
                area_ids |= {*parts}
        kinds = sum(cell.group_id in of_kind for of_kind in self._kinds)
        return len(area_ids) * kinds

    @cached_property
    def quantities(self) -> list[Quantity]:
        """The numbers that must not be disclosed where they are small.

        Published ones, those between (of the same areas, groups and periods), and what a total
        leaves of its parts.
        """
        return [*dict.fromkeys((*(quantity for _, quantity in self._stated()), *self._between()))]

    def keys_of(self, quantities: Set[Quantity]) -> set[Key]:
        """The statements of some numbers."""
        return {key for key, quantity in self._stated() if quantity in quantities}

    def quantities_of(self, keys: Set[Key]) -> set[Quantity]:
        """The numbers of some statements."""
        return {quantity for key, quantity in self._stated() if key in keys} if keys else set()

    def _stated(self) -> Iterator[tuple[Key, Quantity]]:
        """The numbers that are guarded of each statement."""
        for moment, line in enumerate(self.moments):
            for key in line:
                for view in self.statements[key].views if self.statements[key].is_ours else ():
                    yield key, tuple(sorted(self._columns([view], self.where(key), moment)))

    @cached_property
    def _places(
        self,
    ) -> tuple[list[str], list[frozenset[int]], list[frozenset[Stretch]], list[Series]]:
        """The areas, kinds of persons, stretches of time and series of numbers between."""
        cells = [each.cell for each in self.statements.values()]
        of_groups = dict.fromkeys(
            frozenset(kind for kind, of_kind in enumerate(self._kinds) if group_id in of_kind)
            for group_id in sorted({cell.group_id for cell in cells})
        )
        # Two groups that make up a whole which nobody published, and all.
        wholes = [
            first | second for first, second in combinations(of_groups, 2)
            if first.isdisjoint(second)
        ]  # fmt: skip
        return (
            sorted({cell.area_id for cell in cells}),
            _with_rests([*of_groups, *wholes, frozenset(range(len(self._kinds)))]),
            _with_rests(
                frozenset(self._stretches[period])
                for period in sorted({(cell.period.text, cell.is_stock) for cell in cells})
            ),
            sorted({view for each in self.statements.values() for view in each.views}),
        )

    def _between(self) -> Iterator[Quantity]:
        """Numbers of today that perhaps nobody published."""
        ids, kinds, periods, views = self._places
        wholes = [way for _, way in self._ways if way[0] in ids]
        last = len(self.moments) - 1
        for of_kinds, stretches, view in product(kinds, periods, views):

            def columns_of(area_ids: Iterable[str]) -> Iterator[int]:
                """The unknown numbers of some areas."""
                where = [self._place[part] for part in product(area_ids, of_kinds, stretches)]  # noqa: B023
                yield from self._columns([view], where, last)  # noqa: B023

            for area_id in ids:
                yield tuple(sorted(columns_of([area_id])))
            for total, *parts in wholes:
                # What all areas leave that have a number.
                there = [area_id for area_id in parts if area_id in ids]
                rest = [*columns_of([total]), *(~column for column in columns_of(there))]
                yield tuple(sorted(rest))


def _with_rests(sets: Iterable[frozenset[_Part]]) -> list[frozenset[_Part]]:
    """Some sets, each once, and what each leaves of one that contains it, and others of that."""
    every = dict.fromkeys(sets)
    for _ in range(_MOST_RESTS):
        rests = [whole - part for whole in every for part in every if part < whole]
        if every.keys() >= {*rests} or len(every) > _MOST_SETS:
            break
        every |= dict.fromkeys(rests)
    return [*every]
