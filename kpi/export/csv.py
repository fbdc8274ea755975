"""Figures as CSV: raw numbers with decimal point, one row an observation, readable by `publish`."""

import csv
import io
from collections.abc import Iterable, Sequence

from kpi.domain.catalog import Catalog
from kpi.domain.format import raw_number, round_half_up, safe_text
from kpi.domain.measure import shown_counts
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


def shown_csv(observations: Iterable[Observation], catalog: Catalog) -> str:
    """`observations_csv` of the figures as charts and papers show them."""
    return observations_csv([as_shown(row, catalog) for row in observations], catalog)


def as_shown(row: Observation, catalog: Catalog) -> Observation:
    """The figure with the percentage that is counted from its counts, as it is shown everywhere.

    31 of 81 is 38 %, also where the paper says 40: its own number then stands in `as_published`,
    if the source has no words there. Figures without counts are as they were.
    """
    indicator = catalog.indicators[row.indicator_id]
    counts = shown_counts(row, indicator) if indicator.is_proportion else None
    if counts is None or row.value is None or row.status == "suppressed":
        return row
    decimals = indicator.decimals if row.decimals is None else row.decimals
    counted = float(round_half_up(100 * counts[0] / counts[1], decimals))
    if counted == float(round_half_up(row.value, decimals)):
        return row
    written = row.as_published or raw_number(row.value, row.decimals).replace(".", ",")
    return row._replace(value=counted, as_published=written)


def _breaks(observation: Observation, catalog: Catalog) -> str:
    places = places_of(observation.period, catalog.indicators[observation.indicator_id])
    return "; ".join(f"{place} {each.day.isoformat()} {each.title}" for each, place in places)
