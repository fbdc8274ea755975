"""Problems of cells that are written in a special way: marks, hidden rows, scale."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

import duckdb

from kpi.domain import format as fmt
from kpi.domain.errors import Problem
from kpi.domain.wording import listing
from kpi.ingest.mapping.column_mapping import NUMBERS, Plan
from kpi.ingest.readers.cell_notes import (
    BLANK_ZERO,
    MERGED,
    NOTED,
    PART_STRUCK,
    RAISED,
    SCALED,
    STRUCK,
)
from kpi.ingest.readers.number_formats import shown_scale
from kpi.ingest.readers.workbook import Sheet
from kpi.ingest.table.footnote_marks import MARK_CHARACTERS, marks_of
from kpi.ingest.table.raw import TYPED, UNREADABLE, RawTable
from kpi.ingest.words.statuses import status_to_write

_MOST_ROWS_NAMED = 10
_ROWS_BEFORE_HEAD = 40
# Their texts are kept as they are written, marks included.
_KEPT_AS_WRITTEN = ("note", "as_published")
_TOLD = {
    RAISED: ("Hævet eller sænket tekst (»{}«) er et mærke og læses ikke med.",
             "Kontrollér, at tallet eller navnet er rigtigt uden mærket."),
    STRUCK: ("Teksten er gennemstreget, men læses med.",
             "Slet rækken eller tallet, hvis det ikke længere gælder."),
    PART_STRUCK: ("En del af teksten er gennemstreget, så det er uvist, hvad der gælder.",
                  "Slet den gennemstregede del."),
    BLANK_ZERO: ("Cellen ser tom ud på skærmen, men indeholder 0. Den læses som 0.",
                 f"Slet tallet, hvis det mangler; skriv {status_to_write('missing')} i status."),
    NOTED: ("Cellens talformat skriver »{}« ved tallet, og det læses ikke med.",
            "Kontrollér, om det siger noget om tallet, for eksempel at det er foreløbigt."),
}  # fmt: skip


def with_notes(sheet: Sheet, table: RawTable) -> RawTable:
    """The table of a sheet, with the problems of its cells among its own."""
    if not sheet.notes:
        return table
    rows = {row for row, _ in table.rows if row is not None}
    if not rows:
        return table
    head = _head_row(sheet, min(rows))
    problems = [*_noted(sheet, rows, head), *_hidden(sheet, rows, head)]
    return replace(table, problems=(*table.problems, *problems))


def hidden_tables(names: Iterable[str]) -> list[Problem]:
    """One warning for the hidden sheets that have a table like the one that is read."""
    sheets = [f"»{name}«" for name in names]
    if not sheets:
        return []
    are = "Det skjulte ark" if len(sheets) == 1 else "De skjulte ark"
    return [
        Problem(
            "hidden_cells", "", None, None, None,
            f"{are} {listing(sheets)} har også en tabel og læses ikke.",
            "Hører dens tal med, så vis arket i Excel, og indlæs det for sig.",
        )
    ]  # fmt: skip


def table_problems(table: RawTable, plan: Plan) -> list[Problem]:
    """The table's problems as far as they concern what is read of it.

    Another scale is no question where somebody has said what to multiply by, and neither is a
    question nor a merged cell in a column that is not read as a number.
    """
    read = {table.columns[plan.columns[role]] for role in NUMBERS if role in plan.columns}
    others = set(table.columns) - read
    return [
        problem
        for problem in table.problems
        if problem.code not in ("scale", "merged_cell")
        or (problem.column not in others and (problem.code != "scale" or plan.scale is None))
    ]


def mark_problems(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan
) -> list[Problem]:
    """A warning for each text with raised or lowered digits, and for each such head of a column."""
    problems = []
    read = [role for role in plan.columns if role not in _KEPT_AS_WRITTEN]
    asked = " UNION ALL ".join(_MARKED_ROLE.replace("ROLE", role) for role in read)
    marks = {"marks": f"[{MARK_CHARACTERS}]"}
    marked_roles = [row[0] for row in connection.execute(asked, marks).fetchall()] if read else []
    for role, place in plan.columns.items():
        name = table.columns[place]
        if marks_of(name):
            problems.append(_mark_problem(None, name, name, []))
        if role not in marked_roles:
            continue
        connection.table(f"spelled_{role}").create_view("spelled", replace=True)
        cells = connection.table("candidate").project(
            duckdb.ColumnExpression("line"), duckdb.ColumnExpression(role).alias("spelling")
        )
        cells.create_view("marked_cell", replace=True)
        marked = connection.execute(_MARKED, marks).fetchall()
        for text, lines in marked:
            plain = text.removeprefix(TYPED).removeprefix(UNREADABLE)
            problems.append(_mark_problem(lines[0] if lines else None, name, plain, lines))
    return problems


def _mark_problem(row: int | None, column: str, text: str, rows: Sequence[int]) -> Problem:
    message, hint = _TOLD[RAISED]
    message = message.format(marks_of(text)) + _further(rows)
    return Problem("cell_mark", "", row, column, text, message, hint)


def _further(rows: Sequence[int]) -> str:
    return f" {_rows_named(rows)}." if len(rows) > 1 else ""


def _rows_named(rows: Sequence[int]) -> str:
    """`Række 3-4 og 9`, at most ten spans of them."""
    spans = _spans(rows)
    named = [f"{a}" if a == b else f"{a}-{b}" for a, b in spans[:_MOST_ROWS_NAMED]]
    more = len(spans) - len(named)
    last = f"{more} steder til" if more > 1 else "ét sted til" if more else named.pop()
    return "Række " + (f"{', '.join(named)} og {last}" if named else last)


def _spans(rows: Iterable[int]) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for row in rows:
        if spans and row == spans[-1][1] + 1:
            spans[-1] = (spans[-1][0], row)
        else:
            spans.append((row, row))
    return spans


def _head_row(sheet: Sheet, first: int) -> int:
    """The number of the row above the table's first one that has the names of its columns."""
    for row in range(first - 1, max(0, first - _ROWS_BEFORE_HEAD), -1):
        if len({cell for cell in sheet.rows[row - 1] if cell.strip()}) > 1:
            return row
    return first


