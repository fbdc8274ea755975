"""The public housing area that a programme area lies in: its figures, and the law's limits.

They are of all who live there, those of a programme of its own families: they are never in one
table, chart or comparison.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kpi.domain.catalog import Catalog
from kpi.domain.figures import Figures
from kpi.domain.model import Area, Observation
from kpi.domain.period_words import row_period_in_text
from kpi.domain.targets import next_targets, target_text, targets_of
from kpi.domain.wording import in_text
from kpi.store import Store
from kpi.views.beside import newest_beside
from kpi.views.rows import AreaRow, area_row
from kpi.views.standings import Standing


@dataclass(frozen=True)
class HousingContext:
    """A housing area beside a programme area: `limits` are of the law, `notes` of its figures."""

    area: Area
    explained: str
    rows: tuple[AreaRow, ...]
    limits: tuple[str, ...]
    notes: tuple[str, ...]


def housing_contexts(store: Store, area: Area, catalog: Catalog) -> tuple[HousingContext, ...]:
    """What is known of the housing areas that say they are shown beside the area."""
    beside = catalog.context_of(area.area_id)
    if not beside:
        return ()
    ids = [each.area_id for each in beside]
    figures = newest_beside(store, catalog, list(catalog.indicators), ids, ())
    return tuple(_context(area, each, figures, catalog) for each in beside)


def _context(area: Area, housing: Area, figures: Figures, catalog: Catalog) -> HousingContext:
    newest = _newest(housing, figures, catalog)
    return HousingContext(
        housing,
        f"Tallene gælder alle beboere i {housing.name} og ikke deltagerne i indsatsen i "
        f"{area.name}. De siger intet om indsatsens virkning og sammenlignes ikke med dens tal.",
        tuple(
            area_row(Standing(row, previous=None, comparisons=(), rank=None), catalog)
            for row in newest
        ),
        _limits(housing, newest, catalog),
        tuple(_note(row, catalog) for row in newest),
    )


def _newest(housing: Area, figures: Figures, catalog: Catalog) -> Sequence[Observation]:
    rows = [figures.newest(*key) for key in figures if key[1] == housing.area_id]
    order = list(catalog.indicators)
    return sorted(
        (row for row in rows if row is not None), key=lambda row: order.index(row.indicator_id)
    )


def _limits(housing: Area, newest: Sequence[Observation], catalog: Catalog) -> tuple[str, ...]:
    """`Uden job og uddannelse. Lovens grænse: 40 %; …` of each indicator that has one."""
    known = {(row.indicator_id, row.group_id): row for row in newest}
    texts = []
    for indicator in catalog.indicators.values():
        targets = [
            target
            for target in targets_of(
                catalog.targets, indicator.indicator_id, housing.area_id, indicator.default_group
            )
            if target.is_the_laws
        ]
        row = known.get((indicator.indicator_id, indicator.default_group))
        # The law has several limits of the same: each says in its note of which areas it is one.
        texts += [
            f"{indicator.short_name}. {target_text(limit, row, indicator, catalog)}"
            for limit in next_targets(targets, catalog.day)
        ]
    return tuple(texts)


def _note(row: Observation, catalog: Catalog) -> str:
    indicator, source = catalog.indicators[row.indicator_id], catalog.sources[row.source_id]
    dated = row_period_in_text(row, indicator, catalog)
    said = f"{row.note.rstrip('.')}. " if row.note else ""
    return f"{indicator.short_name}, {in_text(dated)}: {said}Kilde: {source.title}"
