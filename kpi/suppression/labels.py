"""Small numbers that must not be called small: a year `<5` of four quarters `<5` is four of one.

Where the words of pages alone leave one value for a small number there is nothing else to hide.
Then a total is only called hidden, as a number that guards another is.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace

from kpi.suppression.bounds import determined_by_bounds
from kpi.suppression.cells import Cell, Key, Sum
from kpi.suppression.whole_numbers import determined_together


def telling_labels(sums: Sequence[Sum], known: Mapping[Key, Cell]) -> set[Key]:
    """The small numbers of some sums whose pages must not say that they are.

    As if nothing at all were shown: what is, has other numbers beside it that can be hidden.
    """
    totals = [each.members[0] for each in sums if _says_most_of_several(each, known)]
    if not totals:
        return set()
    of_few = {key for each in sums for key in each.members if known[key].is_small}
    near = [each for each in sums if not of_few.isdisjoint(each.members)]
    everything = {key for each in near for key in each.members}
    revealing: set[Key] = set()
    while True:
        labelled = {**known, **without_labels(revealing, known)} if revealing else known
        determined, _ = determined_by_bounds(near, labelled, everything, of_few)
        determined = determined or determined_together(near, labelled, everything, of_few)
        left = determined - revealing
        if not left:
            return revealing
        revealing |= _topmost(left.intersection(totals), near) or left


def _topmost(totals: Set[Key], sums: Sequence[Sum]) -> set[Key]:
    """Those of some totals that are part of no other one of them.

    Of 1, 1 and 1 everyone is: were the totals of two of them left out as well, as they are of no
    other numbers, that would disclose which these are.
    """
    parts = {
        key for each in sums if each.members[0] in totals
        for key in each.members[1:] if key != each.members[0]
    }  # fmt: skip
    return {*totals} - parts or {*totals}


def still_labelled(keys: Set[Key], known: Mapping[Key, Cell]) -> set[Key]:
    """The small numbers of some keys whose pages still call them small.

    All of them: were the largest taken, what pages say would disclose which one that is.
    """
    return {key for key in keys if known[key].part is not None and not known[key].is_unlabelled}


def without_labels(keys: Set[Key], known: Mapping[Key, Cell]) -> dict[Key, Cell]:
    """The cells of some keys as ones whose pages do not call them small."""
    return {key: replace(known[key], is_unlabelled=True) for key in sorted(keys)}


def _says_most_of_several(each: Sum, known: Mapping[Key, Cell]) -> bool:
    """Whether a total that is called small has several parts that are."""
    if not known[each.members[0]].is_small:
        return False
    return sum(known[key].is_small for key in each.members[1:]) > 1
