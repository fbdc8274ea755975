"""What each column of a raw table contains: by the template's names, or by a recipe."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from kpi.domain.errors import Problem, choices_hint
from kpi.domain.wording import first_listed
from kpi.ingest.mapping.recipe import Recipe, place_of
from kpi.ingest.table.formats import OWN_FORMATS
from kpi.ingest.table.raw import TYPED, RawTable
from kpi.ingest.words.labels import is_judgement
from kpi.ingest.words.lookup import folded
from kpi.ingest.words.template import NAMES, is_template, template_columns

# What an observation is made of, and which of it are numbers.
ROLES = tuple(NAMES)
NUMBERS = ("value", "numerator", "denominator", "low", "high")
_VALUE_NAMES = ("indhold", "content", "contents")
# What JSON-stat (as we read it), SDMX and Eurostat call the column of status codes.
STATUS_NAMES = ("status", "obs_status", "obs_flag", "observationstatus", "flag", "flags")
OWN_SOURCE = "own_upload"


MEASURES_SHOWN = 12


@dataclass(frozen=True)
class Measure:
    """The measure that a person chose: a column of figures, or a label of a column of measures."""

    place: int
    label: str = ""


@dataclass(frozen=True)
class Plan:
    """How a raw table becomes observations: `columns` (role to place), `constants` (role to text).

    No action plan: that is kpi.domain.plan.Plan.

    `keep` (place to labels) are the rows to use. Of `added_up` (place to labels) those rows become
    one figure; they are in `keep` too. `decimal` is the mark that is given, if any.
    `scale` is what values and their limits are multiplied by; None where nobody has chosen it, and
    1 where somebody has said that they are right as written. `is_accepted`: a person has said the
    recipe is right for the file, even if made from another.
    """

    columns: Mapping[str, int]
    constants: Mapping[str, str]
    keep: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    decimal: str | None = None
    recipe: Recipe | None = None
    scale: float | None = None
    is_accepted: bool = False
    added_up: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    @property
    def has_ranges(self) -> bool:
        """Whether the limits are in the value's own cells (value_ranges.py)."""
        return "value" in self.columns and self.columns.get("low") == self.columns["value"]

    @property
    def counts_shares(self) -> bool:
        """Whether values are counted from numerator and denominator: there is no column of them."""
        return "value" not in self.columns and {"numerator", "denominator"} <= self.columns.keys()

    def name_of(self, role: str, table: RawTable) -> str:
        """The column's name in the file, or the role where the file has no such column.

        A share that is counted is found under its numerator.
        """
        role = "numerator" if role == "value" and self.counts_shares else role
        return table.columns[self.columns[role]] if role in self.columns else role


def template_plan(
    table: RawTable,
    source_id: str | None,
    decimal: str | None,
    indicator_id: str = "",
    constants: Mapping[str, str] | None = None,
) -> Plan:
    """The plan of a file in our own template.

    `indicator_id` and `constants` (role to text) are what all rows are of, without such columns.
    """
    columns = template_columns(table.columns)
    # Also for the rows that leave the column empty.
    constants = {"source_id": source_id or OWN_SOURCE, **(constants or {})}
    constants |= {"indicator_id": indicator_id} if indicator_id else {}
    return Plan(columns, constants, decimal=decimal or table.decimal)


