"""Secondary suppression: what else to hide so that the guarded numbers cannot be computed."""

from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from functools import cached_property

import numpy as np

from kpi.suppression.bounds import determined_by_bounds, may_hold
from kpi.suppression.cells import Cell, Key, Sum
from kpi.suppression.equations import Equations, Marks, determined, equations_of
from kpi.suppression.whole_numbers import determined_together

Loss = tuple[float, ...]
# Of more each is guarded by itself, at once.
_MOST_APART = 20
# So many times as few as will do are hidden, then one for each: where much is strung together by
# hidden numbers, one at a time may go on until nearly all of it is hidden.
_SPARING_ROUNDS = 12


def guards_of(
    sums: Sequence[Sum],
    known: Mapping[Key, Cell],
    unknown: set[Key],
    guarded: Set[Key],
    shown_before: Set[Key],
) -> tuple[set[Key], set[Key], set[Key]]:
    """What must be hidden besides the guarded numbers of some sums; `unknown` grows by it.

    Twice: from those who remember all that was shown before, as far as that can be; then from those
    who see what is shown now. The second answer is what readers who remember can compute all the
    same, the third what others can: what pages say of hidden numbers leaves one value for it.
    """
    net = _Net(sums, known)
    hidden, to_guard = net.places_of(unknown), net.places_of(guarded)
    remembered = net.places_of(shown_before) if shown_before else set()
    others: set[int] = set()
    still: set[int] = set()
    if remembered:
        of_memory = _Hidden(net, hidden - remembered)
        others, still, bounded = _against_readers(of_memory, to_guard - remembered, remembered)
        still |= bounded
    more, _, by_words = _against_readers(_Hidden(net, hidden | others), to_guard | others, set())
    others |= more
    unknown |= net.keys_of(others)
    return net.keys_of(others), net.keys_of(still), net.keys_of(by_words)


class _Net:
    """Some sums and their numbers, which index keys: the first of all sorted keys is 0."""

    def __init__(self, sums: Sequence[Sum], known: Mapping[Key, Cell]) -> None:
        self.sums, self.known = sums, known
        self.keys = sorted({key for each in sums for key in each.members})
        place = {key: number for number, key in enumerate(self.keys)}
        self.members = [[place[key] for key in each.members] for each in sums]
        self.sums_with: list[list[int]] = [[] for _ in self.keys]
        for line, members in enumerate(self.members):
            for number in members:
                self.sums_with[number].append(line)
        self.cells = [known[key] for key in self.keys]
        is_bound = [cell.is_bound for cell in self.cells]
        self.has_bound = (
            [any(is_bound[number] for number in members) for members in self.members]
            if any(is_bound)
            else [False] * len(sums)
        )
        self.equations = equations_of(self.members, [each.signs for each in sums])
        self._losses: dict[tuple[int, bool], Loss] = {}
        turns = turns_of(self.keys)
        self._turns = [turns[key] for key in self.keys]

    def places_of(self, keys: Set[Key]) -> set[int]:
        """The indices of some of the keys."""
        return {number for number, key in enumerate(self.keys) if key in keys}

    def keys_of(self, numbers: Iterable[int]) -> set[Key]:
        """The keys of some indices."""
        return {self.keys[number] for number in numbers}

    @cached_property
    def _true_sums(self) -> tuple[Equations, Marks]:
        """The sums that hold for all that is known, and which numbers are in any."""
        lines = [line for line, each in enumerate(self.sums) if may_hold(each, self.known)]
        members = [self.members[line] for line in lines]
        is_there = np.zeros(len(self.keys), dtype=np.bool_)
        is_there[[number for of_sum in members for number in of_sum]] = True
        return equations_of(members, [self.sums[line].signs for line in lines]), is_there

    def determined(self, marks: Marks, guarded: Set[int]) -> set[int]:
        """The guarded numbers that all sums together leave one value for.

        Where people that nobody published a number of are left over, sums that do not hold say
        nothing of them: what would follow of these is another number than theirs.
        """
        every = {*determined(self.equations, marks).tolist()} & guarded
        unpublished = {number for number in every if not self.cells[number].is_published}
        if not unpublished:
            return every
        true_sums, is_there = self._true_sums
        of_true_sums = {*determined(true_sums, marks & is_there).tolist()}
        return every - (unpublished - of_true_sums)

    def loss(self, number: int, is_total: bool) -> Loss:
        """What hiding a number costs."""
        loss = self._losses.get((number, is_total))
        if loss is None:
            loss = loss_of(self.cells[number], is_total, self._turns[number])
            self._losses[number, is_total] = loss
        return loss


