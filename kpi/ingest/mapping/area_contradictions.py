"""Areas that other cells contradict: a code beside another's name, a parish that is a town.

A table that was sorted by one of its columns alone has all its names and codes, and each in the
wrong row. And a parish, a school and a municipality may share a name: `Odder` in a column `Sogn`
is no municipality.
"""

import re
from collections.abc import Iterable

import duckdb

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.vocabulary import LEVEL_NAMES
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.mapping.unread import parts_beside, plain
from kpi.ingest.table.raw import RawTable
from kpi.ingest.turning.column_texts import is_usual, names_code
from kpi.ingest.words.area_lookup import area_lookup
from kpi.ingest.words.label_meaning import Meaning
from kpi.ingest.words.labels import is_total
from kpi.ingest.words.lookup import folded
from kpi.ingest.words.parts_of_denmark import part_of_country, part_with

_DIGITS = re.compile(r"[0-9]{2,6}(?:[.,]0)?")
# A column that is not named as one of codes counts as one where it has at least so many.
_FEWEST_CODES = 4
# So many regions and parts of the country there are, each under some names.
_MOST_REGIONS = 40
# Names of columns of areas, and the level of area that each must contain.
_LEVEL_OF = {
    folded(name): level
    for level, names in {
        "parish": ("sogn", "sogne", "sognenavn", "sognekode", "sognenr", "parish", "parishes"),
        "school": ("skole", "skoler", "skolenavn", "folkeskole", "school"),
    }.items()
    for name in names
}
_PLURALS = {
    "parish": "sogne", "school": "skoler", "programme_area": "programområder",
    "housing_area": "boligområder",
}  # fmt: skip
_THE = {
    "municipality": "kommunen", "programme_area": "programområdet", "housing_area": "boligområdet",
    "parish": "sognet", "school": "skolen",
}  # fmt: skip
# Wider than all the areas of a table; which region a municipality is in is not stored.
_WHOLES = ("country", "region")


def other_codes(
    connection: duckdb.DuckDBPyConnection,
    place: int,
    name: str,
    meaning: Meaning,
) -> list[Problem] | None:
    """An error where a column of area codes has another area than the row is read as.

    None where the column is not of codes; empty where each code is its row's own area, or one
    that it is part of. Expects `in_use` (kpi/ingest/mapping/unread.py).
    """
    areas = list(meaning.catalog.areas)
    texts = connection.table(f"spelled_c{place}").limit(len(areas) + 2).project("text").fetchall()
    codes = [code for (text,) in texts if (code := plain(text))]
    fewest = 1 if names_code(name) or is_usual("area", name) else _FEWEST_CODES
    if len(texts) > len(areas) + 1 or len(codes) < fewest:
        return None
    if not all(_DIGITS.fullmatch(code) and meaning.areas(code) for code in codes):
        return None
    catalog = meaning.catalog
    for text, number, line in parts_beside(connection, place, "area"):
        if _is_another(catalog, meaning.areas(text), areas[number]):
            return [_another(catalog, plain(text), name, line, meaning.areas(text), areas[number])]
    return []


def other_regions(
    connection: duckdb.DuckDBPyConnection, place: int, name: str, meaning: Meaning
) -> list[Problem] | None:
    """An error where a column of regions, or parts of the country, has another than the row's area.

    None where the column is not of these; empty where each is its row's own. Expects `in_use`.
    """
    areas = list(meaning.catalog.areas)
    texts = connection.table(f"spelled_c{place}").limit(_MOST_REGIONS + 1).project("text")
    labels = [label for (text,) in texts.fetchall() if not _is_all(label := plain(text), meaning)]
    if not 0 < len(labels) <= _MOST_REGIONS:
        return None
    regions = {label: _region(label, meaning) for label in labels}
    if not all(region or part_of_country(label) for label, region in regions.items()):
        return None
    for text, number, line in parts_beside(connection, place, "area"):
        label, area = plain(text), areas[number]
        if label in regions and not _lies_in(area, label, regions[label], meaning):
            own = meaning.catalog.areas[area].name
            return [
                Problem(
                    "unused_column", "", line, name, label,
                    f"Rækken siger »{label}«, men læses som »{own}«, der ikke ligger der.",
                    "Er kolonnerne forskudt, for eksempel sorteret hver for sig, så hent tabellen "
                    "igen. Er den forkert, så ret den eller slet kolonnen.",
                )
            ]  # fmt: skip
    return []


