"""Which charts indicators get, and what these draw: asked for all of them at once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from kpi.domain.catalog import Catalog
from kpi.domain.figures import Figures, Municipal
from kpi.domain.model import Indicator, Observation
from kpi.domain.vocabulary import PERIOD_KIND_NAMES, PeriodKind
from kpi.store import Store
from kpi.views.beside import municipal_keys, with_doubts


@dataclass(frozen=True)
class Counted:
    """What gets a chart of its own: a group, or several counted alike (`together`)."""

    group_id: str
    name: str
    together: tuple[str, ...]


@dataclass(frozen=True)
class NewestFigures:
    """What the newest figures say of an indicator before its charts are drawn.

    `compared` are the figures of `area_ids`, and what they are compared with. `groups` are the
    groups with figures, theme by theme; of `counted`, which get a chart each, the first is drawn.
    """

    indicator: Indicator
    area_ids: tuple[str, ...]
    compared: Figures
    groups: dict[str, list[str]]
    counted: tuple[Counted, ...]


@dataclass(frozen=True)
class Charts:
    """What charts draw: each indicator's rows, and the catalog with the outliers among them."""

    rows: Mapping[str, Sequence[Observation]]
    catalog: Catalog

    def figures(
        self, indicator: Indicator, group_ids: Collection[str], area_ids: Collection[str]
    ) -> Figures:
        """Those of an indicator's groups in some areas."""
        rows = self.rows.get(indicator.indicator_id, ())
        return Figures(row for row in rows if row.group_id in group_ids and row.area_id in area_ids)


def newest_figures(
    indicator: Indicator, area_ids: Sequence[str], compared: Figures, catalog: Catalog
) -> NewestFigures:
    """An indicator with the groups of its areas' newest figures."""
    figures = compared.of_areas(area_ids)
    placed = catalog.by_theme(catalog.indicators[indicator.indicator_id])
    groups = {each.theme_id: _groups(each, figures, catalog) for each in (indicator, *placed)}
    counted = counted_in(indicator, groups[indicator.theme_id], area_ids, figures, catalog)
    return NewestFigures(indicator, tuple(area_ids), compared, groups, counted)


def municipal_of(store: Store, catalog: Catalog, all_newest: Sequence[NewestFigures]) -> Municipal:
    """The municipalities' values that the verdicts of the newest figures need."""
    keys = {
        key
        for newest in all_newest
        for key in municipal_keys(newest.compared, catalog, newest.area_ids)
    }
    return store.municipal(sorted(keys)) if keys else {}


def first_charts(store: Store, catalog: Catalog, all_newest: Sequence[NewestFigures]) -> Charts:
    """Every figure of the groups that first charts draw, in the areas of any of them."""
    drawn = [newest for newest in all_newest if newest.counted]
    keys = [
        (newest.indicator.indicator_id, group_id)
        for newest in drawn
        for group_id in newest.counted[0].together
    ]
    area_ids = dict.fromkeys(chain.from_iterable(newest.area_ids for newest in drawn))
    return charts_of(store, catalog, keys, list(area_ids))


def charts_of(
    store: Store, catalog: Catalog, keys: Sequence[tuple[str, str]], area_ids: Sequence[str]
) -> Charts:
    """Every figure of each (indicator, group) in the areas."""
    histories = store.histories(keys, area_ids) if keys else []
    rows: dict[str, list[Observation]] = {}
    for row in histories:
        rows.setdefault(row.indicator_id, []).append(row)
    return Charts(rows, with_doubts(store, catalog, histories))


def _groups(indicator: Indicator, figures: Figures, catalog: Catalog) -> list[str]:
    """The groups in use with figures under the indicator's theme, its usual one first."""
    present = {
        group_id
        for indicator_id, _, group_id in figures
        if not catalog.is_retired(catalog.groups[group_id])
        and catalog.theme_of(indicator_id, group_id) == indicator.theme_id
    }
    first = [indicator.default_group] if indicator.default_group in present else []
    return first + [group for group in catalog.groups if group in present and group not in first]


def counted_in(
    indicator: Indicator,
    group_ids: Sequence[str],
    area_ids: Sequence[str],
    figures: Figures,
    catalog: Catalog,
) -> tuple[Counted, ...]:
    """Each group that gets a chart; groups of one area and period share one, side by side.

    Its name says the kind of its periods where they are of several kinds.
    """
    charts: list[Counted] = []
    kinds: list[PeriodKind] = []
    for group_id in group_ids:
        if any(group_id in chart.together for chart in charts):
            continue
        newest = [
            row
            for area_id in area_ids
            if (row := figures.newest(indicator.indicator_id, area_id, group_id)) is not None
        ]
        own = newest[0]
        alone = not any(figures.before(row) for row in newest) and not any(
            row.period == own.period for row in newest[1:]
        )
        beside = [
            other_id
            for other_id in group_ids
            if alone
            and other_id != group_id
            and figures.at(indicator.indicator_id, own.area_id, other_id, own.period) is not None
        ]
        charts.append(Counted(group_id, catalog.groups[group_id].name, (group_id, *beside)))
        kinds.append(own.period.kind)
    if len({*kinds}) < 2:
        return tuple(charts)
    return tuple(
        replace(chart, name=f"{chart.name} ({PERIOD_KIND_NAMES[kind]})")
        for chart, kind in zip(charts, kinds, strict=True)
    )
