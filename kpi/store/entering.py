"""Rows that people enter beside data/: claims of papers, and the action plan's upkeep.

Each is a new row with who and when; no row is overwritten, and `init` keeps them.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import duckdb

from kpi.cpr.typed import typed_holds_number
from kpi.domain.catalog import Catalog
from kpi.domain.errors import (
    CHOICES_TOLD,
    KpiError,
    Problem,
    RowsRefusedError,
    listed_problems,
    named_choices_hint,
)
from kpi.domain.format import counted
from kpi.domain.lengths import refuse_long_texts
from kpi.domain.letters import writable
from kpi.domain.period import DENMARK
from kpi.domain.personal import IN_FIELD, personal_fields, refuse_personal_texts
from kpi.domain.plan import MOST_LETTERS, Plan
from kpi.plan.changes import SAME, PlanChange, current_plan_rows, plan_changes
from kpi.plan.checks import Numbered, plan_problems
from kpi.plan.editing import names_of
from kpi.plan.files import FILE_TABLES, TABLE_NAMES
from kpi.plan.rows import Rows, as_written, with_danish_dates, written_period
from kpi.store import versions as place
from kpi.store.batches import insert_rows
from kpi.store.connection import connect, open_store
from kpi.store.current_metadata import write_current
from kpi.store.moving import moved_keys
from kpi.store.next_version import next_version_copy
from kpi.store.queries import Store
from kpi.system.incoming import table_of
from kpi.tables.dataset import reference_problems, table_problems
from kpi.tables.spec import COLUMNS, ENTERED, SPECS, Row, cells_of, danish_name, file_name

_LOG = logging.getLogger(__name__)

# Kinds of claims that need more than the key: the column, and what it holds.
_CLAIM_NEEDS = {
    "relative_change": ("from_period", "den tidligere periode"),
    "difference": ("from_period", "den tidligere periode"),
    "sum": ("inputs", "nøgletallenes id'er med + imellem"),
    "ratio": ("inputs", "to nøgletals id'er med / imellem"),
}

_MOST_SHOWN = 60
Lines = Mapping[str, Sequence[int]]


@dataclass(frozen=True)
class Entered:
    """The version that contains the rows, how many were added, and how many were current already.

    `entry_id` is None when nothing was new; there is no new version then.
    """

    version: str
    rows: int
    unchanged: int = 0
    entry_id: int | None = None


def enter(
    rows: Rows, by: str, home: Path | None = None, origin: str = "", lines: Lines | None = None
) -> Entered:
    """Adds rows (table: rows of text by column) as a new version; `origin` names their file.

    Missing columns are empty; a claim without an id gets one. In the plan's tables names may be for
    ids, and dates may be written as Danes do. Rows that are current already are ignored; one with
    the id of another takes its place. `lines` (table: line of each row) says where problems are.
    Raises KpiError that lists every problem; then nothing is added.
    """
    if not by.strip():
        raise KpiError("Der mangler et navn", "Skriv, hvem der registrerer rækkerne.")
    refuse_long_texts(by)
    refuse_personal_texts(by, origin)
    entered = whole_rows(rows)
    if not entered:
        raise KpiError("Ingen rækker", "Der er ingen nye rækker at registrere.")
    home = home or place.home_folder()
    with next_version_copy(home) as (version, unfinished):
        with duckdb.connect(str(unfinished)) as connection:
            changes = _checked(entered, connection, open_store(home, version), lines)
            added_rows: dict[str, list[Row]] = {}
            for change in changes:
                if change.kind != SAME:
                    added_rows.setdefault(change.table, []).append(change.row)
            added = sum(len(of_table) for of_table in added_rows.values())
            unchanged = sum(len(of_table) for of_table in entered.values()) - added
            if not added:
                return Entered(version, 0, unchanged)
            entry_id = insert_entry(added_rows, by.strip(), origin, connection)
            connection.execute("CHECKPOINT")
        new = place.next_version(home)
        place.make_current(home, unfinished, new)
    _LOG.info("entered %s rows as version %s", added, new)
    return Entered(new, added, unchanged, entry_id)


def check_rows(
    rows: Rows, home: Path | None = None, lines: Lines | None = None
) -> list[PlanChange]:
    """What `enter` would change. Changes nothing; KpiError that lists every problem."""
    store = open_store(home)
    with connect(
        place.version_path(home or place.home_folder(), store.version), None
    ) as connection:
        return _checked(whole_rows(rows), connection, store, lines)


def whole_rows(rows: Rows) -> dict[str, list[Row]]:
    """The rows with every column of their table, trimmed; tables first that others refer to.

    Signs that no paper can contain are left out (`writable`).
    """
    return {
        table: [
            {column: writable(row.get(column, "")).strip() for column in COLUMNS[table]}
            for row in of_table
        ]
        for table in ENTERED
        if (of_table := rows.get(table))
    }


def _checked(
    entered: Rows, connection: duckdb.DuckDBPyConnection, store: Store, lines: Lines | None
) -> list[PlanChange]:
    """What whole rows would change; KpiError that lists every problem. Closes the store."""
    try:
        plan, catalog = store.plan(), store.catalog()
    finally:
        store.close()
    rows = as_written(entered, plan, catalog)
    _name_claims(rows, connection)
    _follow_moved(rows, connection)
    numbered = {
        table: list(zip((lines or {}).get(table, count(1)), of_table, strict=False))
        for table, of_table in rows.items()
    }
    problems = _problems(numbered, connection, plan, catalog)
    if problems:
        # The one row of a form is on no line.
        is_form = lines is None and sum(map(len, rows.values())) == 1
        in_form_words = (_in_form_words(problem, entered, numbered) for problem in problems)
        raise refusal(
            [replace(problem, row=None) if is_form else problem for problem in in_form_words]
        )
    return plan_changes(rows, plan, catalog)


def _in_form_words(problem: Problem, entered: Rows, numbered: Numbered) -> Problem:
    """The problem in Danish names, with the cell as it was written."""
    lines = [line for line, _ in numbered[problem.file]]
    row = entered[problem.file][lines.index(problem.row)] if problem.row in lines else {}
    # A number is shown as Danes write it, whatever the table contains.
    column = problem.column or ""
    is_number = cells_of(problem.file, column) == "number"
    written = "" if is_number else row.get(column, "")
    if problem.value and written and not typed_holds_number(written):
        problem = replace(problem, value=written[:_MOST_SHOWN])
    return replace(
        problem,
        file=SPECS[problem.file].in_problems or SPECS[problem.file].nouns.several,
        column=_column_name(problem.file, problem.column),
    )


def _column_name(table: str, column: str | None) -> str | None:
    """What the column is called: in the plan's files, else in the form."""
    if column is None:
        return None
    named = file_name if table in FILE_TABLES else danish_name
    return named(table, column) or None