def _is_all(label: str, meaning: Meaning) -> bool:
    """Whether a label is blank, a total or the whole country, which all areas lie in."""
    area = meaning.areas(label)
    is_country = area is not None and meaning.catalog.areas[area].level == "country"
    return not label or is_total(label) or is_country


def _region(label: str, meaning: Meaning) -> str | None:
    """The region that a label of a column of regions names, also without its word: `Sjælland`."""
    area = meaning.areas(label) or meaning.areas(f"Region {label}")
    return area if area and meaning.catalog.areas[area].level == "region" else None


def _lies_in(area: str, label: str, region: str | None, meaning: Meaning) -> bool:
    """Whether an area is, lies in or contains what a label names, as far as anybody knows.

    `Nordjylland` is a region and a part of the country, `Sjælland` is a region and an island.
    """
    if meaning.catalog.areas[area].level in _WHOLES:
        return region is None or meaning.is_in(area, region) or meaning.is_in(region, area)
    if region is not None and meaning.may_be_in(area, region):
        return True
    part, own = part_of_country(label), part_with(meaning.municipality_code(area))
    return part is not None and own in (part, None)


def codes_beside_names(
    connection: duckdb.DuckDBPyConnection, table: RawTable, area: str, catalog: Catalog
) -> list[Problem]:
    """The error of codes that contradict names, of a file that is not interpreted yet.

    `area` is the column of the areas' names; empty where the file has none.
    """
    if not area:
        return []
    find, at = area_lookup(catalog), table.columns.index(area)
    for place, name in enumerate(table.columns):
        if place == at or not (names_code(name) or is_usual("area", name)):
            continue
        texts = [plain(text) for _, text in connection.table(f"spelled_c{place}").fetchall()]
        if not all(_DIGITS.fullmatch(text) and find(text) for text in texts if text):
            continue
        connection.table(f"spelled_c{place}").create_view("spelled_code", replace=True)
        connection.table(f"spelled_c{at}").create_view("spelled_name", replace=True)
        cells = connection.table("raw").project(
            duckdb.ColumnExpression("line"),
            duckdb.ColumnExpression(f"c{place}").alias("code"),
            duckdb.ColumnExpression(f"c{at}").alias("name"),
        )
        cells.create_view("code_and_name", replace=True)
        for code, text, line in connection.execute(_CODES_AND_NAMES).fetchall():
            named, own = find(plain(code)), find(plain(text))
            if own and _is_another(catalog, named, own):
                return [_another(catalog, plain(code), name, line, named, own)]
    return []


def _is_another(catalog: Catalog, named: str | None, own: str) -> bool:
    """Whether an area is neither the row's own nor one that it is part of."""
    if named is None or catalog.areas[named].level in _WHOLES:
        return False
    at: str | None = own
    while at is not None:
        if at == named:
            return False
        at = catalog.areas[at].parent_id
    return True


def _another(
    catalog: Catalog, code: str, name: str, line: int | None, named: str | None, own: str
) -> Problem:
    assert named is not None, "only of codes that are areas"
    return Problem(
        "unused_column", "", line, name, code,
        f"Koden er en anden end områdets: den hører til »{catalog.areas[named].name}«, men rækken "
        f"læses som »{catalog.areas[own].name}«.",
        "Er kolonnerne forskudt, for eksempel sorteret hver for sig, så hent tabellen igen. Er "
        "koden forkert, så ret den eller slet kolonnen.",
    )  # fmt: skip


