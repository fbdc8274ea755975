"""The period, the area and the group that a person gives a whole file which has no such column.

The rules are those of a recipe's [constant]. What the file says itself is never overruled.
"""

from collections.abc import Mapping
from dataclasses import replace

from kpi.domain.errors import Problem
from kpi.ingest.mapping.proposed_recipe import Proposal
from kpi.ingest.mapping.recipe import Recipe
from kpi.ingest.table.formats import OWN_FORMATS
from kpi.ingest.table.raw import RawTable
from kpi.ingest.words.template import REQUIRED, template_columns

ROLES = {"area": "area_id", "period": "period", "group": "group_id"}
_NAMES = {"area": "området", "period": "perioden", "group": "gruppen"}


def recipe_with(recipe: Recipe, constant: Mapping[str, str]) -> tuple[Recipe, list[Problem]]:
    """The recipe with a person's constants in place of its own; an error where it names a column.

    So one recipe reads the extracts of several periods.
    """
    problems = [
        _twice(f"Opskriften læser {_NAMES[key]} i kolonnen »{column}«.", key, column)
        for key in constant
        if (column := _column(recipe, key))
    ]
    return replace(recipe, constant={**recipe.constant, **constant}), problems


def proposal_with(
    proposal: Proposal, constant: Mapping[str, str]
) -> tuple[Proposal, list[Problem]]:
    """The proposal with a person's constants; an error where a column says several of them.

    A column with one label is not read: that it says no other one is checked with the rows.
    """
    problems = []
    for key, text in constant.items():
        name = _column(proposal, key)
        column = next((each for each in proposal.columns if each.name == name), None)
        if column is not None and column.count > 1:
            message = f"Filen har selv {_NAMES[key]} i kolonnen »{name}«."
            problems.append(_twice(message, key, name))
            continue
        proposal = replace(proposal, constant={**proposal.constant, key: text})
        of_title = {other: said for other, said in proposal.constant_texts.items() if other != key}
        proposal = replace(proposal, constant_texts=of_title)
        if key == "area":
            proposal = replace(proposal, area="", skipped_areas=())
        elif key == "period":
            proposal = replace(proposal, period="")
        else:
            proposal = replace(proposal, group=None, skipped_groups=())
    return proposal, problems


def template_twice(table: RawTable, constant: Mapping[str, str]) -> list[Problem]:
    """An error for each constant of which a file in our template has a column."""
    columns = template_columns(table.columns)
    return [
        _twice(f"Filen har selv {_NAMES[key]} i kolonnen »{name}«.", key, name)
        for key in constant
        if ROLES[key] in columns and (name := table.columns[columns[ROLES[key]]])
    ]


def lacks_only(table: RawTable, indicator_id: str, constant: Mapping[str, str]) -> bool:
    """Whether a table is in our template but for what a person has said of all its rows."""
    missing = set(REQUIRED) - set(template_columns(table.columns))
    given = {ROLES[key] for key in constant} | ({"indicator_id"} if indicator_id else set())
    return table.format in OWN_FORMATS and bool(missing) and missing <= given


def _column(named: Recipe | Proposal, key: str) -> str:
    if key == "group":
        return named.group.column if named.group else ""
    return named.area if key == "area" else named.period


def _twice(message: str, key: str, column: str) -> Problem:
    return Problem("recipe_mismatch", "", None, column, None, message, f"Undlad --{key}.")
