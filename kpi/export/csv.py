"""Figures as CSV: raw numbers with decimal point, one row an observation, readable by `publish`."""

import csv
import io
from collections.abc import Iterable, Sequence

from kpi.domain.format import raw_number, safe_text
from kpi.domain.model import Observation
from kpi.store import Store

COLUMNS = (
    "indicator_id", "area_id", "group_id", "period", "value", "numerator", "denominator", "status",
    "as_published", "note", "source_id", "low", "high", "measured",
)  # fmt: skip


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
