"""A box of key figures under a table: left out and reported; rows of the table stay."""

from collections.abc import Callable, Sequence

import pytest

from tests.kpi.ingest.checked import Desk, read
from tests.kpi.ingest.made_tables import as_csv, workbook

Rows = list[list[object]]
Writer = Callable[[Sequence[Sequence[object]]], str | bytes]
TABLE: Rows = [["Kommune", "År", "Andel"], ["Aarhus", 2024, 51.5], ["Odense", 2024, 41.5]]
BLANK: list[object] = ["", "", ""]
NAMES: list[object] = ["Statistik", "Værdi", ""]
MEAN: list[object] = ["Gennemsnit", 46.5, ""]
ASIDE: list[object] = ["", "Gennemsnit", 46.5]
AS_FILE = pytest.mark.parametrize("written", [as_csv, workbook], ids=["csv", "xlsx"])


@AS_FILE
@pytest.mark.parametrize(
    ("below", "lines"),
    [
        ([BLANK, NAMES, MEAN, ["Maks", 51.5, ""]], "Rækkerne 5-7"),
        ([BLANK, BLANK, ["Nøgletal", "", ""], MEAN], "Rækkerne 6-7"),
        ([BLANK, ASIDE], "Række 5"),
        ([BLANK, ASIDE, ["", "I alt", 93.0]], "Rækkerne 5-6"),
        ([BLANK, NAMES, MEAN, BLANK, ["Kilde: DST", "", ""]], "Rækkerne 5-6"),
    ],
)
def test_a_box_is_left_out(tiny: Desk, written: Writer, below: Rows, lines: str) -> None:
    checked = tiny.check(written([*TABLE, *below]), indicator_id="rate")
    assert [(area, value) for area, _, _, value, _ in read(checked)] == [
        ("aarhus", 51.5), ("odense", 41.5),
    ]  # fmt: skip
    assert any(problem.message.startswith(f"{lines} er en boks") for problem in checked.problems)
    assert checked.publishable


@AS_FILE
@pytest.mark.parametrize(
    ("below", "publishable"),
    [
        # its label in the first column, as a row that is passed by
        ([BLANK, ["Gennemsnit", "", 46.5]], True),
        # no blank row between, a label that computes nothing, a row of the table that lacks figures
        ([ASIDE], False), ([BLANK, NAMES, ["Randers", 46.5, ""]], False),
        ([BLANK, ["Randers", "", ""], ASIDE], False), ([BLANK, NAMES], True),
    ],
)  # fmt: skip
def test_what_is_no_box(tiny: Desk, written: Writer, below: Rows, publishable: bool) -> None:
    checked = tiny.check(written([*TABLE, *below]), indicator_id="rate")
    assert not any("er en boks" in problem.message for problem in checked.problems)
    assert checked.publishable == publishable
