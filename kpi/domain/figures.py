"""Observations by key, and which of them may be in one series."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from statistics import median

from kpi.domain.model import Observation
from kpi.domain.period import Period

# (indicator, group, period) of the municipalities' values by area.
Municipal = Mapping[tuple[str, str, str], Mapping[str, float]]
# (indicator, area, group): a series.
Key = tuple[str, str, str]
_FEWEST_OF_MEDIAN = 3


class Figures:
    """Observations found by key. Keeps them oldest first within indicator, area and group.

    `municipal` contains the municipalities' values of the keys whose median may be needed, `newer`
    what a series has after its newest figure here: what no other area has yet.
    """

    def __init__(
        self,
        observations: Iterable[Observation],
        municipal: Municipal | None = None,
        newer: Mapping[Key, Observation] | None = None,
    ) -> None:
        self._municipal = municipal or {}
        self.newer: Mapping[Key, Observation] = newer or {}
        self._by_key: dict[tuple[str, str, str], list[Observation]] = defaultdict(list)
        self._by_period: dict[tuple[str, str, str, str], Observation] = {}
        for observation in observations:
            key = observation[:3]
            self._by_key[key].append(observation)
            self._by_period[(*key, observation.period.text)] = observation
        for known in self._by_key.values():
            if len(known) > 1:
                known.sort(key=lambda row: row.period.order)

    def __iter__(self) -> Iterator[tuple[str, str, str]]:
        """Every (indicator, area, group) that has a row."""
        return iter(self._by_key)

    def keys(self) -> tuple[tuple[str, str, str], ...]:
        """Every (indicator, area, group) that has a row."""
        return tuple(self._by_key)

    def with_municipal(self, municipal: Municipal) -> "Figures":
        """These figures with the municipalities' values of some keys."""
        known = Figures((), municipal, self.newer)
        known._by_key, known._by_period = self._by_key, self._by_period
        return known

    def of_areas(self, area_ids: Collection[str]) -> "Figures":
        """The rows of some areas, with the municipalities' values as here."""
        rows = [row for key, known in self._by_key.items() if key[1] in area_ids for row in known]
        newer = {key: row for key, row in self.newer.items() if key[1] in area_ids}
        return Figures(rows, self._municipal, newer)

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

    def median_of_others(self, own: Observation) -> tuple[float, int] | None:
        """The median of the other municipalities' values of the row's key, and how many they are.

        None with fewer than three of them.
        """
        return median_without(own.area_id, self.municipal_values(own))

    @property
    def municipal(self) -> Municipal:
        """The municipalities' values that were read, by key."""
        return self._municipal

    def municipal_values(self, own: Observation) -> Mapping[str, float]:
        """All municipalities' values of the row's key, by area; empty where they were not read."""
        return self._municipal.get((own.indicator_id, own.group_id, own.period.text), {})

    def before(self, observation: Observation) -> Observation | None:
        """The newest earlier row that it may be compared with: of two rolling years apart.

        What is counted since the same day only grows, and is compared with the count before.
        """
        earlier = [
            row
            for row in self.series_like(observation)
            if row.period.end < observation.period.end and row.period.is_apart(observation.period)
        ]
        return earlier[-1] if earlier else None

    def series_like(self, own: Observation) -> tuple[Observation, ...]:
        """The rows of its key that it may be in a series with, oldest first."""
        series = self.series(own.indicator_id, own.area_id, own.group_id)
        return tuple(row for row in series if are_alike(row, own))


def by_series(rows: Iterable[Observation]) -> Mapping[Key, tuple[Observation, ...]]:
    """The rows of each series, in their order."""
    series: dict[Key, list[Observation]] = defaultdict(list)
    for row in rows:
        series[row[:3]].append(row)
    return {key: tuple(known) for key, known in series.items()}


def median_without(area_id: str, values: Mapping[str, float]) -> tuple[float, int] | None:
    """The median of the other areas' values, and how many they are; None with fewer than three."""
    others = [value for other_id, value in values.items() if other_id != area_id]
    if len(others) < _FEWEST_OF_MEDIAN:
        return None
    return round(median(others), 10), len(others)


def alike_with(rows: Sequence[Observation], own: Observation) -> list[Observation]:
    """The rows of a key that may be in a series with one of them: `are_alike` of each."""
    kind = own.period.kind
    if kind in ("range", "year_to_date"):
        return [row for row in rows if are_alike(row, own)]
    # Of all other kinds any two periods are alike, and a long series is asked in one step.
    return [row for row in rows if row.period.kind == kind]


def are_alike(row: Observation, other: Observation) -> bool:
    """Whether two figures of one key may be in a series: of periods that are alike."""
    return row.period.is_like(other.period) or _is_since_the_same(row, other)


def _is_since_the_same(row: Observation, other: Observation) -> bool:
    is_range = row.period.kind == other.period.kind == "range"
    return is_range and row.measured == other.measured == "since" and (
        row.period.start == other.period.start
    )  # fmt: skip
