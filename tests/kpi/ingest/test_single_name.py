"""A head of one name alone, over the labels or over the figures."""

from collections.abc import Callable, Sequence

import pytest

from tests.kpi.ingest.checked import Desk, codes, read
from tests.kpi.ingest.made_tables import as_csv, workbook

Rows = list[list[object]]
ROWS: Rows = [["Aarhus", 2024, 51.5], ["Odense", 2024, 41.5]]
SINGLE: Rows = [["Aarhus", 51.5], ["Odense", 41.5]]
AS_FILE = pytest.mark.parametrize("written", [as_csv, workbook], ids=["csv", "xlsx"])
Writer = Callable[[Sequence[Sequence[object]]], str | bytes]


@AS_FILE
@pytest.mark.parametrize(
    ("head", "rows", "period"),
    [
        (["Kommune", "", ""], ROWS, None),
        (["", "", "Andel"], ROWS, None),
        (["", "", "Pct."], ROWS, None),
        (["", "Andel"], SINGLE, "2024"),
        (["", "2024"], SINGLE, None),
        (["", "", "2024"], [[area, "Alle", value] for area, value in SINGLE], None),
        (["Kommune"], ROWS, None),
    ],
)
def test_one_name_is_the_head(
    tiny: Desk, written: Writer, head: list[object], rows: Rows, period: str | None
) -> None:
    constant = {"period": period} if period else {}
    checked = tiny.check(written([head, *rows]), indicator_id="rate", constant=constant)
    assert [(area, period, value) for area, _, period, value, _ in read(checked)] == [
        ("aarhus", "2024", 51.5), ("odense", "2024", 41.5),
    ]  # fmt: skip
    assert checked.publishable


@AS_FILE
@pytest.mark.parametrize(
    "lines",
    [
        # a title, over rows without names or over a head
        [["Andel i kommunerne", "", ""]],
        [["Andel", "", ""]],
        # a figure is no name
        [["", "", 61.5]],
    ],
)
def test_what_is_alone_and_no_head(tiny: Desk, written: Writer, lines: Rows) -> None:
    assert "not_a_table" in codes(tiny.check(written([*lines, *ROWS]), indicator_id="rate"))


@AS_FILE
@pytest.mark.parametrize("line", [["Kommune", "", ""], ["", "", "Andel"]])
def test_a_head_below_is_the_head(tiny: Desk, written: Writer, line: list[object]) -> None:
    rows: Rows = [line, ["Kommune", "År", "Pct."], *ROWS]
    assert tiny.check(written(rows), indicator_id="rate").columns == ("Kommune", "År", "Pct.")
