"""Columns of the same name, where that name is read: nobody can know which was meant."""

from collections.abc import Sequence

from kpi.domain.errors import Problem
from kpi.domain.wording import listing
from kpi.ingest.mapping.column_mapping import NUMBERS, Plan
from kpi.ingest.table.footnote_marks import unmarked
from kpi.ingest.table.raw import RawTable
from kpi.ingest.words.heads import split_unit
from kpi.ingest.words.lookup import folded


def duplicate_columns(table: RawTable, plan: Plan) -> list[Problem]:
    """An error for each name that is read and that several columns have in common.

    A unit after the name of a column of numbers is no part of it (`værdi (pct.)`).
    """
    if plan.recipe is not None:
        named = {name: _places(name, table) for name in plan.recipe.columns()}
    else:
        named = {
            table.columns[place]: _same_meaning(role, place, table)
            for role, place in plan.columns.items()
        }
    return [_problem(name, places, table) for name, places in named.items() if len(places) > 1]


def _places(name: str, table: RawTable) -> list[int]:
    """The columns that a recipe's name may mean: as written, else without case, spaces, marks."""
    names = [
        (place, written)
        for place, column in enumerate(table.columns)
        for written in (column, *table.other_names.get(place, ()))
    ]
    ways = (
        [place for place, written in names if written == name],
        [place for place, written in names if folded(written) == folded(name)],
        [place for place, written in names if folded(unmarked(written)) == folded(name)],
    )
    return list(dict.fromkeys(next(filter(None, ways), [])))


def _same_meaning(role: str, place: int, table: RawTable) -> list[int]:
    def base(name: str) -> str:
        """A column's name without marks, of a number without its unit too."""
        plain = unmarked(name)
        return folded(split_unit(plain)[0] if role in NUMBERS else plain)

    own = base(table.columns[place])
    return [other_place for other_place, name in enumerate(table.columns) if base(name) == own]


def _problem(name: str, places: Sequence[int], table: RawTable) -> Problem:
    # Of a table that was turned the places are no longer the file's.
    numbers = "" if table.is_wide else f": kolonne {listing([f'{place + 1}' for place in places])}"
    names = listing(list(dict.fromkeys(f"»{table.columns[place]}«" for place in places)))
    same = len({table.columns[place] for place in places}) == 1
    message = (
        f"Navnet {names} står over flere kolonner{numbers}."
        if same
        else f"Kolonnerne {names} kan være den samme{numbers}."
    )
    hint = "Slet dem, der ikke gælder, eller giv dem hver sit navn."
    return Problem("duplicate_column", "", None, name, None, message, hint)
