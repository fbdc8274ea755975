"""What a sum, or a total with parts of it, leaves of the pairs that its numbers may be."""

from collections.abc import Iterable, Sequence

import numpy as np

from kpi.suppression.pairs import BASE, Codes, View, having, lacking, of_all_of

# So many sums of pairs are made for one constraint; of more it is looked at when some are chosen.
_MOST_TOGETHER = 60_000
# So many pairs are kept with the least and the most of them.
_MOST_KEPT = 2_000_000


class Room:
    """Whether totals have room for all pairs of their parts: mostly they do.

    Then no pair need be looked at, and the least and the most of some pairs are kept, as thousands
    of totals have the same parts.
    """

    def __init__(self) -> None:
        self._ends: dict[int, tuple[Codes, Sequence[tuple[int, int]]]] = {}
        self._kept = 0

    def is_short(self, domains: Sequence[Codes], views: int) -> bool:
        """Whether `by_rest` leaves out any pair, in the first of its views."""
        every = [self._ends_of(codes)[:views] for codes in domains]
        for whole, *parts in zip(*every, strict=True):
            together = sum(least for least, _ in parts)
            if whole[0] < together or any(
                most - least > whole[1] - together for least, most in parts
            ):
                return True
        return False

    def _ends_of(self, codes: Codes) -> Sequence[tuple[int, int]]:
        """The least and the most of some pairs in each view."""
        if codes.size == 1:
            of_all, persons = divmod(int(codes[0]), BASE)
            return (of_all, of_all), (persons, persons), (of_all - persons, of_all - persons)
        known = self._ends.get(id(codes))
        if known is None:
            ends = [
                (int(each.min()), int(each.max()))
                for view in (of_all_of, having, lacking) for each in [view(codes)]
            ]  # fmt: skip
            self._kept += codes.size
            if self._kept > _MOST_KEPT:
                self._ends.clear()
                self._kept = codes.size
            # The pairs stay with them, so that no others get their number.
            known = self._ends[id(codes)] = codes, ends
        return known[1]


def by_sum(domains: Sequence[Codes], signs: Sequence[int]) -> list[Codes]:
    """The pairs of each number that come to nothing with some pairs of all others."""
    fixed = 0
    several: list[int] = []
    for place, (codes, sign) in enumerate(zip(domains, signs, strict=True)):
        if codes.size == 1:
            fixed += sign * int(codes[0])
        else:
            several.append(place)
    narrowed = [*domains]
    if not several:
        return narrowed if fixed == 0 else [codes[:0] for codes in domains]
    signed = [signs[place] * domains[place] for place in several]
    before, after = [np.array([fixed])], [np.array([0])]
    for codes, sums in (
        *((codes, before) for codes in signed[:-1]),
        *((codes, after) for codes in signed[:0:-1]),
    ):
        together = _together(sums[-1], codes)
        if together is None:
            return narrowed
        sums.append(together)
    for number, place in enumerate(several):
        others = _together(before[number], after[len(several) - 1 - number])
        if others is None:
            return narrowed
        narrowed[place] = domains[place][np.isin(signed[number], -others)]
    return narrowed


def _together(first: Codes, second: Codes) -> Codes | None:
    """All sums of two numbers; None where these are too many."""
    if first.size * second.size > _MOST_TOGETHER:
        return None
    if first.size == 1 or second.size == 1:
        return first + second
    every: Codes = np.unique(np.add.outer(first, second))
    return every


def by_rest(domains: Sequence[Codes], views: Iterable[View]) -> list[Codes]:
    """The pairs of a total, the first, and of parts of it that do not come to more in any view."""
    keeps = [np.ones(codes.size, dtype=bool) for codes in domains]
    for view in views:
        numbers = [view(codes) for codes in domains]
        least = [int(each.min()) for each in numbers]
        parts, most = sum(least[1:]), int(numbers[0].max())
        keeps[0] &= numbers[0] >= parts
        for place in range(1, len(domains)):
            keeps[place] &= numbers[place] <= most - (parts - least[place])
    return [codes[keep] for codes, keep in zip(domains, keeps, strict=True)]
