"""What the areas of one period are compared with: a chosen set, the country, or a median."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from kpi.charts.marks import BENCHMARK, Dot
from kpi.domain import format as fmt
from kpi.domain.area_presets import chosen_set
from kpi.domain.catalog import Catalog
from kpi.domain.compare import MEDIAN, Comparison, compare_with_middle
from kpi.domain.figures import Figures
from kpi.domain.judgement import benchmark_of, compare_areas, gap_alone_if_doubted
from kpi.domain.measure import comparable_value
from kpi.domain.middle import Middle
from kpi.domain.model import AreaSet, Indicator, Observation
from kpi.domain.verdicts import comparisons
from kpi.domain.wording import capital, counts_in_words
from kpi.exhibits.parts import MEDIAN_NAME, benchmark_name, dot_of
from kpi.exhibits.reading import reading_of
from kpi.exhibits.set_means import mean_of_set, set_name

# With fewer areas a median says little and is not shown.
_FEWEST = 3


@dataclass(frozen=True)
class Benchmark:
    """What is drawn across: the country's row, or the middle of areas without the focus area.

    `middle` is the mean of `among`, a set of areas, or the municipalities' median.
    `name` stands within a sentence, `column` over the differences of areas to a middle each.
    """

    dot: Dot
    name: str
    column: str
    country: Observation | None = None
    middle: Middle | None = None
    among: AreaSet | None = None


def benchmark_in(
    rows: Sequence[Observation],
    focus_id: str,
    indicator: Indicator,
    catalog: Catalog,
    among: AreaSet | None = None,
) -> Benchmark | None:
    """The country, or for a municipality the median of the others; as kpi.domain.verdicts chooses.

    Before both comes the mean of `among`, where it has one: the set that the reader chose, else the
    one that its verdict is by.
    `rows` are all areas': the median is of every other municipality with a value, also of those
    that are doubted, so that it is the same in every diagram.
    """
    country = next((row for row in rows if catalog.areas[row.area_id].level == "country"), None)
    dot = country and dot_of(
        catalog.areas[country.area_id].name, BENCHMARK, country, indicator, catalog=catalog
    )
    middle = None
    if _has_median(focus_id, indicator, catalog):
        among = among or judging_set(rows, focus_id, indicator, catalog)
        mean = mean_of_set(rows, frozenset((focus_id,)), among, catalog) if among else None
        if among is not None and mean is not None:
            called = set_name(among, focus_id, catalog)
            shown = Dot(
                capital(called), BENCHMARK, mean.value, fmt.number(mean.value, indicator.decimals)
            )
            return Benchmark(shown, called, among.name, middle=mean, among=among)
        middle = median_of_others(_municipalities(rows, catalog), focus_id, indicator)
    has_value = (
        country is not None
        and comparable_value(country, indicator) is not None
        and not catalog.is_implausible(country)
    )
    if dot and has_value and not (middle and indicator.judged_by == "median"):
        name = benchmark_name(dot.name)
        return Benchmark(dot, name, name, country)
    if middle is None:
        return None
    value, count = middle
    name = f"Median af de {count} andre kommuner"
    shown = Dot(name, BENCHMARK, value, fmt.number(value, indicator.decimals))
    return Benchmark(shown, benchmark_name(name), benchmark_name(MEDIAN_NAME), middle=Middle(value))


def judging_set(
    rows: Sequence[Observation], area_id: str, indicator: Indicator, catalog: Catalog
) -> AreaSet | None:
    """The set by whose mean an area's figure among `rows`, of one period, is judged; None if none.

    An indicator names it so, and all its members have a value (kpi.domain.verdicts).
    """
    own = next((row for row in rows if row.area_id == area_id), None)
    name = judging_set_name(own, Figures(rows), catalog) if own else ""
    return chosen_set((name,), area_id, indicator.indicator_id, catalog) if name else None


def judging_set_name(own: Observation, figures: Figures, catalog: Catalog) -> str:
    """The id of the set by whose mean a figure is judged; empty where it is judged otherwise."""
    if catalog.indicators[own.indicator_id].judged_by != "mean":
        return ""
    judged = benchmark_of(comparisons(own, figures, catalog))
    is_mean = judged is not None and judged.kind == "area_set" and judged.with_id != MEDIAN
    return judged.with_id if judged is not None and is_mean else ""


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
    """An area compared with the country, or a municipality with a middle of others.

    None where there is neither: no country row, no mean of the chosen set, and no median of at
    least three municipalities.
    """
    if benchmark.country is not None:
        return compare_areas(row, benchmark.country, catalog)
    if not _has_median(row.area_id, indicator, catalog):
        return None
    middle: Middle | None
    if (among := benchmark.among) is not None:
        middle = mean_of_set(rows, frozenset((row.area_id,)), among, catalog)
    else:
        others = median_of_others(_municipalities(rows, catalog), row.area_id, indicator)
        middle = Middle(others[0]) if others else None
    if middle is None:
        return None
    return gap_alone_if_doubted(compare_with_middle(row, middle, indicator), row, catalog)


def doubt_in_median(
    doubted: Sequence[Observation],
    focus_id: str,
    benchmark: Benchmark | None,
    indicator: Indicator,
) -> str:
    """That the median counts the values that have no place or verdict; empty where there are none.

    So `nr. 6 af 97 kommuner` stands beside the median of 97 others: with the own value, or with the
    doubted one.
    """
    is_median = benchmark is not None and benchmark.country is None and benchmark.among is None
    counted = [
        row
        for row in doubted
        if row.area_id != focus_id and comparable_value(row, indicator) is not None
    ]
    if not is_median or not counted:
        return ""
    values = "usandsynlige tal" if len(counted) > 1 else "usandsynligt tal"
    words = counts_in_words(len(counted), common=False)[0]
    return f"Medianen er af alle de andre kommuners tal, også {words} {values}."


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
    if benchmark is None:
        return reading_of(beside, indicator, catalog)
    name = benchmark.name if benchmark.among else MEDIAN_NAME
    return reading_of(beside, indicator, catalog, benchmark.middle, name)
