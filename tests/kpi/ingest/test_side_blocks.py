"""What stands beside a table: boxes of key figures, the same table going on, and other tables."""

from collections.abc import Callable, Sequence

import pytest

from tests.kpi.ingest.checked import Desk, codes, read
from tests.kpi.ingest.made_tables import as_csv, workbook

Rows = list[list[object]]
Writer = Callable[[Sequence[Sequence[object]]], str | bytes]
HEAD: list[object] = ["Kommune", "År", "Andel"]
ROWS: Rows = [["Aarhus", 2024, 51.5], ["Odense", 2024, 41.5], ["Randers", 2024, 31.5]]
READ = [("aarhus", 51.5), ("odense", 41.5), ("randers", 31.5)]


def _even(rows: Rows) -> Rows:
    width = max(map(len, rows))
    return [[*row, *[""] * (width - len(row))] for row in rows]


def _csv(rows: Sequence[Sequence[object]]) -> str:
    return as_csv(_even([list(row) for row in rows]))


AS_FILE = pytest.mark.parametrize("written", [_csv, workbook], ids=["csv", "xlsx"])


def _beside(*beside: list[object], top: list[object] | None = None) -> Rows:
    """The table with these cells beside its head and rows, a blank column between."""
    cells = [top or [], *beside, [], [], []]
    return [[*row, "", *cells[at]] for at, row in enumerate([HEAD, *ROWS])]


@AS_FILE
@pytest.mark.parametrize(
    "rows",
    [
        _beside(["Gennemsnit", 41.5], ["Maks", 51.5], top=["Nøgletal", ""]),
        _beside(["Gennemsnit", 41.5], ["Median", 41.5]),
        _beside(["Laveste", 31.5]),
        _beside(["Gennemsnit", 41.5], ["Median", 41.5], ["I alt", 41.5]),
        _beside(["Maks", 51.5], top=["Gennemsnit", 41.5]),
        _beside(["Mål", 60.5, "2030"], ["Forrige mål", 55.5, "2025"]),
    ],
)
def test_a_box_is_left_out_and_reported(tiny: Desk, written: Writer, rows: Rows) -> None:
    checked = tiny.check(written(rows), indicator_id="rate")
    assert [(area, value) for area, _, _, value, _ in read(checked)] == READ
    assert any("boks i kolonne 5" in problem.message for problem in checked.problems)
    assert checked.publishable


@AS_FILE
def test_the_same_table_goes_on(tiny: Desk, written: Writer) -> None:
    rows = _beside(["Aarhus", 2023, 50.5], ["Odense", 2023, 40.5], top=HEAD)
    for above in ([], [["Andel i kommunerne"]]):
        checked = tiny.check(written([*above, *rows]), indicator_id="rate")
        assert sorted((area, value) for area, _, _, value, _ in read(checked)) == sorted(
            [*READ, ("aarhus", 50.5), ("odense", 40.5)]
        )
        assert checked.publishable
        assert any("fortsætter i kolonne 5-7" in problem.message for problem in checked.problems)


@AS_FILE
@pytest.mark.parametrize(
    "rows",
    [
        # under titles of their own, of another indicator, and of other areas
        [["Mænd", "", "", "", "Kvinder"],
         *_beside(["Aarhus", 2024, 50.5], ["Odense", 2024, 40.5], top=HEAD)],
        [["", "", "", "Kvinder"],
         *_beside(["Aarhus", 2023, 50.5], ["Odense", 2023, 40.5], top=HEAD)],
        _beside(["Aarhus", 2024, 5.5], ["Odense", 2024, 4.5], top=["Kommune", "År", "Ledige"]),
        _beside(["Skole A", 2024, 5.5], ["Skole B", 2024, 4.5], top=["Skole", "År", "Andel"]),
    ],
)  # fmt: skip
def test_another_table_is_named(tiny: Desk, written: Writer, rows: Rows) -> None:
    checked = tiny.check(written(rows), indicator_id="rate")
    assert codes(checked) == ["not_a_table"]
    assert "i kolonne 1-3" in checked.problems[0].message
    assert "i kolonne 5-7" in checked.problems[0].message


@AS_FILE
@pytest.mark.parametrize(
    "rows",
    [
        # a blank column within a table parts nothing
        [["Kommune", "", "År", "Andel"], *([area, "", year, value] for area, year, value in ROWS)],
        [["Kommune", "År", "", "Andel"], *([area, year, "", value] for area, year, value in ROWS)],
        _beside(["foreløbigt tal"], top=["Note"]),
    ],
)
def test_a_blank_column_within_a_table(tiny: Desk, written: Writer, rows: Rows) -> None:
    checked = tiny.check(written(rows), indicator_id="rate")
    assert [(area, value) for area, _, _, value, _ in read(checked)] == READ
    assert not any("boks" in problem.message for problem in checked.problems)


@AS_FILE
def test_a_label_and_a_figure_for_each_row_may_be_the_rows_own(tiny: Desk, written: Writer) -> None:
    rows = _beside(["A", 51.5], ["B", 41.5], ["C", 31.5])
    assert "several_measures" in codes(tiny.check(written(rows), indicator_id="rate"))


def test_titles_apart_from_the_heads_of_their_tables(tiny: Desk) -> None:
    tables = _beside(["Aarhus", 2024, 50.5], top=HEAD)
    rows: Rows = [["Mænd", "", "", "", "Kvinder"], [], *tables]
    assert codes(tiny.check(workbook(rows), indicator_id="rate")) == ["not_a_table"]
