"""Where an indicator's figures come from, and how old they are."""

from dataclasses import dataclass

from kpi.domain.catalog import Catalog
from kpi.domain.model import Batch, Indicator, Source
from kpi.store import Store
from kpi.views.freshness import FreshnessRow, freshness_rows


@dataclass(frozen=True)
class History:
    """Where an indicator's figures come from, how many there are where, and how old they are."""

    sources: tuple[Source, ...]
    batches: tuple[Batch, ...]
    figures: int
    areas: int
    freshness: tuple[FreshnessRow, ...]


def history(store: Store, catalog: Catalog, indicator: Indicator) -> History:
    """The sources and publications of an indicator's figures."""
    figures, areas, source_ids = store.reach(indicator.indicator_id)
    return History(
        tuple(source for source in catalog.sources.values() if source.source_id in source_ids),
        tuple(store.batches(source_ids)),
        figures,
        areas,
        tuple(
            row
            for row in freshness_rows(store, catalog)
            if row.indicator_id == indicator.indicator_id
        ),
    )
