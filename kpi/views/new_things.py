"""What a file names that Spor does not know, and a draft of each with what the file tells."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kpi import age
from kpi import format as fmt
from kpi.additions import ADDABLE, ADDED_COLUMNS, CHOICE_WORDS, LISTED, catalog_rows
from kpi.catalog import Catalog
from kpi.errors import nearest
from kpi.format import known_units
from kpi.ingest.checking import Checked, Choices
from kpi.ingest.dataset import Row
from kpi.ingest.recipe import Recipe
from kpi.ingest.resolve import folded
from kpi.model import LEVEL_NAMES, Entry
from kpi.plan_changes import PlanChange
from kpi.series_break import breaks_of
from kpi.store.new_facts import NEW_ID, NewFacts
from kpi.wording import capital, listing

# Table of the new thing, by the problem that tells of it; in the order they are best made in.
TABLES = {
    "unknown_area": "area",
    "unknown_group": "population_group",
    "unknown_source": "source",
    "unknown_indicator": "indicator",
}
# What a thing is called: alone, in the definite form, and made anew.
NOUNS = {
    "indicator": ("nøgletal", "nøgletallet", "det nye nøgletal"),
    "area": ("område", "området", "det nye område"),
    "population_group": ("gruppe", "gruppen", "den nye gruppe"),
    "source": ("kilde", "kilden", "den nye kilde"),
    "theme": ("tema", "temaet", "det nye tema"),
}
KIND_NAMES = CHOICE_WORDS["indicator", "kind"]
KIND_EXAMPLES = (
    "Andel: 2,3 %. Antal: 6.070 personer. Gennemsnit: 1,5 pr. barn. Beløb: 400.000 kr. om året, "
    "også timer og måneder."
)
DIRECTION_NAMES = CHOICE_WORDS["indicator", "direction"]
BENCHMARK_NAMES = {**CHOICE_WORDS["indicator", "benchmark"], "": "Det nærmeste, der findes"}
FREQUENCY_NAMES = {one: capital(name) for one, name in age.FREQUENCY_NAMES.items()}
# Words of a name or a head that say that values are percentages, or kroner.
_PERCENT_WORDS = ("procent", "pct", "%", "percent", "andel", "frekvens", "grad ", "rate")
_MONEY_WORDS = ("kr.", "kroner", "dkk", "beløb", "udgift")
_DATES = ("retired", "valid_from", "valid_to", "published")
_MOST_SHORT_CHARACTERS = 32
_FEWEST_OF_MEDIAN = 4


@dataclass(frozen=True)
class Unknown:
    """A name in a file that Spor does not know: of which table, as the file writes it.

    `rows` is how many of the file's rows have it, `near` known things that it may be a slip of.
    """

    table: str
    text: str
    rows: int
    near: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What the page knows it by."""
        return f"{self.table}:{self.text}"


@dataclass(frozen=True)
class Draft:
    """A row about to be added; `from_file` names the columns that the file itself told."""

    table: str
    row: Row
    from_file: frozenset[str]


def unknown_things(checked: Checked, catalog: Catalog) -> tuple[Unknown, ...]:
    """Every name of the file that is not known, those that others need first."""
    counted = Counter(
        (TABLES[one.code], one.value)
        for one in checked.problems
        if one.code in TABLES and one.value
    )
    order = list(TABLES.values())
    found = [
        Unknown(table, text, rows, tuple(nearest(text, names_of(table, catalog).values())))
        for (table, text), rows in counted.items()
    ]
    return tuple(sorted(found, key=lambda one: order.index(one.table)))


def names_of(table: str, catalog: Catalog) -> Mapping[str, str]:
    """What stands in a table: id to name."""
    if table == "indicator":
        return {one.indicator_id: one.name for one in catalog.indicators.values()}
    if table == "area":
        return {one.area_id: one.name for one in catalog.sorted_areas(also=catalog.areas)}
    if table == "population_group":
        return {one.group_id: one.name for one in catalog.groups.values()}
    if table == "source":
        return {one.source_id: one.title for one in catalog.sources.values()}
    return {one.theme_id: one.name for one in catalog.themes.values()}


def units() -> Mapping[str, str]:
    """The units that there are: id to the word a person reads."""
    return {one: fmt.unit_name(one) for one in known_units()}


