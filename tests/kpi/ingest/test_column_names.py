"""Two columns of one name are an error where the name is read, in any format."""

import io

import pytest
import xlsxwriter

from tests.kpi.ingest.checked import Desk
from tests.kpi.ingest.made_files import ods, ods_sheet, parquet_file

RECIPE = 'source_id = "paper"\nindicator_id = "persons"\narea = "sted"\nperiod = "tid"\n'


def reported(desk: Desk, content: str | bytes, recipe: str | None = None) -> list[tuple[str, str]]:
    """Names and places of columns that stand twice."""
    problems = desk.check(content, recipe).problems
    return [
        (problem.column or "", problem.message)
        for problem in problems
        if problem.code == "duplicate_column"
    ]


@pytest.mark.parametrize(
    ("header", "cells", "column"),
    [
        ("nøgletal;område;periode;værdi;værdi", "persons;odense;2023;1;2", "værdi"),
        ("nøgletal;område;periode;værdi;VÆRDI ", "persons;odense;2023;1;2", "værdi"),
        ("nøgletal;område;periode;værdi;værdi¹", "persons;odense;2023;1;2", "værdi"),
        (
            "nøgletal;område;periode;værdi (antal);værdi (pct.)",
            "persons;odense;2023;1;2",
            "værdi (antal)",
        ),
        ("nøgletal;område;periode;værdi;tæller;tæller", "rate;odense;2023;50;1;2", "tæller"),
        ("nøgletal;område;periode;periode;værdi", "persons;odense;2023;2022;2", "periode"),
        ("nøgletal;område;område;periode;værdi", "persons;odense;odense;2023;2", "område"),
    ],
)
def test_template(tiny: Desk, header: str, cells: str, column: str) -> None:
    ((name, message),) = reported(tiny, f"{header}\n{cells}\n")
    assert name == column
    assert "kolonne " in message
    assert not tiny.check(f"{header}\n{cells}\n").publishable


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("nøgletal;område;periode;værdi;x;x", "persons;odense;2023;1;2;3"),
        ("nøgletal;område;område_id;periode;værdi", "persons;Odense;odense;2023;1"),
        ("nøgletal;område;periode;værdi;note;bemærkning", "persons;odense;2023;1;a;b"),
    ],
)
def test_what_nobody_reads_may_stand_twice(tiny: Desk, header: str, cells: str) -> None:
    assert reported(tiny, f"{header}\n{cells}\n") == []


@pytest.mark.parametrize(
    ("header", "value", "names"),
    [
        ("sted;tid;tal;tal", 'value = "tal"\n', ["tal"]),
        ("sted;tid;Tal;TAL", 'value = "tal"\n', ["tal"]),
        ("sted;tid;Tal;tal", 'value = "tal"\n', []),  # written as the recipe has it
        ("sted;tid;x;x;tal", 'value = "tal"\n', []),
        ("sted;sted;tid;tal", 'value = "tal"\n', ["sted"]),
        ("[A].[Navn];[B].[Navn];tid;tal", 'value = "tal"\n', ["Navn"]),
    ],
)
def test_recipe(tiny: Desk, header: str, value: str, names: list[str]) -> None:
    recipe = (RECIPE + value).replace("sted", "Navn" if "Navn" in header else "sted")
    row = ";".join("odense" if n < header.count(";") - 1 else "2023" for n in range(4))
    content = f"{header}\n{row}\n" if header.count(";") == 3 else f"{header}\nodense;2023;1;1;2\n"
    assert [name for name, _ in reported(tiny, content, recipe)] == names


def test_every_format(tiny: Desk) -> None:
    header = ("nøgletal", "område", "periode", "værdi", "værdi")
    row = ("persons", "odense", 2023, 1, 2)
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, header)
        sheet.write_row(1, 0, row)
    assert reported(tiny, file.getvalue())[0][0] == "værdi"
    assert reported(tiny, ods(ods_sheet([header, row])))[0][0] == "værdi"
    # The same name once more, that the dictionary cannot hold.
    columns = dict(zip((*header[:4], "Værdi"), ([cell] for cell in row), strict=True))
    assert reported(tiny, parquet_file(columns))[0][0] == "værdi"


def test_the_places_of_a_table_that_was_turned_are_not_reported(tiny: Desk) -> None:
    """Its columns are no longer where they are in the file."""
    text = "nøgletal;område;2023;område;2024\npersons;odense;1;odense;2\n"
    ((name, message),) = reported(tiny, text)
    assert (name, "kolonner:" in message) == ("område", False)
