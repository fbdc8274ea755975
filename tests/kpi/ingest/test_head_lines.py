"""A line of units beneath a head, and the head that comes again: reported once, never rows."""

from collections.abc import Callable, Sequence

import pytest

from kpi.ingest.readers.head_lines import unit_line_head, without_repeats
from tests.kpi.ingest.checked import Desk, codes, codes_of_cells, read, reported
from tests.kpi.ingest.made_tables import as_csv, workbook
from tests.tables import for_each

HEAD: list[object] = ["nøgletal", "område", "periode", "værdi"]
ROWS: list[list[object]] = [["rate", "Aarhus", "2020", 50.5], ["rate", "Odense", "2020", 40.5]]
READ = [("aarhus", "all", "2020", 50.5, "final"), ("odense", "all", "2020", 40.5, "final")]
Writer = Callable[[Sequence[Sequence[object]]], str | bytes]
AS_FILE = pytest.mark.parametrize("written", [as_csv, workbook], ids=["csv", "xlsx"])


@AS_FILE
@pytest.mark.parametrize(
    "repeated",
    [
        HEAD,
        ["Nøgletal ", "OMRÅDE", "Periode", "Værdi"],
        ["nøgletal", "område", "periode", ""],  # the last column's name went missing
    ],
)
def test_a_repeated_head_is_reported_once(
    tiny: Desk, written: Writer, repeated: list[object]
) -> None:
    rows = [HEAD, ROWS[0], repeated, ROWS[1], repeated]
    checked = tiny.check(written(rows))
    assert read(checked) == READ
    assert reported(checked) == [("ignored_row", "warning", 3, None, None)]
    assert "2 rækker gentager kolonnernes navne" in checked.problems[0].message


@AS_FILE
def test_a_head_of_years_that_comes_again(tiny: Desk, written: Writer) -> None:
    head = ["nøgletal", "område", 2020, 2023]
    rows = [head, ["rate", "Aarhus", 50.5, 51.5], head, ["rate", "Odense", 40.5, 41.5]]
    checked = tiny.check(written(rows))
    assert len(read(checked)) == 4
    assert codes_of_cells(checked) == ["ignored_row"]


def test_a_row_with_a_figure_is_no_head() -> None:
    rows = [
        (2, ("område", "periode", "5")),
        (3, ("område", "", "")),  # an area may be called anything
        (4, ("område", "periode", "tal")),
    ]
    kept, problems = without_repeats(("område", "periode", "tal"), rows)
    assert kept == rows[:2]
    assert [problem.row for problem in problems] == [4]


@for_each(
    ("bottom", "names"),
    [
        (("", "", "pct."), ("Kommune", "År", "Tal (pct.)")),
        (("-", "-", "(pct.)"), ("Kommune", "År", "Tal (pct.)")),
        (("", "", "1.000 kr."), ("Kommune", "År", "Tal (1.000 kr.)")),
        (("", "", "antal"), ("Kommune", "År", "Tal (antal)")),
        (("", "", ""), None),
        (("", "", "mange"), None),  # no unit
        (("Aarhus", "2020", "antal"), None),  # a row with a fault
        (("", "antal", "pct."), ("Kommune", "År (antal)", "Tal (pct.)")),
        (("antal", "", ""), None),  # beneath it stand no figures
        (("pct.", "pct.", "pct."), None),
    ],
)
def test_a_line_of_units(bottom: tuple[str, ...], names: tuple[str, ...] | None) -> None:
    top, below = ("Kommune", "År", "Tal"), [("Aarhus", "2020", "5,5"), ("Odense", "2021", "4,5")]
    assert unit_line_head(top, bottom, below) == names


@AS_FILE
def test_the_unit_in_a_line_of_its_own_is_compared_with_the_indicators(
    tiny: Desk, written: Writer
) -> None:
    def check(unit: str) -> Sequence[str]:
        rows: list[list[object]] = [list(HEAD), ["", "", "", unit], *ROWS]
        return codes(tiny.check(written(rows)))

    assert check("pct.") == []
    assert check("antal") == ["unit_mismatch"]
    assert check("1.000 kr.") == ["unit_mismatch"]


@AS_FILE
def test_three_lines_with_several_periods(tiny: Desk, written: Writer) -> None:
    rows: list[list[object]] = [
        ["Aarhus", 52.5, 50.5, 51.5, 49.5],
        ["Odense", 42.5, 40.5, 41.5, 39.5],
    ]
    cases: list[tuple[list[list[object]], str]] = [
        ([["", 2010, "", 2011, ""], ["", "Alle", "Nye", "Alle", "Nye"],
          ["Kommune", "Andel", "Andel", "Andel", "Andel"]], "Alle, Andel"),
        ([["", 2010, "", 2011, ""], ["", "Andel", "", "Andel", ""],
          ["Kommune", "Alle", "Nye", "Alle", "Nye"]], "Andel, Alle"),
        ([["Job i procent"], ["", 2010, 2010, 2011, 2011], ["", "Andel", "Andel", "Andel", "Andel"],
          ["Kommune", "Alle", "Nye", "Alle", "Nye"]], "Andel, Alle"),
    ]  # fmt: skip
    for head, measure in cases:
        content = written([[*line, *[""] * (5 - len(line))] for line in [*head, *rows]])
        assert "several_measures" in codes(tiny.check(content, indicator_id="rate"))
        checked = tiny.check(content, indicator_id="rate", measure=measure)
        assert [(area, period, value) for area, _, period, value, _ in read(checked)] == [
            ("aarhus", "2010", 52.5), ("aarhus", "2011", 51.5),
            ("odense", "2010", 42.5), ("odense", "2011", 41.5),
        ]  # fmt: skip
