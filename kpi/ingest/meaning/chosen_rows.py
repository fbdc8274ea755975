"""Which rows of a file are used: blank ones, notes beside the table and labels alone are not.

Makes `candidate`, the rows in the template's columns, and the texts that each role has in them.
"""

import re
from collections.abc import Callable, Iterable

import duckdb

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import NO_ACTION_NEEDED, Problem
from kpi.ingest.mapping.column_mapping import ROLES, Plan
from kpi.ingest.mapping.label_rows import KEYS, label_problems, label_rows
from kpi.ingest.meaning.value_ranges import split_ranges
from kpi.ingest.table.footnote_marks import unmarked
from kpi.ingest.table.raw import TYPED, RawTable
from kpi.ingest.words import lookup as resolve
from kpi.ingest.words.area_lookup import area_lookup
from kpi.ingest.words.labels import group_guess
from kpi.ingest.words.telling_words import TITLE, telling_words

# Headings of parts of the country, whether or not Spor has figures of them.
_PLACE = re.compile(r"\s*(?:region|landsdel|provins|province|kommune|amt|område)", re.IGNORECASE)


def choose_rows(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    plan: Plan,
    catalog: Catalog,
    problems: list[Problem],
) -> int:
    """Makes `candidate` of the rows to use; returns how many rows the file has.

    A row that is blank but for columns nobody reads is a note beside the table: a problem.
    """
    raw = connection.table("raw")
    blank = _blank(connection, range(len(table.columns)))
    rows = raw if blank is None else raw.filter(~blank)
    (rows_read,) = rows.aggregate("count(*)").fetchone() or (0,)
    aside = _blank(connection, sorted({*plan.columns.values(), *plan.keep}))
    if aside is not None:
        problems += _aside_problems(rows.filter(aside))
        rows = rows.filter(~aside)
    find_group, find_indicator = group_guess(catalog), resolve.indicator_lookup(catalog)
    labels_alone = label_rows(
        table, plan, lambda *condition: _where(connection, *condition),
        lambda text: find_group(text) is not None or find_indicator(text) is not None
        or bool(telling_words(text, TITLE)),
    )  # fmt: skip
    if labels_alone is not None:
        problems += _label_problems(connection, rows.filter(labels_alone), table, plan, catalog)
        rows = rows.filter(~labels_alone)
    for place, labels in plan.keep.items():
        wanted = {resolve.folded(label) for label in labels}
        codes = table.codes.get(place, {})
        accepted = [
            spelling
            for spelling, text in connection.table(f"spelled_c{place}").fetchall()
            if {
                resolve.folded(name.removeprefix(TYPED))
                for name in (text, unmarked(text), codes.get(text, text))
            }
            & wanted
        ]
        rows = rows.filter(_is_one_of(place, accepted))
    number = duckdb.ConstantExpression(0).cast("INTEGER")
    chosen = [
        duckdb.ColumnExpression(f"c{plan.columns[role]}") if role in plan.columns else number
        for role in ROLES
    ]
    named = [column.alias(role) for column, role in zip(chosen, ROLES, strict=True)]
    places = [duckdb.ColumnExpression(name) for name in ("record", "line")]
    rows.project(*places, *named).create_view("candidate")
    _spell(connection, plan, is_all=rows is raw)
    if plan.has_ranges:
        problems += split_ranges(connection, table, plan)
    return int(rows_read)


def _label_problems(
    connection: duckdb.DuckDBPyConnection,
    rows: duckdb.DuckDBPyRelation,
    table: RawTable,
    plan: Plan,
    catalog: Catalog,
) -> list[Problem]:
    find_area = area_lookup(catalog)
    first = next(plan.columns[role] for role in KEYS if role in plan.columns)
    texts = dict(connection.table(f"spelled_c{first}").fetchall())

    def is_place(text: str) -> bool:
        """Whether a text names an area, or may be the code of one."""
        return find_area(text) is not None or _PLACE.match(text) is not None

    return label_problems(rows, table, plan, texts, is_place)


def _blank(
    connection: duckdb.DuckDBPyConnection, places: Iterable[int]
) -> duckdb.Expression | None:
    """Which rows are blank in all columns of these places; None where none is."""
    text, blanks = duckdb.ColumnExpression("text"), duckdb.ConstantExpression(" \t\u00a0")
    is_blank = duckdb.FunctionExpression("trim", text, blanks) == duckdb.ConstantExpression("")
    all_blank = duckdb.ConstantExpression(True)
    for place in places:
        blank = connection.table(f"spelled_c{place}").filter(is_blank).fetchall()
        # A column without a blank cell decides it: no row is blank in all of them.
        if not blank:
            return None
        all_blank = all_blank & _is_one_of(place, [spelling for spelling, _ in blank])
    return all_blank


def _where(
    connection: duckdb.DuckDBPyConnection, place: int, fits: Callable[[str], bool]
) -> duckdb.Expression | None:
    """The rows whose text in a column fits; None where no text of it does."""
    texts = connection.table(f"spelled_c{place}").fetchall()
    spellings = [spelling for spelling, text in texts if fits(text)]
    return _is_one_of(place, spellings) if spellings else None


def _aside_problems(rows: duckdb.DuckDBPyRelation) -> list[Problem]:
    first, count = rows.aggregate("min(line), count(*)").fetchone() or (None, 0)
    if not count:
        return []
    counted = fmt.counted(count, "række", "rækker")
    return [
        Problem(
            "ignored_row", "", first, None, None,
            f"{counted} har kun tekst i kolonner, der ikke læses, og springes over.",
            NO_ACTION_NEEDED,
        )
    ]  # fmt: skip


def _is_one_of(place: int, spellings: list[int]) -> duckdb.Expression:
    accepted = [duckdb.ConstantExpression(spelling) for spelling in spellings]
    column = duckdb.ColumnExpression(f"c{place}")
    return column.isin(*accepted) if accepted else duckdb.ConstantExpression(False)


def _spell(connection: duckdb.DuckDBPyConnection, plan: Plan, is_all: bool) -> None:
    """Makes `spelled_<role>` (`spelling`, `text`) of the texts that each role has in `candidate`.

    `is_all`: those are all of the file's rows.
    """
    candidate = connection.table("candidate")
    is_empty = candidate.limit(1).fetchone() is None
    constants: dict[str, duckdb.DuckDBPyRelation] = {}
    for role in ROLES:
        if role in plan.columns:
            words = connection.table(f"spelled_c{plan.columns[role]}")
            if not is_all:
                spelling = duckdb.ColumnExpression(role).alias("spelling")
                words = words.join(candidate.project(spelling).distinct(), "spelling", "semi")
        else:
            constant = plan.constants.get(role, "")
            if constant not in constants:
                sql = _NO_TEXT if is_empty else _ONE_TEXT
                constants[constant] = connection.sql(sql, params={"text": constant})
            words = constants[constant]
        words.create_view(f"spelled_{role}")


# A role without a column has one text in all rows: none where there is no row.
_ONE_TEXT = "SELECT 0 AS spelling, $text AS text"
_NO_TEXT = f"{_ONE_TEXT} WHERE false"
