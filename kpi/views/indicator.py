"""One indicator in depth: the exhibits that can honestly be made of it, and what is known of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from kpi.domain.area_presets import areas_of, municipality_for, preset_name
from kpi.domain.catalog import SIMILAR, Catalog
from kpi.domain.figures import Figures
from kpi.domain.judgement import NO_BASIS, basis_text, leading
from kpi.domain.model import Indicator, Observation
from kpi.domain.selection import Selection
from kpi.domain.targets import target_summary, targets_of
from kpi.domain.units import unit_name
from kpi.domain.vocabulary import DIRECTION_NAMES, PERIOD_KIND_NAMES
from kpi.domain.wording import VERDICT_KINDS, Badge, capital, in_text, listing
from kpi.exhibits import Exhibit
from kpi.exhibits.set_means import Middles, chosen_means
from kpi.store import Store
from kpi.views.beside import is_judged_by_median, similar_ids
from kpi.views.drawn import drawn_exhibit
from kpi.views.focus import Focus, areas_to_compare, focus_of, focus_row
from kpi.views.indicator_charts import (
    Charts,
    Counted,
    NewestFigures,
    charts_of,
    counted_in,
    first_charts,
    municipal_of,
    newest_figures,
)
from kpi.views.middles import peer_means
from kpi.views.rows import AreaRow, area_row
from kpi.views.set_comparison import in_set
from kpi.views.standings import Standing, standings_of

# A chart has no room for fifty.
_MOST_SCHOOLS = 6
# Country, median, mean of the set, mean of the similar municipalities, and five of the set.
_MOST_COMPARED = 9


@dataclass(frozen=True)
class About:
    """An indicator's definition, and its unit, direction, group and benchmark in words."""

    indicator: Indicator
    unit: str
    direction: str
    group: str
    benchmark: str


@dataclass(frozen=True)
class IndicatorView:
    """An indicator's first exhibit, what else can be drawn, and what must not be compared."""

    indicator: Indicator
    exhibit: Exhibit | None
    first: Counted | None
    later: tuple[Counted, ...]
    rows: tuple[AreaRow, ...]
    incomparable: str
    about: About
    target: str
    # What the newest figure of each group is compared with: (group, name).
    bases: tuple[tuple[str, str], ...] = ()
    # Sammenlign with every school, where the charts have only the first of them.
    all_schools: Selection | None = None
    # Sammenlign with the municipalities most like the area's own, and what they are called.
    similar: tuple[str, Selection] | None = None
    # Where its figures of other groups stand: theme by theme, what they are called there.
    elsewhere: tuple[tuple[str, Selection], ...] = ()

    def rows_of(self, counted: Counted | None) -> tuple[AreaRow, ...]:
        """The newest figures of the groups that a way of counting contains."""
        return tuple(row for row in self.rows if counted and row.group_id in counted.together)

    def basis_of(self, group_ids: Sequence[str]) -> str:
        """What the figures of some groups are compared with; `intet` where with nothing."""
        names = [name for group_id, name in self.bases if group_id in group_ids]
        compared = dict.fromkeys(name for name in names if name != NO_BASIS)
        return "; ".join(compared) or NO_BASIS

    def verdict_of(self, group_ids: Sequence[str]) -> Badge | None:
        """The verdict of the newest figure of the first of some groups that has one."""
        badges = (badge for row in self.rows if row.group_id in group_ids for badge in row.badges)
        return next((badge for badge in badges if badge.kind in VERDICT_KINDS), None)


def indicator_view(
    store: Store, catalog: Catalog, indicator: Indicator, home_id: str, among: str = ""
) -> IndicatorView:
    """An indicator seen from an area: its own group's exhibit, and which others can be drawn.

    Groups and kinds of period that cannot be compared get an exhibit each, and a sentence says so.
    `among` is the set of areas that it is drawn among in place of its own.
    """
    (view,) = indicator_views(store, catalog, [indicator], home_id, among)
    drawn = view.exhibit.selection.grupper if view.exhibit else ()
    if among == SIMILAR:
        return view
    return replace(view, similar=_among_similar(store, catalog, indicator, home_id, drawn))


