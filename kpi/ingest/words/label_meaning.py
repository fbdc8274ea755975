"""What labels mean to Spor, compared with what the rows in use are stored as."""

import re
from collections.abc import Iterable
from functools import cached_property

import duckdb

from kpi.domain.catalog import Catalog
from kpi.domain.wording import listing
from kpi.ingest.words import labels
from kpi.ingest.words.area_lookup import area_lookup
from kpi.ingest.words.lookup import indicator_lookup
from kpi.ingest.words.parts_of_denmark import region_with

_SHORTEST_AGE = len("0-5 år")
_CODE = re.compile(r"[A-Z0-9][A-Z0-9_.-]{0,24}", re.ASCII)


class Meaning:
    """The labels of one file."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, catalog: Catalog) -> None:
        self.catalog = catalog
        self.likely_groups = labels.group_guess(catalog)
        self.indicators = indicator_lookup(catalog)
        self.areas = area_lookup(catalog)
        self._connection = connection

    @cached_property
    def stored(self) -> dict[str, set[str]]:
        """The ids of the rows in use, by part of the key: asked for once, if at all."""
        catalog = self.catalog
        ids = {
            "indicator": list(catalog.indicators), "area": list(catalog.areas),
            "population_group": list(catalog.groups),
        }  # fmt: skip
        rows = self._connection.execute(_STORED).fetchall()
        return {
            part: {ids[part][number] for row_part, number in rows if row_part == part}
            for part in ids
        }

    def group_of(self, column: str, label: str) -> str | None:
        """The group that a label of a column names; a total is everybody only of a background."""
        if labels.names_language(column):
            return None
        if labels.is_total(label):
            is_everybody = labels.names_origin(column) and labels.ALL_GROUP in self.catalog.groups
            return labels.ALL_GROUP if is_everybody else None
        return self.likely_groups(label)

    def contradiction(self, column: str, label: str, is_chosen: bool = False) -> str:
        """What is stored, in Danish, where a label contradicts it; else empty.

        `is_chosen`: a person chose the rows by it, so a label that Spor does not know is right.
        """
        if not label:
            return ""
        indicator = self.indicators(label)
        if indicator and self.stored["indicator"] - {indicator}:
            return self._stored_as("indicator")
        group = self.group_of(column, label)
        if group and self.stored["population_group"] - {group}:
            return self._stored_as("population_group")
        if is_chosen:
            return ""
        unknown_group = labels.names_origin(column) and group is None
        unknown_indicator = labels.names_indicator(column) and indicator is None
        if unknown_group or unknown_indicator:
            return self._stored_as("population_group" if unknown_group else "indicator")
        area = None if label.isdigit() else self.areas(label)
        if area and not all(self.may_be_in(own_area, area) for own_area in self.stored["area"]):
            return self._stored_as("area")
        return ""

    def is_in_name(self, label: str) -> bool:
        """Whether a label with a number, as an age is, is part of the name of all that is stored.

        `16-64 år` beside figures of `Beskæftigelsesfrekvens 16-64 år` says nothing more.
        """
        words = label.strip().casefold()
        own = [self.catalog.indicators[own].name.casefold() for own in self.stored["indicator"]]
        if len(words) < _SHORTEST_AGE or not any(sign.isdigit() for sign in words):
            return False
        whole = re.compile(rf"(?<![\w-]){re.escape(words)}(?![\w-])")
        return bool(own) and all(whole.search(name) for name in own)

    def is_code_of_indicator(self, column: str, label: str) -> bool:
        """Whether a label is a source's code of a measure (`EMP`), which says nothing to a reader.

        A person has said which indicator it is.
        """
        return labels.names_indicator(column) and _CODE.fullmatch(label) is not None

    def names_others(self, column: str, texts: Iterable[str]) -> bool:
        """Whether several labels of a column name groups or indicators."""
        if labels.names_origin(column) or labels.names_indicator(column):
            return True
        return any(self.indicators(text) or self.group_of(column, text) for text in texts)

    def is_in(self, area_id: str, whole: str) -> bool:
        """Whether an area is another, or is part of it."""
        at: str | None = area_id
        while at is not None:
            if at == whole:
                return True
            at = self.catalog.areas[at].parent_id
        return False

    def may_be_in(self, area_id: str, whole: str) -> bool:
        """Whether an area is in another, or in a region while nothing says which one it is in."""
        if self.is_in(area_id, whole):
            return True
        areas = self.catalog.areas
        if areas[whole].level != "region" or areas[area_id].level in ("country", "region"):
            return False
        known = region_with(self.municipality_code(area_id))
        if known is not None:
            return known == areas[whole].code
        return not any(
            area.level == "region" and self.is_in(area_id, area.area_id) for area in areas.values()
        )

    def municipality_code(self, area_id: str) -> str:
        """The code of the municipality that an area is or is part of; empty where it is in none."""
        at: str | None = area_id
        while at is not None:
            area = self.catalog.areas[at]
            if area.level == "municipality":
                return area.code or ""
            at = area.parent_id
        return ""

    def _stored_as(self, part: str) -> str:
        names = {
            "indicator": {id_: item.name for id_, item in self.catalog.indicators.items()},
            "area": {id_: item.name for id_, item in self.catalog.areas.items()},
            "population_group": {id_: item.name for id_, item in self.catalog.groups.items()},
        }[part]
        stored = sorted(names[id_] for id_ in self.stored[part])
        shown = [f"»{name}«" for name in stored[:3]] + (["flere"] if len(stored) > 3 else [])
        return listing(shown)


_STORED = """
WITH used AS MATERIALIZED (SELECT DISTINCT indicator, area, population_group FROM in_use)
SELECT DISTINCT 'indicator', indicator FROM used WHERE indicator IS NOT NULL
UNION ALL
SELECT DISTINCT 'area', area FROM used WHERE area IS NOT NULL
UNION ALL
SELECT DISTINCT 'population_group', population_group FROM used WHERE population_group IS NOT NULL
"""
