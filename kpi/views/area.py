"""An area's page: all its figures beside country, set and neighbours; programmes with their outcomes."""

from dataclasses import dataclass

from kpi import format as fmt
from kpi.catalog import Catalog
from kpi.compare import BETTER, NO_COMPARISON, WORSE, Comparison, Figures
from kpi.exhibits import Exhibit, outcomes_exhibit, trend_exhibit
from kpi.exhibits.parts import whose
from kpi.measure import share
from kpi.model import Area, Indicator, Observation
from kpi.period import KIND_NAMES, Period
from kpi.show import Standing, standing
from kpi.store import Store
from kpi.views.cards import areas_to_compare
from kpi.wording import (
    Badge,
    genitive,
    in_text,
    listing,
    other_name,
    period_name,
    place,
    share_of,
    status_badges,
    verdict_badge,
)


@dataclass(frozen=True)
class Fact:
    """A number about who a programme is for: its name, value, and the same in the other areas."""

    name: str
    value: str
    beside: str


@dataclass(frozen=True)
class AreaRow:
    """One figure of the area. `against` are comparisons as (name, value, signed gap)."""

    indicator: Indicator
    name: str
    period: str
    value: str
    against: tuple[tuple[str, str, str], ...]
    rank: str
    badges: tuple[Badge, ...]


@dataclass(frozen=True)
class AreaView:
    """Everything an area's page shows. `remarks` say why there are no figures, where there are none."""

    area: Area
    title: str
    subtitle: str
    facts: tuple[Fact, ...]
    outcomes: Exhibit | None
    trends: tuple[Exhibit, ...]
    rows: tuple[AreaRow, ...]
    incomparable: str
    remarks: tuple[tuple[str, str], ...]


Medians = dict[tuple[str, str], dict[Period, float]]

_LEVELS = {
    "country": "Hele landet",
    "region": "Region",
    "municipality": "Kommune",
    "programme_area": "Område",
}


def area_view(store: Store, catalog: Catalog, area_id: str) -> AreaView:
    """The area with every indicator that has a figure for it. Raises KpiError for an unknown area."""
    area = catalog.area(area_id)
    others = areas_to_compare(area_id, catalog)
    figures = Figures(store.newest(list(catalog.indicators), [area_id], others))
    newest = _newest(area_id, figures, catalog)
    found = [standing(row, figures, catalog) for row in newest]
    siblings = catalog.siblings(area) if area.level == "programme_area" else ()
    outcomes = outcomes_exhibit(area, siblings, figures, catalog) if siblings else None
    drawn = {row.indicator_id for row in outcomes.observations} if outcomes else set()
    facts = _facts(newest, siblings, figures, catalog) if siblings else ()
    medians = _medians(store, area, newest, figures, catalog)
    return AreaView(
        area=area,
        title=_title(area, found, catalog),
        subtitle=_subtitle(area, catalog),
        facts=facts,
        outcomes=outcomes,
        trends=_trends(store, newest, area_id, others, medians, catalog),
        rows=tuple(
            _row(one, medians, catalog)
            for one in found
            if one.observation.indicator_id not in drawn
            and not (facts and _is_fact(one.observation, catalog))
        ),
        incomparable=_incomparable(area, newest, store, catalog) if siblings else "",
        remarks=()
        if newest
        else tuple(
            (text, catalog.sources[source_id].title)
            for _, text, source_id in store.remarks(area_id)
        ),
    )


def _newest(area_id: str, figures: Figures, catalog: Catalog) -> list[Observation]:
    indicators, groups = list(catalog.indicators), list(catalog.groups)
    keys = sorted(
        (key for key in figures.keys() if key[1] == area_id),
        key=lambda key: (
            indicators.index(key[0]),
            key[2] != catalog.indicators[key[0]].default_group,
            groups.index(key[2]),
        ),
    )
    rows = (figures.newest(*key) for key in keys)
    return [row for row in rows if row is not None]


def _title(area: Area, found: list[Standing], catalog: Catalog) -> str:
    if not found:
        return f"{area.name} har endnu ingen tal"
    country = catalog.country()
    verdicts = [
        one.verdict
        for each in found
        for one in each.comparisons
        if country and one.kind == "area" and one.with_id == country.area_id
    ]
    if not verdicts or country is None:
        return area.name
    better, worse = verdicts.count(BETTER), verdicts.count(WORSE)
    name = place(country.name)
    if len(verdicts) == 1 and better + worse == 1:
        return f"{area.name} ligger {'bedre' if better else 'dårligere'} end {name}"
    word, count = ("bedre", better) if better >= worse else ("dårligere", worse)
    return f"{area.name} ligger {word} end {name} på {share_of(count, len(verdicts), 'tal')}"


def _subtitle(area: Area, catalog: Catalog) -> str:
    parent = catalog.areas.get(area.parent_id or "")
    if area.level == "programme_area" and parent is not None:
        names = [
            one.name for one in catalog.area_sets.values() if area.area_id in one.area_ids
        ]
        return f"{names[0] if names else _LEVELS[area.level]} · {parent.name}"
    sets = [one.name for one in catalog.sets_of(area.area_id)]
    return " · ".join([_LEVELS[area.level], *sets])