def _column_name(sheet: Sheet, head: int, column: int) -> str:
    cells = sheet.rows[head - 1]
    text = cells[column] if column < len(cells) else ""
    name = " ".join(text.removeprefix(TYPED).removeprefix(UNREADABLE).split())
    return name or f"kolonne {column + 1}"


def _noted(sheet: Sheet, rows: set[int], head: int) -> list[Problem]:
    """A problem for each kind of note, column and mark, at the first of its rows."""
    grouped: dict[tuple[int, str, str], list[int]] = {}
    for row, column, kind, text in sheet.notes.cells:
        if row + 1 in rows or (row + 1 == head and kind != MERGED):
            grouped.setdefault((column, kind, text), []).append(row + 1)
    problems = []
    for (column, kind, text), places in grouped.items():
        name = _column_name(sheet, head, column)
        value = sheet.rows[places[0] - 1][column].removeprefix(TYPED).removeprefix(UNREADABLE)
        if kind == SCALED:
            problems.append(_scale_problem(places[0], name, value, text))
        elif kind == MERGED:
            problems.append(_merged_problem(places, name, value))
        else:
            message, hint = _TOLD[kind]
            message = message.format(text) + _further(places)
            problems.append(Problem("cell_mark", "", places[0], name, value, message, hint))
    return problems


def _scale_problem(row: int, column: str, value: str, number_format: str) -> Problem:
    number, factor = (
        Decimal(value.partition(" ")[0].rstrip("%")),
        Decimal(repr(1 / shown_scale(number_format))),
    )
    scaled = format((number * factor).normalize(), "f")
    return Problem(
        "scale", "", row, column, value,
        f"Talformatet »{number_format}« viser tallene i en anden størrelse, end cellerne "
        "indeholder.",
        f"Vælg, hvad tallene skal ganges med: --scale 1 giver {value}, "
        f"--scale {format(factor.normalize(), 'f')} giver {scaled}.",
    )  # fmt: skip


def _merged_problem(rows: Sequence[int], column: str, value: str) -> Problem:
    return Problem(
        "merged_cell", "", rows[0], column, value,
        "Cellen er en del af en flettet celle, hvis tal læses som tal for hver af de celler, den "
        f"dækker.{_further(rows)}",
        "Gælder tallet dem under ét, så slet det. Gælder det hver af dem, så ophæv fletningen, og "
        "skriv tallet i hver celle.",
    )  # fmt: skip


def _hidden(sheet: Sheet, rows: set[int], head: int) -> list[Problem]:
    notes = sheet.notes
    hidden = [row + 1 for first, last in notes.hidden_rows for row in range(first, last + 1)]
    hidden = sorted(set(hidden) & rows)
    problems = []
    if hidden:
        count = fmt.counted(len(hidden), "skjult række", "skjulte rækker")
        problems.append(
            Problem(
                "hidden_cells", "", hidden[0], None, None,
                f"{count} er læst med. {_rows_named(hidden)}.",
                "Slet rækkerne, eller fjern filteret, hvis de ikke hører til tallene.",
            )
        )  # fmt: skip
    used = {place for row in rows for place, cell in enumerate(sheet.rows[row - 1]) if cell}
    columns = [
        place
        for first, last in notes.hidden_columns
        for place in range(first, last + 1)
        if place in used
    ]
    if columns:
        names = listing([f"»{_column_name(sheet, head, place)}«" for place in columns])
        count = fmt.counted(len(columns), "skjult kolonne", "skjulte kolonner")
        problems.append(
            Problem(
                "hidden_cells", "", head, None, None, f"{count} er læst med: {names}.",
                "Slet kolonnerne, hvis de ikke hører til tallene.",
            )
        )  # fmt: skip
    return problems


# The columns with a mark in some text; most texts are ASCII, which is quicker to see.
_MARKED_ROLE = """
(
    SELECT 'ROLE' FROM spelled_ROLE
    WHERE strlen(text) <> length(text) AND regexp_matches(text, $marks)
    LIMIT 1
)
"""
_MARKED = """
SELECT text, list(line ORDER BY line) FILTER (line IS NOT NULL)
FROM marked_cell JOIN spelled USING (spelling)
WHERE regexp_matches(text, $marks)
GROUP BY text
ORDER BY min(line)
LIMIT 1000
"""
