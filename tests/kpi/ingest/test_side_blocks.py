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
def test_a_box_may_begin_above_the_head(tiny: Desk, written: Writer) -> None:
    box: Rows = [["Gennemsnit", 41.5], ["Median", 41.5], ["Laveste", 31.5]]
    for over in (1, 2, 3):  # 3: it ends above the head
        above = [["Andel", "", "", "", *cells] for cells in box[:over]]
        below = [box[over] if over < len(box) else [], *box[over + 1 :]]
        rows = [*above, *_beside(*below[1:], top=below[0])]
        checked = tiny.check(written(rows), indicator_id="rate")
        assert [(area, value) for area, _, _, value, _ in read(checked)] == READ
        assert checked.publishable


@AS_FILE
@pytest.mark.parametrize(
    ("rows", "line", "label"),
    [
        (_beside(["Maks", 51.5], top=["Gennemsnit", 41.5]), 1, "»Gennemsnit« og »Maks«"),
        (_beside(["Maks", 51.5], ["Median", 41.5]), 2, "»Maks« og »Median«"),
        (_beside([], ["Maks", 51.5], top=["Boks", ""]), 3, "»Maks«"),
    ],
)
def test_a_box_is_reported_from_its_first_line(
    tiny: Desk, written: Writer, rows: Rows, line: int, label: str
) -> None:
    checked = tiny.check(written(rows), indicator_id="rate")
    (box,) = (problem for problem in checked.problems if "en boks i" in problem.message)
    assert (box.row, box.message.endswith(f"{label}.")) == (line, True)


def test_a_box_from_above_the_head_is_reported_whole(tiny: Desk) -> None:
    above: Rows = [["Andel"], ["", "", "", "", "Gennemsnit", 41.5]]
    rows = [*above, *_beside(top=["Maks", 51.5])]
    checked = tiny.check(workbook(_even(rows)), indicator_id="rate")
    (box,) = (problem for problem in checked.problems if "en boks i" in problem.message)
    assert (box.row, box.message.endswith("»Gennemsnit« og »Maks«.")) == (2, True)


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
    assert checked.problems[0].hint == (
        "Vælg tabellen med --sheet NAVN: »kolonne 1-3« eller »kolonne 5-7«."
    )
    # A person says which one; what stands above them may be over either, and is still asked about.
    is_titled = "Kvinder" in rows[0]
    for part, place in (("kolonne 1-3", 0), ("Kolonne 5-7", 4)):
        chosen = tiny.check(written(rows), indicator_id="rate", sheet=part)
        figures = [row[place + 2] for row in rows if isinstance(row[-1], float | int)]
        if place and "Skole" in rows[0]:
            assert "unknown_area" in codes(chosen)
        else:
            assert [value for _, _, _, value, _ in read(chosen)][:2] == figures[:2]
        assert any("det, der står i kolonne" in each.message for each in chosen.problems)
        assert not (is_titled and chosen.publishable)


def test_the_table_that_is_meant_on_a_sheet_of_several(tiny: Desk) -> None:
    rows = _beside(["Aarhus", 2024, 5.5], ["Odense", 2024, 4.5], top=["Kommune", "År", "Ledige"])
    book = workbook(rows, [HEAD, ["Aarhus", 2023, 50.5]])
    offered = tiny.check(book, indicator_id="rate", sheet="kolonne 5-7").problems[0].hint
    assert "»Sheet1, kolonne 5-7«" in offered
    for sheet, value in (
        ("Sheet1, kolonne 5-7", 5.5),
        ("Sheet1, kolonne 1-3", 51.5),
        ("Sheet2", 50.5),
    ):
        assert read(tiny.check(book, indicator_id="rate", sheet=sheet))[0][3] == value


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