def draft_of(unknown: Unknown, facts: NewFacts, checked: Checked, catalog: Catalog) -> Draft:
    """A row for the unknown thing, filled in as far as the file tells."""
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
        "source": {"min_cell": "5"},
    }.get(table, {})  # fmt: skip
    return _draft(table, dict(usual), ())


def _draft(table: str, filled: Mapping[str, str], from_file: Sequence[str]) -> Draft:
    row = dict.fromkeys(ADDABLE[table], "") | dict(filled)
    return Draft(table, row, frozenset(one for one in from_file if row.get(one)))


def _indicator(unknown: Unknown, facts: NewFacts, checked: Checked, catalog: Catalog) -> Draft:
    kind, unit, is_told = guessed_kind(facts, f"{unknown.text} {checked.unit}")
    groups = facts.group_ids
    benchmark = _benchmark(facts, catalog)
    row = {
        "name": capital(unknown.text),
        "short_name": capital(unknown.text) if len(unknown.text) <= _MOST_SHORT_CHARACTERS else "",
        "kind": kind,
        "unit": unit,
        "direction": "neutral",
        "decimals": str(facts.decimals),
        "headline": "0",
        "default_group": groups[0] if len(groups) == 1 else "all",
        "definition": checked.measure if checked.measure != unknown.text else "",
        "benchmark": benchmark,
    }
    told = ["name", "short_name", "decimals"] if facts.rows else ["name", "short_name"]
    told += ["kind", "unit"] if is_told else []
    # A file without a column of groups tells none: everyone is then what is usual.
    told += ["default_group"] if len(groups) == 1 and groups[0] != "all" else []
    told += ["benchmark"] if benchmark else []
    return _draft("indicator", row, told)


def guessed_kind(facts: NewFacts, words: str) -> tuple[str, str, bool]:
    """Kind and unit as the values and the file's words suggest, and whether the file tells them.

    A percent sign or the word percent is proof. Anything else is a guess: by a word such as andel,
    and whole numbers are counted things, of which nobody knows what they are.
    """
    said = f"{words} ".casefold()
    within = facts.highest is None or (facts.highest <= 100 and (facts.lowest or 0) >= 0)
    if within and (facts.has_percent or any(word in said for word in ("procent", "pct", "%"))):
        return "proportion", "percent", True
    if any(word in said for word in _MONEY_WORDS):
        return "amount", "dkk_per_year", False
    if within and any(word in said for word in _PERCENT_WORDS):
        return "proportion", "percent", False
    if facts.rows and facts.is_whole and facts.highest is not None:
        return "count", "persons", False
    return ("proportion", "percent", False) if within else ("amount", "dkk_per_year", False)


def _benchmark(facts: NewFacts, catalog: Catalog) -> str:
    levels = Counter(catalog.areas[one].level for one in facts.area_ids)
    if levels["country"]:
        return "country"
    return "median" if levels["municipality"] >= _FEWEST_OF_MEDIAN else ""


def _area(unknown: Unknown, facts: NewFacts, checked: Checked, catalog: Catalog) -> Draft:
    """An area beside those that the file has, or that its indicators have figures of."""
    own = [catalog.areas[one] for one in facts.area_ids if one in catalog.areas]
    mates = own or [catalog.areas[one] for one in facts.used_areas if one in catalog.areas]
    alike = Counter((one.level, one.parent_id or "") for one in mates if one.level != "country")
    ((level, parent_id), _) = alike.most_common(1)[0] if alike else (("", ""), 0)
    row = {"name": unknown.text, "level": level, "parent_id": parent_id}
    is_told = bool(own) and len(alike) == 1
    return _draft("area", row, ["name", "level", "parent_id"] if is_told else ["name"])


def _group(unknown: Unknown, facts: NewFacts, checked: Checked, catalog: Catalog) -> Draft:
    return _draft("population_group", {"name": capital(unknown.text)}, ["name"])


def _source(unknown: Unknown, facts: NewFacts, checked: Checked, catalog: Catalog) -> Draft:
    row = {"title": unknown.text, "publisher": "", "min_cell": "5"}
    return _draft("source", row, ["title"])


