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
    for observation in observations:
        writer.writerow(
            [
                observation.indicator_id, observation.area_id, observation.group_id,
                observation.period.text, raw_number(observation.value, observation.decimals),
                raw_number(observation.numerator), raw_number(observation.denominator),
                observation.status, safe_text(observation.as_published),
                safe_text(observation.note), observation.source_id,
                raw_number(observation.low), raw_number(observation.high), observation.measured,
            ]
        )  # fmt: skip
    return out.getvalue()
