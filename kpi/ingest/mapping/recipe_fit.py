"""Whether a file agrees with the one a recipe was made from: title, measure, unit, table number.

A recipe that has the columns of a file may still be another measure's: extracts of one source look
alike. What is not known on either side says nothing.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import PurePath
from typing import Protocol

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.domain.vocabulary import Severity
from kpi.domain.wording import listing
from kpi.ingest.mapping.recipe import MadeFrom, Recipe
from kpi.ingest.words.lookup import folded, indicator_lookup, source_lookup
from kpi.ingest.words.written_periods import period_of

# field of MadeFrom and RawTable: its Danish name.
_FACTS = {"title": "titel", "measure": "mål", "unit": "enhed", "table_id": "tabelnummer"}
_MONTH = (
    "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|"
    "january|february|march|may|june|july|october|"
    "jan|feb|mar|apr|jun|jul|aug|sep|sept|okt|oct|nov|dec"
)
_YEAR = r"(?:19|20)\d\d"
# Periods, dates and times of day, which change from one extract to the next of the same table. Ages
# ("16-64 år") stay: they are part of what is measured.
_WHEN = re.compile(
    rf"""
    \b(?:kl\.?\s*)?\d{{1,2}}[:.]\d\d(?:[:.]\d\d)?\b(?=\s*$|\s*\))  # a time of day at the end
  | \b{_YEAR}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?\b
  | \b\d{{1,2}}[-./]\d{{1,2}}[-./](?:{_YEAR}|\d\d)\b
  | \b\d{{1,2}}\.?\s*(?:{_MONTH})\.?\s*{_YEAR}\b
  | \b(?:{_MONTH})\.?\s*{_YEAR}\b
  | \b[1-4]\.\s*(?:kvartal|kvt|kv|quarter)\.?\s*{_YEAR}\b
  | \b{_YEAR},?\s*[1-4]\.\s*(?:kvartal|kvt|kv)\.?
  | \b[12]\.\s*halvår\s*{_YEAR}\b
  | \b(?:uge|week)\s*\d{{1,2}},?\s*{_YEAR}\b
  | \b{_YEAR}\s*/\s*(?:{_YEAR}|\d\d)\b
  | \b{_YEAR}(?:[KHMUQSW]|QMAT|YTD)\d{{1,2}}(?:D\d\d)?\b
  | \b{_YEAR}\b(?!-?\s?pri[sc])                               # "i 2015-priser" is a measure
    """,
    re.VERBOSE | re.IGNORECASE,
)
# What programs and people call any file.
_ANY_NAME = {
    "", "ark", "bog", "book", "data", "dataset", "download", "eksport", "export", "fil", "file",
    "mappe", "resultat", "sheet", "tabel", "table", "tal", "test", "udtræk", "udtraek",
}  # fmt: skip
# What Danmarks Statistik and others call their tables, as programs name files after them.
_TABLE_ID = re.compile(r"([a-zæøå]{2,8})\d{1,3}(?:[a-z]{1,2}\d?)?(?![^\W_])", re.IGNORECASE)
# How a word begins, so that its endings do not matter.
_STEM = re.compile(r"\b[^\W\d_]{5}")
_FILTERS = re.compile(r"applied filters|anvendte filtre", re.IGNORECASE)
_JOINED = re.compile(r"\x00(?:\W*(?:til|og|fra|to|from|and)?\W*\x00)*", re.IGNORECASE)
_TOLD_WHEN = re.compile(
    r"\b(?:udtrukket|opdateret|hentet|senest|updated|retrieved)\b(?:\s+(?:d|den|pr|on))*\W*(?=\x00)",
    re.IGNORECASE,
)


class Facts(Protocol):
    """The facts that say what a table's figures are: of a table, or of what was read of one."""

    @property
    def title(self) -> str:
        """What the file calls the table."""

    @property
    def measure(self) -> str:
        """What is counted, where the file says so."""

    @property
    def unit(self) -> str:
        """The unit of the figures, where the file says so."""

    @property
    def table_id(self) -> str:
        """The source's own name of the table."""


class Fit(Enum):
    """How well a recipe fits a file that has its columns."""

    SAME = "same"  # the file says what the recipe knows
    UNKNOWN = "unknown"  # one of them says nothing
    OTHER = "other"  # the file says something else


@dataclass(frozen=True)
class Difference:
    """A fact that differs between the recipe and the file; `fact` is its Danish name."""

    fact: str
    recipe: str
    file: str


