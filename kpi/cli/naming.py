"""Indicators, areas, groups and themes that a command is given by name: their ids."""

import argparse
from collections.abc import Callable, Mapping

from kpi.domain.catalog import Catalog
from kpi.ingest.words.area_lookup import area_lookup
from kpi.ingest.words.lookup import folded, group_lookup, indicator_lookup


def with_ids(options: argparse.Namespace, catalog: Catalog) -> argparse.Namespace:
    """The options with an id for each name, as files may write it; what is neither stays.

    A former name is known too. Of a name that two share neither is meant.
    """
    ids = {**vars(options)}
    for option, id_of in _lookups(catalog).items():
        given = ids.get(option)
        if isinstance(given, str):
            ids[option] = id_of(given) or given
        elif given:
            ids[option] = [id_of(text) or text for text in given]
    return argparse.Namespace(**ids)


def _lookups(catalog: Catalog) -> Mapping[str, Callable[[str], str | None]]:
    themes = {
        folded(name): theme.theme_id
        for theme in catalog.themes.values()
        for name in (theme.name, theme.short_name, theme.theme_id)
    }
    return {
        "indicator": indicator_lookup(catalog), "area": area_lookup(catalog),
        "group": group_lookup(catalog), "theme": lambda text: themes.get(folded(text)),
    }  # fmt: skip
