"""Between which numbers each denominator lies, by how percentages and means are mixed.

A total's rate lies between those of its parts, the nearer the larger a part is: that ties of how
many they are to each other, whatever the whole numbers. Here are these ties as linear equations
with intervals for coefficients, and the bounds that follow from them one by one.
"""

from collections.abc import Mapping, Sequence
from math import ceil, floor, inf

from kpi.suppression.cells import Key, Sum

Ends = tuple[float, float]
# Numbers (none below 0) that come to nothing together, each so many times.
Equation = Sequence[tuple[Key, Ends]]

_NOTHING = 1e-6
# Bounds that narrow each other converge in a few rounds; further ones are of no consequence.
_MOST_ROUNDS = 20
# Of a total with more parts it is only looked at how far each is from it.
_FEW_PARTS = 8
# Of so many sums that do not hold together with others, nothing is taken from any.
_MOST_TRIALS = 5


def equations_of(sums: Sequence[Sum], rates: Mapping[Key, Ends]) -> list[list[Equation]]:
    """What each sum says of how many its members are; `rates` are those that are known."""
    return [_of_sum(each, rates) for each in sums]


def _of_sum(each: Sum, rates: Mapping[Key, Ends]) -> list[Equation]:
    terms = list(zip(each.members, each.signs, strict=True))
    equations: list[Equation] = [[(key, (float(sign), float(sign))) for key, sign in terms]]
    if rates.keys() >= {*each.members}:
        # The persons come to nothing, and so do all, whatever rate is taken off each.
        members = each.members if len(each.members) <= _FEW_PARTS + 1 else each.members[:1]
        equations += [
            [(key, _times(sign, rates[key], taken_off)) for key, sign in terms]
            for taken_off in sorted({end for key in members for end in rates[key]})
        ]
    return equations


def _times(sign: int, rate: Ends, taken_off: float) -> Ends:
    low, high = rate[0] - taken_off, rate[1] - taken_off
    return (low, high) if sign > 0 else (-high, -low)


def narrowed_bounds(
    bounds: Mapping[Key, Ends], equations: Sequence[Sequence[Equation]], rests: Sequence[Sum]
) -> dict[Key, Ends]:
    """The bounds by what the others of each equation leave, but of sums that do not hold.

    `rests` are totals, the first of each, of which the parts come to no more.
    """
    holding = [
        of_sum
        for of_sum in equations
        if _narrowed(_of_members(of_sum, bounds), [of_sum], ()) is None
    ]
    for _ in range(_MOST_TRIALS):
        narrowed = dict(bounds)
        contradiction = _narrowed(narrowed, holding, rests)
        if contradiction is None:
            return narrowed
        holding = [of_sum for of_sum in holding if of_sum is not contradiction]
    return dict(bounds)


def _of_members(equations: Sequence[Equation], bounds: Mapping[Key, Ends]) -> dict[Key, Ends]:
    return {key: bounds[key] for key, _ in equations[0]}


def _narrowed(
    bounds: dict[Key, Ends], equations: Sequence[Sequence[Equation]], rests: Sequence[Sum]
) -> Sequence[Equation] | None:
    """Narrows the bounds; the equations of a sum that leaves none for a number, if any does."""
    for _ in range(_MOST_ROUNDS):
        before = dict(bounds)
        for of_sum in equations:
            if not all(_narrow(equation, bounds) for equation in of_sum):
                return of_sum
        for total, *parts in (each.members for each in rests):
            least = sum(bounds[part][0] for part in parts)
            _take_up(bounds, total, least, inf)
            for part in parts:
                room = bounds[total][1] - (least - bounds[part][0])
                _take_up(bounds, part, 0.0, room)
        if not any(_is_much(before[key], ends) for key, ends in bounds.items()):
            break
    return None


def _is_much(before: Ends, after: Ends) -> bool:
    """Whether bounds became so much narrower that others may, too."""
    if before[1] == inf:
        return after[1] < inf or after[0] > before[0]
    return after[1] - after[0] < 0.9 * (before[1] - before[0])


def _narrow(equation: Equation, bounds: dict[Key, Ends]) -> bool:
    """Narrows the bounds of each number of an equation by those of the others; False: to none."""
    ends = {key: _product(times, bounds[key]) for key, times in equation}
    lows, highs = [low for low, _ in ends.values()], [high for _, high in ends.values()]
    endless_lows, endless_highs = lows.count(-inf), highs.count(inf)
    all_low = sum(low for low in lows if low > -inf)
    all_high = sum(high for high in highs if high < inf)
    for key, (least, most) in equation:
        if least <= _NOTHING and most >= -_NOTHING:
            continue  # as far as is known it may be none of it
        low, high = ends[key]
        # What the others come to: this one is as much less.
        others_low = all_low - (low if low > -inf else 0)
        others_high = all_high - (high if high < inf else 0)
        if endless_lows > (low == -inf):
            others_low = -inf
        if endless_highs > (high == inf):
            others_high = inf
        if least < 0:
            least_room, most_room = others_low / -least, others_high / -most
        else:
            least_room, most_room = -others_high / most, -others_low / least
        if not _take_up(bounds, key, max(least_room, 0.0), most_room):
            return False
    return True


def _product(times: Ends, bounds: Ends) -> Ends:
    least, most = bounds
    low = times[0] * (least if times[0] >= 0 else most) if times[0] else 0.0
    high = times[1] * (most if times[1] >= 0 else least) if times[1] else 0.0
    return low, high


def _take_up(bounds: dict[Key, Ends], key: Key, least: float, most: float) -> bool:
    low, high = bounds[key]
    low = max(low, ceil(least - _NOTHING) if least < inf else low)
    high = min(high, floor(most + _NOTHING) if abs(most) < inf else high)
    if low > high:
        return False
    bounds[key] = low, high
    return True
