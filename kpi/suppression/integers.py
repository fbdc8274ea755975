"""Which unknown whole numbers have several possible values: by an integer program (HiGHS).

Proof is a second solution, which is checked in whole numbers. What is not proven to be open is
taken for determined, and so is what a search beyond its limits leaves undecided.
"""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import inf, isfinite
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from kpi.domain.paired_statistics import Numbers

if TYPE_CHECKING:
    import highspy

# Limits of steps and not of seconds: the same numbers have the same answer on every machine. The
# first solution is enough.
_OPTIONS: Mapping[str, int | float | bool] = {
    "output_flag": False, "threads": 1, "mip_max_nodes": 200, "simplex_iteration_limit": 20_000,
    "mip_rel_gap": 1e6,
    # Of so small programs it takes two thirds of the time.
    "mip_heuristic_run_feasibility_jump": False,
}  # fmt: skip
_ROUNDING = 1e-6
# As HiGHS numbers what it knows of a solution.
_FEASIBLE = 2
# Rows that give way need not be the fewest: that takes long to prove.
_GAP, _MORE = 0.2, 1.0
# A solution that is there shows soon; and so often another is looked for in which rows give way.
_FEW_NODES, _MOST_SEARCHES = 20, 20
_LOG = logging.getLogger(__name__)
Solution = NDArray[np.int64]


@dataclass(frozen=True)
class Row:
    """Unknown numbers, each with its sign, that come to at least `low` and at most `high`.

    Of rows that contradict each other one that `is_assumed` gives way first. `name` is the same
    for what states the same in a like program.
    """

    terms: Mapping[int, int]
    low: float
    high: float
    is_assumed: bool = False
    name: int = -1


@dataclass
class Contradictions:
    """What gave way when programs were solved that are alike, and how often it took a long search.

    It is tried first in the next one, so that many of them take little more than one.
    """

    names: set[int] = field(default_factory=set)
    searches: int = 0


@dataclass
class Unknowns:
    """Whole numbers, numbered from 0, and what is known of them.

    Each lies between its `lows` and `highs`; one with a gap is none, or at least as many.
    """

    lows: list[float] = field(default_factory=list)
    highs: list[float] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    contradictions: Contradictions = field(default_factory=Contradictions)

    def add(self, low: float = 0.0, high: float = inf, gap: int = 0) -> int:
        """One more number, of which its own bounds are known."""
        self.lows.append(low)
        self.highs.append(high)
        self.gaps.append(gap)
        return len(self.lows) - 1

    def determined(self, numbers: Collection[int], most: int) -> set[int]:
        """Those that have one possible value only, among at most so many that rows connect.

        Where what is known contradicts itself, nothing follows from the rows that do.
        """
        determined: set[int] = set()
        for columns, rows in self._connected(numbers):
            if len(columns) <= most:
                of_part = [number for number in columns if number in numbers]
                program = Program(self, columns, rows)
                determined |= program.determined(of_part)
        return determined

    def _connected(self, numbers: Collection[int]) -> Iterator[tuple[list[int], list[Row]]]:
        """The numbers that rows connect with some, and these rows: apart what is apart."""
        rows_with: dict[int, list[int]] = defaultdict(list)
        for line, row in enumerate(self.rows):
            for number in row.terms:
                rows_with[number].append(line)
        passed: set[int] = set()
        for start in sorted(numbers):
            if start in passed:
                continue
            columns, lines, waiting = {start}, set[int](), [start]
            while waiting:
                for line in rows_with[waiting.pop()]:
                    if line not in lines:
                        lines.add(line)
                        fresh = self.rows[line].terms.keys() - columns
                        columns |= fresh
                        waiting += fresh
            passed |= columns
            yield sorted(columns), [self.rows[line] for line in sorted(lines)]


class UndecidedError(Exception):
    """The search took more steps than it may."""


