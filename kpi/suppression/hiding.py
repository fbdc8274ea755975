"""Small numbers: which figures must be hidden so that nobody can be recognised in them.

A source says from how many persons a number may be shown (`min_cell`; 0: it is public already).
Counts below it, shares of which so few have or lack something, and the figures from which a hidden
one could be found by subtraction are hidden. One place decides: the store asks it before it writes
the rows that every page, picture, download and answer is made of.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import chain
from math import inf

from kpi.suppression.areas import NO_AREAS, Areas
from kpi.suppression.bounds import open_ranges, own_bounds
from kpi.suppression.cells import Cell, Key, Sum
from kpi.suppression.differencing import Constraints
from kpi.suppression.distributions import unsaid_totals
from kpi.suppression.groups import NO_GROUPS, Groups
from kpi.suppression.implied import implied_cells
from kpi.suppression.inclusions import inclusions
from kpi.suppression.labels import still_labelled, telling_labels, without_labels
from kpi.suppression.lines import may_come_to
from kpi.suppression.parts import Parts, PartsAtNeed
from kpi.suppression.ranges import Bounds, narrowed_ranges, within_rounding
from kpi.suppression.secondary import guards_of
from kpi.suppression.spans import days_of, few_spans, span_sums
from kpi.suppression.sums import (
    Numbered,
    area_sums,
    at_every_moment,
    lines_of,
    once_each,
    sums_of_groups,
)
from kpi.suppression.sums_of_days import sums_of_days
from kpi.suppression.verifying import guards_of_parts


@dataclass(frozen=True)
class Hiding:
    """What must be hidden (True: for its own sake), and which of it readers can compute already.

    A small number that must not be called small is among the others (labels.py).
    `exposed` are numbers that follow from what was shown before, whatever is hidden now. `ranges`
    are the numbers that each may be by all that is shown (bounds.py).
    """

    keys: Mapping[Key, bool]
    exposed: Set[Key] = frozenset()
    ranges: Mapping[Key, Bounds] = field(default_factory=dict)


def cells_to_hide(cells: Iterable[Cell], groups: Groups = NO_GROUPS) -> dict[Key, bool]:
    """The keys to hide; True: primary suppression (it is small), False: secondary suppression.

    See `what_to_hide`.

    >>> year = parse_period("2024")
    >>> def count(area_id, persons, level, parent_id=None):
    ...     return Cell("unemployed", area_id, "all", year, persons, None, 5, level, parent_id)
    >>> cells = [
    ...     count("aarhus", 64, "municipality"),
    ...     count("gellerup", 40, "district", "aarhus"),
    ...     count("tilst", 20, "district", "aarhus"),
    ...     count("viby_syd", 4, "district", "aarhus"),
    ... ]
    >>> for (_, area_id, *_), is_small in cells_to_hide(cells).items():
    ...     print(area_id, is_small)  # 4 is fewer than 5; 20 would give it away: 64 - 40 - 20
    viby_syd True
    tilst False
    """
    return dict(what_to_hide(cells, groups).keys)


def what_to_hide(
    cells: Iterable[Cell],
    groups: Groups = NO_GROUPS,
    areas: Areas = NO_AREAS,
    former: Groups = NO_GROUPS,
    totals: Iterable[Cell] = (),
) -> Hiding:
    """What to hide of some indicators, of all numbers that each key ever had.

    Areas add up to their parent, groups to the ones they are part of (groups.py), and
    periods to others (kpi/suppression/spans.py), at every moment that the numbers were shown
    (sums.py). `areas` says where areas lie besides (areas.py), and `former`
    what groups have ever been part of, where that has changed; `totals` have no row and are known
    all the same. Wherever all such sums together leave only one value for a hidden number, one more
    number of its sums is hidden: one that is not public and was not shown before, whatever its size
    (`loss_of` in secondary.py). A limit or a range beside a hidden number is hidden itself, and so
    is one that its sums hold below the source's limit. Few persons between two periods, or in a
    group but not in its parts, are guarded like a published number.
    The same cells in any order have the same answer.
    """
    known = {cell.key: cell for cell in sorted(cells, key=lambda cell: cell.key)}
    unsaid = {cell.key: cell for cell in unsaid_totals(known.values(), groups, areas)}
    unsaid |= {cell.key: cell for cell in totals if cell.key not in known}
    known |= unsaid
    known = within_rounding(known, groups, areas, former)
    numbered = Numbered(known)
    constraints = area_sums(numbered, areas)
    constraints.add(sums_of_groups(numbered, groups))
    if former:
        constraints.add(sums_of_groups(numbered, former))
    is_any_small = any(
        cell.part is None or cell.is_small or cell.stays_hidden for cell in known.values()
    )
    between = implied_cells(numbered.by_base, areas, (groups, former))
    known |= between.cells
    with_more = Numbered(known) if between.cells else numbered
    lines = lines_of(with_more, known)
    if not (
        constraints.implied or is_any_small or any(cell.is_small for cell in between.cells.values())
    ):
        # Most files: only stretches between the periods could be of few persons.
        stretches = _derive(lines, {}, set())
        if not stretches:
            return Hiding({})
        known |= stretches
    constraints.sums.extend(at_every_moment(between.sums, with_more))
    constraints.sums.extend(sums_of_days(numbered))
    is_plain = numbered.is_single and not former
    rests, of_rests = inclusions(
        numbered, areas, (groups, former),
        [*constraints.sums, *(each for line in lines for each in span_sums(line))],
    )  # fmt: skip
    constraints.sums.extend(of_rests)
    known |= {cell.key: cell for cell in constraints.implied} | rests
    parts = PartsAtNeed(numbered, areas, groups)
    hiding = _hidden_step_by_step(constraints, lines, known, is_plain, parts)
    # Nobody published them: they cannot be hidden.
    keys = {key: small for key, small in hiding.keys.items() if key not in unsaid}
    return Hiding(keys, hiding.exposed - unsaid.keys(), hiding.ranges)


def _hidden_step_by_step(
    constraints: Constraints, lines: Sequence[list[Cell]], known: dict[Key, Cell], is_plain: bool,
    parts: PartsAtNeed,
) -> Hiding:  # fmt: skip
    """What to hide, taking in few persons between periods as hidden numbers make them few."""
    hidden = Hiding({})
    components = _components(constraints, lines, is_plain)
    bounds = _all_bounds(components, known)
    while True:
        more = _derive(lines, bounds, hidden.keys.keys())
        if hidden.keys and not more:
            published = {
                key: small for key, small in hidden.keys.items() if known[key].is_published
            }
            return Hiding(published, hidden.exposed, hidden.ranges)
        if more:
            known |= more
            components = _components(constraints, lines, is_plain)
        hidden = _hidden(components, bounds, known, parts)
        if not hidden.keys:
            return hidden
        if more:
            bounds = _all_bounds(components, known)


@dataclass(frozen=True)
class _Component:
    """A connected component of the constraint graph: sums, and those that may be sums."""

    sums: list[Sum] = field(default_factory=list)
    maybe: list[Sum] = field(default_factory=list)

    @property
    def indicator_id(self) -> str:
        """The indicator of all its numbers."""
        first, *_ = chain(self.sums, self.maybe)
        return first.members[0][0]

    def concerns(self, keys: Set[Key]) -> bool:
        """Whether some of the keys are in it."""
        return not all(keys.isdisjoint(each.members) for each in chain(self.sums, self.maybe))

    def copied(self) -> "_Component":
        """As it is, to be added to."""
        return _Component([*self.sums], [*self.maybe])


def _components(
    constraints: Constraints, lines: Sequence[Sequence[Cell]], is_plain: bool
) -> Collection[_Component]:  # fmt: skip
    sums = [*constraints.sums, *(span_total for line in lines for span_total in span_sums(line))]
    maybe = constraints.maybe
    if not is_plain:
        sums, maybe = once_each(sums), once_each(maybe)
    return _apart(sums, maybe)


def implies_few(
    cells: Iterable[Cell], groups: Groups = NO_GROUPS, areas: Areas = NO_AREAS,
    former: Groups = NO_GROUPS,
) -> bool:  # fmt: skip
    """Whether numbers none of which is small or hidden imply few persons between them."""
    known = {cell.key: cell for cell in cells}
    numbered = Numbered(known)
    between = implied_cells(numbered.by_base, areas, (groups, former))
    if any(cell.is_small for cell in between.cells.values()):
        return True
    known |= between.cells
    lines = lines_of(Numbered(known) if between.cells else numbered, known)
    return bool(_derive(lines, {}, set()))


def _derive(
    lines: Sequence[list[Cell]], bounds: Mapping[Key, Bounds], hidden: Set[Key]
) -> dict[Key, Cell]:
    """The stretches of few persons that the shown numbers imply, added to their lines."""
    derived: dict[Key, Cell] = {}
    for line in lines:
        narrowed = [
            replace(cell, low=bounds[cell.key][0], high=bounds[cell.key][1])
            if cell.key in bounds
            else cell
            for cell in line
        ]
        there = {cell.key for cell in line}
        more = [span for span in few_spans(narrowed, hidden) if span.key not in there]
        if more:
            line.extend(more)
            line.sort(key=lambda cell: (days_of(cell), cell.key))
            derived |= {cell.key: cell for cell in more}
    return derived


def _hidden(
    components: Iterable[_Component], bounds: Mapping[Key, Bounds], known: Mapping[Key, Cell],
    parts: PartsAtNeed,
) -> Hiding:  # fmt: skip
    """What must be hidden of the cells and of what is derived from them.

    What may be a sum counts as one as soon as the numbers still shown allow it.
    """
    small = {key for key, cell in known.items() if cell.is_small}
    small |= {key for key, ends in bounds.items() if _holds_few(*ends, known[key])}
    missing = {key for key, cell in known.items() if cell.part is None and not cell.is_bound}
    # Others may imply it, but nobody published it.
    missing |= {key for key, cell in known.items() if not cell.is_published and key not in small}
    still_hidden = {key for key, cell in known.items() if cell.stays_hidden} - small
    missing |= still_hidden
    guarded = {
        key for key in small | missing
        if known[key].is_visible
        and (key in small or (known[key].limit and known[key].is_published))
    }  # fmt: skip
    shown_before = {key for key, cell in known.items() if cell.was_shown}
    unknown = small | missing
    # Of its own: cells lose labels as it goes on.
    own = dict(known)
    choice = _Choice(own, small, unknown, guarded | still_hidden, shown_before, still_hidden)
    choice.unlabelled |= {key for key in small if known[key].is_unlabelled}
    by_indicator: dict[str, list[_Component]] = defaultdict(list)
    for component in components:
        is_concerned = component.concerns(guarded)
        of_its_own = component.copied() if is_concerned else component
        by_indicator[component.indicator_id].append(of_its_own)
        if is_concerned:
            choice.settle(of_its_own)
    for indicator_id in sorted({key[0] for key in guarded}):
        of_parts = parts.of(indicator_id)
        while of_parts and (more := choice.verify(of_parts, by_indicator[indicator_id])):
            for number, component in enumerate(by_indicator[indicator_id]):
                if component.concerns(more):
                    by_indicator[indicator_id][number] = component.copied()
                    choice.settle(by_indicator[indicator_id][number])
    return choice.hiding(component for each in by_indicator.values() for component in each)


@dataclass
class _Choice:
    """What is hidden so far: `others` besides what is small, and what follows all the same."""

    known: dict[Key, Cell]
    small: Set[Key]
    unknown: set[Key]
    to_guard: set[Key]
    shown_before: Set[Key]
    others: set[Key]
    exposed: set[Key] = field(default_factory=set)
    unlabelled: set[Key] = field(default_factory=set)

    def settle(self, component: _Component) -> None:
        """Hides what the sums of a component ask for, and takes in those that may be sums."""
        self._take_labels(telling_labels(component.sums, self.known))
        while True:
            more, still, by_words = guards_of(
                component.sums, self.known, self.unknown, self.to_guard, self.shown_before
            )
            if self._hide(more, still, by_words):
                continue
            open_now = [
                each for each in component.maybe
                if not self.others.isdisjoint(each.members)
                and may_come_to([self.known[key] for key in each.members], self.others)
            ]  # fmt: skip
            if not open_now:
                return
            component.sums.extend(open_now)
            component.maybe[:] = [each for each in component.maybe if each not in open_now]

    def verify(self, parts: Parts, components: Iterable[_Component]) -> set[Key]:
        """What else must be hidden by all that an indicator's numbers are made of, now hidden."""
        sums = [each for component in components for each in component.sums]
        before = {*self.others}
        while True:
            more, still, by_words = guards_of_parts(
                parts, sums, self.known, self.unknown, self.to_guard, self.shown_before
            )
            if not self._hide(more, still, by_words):
                return self.others - before

    def _hide(self, more: Set[Key], still: Set[Key], by_words: Set[Key]) -> bool:
        """Takes up what must be hidden; whether words of pages are left out, and all is new."""
        self.others |= more
        self.to_guard |= more
        self.unknown |= more
        if self._take_labels(still_labelled(by_words & self.small, self.known)):
            return True
        self.exposed |= still & self.small
        return False

    def _take_labels(self, revealing: Set[Key]) -> bool:
        if revealing:
            self.unlabelled |= revealing
            self.known |= without_labels(revealing, self.known)
        return bool(revealing)

    def hiding(self, components: Iterable[_Component]) -> Hiding:
        """All of it."""
        ranges = {key: own_bounds(self.known[key]) for key in self.small}
        for component in components:
            if component.concerns(self.others):
                ranges |= open_ranges(component.sums, self.known, self.unknown)
        unseen = self.others | self.small
        ranges = {key: ends for key, ends in ranges.items() if key in unseen}
        hidden = dict.fromkeys(sorted(self.small), True)
        hidden |= dict.fromkeys(sorted(self.others - self.small), False)
        return Hiding(hidden | dict.fromkeys(self.unlabelled, False), self.exposed, ranges)