def indicator_views(
    store: Store, catalog: Catalog, indicators: Sequence[Indicator], home_id: str, among: str = ""
) -> Iterator[IndicatorView]:
    """The views of several indicators, in their order.

    Their newest figures are asked for at once, and so is what their first charts draw.
    """
    ids = [indicator.indicator_id for indicator in indicators]
    focus = focus_of(store, catalog, ids, home_id)
    beside = {each: areas_to_compare(home_id, catalog, among, each) for each in ids}
    # Their mean is beside the figure in words; no chart has a line of each.
    alike = {each: [*similar_ids(catalog, [each], focus.of(each))] for each in ids}
    near = dict.fromkeys([*focus.all_ids, *chain(*beside.values(), *alike.values())])
    rows_by_indicator: dict[str, list[Observation]] = {}
    for row in store.newest(ids, list(near), ()):
        rows_by_indicator.setdefault(row.indicator_id, []).append(row)
    all_newest = []
    for indicator in indicators:
        area_ids = _areas(indicator, focus, beside[indicator.indicator_id])
        known = rows_by_indicator.get(indicator.indicator_id, [])
        compared_ids = {*area_ids, *alike[indicator.indicator_id]}
        compared = Figures(row for row in known if row.area_id in compared_ids)
        all_newest.append(newest_figures(indicator, area_ids, compared, catalog))
    municipal = municipal_of(store, catalog, all_newest)
    charts = first_charts(store, catalog, all_newest)
    for newest in all_newest:
        compared = newest.compared.with_municipal(municipal)
        yield replace(
            _view(store, catalog, replace(newest, compared=compared), charts, focus, among),
            all_schools=_all_schools(newest.indicator, focus),
        )


def _view(
    store: Store, catalog: Catalog, known: NewestFigures, charts: Charts, in_focus: Focus,
    among: str,
) -> IndicatorView:  # fmt: skip
    """The view of an indicator's areas."""
    indicator, area_ids, compared = known.indicator, known.area_ids, known.compared
    figures, counted = compared.of_areas(area_ids), known.counted
    focus = in_focus.of(indicator.indicator_id)
    group_ids = known.groups[indicator.theme_id]
    others = {
        theme_id: ids for theme_id, ids in known.groups.items() if theme_id != indicator.theme_id
    }
    apart = [
        each
        for ids in others.values()
        for each in counted_in(indicator, ids, area_ids, figures, catalog)
    ]
    rows = (focus_row(indicator, focus, figures, group_id) for group_id in group_ids)
    newest = [row for row in rows if row is not None]
    shown = standings_of(newest, compared, catalog, among)
    return IndicatorView(
        indicator,
        _exhibit(store, charts, indicator, counted[0], area_ids, in_focus, among)
        if counted
        else None,
        counted[0] if counted else None,
        counted[1:],
        # Each group's newest figure in the first focus area that has one, with its comparisons.
        tuple(area_row(standing, catalog, most=_MOST_COMPARED) for standing in shown),
        incomparable(indicator, (*counted, *apart), area_ids, figures, catalog),
        About(
            indicator,
            unit_name(indicator.unit),
            capital(DIRECTION_NAMES[indicator.direction]),
            catalog.groups[indicator.default_group].name,
            _basis(shown, catalog),
        ),
        _target(store, indicator, focus, figures, catalog),
        tuple((standing.observation.group_id, _basis([standing], catalog)) for standing in shown),
        elsewhere=tuple(
            (
                f"{indicator.short_name} under {catalog.themes[theme_id].name}",
                Selection("tema", tema=theme_id, noegletal=indicator.indicator_id),
            )
            for theme_id, ids in others.items()
            if ids
        ),
    )


def _basis(shown: Sequence[Standing], catalog: Catalog) -> str:
    return basis_text(
        [(standing.observation, leading(standing.comparisons)) for standing in shown], catalog
    )


def _target(
    store: Store, indicator: Indicator, focus: Sequence[str], figures: Figures, catalog: Catalog
) -> str:
    """The indicator's target in the area, or that there is none."""
    row = focus_row(indicator, focus, figures)
    series: Sequence[Observation] = ()
    if row and targets_of(catalog.targets, row.indicator_id, row.area_id, row.group_id):
        series = store.series([row.indicator_id], [row.area_id], [row.group_id])
    return target_summary(catalog.targets, indicator, row, focus, catalog, catalog.day, series)


def later_exhibit(
    store: Store,
    catalog: Catalog,
    indicator: Indicator,
    group_id: str,
    home_id: str,
    among: str = "",
) -> Exhibit | None:
    """The exhibit of a group that `indicator_view` lists; None where all of it is hidden."""
    counted = Counted(group_id, "", (group_id,))
    focus = focus_of(store, catalog, [indicator.indicator_id], home_id)
    beside = areas_to_compare(home_id, catalog, among, indicator.indicator_id)
    area_ids = _areas(indicator, focus, beside)
    charts = charts_of(store, catalog, [(indicator.indicator_id, group_id)], area_ids)
    return _exhibit(store, charts, indicator, counted, area_ids, focus, among)


def _areas(indicator: Indicator, focus: Focus, beside: Sequence[str]) -> list[str]:
    """The areas of an indicator's charts; of many schools the first, as no chart has fifty."""
    schools = focus.schools.get(indicator.indicator_id, ())[:_MOST_SCHOOLS]
    return [*focus.area_ids, *schools, *beside]


