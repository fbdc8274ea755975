"""What a row says beside its value: period and age, distance to the benchmark, place."""

from collections.abc import Mapping
from typing import assert_never

from kpi.domain import format as fmt
from kpi.domain.age import age_text, counted_at_end_of_month, counted_until
from kpi.domain.catalog import Catalog
from kpi.domain.compare import Comparison
from kpi.domain.measure import shown_counts
from kpi.domain.model import Area, Indicator, Observation
from kpi.domain.period_words import row_period_name
from kpi.domain.ranking import Rank, shared_words
from kpi.domain.wording import among, other_name
from kpi.views.heat_map import short_benchmark

_DEFINITE: Mapping[str, str] = {
    "landet": "landet", "median": "medianen", "gennemsnit": "gennemsnittet",
}  # fmt: skip


def dated_with_age(row: Observation, indicator: Indicator, catalog: Catalog) -> str:
    """`2024/2025 · 15 måneder gammelt`: a figure's period and age.

    The month is named where a year's figure is counted at the end of one: `november 2024 · 2 år …`.
    """
    source = catalog.sources[row.source_id]
    known, until = "", counted_until(row, source, indicator)
    name = row_period_name(row, indicator, catalog)
    is_filed = row.measured != "reported" and indicator.counted_on(row.period) is None
    if is_filed and until == counted_at_end_of_month(indicator, row.period):
        name = name.replace(row.period.name(), fmt.partial_date(f"{until:%Y-%m}"))
    elif is_filed and until < row.period.end and row.period.kind == "year":
        # Its age is that of the paper, which came before the year had ended.
        known = f", oplyst {fmt.partial_date(f'{until:%Y-%m}')}"
    return f"{name}{known} · {age_text(row, source, indicator, catalog.day)}"


def gap_to_benchmark(comparison: Comparison, indicator: Indicator) -> str:
    """`9,0 under landet (82,2)`, `ca. 7 over medianen (22,4)`, `på niveau med landet (77,4)`."""
    name = _DEFINITE[short_benchmark(comparison)]
    return _gap_to(name, fmt.number(comparison.value, indicator.decimals), comparison, indicator)


def gap_in_row(comparison: Comparison, indicator: Indicator, catalog: Catalog, area: Area) -> str:
    """The gap to whatever a row leads with: `8 over Viby Syd (3 af 13)`."""
    if comparison.is_benchmark:
        return gap_to_benchmark(comparison, indicator)
    value = fmt.number(comparison.value, indicator.decimals)
    if comparison.other is not None:
        counted = shown_counts(comparison.other, indicator)
        value = fmt.n_of_n(*counted) if counted else fmt.bare(comparison.other, indicator)
    name = other_name(comparison, catalog, area)
    match comparison.kind:
        case "area" | "area_set" | "target":
            return _gap_to(name, value, comparison, indicator)
        case "group":
            # A figure is higher among people; people do not lie over other people.
            return _gap_to(
                among(catalog.groups[comparison.with_id].name),
                value,
                comparison,
                indicator,
                "højere end",
                "lavere end",
            )
    assert_never(comparison.kind)


def _gap_to(
    name: str,
    value: str,
    comparison: Comparison,
    indicator: Indicator,
    above: str = "over",
    below: str = "under",
) -> str:
    gap = comparison.gap_points or 0.0
    decimals = fmt.gap_decimals(indicator, comparison.approximate)
    if fmt.rounds_to_zero(gap, decimals):
        return f"på niveau med {name} ({value})"
    side = above if gap > 0 else below
    about = f"ca.{fmt.NO_BREAK_SPACE}" if comparison.approximate else ""
    return f"{about}{fmt.number(abs(gap), decimals)} {side} {name} ({value})"


def place_words(ranked: Rank) -> str:
    """`nr. 97 af 98`, `delt nr. 8 af 98`."""
    return f"{place_number(ranked)} af {fmt.number(ranked.of, 0)}"


def place_number(ranked: Rank) -> str:
    """`nr. 97`, `delt nr. 8`."""
    return f"{shared_words(ranked)}nr. {fmt.number(ranked.place, 0)}"
