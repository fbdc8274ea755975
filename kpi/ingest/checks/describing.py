"""Sentences beside a table that only describe it: which rows it shows, and who lives there.

`Christiansø er ikke med i tabellen`, `Kun kommuner med over 10.000 indbyggere er vist`, `Omfatter
kun personer med bopæl i kommunen` and `Tallene er ikke sæsonkorrigerede` say nothing against the
figures that are there. What leaves out some of the people (`kun kvinder`) does.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

import duckdb

from kpi.domain.catalog import Catalog
from kpi.ingest.table.raw import ABOVE, ASIDE, UNDER, Beside
from kpi.ingest.words.label_meaning import Meaning

_DESCRIBED = (ABOVE, UNDER, ASIDE)
_SENTENCE = re.compile(r"(?<=[^\W\d_]{3}[.;])\s+")
_AND = re.compile(r"\s*(?:,|\bog\b|\bsamt\b|[()])\s*")
# Islands of the state that no municipality has, and no figure is of.
_NOWHERE = frozenset(("christiansø", "ertholmene", "christiansoe"))
_LEFT_OUT = re.compile(
    r"(?:bemærk,? at )?(?P<names>.+?) (?:er|indgår|vises|medtages|medregnes) "
    r"(?:derfor )?(?:ikke(?: (?:med|medregnet|medtaget|vist|inkluderet|omfattet))?|udeladt)"
    r"(?: (?:i|af) (?:tabellen|opgørelsen|tallene|statistikken|udtrækket|data))?",
    re.IGNORECASE,
)
_SHOWN = r"(?:vises|er (?:vist|med|medtaget|valgt|udvalgt)|indgår|fremgår)"
_TABLE = r"(?:tabellen|udtrækket|opgørelsen|figuren|listen|filen|arket|der)"
_PLACES = (
    r"(?:(?:de|udvalgte|\d|to|tre|fire|fem|seks|syv|otte|ni|ti|største|store|mindste|danske|"
    r"følgende|disse) )*(?P<places>kommuner(?:ne)?|(?:stor)?byer(?:ne)?)"
    r"(?: (?:med|på) (?:mere end|mindst|over|under) [\d.]+ indbyggere| i [\w-]+)?"
)
_PERIODS = (
    r"(?:(?:de )?(?:seneste|sidste) (?:\d+|to|tre|fire|fem|seks|syv|otte|ni|ti|tyve) |afsluttede |"
    r"hele |udvalgte )(?:kalender|skole)?(?:år|kvartaler|måneder)|(?:hel)?årstal"
)
_ROWS = re.compile(
    rf"(?:(?:{_TABLE} )?(?:viser|vises|omfatter|indeholder) )?(?:kun|udelukkende) "
    rf"(?:{_PLACES}|{_PERIODS})(?: {_SHOWN})?(?: i tabellen)?",
    re.IGNORECASE,
)
_PERSONS = r"(?:personer|borgere|indbyggere|mennesker|børn|elever|familier|husstande)"
_HOME = r"(?:kommunen|kommunerne|den enkelte kommune|den pågældende kommune|danmark|landet)"
_RESIDENTS = re.compile(
    rf"(?:(?:\w+ )?(?:omfatter|gælder|vedrører|er opgjort for|indeholder) )?(?:kun|alene|"
    rf"udelukkende) (?:{_PERSONS},? (?:med|der har) (?:fast |en |dansk )*(?:bopæl|folkeregister\w+|"
    rf"bopælsadresse|adresse)(?: i {_HOME})?|herboende {_PERSONS}|(?:kommunens |kommunernes )?egne "
    rf"{_PERSONS}|{_PERSONS},? (?:der|som) (?:bor|er bosat) i {_HOME})(?: {_SHOWN})?"
    rf"|{_PERSONS} (?:uden (?:fast |dansk )*bopæl i {_HOME}|bosat i udlandet) "
    rf"(?:er|indgår|{_SHOWN}) ikke(?: (?:med|medregnet|medtaget))?",
    re.IGNORECASE,
)
_NOT_SO = re.compile(
    r"\b(?:ikke|ingen|intet|uden)\s+(?:(?:er|hverken)\s+)?(?:sæson\w+|standardiser\w+|u?vægte\w+|"
    r"udjævne\w+|akkumuler\w+|kumul\w+|estimer\w+|imputer\w+|(?:data)?brud\w*|foreløbige?|"
    r"fremskr[ei]v\w+|prognose\w*)",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"se (?:også|desuden|fane|ark(?:et)?|bilag|tabel(?:len)?|note)\b.*"
    r"|.*\b(?:findes|ligger|vises|fremgår|står) (?:også )?(?:på|i|af) "
    r"(?:fane|ark|bilag|tabel|fil|et andet|en anden|de andre|de øvrige|næste)\b.*",
    re.IGNORECASE,
)
_WIDE = ("country", "region")


def without_describing(
    connection: duckdb.DuckDBPyConnection, texts: Sequence[Beside], catalog: Catalog
) -> tuple[Beside, ...]:
    """The texts beside a table, without the sentences that only describe it. Expects `in_use`."""
    if not any(text.where in _DESCRIBED for text in texts):
        return tuple(texts)
    meaning = Meaning(connection, catalog)
    stored = frozenset(meaning.stored["area"])
    shortened = (
        replace(text, text=without_described(text.text, meaning, stored))
        if text.where in _DESCRIBED
        else text
        for text in texts
    )
    return tuple(text for text in shortened if text.text)


def without_described(text: str, meaning: Meaning, stored: Collection[str]) -> str:
    """A text without such sentences, and without what it says that the figures are not."""
    kept = [part for part in _SENTENCE.split(text) if not describes(part, meaning, stored)]
    return _NOT_SO.sub("", " ".join(kept)).strip()


def describes(sentence: str, meaning: Meaning, stored: Collection[str]) -> bool:
    """Whether a sentence only says which rows a table has, or that its people live there.

    `stored` are the areas of its rows: municipalities that a total is without are part of it.
    """
    plain = " ".join(sentence.split()).strip(" *.;–-")
    plain = plain.partition(":")[2].strip() if plain.casefold().startswith("note:") else plain
    areas = meaning.catalog.areas
    is_wide = any(areas[area].level in _WIDE for area in stored)
    if _ELSEWHERE.fullmatch(plain) or _RESIDENTS.fullmatch(plain):
        return True
    if rows := _ROWS.fullmatch(plain):
        return not (rows["places"] and is_wide)
    left_out = _LEFT_OUT.fullmatch(plain)
    names = list(filter(None, _AND.split(left_out["names"]))) if left_out else []
    return bool(names) and all(_is_missing(name, meaning, stored) for name in names)


def _is_missing(name: str, meaning: Meaning, stored: Collection[str]) -> bool:
    """Whether an area has no part in any that is stored."""
    if name.casefold() in _NOWHERE:
        return True
    area = meaning.areas(name)
    return area is not None and not any(
        meaning.is_in(own, area) or meaning.is_in(area, own) for own in stored
    )