def missing(table: str, row: Row) -> list[str]:
    """What must be filled in before the row can be added, in Danish."""
    needed = {
        "indicator": {"name": "navn", "short_name": "kort navn", "theme_id": "tema",
                      "definition": "definition", "unit": "enhed"},
        "area": {"name": "navn", "level": "slags område"},
        "population_group": {"name": "navn"},
        "source": {"title": "titel", "publisher": "udgiver"},
        "theme": {"name": "navn", "short_name": "kort navn"},
    }[table]  # fmt: skip
    return [word for column, word in needed.items() if not row.get(column, "").strip()]


def with_spelling(table: str, row: Row, text: str) -> Row:
    """The row with the file's own spelling among its other names, so that the file is read."""
    if "aliases" not in row or not text.strip():
        return row
    known = [row.get("name", ""), row.get("short_name", ""), *row["aliases"].split(";")]
    if folded(text) in {folded(one) for one in known}:
        return row
    aliases = [one.strip() for one in row["aliases"].split(";") if one.strip()]
    return row | {"aliases": ";".join([*aliases, text.strip()])}


def choices_for(choices: Choices, recipe: Recipe | None) -> Choices:
    """The choices with which a file is read as being about the new indicator."""
    if recipe is not None:
        return replace(choices, recipe=replace(recipe, indicator_id=NEW_ID, indicator=None))
    return choices


def made_words(table: str, name: str) -> str:
    """`Nøgletallet »Kontanthjælp« er oprettet`."""
    return f"{capital(NOUNS[table][1])} »{name}« er oprettet"


def title(table: str, text: str) -> str:
    """The page's finding while something is made: `»populationRate« kendes ikke: opret ... her`."""
    return f"»{text}« kendes ikke: Opret {NOUNS[table][1]} her"


def step_name(table: str) -> str:
    """The third of the page's steps: `3 Nyt nøgletal`."""
    word = "Ny" if table in ("population_group", "source") else "Nyt"
    return f"3 {word} {NOUNS[table][0]}"


def row_of(table: str, row_id: str, catalog: Catalog) -> Row:
    """The row that stands, with every column that a person may correct."""
    return catalog_rows(table, catalog)[row_id]


@dataclass(frozen=True)
class Difference:
    """A field that a correction changes, in words."""

    label: str
    before: str
    after: str


def differences(change: PlanChange, catalog: Catalog) -> tuple[Difference, ...]:
    """What a correction changes of the row that stands, in the columns' order."""
    labels = ADDED_COLUMNS[change.table]
    areas = names_of("area", catalog)
    names: Mapping[str, Mapping[str, str]] = {
        "theme_id": names_of("theme", catalog),
        "kind": KIND_NAMES,
        "unit": units(),
        "direction": DIRECTION_NAMES,
        "headline": CHOICE_WORDS["indicator", "headline"],
        "default_group": names_of("population_group", catalog),
        "reference_group_id": names_of("population_group", catalog),
        "benchmark": BENCHMARK_NAMES,
        "level": LEVEL_NAMES,
        "parent_id": areas,
        "succeeded_by": areas,
        "frequency": FREQUENCY_NAMES,
        "set_ids": {one: found.name for one, found in catalog.area_sets.items()},
    }

    def word(column: str, text: str) -> str:
        if column in LISTED:
            parts = [names.get(column, {}).get(one, one) for one in text.split(";") if one]
            return listing(parts) or fmt.MISSING
        if column == "breaks":
            told = [f"{fmt.long_date(one.day)}: {one.title}" for one in breaks_of(text)]
            return listing(told) or fmt.MISSING
        if column in _DATES and text:
            return fmt.partial_date(text)
        return names.get(column, {}).get(text, text) or fmt.MISSING

    return tuple(
        Difference(capital(labels[column]), word(column, before), word(column, after))
        for column, before, after in change.differences()
    )


def can_retire(table: str) -> bool:
    """Whether things of the table can be taken out of use."""
    return "retired" in ADDABLE[table]


_METADATA = frozenset({"indicator", "area", "population_group", "group_reference", "theme"})


def is_of_metadata(entry: Entry) -> bool:
    """Whether an entry made or corrected what figures are of, and not the action plan."""
    return any(table in _METADATA for table, _ in entry.rows)
