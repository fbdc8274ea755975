"""Of how many a percentage or a mean is, where its row does not say: as those of others imply it.

Denominators of groups and areas add up. Where two are missing beside their total, how near each is
to the total's percentage or mean gives them, and where a part is of few, its percentage alone does
(kpi/suppression/mixtures.py).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from itertools import islice

from kpi.suppression.areas import Areas, all_around, children_of, makings, of_one_time
from kpi.suppression.cells import Key
from kpi.suppression.groups import Groups, ways_to_make, wholes_of
from kpi.suppression.mixtures import Rate, Room, of_mixture, of_part, persons_within

# A place of a key (1: its area, 2: its group), and a total there with all its parts.
Way = tuple[int, tuple[str, ...]]
# A denominator may follow from one that follows itself.
_MOST_ROUNDS = 5


class Sums:
    """Totals with all their parts, and by (place, id) those that each is in."""

    def __init__(self, ways: Sequence[Way]) -> None:
        self.ways = ways
        self.by_member: dict[tuple[int, str], list[tuple[str, ...]]] = defaultdict(list)
        for place, ids in ways:
            for id_ in dict.fromkeys(ids if len(ids) > 1 else ()):
                self.by_member[place, id_].append(ids)

    def of(self, key: Key) -> Iterator[Way]:
        """The sums that a key is in."""
        for place in (1, 2):
            yield from ((place, ids) for ids in self.by_member.get((place, key[place]), ()))


class Ways:
    """How groups and areas make up others, and which contain each."""

    def __init__(self, areas: Areas, every: Sequence[Groups]) -> None:
        self._areas = areas
        self._every = every
        self._children = children_of(areas)
        self._of_groups: list[Way] = [
            (2, (whole_id, *part_ids))
            for groups in every for whole_id, part_ids in ways_to_make(groups)
        ]  # fmt: skip
        self._sums: dict[frozenset[str], Sums] = {}
        self._groups_around: dict[str, set[str]] = {}
        self._around_area: dict[str, set[str]] = defaultdict(set)
        for area_id, whole_id, _ in all_around(areas):
            self._around_area[area_id].add(whole_id)

    def of_areas(self, area_ids: frozenset[str]) -> "Sums":
        """The ways where some areas have a number; others are taken for none."""
        if area_ids not in self._sums:
            ways = [(total, *parts) for total, parts in makings(area_ids, self._children)]
            ways += of_one_time(ways, self._areas)
            self._sums[area_ids] = Sums([*self._of_groups, *((1, way) for way in ways)])
        return self._sums[area_ids]

    def lines(self, published: Set[Key]) -> Callable[[int, Key], Iterator[list[Key]]]:
        """What gives the keys of each sum of areas (1) or groups (2), for some published ones."""
        # Asked once for all lines of a thousand keys: every line would go through all of them.
        sums = self.of_areas(frozenset(key[1] for key in published))
        by_place: dict[int, list[tuple[str, ...]]] = defaultdict(list)
        for its_place, ids in sums.ways:
            by_place[its_place].append(ids)

        def of_line(place: int, others: Key) -> Iterator[list[Key]]:
            """The keys of each sum along a line."""
            indicator_id, area_id, group_id, period = others
            for ids in by_place[place]:
                if place == 1:
                    yield [(indicator_id, id_, group_id, period) for id_ in ids]
                else:
                    yield [(indicator_id, area_id, id_, period) for id_ in ids]

        return of_line

    def containing(self, key: Key) -> Iterator[Key]:
        """The keys of all areas and groups that contain those of a key."""
        for area_id in (key[1], *self._around_area.get(key[1], ())):
            for group_id in (key[2], *self._around_group(key[2])):
                if (area_id, group_id) != (key[1], key[2]):
                    yield key[0], area_id, group_id, key[3]

    def _around_group(self, group_id: str) -> Set[str]:
        if group_id not in self._groups_around:
            parts = (part for every in self._every for part in wholes_of(group_id, every))
            self._groups_around[group_id] = {part.group_id for part in parts}
        return self._groups_around[group_id]


def implied_denominators(
    known: Mapping[Key, float], lacking: Set[Key], rates: Mapping[Key, Rate], ways: Ways
) -> dict[Key, float]:
    """The denominators of the lacking keys that follow; all keys are of one indicator and period.

    `rates` are the percentages or means of all keys that have one.
    """
    sums = ways.of_areas(frozenset(key[1] for key in (*known, *lacking)))
    denominators: dict[Key, float] = {}
    for _ in range(_MOST_ROUNDS):
        now, still = {**known, **denominators}, lacking - denominators.keys()
        more = {
            key: min(numbers) for key in still if (numbers := [*_of_ways(key, sums, now)])
        }  # fmt: skip
        if not more:
            more = dict(_of_two(sums, now, still, rates))
            for key in still - more.keys():
                of_all = _of_few(key, sums, ways, now, rates)
                more |= {} if of_all is None else {key: of_all}
        if not more:
            break
        denominators |= more
    return denominators


def lines_of(keys: Iterable[Key]) -> list[tuple[int, Key]]:
    """By what keys differ (1: area, 2: group), each with a key that has no such part."""
    return sorted({(place, moved(key, place, "")) for key in keys for place in (1, 2)})


def moved(key: Key, place: int, id_: str) -> Key:
    """The key with another area (1) or group (2)."""
    return (key[0], id_, key[2], key[3]) if place == 1 else (key[0], key[1], id_, key[3])


def _of_ways(key: Key, sums: Sums, known: Mapping[Key, float]) -> Iterator[float]:
    """What the other numbers of each sum leave for a key, where all of them are known."""
    for place, ids in sums.of(key):
        left = 0.0
        for id_ in ids:
            if id_ != key[place]:
                number = known.get(moved(key, place, id_))
                if number is None:
                    break
                left += number if id_ == ids[0] else -number
        else:
            left = -left if key[place] == ids[0] else left
            if left > 0:
                yield left


def _of_two(
    sums: Sums, known: Mapping[Key, float], lacking: Set[Key], rates: Mapping[Key, Rate]
) -> Iterator[tuple[Key, float]]:
    """The denominators of two keys of a sum that lack one, as far as their rates imply them."""
    for its_place, others in lines_of(lacking):
        for place, ids in sums.ways:
            if place != its_place or len(ids) < 3:
                continue
            keys = [moved(others, place, id_) for id_ in ids]
            unknown = [*islice((key for key in keys if key not in known), 3)]
            if len(unknown) == 2 and lacking >= {*unknown} and rates.keys() >= {*keys}:
                by_place = of_mixture(
                    [rates[key] for key in keys], [known.get(key) for key in keys]
                )
                yield from ((keys[number], of_all) for number, of_all in by_place.items())


def _of_few(
    key: Key, sums: Sums, ways: Ways, known: Mapping[Key, float], rates: Mapping[Key, Rate]
) -> float | None:
    """The denominator of a percentage that is of so few that only one number of persons fits."""
    rate = rates.get(key)
    if rate is None or not rate.is_share:
        return None
    rooms = [_room(whole, (), known, rates) for whole in ways.containing(key)]
    for place, ids in sums.of(key):
        whole = moved(key, place, ids[0])
        if whole != key and whole in known:
            others = [moved(key, place, id_) for id_ in ids[1:] if id_ != key[place]]
            rooms.append(_room(whole, others, known, rates))
    return of_part(rate, [room for room in rooms if room is not None])


def _room(
    whole: Key, others: Sequence[Key], known: Mapping[Key, float], rates: Mapping[Key, Rate]
) -> Room | None:
    """What a total leaves beside other parts of it that are known; None where it is not known."""
    if whole not in known or whole not in rates or not rates[whole].is_share:
        return None
    of_all = known[whole]
    least, most = persons_within(rates[whole], of_all)
    for other in others:
        if other in known and other in rates:
            low, high = persons_within(rates[other], known[other])
            of_all, least, most = of_all - known[other], least - high, most - low
    return Room(of_all, most, of_all - least)
