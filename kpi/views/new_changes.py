"""Corrections of what names the figures, in words; and the words that its columns are chosen by."""

from collections.abc import Mapping
from dataclasses import dataclass

from kpi.additions.model import ADDABLE, ADDED_COLUMNS, CHOICE_WORDS, LISTED, catalog_rows
from kpi.domain import format as fmt
from kpi.domain import vocabulary
from kpi.domain.catalog import Catalog
from kpi.domain.errors import RowsRefusedError
from kpi.domain.series_break import breaks_of
from kpi.domain.units import known_units, unit_name
from kpi.domain.vocabulary import LEVEL_NAMES
from kpi.domain.whom import OF_NONE, OF_NONE_NAME
from kpi.domain.wording import capital, listing
from kpi.plan.changes import PlanChange
from kpi.tables.spec import Row
from kpi.views.addition_lines import part_words
from kpi.views.new_things import names_of

KIND_NAMES = CHOICE_WORDS["indicator", "kind"]
KIND_EXAMPLES = (
    "Andel: 2,3 %. Antal: 6.070 personer. Gennemsnit: 1,5 pr. barn. Beløb: 400.000 kr. om året, "
    "også timer og måneder."
)
# The two that are mistaken for each other: whose figures they are.
LEVEL_EXAMPLES = (
    "Programområde: dem, der er med i en indsats, som familierne i Opgang til Opgang. Boligområde: "
    "alle, der bor i bebyggelsen."
)
DIRECTION_NAMES = CHOICE_WORDS["indicator", "direction"]
BENCHMARK_NAMES = {**CHOICE_WORDS["indicator", "benchmark"], "": "Det nærmeste, der findes"}
FREQUENCY_NAMES = {
    frequency: capital(name) for frequency, name in vocabulary.FREQUENCY_NAMES.items()
}
# What fields are called on the page, where it is not what a file calls the column.
_FIELDS: Mapping[tuple[str, str], str] = {
    ("indicator", "headline"): "blandt temaets vigtigste nøgletal",
    ("indicator", "benchmark"): "sammenlign med",
    ("indicator", "numerator_id"): "dem, der har det (tæller)",
    ("indicator", "denominator_id"): "alle, som det er af (nævner)",
    ("area", "level"): "slags område",
    ("area", "parent_id"): "ligger i",
    ("area", "set_ids"): "sammenlignes i",
    ("area", "succeeded_by"): "derefter en del af",
    ("area", "valid_to"): "gælder til og med",
    ("area", "context_of"): "vises ved programområdet",
    ("population_group", "note"): "hvem er med",
    ("source", "min_cell"): "mindste antal, der vises",
    ("source", "frequency"): "nye tal",
}
FIELD_NAMES: Mapping[str, Mapping[str, str]] = {
    table: {column: _FIELDS.get((table, column), name) for column, name in columns.items()}
    for table, columns in ADDED_COLUMNS.items()
}
_DATES = ("retired", "valid_from", "valid_to", "published")


def units() -> Mapping[str, str]:
    """The units that there are: id to the word a person reads."""
    return {unit: unit_name(unit) for unit in known_units()}


def row_of(table: str, row_id: str, catalog: Catalog) -> Row:
    """The current row, with every column that a person may correct."""
    return catalog_rows(table, catalog)[row_id]


@dataclass(frozen=True)
class Difference:
    """A field that a correction changes, in words."""

    label: str
    before: str
    after: str


def differences(change: PlanChange, catalog: Catalog) -> tuple[Difference, ...]:
    """What a correction changes of the current row, in the columns' order."""
    labels = FIELD_NAMES[change.table]
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
        "numerator_id": names_of("indicator", catalog),
        "denominator_id": {**names_of("indicator", catalog), OF_NONE: OF_NONE_NAME},
        "level": LEVEL_NAMES,
        "parent_id": areas,
        "succeeded_by": areas,
        "context_of": areas,
        "region_id": areas,
        "frequency": FREQUENCY_NAMES,
        "set_ids": {set_id: area_set.name for set_id, area_set in catalog.area_sets.items()},
    }

    def word(column: str, text: str) -> str:
        """A column's text as a person reads it."""
        if column == "part_of" and text:
            return part_words(text, names["reference_group_id"])
        if column in LISTED:
            parts = [names.get(column, {}).get(name, name) for name in text.split(";") if name]
            return listing(parts) or fmt.MISSING
        if column == "breaks":
            listed = [
                f"{fmt.long_date(series_break.day)}: {series_break.title}"
                for series_break in breaks_of(text)
            ]
            return listing(listed) or fmt.MISSING
        if column in _DATES and text:
            return fmt.partial_date(text)
        return names.get(column, {}).get(text, text) or fmt.MISSING

    return tuple(
        Difference(capital(labels[column]), word(column, before), word(column, after))
        for column, before, after in change.differences()
    )


def overtaken(table: str, own: Row, stood: Row, standing: Row) -> list[str]:
    """The fields that a person corrects and another has corrected meanwhile, in another way.

    `own` are the cells they changed of what `stood` when they began, `standing` is the row now.
    """
    return [
        FIELD_NAMES[table][column]
        for column, text in own.items()
        if standing.get(column, "") not in (stood.get(column, ""), text)
    ]


def refused_fields(table: str, refused: RowsRefusedError) -> list[tuple[str, str]]:
    """Each field of a form that cannot be saved, and what is wrong with it, as a person reads it.

    A problem names its column as files do.
    """
    fields = {ADDED_COLUMNS[table][column]: name for column, name in FIELD_NAMES[table].items()}
    return [
        (
            capital(fields.get(problem.column or "", problem.column or "")),
            " ".join(filter(None, [problem.value and f"»{problem.value}«.", problem.message,
                                   problem.hint])),
        )
        for problem in refused.problems
    ]  # fmt: skip


def headline_words(theme_id: str, catalog: Catalog) -> str:
    """What it takes for an indicator to be on the front page, and what stands for its theme now."""
    rule = "Overblik viser ét kort for hvert tema: et vigtigt nøgletal med tal for det nyeste år."
    theme = catalog.themes.get(theme_id)
    if theme is None:
        return rule
    now = [
        f"»{indicator.short_name}«"
        for indicator in catalog.indicators_of(theme_id)
        if indicator.headline
    ]
    shown = f"Vigtige er nu {listing(now)}." if now else "Temaet har ikke noget kort endnu."
    return f"{rule} {shown}"


def can_retire(table: str) -> bool:
    """Whether rows of the table can be taken out of use."""
    return "retired" in ADDABLE[table]
