"""A draft of what a file names and Spor does not know, filled in from the file."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import cast

from kpi.additions.model import ADDABLE, catalog_rows
from kpi.additions.names import is_machine_name, lacking_names
from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError
from kpi.domain.kinds import KIND_PROPERTIES
from kpi.domain.vocabulary import Kind
from kpi.domain.wording import capital
from kpi.ingest.checked import Checked
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.mapping.recipe import Recipe, parse_recipe
from kpi.ingest.words.lookup import folded
from kpi.store.new_facts import NEW_ID, OPEN_SOURCE, NewFacts
from kpi.tables.spec import Row
from kpi.views.new_things import Unknown
from kpi.views.recipe_draft import RecipeDraft

# Words of a name or a head that say that values are percentages, or kroner.
_PERCENT_WORDS = ("procent", "pct", "%", "percent", "andel", "frekvens", "grad ", "rate")
_MONEY_WORDS = ("kr.", "kroner", "dkk", "beløb", "udgift")
# What says that persons are counted, in Danish and as services say it in English.
_PERSON_WORDS = ("antal ", "personer", "persons", "population ", "folketal", "befolkning")
_MOST_SHORT_CHARACTERS = 32
# populationRate, fuldtid_pct: how machines write names.
_CODE = re.compile(r"[^\W\d_][a-zæøå]*[A-ZÆØÅ][a-zæøå]|_|^[A-ZÆØÅ\d]+$")
_FEWEST_OF_MEDIAN = 4


@dataclass(frozen=True)
class Draft:
    """A row about to be added; `from_file` names the columns that were read from the file."""

    table: str
    row: Row
    from_file: frozenset[str]


def draft_of(unknown: Unknown, facts: NewFacts, checked: Checked, catalog: Catalog) -> Draft:
    """A row for the unknown name, filled in as far as the file goes."""
    makers = {
        "indicator": _indicator,
        "area": _area,
        "population_group": _group,
        "source": _source,
    }
    return makers[unknown.table](unknown, facts, checked, catalog)


def empty_draft(table: str) -> Draft:
    """A row with nothing filled in but what is usual."""
    usual = {
        "indicator": {"kind": "proportion", "unit": "percent", "direction": "neutral",
                      "decimals": "1", "headline": "0", "default_group": "all"},
    }.get(table, {})  # fmt: skip
    return _draft(table, dict(usual), ())


def _draft(table: str, filled: Mapping[str, str], from_file: Sequence[str]) -> Draft:
    row = dict.fromkeys(ADDABLE[table], "") | dict(filled)
    return Draft(table, row, frozenset(column for column in from_file if row.get(column)))


def _indicator(unknown: Unknown, facts: NewFacts, checked: Checked, catalog: Catalog) -> Draft:
    kind, unit, is_stated = guessed_kind(facts, f"{unknown.text} {checked.unit}")
    groups = facts.group_ids
    benchmark = _benchmark(facts, catalog)
    # What a machine calls it is no name for a page, and would be refused as one: people are asked.
    is_code = bool(_CODE.search(unknown.text))
    name = unknown.text if is_code else capital(unknown.text)
    name = "" if is_machine_name(name) else name
    row = {
        "name": name,
        "short_name": name if len(name) <= _MOST_SHORT_CHARACTERS else "",
        "kind": kind,
        "unit": unit,
        "direction": "neutral",
        "decimals": str(facts.decimals if facts.rows else _usual_decimals(kind)),
        "headline": "0",
        "default_group": groups[0] if len(groups) == 1 else "all",
        "definition": checked.measure if checked.measure != unknown.text else "",
        "benchmark": benchmark,
    }
    from_file = [] if is_code else ["name", "short_name"]
    from_file += ["decimals"] if facts.rows else []
    from_file += ["kind", "unit"] if is_stated else []
    # A file without a column of groups names none: everyone is then the usual group.
    from_file += ["default_group"] if len(groups) == 1 and groups[0] != "all" else []
    from_file += ["benchmark"] if benchmark else []
    return _draft("indicator", row, from_file)


def _usual_decimals(kind: str) -> int:
    return KIND_PROPERTIES[cast(Kind, kind)].usual_decimals


def guessed_kind(facts: NewFacts, words: str) -> tuple[str, str, bool]:
    """Kind and unit as the values and the file's words suggest, and whether the file states them.

    A percent sign or the word percent is proof. Anything else is a guess: by a word such as andel,
    and integers are counts, of what is not known.
    """
    folded_words = f"{words} ".casefold()
    within = facts.highest is None or (facts.highest <= 100 and (facts.lowest or 0) >= 0)
    if within and (
        facts.has_percent or any(word in folded_words for word in ("procent", "pct", "%"))
    ):
        return "proportion", "percent", True
    if any(word in folded_words for word in _MONEY_WORDS):
        return "amount", "dkk_per_year", False
    if within and any(word in folded_words for word in _PERCENT_WORDS):
        return "proportion", "percent", False
    # Of a file whose figures cannot be read yet its words alone speak.
    is_counted = (
        facts.is_whole and facts.highest is not None
        if facts.rows
        else any(word in folded_words for word in _PERSON_WORDS)
    )
    if is_counted:
        return "count", "persons", False
    return ("proportion", "percent", False) if within else ("amount", "dkk_per_year", False)


def _benchmark(facts: NewFacts, catalog: Catalog) -> str:
    levels = Counter(catalog.areas[area_id].level for area_id in facts.area_ids)
    if levels["country"]:
        return "country"
    return "median" if levels["municipality"] >= _FEWEST_OF_MEDIAN else ""


def _area(unknown: Unknown, facts: NewFacts, checked: Checked, catalog: Catalog) -> Draft:
    """An area beside those that the file has, or that its indicators have figures of."""
    own = [catalog.areas[area_id] for area_id in facts.area_ids if area_id in catalog.areas]
    mates = own or [catalog.areas[area] for area in facts.used_areas if area in catalog.areas]
    alike = Counter((mate.level, mate.parent_id or "") for mate in mates if mate.level != "country")
    ((level, parent_id), _) = alike.most_common(1)[0] if alike else (("", ""), 0)
    row = {
        "name": unknown.text, "level": level, "parent_id": parent_id,
        "set_ids": ";".join(common_sets(level, parent_id, catalog)),
    }  # fmt: skip
    is_stated = bool(own) and len(alike) == 1
    stated = ["name", "level", "parent_id"] if is_stated else ["name"]
    return _draft("area", row, stated)


def common_sets(level: str, parent_id: str, catalog: Catalog) -> list[str]:
    """The sets that all areas of the level in the parent are compared in."""
    fellows = [
        area.area_id
        for area in catalog.areas.values()
        if area.level == level
        and (area.parent_id or "") == parent_id
        and not catalog.is_retired(area)
    ]
    return [
        set_id
        for set_id, area_set in catalog.area_sets.items()
        if fellows and set(fellows) <= set(area_set.area_ids)
    ]


def _group(unknown: Unknown, facts: NewFacts, checked: Checked, catalog: Catalog) -> Draft:
    return _draft("population_group", {"name": capital(unknown.text)}, ["name"])


def _source(unknown: Unknown, facts: NewFacts, checked: Checked, catalog: Catalog) -> Draft:
    row = {"title": unknown.text, "publisher": checked.publisher}
    return _draft("source", row, ["title", "publisher"])


def missing(table: str, row: Row, catalog: Catalog) -> list[str]:
    """What must be filled in, or be called something else, before the row can be added."""
    needed = {
        "indicator": {"name": "navn", "short_name": "kort navn", "theme_id": "tema",
                      "definition": "definition", "unit": "enhed"},
        "area": {"name": "navn", "level": "slags område"},
        "population_group": {"name": "navn"},
        "source": {"title": "titel", "publisher": "udgiver",
                   "min_cell": "svar på, om alle kan slå tallene op"},
        "theme": {"name": "navn", "short_name": "kort navn"},
    }[table]  # fmt: skip
    if table == "area" and row.get("level") != "country":
        needed["parent_id"] = "det område, som det ligger i"
    lacking = [word for column, word in needed.items() if not row.get(column, "").strip()]
    return [*lacking, *lacking_names(table, row, catalog_rows(table, catalog))]


def with_spelling(table: str, row: Row, text: str) -> Row:
    """The row with the file's own spelling among its other names, so that the file is read."""
    # A semicolon is what parts the names.
    if "aliases" not in row or not text.strip() or ";" in text:
        return row
    known = [row.get("name", ""), row.get("short_name", ""), *row["aliases"].split(";")]
    if folded(text) in {folded(spelling) for spelling in known}:
        return row
    aliases = [alias.strip() for alias in row["aliases"].split(";") if alias.strip()]
    return row | {"aliases": ";".join([*aliases, text.strip()])}


def choices_for(choices: Choices, recipe: Recipe | None) -> Choices:
    """The choices with which a file is read as being about the new indicator."""
    if recipe is not None:
        return replace(choices, recipe=replace(recipe, indicator_id=NEW_ID, indicator=None))
    return choices


def recipe_for_reading(draft: RecipeDraft) -> Recipe | None:
    """The recipe so far, to read a file with while its indicator is made; None if too little."""
    stand_in = replace(
        draft, title=draft.title or NEW_ID, indicator_id=NEW_ID,
        source_id=draft.source_id or OPEN_SOURCE,
    )  # fmt: skip
    if stand_in.missing():
        return None
    try:
        return parse_recipe(stand_in.toml(), NEW_ID)
    except KpiError:
        return None
