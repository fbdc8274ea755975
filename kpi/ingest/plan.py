"""Which column of a raw table holds what: by the template's names, or by a recipe."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kpi.errors import Problem, choices_hint
from kpi.ingest.raw import RawTable
from kpi.ingest.recipe import Recipe, place_of
from kpi.ingest.resolve import folded
from kpi.ingest.template import NAMES, OWN_FORMATS, REQUIRED, is_template, template_columns

# What an observation is made of, and which of it are numbers.
ROLES = tuple(NAMES)
NUMBERS = ("value", "numerator", "denominator", "low", "high")
_VALUE_NAMES = ("indhold", "content", "contents")
# What JSON-stat (as we read it), SDMX and Eurostat call the column of status codes.
_STATUS_NAMES = ("status", "obs_status", "obs_flag", "observationstatus", "flag", "flags")
OWN_SOURCE = "own_upload"
# The required columns in the order of REQUIRED, as a file without them would name them.
_DANISH = ("nøgletal", "område", "periode", "værdi")
_ENGLISH = ("indicator", "area", "period", "value", "indicator_id", "area_id")


@dataclass(frozen=True)
class Plan:
    """How a raw table becomes observations: `columns` (role to place), `constants` (role to text).

    `keep` (place to labels) are the rows to use. `decimal` is the mark that is given, if any.
    `scale` is what values and their limits are multiplied by; None where nobody has said, and 1
    where somebody has said that they are what they are. `is_accepted`: a person has said that the
    recipe is right for the file, whatever file it was made from.
    """

    columns: Mapping[str, int]
    constants: Mapping[str, str]
    keep: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    decimal: str | None = None
    recipe: Recipe | None = None
    scale: float | None = None
    is_accepted: bool = False

    def name_of(self, role: str, table: RawTable) -> str:
        """The column's name in the file, or the role where the file has no such column."""
        return table.columns[self.columns[role]] if role in self.columns else role


def template_plan(
    table: RawTable, source_id: str | None, decimal: str | None
) -> tuple[Plan, list[Problem]]:
    """The plan of a file in our own template."""
    columns = template_columns(table.columns)
    # Also for the rows that leave the column empty.
    constants = {"source_id": source_id or OWN_SOURCE}
    return Plan(columns, constants, decimal=decimal or table.decimal), []


def recipe_plan(
    table: RawTable, recipe: Recipe, decimal: str | None
) -> tuple[Plan | None, list[Problem]]:
    """The plan that a recipe makes of a table; without one when it lacks a column of the recipe."""
    problems = [
        _missing(name, f"Opskriften »{recipe.name}« bruger kolonnen. "
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
    if "value" not in columns:
        used = {*columns.values(), *(_place(name, table) for name in recipe.keep)}
        place = _value_place(table, used)
        if place is None:
            hint = 'Angiv i opskriften, hvilken kolonne der indeholder tallet: value = "..."'
            return None, [_missing("value", hint)]
        columns["value"] = place
    constants = {"source_id": recipe.source_id}
    constants |= {"indicator_id": recipe.indicator_id} if recipe.indicator_id else {}
    roles = {"area": "area_id", "period": "period", "group": "group_id"}
    constants |= {roles[key]: text for key, text in recipe.constant.items()}
    keep = {_place(name, table): labels for name, labels in recipe.keep.items()}
    return Plan(columns, constants, keep, decimal or recipe.decimal or table.decimal, recipe), []


def no_plan(table: RawTable, fitting: list[Recipe]) -> list[Problem]:
    """What to tell of a table that is neither the template nor read with a recipe."""
    known = template_columns(table.columns)
    # Two of the template's columns: somebody meant the template and left one out.
    if len(known) >= 2 and not fitting and table.format in OWN_FORMATS:
        english = all(folded(table.columns[place]) in _ENGLISH for place in known.values())
        return [
            _missing((_ENGLISH if english else _DANISH)[place],
                     "Hent skabelonen, og brug dens kolonnenavne.")
            for place, role in enumerate(REQUIRED)
            if role not in known
        ]  # fmt: skip
    if fitting:
        hint = "Vælg en opskrift: " + " eller ".join(f"--recipe {one.name}" for one in fitting)
    else:
        hint = "Vælg eller lav en opskrift, der angiver, hvad hver kolonne indeholder."
    return [_missing("område", f"Filen følger ikke skabelonen. {hint}")]


def is_own_template(table: RawTable) -> bool:
    """Whether a table can be read without a recipe."""
    return table.format in OWN_FORMATS and is_template(table.columns)


def _missing(column: str, hint: str) -> Problem:
    return Problem("missing_column", "error", "", None, column, None, "Kolonnen mangler.", hint)


def _place(name: str, table: RawTable) -> int:
    place = place_of(name, table)
    assert place is not None, "every column of the recipe was found before"
    return place


def _value_place(table: RawTable, used: set[int]) -> int | None:
    """INDHOLD, the last of that name, else the only column of numbers that nothing else uses."""
    for place in reversed(range(len(table.columns))):
        if place not in used and folded(table.columns[place]) in _VALUE_NAMES:
            return place
    sample = [cells for _, cells in table.rows[:200]]
    free = [
        place
        for place in range(len(table.columns))
        if place not in used and any(_looks_numeric(cells[place]) for cells in sample)
    ]
    return free[0] if len(free) == 1 else None


def _status_place(table: RawTable, recipe: Recipe) -> int | None:
    """The column of status codes that a file brings, where the recipe does not use it otherwise."""
    used = {_place(name, table) for name in recipe.columns()}
    return next(
        (
            place
            for place, name in enumerate(table.columns)
            if place not in used and folded(name) in _STATUS_NAMES
        ),
        None,
    )


def _looks_numeric(text: str) -> bool:
    return any(character.isdigit() for character in text) and not any(
        character.isalpha() for character in text
    )
