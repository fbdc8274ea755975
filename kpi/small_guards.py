"""Which numbers of some sums must be hidden so that the guarded ones among them are not told."""

from collections import defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence, Set

from kpi.small_cells import Cell, Key, Sum
from kpi.small_equations import determined, equations_of
from kpi.small_pins import pinned


def guards_of(
    sums: Sequence[Sum],
    known: Mapping[Key, Cell],
    unknown: set[Key],
    guarded: Set[Key],
    shown_before: Set[Key],
) -> tuple[set[Key], set[Key]]:
    """What must be hidden beside the guarded numbers of some sums; `unknown` grows by it.

    Twice: from those who remember all that was shown before, as far as that can be; then from those
    who see what is shown now. The second answer is what can be worked out by memory all the same.
    """
    remembered = {key for each in sums for key in each.members} if shown_before else set()
    remembered &= shown_before
    others: set[Key] = set()
    still: set[Key] = set()
    if remembered:
        new = {key for each in sums for key in each.members if key in unknown} - remembered
        others, still = _others_to_hide(sums, known, new, guarded - remembered, remembered)
        unknown |= others
    return others | _against_readers_of_now(sums, known, unknown, guarded | others), still


def _against_readers_of_now(
    sums: Sequence[Sum], known: Mapping[Key, Cell], unknown: set[Key], guarded: Set[Key]
) -> set[Key]:
    """What must be hidden so that the sums leave several whole numbers for each guarded one."""
    others: set[Key] = set()
    while True:
        more, _ = _others_to_hide(sums, known, unknown, guarded | others, frozenset())
        others |= more
        held = {key for key in pinned(sums, known, unknown) & guarded if known[key].is_small}
        more = _guards(held, _by_member(sums), known, unknown, frozenset()) if held else set()
        if not more:
            return others
        others |= more
        unknown |= more


def _by_member(sums: Sequence[Sum]) -> dict[Key, list[Sum]]:
    found: dict[Key, list[Sum]] = defaultdict(list)
    for each in sums:
        for key in each.members:
            found[key].append(each)
    return found


def _others_to_hide(
    sums: Sequence[Sum],
    known: Mapping[Key, Cell],
    unknown: set[Key],
    guarded: Set[Key],
    kept: Set[Key],
) -> tuple[set[Key], set[Key]]:
    """What must be hidden beside the guarded numbers of some sums; `unknown` grows by it.

    Nothing of `kept`; the guarded numbers that are told for want of others are the second answer.
    """
    sums_with = _by_member(sums)
    equations = equations_of(sums)
    others: set[Key] = set()
    touched = sums
    while True:
        # Nearly all is found sum by sum; what only several tell together is dear to work out.
        others |= _close_gaps(touched, sums_with, known, unknown, guarded | others, kept)
        told = determined(equations, unknown) & (guarded | others)
        more = _guards(told, sums_with, known, unknown, kept)
        if not more:
            return others, told
        others |= more
        unknown |= more
        touched = [each for key in sorted(more) for each in sums_with[key]]


def _close_gaps(
    touched: Iterable[Sum],
    sums_with: Mapping[Key, list[Sum]],
    known: Mapping[Key, Cell],
    unknown: set[Key],
    guarded: Set[Key],
    kept: Set[Key],
) -> set[Key]:
    """One more number for each sum that tells a guarded one, and for the sums that it is in.

    A limit or a range in a sum with a number that is not shown would narrow it down: it goes, too.
    """
    found: set[Key] = set()
    waiting = deque(touched)
    while waiting:
        members = waiting.popleft().members
        if unknown.isdisjoint(members):
            continue
        gap = [key for key in members if key in unknown]
        narrowing = [
            key for key in members if known[key].is_bound and key not in unknown and key not in kept
        ]
        if narrowing and any(known[key].is_published or key in guarded for key in gap):
            chosen = narrowing
        elif len(gap) == 1 < len(members) and (gap[0] in guarded or gap[0] in found):
            shown = [key for key in members if key != gap[0] and key not in kept]
            if not shown:
                continue
            chosen = [min(shown, key=lambda key: _loss(known[key], key == members[0]))]
        else:
            continue
        found.update(chosen)
        unknown.update(chosen)
        waiting += [each for key in chosen for each in sums_with[key]]
    return found


def _guards(
    told: Set[Key],
    sums_with: Mapping[Key, list[Sum]],
    known: Mapping[Key, Cell],
    unknown: Set[Key],
    kept: Set[Key],
) -> set[Key]:
    """For each number that the sums tell, the shown one nearest to it that is missed least."""
    chosen: set[Key] = set()
    for key in sorted(told):
        shown = _shown_near(key, sums_with, unknown, kept)
        if shown and chosen.isdisjoint(one for one, _ in shown):
            losses = [(_loss(known[one], is_total), one) for one, is_total in shown]
            chosen.add(min(losses)[1])
    return chosen


def _shown_near(
    key: Key, sums_with: Mapping[Key, list[Sum]], unknown: Set[Key], kept: Set[Key]
) -> list[tuple[Key, bool]]:
    """The shown numbers of its own sums, else of the sums of their numbers, and so on.

    Each with whether it is a total. Several sums may tell a number that stands in none with a shown
    one: they are strung together by numbers that are not shown.
    """
    ring, passed, seen = [key], {key}, set[int]()
    while ring:
        # A sum that has been met has nothing that is shown.
        near = {id(each): each for beside_key in ring for each in sums_with[beside_key]}
        fresh = [each for number, each in near.items() if number not in seen]
        shown = [
            (one, place == 0)
            for each in fresh
            for place, one in enumerate(each.members)
            if one not in unknown and one not in kept
        ]
        if shown:
            return shown
        seen.update(near)
        ring = list({one for each in fresh for one in each.members} - passed)
        passed.update(ring)
    return []


def _loss(cell: Cell, is_total: bool) -> tuple[float, ...]:
    """What hiding a cell costs: public figures are of no use to hide, totals are missed most.

    Nor is it of much use to hide what people have read before. What is hidden already stays so
    rather than another is, and one number of all days rather than one of each.
    """
    part = cell.part if cell.part is not None else cell.low or cell.high or 0.0
    return (
        cell.limit == 0, cell.was_shown, not cell.was_hidden, cell.was_mended, is_total,
        part == 0, part,
    )  # fmt: skip
