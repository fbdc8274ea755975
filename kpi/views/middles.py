"""The means and medians of others that figures are judged by, in each period: for developments."""

from collections.abc import Sequence

from kpi.domain.catalog import Catalog
from kpi.domain.figures import Figures
from kpi.domain.model import Observation
from kpi.exhibits.benchmarks import judging_set_name
from kpi.exhibits.set_means import Middles, SetMeans, chosen_means
from kpi.store import Store
from kpi.views.beside import is_judged_by_median


def peer_means(store: Store, catalog: Catalog, own: Observation) -> SetMeans | None:
    """The means by period that a development is drawn beside, where its newest verdict is by one.

    None where the indicator names another benchmark, or a member has no value: then the figure is
    judged by the next that there is (kpi.domain.verdicts).
    """
    if catalog.indicators[own.indicator_id].judged_by != "mean":
        return None
    area = catalog.areas[own.area_id]
    alike = catalog.similar_to(area, own.indicator_id)
    members = [
        area_id
        for set_ in (*catalog.sets_of(area.area_id), *([alike] if alike else ()))
        for area_id in set_.area_ids
    ]
    rows = store.histories(
        [(own.indicator_id, own.group_id)], list(dict.fromkeys([own.area_id, *members]))
    )
    figures = Figures(rows)
    return chosen_means(own, figures, judging_set_name(own, figures, catalog), catalog)


def middles_of_newest(
    store: Store, catalog: Catalog, newest: Sequence[Observation], figures: Figures
) -> dict[tuple[str, str], Middles]:
    """By (indicator, group) what an area's newest figures are judged by, where that is of others.

    The mean of peers, or the other municipalities' median.
    """
    means = {_key(row): each for row in newest if (each := peer_means(store, catalog, row))}
    asked = [
        row
        for row in newest
        if _key(row) not in means and is_judged_by_median(row, figures, catalog)
    ]
    medians = store.medians([_key(row) for row in asked], asked[0].area_id) if asked else {}
    return {**medians, **means}


def _key(row: Observation) -> tuple[str, str]:
    return row.indicator_id, row.group_id
