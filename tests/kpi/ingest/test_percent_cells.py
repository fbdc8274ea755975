"""A cell that lost the percent format of its column is asked about: 0,444 beside 44,4 %."""

import io
from collections.abc import Mapping, Sequence

import pytest
import xlsxwriter

from kpi.domain.errors import Problem
from kpi.ingest.checked import Checked
from tests.kpi.ingest.checked import BESIDE_OTHERS, Desk, read
from tests.kpi.ingest.plausible_rows import AREAS


def sheet(cells: Sequence[float], formats: Mapping[int, str], indicator: str = "share") -> bytes:
    """A workbook with a percentage of each area, shown with the format of its place."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ("nøgletal", "område", "periode", "værdi"))
        for place, (area, cell) in enumerate(zip(AREAS, cells, strict=False)):
            page.write_row(place + 1, 0, (indicator, area, 2023))
            shown = book.add_format({"num_format": formats.get(place, "0.0 %")})
            page.write(place + 1, 3, cell, shown)
    return out.getvalue()


def asked(checked: Checked) -> list[Problem]:
    """What is asked of cells without the format."""
    return [each for each in checked.problems if "ikke vist som procent" in each.message]


@pytest.mark.parametrize(
    ("cell", "plain", "number_format"),
    [(0.444, "44,4 % eller 0,444 %", "General"), (0.006, "0,6 % eller 0,006 %", "0.00"),
     (1, "100,0 % eller 1,0 %", "@")],
)  # fmt: skip
def test_a_cell_without_the_format_of_the_others_is_an_error(
    desk: Desk, cell: float, plain: str, number_format: str
) -> None:
    content = sheet([0.44, 0.45, cell, 0.46], {2: number_format})
    checked = desk.check(content, name="tal.xlsx")
    assert not checked.publishable
    (problem,) = asked(checked)
    assert (problem.code, problem.row, problem.column) == ("scale", 4, "værdi")
    assert "det er 3 andre celler" in problem.message
    assert plain in problem.message.replace("\xa0", " ")
    answer = desk.check(content, name="tal.xlsx", scale=1.0)
    assert answer.publishable
    assert read(answer)[2][3] == pytest.approx(cell, abs=0.005)


def test_one_problem_names_all_rows(desk: Desk) -> None:
    """A lone percentage among fractions is the same mistake seen from the other side."""
    cells = [0.44, 0.45, 0.46, 0.47]
    (problem,) = asked(desk.check(sheet(cells, {1: "0.0", 3: "0.0"}), name="tal.xlsx"))
    assert "2 celler i række 3 og 5" in problem.message
    (problem,) = asked(desk.check(sheet(cells, dict.fromkeys(range(3), "0.0")), name="tal.xlsx"))
    assert "3 celler i række 2, 3 og 4" in problem.message
    assert "det er 1 anden celle" in problem.message


@pytest.mark.parametrize(
    ("cells", "formats"),
    [
        ([0.44, 0.45, 0.46], {}),
        ([0.44, 45.1, 0.46], {1: "General"}),  # a percentage as it is
        ([0.44, 0, 0.46], {1: "General"}),  # 0 is 0 either way
    ],
)
def test_what_is_right_either_way_is_not_asked(
    desk: Desk, cells: list[float], formats: dict[int, str]
) -> None:
    checked = desk.check(sheet(cells, formats), name="tal.xlsx")
    assert asked(checked) == []
    assert checked.publishable


def test_so_it_is_in_a_text_and_beside_what_is_known(desk: Desk) -> None:
    """0,444 near a known 0,4 % is asked about, too: the column says that it is no percentage."""
    head = "nøgletal;område;periode;værdi\n"
    (problem,) = asked(desk.check(head + "share;aarhus;2023;44,4 %\nshare;odense;2023;0,45\n"))
    assert (problem.row, problem.value) == (3, "0,45")
    assert asked(desk.check(head + "small;aarhus;2023;0,5 %\nsmall;odense;2023;0,45\n"))


def test_a_cell_that_is_asked_about_has_no_second_problem(desk: Desk) -> None:
    """Beside published percentages it is also a hundredth: one fault, one problem."""
    cells = [0.49, 0.51, 0.53, 0.55, 0.58]
    checked = desk.check(sheet(cells, {1: "0.00", 3: "General"}, "rate"), name="tal.xlsx")
    beside = [(each.code, each.row) for each in checked.problems if each.code in BESIDE_OTHERS]
    assert beside == [("scale", 3), ("other_source", 2)]