def _name_claims(tables: Rows, connection: duckdb.DuckDBPyConnection) -> None:
    """Gives claims without an id one that is free."""
    used_ids = _ids("claim", connection)
    free = (name for n in count(1) if (name := f"indfoert_{n}") not in used_ids)
    for row in tables.get("claim", ()):
        row["claim_id"] = row["claim_id"] or next(free)


def _follow_moved(tables: Rows, connection: duckdb.DuckDBPyConnection) -> None:
    """Lets claims and remarks say the periods as figures keep them, where data/ has moved them to.

    A paper of then names the former period; it is about the same figure.
    """
    said = [*tables.get("claim", ()), *tables.get("remark", ())]
    moved = moved_keys(connection) if said else {}
    for row in said:
        for column in {"period", "from_period"} & row.keys():
            period = written_period(row[column])
            key = row["indicator_id"], row["area_id"], row["group_id"], period
            row[column] = moved.get(key, period)


def free_source_id(catalog: Catalog) -> str:
    """An id for a paper that is not among the sources yet."""
    return next(name for n in count(1) if (name := f"papir_{n}") not in catalog.sources)


def insert_entry(tables: Rows, by: str, origin: str, connection: duckdb.DuckDBPyConnection) -> int:
    """Adds checked rows (table: whole rows) with who and when; the number of their entry."""
    now = datetime.now(UTC).replace(tzinfo=None)
    connection.execute("BEGIN")
    (entry_id,) = connection.execute(
        """
        INSERT INTO entry
        SELECT coalesce(max(entry_id), 0) + 1, $moment, $by, $origin, NULL, NULL, NULL FROM entry
        RETURNING entry_id
        """,
        {"moment": now, "by": by, "origin": origin},
    ).fetchone() or (0,)
    for table, of_table in tables.items():
        cells = {column: [row[column] or None for row in of_table] for column in COLUMNS[table]}
        entered = {"entered_by": [by] * len(of_table), "entered_at": [now] * len(of_table)}
        insert_rows(connection, table, table_of({**cells, **entered}))
    write_current(connection)
    connection.execute("COMMIT")
    return int(entry_id)


