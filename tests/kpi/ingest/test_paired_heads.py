"""Heads that name two things each, in one line or in two: each a column of its own."""

from collections.abc import Callable, Sequence

import pytest

from kpi.ingest.turning.name_columns import KnownNames
from kpi.ingest.turning.paired_heads import paired_heads
from tests.kpi.ingest.checked import Desk, codes, read
from tests.kpi.ingest.made_tables import as_csv, workbook

Rows = list[list[object]]
Writer = Callable[[Sequence[Sequence[object]]], str | bytes]
AS_FILE = pytest.mark.parametrize("written", [as_csv, workbook], ids=["csv", "xlsx"])
GROUPS = [
    ("aarhus", "danish", 81.5), ("aarhus", "non_western", 51.5),
    ("odense", "danish", 80.5), ("odense", "non_western", 41.5),
]  # fmt: skip
AREAS_OVER: Rows = [["", "Aarhus", "", "Odense", ""],
                    ["År", "Dansk", "Ikke-vestlig", "Dansk", "Ikke-vestlig"],
                    [2024, 81.5, 51.5, 80.5, 41.5]]  # fmt: skip
COUNTED: Rows = [["Aarhus", 2024, 815, 81.5, 515, 51.5], ["Odense", 2024, 805, 80.5, 415, 41.5]]
MEASURED: Rows = [["Aarhus", 2024, 815, 515, 81.5, 51.5], ["Odense", 2024, 805, 415, 80.5, 41.5]]


@AS_FILE
@pytest.mark.parametrize(
    "rows",
    [
        AREAS_OVER,
        [["År", "Aarhus, Dansk", "Aarhus, Ikke-vestlig", "Odense, Dansk", "Odense, Ikke-vestlig"],
         AREAS_OVER[2]],
        [["Kommune", "År", "Dansk", "", "Ikke-vestlig", ""],
         ["", "", "Antal", "Pct.", "Antal", "Pct."], *COUNTED],
        [["Kommune", "År", "Antal", "", "Pct.", ""],
         ["", "", "Dansk", "Ikke-vestlig", "Dansk", "Ikke-vestlig"], *MEASURED],
    ],
)  # fmt: skip
def test_both_names_are_columns(tiny: Desk, written: Writer, rows: Rows) -> None:
    checked = tiny.check(written(rows), indicator_id="rate")
    assert sorted((area, group, value) for area, group, _, value, _ in read(checked)) == GROUPS
    assert any("hvert tal er en række" in problem.message for problem in checked.problems)
    assert checked.publishable


@AS_FILE
def test_groups_beside_areas_are_of_the_period_that_is_said(tiny: Desk, written: Writer) -> None:
    table: Rows = [["Kommune", "Dansk", "Ikke-vestlig"], ["Aarhus", 81.5, 51.5],
                   ["Odense", 80.5, 41.5]]  # fmt: skip
    for rows, said in ((table, "2024"), ([["", 2024, ""], *table], "")):
        constant = {"period": said} if said else {}
        checked = tiny.check(written(rows), indicator_id="rate", constant=constant)
        assert [period for _, _, period, _, _ in read(checked)] == ["2024"] * 4
        assert checked.publishable
    assert "missing_column" in codes(tiny.check(written(table), indicator_id="rate"))


@pytest.mark.every_case
@pytest.mark.parametrize(
    "columns",
    [
        ("År", "Aarhus, Dansk", "Odense, Andet"), ("År", "Aarhus, Dansk", "Dansk, Odense"),
        ("År", "Aarhus, Dansk"), ("År", "Aarhus, Dansk", "Aarhus, Dansk"),
        ("År", "Aarhus, Odense", "Odense, Aarhus"), ("År", "Dansk, I alt", "Ikke-vestlig, I alt"),
        ("Kommune", "År", "Aarhus, Dansk", "Odense, Dansk"),
        ("Herkomst", "År", "Aarhus, Dansk", "Odense, Dansk"),
        ("Alder", "Aarhus, Dansk", "Odense, Dansk"), ("Alder", "Dansk, Antal", "Dansk, Pct."),
    ],
)  # fmt: skip
def test_other_tables_stay(tiny: Desk, columns: tuple[str, ...]) -> None:
    words = {"Kommune": "Aarhus", "Herkomst": "x", "År": "2024", "Alder": "16-64 år"}
    row = tuple(words.get(name, "5") for name in columns)
    assert paired_heads(columns, [row], KnownNames.of(tiny.catalog)) is None
