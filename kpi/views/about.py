"""The catalogue: every indicator, source and publication, and what the figures are worth."""

from dataclasses import dataclass

from kpi import format as fmt
from kpi.catalog import Catalog
from kpi.model import Batch, Indicator, Source
from kpi.store import Store


@dataclass(frozen=True)
class CatalogueRow:
    """One indicator: how many figures of it there are, in how many areas."""

    indicator: Indicator
    theme_name: str
    unit: str
    figures: int
    areas: int


@dataclass(frozen=True)
class AboutView:
    """Everything the page on trust shows."""

    rows: tuple[CatalogueRow, ...]
    sources: tuple[tuple[Source, int, int], ...]
    batches: tuple[Batch, ...]
    abbreviations: tuple[tuple[str, str], ...]
    version: str


def about_view(store: Store, catalog: Catalog) -> AboutView:
    """The catalogue of a version; sources carry their number of figures and of approximate ones."""
    counts = store.figures_per_indicator()
    figures: dict[str, int] = {}
    approximate: dict[str, int] = {}
    for source_id, status, count in store.status_counts():
        figures[source_id] = figures.get(source_id, 0) + count
        if status == "approximate":
            approximate[source_id] = count
    return AboutView(
        rows=tuple(
            CatalogueRow(
                one,
                catalog.themes[one.theme_id].name,
                fmt.unit_name(one.unit),
                *counts.get(one.indicator_id, (0, 0)),
            )
            for one in catalog.indicators.values()
        ),
        sources=tuple(
            (one, figures.get(one.source_id, 0), approximate.get(one.source_id, 0))
            for one in catalog.sources.values()
        ),
        batches=tuple(store.batches()),
        abbreviations=catalog.abbreviations,
        version=store.version,
    )