def _all_bounds(
    components: Iterable[_Component], known: Mapping[Key, Cell]
) -> dict[Key, Bounds]:  # fmt: skip
    if not any(cell.is_bound for cell in known.values()):
        return {}
    return {
        key: ends
        for component in components
        for key, ends in narrowed_ranges(component.sums, known).items()
    }


def _holds_few(low: float, high: float, cell: Cell) -> bool:
    """Whether it is sure that fewer than the source's limit have something, or lack it."""
    lacking = inf if cell.whole is None else cell.whole - low
    return 0 < high < cell.limit or 0 < lacking < cell.limit


def _apart(sums: Sequence[Sum], maybe: Sequence[Sum]) -> Collection[_Component]:
    """The connected components of the constraint graph."""
    leader: dict[Key, Key] = {}

    def root_of(key: Key) -> Key:
        """The key that stands for the component of a key."""
        while (above := leader.setdefault(key, key)) != key:
            leader[key] = key = leader[above]
        return key

    for each in chain(sums, maybe):
        first = root_of(each.members[0])
        for key in each.members:
            # Most numbers of a sum are met for the first time.
            if leader.setdefault(key, first) != first:
                leader[root_of(key)] = first
    components: dict[Key, _Component] = defaultdict(_Component)
    for each in sums:
        components[root_of(each.members[0])].sums.append(each)
    for each in maybe:
        components[root_of(each.members[0])].maybe.append(each)
    return components.values()
