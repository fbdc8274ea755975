"""Indicators, areas, groups and themes that a command is given by name: their ids."""

import argparse
from collections.abc import Callable, Container, Mapping

from kpi.domain.catalog import Catalog


def with_ids(options: argparse.Namespace, catalog: Catalog) -> argparse.Namespace:
    """The options with an id for each name, as files may write it; what is neither stays.

    A former name is known too. Of a name that two share neither is meant.
    """
    meant = {**vars(options)}
    for option, ids in _ids(catalog).items():
        given = meant.get(option)
        texts = [given] if isinstance(given, str) else given or []
        if not all(text in ids for text in texts):
            id_of = _lookup(option, catalog)
            named = [text if text in ids else id_of(text) or text for text in texts]
            meant[option] = named[0] if isinstance(given, str) else named
    return argparse.Namespace(**meant)


def _ids(catalog: Catalog) -> Mapping[str, Container[str]]:
    return {
        "indicator": catalog.indicators, "area": catalog.areas,
        "group": catalog.groups, "theme": catalog.themes,
    }  # fmt: skip


def _lookup(option: str, catalog: Catalog) -> Callable[[str], str | None]:
    # How files write names takes a tenth of `show` to load, and ids need none of it.
    from kpi.ingest.words.area_lookup import area_lookup
    from kpi.ingest.words.lookup import folded, group_lookup, indicator_lookup

    if option == "theme":
        themes = {
            folded(name): theme.theme_id
            for theme in catalog.themes.values()
            for name in (theme.name, theme.short_name, theme.theme_id)
        }
        return lambda text: themes.get(folded(text))
    lookups = {"indicator": indicator_lookup, "area": area_lookup, "group": group_lookup}
    return lookups[option](catalog)