class Program:
    """An integer program of some numbers, which are its columns."""

    def __init__(
        self, unknowns: Unknowns, numbers: Sequence[int], rows: Sequence[Row], least_end: float = 0
    ) -> None:
        self._numbers = numbers
        self._contradictions = unknowns.contradictions
        self._place = {number: column for column, number in enumerate(numbers)}
        # With an end a program is solved sooner, and a solution before it proves enough. A total
        # that nothing is said of is as many as all of its parts.
        most = max(2 * sum(map(_end_of, rows)) + 100, least_end)
        self._gaps = np.array([unknowns.gaps[number] for number in numbers])
        self._lows = np.array([unknowns.lows[number] for number in numbers])
        self._highs = np.minimum([unknowns.highs[number] for number in numbers], most)
        self._set_rows(
            [
                replace(row, terms={self._place[each]: its for each, its in row.terms.items()})
                for row in rows
            ]
        )

    def _set_rows(self, rows: Sequence[Row]) -> None:
        """Takes rows of columns for what is known."""
        self._rows = rows
        self._columns = np.array([column for row in rows for column in row.terms], int)
        self._signs = np.array([sign for row in rows for sign in row.terms.values()], float)
        self._starts = np.cumsum([0, *(len(row.terms) for row in rows)])
        self._least = np.array([row.low for row in rows], float)
        self._most = np.array([row.high for row in rows], float)

    def determined(self, numbers: Sequence[int]) -> set[int]:
        """Those of the numbers that no two solutions have different values for."""
        left = dict.fromkeys(self._place[number] for number in numbers)
        try:
            fewest = self.solution(dict.fromkeys(left, 1.0))
            if fewest is None:
                self.leave_out_contradictions()
                fewest = self.solution(dict.fromkeys(left, 1.0))
        except UndecidedError:
            return {*numbers}
        if fewest is None:
            return set()
        # Most are open at once: some solution has few of each, and another has many.
        self._set_apart(left, fewest, self._proof(dict.fromkeys(left, -1.0)))
        for column in [*left]:
            value = float(fewest[column])
            for ends in ((value + 1, self._highs[column]), (self._lows[column], value - 1)):
                if column in left and ends[0] <= ends[1]:
                    self._set_apart(left, fewest, self._proof({}, column, ends))
        return {self._numbers[column] for column in left}

    @staticmethod
    def _set_apart(left: dict[int, None], first: Solution, other: Solution | None) -> None:
        """Takes out what another solution has another value for."""
        if other is not None:
            for column in [column for column in left if first[column] != other[column]]:
                del left[column]

    def _proof(
        self, cost: Mapping[int, float], column: int = 0, ends: tuple[float, float] | None = None
    ) -> Solution | None:
        try:
            return self.solution(cost, column, ends)
        except UndecidedError:
            return None

    def solution(
        self, cost: Mapping[int, float], column: int = 0, ends: tuple[float, float] | None = None,
        rows: Iterable[Row] = (), most_nodes: int | None = None,
    ) -> Solution | None:  # fmt: skip
        """Values with which every row holds, and `rows`, a column between other ends; else None."""
        if rows := [*rows]:
            before = self._rows
            self._set_rows([*before, *rows])
            try:
                return self.solution(cost, column, ends, most_nodes=most_nodes)
            finally:
                self._set_rows(before)
        lows, highs, costs = self._lows.copy(), self._highs.copy(), np.zeros(len(self._lows))
        if ends is not None:
            lows[column], highs[column] = ends
        for each, its in cost.items():
            costs[each] = its
        options = {} if most_nodes is None else {"mip_max_nodes": most_nodes}
        values = _solved(self._program(lows, highs, costs), **options)
        if values is None:
            return None
        solution = np.rint(values).astype(np.int64)
        if not self._holds(solution, lows, highs):
            raise UndecidedError
        return solution

    def is_solution(self, solution: Solution) -> bool:
        """Whether whole numbers are a solution."""
        return self._holds(solution, self._lows, self._highs)

    def _holds(self, solution: Solution, lows: Numbers, highs: Numbers) -> bool:
        """Whether whole numbers are a solution: a program's are so nearly."""
        is_none = (solution == 0) & (self._gaps > 0) & (lows <= 0)
        is_within = (solution >= np.maximum(lows, self._gaps)) & (solution <= highs)
        if not (is_none | is_within).all():
            return False
        # Up to each term: a row may have none, which `reduceat` has no sum for.
        sums = np.concatenate([[0.0], np.cumsum(self._signs * solution[self._columns])])
        totals = sums[self._starts[1:]] - sums[self._starts[:-1]]
        return bool(((totals >= self._least) & (totals <= self._most)).all())

    def _program(self, lows: Numbers, highs: Numbers, costs: Numbers) -> "highspy.HighsLp":
        import highspy  # most files have no small numbers

        lp = highspy.HighsLp()
        has_gap = (self._gaps > 0) & (lows[: len(self._gaps)] < self._gaps)
        lows = lows.copy()
        lows[: len(has_gap)][has_gap] = self._gaps[has_gap]
        kinds = np.full(len(lows), highspy.HighsVarType.kInteger, dtype=object)
        kinds[: len(has_gap)][has_gap] = highspy.HighsVarType.kSemiInteger
        lp.integrality_ = [*kinds]
        lp.num_col_, lp.num_row_ = len(lows), len(self._rows)
        lp.col_lower_, lp.col_upper_, lp.col_cost_ = lows, highs, costs
        lp.row_lower_, lp.row_upper_ = self._least, self._most
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_, lp.a_matrix_.index_ = self._starts, self._columns
        lp.a_matrix_.value_ = self._signs
        return lp

    def leave_out_contradictions(self) -> list[int]:
        """Leaves out rows that must give way for the others to hold: what is assumed first.

        Which of them, by their places; all where nothing helps. Raises `UndecidedError` past so
        many long searches.
        """
        before = self._rows
        gone = self._as_before() or self._fewest()
        if gone is None:
            return [*range(len(before))]
        self._contradictions.names = {before[line].name for line in gone if before[line].name >= 0}
        return sorted(gone)

    def _as_before(self) -> list[int]:
        """Leaves out what gave way in a program like this one, less what need not; none at all."""
        before, names = self._rows, self._contradictions.names
        gone = [line for line, row in enumerate(before) if row.name in names]
        if not gone or not self._holds_without(before, gone):
            self._set_rows(before)
            return []
        return self._needed(before, gone)

    def _needed(self, rows: Sequence[Row], gone: list[int]) -> list[int]:
        """Of rows without which the others hold those that must go: what is shown goes last."""
        for line in sorted(gone, key=lambda line: (rows[line].is_assumed, line)):
            others = [other for other in gone if other != line]
            if self._holds_without(rows, others):
                gone = others
        self._set_rows([row for line, row in enumerate(rows) if line not in gone])
        return gone

    def _fewest(self) -> list[int] | None:
        """Leaves out about the fewest rows; None, and none of them, where that does not help."""
        before = self._rows
        for may_give in ([row.is_assumed for row in before], [True] * len(before)):
            gone: list[int] = []
            # Where fractions contradict each other already, it is seen in a hundredth of the time.
            for is_whole in (False, True):
                there = [line for line in range(len(before)) if line not in gone]
                giving = self._giving_way([may_give[line] for line in there], is_whole)
                if giving is None:
                    break
                gone += [there[place] for place in giving]
                if is_whole:
                    self._set_rows([row for line, row in enumerate(before) if line not in gone])
                    return gone
                if gone and self._holds_without(before, gone):
                    return self._needed(before, gone)
            self._set_rows(before)
        return None

    def _holds_without(self, rows: Sequence[Row], gone: Collection[int]) -> bool:
        """Whether rows hold without some of them, which a solution shows soon; takes them on."""
        self._set_rows([row for line, row in enumerate(rows) if line not in gone])
        try:
            return self.solution({}, most_nodes=_FEW_NODES) is not None
        except UndecidedError:
            return False

    def _giving_way(self, giving: Sequence[bool], is_whole: bool) -> set[int] | None:
        """The rows that are off by least together, of those that may be; None where none helps."""
        if is_whole:
            self._contradictions.searches += 1
            if self._contradictions.searches > _MOST_SEARCHES:
                if self._contradictions.searches == _MOST_SEARCHES + 1:
                    _LOG.warning("numbers contradict each other; all that are near are hidden")
                raise UndecidedError
        before, size = self._rows, len(self._lows)
        # By how much a row is too few, and too many, are numbers of their own.
        off = {line: size + 2 * place for place, line in enumerate(np.flatnonzero(giving).tolist())}
        more = 2 * len(off)
        self._set_rows(
            [
                replace(row, terms={**row.terms, off[line]: 1, off[line] + 1: -1})
                if line in off
                else row
                for line, row in enumerate(before)
            ]
        )
        try:
            program = self._program(
                np.concatenate([self._lows, np.zeros(more)]),
                np.concatenate([self._highs, np.full(more, inf)]),
                np.concatenate([np.zeros(size), np.ones(more)]),
            )
        finally:
            self._set_rows(before)
        if not is_whole:
            program.integrality_ = []
            # What has a gap may be none.
            program.col_lower_ = np.concatenate([self._lows, np.zeros(more)])
        values = _solved(program, mip_rel_gap=_GAP, mip_abs_gap=_MORE)
        if values is None:
            return None
        by = values[size:].reshape(-1, 2).sum(axis=1)
        return {line for line, its in zip(off, by, strict=True) if its > _ROUNDING}


def _end_of(row: Row) -> float:
    """The farther of the ends of a row, of those that it has."""
    return max((abs(end) for end in (row.low, row.high) if isfinite(end)), default=0)


def _solved(program: "highspy.HighsLp", **options: float) -> Numbers | None:
    """A solution of a program, or None where there is none."""
    # The class that readers are meant to use prints a greeting when it is made.
    from highspy._core import HighsModelStatus, _Highs

    solver = _Highs()
    for option, value in {**_OPTIONS, **options}.items():
        solver.setOptionValue(option, value)
    solver.passModel(program)
    solver.run()
    if solver.getModelStatus() == HighsModelStatus.kInfeasible:
        return None
    if solver.getInfo().primal_solution_status != _FEASIBLE:
        raise UndecidedError
    return np.array(solver.getSolution().col_value)
