"""The exhibit of one period that sets population groups against each other."""

from collections.abc import Sequence

from kpi.charts.marks import FOCUS, PEER
from kpi.domain.catalog import Catalog
from kpi.domain.figures import Figures
from kpi.domain.model import Indicator, Observation
from kpi.domain.period import Period
from kpi.exhibits.one_period import Chosen, one_period_exhibit, points_of
from kpi.exhibits.parts import Exhibit, dot_of
from kpi.exhibits.titles import groups_title, value_title


def groups_exhibit(
    indicator: Indicator,
    area_id: str,
    group_ids: Sequence[str],
    period: Period,
    figures: Figures,
    catalog: Catalog,
) -> Exhibit | None:
    """One dot per population group for one area and period, the first group strong; stems from 0.

    None where none has a value. A single value is a number and no chart.
    """
    rows = (
        figures.at(indicator.indicator_id, area_id, group_id, period)
        for group_id in dict.fromkeys(group_ids)
    )
    points = points_of(rows, indicator)
    if points is None:
        return None
    own, shown, raw, apart = points
    marked = []
    for row in shown:
        name = catalog.groups[row.group_id].name
        dot = dot_of(name, FOCUS if row is own else PEER, row, indicator, catalog=catalog)
        if dot:
            marked.append((dot, row))
    against = _reference(own, shown, catalog)
    area_name = catalog.areas[own.area_id].name
    if against is None:
        title = value_title(own, indicator, area_name, catalog)
    else:
        title = groups_title(own, against, indicator, area_name, catalog)
    pair = (own, against) if against else (own,)
    return one_period_exhibit(title, "Gruppe", marked, Chosen(raw, pair, apart), indicator, catalog)


def _reference(
    own: Observation, shown: Sequence[Observation], catalog: Catalog
) -> Observation | None:
    """The group that the first one is compared with: its own, or the only other beside it."""
    reference = catalog.groups[own.group_id].reference_group_id
    against = next((row for row in shown if row.group_id == reference), None)
    is_pair = len(shown) == 2 and "all" not in {drawn.group_id for drawn in shown}
    return against or (shown[1] if is_pair else None)
