"""Columns of figures that only stand beside those of a row: what these are compared with."""

import re
from collections.abc import Sequence

from kpi.domain.catalog import Catalog
from kpi.domain.model import Indicator
from kpi.ingest.turning.column_texts import names_uncertainty
from kpi.ingest.words.area_hints import names_other_areas
from kpi.ingest.words.area_lookup import area_lookup
from kpi.ingest.words.heads import split_unit
from kpi.ingest.words.telling_words import telling_words

# Meanings of words that no figure of a row has where another column is called by none of them.
_COMPARISONS = frozenset(("ændring", "mål", "placering", "gennemsnit af andre", "benchmark"))
_EARLIER = re.compile(
    r".*\b(?:(?:året|måneden|kvartalet|perioden) før|(?:sidste|forrige|foregående)"
    r" (?:år|måned|kvartal|periode|skoleår)|(?:last|previous) (?:year|month|quarter|period))",
    re.IGNORECASE,
)
# How many were asked, or counted: `N`.
_BASES = frozenset(("n", "base", "basis", "obs", "n (vægtet)", "n (uvægtet)"))


def own_figures(
    names: Sequence[str], has_areas: bool, catalog: Catalog, indicator: Indicator | None = None
) -> list[str]:
    """The columns of figures that may be the rows' own; all where none of them seems to be.

    `has_areas`: another column has the rows' areas, so that one called `Aarhus` is none of theirs.
    What the indicator itself is called (`Ændring i ...`) is its own, and so is a count of a base.
    """
    called = f"{indicator.name}, {indicator.short_name}" if indicator else ""
    own = {telling.meaning for telling in telling_words(called)}
    comparisons = _COMPARISONS - own
    is_count = indicator is not None and indicator.is_quantity
    own_names = [
        name for name in names
        if (is_count and _is_base(name))
        or not (_is_of_others(name, has_areas, catalog) or compares(name, comparisons))
    ]  # fmt: skip
    return own_names or list(names)


def _is_of_others(name: str, has_areas: bool, catalog: Catalog) -> bool:
    base = split_unit(name)[0]
    area_id = area_lookup(catalog)(base)
    is_country = area_id is not None and catalog.areas[area_id].level == "country"
    return names_other_areas(base) or is_country or (has_areas and area_id is not None)


def compares(name: str, comparisons: frozenset[str] = _COMPARISONS) -> bool:
    """Whether a column is called as what figures are compared with, or as how sure they are."""
    base = split_unit(name)[0]
    says = {telling.meaning for telling in telling_words(base)}
    is_earlier = any(_EARLIER.fullmatch(text.strip()) for text in (name, base))
    return bool(says & comparisons) or names_uncertainty(name) or _is_base(name) or is_earlier


def _is_base(name: str) -> bool:
    return name.strip(" =").casefold() in _BASES
