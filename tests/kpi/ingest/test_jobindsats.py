"""Answers of jobindsats in their three shapes."""

import json
from pathlib import Path
from typing import Any

import pytest

from kpi.ingest.readers.jobindsats import jobindsats_table
from kpi.ingest.table.raw import HIDDEN, RefusedError
from tests.tables import for_each

SAMPLE = (
    Path(__file__).parents[2] / "samples" / "jobindsats_v3_discovery_rows_with_null.json"
).read_bytes()
WANTED = {"Periode", "Område", "A-kasse", "Samtaler i alt"}

COLUMNS = ["Periode", "Område", "Antal"]
CELLS: list[list[Any]] = [["2024M01", "Aarhus", 12], ["2024M02", "Aarhus", None]]
V3 = {"columns": COLUMNS, "rows": CELLS}
V2 = {"Variables": [{"Name": name} for name in COLUMNS], "Data": CELLS}
OBJECTS = [dict(zip(COLUMNS, row, strict=True)) for row in CELLS]
ROWS = [(1, ("2024M01", "Aarhus", "\x0212")), (2, ("2024M02", "Aarhus", HIDDEN))]
OTHER = {"columns": ["Periode", "Beløb"], "rows": [["2024M01", 1.5]]}
ERROR = {"code": 422, "cause": "Unknown period type: M", "request_id": "80b5d16b"}


@for_each(
    ("document", "wanted"),
    [
        (V3, ()),
        ({"result": {"answer": V3, "count": 2}}, ()),
        ({"columns": [{"name": name, "type": "x"} for name in COLUMNS], "rows": CELLS}, ()),
        ({"columns": COLUMNS, "rows": OBJECTS}, ()),
        ([V2], ()),
        ([{"Variables": COLUMNS, "Data": CELLS}], ()),
        (OBJECTS, ()),
        ({"rows": [dict(reversed(row.items())) for row in OBJECTS][:0], "data": OBJECTS}, ()),
        ([V3, OTHER], ("periode", "OMRÅDE", "an tal")),
        ({"groups": [{"id": 1, "name": "x"}], "answer": V3}, ()),
        (V3, ("Beløb",)),  # the only one is read: what it lacks is reported by column
        ([V3, ERROR], ()),
    ],
)
def test_the_same_table(document: object, wanted: tuple[str, ...]) -> None:
    table = jobindsats_table(document, wanted)
    assert table is not None
    assert table.columns == tuple(COLUMNS)
    assert list(table.rows) == ROWS
    assert (table.format, table.decimal) == ("jobindsats_json", "point")


def test_row_objects_may_change_their_order() -> None:
    table = jobindsats_table([OBJECTS[0], dict(reversed(OBJECTS[1].items()))])
    assert table is not None
    assert list(table.rows) == ROWS


def test_sample() -> None:
    table = jobindsats_table(json.loads(SAMPLE), WANTED)
    assert table is not None
    assert len(table.rows) == 3
    assert table.columns[3] == "Samtaler i alt"
    assert table.rows[1][1][-1] == HIDDEN
    assert table.rows[0][1][3] == "\x0222741"


@for_each(
    ("document", "wanted", "reported"),
    [
        (json.loads(SAMPLE), (), "2 tabeller"),
        ([V3, OTHER], ("Kvote",), "ingen af dem"),
        ([V3, OTHER], ("Periode",), "2 af dem"),
        (ERROR, (), "Unknown period type: M"),
        ([{"error": ERROR}], (), "fejlmeddelelse"),
        ({"columns": COLUMNS, "rows": [["2024M01", "Aarhus"]]}, (), "Række 1"),
        ({"columns": COLUMNS, "rows": [*CELLS, {"Periode": "2024M03"}]}, (), "Række 3"),
    ],
)
def test_refused(document: object, wanted: tuple[str, ...], reported: str) -> None:
    with pytest.raises(RefusedError) as refused:
        jobindsats_table(document, wanted)
    assert refused.value.problem.code == "not_a_table"
    assert reported in refused.value.problem.message


@for_each(
    "document",
    [
        None, 1, "x", [], {}, [1, 2], {"columns": [], "rows": []}, [{"a": 1, "b": 2}, {"a": 1}],
        {"code": 1, "text": "x"}, [{"a": 1, "b": [2]}],
    ],
)  # fmt: skip
def test_other_documents(document: object) -> None:
    assert jobindsats_table(document) is None


def test_a_table_too_deep_is_not_looked_for() -> None:
    document: object = V3
    for _ in range(200):
        document = [document]
    assert jobindsats_table(document) is None


UVM = [
    {
        "[Institution].[Beliggenhedskommune].[Beliggenhedskommune]": "Aarhus",
        "[Tid].[Skoleår].[Skoleår]": "2024/2025",
        "Fravær": "6,4 %",
    }
]


def test_bracketed_columns_are_known_by_their_last_part() -> None:
    table = jobindsats_table({"data": UVM, "sider": [{"nr": 1, "af": 1}]}, ["Skoleår", "Fravær"])
    assert table is not None
    assert table.other_names == {0: ("Beliggenhedskommune",), 1: ("Skoleår",)}
    # a text with a comma is no number with a point
    assert table.decimal is None


@for_each(
    ("document", "says"),
    [
        ({"table_id": "y60a02", "mgroups": [], "periods": []}, "»y60a02«, men har ingen tal"),
        (
            {"id": "RAS200", "text": "x", "variables": [{"id": "a", "text": "b"}]},
            "»RAS200«, men har ingen tal",
        ),
        (
            {"errorTypeCode": "REQUEST-LIMIT", "message": "For mange celler"},
            "fejlmeddelelse fra Danmarks Statistik, ikke en tabel: »For mange celler«",
        ),
    ],
)
def test_json_without_figures_is_named(document: object, says: str) -> None:
    with pytest.raises(RefusedError, match=says):
        jobindsats_table(document)