def _exhibit(
    store: Store, charts: Charts, indicator: Indicator, counted: Counted,
    area_ids: Sequence[str], focus: Focus, among: str,
) -> Exhibit | None:  # fmt: skip
    catalog, figures = charts.catalog, charts.figures(indicator, counted.together, area_ids)
    # It is called as everywhere, with its group's name where that is not the usual one.
    theme_id = catalog.theme_of(indicator.indicator_id, counted.group_id)
    indicator = replace(catalog.indicators[indicator.indicator_id], theme_id=theme_id)
    exhibit = drawn_exhibit(
        indicator, counted.together, area_ids, figures, catalog,
        lambda newest: _middles(store, catalog, newest, figures, among),
    )  # fmt: skip
    if exhibit is not None and among:
        exhibit = _leading_to_set(exhibit, among, catalog)
    schools = {*focus.schools.get(indicator.indicator_id, ())}
    if exhibit is None or len(schools) <= _MOST_SCHOOLS:
        return exhibit
    drawn = schools & {row.area_id for row in exhibit.observations}
    every = schools & {*store.areas_with_figures(indicator.indicator_id, counted.together)}
    if len(drawn) == len(every):
        return exhibit
    remark = f"{len(drawn)} af {len(every)} skoler er vist. Alle kan ses på siden Sammenlign."
    return replace(exhibit, remarks=(remark, *exhibit.remarks))


def _all_schools(indicator: Indicator, focus: Focus) -> Selection | None:
    schools = focus.schools.get(indicator.indicator_id, ())
    if len(schools) <= _MOST_SCHOOLS:
        return None
    return Selection("sammenlign", noegletal=indicator.indicator_id, omraader=schools)


def _among_similar(
    store: Store, catalog: Catalog, indicator: Indicator, home_id: str, drawn: tuple[str, ...]
) -> tuple[str, Selection] | None:
    """The way to the municipalities most like the area's own, where some have figures.

    Where they have the groups that are `drawn`, the same chart is drawn among them; else their own
    groups are compared on Sammenlign.
    """
    indicator_id = indicator.indicator_id
    area_ids = areas_of((SIMILAR,), home_id, indicator_id, catalog)
    known = store.known_areas([indicator_id], area_ids) if area_ids else set()
    selection = in_set(indicator_id, SIMILAR, home_id, known, catalog)
    if selection is None:
        return None
    with_drawn = {
        (indicator_id, area_id) for area_id in store.areas_with_figures(indicator_id, drawn)
    }
    if drawn and in_set(indicator_id, SIMILAR, home_id, with_drawn, catalog):
        selection = Selection(
            "tema", tema=indicator.theme_id, noegletal=indicator_id, blandt=SIMILAR
        )
    return preset_name(SIMILAR, municipality_for((), home_id, catalog), catalog), selection


def _leading_to_set(exhibit: Exhibit, among: str, catalog: Catalog) -> Exhibit:
    """The exhibit with a way to Sammenlign where the set is chosen as well, in place of its areas.

    There they are compared with its mean as here.
    """
    first, *others = exhibit.selection.omraader
    members = areas_of((first, among), first, exhibit.selection.noegletal, catalog)
    apart = (area_id for area_id in others if area_id not in members)
    return replace(exhibit, selection=replace(exhibit.selection, omraader=(first, *apart, among)))


def _middles(
    store: Store, catalog: Catalog, own: Observation, figures: Figures, among: str
) -> Middles:
    """The mean of the chosen set in each period, else what its verdict is by, where no country is.

    `own` is the area's newest figure.
    """
    means = chosen_means(own, figures, among, catalog) or peer_means(store, catalog, own)
    if means is not None:
        return means
    if not is_judged_by_median(own, figures, catalog):
        return {}
    key = own.indicator_id, own.group_id
    return store.medians([key], own.area_id)[key]


def incomparable(
    indicator: Indicator,
    counted: Sequence[Counted],
    area_ids: Sequence[str],
    figures: Figures,
    catalog: Catalog,
) -> str:
    """Says that several exhibits of one indicator measure differently, where they do."""
    kinds = {
        in_text(catalog.groups[group.group_id].name): PERIOD_KIND_NAMES[row.period.kind]
        for group in counted
        for area_id in reversed(area_ids)
        if (row := figures.newest(indicator.indicator_id, area_id, group.group_id)) is not None
    }
    # A group and the one it is compared with are counted alike.
    names = {group.group_id: in_text(catalog.groups[group.group_id].name) for group in counted}
    for group_id, name in names.items():
        reference = names.get(catalog.groups[group_id].reference_group_id or "")
        if reference and kinds.get(reference) == kinds.get(name):
            kinds.pop(name, None)
    if len(kinds) < 2:
        return ""
    if len({*kinds.values()}) == 1:
        return (
            f"Tallene gælder forskellige grupper: {listing([*kinds])}. De vises hver for sig og "
            "kan ikke sammenlignes."
        )
    parts = [f"{name} ({kind})" for name, kind in kinds.items()]
    return (
        f"Tallene opgøres forskelligt for {listing(parts)}. De vises hver for sig og kan ikke "
        "sammenlignes."
    )
