"""Figures as CSV: raw numbers with decimal point, one row an observation, readable by `publish`."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from kpi.domain.model import Observation
from kpi.store import Store

COLUMNS = (
    "indicator_id", "area_id", "group_id", "period", "value", "numerator", "denominator", "status",
    "as_published", "note", "source_id", "low", "high", "measured",
)  # fmt: skip
# A spreadsheet runs a text cell that begins like this as a formula.
_FORMULA_MARKS = ("=", "+", "-", "@", "\t", "\r")


def write_observations(
    store: Store, indicator_ids: Sequence[str] | None, area_ids: Sequence[str] | None
) -> tuple[str, int]:
    """The chosen figures (None: all) as CSV text, and how many rows; KpiError for an unknown id."""
    catalog = store.catalog()
    for indicator_id in indicator_ids or ():
        catalog.indicator(indicator_id)
    for area_id in area_ids or ():
        catalog.area(area_id)
    observations = store.series(list(indicator_ids or catalog.indicators), area_ids)
    return observations_csv(observations), len(observations)


def observations_csv(observations: Iterable[Observation]) -> str:
    """CSV text (UTF-8 mark first, for Excel) with COLUMNS; hidden and missing values are empty."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in observations:
        writer.writerow(
            [
                one.indicator_id, one.area_id, one.group_id, one.period.text,
                raw_number(one.value, one.decimals), raw_number(one.numerator),
                raw_number(one.denominator), one.status, safe_text(one.as_published),
                safe_text(one.note), one.source_id,
                raw_number(one.low), raw_number(one.high), one.measured,
            ]
        )  # fmt: skip
    return out.getvalue()


def raw_number(value: float | None, decimals: int | None = None) -> str:
    """The number with a decimal point, as many decimals as its source wrote; empty when missing."""
    if value is None:
        return ""
    # Never 1e+16: that is no number to those who read it, our own checks included.
    shortest = format(Decimal(repr(value)), "f").removesuffix(".0")
    if decimals and len(shortest.partition(".")[2]) < decimals:
        return f"{value:.{decimals}f}"
    return shortest


def safe_text(text: str | None) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe goes before such a start."""
    if not text:
        return ""
    return "'" + text if text.startswith(_FORMULA_MARKS) else text