class _Hidden:
    """The numbers of a net that are not shown, and how many of each sum are not."""

    def __init__(self, net: _Net, hidden: Iterable[int]) -> None:
        self.net = net
        self.marks = bytearray(len(net.keys))
        self.counts = [0] * len(net.sums)
        self.hide(hidden)

    def hide(self, numbers: Iterable[int]) -> None:
        """Hides numbers, those also that are hidden."""
        for number in numbers:
            if not self.marks[number]:
                self.marks[number] = 1
                for line in self.net.sums_with[number]:
                    self.counts[line] += 1

    def as_array(self) -> Marks:
        """Whether each number is hidden."""
        return np.frombuffer(self.marks, dtype=np.bool_)

    def keys(self) -> set[Key]:
        """The keys of the hidden numbers."""
        return self.net.keys_of(np.flatnonzero(self.as_array()).tolist())


def _against_readers(
    hidden: _Hidden, guarded: Set[int], excluded: Set[int]
) -> tuple[set[int], set[int], set[int]]:
    """What must be hidden so that the sums leave several whole numbers for each guarded one.

    Nothing of `excluded`. The guarded numbers that can still be computed are the second answer, the
    third those of them for which bounds leave one value.
    """
    net = hidden.net
    of_few = {
        net.keys[number]
        for number in guarded
        if net.cells[number].is_small or net.cells[number].said
    }
    others: set[int] = set()
    while True:
        more, exposed = _others_to_hide(hidden, guarded | others, excluded)
        others |= more
        bounded: set[int] = set()
        more = set()
        # Sum by sum is quick, and nearly all of it.
        if of_few:
            keys, nearly = determined_by_bounds(net.sums, net.known, hidden.keys(), of_few)
            bounded = net.places_of(keys)
            more = _guards(net.places_of(nearly), hidden, excluded)
        if of_few and not more:
            keys = determined_together(net.sums, net.known, hidden.keys(), of_few)
            bounded |= net.places_of(keys)
            more = _guards(bounded, hidden, excluded)
        if not more:
            return others, exposed, bounded
        others |= more
        hidden.hide(more)


def _others_to_hide(
    hidden: _Hidden, guarded: Set[int], excluded: Set[int]
) -> tuple[set[int], set[int]]:
    """What must be hidden besides the guarded numbers of some sums; `hidden` grows by it.

    Nothing of `excluded`; the guarded numbers that can still be computed are the second answer.
    """
    net = hidden.net
    others: set[int] = set()
    touched: Iterable[int] = range(len(net.sums))
    rounds = 0
    while True:
        # Nearly all is found sum by sum; what only several determine together is expensive to
        # compute.
        others |= _close_gaps(touched, hidden, guarded | others, excluded)
        determined_cells = net.determined(hidden.as_array(), guarded | others)
        more = _guards(determined_cells, hidden, excluded, is_sparing=rounds < _SPARING_ROUNDS)
        if not more:
            return others, determined_cells
        others |= more
        hidden.hide(more)
        touched = [line for number in sorted(more) for line in net.sums_with[number]]
        rounds += 1


def _close_gaps(
    touched: Iterable[int], hidden: _Hidden, guarded: Set[int], excluded: Set[int]
) -> set[int]:
    """One more number for each sum that determines a guarded one, and for the sums that it is in.

    A limit or a range in a sum with a number that is not shown would narrow it down: it goes, too.
    """
    net, marks, counts = hidden.net, hidden.marks, hidden.counts
    complements: set[int] = set()
    waiting = deque(touched)
    while waiting:
        line = waiting.popleft()
        if not counts[line]:
            continue
        members = net.members[line]
        chosen = _narrowing(line, hidden, guarded, excluded) if net.has_bound[line] else []
        if not chosen:
            if counts[line] > 1 or len(members) == 1:
                continue
            gap = next(number for number in members if marks[number])
            if gap not in guarded and gap not in complements:
                continue
            candidates = [number for number in members if number != gap and number not in excluded]
            if not candidates:
                continue
            chosen = [min(candidates, key=lambda number: net.loss(number, number == members[0]))]
        complements.update(chosen)
        hidden.hide(chosen)
        waiting += [each for number in chosen for each in net.sums_with[number]]
    return complements


