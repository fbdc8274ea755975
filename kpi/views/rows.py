"""A figure of an area as a row: its value, what it is held against, its rank and its badges."""

from dataclasses import dataclass

from kpi import format as fmt
from kpi.catalog import Catalog
from kpi.compare import NO_COMPARISON, Comparison
from kpi.exhibits.parts import whose
from kpi.measure import comparable_value
from kpi.model import Indicator, Observation
from kpi.period import Period
from kpi.show import Standing
from kpi.wording import (
    Badge,
    change_phrase,
    claim_badges,
    other_name,
    period_name,
    signed_gap,
    status_badges,
    verdict_badge,
)

# (indicator, group): the municipalities' median of each period.
Medians = dict[tuple[str, str], dict[Period, float]]


@dataclass(frozen=True)
class AreaRow:
    """One figure of an area. `against` are comparisons as (name, value, signed gap).

    `change` is the difference to the period before, in words; empty where there is none.
    """

    indicator: Indicator
    group_id: str
    area_name: str
    name: str
    period: str
    value: str
    change: str
    against: tuple[tuple[str, str, str], ...]
    rank: str
    badges: tuple[Badge, ...]


def area_row(one: Standing, medians: Medians, catalog: Catalog, most: int = 3) -> AreaRow:
    """The row of a standing, with at most `most` comparisons, the most telling first."""
    own = one.observation
    indicator = catalog.indicators[own.indicator_id]
    area = catalog.areas[own.area_id]
    told = [each for each in one.comparisons if each.verdict != NO_COMPARISON]
    badges = [*status_badges(own), *claim_badges(own, catalog)]
    if told:
        badges.append(verdict_badge(told[0], other_name(told[0], catalog, area)))
    against = [_against(own, each, indicator, catalog) for each in one.comparisons[:most]]
    middle = medians.get((own.indicator_id, own.group_id), {}).get(own.period)
    value = comparable_value(own, indicator)
    if middle is not None and value is not None:
        gap = round(value - middle, 10)
        text = fmt.amount(middle, indicator, indicator.decimals)
        signed = signed_gap(gap, indicator, own.is_approximate)
        against.insert(0, ("kommunernes median", text, signed))
    rank = ""
    if one.rank:
        sets = catalog.area_sets
        among = sets[one.rank.among].name if one.rank.among in sets else "kommunerne"
        rank = f"nr. {one.rank.place} af {one.rank.of} med tal blandt {among}"
    return AreaRow(
        indicator,
        own.group_id,
        area.name,
        ", ".join([indicator.name, *whose(indicator, own.group_id, catalog)]),
        period_name(own.period, indicator, catalog),
        fmt.display(own, indicator),
        change_phrase(one.previous, own, indicator, catalog) if one.previous else "",
        tuple(against[:most]),
        rank,
        tuple(badges),
    )


def _against(
    own: Observation, one: Comparison, indicator: Indicator, catalog: Catalog
) -> tuple[str, str, str]:
    if one.other is not None:
        value = fmt.display(one.other, indicator)
    else:
        value = fmt.amount(one.value, indicator, indicator.decimals)
    approximate = own.is_approximate or (one.other is not None and one.other.is_approximate)
    gap = fmt.MISSING
    if one.gap_points is not None:
        gap = signed_gap(one.gap_points, indicator, approximate)
    return other_name(one, catalog, catalog.areas[own.area_id]), value, gap
