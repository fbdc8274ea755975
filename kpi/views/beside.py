"""Figures together with what they are compared with: peers' figures and municipal values."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kpi.domain.catalog import Catalog
from kpi.domain.figures import Figures, Key
from kpi.domain.measure import comparable_value
from kpi.domain.model import Observation
from kpi.domain.plausibility import may_hold_outliers
from kpi.store import Store
from kpi.views.in_common import InCommon, in_common


def newest_beside(
    store: Store,
    catalog: Catalog,
    indicator_ids: Sequence[str],
    focus_ids: Sequence[str],
    other_ids: Sequence[str],
    is_judged: bool = True,
) -> Figures:
    """The newest figures of the focus areas and their peers, ready to be compared.

    The municipalities similar to one in focus are among the peers. What a municipality has before
    nearly all others is among `Figures.newer`, unless it is asked what is new (not `is_judged`).
    """
    others = [*other_ids, *similar_ids(catalog, indicator_ids, focus_ids)]
    rows = store.newest(indicator_ids, focus_ids, list(dict.fromkeys(others)))
    common = InCommon(rows, {})
    if is_judged:
        common = in_common(store, catalog, rows, focus_ids, others)
    return with_municipal(store, catalog, common.rows, focus_ids, common.newer)


def similar_ids(
    catalog: Catalog, indicator_ids: Sequence[str], focus_ids: Sequence[str]
) -> Iterator[str]:
    """The municipalities similar to one in focus, by any of the indicators."""
    # All but the features of similarity have the same ones.
    distinct = {feature.indicator_id for feature in catalog.similarity.features}
    asked = ["", *(indicator_id for indicator_id in indicator_ids if indicator_id in distinct)]
    for area_id in focus_ids:
        for indicator_id in asked:
            alike = catalog.similar_to(catalog.areas[area_id], indicator_id)
            yield from alike.area_ids[1:] if alike else ()


def with_doubts(store: Store, catalog: Catalog, rows: Iterable[Observation]) -> Catalog:
    """The catalog with the outliers among the older figures of some full series as well."""
    series: dict[tuple[str, str], list[Observation]] = {}
    for row in rows:
        series.setdefault((row.indicator_id, row.group_id), []).append(row)
    # Where none is far from its own area's others, the other areas need not be read.
    keys = [
        key for key, own in series.items() if may_hold_outliers(own, catalog.indicators[key[0]])
    ]
    doubted = store.implausible(keys) if keys else frozenset()
    return replace(catalog, implausible=catalog.implausible | doubted) if doubted else catalog


def with_municipal(
    store: Store,
    catalog: Catalog,
    rows: Iterable[Observation],
    area_ids: Iterable[str],
    newer: Mapping[Key, Observation] | None = None,
) -> Figures:
    """The rows, with the municipalities' values of what the areas' newest figures lack.

    A municipality's share or mean needs them where its benchmark is the median (because the
    indicator says so, or because the country has no figure), and where it belongs to no set: it is
    ranked among all municipalities.
    """
    figures = Figures(rows, newer=newer)
    keys = municipal_keys(figures, catalog, area_ids)
    return figures.with_municipal(store.municipal(sorted(keys))) if keys else figures


def municipal_keys(
    figures: Figures, catalog: Catalog, area_ids: Iterable[str]
) -> set[tuple[str, str, str]]:
    """Of which (indicator, group, period) the areas' verdicts need the municipalities' values."""
    focus = {area_id for area_id in area_ids if catalog.areas[area_id].level == "municipality"}
    keys: set[tuple[str, str, str]] = set()
    for key in figures:
        own = figures.newest(*key) if key[1] in focus else None
        if own is None or not catalog.indicators[key[0]].is_rate:
            continue
        is_ranked = not catalog.sets_of(own.area_id)
        if is_ranked or is_judged_by_median(own, figures, catalog):
            keys.add((key[0], key[2], own.period.text))
    return keys


def is_judged_by_median(own: Observation, figures: Figures, catalog: Catalog) -> bool:
    """Whether a figure's benchmark may be the median of the other municipalities.

    That is of a municipality's rate where the indicator says so, or the country has no value of the
    period to compare with.
    """
    indicator, country = catalog.indicators[own.indicator_id], catalog.country()
    if not indicator.is_rate or catalog.areas[own.area_id].level != "municipality":
        return False
    key = own.indicator_id, own.group_id, own.period
    theirs = figures.at(key[0], country.area_id, *key[1:]) if country else None
    has_value = (
        theirs is not None
        and comparable_value(theirs, indicator) is not None
        and not catalog.is_implausible(theirs)
    )
    return indicator.judged_by == "median" or not has_value
