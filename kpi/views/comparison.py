"""The free comparison: an indicator, areas, groups and periods, in one of several diagrams."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from kpi.domain.area_presets import (
    ALL,
    areas_of,
    chosen_set,
    is_preset,
    municipality_for,
    preset,
    why_empty,
)
from kpi.domain.catalog import Catalog
from kpi.domain.figures import Figures
from kpi.domain.model import AreaSet, Indicator, Observation
from kpi.domain.period import Period, parse_period
from kpi.domain.period_words import period_name, when
from kpi.domain.selection import MOST_NAMED, Diagram, Selection
from kpi.domain.vocabulary import PERIOD_KIND_NAMES, PERIOD_KIND_PLURALS, PeriodKind
from kpi.domain.wording import among, capital, in_text, listing, place, shortlist
from kpi.exhibits import Exhibit
from kpi.exhibits.distance import can_be_distances
from kpi.store import Store
from kpi.views.beside import with_doubts
from kpi.views.comparison_change import groups_of_areas
from kpi.views.comparison_developments import developments, is_within, middles_of
from kpi.views.comparison_diagrams import OF_ONE_PERIOD
from kpi.views.comparison_panels import small_charts
from kpi.views.comparison_reasons import hidden_note, impossible, too_short, unavailable, unrankable
from kpi.views.focus import areas_in_focus, areas_to_compare, areas_to_draw
from kpi.views.shown_period import shown_periods

# What a page without a chart says beside why it has none.
_INSTEAD = "Vælg andre områder eller en anden gruppe."


@dataclass(frozen=True)
class Choices:
    """What can be chosen for an indicator: groups and areas with figures, periods newest first.

    `coverage` is what there is of each group and period, as `Store.coverage` says it.
    """

    groups: tuple[str, ...]
    periods: tuple[Period, ...]
    areas: tuple[str, ...]
    coverage: tuple[tuple[str, str, int, int], ...] = ()


@dataclass(frozen=True)
class ComparisonView:
    """The chosen comparison. `selection` is complete: every default filled in.

    `left_out` lists what was asked for that the indicator has no figures of, `notes` all else.
    `unavailable` are the diagrams that cannot be made of the choice, with the reason.
    """

    selection: Selection
    choices: Choices
    exhibits: tuple[Exhibit, ...]
    left_out: tuple[str, ...]
    notes: tuple[str, ...]
    observations: tuple[Observation, ...]
    unavailable: Mapping[Diagram, str] = field(default_factory=dict)


def complete(
    store: Store, catalog: Catalog, wanted: Selection, home_id: str
) -> tuple[Selection, Choices]:
    """The selection with its defaults filled in, and what else there is to choose.

    Defaults: the indicator with figures in most areas; its own group, or the one that has figures
    of most of the chosen areas; the home area, the country and the home area's set (or the areas
    that have figures; no country, where the indicator is a count); all periods; development. A
    bound is a period that the indicator has.
    """
    counts = store.figures_per_indicator()
    indicator_id = wanted.noegletal or max(
        (indicator.indicator_id for indicator in catalog.offered_indicators()),
        key=lambda indicator_id: counts.get(indicator_id, (0, 0))[1],
    )
    indicator = catalog.indicator(indicator_id)
    coverage = store.coverage(indicator_id)
    offered = (group.group_id for group in catalog.offered_groups(also=wanted.grupper))
    groups = tuple(group_id for group_id in offered if group_id in {row[0] for row in coverage})
    periods = {row[1]: parse_period(row[1]) for row in coverage}
    chosen = tuple(group_id for group_id in wanted.grupper if group_id in groups)
    if not chosen and groups:
        own = indicator.default_group if indicator.default_group in groups else groups[0]
        asked = replace(wanted, noegletal=indicator_id)
        (known,) = groups_of_areas(store, catalog, [asked], home_id)
        chosen = (known if known in groups else own,)
    with_figures = tuple(store.areas_with_figures(indicator_id, chosen))
    area_ids = wanted.omraader or _default_areas(home_id, with_figures, indicator, catalog)
    diagram = wanted.diagram or "udvikling"
    choices = Choices(
        groups,
        tuple(sorted(periods.values(), key=lambda period: period.order, reverse=True)),
        with_figures,
        tuple(coverage),
    )
    full = replace(
        wanted, noegletal=indicator_id, grupper=chosen, omraader=area_ids, diagram=diagram,
        fra=_first_from(wanted.fra, choices.periods), til=_last_until(wanted.til, choices.periods),
    )  # fmt: skip
    return full, choices


def _first_from(bound: str, periods: Sequence[Period]) -> str:
    """The first of the periods, newest first, that a bound lets in; empty where it lets in none.

    Another indicator's `2008` is its 1. kvartal 2008: the boxes of the page have only its own.
    """
    known = [period.text for period in periods if bound and period.end >= parse_period(bound).end]
    return bound if bound in known else next(reversed(known), "")


def _last_until(bound: str, periods: Sequence[Period]) -> str:
    """The last of the periods, newest first, that a bound lets in; empty where it lets in none."""
    known = [period.text for period in periods if bound and period.end <= parse_period(bound).end]
    return bound if bound in known else next(iter(known), "")


def _backwards(selection: Selection, indicator: Indicator, catalog: Catalog) -> list[str]:
    """That the first chosen period lies after the last, where it does: no period is between."""
    if not selection.fra or not selection.til:
        return []
    first, last = parse_period(selection.fra), parse_period(selection.til)
    if first.end <= last.end:
        return []
    begin, end = (period_name(period, indicator, catalog) for period in (first, last))
    return [
        f"Fra ({begin}) ligger efter Til ({end}), så der er ingen tal at vise. Vælg en tidligere "
        "Fra eller en senere Til."
    ]


def comparison_view(
    store: Store, catalog: Catalog, wanted: Selection, home_id: str
) -> ComparisonView:
    """The exhibits of a comparison: one per group and kind of period, never several in a chart."""
    selection, choices = complete(store, catalog, wanted, home_id)
    indicator = catalog.indicator(selection.noegletal)
    left_out = _left_out(wanted, selection, choices, indicator, catalog)
    named = selection.omraader
    backwards = _backwards(selection, indicator, catalog)
    notes = [*backwards, *_empty_presets(named, home_id, indicator, catalog)]
    # From here on the areas themselves; an address keeps the names of sets.
    area_ids = areas_of(named, home_id, indicator.indicator_id, catalog)
    if len(named) > MOST_NAMED:
        area_ids = tuple(sorted(area_ids, key=lambda area_id: area_id != home_id))
    selection = replace(selection, omraader=area_ids)
    silent = [area_id for area_id in selection.omraader if area_id not in choices.areas]
    if silent and choices.groups:
        names = shortlist([place(catalog.areas[area_id].name) for area_id in silent])
        lacking = (
            f"{capital(names)} har ingen tal for {in_text(indicator.name)} i den valgte gruppe."
        )
        is_empty = len(silent) == len(selection.omraader)
        notes.append(f"{lacking} {_INSTEAD}" if is_empty else lacking)
    coverage = choices.coverage
    among = chosen_set(named, home_id, indicator.indicator_id, catalog)
    newest, of_few = _newest_rows(store, catalog, indicator, selection, coverage)
    if selection.diagram not in OF_ONE_PERIOD:
        beside = _with_country(selection, indicator, catalog) if ALL in named else selection
        exhibits, rows = _of_periods(store, catalog, indicator, beside, newest, among)
        if selection.diagram == "smaa" and rows and not exhibits:
            notes.append(too_short(indicator))
    else:
        exhibits, rows = [], []
        notes += unrankable(indicator, selection, catalog)
        for group_id in selection.grupper:
            drawn = newest.get(group_id, [])
            exhibit = _places(store, catalog, indicator, selection, drawn, coverage, among)
            rows += drawn
            remark = of_few.get(group_id, "")
            if exhibit is not None and remark:
                exhibit = replace(exhibit, remarks=(remark, *exhibit.remarks))
            exhibits += [exhibit] if exhibit else []
            if exhibit is None:
                notes += impossible(indicator, group_id, drawn, selection, choices.areas, catalog)
    notes += hidden_note(rows, selection.omraader, indicator, catalog)
    notes += _counted_apart(rows, catalog)
    return ComparisonView(
        replace(selection, omraader=named),
        choices,
        tuple(
            replace(exhibit, selection=replace(exhibit.selection, omraader=named))
            for exhibit in exhibits
        ),
        tuple(left_out),
        tuple(notes),
        tuple(rows),
        unavailable(indicator, selection, newest, _kinds_within(selection, coverage), catalog)
        if choices.groups and not backwards
        else {},
    )


def _kinds_within(
    selection: Selection, coverage: Sequence[tuple[str, str, int, int]]
) -> list[PeriodKind]:
    """The kind of each period of the chosen groups that the selection spans."""
    return [
        period.kind
        for group_id, text, *_ in coverage
        if group_id in selection.grupper and is_within(period := parse_period(text), selection)
    ]


def _with_country(selection: Selection, indicator: Indicator, catalog: Catalog) -> Selection:
    """All municipalities' development beside the country's, as the diagrams of one period are."""
    country = catalog.country()
    drawn = selection.omraader
    if selection.diagram != "udvikling" or country is None or country.area_id in drawn:
        return selection
    near = areas_to_draw((*drawn, country.area_id), indicator, catalog) if drawn else drawn
    return replace(selection, omraader=near)


def _of_periods(
    store: Store,
    catalog: Catalog,
    indicator: Indicator,
    selection: Selection,
    newest: Mapping[str, Sequence[Observation]],
    among: AreaSet | None,
) -> tuple[list[Exhibit], list[Observation]]:
    """The exhibits of a development and the rows of the chosen periods."""
    every = store.series([indicator.indicator_id], selection.omraader, selection.grupper)
    catalog = with_doubts(store, catalog, every)
    rows = [row for row in every if is_within(row.period, selection)]
    if selection.diagram == "smaa":
        return small_charts(store, catalog, indicator, selection, rows, newest, among), rows
    middles = middles_of(store, indicator, selection, newest, rows, among, catalog)
    exhibits = developments(indicator, selection, rows, middles, newest, catalog, Figures(every))
    return exhibits, rows


def _counted_apart(rows: Sequence[Observation], catalog: Catalog) -> list[str]:
    """That groups, or figures of one, are counted in different kinds of periods, where they are."""
    kinds = dict.fromkeys(
        (in_text(catalog.groups[row.group_id].name), row.period.kind) for row in rows
    )
    if len({kind for _, kind in kinds}) < 2:
        return []
    if len({group for group, _ in kinds}) == 1:
        apart = f"Der er tal for {listing([PERIOD_KIND_PLURALS[kind] for _, kind in kinds])}."
    else:
        parts = listing([f"{group} ({PERIOD_KIND_NAMES[kind]})" for group, kind in kinds])
        apart = f"Tallene opgøres forskelligt for {parts}."
    return [f"{apart} De vises hver for sig og kan ikke sammenlignes."]


def _empty_presets(
    named: Sequence[str], home_id: str, indicator: Indicator, catalog: Catalog
) -> list[str]:
    """Of chosen sets that have no areas, why."""
    own = municipality_for(named, home_id, catalog)
    return [
        why_empty(name, own, catalog)
        for name in named
        if is_preset(name, catalog) and preset(name, own, indicator.indicator_id, catalog) is None
    ]


def _default_areas(
    home_id: str, with_figures: Sequence[str], indicator: Indicator, catalog: Catalog
) -> tuple[str, ...]:
    near = areas_to_draw(
        [*areas_in_focus(home_id, catalog), *areas_to_compare(home_id, catalog)], indicator, catalog
    )
    known = tuple(area_id for area_id in near if area_id in with_figures)
    return known or tuple(with_figures[:6]) or (home_id,)


def _left_out(
    wanted: Selection,
    selection: Selection,
    choices: Choices,
    indicator: Indicator,
    catalog: Catalog,
) -> list[str]:
    """What was asked for that this indicator has no figures of."""
    name = in_text(indicator.name)
    if not choices.groups:
        return [f"Der er endnu ingen tal for {name} i Spor."]
    notes = []
    missing = [group_id for group_id in wanted.grupper if group_id not in selection.grupper]
    if missing:
        groups = shortlist([among(catalog.groups[group_id].name) for group_id in missing])
        notes.append(f"Der er ingen tal for {name} {groups}.")
    periods = [period.order for period in choices.periods]
    for bound in (wanted.fra, wanted.til):
        if bound and not min(periods) <= parse_period(bound).order <= max(periods):
            notes.append(
                f"Der er ingen tal for {name} {when(parse_period(bound), indicator, catalog)}."
            )
    return notes


def _newest_rows(
    store: Store,
    catalog: Catalog,
    indicator: Indicator,
    selection: Selection,
    coverage: Sequence[tuple[str, str, int, int]],
) -> tuple[dict[str, list[Observation]], dict[str, str]]:
    """All areas' rows of the period that each group is shown in; nothing of bare counts.

    Beside them, by group, that a newer period is of few areas, where it is.
    """
    newest: dict[str, list[Observation]] = {}
    remarks: dict[str, str] = {}
    for group_id, shown in shown_periods(coverage, selection).items():
        if group_id not in selection.grupper or indicator.is_total:
            continue
        rows = store.everywhere(indicator.indicator_id, group_id, shown.period.text)
        if shown.newer is not None:
            later = store.everywhere(indicator.indicator_id, group_id, shown.newer.text)
            if _has_all_chosen(later, rows, selection, indicator, catalog):
                rows = later
            else:
                remarks[group_id] = shown.remark(indicator, catalog)
        newest[group_id] = rows
    return {each: newest[each] for each in selection.grupper if each in newest}, remarks


def _has_all_chosen(
    later: Sequence[Observation],
    rows: Sequence[Observation],
    selection: Selection,
    indicator: Indicator,
    catalog: Catalog,
) -> bool:
    """Whether the newer rows, of few areas, lack none of those that are compared.

    A difference is of the chosen areas and what they are compared with, all else of every area.
    """
    in_later, in_rows = (
        len({row.area_id for row in each} & {*selection.omraader}) for each in (later, rows)
    )
    if in_later == in_rows and selection.diagram == "afstand":
        return can_be_distances(later, selection.omraader, indicator, catalog)
    return in_later > in_rows


def _places(
    store: Store,
    catalog: Catalog,
    indicator: Indicator,
    selection: Selection,
    rows: Sequence[Observation],
    coverage: Sequence[tuple[str, str, int, int]],
    among: AreaSet | None,
) -> Exhibit | None:
    """All areas in the period that a group is shown in, in the chosen diagram."""
    if not rows:
        return None
    group_id, newest = rows[0].group_id, rows[0].period
    later = (parse_period(text) for group, text, *_ in coverage if group == group_id)
    if newest.order < max(period.order for period in later):
        # The catalog has the newest period's outliers already.
        doubted = store.implausible([(indicator.indicator_id, group_id)])
        catalog = replace(catalog, implausible=catalog.implausible | doubted)
    view = replace(selection, grupper=(group_id,))
    draw = OF_ONE_PERIOD[selection.diagram or "udvikling"].exhibit
    return draw(indicator, rows, selection.omraader, catalog, view, among)
