"""Of how many percentages and means are, by all that are shown of a place at once.

Whoever knows of how many a total is tries which whole persons fit the percentages of all its parts,
of these parts' parts, and of the areas and periods that they are of. Here that is a search: each
number has the pairs (of how many, how many have it) that its row leaves (pairs.py); sums leave
fewer, and what has another value in another solution is not determined. A search that takes too
many steps proves nothing, and what is not proven to be open is taken for determined.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import numpy as np

from kpi.suppression.cells import Key, Sum
from kpi.suppression.equations import Marks
from kpi.suppression.narrowing import Room, by_rest, by_sum
from kpi.suppression.pairs import (
    MOST_PAIRS,
    NOTHING_SHOWN,
    Codes,
    Constraints,
    Counted,
    Shown,
    View,
    counted_of,
    domains_of,
    having,
    lacking,
    of_all_of,
)

# Members with their signs, and whether they are a sum.
_Constraint = tuple[list[int], tuple[int, ...], bool]
# How many constraints are looked at for one solution, and for all of some that hang together.
_MOST_STEPS, _MOST_STEPS_OF_ALL = 400, 3_000
# How many other pairs of a number are tried.
_MOST_TRIES = 40


def counted_together(
    shown: Mapping[Key, Shown], constraints: Constraints, limit: int
) -> dict[Key, Counted]:
    """The keys, of those that do not report both, whose persons all the others determine.

    `limit`: from how many persons a number may be shown.
    """
    every = {key for each in (*constraints.sums, *constraints.rests) for key in each.members}
    shown = dict.fromkeys(every, NOTHING_SHOWN) | dict(shown)
    counted, is_contradicted = _counted(shown, constraints, limit)
    for is_doubted in (_is_of_areas, lambda _: True):
        if is_contradicted:
            constraints = _without_sums(constraints, is_doubted)
            more, is_contradicted = _counted(shown, constraints, limit)
            counted |= more
    return {
        key: pair for key, pair in counted.items()
        if shown[key].rate is not None and not shown[key].is_known
    }  # fmt: skip


def _is_of_areas(each: Sum) -> bool:
    """Whether it is a sum of areas: that these are all of their total is only assumed."""
    return len({key[1] for key in each.members}) > 1


def _without_sums(constraints: Constraints, is_doubted: Callable[[Sum], bool]) -> Constraints:
    """The constraints with such sums as totals whose parts come to no more."""
    doubted = [each for each in constraints.sums if is_doubted(each)]
    return Constraints(
        [each for each in constraints.sums if not is_doubted(each)],
        [*constraints.rests, *(each for each in doubted if min(each.signs[1:]) > 0)],
    )


def _counted(
    shown: Mapping[Key, Shown], constraints: Constraints, limit: int
) -> tuple[dict[Key, Counted], bool]:
    """What the constraints determine, and whether some of them contradict each other."""
    domains, is_contradicted = domains_of(shown, constraints)
    sums = [each for each in constraints.sums if all(key in domains for key in each.members)]
    rests = [each for each in constraints.rests if all(key in domains for key in each.members)]
    rests += [_known_of(each, domains) for each in constraints.sums if each not in sums]
    rests = [each for each in rests if len(each.members) > 1]
    counted = {key: counted_of(codes[0]) for key, codes in domains.items() if codes.size == 1}
    for component in _apart(domains, sums, rests):
        # Of many persons each it need not be known how many they are.
        if any(
            shown[key].rate is not None
            and not shown[key].is_known
            and _are_few(domains[key], shown[key], limit).any()
            for key in component.keys
        ):
            determined = _Net(component, domains, shown, limit).determined()
            is_contradicted |= determined is None
            counted |= determined or {}
    return counted, is_contradicted


def _views_of(shown: Shown) -> Sequence[View]:
    """What is guarded of a number: of a share those who have it and who lack it, else all."""
    return (having, lacking) if shown.rate is None or shown.rate.is_share else (of_all_of,)


def _are_few(codes: Codes, shown: Shown, limit: int) -> Marks:
    """Which pairs are so few that they are not shown."""
    few = np.zeros(codes.size, dtype=bool)
    for view in _views_of(shown):
        few |= (view(codes) > 0) & (view(codes) < limit)
    return few


def _known_of(each: Sum, domains: Mapping[Key, Codes]) -> Sum:
    """Of a sum some of whose parts may be anything: the total, and the other parts."""
    if each.members[0] not in domains or min(each.signs[1:]) < 0:
        return Sum((), ())
    terms = [
        (key, sign) for key, sign in zip(each.members, each.signs, strict=True) if key in domains
    ]
    return Sum(tuple(key for key, _ in terms), tuple(sign for _, sign in terms))


class _UndecidedError(Exception):
    """The search took more steps than it may."""


@dataclass
class _Component:
    """Keys that sums connect."""

    keys: list[Key] = field(default_factory=list)
    sums: list[Sum] = field(default_factory=list)
    rests: list[Sum] = field(default_factory=list)


def _apart(
    domains: Mapping[Key, Codes], sums: Iterable[Sum], rests: Iterable[Sum]
) -> Iterable[_Component]:
    """The keys that constraints connect, by way of such as may be several pairs."""
    leader: dict[Key, Key] = {}

    def root_of(key: Key) -> Key:
        """The key that stands for the component of a key."""
        while (above := leader.setdefault(key, key)) is not key:
            leader[key] = key = leader[above]
        return key

    constraints = [(each, True) for each in sums] + [(each, False) for each in rests]
    connected = []
    for each, is_sum in constraints:
        several = [key for key in each.members if domains[key].size > 1]
        if several:
            connected.append((several[0], each, is_sum))
            for key in several[1:]:
                leader[root_of(key)] = root_of(several[0])
    components: dict[Key, _Component] = defaultdict(_Component)
    for key, each, is_sum in connected:
        component = components[root_of(key)]
        (component.sums if is_sum else component.rests).append(each)
    for component in components.values():
        members = (each.members for each in (*component.sums, *component.rests))
        component.keys = sorted({key for keys in members for key in keys})
    return components.values()


class _Net:
    """The pairs of some keys, by number, and the search for solutions."""

    def __init__(
        self, component: _Component, domains: Mapping[Key, Codes], shown: Mapping[Key, Shown],
        limit: int,
    ) -> None:  # fmt: skip
        self.keys = component.keys
        place = {key: number for number, key in enumerate(self.keys)}
        self.start = [domains[key] for key in self.keys]
        self.is_share = all((rate := shown[key].rate) is None or rate.is_share for key in self.keys)
        self.shown = [shown[key] for key in self.keys]
        self.limit = limit
        self.constraints = [
            ([place[key] for key in each.members], each.signs, is_sum)
            for every, is_sum in ((component.sums, True), (component.rests, False))
            for each in every
        ]  # fmt: skip
        self.steps = self.steps_of_all = 0
        self.room = Room()
        self.constraints = [
            each for constraint in self.constraints if (each := self._holding(constraint))
        ]
        self.with_member: list[list[int]] = [[] for _ in self.keys]
        for number, (members, _, _) in enumerate(self.constraints):
            for member in members:
                self.with_member[member].append(number)

    def _holding(self, constraint: _Constraint) -> _Constraint | None:
        """A constraint as far as it holds: numbers that do not add up are still no more."""
        # Of its own members alone: to copy all numbers for each constraint takes longer.
        if self._narrow_by(constraint, {each: self.start[each] for each in constraint[0]}) is not (
            None
        ):
            return constraint
        members, signs, is_sum = constraint
        if is_sum and min(signs[1:]) > 0:
            return self._holding((members, signs, False))
        return None

    def determined(self) -> dict[Key, Counted] | None:
        """The keys that have or lack the same number of persons in every solution.

        None where there is no solution.
        """
        domains = self.start[:]
        solutions: list[list[Codes]] = []
        with suppress(_UndecidedError):
            if not self._narrow(domains, range(len(self.constraints))):
                return None
            self.steps = 0
            solution = self._searched(domains)
            if solution is None:
                return None
            solutions.append(solution)
        pairs = {
            key: self._only(number, domains, solutions) for number, key in enumerate(self.keys)
        }
        return {key: pair for key, pair in pairs.items() if pair is not None}

    def _only(
        self, number: int, domains: Sequence[Codes], solutions: list[list[Codes]]
    ) -> Counted | None:
        """The pair of a number, of those that all others leave; None where it may be others."""
        domain = domains[number]
        for view in (having, lacking) if self.is_share else (of_all_of,):
            values = view(domain)
            if np.ptp(values):
                if not self._is_open(number, domains, view, solutions):
                    return self._closed(number, domain)
            elif values[0]:
                return counted_of(domain[-1])
        if self.is_share and not having(domain).any():
            return counted_of(domain[-1])  # none have it, of however many
        return None

    def _is_open(
        self, number: int, domains: Sequence[Codes], view: View, solutions: list[list[Codes]]
    ) -> bool:
        """Whether solutions have several values for a number; new ones join them."""
        seen = {int(view(solution[number])[0]) for solution in solutions}
        if len(seen) > 1:
            return True
        if self.steps_of_all > _MOST_STEPS_OF_ALL and self.with_member[number]:
            return False  # each try would end at its first step
        values = view(domains[number])
        places = np.random.default_rng(0).permutation(np.flatnonzero(~np.isin(values, [*seen])))
        for place in places[:_MOST_TRIES].tolist():
            trial = [*domains]
            trial[number] = domains[number][place : place + 1]
            with suppress(_UndecidedError):
                self.steps = 0
                if self._narrow(trial, self.with_member[number]):
                    solution = self._searched(trial)
                    if solution is not None:
                        solutions.append(solution)
                        seen.add(int(values[place]))
            if len(seen) > 1:
                return True
        return False

    def _closed(self, number: int, domain: Codes) -> Counted:
        """A pair of those not proven to be several: a small one, if there is any."""
        is_few = _are_few(domain, self.shown[number], self.limit)
        return counted_of(domain[is_few][0] if is_few.any() else domain[-1])

    def _searched(self, domains: list[Codes]) -> list[Codes] | None:
        """Pairs of all numbers with which every constraint holds."""
        sizes = [domain.size if domain.size > 1 else MOST_PAIRS + 1 for domain in domains]
        narrowest = int(np.argmin(sizes))
        domain = domains[narrowest]
        if domain.size == 1:
            return domains
        for place in np.random.default_rng(domain.size).permutation(domain.size).tolist():
            trial = [*domains]
            trial[narrowest] = domain[place : place + 1]
            if self._narrow(trial, self.with_member[narrowest]):
                solution = self._searched(trial)
                if solution is not None:
                    return solution
        return None

    def _narrow(self, domains: list[Codes], numbers: Iterable[int]) -> bool:
        """Leaves out pairs that a constraint has no room for; False where none are left."""
        waiting = dict.fromkeys(numbers)
        while waiting:
            number, _ = waiting.popitem()
            self.steps += 1
            self.steps_of_all += 1
            if self.steps > _MOST_STEPS or self.steps_of_all > _MOST_STEPS_OF_ALL:
                raise _UndecidedError
            narrower = self._narrow_by(self.constraints[number], domains)
            if narrower is None:
                return False
            for member in narrower:
                waiting |= dict.fromkeys(self.with_member[member])
        return True

    def _narrow_by(
        self, constraint: _Constraint, domains: list[Codes] | dict[int, Codes]
    ) -> list[int] | None:
        """The members that have fewer pairs now; None where one has none."""
        members, signs, is_sum = constraint
        of_members = [domains[each] for each in members]
        views = (of_all_of, having, lacking)[: 3 if self.is_share else 1]
        if not is_sum and not self.room.is_short(of_members, len(views)):
            return []
        narrowed = by_sum(of_members, signs) if is_sum else by_rest(of_members, views)
        narrower = []
        for member, codes in zip(members, narrowed, strict=True):
            if not codes.size:
                return None
            if codes.size < domains[member].size:
                domains[member] = codes
                narrower.append(member)
        return narrower
