"""Columns of figures that only stand beside those of a row: how sure they are, other areas'."""

from collections.abc import Sequence

from kpi.domain.catalog import Catalog
from kpi.ingest.turning.column_texts import names_uncertainty
from kpi.ingest.words.area_hints import names_other_areas
from kpi.ingest.words.heads import split_unit
from kpi.ingest.words.lookup import area_lookup


def own_figures(names: Sequence[str], has_areas: bool, catalog: Catalog) -> list[str]:
    """The columns of figures that may be the rows' own; all where none of them seems to be.

    `has_areas`: another column has the rows' areas, so that one called `Aarhus` is none of theirs.
    """
    return [name for name in names if not _is_beside(name, has_areas, catalog)] or list(names)


def _is_beside(name: str, has_areas: bool, catalog: Catalog) -> bool:
    base = split_unit(name)[0]
    area_id = area_lookup(catalog)(base)
    is_country = area_id is not None and catalog.areas[area_id].level == "country"
    is_of_others = names_other_areas(base) or is_country or (has_areas and area_id is not None)
    return is_of_others or names_uncertainty(name)
