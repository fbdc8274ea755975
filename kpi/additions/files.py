"""Files of what a person adds: a table of indicators, areas, groups, sources or themes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kpi.additions.model import (
    ADDABLE,
    ADDED_COLUMNS,
    ADDED_NAMES,
    ADDED_NOUNS,
    FILLED_IN_ADDED,
)
from kpi.domain.errors import choices_hint
from kpi.ingest.table.raw import TYPED, RefusedError, Upload
from kpi.plan.files import Grid, file_grids, refuse_personal_grids, written_date
from kpi.tables.spec import COLUMNS, SPECS, Row

# A title and remarks may be above a head.
_MOST_ROWS_TO_HEAD = 10

# What a file may call a column, beside its Danish name and that of data/.
_OTHER_NAMES: Mapping[str, Mapping[str, str]] = {
    "theme": {"tema": "name", "spor": "plan_track", "titel": "name", "temaets navn": "name"},
    "source": {
        "kilde": "title", "navn": "title", "mindste celle": "min_cell", "kildens navn": "title",
        "kildens titel": "title",
    },
    "population_group": {
        "gruppe": "name", "reference": "reference_group_id", "gruppens navn": "name",
        "alias": "aliases", "aliasser": "aliases",
    },
    "area": {
        "område": "name", "niveau": "level", "type": "level", "kommune": "parent_id",
        "ligger i": "parent_id", "områdekode": "code", "alias": "aliases", "aliasser": "aliases",
        "områdets navn": "name", "områdenavn": "name", "navn på område": "name",
        "boligområde": "name", "sogn": "name", "skole": "name", "bydel": "name",
        "slags": "level", "slags område": "level", "beliggenhed": "parent_id",
    },
    "indicator": {
        "nøgletal": "name", "type": "kind", "sammenlign med": "benchmark", "alias": "aliases",
        "aliasser": "aliases", "brud": "breaks", "nøgletallets navn": "name", "titel": "name",
        "måleenhed": "unit",
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
    fitting = _fitting(table, grids, known)
    if len(fitting) != 1:
        raise _not_one_table(table, fitting, grids)
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


def table_of(names: Sequence[str]) -> str:
    """The table of ADDABLE that columns of these names make new rows of; empty where none does.

    Each is known, and all that a new row must have are among them.
    """
    plain = {name.strip().casefold() for name in names if name.strip()}
    for table in ADDABLE:
        known = _known(table)
        columns = {known[name] for name in plain if name in known}
        required = {*SPECS[table].required} - {COLUMNS[table][0], *FILLED_IN_ADDED}
        if plain <= known.keys() and len(columns) > 1 and required <= columns:
            return table
    return ""


def _fitting(table: str, grids: Sequence[Grid], known: Mapping[str, str]) -> list[Grid]:
    """The sheets that may be the table, each from its head on: a title may be above it.

    Of several the one that is called so is meant, else those that name most of its columns.
    """
    begun = [
        (name, rows[at:])
        for name, rows in grids
        for at in [_head_of(table, rows, known)]
        if at is not None
    ]
    names = {ADDED_NAMES[table].casefold(), *(noun for noun, each in ADDED_NOUNS.items()
                                              if each == table)}  # fmt: skip
    called = [grid for grid in begun if grid[0].strip().casefold() in names]
    most = max((len(_named(grid[1][0][1], known)) for grid in begun), default=0)
    return called or [grid for grid in begun if len(_named(grid[1][0][1], known)) == most]


def _head_of(
    table: str, rows: Sequence[tuple[int, Sequence[str]]], known: Mapping[str, str]
) -> int | None:
    places = range(min(len(rows), _MOST_ROWS_TO_HEAD))
    return next((at for at in places if _fits(table, rows[at][1], known)), None)


def _named(cells: Sequence[str], known: Mapping[str, str]) -> set[str]:
    names = (cell.strip().casefold() for cell in cells)
    return {known[name] for name in names if name in known}


def _fits(table: str, cells: Sequence[str], known: Mapping[str, str]) -> bool:
    """Whether a row is a head that names what its rows are of, and hardly anything unknown."""
    columns = _named(cells, known)
    naming = {COLUMNS[table][0], "name", "title"}
    return bool(columns & naming) and 2 * len(columns) >= sum(map(bool, map(str.strip, cells)))


def _not_one_table(table: str, fitting: Sequence[Grid], grids: Sequence[Grid]) -> RefusedError:
    names = ", ".join(column_names(table))
    if fitting:
        return RefusedError(
            "not_a_table",
            f"Flere ark kan være {ADDED_NAMES[table]}: {', '.join(name for name, _ in fitting)}.",
            "Slet alle ark på nær ét.",
        )
    other = next(filter(None, (_other_table(table, rows[0][1]) for _, rows in grids)), "")
    return RefusedError(
        "missing_column",
        f"Filen har ikke kolonnerne til {ADDED_NAMES[table]}.",
        other or f"Første række kan have: {names}.",
        1,
    )


def _other_table(table: str, head: Sequence[str]) -> str:
    """What to do with a file of another table; empty where it is of none."""
    other = table_of(head)
    if not other or other == table:
        return ""
    return f"Den har kolonnerne til {ADDED_NAMES[other]}: python -m kpi add {noun_of(other)} FIL."


def noun_of(table: str) -> str:
    """What the command line calls a table of ADDABLE."""
    return next(noun for noun, each in ADDED_NOUNS.items() if each == table)


def _columns(table: str, head: Sequence[str], known: Mapping[str, str]) -> list[str | None]:
    columns = [known.get(cell.strip().casefold()) for cell in head]
    for cell, column in zip(head, columns, strict=True):
        if cell.strip() and column is None:
            raise RefusedError(
                "not_a_table",
                f"Kolonnen »{cell.strip()[:60]}« kendes ikke.",
                _other_table(table, head)
                or choices_hint(cell.strip().casefold(), column_names(table)),
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
