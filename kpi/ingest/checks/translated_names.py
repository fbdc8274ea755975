"""Known names that a recipe reads as another thing of the same kind: `"Odense" = "esbjerg"`."""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Literal

import duckdb

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.wording import first_listed
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.mapping.unread import plain
from kpi.ingest.table.raw import RawTable
from kpi.ingest.words.area_lookup import area_lookup
from kpi.ingest.words.lookup import folded, group_lookup, indicator_lookup
from kpi.suppression.groups import parse_part_of, wholes_of

_TEXTS_READ = 1000
_MOST_NAMED = 4

Role = Literal["indicator_id", "area_id", "group_id"]


def translated_names(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> list[Problem]:
    """A warning for each column of which a recipe reads a known name as another thing.

    No warning is given of areas of two levels, which share names (a municipality and its parish),
    and of a group within the other one: a file may have a part of the people alone.
    """
    problems = []
    for role, ids, find in _maps(plan, catalog):
        others = {
            folded(label): (own, meant)
            for label, meant in ids.items()
            if (own := find(label)) is not None and _is_another(role, own, meant, catalog)
        }
        names = _names(role, catalog)
        pairs = [
            f"»{text}« som »{names[others[folded(text)][1]]}«"
            for text in _texts(connection, role, others)
        ]
        if pairs:
            problems.append(
                Problem(
                    "recipe_mismatch", "", None, plan.name_of(role, table), None,
                    f"Opskriften læser {first_listed(pairs, _MOST_NAMED)}, men Spor kender navnene "
                    "som noget andet.",
                    "Kontrollér opskriftens oversættelser. Er de rigtige, kræver det ingen "
                    "handling.",
                    reported_as="warning",
                )
            )  # fmt: skip
    return problems


def _maps(
    plan: Plan, catalog: Catalog
) -> Iterator[tuple[Role, Mapping[str, str], Callable[[str], str | None]]]:
    """What the recipe translates, by role, and how a name is known without it."""
    recipe = plan.recipe
    if recipe is None:
        return
    if recipe.area_ids:
        yield "area_id", recipe.area_ids, area_lookup(catalog)
    if recipe.group:
        yield "group_id", recipe.group.ids, group_lookup(catalog)
    if recipe.indicator:
        yield "indicator_id", recipe.indicator.ids, indicator_lookup(catalog)


def _is_another(role: Role, own: str, meant: str, catalog: Catalog) -> bool:
    if own == meant or meant not in _names(role, catalog):
        return False
    if role == "area_id":
        return catalog.areas[own].level == catalog.areas[meant].level
    if role == "group_id":
        return own not in _wholes(meant, catalog) and meant not in _wholes(own, catalog)
    return True


def _wholes(group_id: str, catalog: Catalog) -> set[str]:
    """The groups that a group is part of, those of theirs too."""
    parts = {group.group_id: parse_part_of(group.part_of) for group in catalog.groups.values()}
    return {whole.group_id for whole in wholes_of(group_id, parts)}


def _names(role: Role, catalog: Catalog) -> dict[str, str]:
    if role == "area_id":
        return {area.area_id: area.name for area in catalog.areas.values()}
    if role == "group_id":
        return {group.group_id: group.name for group in catalog.groups.values()}
    return {item.indicator_id: item.name for item in catalog.indicators.values()}


def _texts(connection: duckdb.DuckDBPyConnection, role: Role, wanted: Collection[str]) -> list[str]:
    """The texts of the column that are among these, as the file has them."""
    if not wanted:
        return []
    spelled = connection.table(f"spelled_{role}").order("spelling").limit(_TEXTS_READ)
    texts = [plain(text) for (text,) in spelled.project("text").fetchall()]
    return [text for text in texts if folded(text) in wanted]
