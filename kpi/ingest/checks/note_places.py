"""Notes to figures that say they are another area's: `tal for Odense` in the row of Aarhus.

A note that only says where an area lies (`Aarhus` beside Gellerup), or what is part of it (`inkl.
Gellerup` beside Aarhus), is right; `inkl. Favrskov` is another sum.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

import duckdb

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.wording import listing
from kpi.ingest.checks.title_people import is_of_source
from kpi.ingest.checks.title_places import areas_in
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.table.raw import ABOVE, ASIDE, UNDER, RawTable
from kpi.ingest.words.label_meaning import Meaning
from kpi.ingest.words.title_words import called

_MOST_CHARACTERS = 80
# A longer line explains. What it says of an area, so that its figure may be another one.
_MOST_OF_A_LINE = 100
_TAKES_BACK = re.compile(
    r"\b(?:mangler|rettes|slettes|afventer|har\sikke|ikke\s(?:opdateret|indberettet|indsendt|modtaget)"
    r"|opgør|bruger|anvender|står\smed|ink(?:l|luderer|lusive)|incl|omfatter(?:\sogså)?|medtager|plus"
    r"|kun|gam(?:mel|melt|le)|s['’]?\stal)\b|=\s*\w|['’]\stal\b",
    re.IGNORECASE,
)
# What may stand before the names of areas, and nothing else; words of the second kind say that the
# figure is of them, those of the third that they are in it too.
_ASIDE = r"\W|\b(?:obs|nb|bemærk|note|kun|alle|er|se|under|foreløbigt?)\b"
_OF = (
    r"\b(?:tal(?:let|lene)?|data|værdi(?:en|erne)?|figures?|for|fra|gælder|dækker|viser|vedrører"
    r"|kopieret|kopi|taget|lånt|samme|som|opgjort|of|from)\b"
)
_WITH = (
    r"\b(?:omfatter(?: også)?|ink(?:l|lusive)|incl(?:uding)?|sammen med|med|plus|også|sammenlagt"
    r" med|samlet med)\b"
)
# Of all areas of a table these words say which they are.
_LISTS = re.compile(r"\b(?:kun|omfatter)\b", re.IGNORECASE)
_BEFORE = re.compile(rf"(?:{_ASIDE}|{_OF}|{_WITH})*", re.IGNORECASE)
_AND = re.compile(r"\s*(?:,|/|\+|&|\bog\b|\bsamt\b)\s*")
# Words for all figures of a level.
_OF_LEVELS = re.compile(
    r"\W*(?:er |kun )?(?:(?P<country>lands(?:tal|plan|resultat)|landet som helhed)"
    r"|(?P<region>regions?(?:tal|resultat))|(?P<municipality>kommune(?:tal|resultat))"
    r"|(?P<several>(?:6|seks)[- ]?by(?:tal|erne)?|storbyerne))\W*",
    re.IGNORECASE,
)
_AFTER = re.compile(r"(?:s|'s|')? (?:egne )?tal$", re.IGNORECASE)


def note_places(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    plan: Plan,
    catalog: Catalog,
    reported: Collection[str | None],
) -> list[Problem]:
    """A warning at the first note that names an area which its row's is not. Expects `in_use`.

    A note that is `reported` already, by its first words, is not reported again.
    """
    if "note" not in plan.columns:
        return []
    meaning = Meaning(connection, catalog)
    spoken = {
        spelling: said
        for spelling, text in connection.execute(_NOTES, {"most": _MOST_CHARACTERS}).fetchall()
        if text[:_MOST_CHARACTERS] not in reported and (said := _said(text, meaning))
    }
    if not spoken:
        return []
    areas = list(catalog.areas)
    rows = connection.execute(_ROWS, {"spellings": list(spoken)}).fetchall()
    others = [
        (spoken[spelling].text, areas[area], line, count)
        for spelling, area, line, count in rows
        if spoken[spelling].is_other(areas[area], meaning)
    ]
    if not others:
        return []
    text, area, line, _ = others[0]
    total = sum(count for *_, count in others)
    more = f" Det gælder {fmt.number(total, 0)} rækker." if total > 1 else ""
    return [
        Problem(
            "text_words", "", line, table.columns[plan.columns["note"]], text[:60],
            f"Noten siger »{text.strip()}«, men tallet gemmes for {catalog.areas[area].name}."
            f"{more}",
            "Kontrollér, hvilket område tallet er for, og ret noten eller rækken.",
        )
    ]  # fmt: skip


@dataclass(frozen=True)
class _Said:
    """A note, what it says before the areas that it names, these, or the level that it names."""

    text: str
    before: str
    named: tuple[str, ...]
    level: str = ""

    def is_other(self, own: str, meaning: Meaning) -> bool:
        """Whether the figure is of another area than its row's own."""
        if self.level:
            return self.level != meaning.catalog.areas[own].level
        return any(_is_other(named, own, self.before, meaning) for named in self.named)


