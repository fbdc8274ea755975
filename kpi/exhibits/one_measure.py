"""One axis, one measure: a count with a known denominator is drawn as a share, beside shares only.

A bare count beside it would be read on a percentage scale: 63 persons are not 63 %.
"""

from collections.abc import Sequence

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.measure import compares_in_percent
from kpi.domain.model import Indicator, Observation
from kpi.domain.period_words import row_period_name
from kpi.domain.wording import capital

_MOST_NAMED = 6


def in_one_measure(
    own: Observation, rows: Sequence[Observation], indicator: Indicator
) -> tuple[tuple[Observation, ...], tuple[Observation, ...]]:
    """The rows that share an axis with `own`, and those of another measure, in their order.

    Rows without a value are returned with the first: a hidden value is reported, whatever it
    measures.
    """
    in_percent = compares_in_percent(own, indicator)
    beside: list[Observation] = []
    apart: list[Observation] = []
    for row in rows:
        is_alike = row.value is None or compares_in_percent(row, indicator) is in_percent
        (beside if is_alike else apart).append(row)
    return tuple(beside), tuple(apart)


def measuring(series: Sequence[Observation]) -> Observation:
    """The row that says what a series measures: the newest exact value, else the newest row."""
    exact = [row for row in series if row.value is not None and not row.is_bound]
    return (exact or series)[-1]


def apart_remark(
    own: Observation, apart: Sequence[Observation], indicator: Indicator, catalog: Catalog
) -> str:
    """Which values are not drawn because their measure is another; empty where all are."""
    if not apart:
        return ""
    values = []
    for row in apart:
        differing = [
            catalog.areas[row.area_id].name if row.area_id != own.area_id else "",
            catalog.groups[row.group_id].name if row.group_id != own.group_id else "",
            row_period_name(row, indicator, catalog) if row.period != own.period else "",
        ]
        name = ", ".join(filter(None, differing))
        values.append(f"{name}: {fmt.display(row, indicator)}")
    known = compares_in_percent(own, indicator)
    it_is = "det er" if len(apart) == 1 else "de er"
    why = (
        f"fordi det ikke er oplyst, hvor mange {it_is} ud af"
        if known
        else f"fordi {it_is} opgjort af en helhed"
    )
    shown = f" ({'; '.join(values)})" if len(values) <= _MOST_NAMED else ""
    return f"{capital(fmt.count_word(len(apart)))} tal er ikke tegnet{shown}, {why}."