def fit_of(recipe: Recipe, table: Facts, file: str = "") -> Fit:
    """Whether a table that has the recipe's columns is of the kind it was made from.

    Where neither says anything, the name of the `file` must be the same but for periods: extracts
    of two measures may have the very same columns. A recipe that gives the whole file one period
    is never sure: the next extract has the same columns and name, and another period.
    """
    if differences(recipe, table) or _other_table(recipe, file):
        return Fit.OTHER
    if recipe.constant.get("period"):
        return Fit.UNKNOWN
    made_from = recipe.made_from or MadeFrom()
    known = [fact for fact in _FACTS if getattr(made_from, fact)]
    stated = [fact for fact in _FACTS if getattr(table, fact)]
    if not known and not stated:
        return Fit.SAME if is_same_name(made_from.file, file) else Fit.UNKNOWN
    return Fit.SAME if set(known) & set(stated) else Fit.UNKNOWN


def is_of_known_names(recipe: Recipe, catalog: Catalog) -> bool:
    """Whether what a recipe says of all rows exists: its indicator, or one of several, its source.

    What it is of may be withdrawn, or not made yet. Then a file is read as one that has no recipe.
    """
    labels = recipe.indicator.ids.values() if recipe.indicator else ()
    named = [recipe.indicator_id] if recipe.indicator_id else [*labels]
    indicators = indicator_lookup(catalog)
    is_known = not named or any(indicators(text) is not None for text in named)
    return is_known and source_lookup(catalog)(recipe.source_id) is not None


def is_same_name(name: str, other: str) -> bool:
    """Whether two files are called the same, but for periods and numbers; what any may be called
    ("data.csv") says nothing."""
    stems = [_letters(PurePath(path).stem) for path in (name, other)]
    return stems[0] == stems[1] and stems[0] not in _ANY_NAME


def _letters(stem: str) -> str:
    return re.sub(r"[\W\d_]", "", without_periods(re.sub(r"_", " ", stem)))


def differences(recipe: Recipe, table: Facts) -> tuple[Difference, ...]:
    """The facts that both have and that differ."""
    made_from = recipe.made_from or MadeFrom()
    return tuple(
        Difference(name, getattr(made_from, fact), getattr(table, fact))
        for fact, name in _FACTS.items()
        if getattr(made_from, fact)
        and getattr(table, fact)
        and without_periods(getattr(made_from, fact)) != without_periods(getattr(table, fact))
    )


def without_periods(title: str) -> str:
    """A title without periods, dates, case and marks: the same for every extract of a table."""
    marked = _WHEN.sub("\x00", title.casefold())
    marked = _TOLD_WHEN.sub("", _JOINED.sub("\x00", marked))
    return folded(re.sub(r"[^\w%]+|_", "", marked.replace("\x00", "")))


def mismatch(
    recipe: Recipe,
    table: Facts,
    is_accepted: bool,
    file: str = "",
    catalog: Catalog | None = None,
) -> list[Problem]:
    """The problems of a recipe and a file that do not agree; empty where they do.

    A recipe that knows nothing of its file must have a word in common with the file's title, in its
    own title or in the names of its indicators (in the `catalog`); else a person must say so.
    """
    problems = _other_facts(recipe, table, is_accepted)
    is_asked = recipe.made_from is None and bool(table.title) and not is_accepted
    if is_asked and not _has_word_of(table.title, _names(recipe, catalog)):
        problems = [_unknown_title(recipe, table.title)]
    if not problems and (tables := _other_table(recipe, file)) and not is_accepted:
        problems.append(
            _problem(
                "warning", recipe,
                f"Filens navn siger tabel {tables[1]}, men opskriften »{recipe.title}« er lavet "
                f"til {tables[0]}.",
                "Kontrollér, at det er den rigtige tabel.",
            )
        )  # fmt: skip
    if not problems and not is_accepted:
        problems = _other_name(recipe, table, file)
    return problems + _other_period(recipe, table, is_accepted, file)


def _other_name(recipe: Recipe, table: Facts, file: str) -> list[Problem]:
    """A warning where only the names of the two files tell what they are, and these differ."""
    made_from = recipe.made_from or MadeFrom()
    is_said = any(getattr(made_from, fact) and getattr(table, fact) for fact in _FACTS)
    names = [_letters(PurePath(path).stem) for path in (made_from.file, file)]
    if is_said or names[0] == names[1] or not _ANY_NAME.isdisjoint(names):
        return []
    return [
        _problem(
            "warning", recipe,
            f"Opskriften »{recipe.title}« er lavet til »{made_from.file}«, og filen hedder "
            f"»{PurePath(file).name}«. Intet andet siger, om det er tal af samme slags.",
            "Kontrollér, at det er tal for opskriftens nøgletal.",
        )
    ]  # fmt: skip


