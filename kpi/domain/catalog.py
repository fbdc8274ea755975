"""Everything that names the figures (themes, indicators, areas, groups, sources) of one version."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

from kpi.domain.errors import KpiError, choices_hint
from kpi.domain.format import long_date
from kpi.domain.model import (
    Area,
    AreaSet,
    Indicator,
    Observation,
    PopulationGroup,
    Source,
    Theme,
    TilePlace,
)
from kpi.domain.period import Period, today
from kpi.domain.plan import Comment, Event, Meeting, Remark, Target
from kpi.domain.similarity import Similarity
from kpi.domain.vocabulary import Dispute

T = TypeVar("T")

# The id of the set of similar municipalities, which is another one for each area and indicator.
SIMILAR = "similar"
# The levels in the order in which a person looks for their areas.
_LOOKED_FOR = (
    "programme_area", "housing_area", "country", "region", "municipality", "parish", "school",
)  # fmt: skip


@dataclass(frozen=True)
class Catalog:
    """The metadata of one version; each mapping keeps the order of its table."""

    themes: Mapping[str, Theme]
    indicators: Mapping[str, Indicator]
    areas: Mapping[str, Area]
    area_sets: Mapping[str, AreaSet]
    groups: Mapping[str, PopulationGroup]
    sources: Mapping[str, Source]
    abbreviations: tuple[tuple[str, str], ...]
    school_figures: frozenset[str]
    meetings: Mapping[str, Meeting] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    targets: tuple[Target, ...] = ()
    # What papers say of single figures.
    remarks: tuple[Remark, ...] = ()
    # What the administration says, oldest first.
    comments: tuple[Comment, ...] = ()
    # Keys (indicator, area, group, period) of which a paper says a number that is not confirmed,
    # with the claim's outcome: it differs, or is rounded.
    disputed: Mapping[tuple[str, str, str, str], Dispute] = field(default_factory=dict)
    # Keys of recent figures far from all other areas' and from the area's own, not confirmed.
    implausible: frozenset[tuple[str, str, str, str]] = frozenset()
    # By series (indicator, area, group) the next figures of periods that had not begun when the
    # version was opened: what no page shows as newest, and names beside what it shows.
    ahead: Mapping[tuple[str, str, str], tuple[Observation, ...]] = field(default_factory=dict)
    # The theme of a group's figures (indicator, group), where it is another than the indicator's.
    group_themes: Mapping[tuple[str, str], str] = field(default_factory=dict)
    # The squares of the schematic map; empty where there is none.
    tiles: Mapping[str, TilePlace] = field(default_factory=dict)
    # The structure figures by which municipalities are called similar.
    similarity: Similarity = field(default_factory=Similarity, compare=False)
    # The earlier day whose knowledge it holds.
    as_of: date | None = field(default=None, compare=False)

    def is_implausible(self, row: Observation) -> bool:
        """Whether the figure cannot be believed, and nobody has confirmed it."""
        key = row.indicator_id, row.area_id, row.group_id, row.period.text
        return key in self.implausible

    def ahead_of(self, indicator_id: str, area_id: str, group_id: str) -> tuple[Observation, ...]:
        """The series' next figures whose period has not begun on the catalog's day."""
        rows = self.ahead.get((indicator_id, area_id, group_id), ())
        return tuple(row for row in rows if row.period.start > self.day)

    def doubts_change(self, row: Observation, since: Period) -> bool:
        """Whether the figure, or that of its key in another period, cannot be believed."""
        key = row.indicator_id, row.area_id, row.group_id
        return (*key, row.period.text) in self.implausible or (*key, since.text) in self.implausible

    def doubted_areas(self, row: Observation) -> Collection[str]:
        """The areas whose figures of the row's indicator, group and period cannot be believed."""
        return self._doubted.get((row.indicator_id, row.group_id, row.period.text), ())

    @cached_property
    def _doubted(self) -> Mapping[tuple[str, str, str], set[str]]:
        # Asked for every figure of a page, as `_alike`.
        doubted: dict[tuple[str, str, str], set[str]] = {}
        for indicator_id, area_id, group_id, period in self.implausible:
            doubted.setdefault((indicator_id, group_id, period), set()).add(area_id)
        return doubted

    @property
    def day(self) -> date:
        """The day that targets are looked at from: today, without `as_of`."""
        return self.as_of or today()

    def indicator(self, indicator_id: str) -> Indicator:
        """The indicator with this id; KpiError with the nearest valid ids when there is none."""
        return _named(self.indicators, indicator_id, "nøgletal", self.as_of)

    def theme(self, theme_id: str) -> Theme:
        """The theme with this id; KpiError with the nearest valid ids when there is none."""
        return _named(self.themes, theme_id, "tema", self.as_of)

    def area(self, area_id: str) -> Area:
        """The area with this id; KpiError with the nearest valid ids when there is none."""
        return _named(self.areas, area_id, "område", self.as_of)

    def group(self, group_id: str) -> PopulationGroup:
        """The population group with this id; KpiError with the nearest when there is none."""
        return _named(self.groups, group_id, "gruppe", self.as_of)

    def meeting(self, meeting_id: str) -> Meeting:
        """The meeting with this id; KpiError with the nearest valid ids when there is none."""
        return _named(self.meetings, meeting_id, "møde", self.as_of)

    def theme_of(self, indicator_id: str, group_id: str) -> str:
        """The theme that a group's figures of an indicator stand under: mostly the indicator's."""
        own = self.indicators[indicator_id].theme_id
        return self.group_themes.get((indicator_id, group_id), own)

    def by_theme(self, indicator: Indicator) -> tuple[Indicator, ...]:
        """The indicator as it stands under each of its themes, its own first.

        Under another one the first of the groups that stand there is its usual group; it is no
        headline there.
        """
        usual: dict[str, str] = {}
        for (indicator_id, group_id), theme_id in self.group_themes.items():
            if indicator_id == indicator.indicator_id and theme_id != indicator.theme_id:
                usual.setdefault(theme_id, group_id)
        return (
            indicator,
            *(
                replace(indicator, theme_id=theme_id, default_group=group_id, headline=False)
                for theme_id, group_id in usual.items()
            ),
        )

    def under(self, indicator: Indicator, theme_id: str) -> Indicator | None:
        """The indicator as it stands under a theme; None where it does not."""
        return next((each for each in self.by_theme(indicator) if each.theme_id == theme_id), None)

    def indicators_of(self, theme_id: str) -> tuple[Indicator, ...]:
        """The theme's indicators that are offered, as they stand under it, in table order."""
        placed = (self.under(indicator, theme_id) for indicator in self.offered_indicators())
        return tuple(indicator for indicator in placed if indicator)

    def offered_indicators(self, also: str = "") -> tuple[Indicator, ...]:
        """The indicators to choose from, in table order; a retired one only where it is `also`."""
        return tuple(
            indicator
            for indicator in self.indicators.values()
            if indicator.indicator_id == also or not self.is_retired(indicator)
        )

    def offered_groups(self, also: Collection[str] = ()) -> tuple[PopulationGroup, ...]:
        """The groups to choose from, in table order; retired ones only where they are in `also`."""
        return tuple(
            group
            for group in self.groups.values()
            if group.group_id in also or not self.is_retired(group)
        )

    def is_retired(self, entry: Indicator | Area | PopulationGroup) -> bool:
        """Whether it is no longer offered on the catalog's day; its figures and address stay."""
        return bool(entry.retired) and entry.retired <= self.day.isoformat()

    def is_in_use(self, indicator_id: str, group_id: str) -> bool:
        """Whether figures of the indicator and group are shown where nobody asked for them."""
        return not (
            self.is_retired(self.indicators[indicator_id]) or self.is_retired(self.groups[group_id])
        )

    def municipality_of(self, area: Area) -> Area | None:
        """The municipality that the area is or lies in; None above the municipalities."""
        above: Area | None = area
        while above is not None and above.level != "municipality":
            above = self.areas.get(above.parent_id or "")
        return above

    def predecessors(self, area_id: str) -> tuple[Area, ...]:
        """The areas that became part of this one."""
        return tuple(area for area in self.areas.values() if area_id in area.succeeded_by)

    def context_of(self, area_id: str) -> tuple[Area, ...]:
        """The areas that are shown beside this one, as what it lies in."""
        return tuple(
            area
            for area in self.areas.values()
            if area.context_of == area_id and not self.is_retired(area)
        )

    def country(self) -> Area | None:
        """The whole country, or None where the table has none."""
        return next((area for area in self.areas.values() if area.level == "country"), None)

    def above(self, area: Area) -> tuple[str, ...]:
        """The ids of the areas that contain the area: the country, then its parent."""
        country = self.country()
        containing = (country.area_id if country else None, area.parent_id or None)
        return tuple(dict.fromkeys(each for each in containing if each and each != area.area_id))

    def siblings(self, area: Area) -> tuple[Area, ...]:
        """The other areas of the same level and parent that are offered."""
        alike = self._alike.get((area.level, area.parent_id), [])
        return tuple(other for other in alike if other.area_id != area.area_id)

    @cached_property
    def _alike(self) -> Mapping[tuple[str, str | None], list[Area]]:
        # Asked for every figure of a page: not by looking at all areas each time.
        alike: dict[tuple[str, str | None], list[Area]] = {}
        for area in self.areas.values():
            if not self.is_retired(area):
                alike.setdefault((area.level, area.parent_id), []).append(area)
        return alike

    def sets_of(self, area_id: str) -> tuple[AreaSet, ...]:
        """The area sets that the area belongs to."""
        return tuple(
            area_set for area_set in self.area_sets.values() if area_id in area_set.area_ids
        )

    def similar_to(self, area: Area, indicator_id: str) -> AreaSet | None:
        """A municipality with those most like it, nearest first; None where there are none.

        An indicator that is compared is not among the features that make them similar.
        """
        if area.level != "municipality":
            return None
        nearest = self.similarity.nearest(area.area_id, without=indicator_id)
        if not nearest:
            return None
        area_ids = (area.area_id, *(neighbour.area_id for neighbour in nearest))
        return AreaSet(SIMILAR, f"kommuner som {area.name}", area_ids)

    def sorted_areas(self, also: Collection[str] = ()) -> tuple[Area, ...]:
        """The areas to choose from as a person looks for them; retired ones only in `also`.

        Programme and housing areas, country, regions, municipalities, parishes, schools; by name.
        """
        offered = (
            area
            for area in self.areas.values()
            if area.area_id in also or not self.is_retired(area)
        )
        return tuple(
            sorted(
                offered, key=lambda area: (_LOOKED_FOR.index(area.level), danish_order(area.name))
            )
        )


_DANISH_LAST = str.maketrans({"æ": "{0", "ø": "{1", "å": "{2"})


def danish_order(name: str) -> str:
    """A key that sorts names as Danish does: æ, ø, å and aa last."""
    return name.casefold().replace("aa", "å").translate(_DANISH_LAST)


def by_id(rows: Iterable[T], key: str) -> Mapping[str, T]:
    """A read-only mapping from the field `key` of each row to the row, in the rows' order."""
    return MappingProxyType({getattr(row, key): row for row in rows})


_DEFINITE = {
    "nøgletal": "Nøgletallet",
    "tema": "Temaet",
    "område": "Området",
    "gruppe": "Gruppen",
    "møde": "Mødet",
}


def _named(table: Mapping[str, T], wanted: str, noun: str, as_of: date | None) -> T:
    if wanted in table:
        return table[wanted]
    # What came later is not known of a day before it.
    yet = f" i Spor pr. {long_date(as_of)}" if as_of else ""
    hint = choices_hint(wanted, table)
    raise KpiError(f"Ukendt {noun}", f"{_DEFINITE[noun]} »{wanted}« findes ikke{yet}. {hint}")
