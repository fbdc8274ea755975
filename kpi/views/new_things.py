"""What a file names that Spor does not know, and the words for making it."""

from collections import Counter
from collections.abc import Mapping, Set
from dataclasses import dataclass

from kpi.domain.catalog import Catalog
from kpi.domain.model import Entry
from kpi.domain.wording import capital
from kpi.ingest.checked import Checked
from kpi.ingest.mapping.choices import Choices
from kpi.tables.spec import METADATA, SPECS
from kpi.tables.table_spec import Nouns

# Table of the new row, by the code of the problem that names it; in the order of creation.
TABLES = {
    "unknown_area": "area",
    "unknown_group": "population_group",
    "unknown_source": "source",
    "unknown_indicator": "indicator",
}


def _is_neuter(nouns: Nouns) -> bool:
    return nouns.definite.endswith("t")


# A table's noun: alone, in the definite form, and as a heading for a new one.
NOUNS = {
    table: (nouns.one, nouns.definite, f"{'det' if _is_neuter(nouns) else 'den'} nye {nouns.one}")
    for table, nouns in ((table, spec.nouns) for table, spec in SPECS.items())
    if nouns.definite
}


@dataclass(frozen=True)
class Unknown:
    """A name in a file that Spor does not know: of which table, as the file writes it.

    `rows` is how many of the file's rows have it.
    """

    table: str
    text: str
    rows: int

    @property
    def key(self) -> str:
        """What the page knows it by."""
        return f"{self.table}:{self.text}"


def unknown_names(checked: Checked) -> tuple[Unknown, ...]:
    """Every name of the file that is not known, those that others need first.

    A warning of the same code doubts which of the known ones is meant. What a column has is counted
    in all rows; what a recipe or a person says of the whole file is in the problems alone.
    """
    of_names = [
        each
        for each in checked.problems
        if each.code in TABLES and each.value and each.severity == "error"
    ]
    counted: Counter[tuple[str, str]] = Counter()
    for code, text, rows in checked.unknown:
        counted[TABLES[code], text] += rows
    of_columns = frozenset(counted)
    for problem in of_names:
        name = TABLES[problem.code], problem.value or ""
        if name not in of_columns:
            counted[name] += checked.rows_read if problem.row is None else 1 + problem.more
    order = list(TABLES.values())
    unknowns = [Unknown(table, text, rows) for (table, text), rows in counted.items()]
    return tuple(sorted(unknowns, key=lambda unknown: order.index(unknown.table)))


def offered(checked: Checked, choices: Choices, left: Set[str]) -> tuple[Unknown, ...]:
    """The unknown names that can be made for the file; those that were left for later come last.

    What a recipe translates by itself is the recipe's to name: making it would not be enough.
    """
    recipe = choices.recipe
    translated = set()
    if recipe is not None and recipe.group is not None:
        translated.add("population_group")
    if recipe is not None and recipe.indicator is not None:
        translated.add("indicator")
    unknowns = [unknown for unknown in unknown_names(checked) if unknown.table not in translated]
    return tuple(sorted(unknowns, key=lambda unknown: unknown.key in left))


def names_of(table: str, catalog: Catalog) -> Mapping[str, str]:
    """The rows of a table: id to name."""
    if table == "indicator":
        return {indicator.indicator_id: indicator.name for indicator in catalog.indicators.values()}
    if table == "area":
        return {area.area_id: area.name for area in catalog.sorted_areas(also=catalog.areas)}
    if table == "population_group":
        return {group.group_id: group.name for group in catalog.groups.values()}
    if table == "source":
        return {source.source_id: source.title for source in catalog.sources.values()}
    return {theme.theme_id: theme.name for theme in catalog.themes.values()}


def made_words(table: str, name: str) -> str:
    """`Nøgletallet »Kontanthjælp« er oprettet`."""
    return f"{capital(NOUNS[table][1])} »{name}« er oprettet"


def title(table: str, text: str, is_many: bool = False) -> str:
    """The page's finding while something is made: `»populationRate« kendes ikke: opret ... her`."""
    if is_many:
        return f"{capital(text)} kendes ikke: Opret dem her"
    if not text:
        return f"Opret {NOUNS[table][1]}, som filen er fra"
    return f"»{text}« kendes ikke: Opret {NOUNS[table][1]} her"


def step_name(table: str) -> str:
    """The third of the page's steps: `3 Nyt nøgletal`."""
    word = "Nyt" if _is_neuter(SPECS[table].nouns) else "Ny"
    return f"3 {word} {NOUNS[table][0]}"


def is_of_metadata(entry: Entry) -> bool:
    """Whether an entry made or corrected what figures are of, and not the action plan.

    The plan's entries bring their sources along; a source alone is made for figures.
    """
    tables = {table for table, _ in entry.rows}
    return bool(tables & {*METADATA} - {"source"}) or tables == {"source"}
