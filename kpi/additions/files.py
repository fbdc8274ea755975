"""Files of what a person adds: a table of indicators, areas, groups, sources or themes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kpi.additions.model import ADDABLE, ADDED_COLUMNS, ADDED_NAMES
from kpi.domain.errors import choices_hint
from kpi.ingest.table.raw import TYPED, RefusedError, Upload
from kpi.plan.files import Grid, file_grids, refuse_personal_grids, written_date
from kpi.tables.spec import COLUMNS, Row

# What a file may call a column, beside its Danish name and that of data/.
_OTHER_NAMES: Mapping[str, Mapping[str, str]] = {
    "theme": {"tema": "name", "spor": "plan_track", "titel": "name"},
    "source": {"kilde": "title", "navn": "title", "mindste celle": "min_cell"},
    "population_group": {"gruppe": "name", "reference": "reference_group_id"},
    "area": {
        "område": "name", "niveau": "level", "type": "level", "kommune": "parent_id",
        "ligger i": "parent_id", "områdekode": "code", "alias": "aliases",
    },
    "indicator": {
        "nøgletal": "name", "type": "kind", "sammenlign med": "benchmark", "alias": "aliases",
        "brud": "breaks",
    },
}  # fmt: skip


@dataclass(frozen=True)
class AdditionFile:
    """The rows of a file, each with the columns that the file has, and the lines they are on."""

    rows: Sequence[Row]
    lines: Sequence[int]


def column_names(table: str) -> list[str]:
    """The Danish names of a table's columns, in order."""
    return [ADDED_COLUMNS[table][column] for column in ADDABLE[table]]


def read_addition_file(table: str, upload: Upload) -> AdditionFile:
    """The rows of a table of ADDABLE in a CSV or a workbook's sheet with such columns.

    Raises RefusedError: no such sheet, a column that is not known, twice there, or a CPR number.
    """
    grids = [grid for grid in file_grids(upload, may_be_narrow=True) if grid[1]]
    refuse_personal_grids(upload.name, grids, "Navne og beskrivelser kan læses af alle.")
    known = _known(table)
    fitting = [grid for grid in grids if _fits(table, grid, known)]
    if len(fitting) != 1:
        raise _not_one_table(table, fitting)
    ((_, head), *numbered) = fitting[0][1]
    columns = _columns(table, head, known)
    if not numbered:
        raise RefusedError("empty_file", "Filen har ingen rækker.", "Skriv mindst én række.")
    rows = [_row(columns, cells) for _, cells in numbered]
    return AdditionFile(rows, [line for line, _ in numbered])


def _known(table: str) -> dict[str, str]:
    """Each name that a column may have, in small letters, and the column."""
    names = {column: column for column in ADDABLE[table]}
    names |= _OTHER_NAMES[table]
    return names | {name: column for column, name in ADDED_COLUMNS[table].items()}


def _fits(table: str, grid: Grid, known: Mapping[str, str]) -> bool:
    """Whether a sheet's head names what its rows are of, and hardly anything unknown."""
    names = [cell.strip().casefold() for cell in grid[1][0][1] if cell.strip()]
    columns = {known[name] for name in names if name in known}
    naming = {COLUMNS[table][0], "name", "title"}
    return bool(columns & naming) and 2 * len(columns) >= len(names)


def _not_one_table(table: str, fitting: Sequence[Grid]) -> RefusedError:
    names = ", ".join(column_names(table))
    if fitting:
        return RefusedError(
            "not_a_table",
            f"Flere ark kan være {ADDED_NAMES[table]}: {', '.join(name for name, _ in fitting)}.",
            "Slet alle ark på nær ét.",
        )
    return RefusedError(
        "missing_column",
        f"Filen har ikke kolonnerne til {ADDED_NAMES[table]}.",
        f"Første række kan have: {names}.",
        1,
    )


def _columns(table: str, head: Sequence[str], known: Mapping[str, str]) -> list[str | None]:
    columns = [known.get(cell.strip().casefold()) for cell in head]
    for cell, column in zip(head, columns, strict=True):
        if cell.strip() and column is None:
            raise RefusedError(
                "not_a_table",
                f"Kolonnen »{cell.strip()[:60]}« kendes ikke.",
                choices_hint(cell.strip().casefold(), column_names(table)),
                1,
            )
        if column and columns.count(column) > 1:
            name = ADDED_COLUMNS[table][column]
            raise RefusedError(
                "not_a_table", f"Kolonnen »{name}« er der to gange.", "Slet den ene.", 1
            )
    return columns


def _row(columns: Sequence[str | None], cells: Sequence[str]) -> Row:
    padded = [*cells, *[""] * (len(columns) - len(cells))]
    return {
        column: written_date(cell.removeprefix(TYPED).strip())
        for column, cell in zip(columns, padded, strict=False)
        if column is not None
    }
