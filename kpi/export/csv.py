"""Figures as CSV: raw numbers with decimal point, one row an observation, readable by `publish`."""

import csv
import io
from collections.abc import Iterable, Sequence

from kpi.domain.catalog import Catalog
from kpi.domain.format import raw_number, safe_text
from kpi.domain.model import Observation
from kpi.domain.series_break import places_of
from kpi.ingest.words.template import SERIES_BREAK
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
    chosen = list(indicator_ids or catalog.indicators)
    # All that is published, also of periods that have not begun.
    observations = [*store.series(chosen, area_ids), *store.ahead(chosen, area_ids)]
    return observations_csv(observations, catalog), len(observations)


def observations_csv(observations: Iterable[Observation], catalog: Catalog) -> str:
    """CSV text (UTF-8 mark first, for Excel) with COLUMNS; hidden and missing values are empty.

    Where any of the series is broken, `series_break` says of each figure where it lies by the
    breaks (`after 2025-07-01 Reform`): whoever reads the file draws no line across one. `publish`
    does not read it.
    """
    rows = list(observations)
    is_broken = any(catalog.indicators[row.indicator_id].breaks for row in rows)
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((*COLUMNS, SERIES_BREAK) if is_broken else COLUMNS)
    for observation in rows:
        writer.writerow(
            [
                observation.indicator_id, observation.area_id, observation.group_id,
                observation.period.text, raw_number(observation.value, observation.decimals),
                raw_number(observation.numerator), raw_number(observation.denominator),
                observation.status, safe_text(observation.as_published),
                safe_text(observation.note), observation.source_id,
                raw_number(observation.low), raw_number(observation.high), observation.measured,
                *([_breaks(observation, catalog)] if is_broken else []),
            ]
        )  # fmt: skip
    return out.getvalue()


def _breaks(observation: Observation, catalog: Catalog) -> str:
    places = places_of(observation.period, catalog.indicators[observation.indicator_id])
    return "; ".join(f"{place} {each.day.isoformat()} {each.title}" for each, place in places)
