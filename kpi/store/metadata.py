"""The metadata of a version as a Catalog: themes, indicators, areas, groups, sources."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from sys import intern
from types import MappingProxyType
from typing import Any

from kpi.domain.catalog import Catalog, by_id
from kpi.domain.known_by import known_by
from kpi.domain.model import (
    Area,
    AreaSet,
    Break,
    Indicator,
    PopulationGroup,
    Source,
    Theme,
    TilePlace,
)
from kpi.domain.series_break import breaks_of

# Asks the version a question and gives its rows.
Ask = Callable[[str], list[tuple[Any, ...]]]


def read_catalog(ask: Ask, as_of: date | None = None) -> Catalog:
    """All metadata of a version; of an earlier day without what came after it.

    That is breaks in series, and sentences of notes and definitions.
    """
    ask = _sharing_texts(ask)
    abbreviations = ask(
        "SELECT abbreviation, meaning FROM abbreviation ORDER BY lower(abbreviation)"
    )
    return Catalog(
        themes=by_id(_themes(ask), "theme_id"),
        indicators=by_id(_indicators(ask, as_of), "indicator_id"),
        areas=by_id(_areas(ask), "area_id"),
        area_sets=MappingProxyType(_area_sets(ask)),
        groups=by_id(_groups(ask, as_of), "group_id"),
        sources=by_id(_sources(ask), "source_id"),
        group_themes=MappingProxyType(
            {
                (indicator_id, group_id): theme_id
                for indicator_id, group_id, theme_id in ask(
                    "SELECT indicator_id, group_id, theme_id FROM group_theme"
                )
            }
        ),
        tiles=by_id(_tiles(ask), "area_id"),
        abbreviations=tuple((short, meaning) for short, meaning in abbreviations),
        school_figures=frozenset(row[0] for row in ask("SELECT indicator_id FROM school_figure")),
        implausible=frozenset(
            ask("SELECT indicator_id, area_id, group_id, period FROM implausible_observation")
        ),
    )


def _sharing_texts(ask: Ask) -> Ask:
    """The same questions, with texts that the catalogs of other days and versions share.

    Ten days of the same names would be 90,000 texts, where they are 11,000.
    """

    def shared(sql: str) -> list[tuple[Any, ...]]:
        """The rows of the answer."""
        return [
            tuple([intern(cell) if type(cell) is str else cell for cell in row]) for row in ask(sql)
        ]

    return shared


def _themes(ask: Ask) -> list[Theme]:
    return [
        Theme(*row)
        for row in ask(
            """
            SELECT theme_id, name, short_name, plan_track, sort_order,
                coalesce(description, '')
            FROM theme ORDER BY sort_order
            """
        )
    ]


def _indicators(ask: Ask, as_of: date | None) -> list[Indicator]:
    indicators = [
        Indicator(*(*row[:-5], _listed(row[-5]), _breaks(row[-4], as_of), *row[-3:]))
        for row in ask(
            """
            SELECT indicator_id, theme_id, name, short_name, kind, unit, direction, decimals,
                headline, default_group, coalesce(definition, ''), coalesce(source_note, ''),
                coalesce(benchmark, ''), aliases,
                coalesce(breaks, ''), coalesce(retired, ''),
                coalesce(numerator_id, ''), coalesce(denominator_id, '')
            FROM indicator
            """
        )
    ]
    if as_of is None:
        return indicators
    return [
        replace(
            each,
            definition=known_by(each.definition, as_of),
            source_note=known_by(each.source_note, as_of),
        )
        for each in indicators
    ]


def _breaks(text: str, as_of: date | None) -> tuple[Break, ...]:
    """The breaks that were there by the end of the day: a paper of then knows no later one."""
    return tuple(each for each in breaks_of(text) if as_of is None or each.day <= as_of)


def _areas(ask: Ask) -> list[Area]:
    return [
        Area(
            area_id, name, level, parent_id, code, _listed(aliases), first, last,
            _listed(successors), retired, context_of, region_id,
        )
        for (
            area_id, name, level, parent_id, code, aliases, first, last, successors, retired,
            context_of, region_id,
        ) in ask(
            """
            SELECT area_id, name, level, parent_id, code, aliases, coalesce(valid_from, ''),
                coalesce(valid_to, ''), succeeded_by, coalesce(retired, ''),
                coalesce(context_of, ''), coalesce(region_id, '')
            FROM area
            """
        )
    ]  # fmt: skip


def _area_sets(ask: Ask) -> dict[str, AreaSet]:
    members: dict[tuple[str, str], list[str]] = {}
    for set_id, name, area_id in ask("SELECT set_id, name, area_id FROM area_set"):
        members.setdefault((set_id, name), []).append(area_id)
    return {key[0]: AreaSet(key[0], key[1], tuple(ids)) for key, ids in members.items()}


def _tiles(ask: Ask) -> list[TilePlace]:
    return [
        TilePlace(*row)
        for row in ask('SELECT area_id, "column", "row", short FROM area_tile ORDER BY area_id')
    ]


def _groups(ask: Ask, as_of: date | None) -> list[PopulationGroup]:
    references: dict[str, str] = dict(
        ask("SELECT group_id, reference_group_id FROM group_reference")
    )
    return [
        PopulationGroup(
            group_id,
            name,
            note if as_of is None else known_by(note, as_of),
            references.get(group_id),
            _listed(aliases),
            retired,
            part_of,
        )
        for group_id, name, note, aliases, retired, part_of in ask(
            """
            SELECT group_id, name, coalesce(note, ''), aliases, coalesce(retired, ''),
                coalesce(part_of, '')
            FROM population_group
            """
        )
    ]


def _sources(ask: Ask) -> list[Source]:
    return [
        Source(*row)
        for row in ask(
            """
            SELECT source_id, title, publisher, coalesce(published, ''), coalesce(section, ''),
                min_cell, coalesce(frequency, ''), coalesce(next_release, ''), coalesce(owner, '')
            FROM source
            """
        )
    ]


def _listed(names: str | None) -> tuple[str, ...]:
    """Names with `;` between them, each by itself."""
    return tuple(name.strip() for name in (names or "").split(";") if name.strip())
