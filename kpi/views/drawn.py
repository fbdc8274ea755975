"""The chart that the pages draw of an indicator, whatever its figures come from."""

from collections.abc import Callable, Sequence

from kpi.domain.catalog import Catalog
from kpi.domain.figures import Figures
from kpi.domain.model import Indicator, Observation
from kpi.exhibits import Exhibit, groups_exhibit, points_exhibit, trend_exhibit
from kpi.exhibits.set_means import Middles
from kpi.views.focus import areas_to_draw


def drawn_exhibit(
    indicator: Indicator,
    group_ids: Sequence[str],
    area_ids: Sequence[str],
    figures: Figures,
    catalog: Catalog,
    middles_of: Callable[[Observation], Middles],
) -> Exhibit | None:
    """A trend where there is one, else the areas' newest levels, else groups beside each other.

    Of the first group, but for the last kind; of those of the areas that have a figure, the first
    of them strong. `middles_of` are the medians or means that its newest figure is compared with.
    None without figures.
    """
    group_id = group_ids[0]
    with_rows = [
        area_id
        for area_id in areas_to_draw(area_ids, indicator, catalog)
        if figures.newest(indicator.indicator_id, area_id, group_id)
    ]
    newest = figures.newest(indicator.indicator_id, with_rows[0], group_id) if with_rows else None
    if newest is None:
        return None
    middles = middles_of(newest)
    trend = trend_exhibit(indicator, group_id, with_rows, figures, catalog, middles)
    if trend:
        return trend
    same = [
        area_id
        for area_id in with_rows
        if figures.at(indicator.indicator_id, area_id, group_id, newest.period)
    ]
    if len(same) > 1:
        return points_exhibit(indicator, group_id, same, newest.period, figures, catalog, middles)
    return groups_exhibit(indicator, with_rows[0], group_ids, newest.period, figures, catalog)