def _narrowing(line: int, hidden: _Hidden, guarded: Set[int], excluded: Set[int]) -> list[int]:
    """The limits and ranges of a sum that are shown beside a number which is not."""
    cells, marks, members = hidden.net.cells, hidden.marks, hidden.net.members[line]
    if not any(
        cells[number].is_published or number in guarded for number in members if marks[number]
    ):
        return []
    return [
        number for number in members
        if cells[number].is_bound and not marks[number] and number not in excluded
    ]  # fmt: skip


def _guards(
    exposed: Set[int], hidden: _Hidden, excluded: Set[int], *, is_sparing: bool = True
) -> set[int]:
    """For each number that the sums determine, the nearest shown one that is missed least.

    Sparing, one may be for several.
    """
    net = hidden.net
    chosen: set[int] = set()
    # People nobody published a number of may all be guarded by one number of those beside them.
    unpublished = {number for number in exposed if not net.cells[number].is_published}
    one_by_one = len(unpublished) <= _MOST_APART
    # Numbers strung together by hidden ones alone: where none of them has a shown one, none has.
    without: set[int] = set()
    for number in (*sorted(exposed - unpublished), *sorted(unpublished)):
        if chosen and one_by_one and is_sparing and number in unpublished:
            break
        if number in without:
            continue
        candidates, passed = _shown_near(number, hidden, excluded, number in unpublished)
        if not candidates:
            without |= passed
        if is_sparing and not chosen.isdisjoint(candidate for candidate, _ in candidates):
            continue
        losses = [
            (net.loss(candidate, is_total), candidate)
            for candidate, is_total in candidates
            if candidate not in chosen
        ]
        if losses:
            chosen.add(min(losses)[1])
    return chosen


def _shown_near(
    number: int, hidden: _Hidden, excluded: Set[int], not_only_totals: bool
) -> tuple[list[tuple[int, bool]], set[int]]:  # fmt: skip
    """The shown numbers of its own sums, else of the sums of their numbers, and so on.

    Each with whether it is a total; and the numbers that were passed on the way. Several sums may
    determine a number that is in none with a shown one: they are strung together by numbers that
    are not shown.
    """
    net, marks, counts = hidden.net, hidden.marks, hidden.counts
    ring, passed, seen = [number], {number}, set[int]()
    nearest: list[tuple[int, bool]] = []
    while ring:
        # A sum that has been met has nothing that is shown.
        fresh = {line for member in ring for line in net.sums_with[member]} - seen
        shown_members = [
            (member, place == 0)
            for line in fresh
            if counts[line] < len(net.members[line])
            for place, member in enumerate(net.members[line])
            if not marks[member] and member not in excluded
        ]
        nearest += shown_members
        if nearest and not (not_only_totals and all(is_total for _, is_total in nearest)):
            return nearest, passed
        not_only_totals &= not nearest
        seen |= fresh
        neighbours = {member for line in fresh for member in net.members[line]} - passed
        ring = [neighbour for neighbour in neighbours if marks[neighbour] or neighbour in excluded]
        passed.update(ring)
    return nearest, passed


def loss_of(cell: Cell, is_total: bool, turn: int) -> Loss:
    """What hiding a cell costs: public figures are of no use to hide, totals are missed most.

    Nor is it of much use to hide what people have read before. What is hidden already stays so
    rather than another is, and one number of all days rather than one of each. Then its turn
    decides, and not how large it is (but that it is none, which guards little): whoever knows how
    guards are chosen would read from the choice what the hidden numbers are.
    """
    part = cell.part if cell.part is not None else cell.low or cell.high or 0.0
    return (
        cell.limit == 0, cell.was_shown, not cell.was_hidden, cell.was_mended, part == 0, is_total,
        turn,
    )  # fmt: skip


def turns_of(keys: Collection[Key]) -> dict[Key, int]:
    """In which turn each of some keys is taken for a guard: the oldest periods first.

    Of a period the last by their words, so everyone is taken after the groups.
    """
    backwards = sorted(keys, reverse=True)
    return {key: turn for turn, key in enumerate(sorted(backwards, key=lambda key: key[3]))}