def recipe_plan(
    table: RawTable, recipe: Recipe, decimal: str | None, measure: Measure | None = None
) -> tuple[Plan | None, list[Problem]]:
    """A table's plan by a recipe, with problems; None where it lacks a column of the recipe.

    `measure` is what a person chose where the file has several: it overrides the recipe.
    """
    problems = [
        missing_column(name, f"Opskriften »{recipe.name}« bruger kolonnen. "
                       f"{choices_hint(name, table.columns)}")
        for name in recipe.columns()
        if place_of(name, table) is None
    ]  # fmt: skip
    if problems:
        return None, problems
    named = {
        "area_id": recipe.area, "period": recipe.period, "value": recipe.value,
        "numerator": recipe.numerator, "denominator": recipe.denominator,
        "status": recipe.status, "note": recipe.note,
        "indicator_id": recipe.indicator.column if recipe.indicator else "",
        "group_id": recipe.group.column if recipe.group else "",
    }  # fmt: skip
    columns = {role: _place(name, table) for role, name in named.items() if name}
    if "status" not in columns and (place := _status_place(table, recipe)) is not None:
        columns["status"] = place
    keep = {_place(name, table): labels for name, labels in recipe.keep.items()}
    added_up = {_place(name, table): labels for name, labels in recipe.added_up().items()}
    keep |= added_up
    if measure is not None and measure.label:
        keep[measure.place] = (measure.label,)
    elif measure is not None:
        columns["value"] = measure.place
    if "value" not in columns:
        places = _value_places(table, {*columns.values(), *keep})
        if len(places) > 1:
            names = [table.columns[place] for place in places]
            return None, [several_measures(None, names[:MEASURES_SHOWN], len(names))]
        if not places and not {"numerator", "denominator"} <= columns.keys():
            hint = 'Angiv i opskriften, hvilken kolonne der indeholder tallet: value = "..."'
            return None, [missing_column("value", hint)]
        if places:
            columns["value"] = places[0]
    constants = {"source_id": recipe.source_id}
    constants |= {"indicator_id": recipe.indicator_id} if recipe.indicator_id else {}
    roles = {"area": "area_id", "period": "period", "group": "group_id"}
    constants |= {roles[key]: text for key, text in recipe.constant.items()}
    mark = decimal or recipe.decimal or table.decimal
    return Plan(columns, constants, keep, mark, recipe, added_up=added_up), []


def chosen_measure(measure: str, names: Collection[str]) -> str | None:
    """The measure of these that a person means, compared without case and spaces."""
    return next((name for name in names if folded(name) == folded(measure)), None)


def is_own_template(table: RawTable) -> bool:
    """Whether a table can be read without a recipe."""
    return table.format in OWN_FORMATS and is_template(table.columns)


def missing_column(column: str, hint: str, message: str = "Kolonnen mangler.") -> Problem:
    """A column that the file lacks, and what to do about it."""
    return Problem("missing_column", "", None, column, None, message, hint)


def several_measures(name: str | None, first: Iterable[str], count: int) -> Problem:
    """The problem of a file with several measures; each is named as --measure takes it."""
    shown = [f"»{label.removeprefix(TYPED).strip()}«" for label in first]
    where = f"Kolonnen »{name}«" if name else "Filen"
    return Problem(
        "several_measures", "", None, name, None,
        f"{where} har {count} mål: {first_listed(shown, len(shown), count)}.",
        "Vælg ét: --measure NAVN.",
    )  # fmt: skip


def _place(name: str, table: RawTable) -> int:
    place = place_of(name, table)
    assert place is not None, "every column of the recipe was found before"
    return place


def _value_places(table: RawTable, used: set[int]) -> list[int]:
    """INDHOLD, the last of that name, else the columns of numbers that nothing else uses."""
    for place in reversed(range(len(table.columns))):
        if place not in used and folded(table.columns[place]) in _VALUE_NAMES:
            return [place]
    sample = [cells for _, cells in table.rows[:200]]
    return [
        place
        for place in range(len(table.columns))
        if place not in used and any(_looks_numeric(cells[place]) for cells in sample)
    ]


def _status_place(table: RawTable, recipe: Recipe) -> int | None:
    """The column of status codes that a file brings, where the recipe does not use it otherwise."""
    used = {_place(name, table) for name in recipe.columns()}
    return next(
        (
            place
            for place, name in enumerate(table.columns)
            if place not in used
            and folded(name) in STATUS_NAMES
            and not _has_judgements(cells[place] for _, cells in table.rows)
        ),
        None,
    )


def _has_judgements(texts: Iterable[str]) -> bool:
    """Whether a column that is called `Status` says how figures are doing: `Gul`, `Rød`."""
    filled = {text for text in texts if text.strip()}
    return bool(filled) and all(map(is_judgement, filled))


def _looks_numeric(text: str) -> bool:
    return any(character.isdigit() for character in text) and not any(
        character.isalpha() for character in text
    )
