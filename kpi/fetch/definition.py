"""Definitions: which figures are fetched, from where and how often.

TOML in data/fetch/ or in the store.

The definition of a store goes before the program's of the same name.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from kpi.domain.errors import KpiError, choices_hint
from kpi.domain.vocabulary import (
    FETCH_PUBLISHING,
    FETCH_RHYTHMS,
    FETCH_SOURCES,
    FetchPublishing,
    FetchRhythm,
    FetchSource,
)
from kpi.fetch.hosts import allowed_address
from kpi.fetch.tokens import line_with_token
from kpi.ingest.mapping.recipe import Recipe, find_recipe
from kpi.ingest.mapping.recipe_sections import RecipeError, RecipeText
from kpi.ingest.words.lookup import folded
from kpi.store import versions as place
from kpi.store.uploads import recipe_folders

NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
_TEXTS = ("title", "source", "recipe", "every", "publish")
_KEYS = (*_TEXTS, "released", "overdue_after", "query")
# The text, and its settings, of each source's [query]; those in brackets may be left out.
_LISTS: Mapping[FetchSource, tuple[str, ...]] = {
    "statbank": (),
    "jobindsats": ("periods", "measures"),
    "uddannelsesstatistik": ("noegletal", "detaljering"),
    "url": (),
}
_WORDS: Mapping[FetchSource, tuple[str, ...]] = {
    "statbank": ("table", "lang"),
    "jobindsats": ("table", "period_type"),
    "uddannelsesstatistik": ("omraade", "emne", "underemne"),
    "url": ("url", "sheet", "token"),
}
# The section in which each of the source's dimensions has its values.
_SECTION: Mapping[FetchSource, str] = {
    "statbank": "variables", "jobindsats": "hierarchies", "uddannelsesstatistik": "filtre",
    "url": "",
}  # fmt: skip
_LEFT_OUT = frozenset(("lang", "sheet", "token", "filtre"))
_Word = TypeVar("_Word", bound=str)
_ID = re.compile(r"[\w.-]{1,80}")


class DefinitionError(KpiError):
    """A definition that cannot be used; the command line ends with 2."""


@dataclass(frozen=True)
class Query:
    """What is asked of a source.

    `words` are its settings of one text, `lists` those of several; `values` (dimension to values)
    is what is asked of each of the table's dimensions, in the order in which they are written.
    """

    words: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    values: Mapping[str, tuple[str, ...]]

    def word(self, key: str, default: str = "") -> str:
        """A setting of one text; the default where the definition leaves it out."""
        return self.words.get(key) or default


@dataclass(frozen=True)
class Definition:
    """Where figures come from, and what becomes of them.

    `every` is how often the source is asked, `publish` whether what has no fault is published by
    itself. `released` says in words when the source has something new; `overdue_after` is how many
    days after its last update it is late (None: nobody has said). `digest` changes with the text.
    """

    name: str
    title: str
    source: FetchSource
    recipe: str
    every: FetchRhythm
    publish: FetchPublishing
    query: Query
    released: str = ""
    overdue_after: int | None = None
    digest: str = ""

    @property
    def sheet(self) -> str | None:
        """The sheet of the workbook that is meant, where the definition says so."""
        return self.query.words.get("sheet")

    def asks_all_areas(self, column: str) -> bool:
        """Whether all areas that the source has are asked for; `column` is the recipe's of areas.

        Of jobindsats, where a column has another name than its hierarchy, whether all of any is. Of
        an address nobody knows.
        """
        values = self.query.values
        match self.source:
            case "statbank":
                own = (values[name] for name in values if folded(name) == folded(column))
                return any("*" in asked for asked in own)
            case "jobindsats":
                return any("*" in asked for asked in values.values())
            case "uddannelsesstatistik":
                return not values
            case "url":
                return False

    @property
    def key_name(self) -> str:
        """The name of the key that its source asks for; empty where it asks for none."""
        if self.source == "url":
            return self.query.word("token")
        return "" if self.source == "statbank" else self.source

    @property
    def table(self) -> str:
        """What a person knows the source's table by: `RAS200`, `GS ELEVFRAV FRAVAAR`, a host."""
        words = self.query.words
        if self.source == "url":
            return allowed_address(words["url"]).host
        return words.get("table") or " ".join(
            words[key] for key in ("omraade", "emne", "underemne")
        )


class _DefinitionText(RecipeText):
    noun = "definition"
    the_noun = "Definitionen"
    error = DefinitionError


def definition_folders(home: Path | None = None) -> tuple[Path, ...]:
    """Where definitions are: with the program's data, and in the store, which goes first."""
    return place.data_folder() / "fetch", (home or place.home_folder()) / "fetch"


def definition_paths(home: Path | None = None) -> dict[str, Path]:
    """The files of all definitions by name, in the order of their names."""
    paths = {
        path.stem: path for folder in definition_folders(home) for path in folder.glob("*.toml")
    }
    return dict(sorted(paths.items()))


