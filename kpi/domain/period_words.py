"""The periods and days of figures in Danish, as labels and inside sentences."""

from typing import assert_never

from kpi.domain import format as fmt
from kpi.domain.age import NOT_BEGUN
from kpi.domain.catalog import Catalog
from kpi.domain.model import Indicator, Observation
from kpi.domain.period import OVERLAPPING, Period


def is_other_season(period: Period, other: Period, indicator: Indicator, catalog: Catalog) -> bool:
    """Whether two quarters or months of different seasons are compared, or schools' half-years.

    Other half-years (of a programme's families) are long enough to be compared.
    """
    if period.kind != other.kind or period.start.month == other.start.month:
        return False
    if period.kind == "half":
        return indicator.indicator_id in catalog.school_figures
    return period.kind in ("quarter", "month")


def period_name(period: Period, indicator: Indicator, catalog: Catalog) -> str:
    """The period in Danish; half-years of school figures are `forår` and `efterår`.

    Of what is counted on 1 January it is that day: `1. januar 2026`.
    """
    if (day := indicator.counted_on(period)) is not None:
        return fmt.long_date(day)
    return period.name(seasons=indicator.indicator_id in catalog.school_figures)


def when(period: Period, indicator: Indicator, catalog: Catalog) -> str:
    """The period after a figure: `i 2022`, `i foråret 2024`, `pr. 6. oktober 2024`."""
    name = period_in_text(period, indicator, catalog)
    is_day = period.kind == "day" or indicator.counted_on(period) is not None
    return f"pr. {name}" if is_day else f"i {name}"


def since_when(period: Period, indicator: Indicator, catalog: Catalog) -> str:
    """`siden 2022`, `siden foråret 2024`, `siden skoleåret 2023/2024`, `siden 6. oktober 2024`."""
    return f"siden {period_in_text(period, indicator, catalog)}"


def period_in_text(period: Period, indicator: Indicator, catalog: Catalog) -> str:
    """The period's name inside a sentence: `foråret 2024`, `skoleåret 2023/2024`."""
    name = period_name(period, indicator, catalog)
    if name.startswith(("forår ", "efterår ")):
        season, year = name.split(" ")
        return f"{season}et {year}"
    return f"skoleåret {name}" if period.kind == "school_year" else name


def when_row(row: Observation, indicator: Indicator, catalog: Catalog) -> str:
    """The time of a figure, after it: `i 2022`, `opgjort marts 2025`, `siden 2024, opgjort ...`.

    A figure counted at a date is not one over a period; one cumulated says since when. Where the
    source states no date of counting, its own date is all that is known: `oplyst juni 2024`.
    """
    if row.measured == "over":
        return when(row.period, indicator, catalog)
    return row_period_name(row, indicator, catalog)


def row_period_name(row: Observation, indicator: Indicator, catalog: Catalog) -> str:
    """The period of a figure as a label: `2022`, `opgjort marts 2025`, `oplyst juni 2024`."""
    match row.measured:
        case "over":
            return period_name(row.period, indicator, catalog)
        case "at":
            return f"opgjort {period_in_text(row.period, indicator, catalog)}"
        case "since":
            if row.period.kind not in OVERLAPPING:
                return f"indtil {period_in_text(row.period, indicator, catalog)}"
            return f"siden {row.period.start_name()}, opgjort {row.period.end_name()}"
        case "reported":
            published = catalog.sources[row.source_id].published
            return f"oplyst {fmt.partial_date(published[:7]) if published else row.period.name()}"
    assert_never(row.measured)


def row_period_in_text(row: Observation, indicator: Indicator, catalog: Catalog) -> str:
    """Its period in a sentence: `skoleåret 2024/2025`, `foråret 2024`, `opgjort marts 2025`."""
    if row.measured == "over":
        return period_in_text(row.period, indicator, catalog)
    return row_period_name(row, indicator, catalog)


def ahead_sentence(row: Observation, catalog: Catalog) -> str:
    """`Tal for 2027: 75,3 % (perioden er ikke begyndt).`"""
    indicator = catalog.indicators[row.indicator_id]
    when = row_period_in_text(row, indicator, catalog)
    return f"Tal for {when}: {fmt.display(row, indicator)} ({NOT_BEGUN})."
