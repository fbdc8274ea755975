"""The newest values of an indicator with all their comparisons: what `kpi show` prints."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kpi.domain import format as fmt
from kpi.domain.catalog import SIMILAR, Catalog
from kpi.domain.compare import Change, Comparison, Parted, change, parted
from kpi.domain.errors import KpiError
from kpi.domain.figures import Figures
from kpi.domain.measure import comparable_value
from kpi.domain.model import Indicator, Observation
from kpi.domain.ranking import Rank, place_from_end, rank
from kpi.domain.targets import compared_with_targets
from kpi.domain.verdicts import comparisons_of
from kpi.domain.wording import counts_in_words, in_text
from kpi.store import Store
from kpi.views.beside import with_municipal
from kpi.views.focus import sets_to_compare
from kpi.views.row_words import place_number


@dataclass(frozen=True)
class Standing:
    """One area's newest value of an indicator, what it was before, and how it compares.

    `parted`: a break in the series keeps it from being compared with what it was before.
    """

    observation: Observation
    previous: Change | None
    comparisons: tuple[Comparison, ...]
    rank: Rank | None
    parted: Parted | None = None


def standings(
    store: Store,
    indicator_id: str,
    area_ids: Sequence[str] | None = None,
    group_ids: Sequence[str] | None = None,
) -> tuple[Standing, ...]:
    """The newest value in each area and group, in the areas' order (None: all that have one).

    Comparisons end with the targets that are set for the figure.

    Raises KpiError when an id is unknown or nothing is found.
    """
    catalog = store.catalog()
    indicator = catalog.indicator(indicator_id)
    for area_id in area_ids or ():
        catalog.area(area_id)
    for group_id in group_ids or ():
        catalog.group(group_id)
    rows = store.series([indicator_id])
    figures = with_municipal(store, catalog, rows, {row.area_id for row in rows})
    order = {area_id: place for place, area_id in enumerate(catalog.areas)}
    keys = sorted(
        (
            key
            for key in figures
            if (area_ids is None or key[1] in area_ids)
            and (group_ids is None or key[2] in group_ids)
        ),
        key=lambda key: (key[2] != indicator.default_group, key[2], order[key[1]]),
    )
    if not rows and catalog.as_of is None:
        is_ahead = any(key[0] == indicator_id for key in catalog.ahead)
        raise KpiError(
            "Ingen tal",
            f"Der er endnu ingen tal for {in_text(indicator.name)} i Spor"
            + (", hvis periode er begyndt." if is_ahead else "."),
        )
    if not keys:
        raise KpiError(
            "Ingen tal",
            f"Der er ingen tal for {in_text(indicator.name)} med disse valg. Se alle med "
            f"»python -m kpi show {indicator_id}«.",
        )
    newest = (figures.newest(*key) for key in keys)
    before_targets = standings_of([own for own in newest if own is not None], figures, catalog)
    return tuple(_with_targets(standing, indicator, catalog) for standing in before_targets)


def _with_targets(standing: Standing, indicator: Indicator, catalog: Catalog) -> Standing:
    against_targets = compared_with_targets(standing.observation, indicator, catalog)
    return replace(standing, comparisons=standing.comparisons + against_targets)


def standing(own: Observation, figures: Figures, catalog: Catalog) -> Standing:
    """One observation with its change, comparisons and rank, from the figures at hand."""
    (single,) = standings_of([own], figures, catalog)
    return single


def standings_of(
    rows: Sequence[Observation], figures: Figures, catalog: Catalog, among: str = ""
) -> tuple[Standing, ...]:
    """`standing` of many observations, their comparisons judged at once.

    `among` is the set that they have their place in, where it is not the area's own.
    """
    return tuple(
        Standing(
            own,
            change(own, before, catalog.indicators[own.indicator_id]),
            compared,
            _rank(own, figures, catalog, among),
            parted(own, before, catalog.indicators[own.indicator_id]),
        )
        for own, before, compared in zip(
            rows, map(figures.before, rows), comparisons_of(rows, figures, catalog), strict=True
        )
    )


def _rank(own: Observation, figures: Figures, catalog: Catalog, among: str) -> Rank | None:
    """The place among the area's set (6-byerne), else among all municipalities with a figure.

    Only for figures that do not grow with the area's size, and not for small programmes. Values
    that are implausible have no rank, and the others are ranked without them.
    """
    area = catalog.areas[own.area_id]
    indicator = catalog.indicators[own.indicator_id]
    if indicator.is_total or area.level != "municipality":
        return None
    doubted = catalog.doubted_areas(own)
    sets = sets_to_compare(own.area_id, catalog, among, own.indicator_id)
    if sets:
        named, candidates = sets[0].set_id, sets[0].area_ids
    else:
        named = "municipality"
        candidates = tuple(
            area.area_id for area in catalog.areas.values() if area.level == "municipality"
        )
    rows = (
        figures.at(own.indicator_id, candidate, own.group_id, own.period)
        for candidate in candidates
    )
    every = {row.area_id: comparable_value(row, indicator) for row in rows if row}
    known = {area_id: value for area_id, value in every.items() if value is not None}
    if not sets:
        # Of municipalities beside a page's areas only some rows are at hand.
        known |= figures.municipal_values(own)
    values = {area_id: value for area_id, value in known.items() if area_id not in doubted}
    # A place among two says no more than the comparison with the other one.
    if len(values) < 3:
        return None
    ranked = rank(values, own.area_id, indicator, named)
    return replace(ranked, left_out=len(known) - len(values)) if ranked else None


# What is said of a place in a set that is another one for each area.
_SETS_OF_AN_AREA = {SIMILAR: "de kommuner, der ligner mest", "region": "regionens kommuner"}


def rank_text(ranked: Rank, indicator: Indicator, catalog: Catalog) -> str:
    """`nr. 5 blandt 6-byerne (6 har tal)`; says how many values are left out as implausible.

    Where neither end is better: `delt 2. lavest blandt 6-byerne`.
    """
    among = catalog.area_sets.get(ranked.among)
    name = among.name if among else _SETS_OF_AN_AREA.get(ranked.among, "kommunerne")
    text = f"{fmt.number(ranked.of + ranked.left_out, 0)} har tal"
    if ranked.left_out:
        (count,) = counts_in_words(ranked.left_out, common=False)
        are = "usandsynligt tal" if ranked.left_out == 1 else "usandsynlige tal"
        text += f", {count} {are} er ikke regnet med i placeringen"
    is_neutral = indicator.direction == "neutral"
    place = place_from_end(ranked) if is_neutral else place_number(ranked)
    return f"{place} blandt {name} ({text})"