def other_levels(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> list[Problem]:
    """An error for each area of a column of parishes or schools that is read as another level.

    What a recipe says of a spelling under [area] a person has chosen. Expects `in_use`.
    """
    place = plan.columns.get("area_id")
    level = _LEVEL_OF.get(folded(table.columns[place])) if place is not None else None
    if place is None or level is None:
        return []
    chosen = {folded(text) for text in plan.recipe.area_ids} if plan.recipe else set()
    areas = list(catalog.areas.values())
    problems = []
    for text, number, line in parts_beside(connection, place, "area"):
        area = areas[number]
        if area.level in (level, *_WHOLES) or folded(plain(text)) in chosen:
            continue
        own = _of_level(catalog, level, plain(text))
        problems.append(
            Problem(
                "unknown_area", "", line, table.columns[place], plain(text),
                f"Kolonnen har navne på {_PLURALS[level]}, men det er "
                f"{_THE[area.level]} {area.name}, der kendes ved det navn.",
                f"Skriv »{own}« eller koden." if own else
                "Skriv navnet, som Spor kender det, eller opret det med et navn, der ikke kan "
                "forveksles: python -m kpi add area FIL.",
            )
        )  # fmt: skip
    return problems


def levels_without_figures(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> list[Problem]:
    """A warning for each small area of another level than those with published figures.

    `Viby` is a programme area, and the inhabitants of a parish are those of `Viby Sogn`; nor are
    families of a programme those of a housing area. Once an indicator and level.
    """
    indicators, areas = list(catalog.indicators.values()), list(catalog.areas.values())
    problems: list[Problem] = []
    levels = {areas[number].level for (number,) in connection.execute(_AREAS).fetchall()}
    # Most files are of municipalities.
    if not levels & {"programme_area", "housing_area", "parish", "school"}:
        return problems
    for number, area_number, usual, line in connection.execute(_OTHER_LEVEL).fetchall():
        indicator, area = indicators[number], areas[area_number]
        text = _of_level(catalog, usual, area.name) or _called(catalog, usual, area.aliases)
        problems.append(
            Problem(
                "other_area_kind", "", line, plan.name_of("area_id", table), area.name,
                f"{indicator.name} er kun udgivet for {_PLURALS[usual]}, men tallet gemmes for "
                f"{_THE[area.level]} {area.name}.",
                f"Er det et andet område, så skriv dets navn{f', »{text}«,' if text else ''} eller "
                "kode. Er det rigtigt, så skriv forklaringen i noten.",
            )
        )  # fmt: skip
    return problems


def _called(catalog: Catalog, level: str, names: Iterable[str]) -> str:
    """The area of a level that any of these names is called by, with its kind."""
    return next((own for name in names if (own := _of_level(catalog, level, name))), "")


def _of_level(catalog: Catalog, level: str, name: str) -> str:
    """The only area of a level that is called by a name and its kind: `Viby Sogn`; else empty."""
    called = folded(f"{name} {LEVEL_NAMES[level]}")
    named = [area.name for area in catalog.areas.values() if area.level == level]
    return next((candidate for candidate in named if folded(candidate) == called), "")


_AREAS = "SELECT number FROM word_area_id WHERE number IS NOT NULL"
# The first area of each level that an indicator has no published figure of, where it has some of
# one other level within the municipality.
_OTHER_LEVEL = """
WITH own AS (
    SELECT valid.indicator, valid.area, known_area.level, valid.record
    FROM valid JOIN known_area ON known_area.number = valid.area
    WHERE known_area.level IN ('programme_area', 'housing_area', 'parish', 'school')
),
usual AS (
    SELECT known_indicator.number AS indicator, min(known_area.level) AS level
    FROM spor.current_observation AS now
    JOIN known_indicator ON known_indicator.id = now.indicator_id
    JOIN known_area ON known_area.id = now.area_id
    WHERE known_area.level IN ('programme_area', 'housing_area', 'parish', 'school')
        AND known_indicator.number IN (SELECT indicator FROM own)
    GROUP BY known_indicator.number
    HAVING count(DISTINCT known_area.level) = 1
)
SELECT own.indicator, arg_min(own.area, own.record), usual.level, min(candidate.line)
FROM own
JOIN usual ON usual.indicator = own.indicator AND usual.level <> own.level
LEFT JOIN candidate USING (record)
GROUP BY own.indicator, own.level, usual.level
ORDER BY own.indicator, own.level
"""

# The pairs of codes and names in the same row, each with its first line.
_CODES_AND_NAMES = """
SELECT any_value(spelled_code.text), any_value(spelled_name.text), min(line) AS first_line
FROM code_and_name
JOIN spelled_code ON spelled_code.spelling = code_and_name.code
JOIN spelled_name ON spelled_name.spelling = code_and_name.name
GROUP BY code, name
ORDER BY first_line
"""