def _is_fact(row: Observation, catalog: Catalog) -> bool:
    """A plain count of people, families or staff: who the programme is for, not what came of it."""
    indicator = catalog.indicators[row.indicator_id]
    return indicator.kind == "count" and indicator.direction == "neutral" and not row.denominator


def _facts(
    newest: list[Observation], siblings: tuple[Area, ...], figures: Figures, catalog: Catalog
) -> tuple[Fact, ...]:
    facts = []
    for row in newest:
        if not _is_fact(row, catalog):
            continue
        indicator = catalog.indicators[row.indicator_id]
        beside = [
            f"{other.name} {fmt.bare(theirs, indicator)}"
            for other in siblings
            if (theirs := figures.at(row.indicator_id, other.area_id, row.group_id, row.period))
        ]
        facts.append(Fact(indicator.short_name, fmt.display(row, indicator), " · ".join(beside)))
    return tuple(facts)


def _trends(
    store: Store,
    newest: list[Observation],
    area_id: str,
    others: tuple[str, ...],
    medians: Medians,
    catalog: Catalog,
) -> tuple[Exhibit, ...]:
    """A line chart for each figure that the area has two periods of, one query for all of them."""
    ids = list(dict.fromkeys(row.indicator_id for row in newest))
    area_ids = [area_id, *others]
    figures = Figures(store.series(ids, area_ids)) if ids else Figures(())
    found = []
    for row in newest:
        indicator = catalog.indicators[row.indicator_id]
        if len(figures.series(row.indicator_id, area_id, row.group_id)) < 2:
            continue
        middle = medians.get((row.indicator_id, row.group_id))
        exhibit = trend_exhibit(indicator, row.group_id, area_ids, figures, catalog, middle)
        if exhibit:
            found.append(exhibit)
    return tuple(found)


def _medians(
    store: Store, area: Area, newest: list[Observation], figures: Figures, catalog: Catalog
) -> Medians:
    """The municipalities' medians of a municipality's shares that the country has no figure of."""
    country = catalog.country()
    if area.level != "municipality" or country is None:
        return {}
    return {
        (row.indicator_id, row.group_id): store.medians(row.indicator_id, row.group_id)
        for row in newest
        if catalog.indicators[row.indicator_id].is_proportion
        and figures.at(row.indicator_id, country.area_id, row.group_id, row.period) is None
    }


def _row(one: Standing, medians: Medians, catalog: Catalog) -> AreaRow:
    own = one.observation
    indicator = catalog.indicators[own.indicator_id]
    area = catalog.areas[own.area_id]
    told = [each for each in one.comparisons if each.verdict != NO_COMPARISON]
    badges = list(status_badges(own))
    if told:
        badges.append(verdict_badge(told[0], other_name(told[0], catalog, area)))
    against = [_against(each, indicator, area, catalog) for each in one.comparisons]
    middle = medians.get((own.indicator_id, own.group_id), {}).get(own.period)
    if middle is not None and own.value is not None:
        gap = round(own.value - middle, 10)
        text = fmt.amount(middle, indicator, indicator.decimals)
        signed = fmt.number(gap, indicator.decimals, sign=True)
        against.insert(0, ("kommunernes median", text, signed))
    rank = ""
    if one.rank:
        sets = catalog.area_sets
        among = sets[one.rank.among].name if one.rank.among in sets else "kommunerne"
        rank = f"nr. {one.rank.place} af {one.rank.of} med tal blandt {among}"
    return AreaRow(
        indicator,
        ", ".join([indicator.name, *whose(indicator, own.group_id, catalog)]),
        period_name(own.period, indicator, catalog),
        fmt.display(own, indicator),
        tuple(against[:3]),
        rank,
        tuple(badges),
    )


def _against(
    one: Comparison, indicator: Indicator, area: Area, catalog: Catalog
) -> tuple[str, str, str]:
    if one.other is not None:
        value = fmt.display(one.other, indicator)
    else:
        value = fmt.amount(one.value, indicator, indicator.decimals)
    gap = fmt.number(one.gap_points, indicator.decimals, sign=True)
    return other_name(one, catalog, area), value, gap


def _incomparable(
    area: Area, newest: list[Observation], store: Store, catalog: Catalog
) -> str:
    """Tells of the parent's figures under the same indicators that measure something else."""
    parent = catalog.areas.get(area.parent_id or "")
    ids = [
        row.indicator_id for row in newest if share(row, catalog.indicators[row.indicator_id]) is None
    ]
    if parent is None or not ids:
        return ""
    own = {(row.indicator_id, row.group_id, row.period.kind) for row in newest}
    figures = Figures(store.newest(ids, [parent.area_id], ()))
    found: dict[str, list[str]] = {}
    for key in figures.keys():
        row = figures.newest(*key)
        if row is None or (row.indicator_id, row.group_id, row.period.kind) in own:
            continue
        indicator = catalog.indicators[row.indicator_id]
        group = in_text(catalog.groups[row.group_id].name)
        kind = KIND_NAMES[row.period.kind]
        date = period_name(row.period, indicator, catalog)
        found.setdefault(in_text(indicator.name), []).append(
            f"{group} {fmt.display(row, indicator)} ({kind} {date})"
        )
    return " ".join(
        f"{genitive(parent.name)} {name} opgøres for en anden gruppe og periode: {listing(values)}. "
        "Det er ikke samme mål, så tallene kan ikke sammenlignes."
        for name, values in found.items()
    )
