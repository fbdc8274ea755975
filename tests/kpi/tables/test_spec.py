"""The specifications of tables: they agree with the store, with each other, and are called."""

import re
from pathlib import Path

import pytest

from kpi.additions.model import ADDED_COLUMNS
from kpi.plan.files import FILE_TABLES
from kpi.store import publishing
from kpi.tables.spec import COLUMNS, REFERENCES, SPECS, danish_name, file_name
from kpi.tables.table_spec import TableSpec
from tests.empty_database import empty_database
from tests.tables import for_each

SCHEMA = Path(publishing.__file__).with_name("sql") / "schema.sql"


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
def test_a_store_has_the_columns_in_their_order(spec: TableSpec) -> None:
    with empty_database() as connection:
        connection.execute(SCHEMA.read_text(encoding="utf-8"))
        columns = [
            column
            for column in connection.table(spec.name).columns
            if column not in ("entered_by", "entered_at")
        ]
    assert columns == list(spec.column_names)


# They read every table to change or check its rows, whatever a page may ask.
KEEPING = re.compile(r"purging|removing|withdrawing|strictest|uses|same_data")


def test_every_table_and_column_is_read() -> None:
    """What is entered, checked and kept, and then shown nowhere, would never be missed."""
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for path in SCHEMA.parents[1].rglob("*.py")
        if not KEEPING.match(path.name)
    )
    # What questions ask of an earlier day they ask through its views.
    asked = code + SCHEMA.with_name("as_of.sql").read_text(encoding="utf-8")
    read = {*re.findall(r"\b(?:FROM|JOIN) (\w+)", asked)}
    assert [table for table in SPECS if table not in read] == [], "no SELECT of kpi/store has it"
    words = {*re.findall(r"\w+", code)}
    unread = {f"{table}.{name}" for table in SPECS for name in COLUMNS[table] if name not in words}
    # What a paper was judged to be; pages judge it anew, by the figures as they are.
    assert unread == {"claim.verdict"}, "no module of kpi/store names it"


def test_every_table_of_the_catalog_has_a_view_of_an_earlier_day() -> None:
    """A table that only the newest day has would make every earlier one unreadable."""
    views = (SCHEMA.with_name(name).read_text("utf-8") for name in ("earlier_day.sql", "as_of.sql"))
    seen = {*re.findall(r"^CREATE (?:\w+ )*VIEW (\w+)", "\n".join(views), re.M)}
    catalog = (SCHEMA.parents[1] / "metadata.py").read_text("utf-8")
    asked = {*re.findall(r"\bFROM (\w+)", catalog)} & {
        table for table, spec in SPECS.items() if spec.part == "data"
    }
    assert asked
    assert asked <= seen, f"no view in kpi/store/sql/earlier_day.sql: {asked - seen}"


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
def test_what_a_column_points_to_has_ids_and_comes_before(spec: TableSpec) -> None:
    order = list(SPECS)
    for column in spec.columns:
        if column.refers_to:
            assert SPECS[column.refers_to].has_ids
            assert column.cells == "ids" or REFERENCES[column.name] == column.refers_to
    plan_order = [order.index(column.refers_to) for column in spec.columns if column.refers_to]
    if spec.part != "metadata":
        assert max(plan_order, default=-1) < order.index(spec.name)


@pytest.mark.parametrize("spec", SPECS.values(), ids=SPECS)
def test_words_are_of_choices(spec: TableSpec) -> None:
    for column in spec.columns:
        assert not column.words or set(column.words) == set(column.choices)
        assert set(column.former_words.values()) <= set(column.choices)


def test_a_row_that_gets_an_id_is_known_again() -> None:
    made = {table for table, spec in SPECS.items() if spec.id_of}
    assert made == {table for table, spec in SPECS.items() if spec.same_by}
    assert made == {table for table, spec in SPECS.items() if spec.if_twice}
    assert made == {table for table in FILE_TABLES if SPECS[table].has_ids}


def test_every_column_that_people_see_is_called() -> None:
    assert all(
        file_name(table, name) for table in FILE_TABLES for name in SPECS[table].column_names
    )
    assert all(name for columns in ADDED_COLUMNS.values() for name in columns.values())


def test_no_two_columns_of_a_sheet_are_called_alike() -> None:
    """An id is called as what it is of, so a title must not be."""
    names = {table: [file_name(table, name) for name in SPECS[table].column_names]
             for table in FILE_TABLES}  # fmt: skip
    assert [table for table, of in names.items() if len({*of}) < len(of)] == []


@for_each(
    ("table", "column", "in_a_form", "in_a_file"),
    [
        ("initiative", "initiative_id", "id", "indsats"),
        ("initiative_status", "initiative_id", "indsats", "indsats"),
        ("event", "source_id", "kilde", "kilde"),
        ("source", "source_id", "id", "kilde"),
        ("area", "parent_id", "hører under", "hører under"),
        ("claim", "verdict", "", ""),
    ],
)
def test_column_is_called(table: str, column: str, in_a_form: str, in_a_file: str) -> None:
    assert danish_name(table, column) == in_a_form
    assert file_name(table, column) == in_a_file