def read_definition(name: str, home: Path | None = None) -> Definition:
    """The definition of that name. Raises DefinitionError for one that is unknown or faulty."""
    # Among thousands, each is found without listing the others.
    places = [folder / f"{name}.toml" for folder in reversed(definition_folders(home))]
    path = next((path for path in places if path.exists()), None) if NAME.fullmatch(name) else None
    path = path or definition_paths(home).get(name)
    if path is None:
        raise DefinitionError(
            "Ukendt hentning",
            f"Der er ingen definition »{name}«. {choices_hint(name, definition_paths(home))}",
        )
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DefinitionError(
            "Definitionen kan ikke læses", f"»{path.name}« er ikke UTF-8, eller er lukket."
        ) from error
    return parse_definition(text, name)


def parse_definition(text: str, name: str) -> Definition:
    """The definition that a TOML text writes. Raises DefinitionError with the line of the fault."""
    toml = _DefinitionText(text, name)
    if not NAME.fullmatch(name):
        raise toml.refused(
            "Navnet skal være små bogstaver a-z, tal og _ og begynde med et bogstav."
        )
    if line := line_with_token(text):
        raise toml.refused(
            f"Linje {line}: Der står en nøgle. En nøgle sættes i miljøet, aldrig i en fil her."
        )
    given = toml.keys
    _hold_known(toml, given, _KEYS, "")
    words = {key: _word(toml, given, key) for key in (*_TEXTS, "released") if key in given}
    missing = [key for key in _TEXTS if not words.get(key)]
    if missing:
        raise toml.refused(f"Der mangler »{missing[0]}«.")
    source: FetchSource = _choice(toml, "source", words["source"], FETCH_SOURCES)
    days = given.get("overdue_after")
    if days is not None and (not isinstance(days, int) or isinstance(days, bool) or days < 1):
        raise toml.refused("»overdue_after« skal være et antal dage.", "overdue_after")
    return Definition(
        name, words["title"], source, words["recipe"],
        _choice(toml, "every", words["every"], FETCH_RHYTHMS),
        _choice(toml, "publish", words["publish"], FETCH_PUBLISHING),
        _query(toml, source), words.get("released", ""), days,
        sha256(text.encode()).hexdigest(),
    )  # fmt: skip


def _query(toml: RecipeText, source: FetchSource) -> Query:
    """The [query] of a source, complete. Raises DefinitionError."""
    section = toml.section("query")
    values_key = _SECTION[source]
    known = (*_WORDS[source], *_LISTS[source], *filter(None, (values_key,)))
    _hold_known(toml, section, known, " under [query]")
    words = {key: _word(toml, section, key) for key in _WORDS[source] if key in section}
    lists = {key: _list(toml, section[key], key) for key in _LISTS[source] if key in section}
    values = section.get(values_key, {}) if values_key else {}
    if not isinstance(values, dict):
        raise toml.refused(f"»{values_key}« skal være et afsnit: [query.{values_key}].", values_key)
    asked = {key: _list(toml, value, key) for key, value in values.items()}
    given = {*words, *lists, *((values_key,) if asked else ())}
    missing = [key for key in known if key not in given and key not in _LEFT_OUT]
    if missing:
        what = f"[query.{missing[0]}]" if missing[0] == values_key else f"»{missing[0]}«"
        raise toml.refused(f"Under [query] mangler {what}.", "query")
    _hold_sensible(toml, words)
    return Query(words, lists, asked)


def _hold_sensible(toml: RecipeText, words: Mapping[str, str]) -> None:
    """Refuses texts that would be another part of an address, and addresses nobody may ask."""
    for key in ("table", "period_type"):
        if key in words and not _ID.fullmatch(words[key]):
            raise toml.refused(f"»{words[key]}« kan ikke være »{key}«.", key)
    if words.get("lang", "da") not in {"da", "en"}:
        raise toml.refused("»lang« skal være da eller en.", "lang")
    if "token" in words and not NAME.fullmatch(words["token"].casefold()):
        raise toml.refused("»token« skal være nøglens navn: bogstaver a-z, tal og _.", "token")
    if "url" in words:
        try:
            allowed_address(words["url"])
        except KpiError as error:
            raise toml.refused(error.message, "url") from error


def _hold_known(
    toml: RecipeText, given: Mapping[str, Any], known: Collection[str], where: str
) -> None:
    for key in given:
        if key not in known:
            raise toml.refused(f"Ukendt nøgle »{key}«{where}. {choices_hint(key, known)}", key)


def _word(toml: RecipeText, given: Mapping[str, Any], key: str) -> str:
    value = given[key]
    if not isinstance(value, str) or not value.strip():
        raise toml.refused(f"»{key}« skal være tekst.", key)
    return value.strip()


def _list(toml: RecipeText, given: object, key: str) -> tuple[str, ...]:
    values = given if isinstance(given, list) else [given]
    if not values or not all(isinstance(value, str) and value for value in values):
        raise toml.refused(f"»{key}« skal være tekst eller en liste af tekster.", key)
    return tuple(values)


def _choice(toml: RecipeText, key: str, word: str, known: tuple[_Word, ...]) -> _Word:
    for choice in known:
        if choice == word:
            return choice
    raise toml.refused(f"»{word}« kan ikke være »{key}«. {choices_hint(word, known)}", key)


def recipe_of(name: str, home: Path) -> Recipe:
    """The recipe that a definition names. Raises DefinitionError where it cannot be used."""
    try:
        return find_recipe(name, recipe_folders(home))
    except RecipeError as error:
        raise DefinitionError(error.title, error.message) from error
