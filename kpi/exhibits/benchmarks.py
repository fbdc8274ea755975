"""What the areas of one period are compared with: the country, or the municipalities' median."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from kpi.charts.marks import BENCHMARK, Dot
from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.compare import MEDIAN, Comparison, compare_with_value
from kpi.domain.judgement import compare_areas
from kpi.domain.measure import comparable_value
from kpi.domain.model import Indicator, Observation
from kpi.exhibits.parts import dot_of
from kpi.exhibits.reading import reading_of

# With fewer areas a median says little and is not shown.
_FEWEST = 3


@dataclass(frozen=True)
class Benchmark:
    """What is drawn across: the country's row, or the median of all but the focus area."""

    dot: Dot
    country: Observation | None
    median: float | None


def benchmark_in(
    rows: Sequence[Observation], focus_id: str, indicator: Indicator, catalog: Catalog
) -> Benchmark | None:
    """The country, or for a municipality the median of the others; as kpi.domain.verdicts chooses.

    `rows` are all areas': the median is of every other municipality with a value, also of those
    that are doubted, so that it is the same in every diagram.
    """
    country = next((row for row in rows if catalog.areas[row.area_id].level == "country"), None)
    dot = country and dot_of(
        catalog.areas[country.area_id].name, BENCHMARK, country, indicator, catalog=catalog
    )
    middle = None
    if _has_median(focus_id, indicator, catalog):
        middle = median_of_others(_municipalities(rows, catalog), focus_id, indicator)
    has_value = country is not None and comparable_value(country, indicator) is not None
    if dot and has_value and not (middle and indicator.benchmark == "median"):
        return Benchmark(dot, country, None)
    if middle is None:
        return None
    value, count = middle
    name = f"Median af de {count} andre kommuner"
    shown = Dot(name, BENCHMARK, value, fmt.number(value, indicator.decimals))
    return Benchmark(shown, None, value)


def _has_median(area_id: str, indicator: Indicator, catalog: Catalog) -> bool:
    """Whether the area may be compared with the others' median (as in kpi.views.beside)."""
    area = catalog.areas.get(area_id)
    has_kind = indicator.is_rate
    return has_kind and area is not None and area.level == "municipality"


def compared_with_benchmark(
    row: Observation,
    benchmark: Benchmark,
    rows: Sequence[Observation],
    indicator: Indicator,
    catalog: Catalog,
) -> Comparison | None:
    """An area compared with the country, or a municipality with the median of all others.

    None where there is neither: no country row, and no median of at least three municipalities.
    """
    if benchmark.country is not None:
        return compare_areas(row, benchmark.country, catalog)
    if not _has_median(row.area_id, indicator, catalog):
        return None
    others = median_of_others(_municipalities(rows, catalog), row.area_id, indicator)
    return compare_with_value(row, others[0], indicator, "area_set", MEDIAN) if others else None


def median_of_others(
    rows: Sequence[Observation], area_id: str, indicator: Indicator
) -> tuple[float, int] | None:
    """The median of the other areas' values and how many have one; None with fewer than three."""
    values = [
        value
        for row in rows
        if row.area_id != area_id and (value := comparable_value(row, indicator)) is not None
    ]
    return (round(median(values), 10), len(values)) if len(values) >= _FEWEST else None


def _municipalities(rows: Sequence[Observation], catalog: Catalog) -> list[Observation]:
    return [row for row in rows if catalog.areas[row.area_id].level == "municipality"]


def focus_reading(
    focus_id: str,
    rows: Sequence[Observation],
    benchmark: Benchmark | None,
    indicator: Indicator,
    catalog: Catalog,
) -> str:
    """The focus area's confidence interval, and whether its difference to the benchmark is certain.

    Where no counts are known, only that uncertainty is not computed; empty without the area.
    """
    own = next((row for row in rows if row.area_id == focus_id), None)
    if own is None:
        return ""
    country = benchmark.country if benchmark else None
    beside = [own, *([country] if country else [])]
    return reading_of(beside, indicator, catalog, benchmark.median if benchmark else None)
