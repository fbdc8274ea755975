"""Labels that a table writes once, over the rows that they are of."""

import pytest

from tests.kpi.ingest.checked import Desk, codes, read
from tests.kpi.ingest.made_tables import as_csv, workbook

AARHUS, ODENSE = ("aarhus", "all", "2024"), ("odense", "all", "2024")
GRID = [
    ["Kommune", "År", "Andel"],
    ["Aarhus", "2024", 50.5], ["", "2025", 51.5], ["Odense", "2024", 40.5], ["", "2025", 41.5],
]  # fmt: skip
BY_YEAR = [
    ["År", "Kommune", "Andel"],
    ["2024", "Aarhus", 50.5], ["", "Odense", 40.5], ["2025", "Aarhus", 51.5], ["", "Odense", 41.5],
]  # fmt: skip
FIGURES = {("aarhus", "2024"): 50.5, ("odense", "2024"): 40.5, ("aarhus", "2025"): 51.5,
           ("odense", "2025"): 41.5}  # fmt: skip


@pytest.mark.parametrize("rows", [GRID, BY_YEAR, [*BY_YEAR, ["I alt", "", 46]]])
def test_an_empty_label_is_the_one_above(tiny: Desk, rows: list[list[object]]) -> None:
    for content in (as_csv(rows), workbook(rows)):
        checked = tiny.check(content, indicator_id="rate")
        assert {(row[0], row[2]): row[3] for row in read(checked)} == FIGURES
        (reported,) = [problem for problem in checked.problems if "tomme felter" in problem.message]
        assert (reported.code, reported.row, reported.column) == ("read_by_content", 3, rows[0][0])


@pytest.mark.parametrize(
    "rows",
    [
        GRID[:4],  # Odense has no 2025
        [*GRID[:3], GRID[4], GRID[3]],
        [GRID[0], *BY_YEAR[1:4], ["", "Randers", 41.5]],
        [BY_YEAR[0], *BY_YEAR[1:3], ["2024", "Aarhus", 51.5], BY_YEAR[4]],  # a year twice
        [GRID[0], *GRID[1:3]],
        # figures that are missing, and statuses
        [["Andel", "Kommune", "År"], [50.5, "Aarhus", 2024], ["", "Odense", 2024],
         [51.5, "Aarhus", 2025], ["", "Odense", 2025]],
        [["Status", "Kommune", "År", "Andel"], ["foreløbig", "Aarhus", 2024, 50.5],
         ["", "Odense", 2024, 40.5], ["endelig", "Aarhus", 2025, 51.5], ["", "Odense", 2025, 41]],
    ],
)  # fmt: skip
def test_it_is_not_where_that_is_not_sure(tiny: Desk, rows: list[list[object]]) -> None:
    for content in (as_csv(rows), workbook(rows)):
        checked = tiny.check(content, indicator_id="rate")
        assert not [problem for problem in checked.problems if "tomme felter" in problem.message]
        if rows[0][0] != "Status":
            assert set(codes(checked)) & {"unknown_area", "unknown_period", "ignored_row"}