def _names(recipe: Recipe, catalog: Catalog | None) -> list[str]:
    """What a recipe is called, and its indicators."""
    ids = recipe.indicator.ids.values() if recipe.indicator else (recipe.indicator_id,)
    known = [catalog.indicators[name] for name in ids if catalog and name in catalog.indicators]
    return [recipe.title, *(text for each in known for text in (each.name, each.short_name))]


def _has_word_of(title: str, names: Sequence[str]) -> bool:
    """Whether a title begins a word as one of the names does; also true of a title of filters."""
    stems = {stem for name in names for stem in _STEM.findall(name.casefold())}
    return _FILTERS.match(title) is not None or any(
        stem in stems for stem in _STEM.findall(title.casefold())
    )


def _unknown_title(recipe: Recipe, title: str) -> Problem:
    return _problem(
        "error", recipe,
        f"Opskriften »{recipe.title}« siger ikke, hvilken fil den er lavet til, og filens titel "
        f"»{_short(title)}« har ingen ord til fælles med den eller dens nøgletal.",
        "Er det tal for opskriftens nøgletal, så brug den alligevel: --accept-recipe. Med filens "
        "titel under [made_from] i opskriften spørges der ikke igen.",
    )  # fmt: skip


def _other_table(recipe: Recipe, file: str) -> tuple[str, str] | None:
    """The recipe's table and another one of its family that the file's name begins with."""
    made_from = recipe.made_from or MadeFrom()
    named = _TABLE_ID.match(PurePath(file).stem)
    texts = (made_from.table_id, PurePath(made_from.file).stem, recipe.title, recipe.source_id)
    own = [match for text in texts if (match := _TABLE_ID.match(text))]
    family = [match[0].upper() for match in own if named and folded(match[1]) == folded(named[1])]
    if named is None or not family or named[0].upper() in family:
        return None
    return family[0], named[0].upper()


def _other_period(recipe: Recipe, table: Facts, is_accepted: bool, file: str) -> list[Problem]:
    """The problems of the one period that a recipe gives a whole file.

    Another one in the file's title or name is an error. A file of another name than the recipe was
    made from is a warning: nothing in it says which period its figures are of.
    """
    constant = period_of(recipe.constant.get("period", ""))
    if constant is None:
        return []
    read_as = f"Opskriften »{recipe.title}« læser alle tal i filen som {constant.name()}"
    for where, text in (("titel", table.title), ("navn", PurePath(file).stem.replace("_", " "))):
        named = [period for word in _WHEN.findall(text) if (period := period_of(word))]
        # The day of the extract is no period of its figures.
        named = [period for period in named if period.kind != "day"]
        if named and not any(period.overlaps(constant) for period in named):
            hint = "Lav en ny opskrift, eller brug den alligevel: --accept-recipe."
            return [
                _problem(
                    "warning" if is_accepted else "error", recipe,
                    f"{read_as}, men filens {where} siger {named[0].name()}.",
                    "Opskriften bruges alligevel, som I bad om." if is_accepted else hint,
                )
            ]  # fmt: skip
    if recipe.made_from is not None and recipe.made_from.file == file:
        return []
    hint = "Kontrollér, at det er filens periode. Er den en anden, så lav en ny opskrift."
    return [_problem("warning", recipe, f"{read_as}.", hint)]


def _other_facts(recipe: Recipe, table: Facts, is_accepted: bool) -> list[Problem]:
    different = differences(recipe, table)
    if different:
        parts = [
            f"{difference.fact} »{_short(difference.recipe)}«, "
            f"men filens er »{_short(difference.file)}«"
            for difference in different
        ]
        message = f"Opskriften »{recipe.title}« er lavet til {listing(parts)}."
        if is_accepted:
            return [
                _problem("warning", recipe, message, "Opskriften bruges alligevel, som I bad om.")
            ]
        return [
            _problem(
                "error", recipe, message,
                "Lav en ny opskrift, eller brug den alligevel: --accept-recipe.",
            )
        ]  # fmt: skip
    if recipe.made_from is None and table.title:
        return [
            _problem(
                "warning", recipe,
                f"Opskriften siger ikke, hvilken fil den er lavet til. Filens titel er "
                f"»{_short(table.title)}«.",
                "Kontrollér, at det er tal for opskriftens nøgletal.",
            )
        ]  # fmt: skip
    return []


def _problem(severity: Severity, recipe: Recipe, message: str, hint: str) -> Problem:
    return Problem(
        "recipe_mismatch", "", None, None, recipe.name, message, hint, reported_as=severity
    )


def _short(text: str, most: int = 120) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[:most].rstrip() + "…"
