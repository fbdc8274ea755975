"""One indicator in depth: the exhibits that can honestly be made of it, and what is known of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kpi import format as fmt
from kpi.catalog import Catalog
from kpi.compare import Figures
from kpi.exhibits import Exhibit, groups_exhibit, points_exhibit, trend_exhibit
from kpi.model import Batch, Indicator, Observation, Source
from kpi.period import KIND_NAMES, Period
from kpi.show import standing
from kpi.store import Store
from kpi.views.cards import areas_in_focus, areas_to_compare
from kpi.views.rows import AreaRow, Medians, area_row
from kpi.wording import in_text, listing


@dataclass(frozen=True)
class About:
    """Definition, unit, sources and publications of an indicator."""

    indicator: Indicator
    unit: str
    direction: str
    group: str
    sources: tuple[Source, ...]
    batches: tuple[Batch, ...]
    figures: int
    areas: int


@dataclass(frozen=True)
class IndicatorView:
    """An indicator's exhibits, most telling first, and why they must not be held together."""

    indicator: Indicator
    exhibits: tuple[Exhibit, ...]
    rows: tuple[AreaRow, ...]
    incomparable: str
    about: About


_DIRECTIONS = {
    "higher_is_better": "Højere er bedre",
    "lower_is_better": "Lavere er bedre",
    "neutral": "Ingen retning er bedst",
}


def indicator_view(
    store: Store, catalog: Catalog, indicator: Indicator, home_id: str
) -> IndicatorView:
    """The exhibits of an indicator, seen from an area: a trend where there is one, else levels.

    Groups and kinds of period that cannot be compared get an exhibit each, and a sentence says so.
    """
    focus = areas_in_focus(home_id, catalog)
    area_ids = [*focus, *areas_to_compare(home_id, catalog)]
    rows = store.series([indicator.indicator_id], area_ids)
    figures = Figures(rows)
    present = {row.group_id for row in rows}
    group_ids = [indicator.default_group] if indicator.default_group in present else []
    group_ids += [one for one in catalog.groups if one in present and one not in group_ids]
    medians = _medians(store, catalog, indicator, group_ids, figures)
    exhibits: list[Exhibit] = []
    done: set[str] = set()
    for group_id in group_ids:
        if group_id in done:
            continue
        middle = medians.get((indicator.indicator_id, group_id))
        exhibit, used = _exhibit(catalog, indicator, group_id, group_ids, area_ids, figures, middle)
        done |= used
        if exhibit:
            exhibits.append(exhibit)
    return IndicatorView(
        indicator,
        tuple(exhibits),
        _rows(indicator, group_ids, focus, figures, medians, catalog),
        _incomparable(exhibits, catalog),
        about(store, catalog, indicator, rows),
    )


def _medians(
    store: Store,
    catalog: Catalog,
    indicator: Indicator,
    group_ids: Sequence[str],
    figures: Figures,
) -> Medians:
    """The municipalities' medians of the groups that the country has no figure of."""
    country = catalog.country()
    if not indicator.is_proportion or country is None:
        return {}
    return {
        (indicator.indicator_id, group_id): store.medians(indicator.indicator_id, group_id)
        for group_id in group_ids
        if figures.newest(indicator.indicator_id, country.area_id, group_id) is None
    }


def _rows(
    indicator: Indicator,
    group_ids: Sequence[str],
    focus: Sequence[str],
    figures: Figures,
    medians: Medians,
    catalog: Catalog,
) -> tuple[AreaRow, ...]:
    """Each group's newest figure in the first focus area that has one, with its comparisons."""
    found = []
    for group_id in group_ids:
        rows = (figures.newest(indicator.indicator_id, one, group_id) for one in focus)
        own = next((row for row in rows if row is not None), None)
        if own is not None:
            found.append(area_row(standing(own, figures, catalog), medians, catalog, most=8))
    return tuple(found)


def _exhibit(
    catalog: Catalog,
    indicator: Indicator,
    group_id: str,
    group_ids: Sequence[str],
    area_ids: Sequence[str],
    figures: Figures,
    medians: Mapping[Period, float] | None,
) -> tuple[Exhibit | None, set[str]]:
    """The best exhibit of a group, and the groups it covers."""
    with_rows = [
        one for one in area_ids if figures.newest(indicator.indicator_id, one, group_id) is not None
    ]
    newest = figures.newest(indicator.indicator_id, with_rows[0], group_id)
    assert newest is not None
    trend = trend_exhibit(indicator, group_id, with_rows, figures, catalog, medians)
    if trend:
        return trend, {group_id}
    same = [
        row.area_id
        for one in with_rows
        if (row := figures.at(indicator.indicator_id, one, group_id, newest.period)) is not None
    ]
    if len(same) > 1:
        return points_exhibit(indicator, group_id, same, newest.period, figures, catalog), {
            group_id
        }
    others = [
        one
        for one in group_ids
        if figures.at(indicator.indicator_id, with_rows[0], one, newest.period) is not None
    ]
    ordered = [group_id, *(one for one in others if one != group_id)]
    return (
        groups_exhibit(indicator, with_rows[0], ordered, newest.period, figures, catalog),
        set(ordered),
    )


def _incomparable(exhibits: Sequence[Exhibit], catalog: Catalog) -> str:
    """Says that several exhibits of one indicator measure differently, where they do."""
    kinds: dict[str, str] = {}
    for exhibit in exhibits:
        row = exhibit.observations[-1]
        name = in_text(catalog.groups[row.group_id].name)
        kinds[name] = KIND_NAMES[row.period.kind]
    if len(kinds) < 2:
        return ""
    parts = [f"{name} ({kind})" for name, kind in kinds.items()]
    return (
        f"Tallene opgøres forskelligt for {listing(parts)}. De vises hver for sig og kan ikke "
        "sammenlignes direkte."
    )


def about(
    store: Store, catalog: Catalog, indicator: Indicator, rows: Sequence[Observation]
) -> About:
    """What is known about an indicator beside its figures."""
    source_ids = dict.fromkeys(row.source_id for row in rows)
    figures, areas = store.figures_per_indicator().get(indicator.indicator_id, (0, 0))
    return About(
        indicator,
        fmt.unit_name(indicator.unit),
        _DIRECTIONS[indicator.direction],
        catalog.groups[indicator.default_group].name,
        tuple(catalog.sources[one] for one in source_ids),
        tuple(batch for batch in store.batches() if batch.source_id in source_ids),
        figures,
        areas,
    )
