"""A figure of an area as a row: its value, its comparisons, its rank and its badges."""

from collections.abc import Sequence
from dataclasses import dataclass

from kpi.domain import format as fmt
from kpi.domain.age import age_text
from kpi.domain.catalog import Catalog
from kpi.domain.compare import Comparison
from kpi.domain.judgement import figure_badges
from kpi.domain.model import Indicator, Observation
from kpi.domain.period_words import row_period_name
from kpi.domain.wording import Badge, change_phrase, parted_phrase, row_name, signed_gap
from kpi.exhibits.parts import common_decimals, same_decimals, whose
from kpi.views.standings import Standing, rank_text


@dataclass(frozen=True)
class AreaRow:
    """One figure of an area. `against` are comparisons as (name, value, signed gap).

    `change` is the difference to the period before, in words; empty where there is none. `age` is
    how old the figure is.
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
    age: str


def area_row(standing: Standing, catalog: Catalog, most: int = 3) -> AreaRow:
    """The row of a standing, with its first `most` comparisons."""
    own = standing.observation
    indicator = catalog.indicators[own.indicator_id]
    area = catalog.areas[own.area_id]
    badges = figure_badges(own, standing.comparisons, catalog)
    own, compared = _alike(own, standing.comparisons[:most], indicator)
    return AreaRow(
        indicator,
        own.group_id,
        area.name,
        ", ".join([indicator.name, *whose(indicator, own.group_id, catalog)]),
        row_period_name(own, indicator, catalog),
        fmt.display(own, indicator),
        _development(standing, own, indicator, catalog),
        tuple(_against(own, each, indicator, catalog) for each in compared),
        rank_text(standing.rank, indicator, catalog) if standing.rank else "",
        badges,
        age_text(own, catalog.sources[own.source_id], indicator, catalog.day),
    )


def _development(
    standing: Standing, own: Observation, indicator: Indicator, catalog: Catalog
) -> str:
    """The change from the figure before, or why there is none; empty where nothing is known."""
    if standing.previous:
        return change_phrase(standing.previous, own, indicator, catalog)
    if standing.parted:
        return parted_phrase(standing.parted, indicator, catalog)
    return ""


def _alike(
    own: Observation, compared: Sequence[Comparison], indicator: Indicator
) -> tuple[Observation, tuple[Comparison, ...]]:
    """The figures with equally many decimals, as they are written above each other.

    A mean or median has the indicator's decimals, and so have the figures beside it.
    """
    others = [each.other for each in compared if each.other is not None]
    decimals = indicator.decimals
    if len(others) == len(compared):
        decimals = common_decimals([own, *others], indicator)
    (own,) = same_decimals([own], indicator, decimals) if compared else (own,)
    return own, tuple(
        each._replace(other=same_decimals([each.other], indicator, decimals)[0])
        if each.other is not None
        else each
        for each in compared
    )


def _against(
    own: Observation, comparison: Comparison, indicator: Indicator, catalog: Catalog
) -> tuple[str, str, str]:
    if comparison.other is not None:
        value = fmt.display(comparison.other, indicator)
    else:
        value = fmt.amount(comparison.value, indicator, indicator.decimals)
    gap = fmt.MISSING
    if comparison.gap_points is not None:
        gap = signed_gap(comparison.gap_points, indicator, comparison.approximate)
    return row_name(comparison, indicator, catalog, catalog.areas[own.area_id]), value, gap
