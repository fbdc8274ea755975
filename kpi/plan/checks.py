"""Checks of rows of the action plan that people enter, compared with the current plan.

The tables' own checks (kpi/tables/dataset.py) come before: here are rules for new rows only.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem, choices_hint
from kpi.domain.format import partial_date
from kpi.domain.period import first_day, last_day
from kpi.domain.plan import MOST_LETTERS, Initiative, Plan
from kpi.domain.problem_codes import ProblemCode
from kpi.plan.changes import current_plan_rows
from kpi.plan.editing import same_row
from kpi.plan.files import FILE_TABLES
from kpi.tables.rows import as_number, is_date
from kpi.tables.spec import COLUMNS, SPECS, Row

# The rows of each table with the line that each is on.
Numbered = Mapping[str, Sequence[tuple[int, Row]]]
_FIX_DATE = "Ret datoen."


def plan_problems(rows: Numbered, plan: Plan, catalog: Catalog, today: date) -> Iterator[Problem]:
    """What is wrong with rows that are each sound in themselves; `file` is their table."""
    for table, numbered in rows.items():
        if table not in FILE_TABLES:
            continue
        for line, row in numbered:
            yield from _too_long(table, line, row)
        yield from _twice(table, numbered, current_plan_rows(table, plan, catalog))
    yield from _statuses(rows, plan, today)
    yield from _events(rows)
    yield from _initiatives(rows, plan, catalog)
    yield from _targets(rows, catalog)
    yield from _comments(rows, today)


def _refuse(
    table: str, line: int, column: str, value: str, message: str, hint: str,
    code: ProblemCode = "unknown_value",
) -> Problem:  # fmt: skip
    return Problem(code, table, line, column, value, message, hint)


def _too_long(table: str, line: int, row: Row) -> Iterator[Problem]:
    for column, text in row.items():
        if len(text) > MOST_LETTERS:
            yield _refuse(
                table, line, column, f"{text[:40]}…", f"Teksten er på {len(text)} tegn.",
                f"Skriv højst {MOST_LETTERS}.",
            )  # fmt: skip


def _twice(
    table: str, numbered: Sequence[tuple[int, Row]], current: Mapping[str, Row]
) -> Iterator[Problem]:
    """Rows that are another row under an id of their own: a current one, or one before them."""
    columns, key = SPECS[table].same_by, COLUMNS[table][0]
    if not columns:
        return
    # A row that is entered again replaces the current one.
    entered = {row[key] for _, row in numbered}
    seen = {
        same_row(table, row): (row_id, 0)
        for row_id, row in current.items()
        if row_id not in entered
    }
    for line, row in numbered:
        if not all(row[column] for column in columns):
            continue
        other, before = seen.setdefault(same_row(table, row), (row[key], line))
        if other != row[key]:
            place = f" i linje {before}" if before else ""
            yield _refuse(
                table, line, columns[0], row[columns[0]],
                f"{SPECS[table].if_twice}{place} (id »{other}«).",
                "Ret i den række, der står, eller skriv dens id.", "duplicate_key",
            )  # fmt: skip


def _statuses(rows: Numbered, plan: Plan, today: date) -> Iterator[Problem]:
    table = "initiative_status"
    started = {initiative.initiative_id: initiative.started for initiative in plan.initiatives}
    started |= {row["initiative_id"]: row["started"] for _, row in rows.get("initiative", ())}
    for line, row in rows.get(table, ()):
        if not is_date(row["date"]):
            continue
        begun = started.get(row["initiative_id"], "")
        if is_date(begun) and last_day(row["date"]) < first_day(begun):
            yield _refuse(
                table, line, "date", row["date"],
                f"Datoen ligger før indsatsens start ({partial_date(begun)}).", _FIX_DATE,
            )  # fmt: skip
        if first_day(row["date"]) > today:
            yield _refuse(
                table, line, "date", row["date"], "Datoen ligger i fremtiden.",
                "Skriv den dag, status er fra.",
            )  # fmt: skip


def _events(rows: Numbered) -> Iterator[Problem]:
    """Dates that are more exact than the row says they are known."""
    for line, row in rows.get("event", ()):
        if row["precision"] in ("month", "season") and row["date"].count("-") == 2:
            yield _refuse(
                "event", line, "date", row["date"], "Datoen er en dag, men nøjagtigheden er det "
                "ikke.", "Skriv måneden, 2025-03, eller vælg nøjagtigheden Dag.",
            )  # fmt: skip


def _initiatives(rows: Numbered, plan: Plan, catalog: Catalog) -> Iterator[Problem]:
    table = "initiative"
    known = {initiative.initiative_id: initiative for initiative in plan.initiatives}
    for line, row in rows.get(table, ()):
        before = known.get(row["initiative_id"])
        yield from _linked(line, row, before, catalog)
        if not row["started"]:
            continue
        if not is_date(row["started"]):
            yield _refuse(
                table, line, "started", row["started"], "Feltet er ikke en dato.",
                "Skriv 2025-03-19, 2025-03 eller 2025.",
            )  # fmt: skip
        elif before and any(status.day < first_day(row["started"]) for status in before.statuses):
            yield _refuse(
                table, line, "started", row["started"],
                f"Indsatsen har en tidligere status ({partial_date(before.statuses[0].date)}).",
                _FIX_DATE,
            )  # fmt: skip


def _linked(line: int, row: Row, before: Initiative | None, catalog: Catalog) -> Iterator[Problem]:
    """Indicators that are not known; one that is linked already may stay."""
    linked = before.indicator_ids if before else ()
    for indicator_id in filter(None, row["indicator_ids"].split(";")):
        if indicator_id not in catalog.indicators and indicator_id not in linked:
            yield _refuse(
                "initiative", line, "indicator_ids", indicator_id, "Nøgletallet findes ikke.",
                choices_hint(indicator_id, catalog.indicators),
            )  # fmt: skip


def _targets(rows: Numbered, catalog: Catalog) -> Iterator[Problem]:
    for line, row in rows.get("target", ()):
        value, indicator = as_number(row["value"]), catalog.indicators.get(row["indicator_id"])
        if value is None or indicator is None:
            continue
        written = row["value"].replace(".", ",")
        lowest = indicator.properties.lowest
        if lowest is not None and value < lowest:
            yield _refuse("target", line, "value", written, "Et måltal kan ikke være under 0.",
                          "Skriv den værdi, der skal nås.", "out_of_range")  # fmt: skip
        elif indicator.is_proportion and value > 100:
            yield _refuse("target", line, "value", written, "En andel kan højst være 100 %.",
                          "Skriv måltallet i procent.", "out_of_range")  # fmt: skip


def _comments(rows: Numbered, today: date) -> Iterator[Problem]:
    """Comments on nothing, on an initiative and figures at once, or of a later day."""
    table = "comment"
    for line, row in rows.get(table, ()):
        of_figures = row["indicator_id"] or row["area_id"]
        if not of_figures and not row["initiative_id"]:
            yield _refuse(
                table, line, "indicator_id", "", "Bemærkningen handler ikke om noget.",
                "Vælg et nøgletal, et område eller en indsats.", "missing_value",
            )  # fmt: skip
        elif of_figures and row["initiative_id"]:
            yield _refuse(
                table, line, "initiative_id", row["initiative_id"],
                "Bemærkningen handler både om tal og om en indsats.",
                "Skriv to bemærkninger: en om tallene og en om indsatsen.",
            )  # fmt: skip
        if is_date(row["date"]) and first_day(row["date"]) > today:
            yield _refuse(
                table, line, "date", row["date"], "Datoen ligger i fremtiden.",
                "Skriv den dag, bemærkningen er givet.",
            )  # fmt: skip