def _said(text: str, meaning: Meaning) -> _Said | None:
    """What a note says of areas; None where it says none, or more than that."""
    plain = " ".join(text.split())
    if of_level := _OF_LEVELS.fullmatch(plain):
        return _Said(text, "", (), of_level.lastgroup or "")
    matched = _BEFORE.match(plain)
    before = matched[0] if matched else ""
    names = [name.strip(" .!?)(") for name in _AND.split(_AFTER.sub("", plain[len(before) :]))]
    named = [area for name in names if (area := _area(name, meaning))]
    return _Said(text, before, tuple(named)) if len(named) == len(names) else None


def _area(name: str, meaning: Meaning) -> str | None:
    """The area of a name, also as the owner of figures: `Odenses`."""
    if not name[:1].isupper() and name != "hele landet":
        return None
    return meaning.areas(name) or (meaning.areas(name[:-1]) if name.endswith("s") else None)


def _is_other(named: str, own: str, before: str, meaning: Meaning) -> bool:
    """Whether a figure of `named` is none of `own`."""
    if re.search(_WITH, before, re.IGNORECASE):
        return not meaning.may_be_in(named, own)
    if re.search(_OF, before, re.IGNORECASE):
        return named != own
    if meaning.catalog.areas[named].level == "country":  # nobody writes where that an area lies
        return named != own
    return not (meaning.may_be_in(own, named) or meaning.may_be_in(named, own))


def line_places(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    catalog: Catalog,
    reported: Collection[str | None],
) -> list[Problem]:
    """A warning at the first short line beside a table that takes one area's figure back.

    `Odense har ikke indberettet`, `Aarhus inkl. Favrskov`. Expects `in_use`. A line that is
    `reported` already, by its first words, is not reported again.
    """
    lines = [
        text for text in table.beside
        if text.where in (ABOVE, UNDER, ASIDE) and len(text.text) <= _MOST_OF_A_LINE
        and text.text[:_MOST_OF_A_LINE] not in reported and text.text[:60] not in reported
        and _TAKES_BACK.search(text.text) and not is_of_source(text.text)
    ]  # fmt: skip
    if not lines:
        return []
    meaning = Meaning(connection, catalog)
    stored = meaning.stored["area"]
    for text in lines:
        named = stored.intersection(areas_in(text.text, meaning))
        if named and not (named == stored and _LISTS.search(text.text)):
            names = listing([f"»{catalog.areas[area].name}«" for area in sorted(named)])
            return [
                Problem(
                    "text_words", "", text.row, None, text.text[:60],
                    f"{called(text)} siger noget om {names}: »{text.text}«.",
                    "Kontrollér, at tallene for området er det, de gemmes som.",
                )
            ]  # fmt: skip
    return []


_NOTES = """
SELECT spelling, text FROM spelled_note WHERE length(text) BETWEEN 3 AND $most LIMIT 2000
"""
_ROWS = """
SELECT candidate.note, parsed_row.area, min(candidate.line) AS line, count(*)
FROM candidate
JOIN parsed_row USING (record)
WHERE candidate.note IN (SELECT unnest($spellings)) AND parsed_row.area IS NOT NULL
    AND parsed_row.value IS NOT NULL AND NOT ignored
GROUP BY candidate.note, parsed_row.area
ORDER BY line
"""
