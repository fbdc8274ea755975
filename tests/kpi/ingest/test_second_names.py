"""A second line of the same names under a head: read as one head, and never as a row."""

from collections.abc import Sequence

import pytest

from tests.kpi.ingest.checked import Desk, codes, codes_of_cells, read
from tests.kpi.ingest.made_tables import as_csv, workbook

ROWS: list[list[object]] = [["Aarhus", 2024, 51.5], ["Odense", 2024, 41.5]]
READ = [("aarhus", "all", "2024", 51.5, "final"), ("odense", "all", "2024", 41.5, "final")]


@pytest.mark.parametrize(
    ("lines", "columns"),
    [
        ([["Kommune", "År", "Andel"], ["Municipality", "Year", "Share"]],
         ("Kommune", "År", "Andel")),
        ([["Municipality", "Year", "Share"], ["Kommune", "År", "Andel"]],
         ("Municipality", "Year", "Share")),
        ([["Kommune", "År", "Andel"], ["KOMK", "TID", "INDHOLD"]], ("Kommune", "År", "Andel")),
        ([["Kommune", "År", "Andel"], ["Municipality", "Year", "Share (pct.)"]],
         ("Kommune", "År", "Andel (pct.)")),
        ([["Kommune", "År", "Andel"], ["Municipality", "Year", "Share"], ["KOM", "TID", "VALUE"],
          ["", "", "pct."]], ("Kommune", "År", "Andel (pct.)")),
    ],
)  # fmt: skip
def test_two_lines_name_the_same_columns(
    tiny: Desk, lines: Sequence[Sequence[object]], columns: tuple[str, ...]
) -> None:
    for content in (as_csv([*lines, *ROWS]), workbook([*lines, *ROWS])):
        checked = tiny.check(content, indicator_id="rate")
        assert read(checked) == READ
        assert checked.columns == columns
        assert checked.publishable


def test_lines_over_periods_and_of_the_template(tiny: Desk) -> None:
    wide: list[list[object]] = [
        ["Kommune", "maj 2024", "juni 2024"],
        ["Municipality", "May 2024", "June 2024"],
        ["Aarhus", 51.5, 52.5],
    ]
    checked = tiny.check(as_csv(wide), indicator_id="rate")
    assert [period for _, _, period, _, _ in read(checked)] == ["2024M05", "2024M06"]
    own = "nøgletal;område;periode;værdi\nindicator;area;period;value\nrate;Aarhus;2024;51,5\n"
    checked = tiny.check(own)
    assert (read(checked), codes_of_cells(checked)) == (READ[:1], [])


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        # what one line alone says is compared with the figures as a name's words are
        ([["Kommune", "År", "Andel"], ["Municipality", "Year", "Share of women"]], "head_words"),
        ([["Municipality", "Year", "Share"], ["Kommune", "År", "Andel kvinder"]], "head_words"),
        ([["Kommune", "År", "Andel"], ["Municipality", "Year", "Number"]], "unit_mismatch"),
        # two units are of two tables, and a head over rows, or below some, begins one of its own
        ([["Kommune", "År", "Pct."], ["Municipality", "Year", "DKK"]], "not_a_table"),
        ([["Kommune", "År", "Andel"], ROWS[0], ["Municipality", "Year", "Share"]], "not_a_table"),
    ],
)  # fmt: skip
def test_lines_that_do_not_say_the_same(
    tiny: Desk, lines: Sequence[Sequence[object]], code: str
) -> None:
    for content in (as_csv([*lines, *ROWS]), workbook([*lines, *ROWS])):
        checked = tiny.check(content, indicator_id="rate")
        assert code in codes(checked)
        assert not checked.publishable


@pytest.mark.parametrize(
    ("marks", "is_read"),
    [
        (["(1)", "(2)", "(3)"], True), ([1, 2, 3], True), (["A", "B", "C"], True),
        (["tekst", "heltal", "decimal"], True), (["VARCHAR", "INTEGER", "DOUBLE"], True),
        # not the numbers of the columns, nor types of all of them
        ([1, 2, 4], False), (["A", "B", "D"], False), (["tekst", "heltal", "andet"], False),
    ],
)  # fmt: skip
def test_a_line_that_numbers_columns_or_gives_their_types(
    tiny: Desk, marks: list[object], is_read: bool
) -> None:
    rows: list[list[object]] = [["Kommune", "År", "Andel"], marks, *ROWS]
    for content in (as_csv(rows), workbook(rows)):
        checked = tiny.check(content, indicator_id="rate")
        assert checked.publishable == is_read
        assert read(checked) == READ
        assert ("head_words" in codes(checked)) is False


def test_a_row_of_one_two_and_three_is_a_row(tiny: Desk) -> None:
    checked = tiny.check("Nr;Tal;X\n1;2;3\n4;5;6\n", indicator_id="rate")
    assert checked.rows_read == 2
