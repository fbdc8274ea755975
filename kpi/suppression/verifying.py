"""Whether what is hidden suffices: asked of everything that an indicator's numbers are made of.

Sums and bounds that are narrowed one by one (secondary.py) find nearly all that must be hidden.
Here it is found what many parts imply only together: two groups that cover a third, quarters that
are no more than what a year less its half leaves, a rolling year within two years.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace

from kpi.suppression.cells import Cell, Key, Sum
from kpi.suppression.parts import Parts
from kpi.suppression.secondary import loss_of, turns_of

# How many numbers are tried one by one for a guard.
_MOST_TRIED = 30


def guards_of_parts(
    parts: Parts, sums: Sequence[Sum], known: Mapping[Key, Cell], unknown: Set[Key],
    guarded: Set[Key], shown_before: Set[Key],
) -> tuple[set[Key], set[Key], set[Key]]:  # fmt: skip
    """What must be hidden besides so that each guarded number of few persons may be another one.

    The second and third answer as of `guards_of`.
    """
    verified = _Verified(parts, sums, known)
    others: set[Key] = set()
    still: set[Key] = set()
    if not shown_before.isdisjoint(verified.keys):
        others, still = verified.against_readers(unknown - shown_before, guarded, shown_before)
    more, by_words = verified.against_readers(unknown | others, guarded, frozenset())
    return others | more, still, by_words


class _Verified:
    """An indicator's numbers, and what to hide of them."""

    def __init__(self, parts: Parts, sums: Sequence[Sum], known: Mapping[Key, Cell]) -> None:
        self._parts, self._sums, self._known = parts, sums, known
        totals = {each.members[0] for each in sums}
        self.keys = {key for key, _ in parts.made_of}
        # Of shares those who lack something add up, and are within each other, as those who have.
        self._lacking = _lacking(
            known, {*self.keys, *(key for each in sums for key in each.members)}
        )
        self._sums_of_lacking = [each for each in sums if self._lacking.keys() >= {*each.members}]
        lacking = [part for part in parts.made_of if part[0] in self._lacking]
        self._parts_lacking = replace(parts, made_of=lacking)
        turns = turns_of(self.keys)
        self._losses = {key: loss_of(known[key], key in totals, turns[key]) for key in self.keys}
        # A share is hidden alone only because of few, though its page does not say so.
        self._known = {**known, **_as_few({key: known[key] for key in self.keys})}
        self._lacking |= _as_few(self._lacking)

    def against_readers(
        self, hidden: Set[Key], guarded: Set[Key], excluded: Set[Key]
    ) -> tuple[set[Key], set[Key]]:
        """What must be hidden, nothing of `excluded`; the second answer remains determined."""
        known = self._known
        left = {
            key for key in guarded & hidden
            if known[key].is_small or known[key].said
        }  # fmt: skip
        others: set[Key] = set()
        while left := self._determined(hidden | others, left):
            near = self._parts.near(left)
            candidates = sorted(
                (key for key in near.keys() - hidden - others - excluded),
                key=lambda key: (near[key], self._losses[key]),
            )
            if not candidates:
                break
            # The first that leaves one more open; where none does alone, the nearest.
            helping = (
                key for key in candidates[:_MOST_TRIED]
                if self._determined(hidden | others | {key}, left) != left
            )  # fmt: skip
            others.add(next(helping, candidates[0]))
        return others, left

    def _determined(self, hidden: Set[Key], of_few: Set[Key]) -> set[Key]:
        if not of_few:
            return set()
        determined = self._parts.determined(self._sums, self._known, hidden, of_few)
        of_few_lacking = {
            key for key in of_few & self._lacking.keys()
            if 0 < (self._lacking[key].part or 0) < self._known[key].limit
        }  # fmt: skip
        if of_few_lacking - determined:
            determined |= self._parts_lacking.determined(
                self._sums_of_lacking, self._lacking, hidden, of_few_lacking
            )
        return determined


def _as_few(cells: Mapping[Key, Cell]) -> dict[Key, Cell]:
    """The shares of some cells whose number itself is small, as ones of which that is said."""
    return {
        key: replace(cell, said=(1.0, cell.limit - 1.0))
        for key, cell in cells.items()
        if cell.whole is not None and cell.part is not None and 0 < cell.part < cell.limit
    }


def _lacking(known: Mapping[Key, Cell], keys: Iterable[Key]) -> dict[Key, Cell]:
    """Of numbers that are so many of some persons how many lack it."""
    return {
        key: replace(cell, part=cell.whole - cell.part, said=None, rounded=None)
        for key in keys
        if (cell := known[key]).whole is not None and cell.part is not None and not cell.is_bound
    }
