"""Comparing figures: change over time, gaps, ranks. Plain functions of observations, no database.

Two values are compared only when indicator, group and period are the same (of two groups: all but
the group). Values whose counts are known are compared as shares counted afresh.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from statistics import fmean

from kpi.catalog import Catalog
from kpi.format import round_half_up, rounds_to_zero
from kpi.measure import comparable_value, compares_in_percent, interval, share
from kpi.model import Area, Indicator, Observation
from kpi.period import Period
from kpi.statistics import compare_two

HIGHER, LOWER, BETTER, WORSE = "højere", "lavere", "bedre", "dårligere"
SAME = "kan ikke skelnes"
NO_COMPARISON = "ingen sammenligning"


@dataclass(frozen=True)
class Change:
    """From an earlier value to this one: points in the unit's own step, percent of the earlier.

    `is_chance`: the counts are known, and chance alone could have made the change.
    """

    since: Period
    earlier_value: float
    change_points: float
    relative_percent: float | None
    is_chance: bool = False


@dataclass(frozen=True)
class Comparison:
    """A value held against another area, an area set's mean, or a reference group.

    `kind` is "area", "area_set" or "group", `with_id` an id of that kind. `value` and `gap_points`
    (own value minus the other) are in percentage points when `in_percent`, else in the unit's own
    step; None when there is nothing to compare with. `low` and `high` are the gap's 95 % interval;
    None where no counts are known, so that chance could not be judged. `verdict` is one of the
    module's words.
    """

    kind: str
    with_id: str
    value: float | None
    gap_points: float | None
    verdict: str
    in_percent: bool
    other: Observation | None = None
    low: float | None = None
    high: float | None = None

    @property
    def is_judged(self) -> bool:
        """Whether counts are known, so that the verdict says what chance could do."""
        return self.low is not None


@dataclass(frozen=True)
class Rank:
    """A place among areas with a value: 1 is best (highest where neither end is better)."""

    place: int
    of: int
    among: str
    shared: bool


class Figures:
    """Observations found by key. Keeps them oldest first within indicator, area and group."""

    def __init__(self, observations: Iterable[Observation]) -> None:
        self._by_key: dict[tuple[str, str, str], list[Observation]] = defaultdict(list)
        self._by_period: dict[tuple[str, str, str, str], Observation] = {}
        for one in observations:
            self._by_key[one.indicator_id, one.area_id, one.group_id].append(one)
            self._by_period[one.indicator_id, one.area_id, one.group_id, one.period.text] = one
        for known in self._by_key.values():
            known.sort(key=lambda one: one.period.order)

    def __iter__(self) -> Iterator[tuple[str, str, str]]:
        """Every (indicator, area, group) that has a row."""
        return iter(self._by_key)

    def keys(self) -> tuple[tuple[str, str, str], ...]:
        """Every (indicator, area, group) that has a row."""
        return tuple(self._by_key)

    def newest(self, indicator_id: str, area_id: str, group_id: str) -> Observation | None:
        """The row of the latest period; of two that end on the same day the longer one."""
        known = self._by_key.get((indicator_id, area_id, group_id))
        return known[-1] if known else None

    def at(
        self, indicator_id: str, area_id: str, group_id: str, period: Period
    ) -> Observation | None:
        """The row of exactly this period."""
        return self._by_period.get((indicator_id, area_id, group_id, period.text))

    def series(self, indicator_id: str, area_id: str, group_id: str) -> tuple[Observation, ...]:
        """All rows of a key, oldest first."""
        return tuple(self._by_key.get((indicator_id, area_id, group_id), ()))

    def before(self, observation: Observation) -> Observation | None:
        """The newest earlier row of the same kind of period."""
        known = self.series(observation.indicator_id, observation.area_id, observation.group_id)
        earlier = [
            one
            for one in known
            if one.period.kind == observation.period.kind
            and one.period.end < observation.period.end
        ]
        return earlier[-1] if earlier else None


def change(newest: Observation, earlier: Observation | None, indicator: Indicator) -> Change | None:
    """The change from `earlier` to `newest`; None when either has no value.

    Nor is there one across kinds of period, or from a bare count to a share.
    """
    if earlier is None or earlier.period.kind != newest.period.kind:
        return None
    if compares_in_percent(earlier, indicator) != compares_in_percent(newest, indicator):
        return None
    now, then = comparable_value(newest, indicator), comparable_value(earlier, indicator)
    if now is None or then is None:
        return None
    points = _exact_difference(now, then)
    reach = _gap_interval(newest, earlier, then, indicator)
    is_chance = reach is not None and reach[0] <= 0 <= reach[1]
    return Change(earlier.period, then, points, 100 * points / then if then else None, is_chance)


def compare(
    own: Observation, other: Observation | None, indicator: Indicator, kind: str, with_id: str
) -> Comparison:
    """`own` held against another observation; without one, or across periods, there is no gap."""
    in_percent = compares_in_percent(own, indicator)
    if other is None or other.period != own.period:
        return Comparison(kind, with_id, None, None, NO_COMPARISON, in_percent)
    if compares_in_percent(other, indicator) != in_percent:
        return Comparison(kind, with_id, other.value, None, NO_COMPARISON, in_percent, other)
    theirs = comparable_value(other, indicator)
    return _comparison(own, theirs, indicator, (kind, with_id), other)


def compare_with_mean(
    own: Observation, members: Mapping[str, Observation | None], indicator: Indicator, set_id: str
) -> Comparison:
    """`own` held against the plain mean of an area set's other members.

    `members` maps each member's id to its row (None: it has none); the area itself is left out.
    The mean needs a value of every other member in the same period.
    """
    in_percent = compares_in_percent(own, indicator)
    others = [row for area_id, row in members.items() if area_id != own.area_id]
    values = [
        comparable_value(row, indicator)
        if row is not None
        and (row.period, row.group_id) == (own.period, own.group_id)
        and compares_in_percent(row, indicator) == in_percent
        else None
        for row in others
    ]
    known = [value for value in values if value is not None]
    mean = round(fmean(known), 10) if known and len(known) == len(values) else None
    return _comparison(own, mean, indicator, ("area_set", set_id), None)


def compare_with_value(
    own: Observation, value: float, indicator: Indicator, kind: str, with_id: str
) -> Comparison:
    """`own` held against a plain value of the same measure and period, such as a median."""
    return _comparison(own, value, indicator, (kind, with_id), None)


def _comparison(
    own: Observation,
    theirs: float | None,
    indicator: Indicator,
    against: tuple[str, str],
    other: Observation | None,
) -> Comparison:
    ours = comparable_value(own, indicator)
    in_percent = compares_in_percent(own, indicator)
    if ours is None or theirs is None:
        return Comparison(*against, theirs, None, NO_COMPARISON, in_percent, other)
    gap = _exact_difference(ours, theirs)
    # A bare count grows with the size of the area: the gap is a fact, a verdict would not be.
    if indicator.kind == "count" and not in_percent:
        return Comparison(*against, theirs, gap, NO_COMPARISON, in_percent, other)
    reach = _gap_interval(own, other, theirs, indicator)
    if reach is None:
        word = verdict(gap, indicator)
        return Comparison(*against, theirs, gap, word, in_percent, other)
    chance = reach[0] <= 0 <= reach[1]
    word = SAME if chance else verdict(gap, indicator)
    return Comparison(*against, theirs, gap, word, in_percent, other, *reach)


def _gap_interval(
    own: Observation, other: Observation | None, theirs: float, indicator: Indicator
) -> tuple[float, float] | None:
    """The 95 % interval of own minus other in percentage points; None without counts.

    Two counted shares are compared as such (Newcombe); a share against a plain value by the
    share's own interval.
    """
    ours, counted = interval(own, indicator), interval(other, indicator) if other else None
    if ours and counted and other:
        difference = compare_two(*_counts(own, indicator), *_counts(other, indicator))
        return 100 * difference.low, 100 * difference.high
    if ours:
        return ours[0] - theirs, ours[1] - theirs
    value = comparable_value(own, indicator)
    if counted and value is not None:
        return value - counted[1], value - counted[0]
    return None


def _counts(observation: Observation, indicator: Indicator) -> tuple[float, float]:
    counted = share(observation, indicator)
    assert counted is not None, "an interval was made of them"
    return counted


def verdict(gap_points: float, indicator: Indicator) -> str:
    """The word for a gap: better or worse where one direction is better, else higher or lower.

    A gap that rounds to nothing at the indicator's decimals is no difference.
    """
    if rounds_to_zero(gap_points, indicator.decimals):
        return SAME
    if indicator.direction == "neutral":
        return HIGHER if gap_points > 0 else LOWER
    return BETTER if (gap_points > 0) == (indicator.direction == "higher_is_better") else WORSE


def rank(
    values: Mapping[str, float], area_id: str, indicator: Indicator, among: str
) -> Rank | None:
    """The area's place among areas with a value; equal values share the better place (1, 2, 2, 4).

    Values are compared as they are shown. None when the area has no value, or no other has.
    """
    if area_id not in values or len(values) < 2:
        return None
    shown = {key: round_half_up(value, indicator.decimals) for key, value in values.items()}
    own = shown[area_id]
    if indicator.direction == "lower_is_better":
        ahead = sum(value < own for value in shown.values())
    else:
        ahead = sum(value > own for value in shown.values())
    shared = sum(value == own for value in shown.values()) > 1
    return Rank(ahead + 1, len(values), among, shared)


def persons(gap_points: float, denominator: float | None) -> int | None:
    """How many of `denominator` a gap in percentage points stands for, rounded; None if unknown."""
    if not denominator:
        return None
    return int(round_half_up(abs(gap_points) / 100 * denominator, 0))


def comparisons(own: Observation, figures: Figures, catalog: Catalog) -> tuple[Comparison, ...]:
    """All that a figure is held against, most telling first; only those that have a value.

    Country, the sets' means without the area itself, parent, reference group, then the fellow
    members of the area's sets and, for a programme area, the other programme areas.
    """
    indicator = catalog.indicators[own.indicator_id]
    area = catalog.areas[own.area_id]

    def row(area_id: str, group_id: str = own.group_id) -> Observation | None:
        return figures.at(own.indicator_id, area_id, group_id, own.period)

    found = [
        compare(own, row(other.area_id), indicator, "area", other.area_id)
        for other in _above(area, catalog)
    ]
    sets = catalog.sets_of(area.area_id)
    for one in sets:
        if len(one.area_ids) > 2:
            members = {area_id: row(area_id) for area_id in one.area_ids}
            found.append(compare_with_mean(own, members, indicator, one.set_id))
    reference = catalog.groups[own.group_id].reference_group_id
    if reference:
        against = row(own.area_id, reference)
        found.append(compare(own, against, indicator, "group", reference))
    siblings = catalog.siblings(area) if area.level == "programme_area" else ()
    fellows = dict.fromkeys(
        [area_id for one in sets for area_id in one.area_ids]
        + [other.area_id for other in siblings]
    )
    found += [
        compare(own, row(area_id), indicator, "area", area_id)
        for area_id in fellows
        if area_id != area.area_id
    ]
    return tuple(one for one in found if one.gap_points is not None)


def _above(area: Area, catalog: Catalog) -> tuple[Area, ...]:
    country = catalog.country()
    parent = catalog.areas.get(area.parent_id or "")
    return tuple(
        dict.fromkeys(
            one for one in (country, parent) if one is not None and one.area_id != area.area_id
        )
    )


def _exact_difference(left: float, right: float) -> float:
    # 70.0 - 77.2 is -7.2000000000000028 in binary; published figures have few decimals.
    return round(left - right, 10)