def _problems(
    rows: Numbered, connection: duckdb.DuckDBPyConnection, plan: Plan, catalog: Catalog
) -> list[Problem]:
    # Of the plan the current rows: withdrawn ones cannot be pointed to.
    ids = {table: _ids(table, connection) for table in COLUMNS} | {
        table: set(current_plan_rows(table, plan, catalog))
        for table in TABLE_NAMES
        if SPECS[table].has_ids
    }
    current: dict[str, Mapping[str, Row | None]] = {
        "claim": dict.fromkeys(ids["claim"]),
        "source": dict(current_plan_rows("source", plan, catalog)),
    }
    for table, numbered in rows.items():
        ids[table] = ids[table] | {row[COLUMNS[table][0]] for _, row in numbered}
    problems: list[Problem] = []
    for table, numbered in rows.items():
        problems += table_problems(table, numbered, table)
        problems += reference_problems(table, numbered, ids, table)
        problems += _own_problems(table, numbered, current.get(table, {}))
    problems += plan_problems(rows, plan, catalog, datetime.now(DENMARK).date())
    names = {table: names_of(table, plan, catalog) for table in rows if table in TABLE_NAMES}
    personal = {
        (table, line) for table, numbered in rows.items() for line, row in numbered
        if personal_fields(row)
    }  # fmt: skip
    in_danish = [
        _in_danish(problem, names.get(problem.file, {}), (problem.file, problem.row) in personal)
        for problem in problems
    ]
    order = list(rows)
    return sorted(in_danish, key=lambda problem: (order.index(problem.file), problem.row or 0))


def _in_danish(
    problem: Problem, names: Mapping[str, Mapping[str, str]], is_personal: bool
) -> Problem:
    """The problem without a person's number; choices are listed by name.

    Of a row with a number no cell is repeated: it may be half of it.
    """
    choices, hint = names.get(problem.column or "", {}), problem.hint
    if choices and problem.value and hint.startswith(CHOICES_TOLD):
        hint = named_choices_hint(problem.value, choices)
    return replace(
        problem, value="" if is_personal else problem.value, hint=with_danish_dates(hint)
    )


def _ids(table: str, connection: duckdb.DuckDBPyConnection) -> set[str]:
    ids = connection.table(table).project(COLUMNS[table][0]).fetchall()
    return {str(row[0]) for row in ids}


def _own_problems(
    table: str, numbered: Sequence[tuple[int, Row]], current: Mapping[str, Row | None]
) -> Iterator[Problem]:
    """What only applies to rows that a person enters: no CPR numbers, and of claims what they need.

    A paper or a statement is never changed, so its id may not be that of a current one; of the
    plan's rows the one entered last is current.
    """
    key = COLUMNS[table][0]
    for line, row in numbered:
        faults = []
        if row[key] in current and current[row[key]] != row:
            faults.append((key, row[key], "Id'et findes allerede.", "Vælg et andet id."))
        faults += [(column, "", *IN_FIELD) for column in personal_fields(row)]
        if table == "claim":
            faults += [
                (column, f"{text[:40]}…", f"Teksten er på {len(text)} tegn.",
                 f"Skriv højst {MOST_LETTERS}.")
                for column, text in row.items() if len(text) > MOST_LETTERS
            ]  # fmt: skip
            if not row["reported_value"]:
                faults.append(("reported_value", "", "Feltet er tomt.", "Skriv papirets tal."))
            column, holds = _CLAIM_NEEDS.get(row["kind"], ("", ""))
            if column and not row[column]:
                faults.append((column, "", "Feltet er tomt.", f"Skriv {holds}."))
        for column, value, message, hint in faults:
            yield Problem("unknown_value", table, line, column, value, message, hint)


def refusal(problems: Sequence[Problem]) -> RowsRefusedError:
    """The refusal that lists every problem, the same one in many rows once."""
    many = counted(len(problems), "fejl", "fejl")
    listed, _ = listed_problems(problems, len(problems))
    return RowsRefusedError(f"{many}. Intet er ændret.\n{listed}", problems)
