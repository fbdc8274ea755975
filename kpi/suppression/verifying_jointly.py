"""What must be hidden of several indicators, and what need not be: each choice is verified exactly.

Where it begins is what rules of thumb have hidden. What is disclosed all the same is guarded by the
nearest number; then every guard without which nothing is disclosed is shown again, those that are
missed most first.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field

import numpy as np

from kpi.suppression.cells import Key
from kpi.suppression.integers import Row, Solution, UndecidedError
from kpi.suppression.joint import Model, Quantity
from kpi.suppression.secondary import turns_of

# How many numbers are tried one by one for a guard; how many unknown numbers are solved for in all,
# and how many solutions are kept.
_MOST_TRIED, _MOST_SOLVED, _MOST_KEPT = 5, 50_000, 40


class _TooMuchError(Exception):
    """More programs were solved than may be."""


@dataclass(frozen=True)
class Settled:
    """What is hidden, what is unlabelled, and what memory and public figures disclose of it."""

    hidden: Set[Key]
    silent: Set[Key]
    recoverable: Set[Key]


@dataclass
class _Reader:
    """Someone who knows some numbers whatever is hidden now, and what can be kept from him.

    Those of `guards` also where they are not small. `solutions` that were found before may be ones
    of another choice, too.
    """

    model: Model
    knows: Set[Key]
    quantities: list[Quantity]
    guards: Set[Quantity]
    solutions: list[Solution] = field(default_factory=list)


class Verifier:
    """Models of the same statements, each by another way in which indicators may belong.

    `guards` are statements that guard a number which the models do not know of.
    """

    def __init__(self, models: Sequence[Model], guards: Set[Key] = frozenset()) -> None:
        self._models = models
        self._guards = guards
        self._solved = 0
        self._readers: list[_Reader] = []
        self._recoverable: set[Key] = set()
        self._is_any_left_out = False
        statements = models[0].statements
        self._statements = statements
        self._ours = {key for key, each in statements.items() if each.is_ours}
        self._turns = turns_of(self._ours)
        self._shown_before = {key for key in self._ours if statements[key].cell.was_shown}

    def settled(self, hidden: Set[Key], primary: Set[Key], silent: Set[Key]) -> Settled | None:
        """What to hide in place of `hidden`; None where that cannot be verified.

        Of `primary` all stays hidden; of `silent` pages say nothing.
        """
        try:
            self._meet_readers(hidden, silent)
            if not self._readers:
                return None
            hidden, silent = self._guarded(hidden, silent)
        except _TooMuchError:
            return None
        # Of whom nothing could be verified nothing says that he can do without a guard.
        if not self._is_any_left_out:
            hidden = self._least(hidden, silent, primary)
        return Settled(hidden, silent, self._recoverable & hidden)

    def _meet_readers(self, hidden: Set[Key], silent: Set[Key]) -> None:
        """Who reads today, and who remembers: what all that can be hidden leaves to be kept.

        What one remembers may contradict itself though all is hidden now, as where a total was
        taken for a sum that it never was. Nothing can be kept from him, and he is left out: hiding
        every other number would not help.
        """
        for model in self._models:
            if not model.relax(hidden, silent):
                continue
            for knows in dict.fromkeys((frozenset[Key](), frozenset(self._shown_before))):
                reader = _Reader(model, knows, model.quantities, model.quantities_of(self._guards))
                disclosed = self._disclosed_to(reader, self._ours, self._ours)
                if disclosed is None:
                    self._is_any_left_out = True
                    continue
                exposed = {*disclosed}
                reader.quantities = [each for each in model.quantities if each not in exposed]
                self._recoverable |= model.keys_of(exposed)
                self._readers.append(reader)

    def _disclosed(self, hidden: Set[Key], silent: Set[Key]) -> tuple[Model, Quantity] | None:
        """A small number that is disclosed, if any is; nothing in contradictions either."""
        for reader in self._readers:
            disclosed = self._disclosed_to(reader, hidden, silent)
            if disclosed is None:
                return reader.model, ()
            if disclosed:
                return reader.model, disclosed[0]
        return None

    def _disclosed_to(
        self, reader: _Reader, hidden: Set[Key], silent: Set[Key]
    ) -> list[Quantity] | None:
        """The small numbers that a reader computes; None where what he sees contradicts itself."""
        search = _Search(reader, hidden - reader.knows, silent)
        disclosed = search.disclosed()
        self._solved += search.solved
        if self._solved > _MOST_SOLVED:
            raise _TooMuchError
        return disclosed

    def _guarded(self, hidden: Set[Key], silent: Set[Key]) -> tuple[Set[Key], Set[Key]]:
        """What must be hidden besides, the nearest first, and then of what no word may be said."""
        while disclosed := self._disclosed(hidden, silent):
            model, quantity = disclosed
            candidates = sorted(
                self._ours - hidden,
                key=lambda key: (
                    -model.overlap(key, quantity), self._statements[key].cell.was_shown,
                    model.size_of(key), self._turns[key],
                ),
            )  # fmt: skip
            if not candidates:
                if silent >= hidden:
                    break
                silent = silent | hidden
                continue
            helping = (
                key for key in candidates[:_MOST_TRIED]
                if (self._disclosed(hidden | {key}, silent) or (model, ()))[1] != quantity
            )  # fmt: skip
            hidden = hidden | {next(helping, candidates[0])}
        return hidden, silent

    def _least(self, hidden: Set[Key], silent: Set[Key], primary: Set[Key]) -> Set[Key]:
        """As little as leaves nothing disclosed: what is missed most is shown again first.

        How large a number is does not count: the choice would disclose some (see `loss_of`).
        """
        model = self._models[0]
        guards = sorted(
            (hidden & self._ours) - primary,
            key=lambda key: (model.size_of(key), self._turns[key]),
            reverse=True,
        )
        waiting = [guards]
        try:
            while waiting:
                some = waiting.pop(0)
                if not some:
                    continue
                without = hidden - {*some}
                if self._disclosed(without, silent) is None:
                    hidden = without
                elif len(some) > 1:
                    half = len(some) // 2
                    waiting[:0] = [some[:half], some[half:]]
        except _TooMuchError:
            pass  # what is left to be tried stays hidden
        return hidden


class _Search:
    """A search for two solutions in which each small number differs."""

    def __init__(self, reader: _Reader, hidden: Set[Key], silent: Set[Key]) -> None:
        self._reader = reader
        self._program, self._totals = reader.model.program(hidden, silent)
        self._parts = reader.model.size * len(reader.model.moments)
        self.solved = 0
        self._quantities = reader.quantities
        flat = np.array([column for each in self._quantities for column in each], int)
        self._starts = np.cumsum([0, *(len(each) for each in self._quantities[:-1])])
        self._signs, self._columns = np.where(flat < 0, -1, 1), np.where(flat < 0, ~flat, flat)

    def disclosed(self) -> list[Quantity] | None:
        """The small quantities that are the same in every solution; None: there is none."""
        if not self._quantities:
            return []
        of_all = self._reader.model.all_shown
        first = self._solution({}) if of_all is None else of_all
        if first is None:
            return None
        values = self._values(first)
        is_guarded = (values > 0) & (values < self._reader.model.limit)
        if guards := self._reader.guards:
            is_guarded |= np.array([each in guards for each in self._quantities])
        left = {*np.flatnonzero(is_guarded).tolist()}
        for other in self._reader.solutions if left else ():
            differ = self._values(other) != values
            if differ[[*left]].any() and self._program.is_solution(self._completed(other)):
                left -= {*np.flatnonzero(differ).tolist()}
        for sign in (-1.0, 1.0):
            if left:
                cost: dict[int, float] = {}
                for number in left:
                    for column, its in _signed(self._quantities[number]):
                        cost[column] = cost.get(column, 0.0) + sign * its
                self._set_apart(left, values, self._solution(cost))
        for number in sorted(left):
            value, terms = float(values[number]), dict(_signed(self._quantities[number]))
            for low, high in ((value + 1, np.inf), (0.0, value - 1)):
                if number in left:
                    self._set_apart(left, values, self._solution({}, [Row(terms, low, high)]))
        return [self._quantities[number] for number in sorted(left)]

    def _values(self, solution: Solution) -> Solution:
        """The number of each quantity in a solution."""
        return np.add.reduceat(self._signs * solution[self._columns], self._starts)

    def _completed(self, solution: Solution) -> Solution:
        """A solution of persons with what pages report of them."""
        totals = [int(solution[of_number].sum()) for of_number in self._totals]
        return np.concatenate([solution, np.array(totals, dtype=solution.dtype)])

    def _solution(self, cost: Mapping[int, float], rows: Iterable[Row] = ()) -> Solution | None:
        self.solved += self._parts
        with suppress(UndecidedError):
            solution = self._program.solution(cost, rows=rows)
            return None if solution is None else solution[: self._parts]
        return None

    def _set_apart(self, left: set[int], values: Solution, other: Solution | None) -> None:
        """Takes out what another solution has another value for."""
        if other is not None:
            differ = self._values(other) != values
            left -= {*np.flatnonzero(differ).tolist()}
            self._reader.solutions.append(other)
            del self._reader.solutions[:-_MOST_KEPT]


def _signed(quantity: Quantity) -> Iterable[tuple[int, int]]:
    return ((column, 1) if column >= 0 else (~column, -1) for column in quantity)
