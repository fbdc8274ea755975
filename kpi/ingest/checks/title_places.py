"""Areas that a title, a sheet or a head names, compared with those that the rows are read as.

`Beskæftigelse i Gellerup` over rows that are read as Aarhus Kommune is another table, and towns
(`By`) have the names of the municipalities that they are a part of.
"""

import re
from collections.abc import Iterator

import duckdb

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.wording import first_listed, listing
from kpi.ingest.checks.title_people import is_of_source
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.mapping.unread import parts_beside, plain
from kpi.ingest.table.raw import ABOVE, NAME, SHEET, Beside, RawTable
from kpi.ingest.words.area_columns import kind_of_places, names_other_relation
from kpi.ingest.words.label_meaning import Meaning
from kpi.ingest.words.lookup import folded
from kpi.ingest.words.title_words import called

_DIGITS = re.compile(r"[0-9]{2,6}(?:[.,]0)?")
_WORD = re.compile(r"[^\W\d_]+(?:[-.][^\W\d_]+)*\.?")
_MOST_WORDS = 4
_MOST_CHARACTERS = 200
_NAMED = 3
# These are ordinary words too; only beside another municipality are they names of one.
_ALSO_WORDS = frozenset(("vejen", "greve", "samsø", "als"))
# In a file's name nothing distinguishes them from the names.
_WORDS_OF_FILES = _ALSO_WORDS | {"skive", "varde", "struer", "køge"}
_NAME_WORD = re.compile(r"[^\W\d_]{4,}")
_OF_PLACES = frozenset(("i", "for", "fra", "af", "på", "in", "of", "from"))
# Which municipality lies in which region is not stored.
_WIDER = ("country", "region")
_HOUSING = re.compile(
    r"\b(?:almene?|udsatte?) (?:bolig\w*|(?:by)?områder?\w*)|\bparallelsamfund\w*|\bghetto\w*",
    re.IGNORECASE,
)


def smaller_places(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> list[Problem]:
    """A warning where a column of towns, or other places than municipalities, is read as these.

    Expects `in_use`. What a recipe says of a spelling under [area] a person has chosen.
    """
    place = plan.columns.get("area_id")
    kinds = kind_of_places(table.columns[place]) if place is not None else ""
    if place is None or not kinds:
        return []
    chosen = {folded(text) for text in plan.recipe.area_ids} if plan.recipe else set()
    areas = list(catalog.areas.values())
    read = [
        (plain(text), line)
        for text, number, line in parts_beside(connection, place, "area")
        if areas[number].level == "municipality"
        and folded(plain(text)) not in chosen
        and not folded(plain(text)).endswith("kommune")
        and not plain(text).isdigit()
    ]
    if not read:
        return []
    names = list(dict.fromkeys(name for name, _ in read))
    shown = first_listed([f"»{name}«" for name in names], _NAMED)
    are = "læses som kommuner" if len(names) > 1 else "læses som kommunen"
    name = table.columns[place]
    return [
        Problem(
            "head_words", "", read[0][1], name, names[0],
            f"Kolonnen hedder »{name}«, men {shown} {are} af samme navn.",
            f"Er tallene for {kinds}, så slet rækkerne: de er ikke hele kommunen. Er de for "
            "kommuner, så kald kolonnen »kommune«.", reported_as="warning",
        )
    ]  # fmt: skip


def other_relations(table: RawTable, plan: Plan) -> list[Problem]:
    """An error where the areas are those that people left, work for or go to school in.

    Of a recipe that a person chose the caller asks nothing.
    """
    place = plan.columns.get("area_id")
    if place is None or not names_other_relation(table.columns[place]):
        return []
    name = table.columns[place]
    return [
        Problem(
            "head_words", "", None, name, name,
            f"Kolonnen »{name}« siger ikke, hvor de bor, som tallene er for.",
            "Hent tallene efter bopæl. Er det den kommune, tallene skal vises for, så kald "
            "kolonnen »kommune«.",
        )
    ]  # fmt: skip


def other_places(
    connection: duckdb.DuckDBPyConnection, table: RawTable, catalog: Catalog, file: str = ""
) -> list[Problem]:
    """A warning where a title, the sheet or the file names areas and none of the rows is in them.

    A workbook with a sheet for each municipality was filled from another's. Expects `in_use`.
    """
    meaning = Meaning(connection, catalog)
    stored = meaning.stored["area"]
    if not stored:
        return []
    for text in table.beside:
        if text.where not in (ABOVE, SHEET, NAME) or len(text.text) > _MOST_CHARACTERS:
            continue
        if is_of_source(text.text):
            continue
        named = set(areas_in(text.text, meaning))
        if named and not any(
            meaning.is_in(area, named_area) for area in stored for named_area in named
        ):
            levels = {catalog.areas[area].level for area in named}
            if not levels & set(_WIDER):
                return [_asked(text, catalog, stored)]
        levels = {catalog.areas[area].level for area in stored}
        if levels == {"municipality"} and (housing := _HOUSING.search(text.text)):
            return [_asked(text, catalog, stored, housing[0])]
    stem = file.rpartition(".")[0] or file
    parts = [part.strip() for part in re.split(r"[/_]|\s-\s", stem)]
    in_name = {
        area for word in (*_NAME_WORD.findall(stem), *parts)
        if (area := _area_in_name(word, meaning))
    }  # fmt: skip
    if in_name and not any(meaning.is_in(area, whole) for area in stored for whole in in_name):
        return [_asked(Beside("file", stem), catalog, stored)]
    return []


def _area_in_name(word: str, meaning: Meaning) -> str | None:
    """The municipality or smaller area that a word of a file's name names: `odense`, `Aarhus`.

    Codes and abbreviations are as often something else.
    """
    is_word = bool(_NAME_WORD.search(word)) and folded(word) not in _WORDS_OF_FILES
    area = meaning.areas(word) if is_word else None
    return area if area and meaning.catalog.areas[area].level not in _WIDER else None


def areas_in(text: str, meaning: Meaning) -> Iterator[str]:
    """The areas that a text is the name of, or names in full."""
    if _DIGITS.fullmatch(text.strip()):
        return
    if whole := meaning.areas(text):
        yield whole
        return
    words = list(_WORD.finditer(text))
    at = 0
    while at < len(words):
        for size in range(min(_MOST_WORDS, len(words) - at), 0, -1):
            name = text[words[at].start() : words[at + size - 1].end()].rstrip(".")
            area = meaning.areas(name) if name[:1].isupper() else None
            if area and (size > 1 or _is_place(words, at)):
                yield area
                at += size - 1
                break
        at += 1


def _is_place(words: list[re.Match[str]], at: int) -> bool:
    """Whether a single word is a name here: `i Vejen`, not `Vejen til job`."""
    word, before = words[at][0].casefold(), words[at - 1][0].casefold() if at else ""
    return word not in _ALSO_WORDS or before in _OF_PLACES


def _asked(text: Beside, catalog: Catalog, stored: set[str], words: str = "") -> Problem:
    shown = sorted(catalog.areas[area].name for area in stored)[:_NAMED]
    return Problem(
        "text_words", "", text.row, None, text.text.strip()[:60],
        f"{called(text)} siger »{words or text.text.strip()}«, men rækkerne er for "
        f"{listing([f'»{name}«' for name in shown])}"
        + (" med flere." if len(stored) > len(shown) else "."),
        "Kontrollér, at områderne i rækkerne er rigtige.",
    )  # fmt: skip
