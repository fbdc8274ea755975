"""Columns and cells that are periods in less usual words: read, or reported with the remedy."""

import pytest

from kpi.ingest.turning.title_year import with_title_year
from kpi.ingest.words.written_periods import is_two_years, period_of
from tests.kpi.ingest.checked import Desk, codes, codes_of_cells, read, reported_of_cells
from tests.tables import for_each

SCHOOL, RATE = "school_absence", "employment_rate"


@for_each(
    ("text", "period"),
    [
        ("2023 (1. halvår)", "2023H1"), ("1. halvår af 2023", "2023H1"),
        ("halvår 2, 2023", "2023H2"),
        ("kvartal 2/2023", "2023K2"), ("2023/Q2", "2023K2"), ("Q2/2023", "2023K2"),
        ("2023 - 2. kvartal", "2023K2"), ("II. kvartal 2023", "2023K2"),
        ("andet kvartal 2023", "2023K2"), ("Q2-24", "2024K2"), ("1Q24", "2024K1"),
        ("K1'24", "2024K1"), ("2. kvt. 24", "2024K2"), ("2023 (maj)", "2023M05"),
        ("uge 5/2023", "2023U05"), ("31 december 2023", "2023M12D31"),
        ("pr. 31/12 2023", "2023M12D31"), ("jan-98", "1998M01"),
        ("skoleåret 2023-2024", "2023/2024"), ("skoleår 23/24", "2023/2024"),
        ("Budget 2023", None), ("4/2023", None), ("5/2023", "2023M05"),
        ("1. halvår 2023/24", None), ("2023 2", None),
        ("1-2 kvartal 2023", "2023H1"), ("halvår 3 2023", None), ("2022 og 2023, 1. halvår", None),
        ("skoleåret 2023-2025", None),
        ("2023 (jan-maj)", "2023M01:2023M05"), ("2023, januar til maj", "2023M01:2023M05"),
        ("jan.-maj (2023)", "2023M01:2023M05"), ("2023 maj-jan", None), ("2023 maj-maj", None),
        ("2023 t.o.m. maj", None), ("2023 (9 mdr.)", None),
        ("jan/26", "2026M01"), ("jan_26", "2026M01"), ("januar_2026", "2026M01"),
        ("2025:01", "2025M01"), ("2025_12", "2025M12"), ("2025 M01", "2025M01"),
        ("2025:M3", "2025M03"), ("2025_K4", "2025K4"), ("u3-2026", "2026U03"),
        ("uge 3/2026", "2026U03"), ("2026_uge 3", "2026U03"), ("2025:4", None), ("2025_1", None),
        ("2025.01", None), ("2025:13", None), ("jan/266", None),
    ],
)  # fmt: skip
def test_parts_of_a_year_in_any_order(text: str, period: str | None) -> None:
    parsed = period_of(text)
    assert (parsed.text if parsed else None) == period


@for_each(
    ("text", "is_two"),
    [("2022-2023", True), ("2022-23", True), ("22/23", True), ("2022-2024", False),
     ("22-23", False), ("2022/23", False), ("16/18", False)],
)  # fmt: skip
def test_two_years(text: str, is_two: bool) -> None:
    assert is_two_years(text) is is_two


@pytest.mark.parametrize(
    ("cell", "period"),
    [("202305", "2023M05"), ("20231231", "2023M12D31"), ("R2023", "2023"), ("B2023", None),
     ("202313", None), ("Ultimo 2023", "2023"), ("Primo 2023", None), ("sommer 2023", None)],
)  # fmt: skip
def test_cells_of_systems(real: Desk, cell: str, period: str | None) -> None:
    checked = real.check(f"Kommune;Periode;Andel\nAarhus;{cell};74,1\n", indicator_id=RATE)
    assert [observation[2] for observation in read(checked)] == ([period] if period else [])
    if period is None:
        problem = next(problem for problem in checked.problems if problem.code == "unknown_period")
        assert (problem.row, problem.column, problem.value) == (2, "Periode", cell)
        assert "2023" in problem.hint


@pytest.mark.parametrize("heads", ["2021-2022;2022-2023", "2021/22;2022/23", "21/22;22/23"])
def test_school_years_as_heads(real: Desk, heads: str) -> None:
    content = f"Kommune;{heads}\nAarhus;7,1;7,2\n"
    checked = real.check(content, indicator_id=SCHOOL)
    assert [observation[2] for observation in read(checked)] == ["2021/2022", "2022/2023"]


def test_two_years_of_another_series_are_reported_with_the_remedy(real: Desk) -> None:
    checked = real.check("Kommune;2021-2022;2022-2023\nAarhus;7,1;7,2\n", indicator_id=RATE)
    (first, _) = [problem for problem in checked.problems if problem.code == "unknown_period"]
    assert "2021/2022" in first.hint
    assert "2021:2022" in first.hint


def test_two_years_beside_years_are_no_period(real: Desk) -> None:
    checked = real.check("Kommune;2021;2022;2021-2022\nAarhus;73,7;74,2;0,5\n", indicator_id=RATE)
    assert checked.publishable
    assert ("unused_column", "warning", None, "2021-2022", "0,5") in reported_of_cells(checked)


MONTHS = ("Område", "aug", "dec", "jan", "jun")


@for_each(
    ("title", "first"),
    [
        ("Elevfravær, skoleåret 2023/24", 2023), ("Fravær 2023/2024", 2023),
        ("Skoleåret 2022-2023", 2022), ("Fravær 2023-2024", None), ("Fravær 2023/25", None),
        ("Fravær 2023/24 og 2024/25", None), ("Fravær 2021, 2023/24", None),
    ],
)  # fmt: skip
def test_months_of_a_school_year(title: str, first: int | None) -> None:
    columns, problems = with_title_year(MONTHS, [("Aarhus", "5", "6", "7", "8")], title)
    if first is None:
        assert (columns, problems) == (MONTHS, [])
    else:
        years = (first, first, first + 1, first + 1)
        heads = tuple(f"{month} {year}" for month, year in zip(MONTHS[1:], years, strict=True))
        assert columns == ("Område", *heads)


def test_months_out_of_order_are_not_guessed() -> None:
    columns = ("Område", "jan", "jun", "aug", "dec")
    assert with_title_year(columns, [("Aarhus", "5", "6", "7", "8")], "2023/24")[0] == columns


@pytest.mark.parametrize(
    ("heads", "periods"),
    [
        ("jan;feb", ["2023M01", "2023M02"]),
        ("1. kvt.;2. kvt.;I alt", ["2023K1", "2023K2"]),
        ("1. halvår;2. halvår", ["2023H1", "2023H2"]),
    ],
)
def test_parts_as_heads_and_years_in_rows(real: Desk, heads: str, periods: list[str]) -> None:
    cells = ";".join(["74,1", "74,2", "74,3"][: heads.count(";") + 1])
    checked = real.check(f"Kommune;År;{heads}\nAarhus;2023;{cells}\n", indicator_id=RATE)
    assert [observation[2] for observation in read(checked)] == periods


@pytest.mark.parametrize(
    ("heads", "words"),
    [
        ("Jan;Feb;Mar", "er måneder uden år"),
        ("1. kvt.;2. kvt.", "er kvartaler uden år"),
        ("Sidste år;I år", "siger ikke, hvilke perioder"),
        ("Gns. 2020-2023;2023", "perioder af hver sin slags"),
    ],
)
def test_heads_that_are_no_measures_are_not_called_so(real: Desk, heads: str, words: str) -> None:
    cells = ";".join(["74,1"] * (heads.count(";") + 1))
    checked = real.check(f"Kommune;{heads}\nAarhus;{cells}\n", indicator_id=RATE)
    assert codes_of_cells(checked) == ["missing_column"]
    assert words in checked.problems[0].message
    assert "several_measures" not in codes(checked)


@pytest.mark.parametrize("other", ["2023 mål", "Budget 2023", "2023 (prognose)", "2022 ændring"])
def test_a_year_beside_a_target_of_another_is_the_period(real: Desk, other: str) -> None:
    checked = real.check(f"Kommune;2022;{other}\nAarhus;74,1;75,5\n", indicator_id=RATE)
    assert [row[2:4] for row in read(checked)] == [("2022", 74.1)]
    assert ("unused_column", "warning", None, other, "75,5") in reported_of_cells(checked)


@pytest.mark.parametrize("other", ["Antal 2022", "2022 pct.", "Andel 2022"])
def test_a_year_beside_another_measure_of_it_is_asked_about(real: Desk, other: str) -> None:
    checked = real.check(f"Kommune;2022;{other}\nAarhus;74,1;75,5\n", indicator_id=RATE)
    assert "several_measures" in codes(checked)


PARTS = [
    ("2024 t.o.m. maj", "2024M01:2024M05"), ("2024 (til og med september)", "2024M01:2024M09"),
    ("2024 (9 mdr.)", "2024M01:2024M09"), ("2024, første 5 måneder", "2024M01:2024M05"),
    ("2024 delår", "2024M01:2024M05"),
]  # fmt: skip


@pytest.mark.parametrize(("part", "example"), PARTS)
@pytest.mark.parametrize(
    "table",
    [
        "Kommune;2022;2023;{}\nAarhus;71,5;72,5;73,5\nOdense;70,5;70,5;71,5\n",
        "Kommune;2023;{}\nAarhus;72,5;73,5\nOdense;70,5;71,5\n",
        "Kommune;År;Andel\nAarhus;2023;72,5\nAarhus;{};73,5\n",
    ],
)
def test_part_of_a_year_is_named_and_no_column_is_lost(
    real: Desk, table: str, part: str, example: str
) -> None:
    checked = real.check(table.format(part), indicator_id=RATE)
    (problem,) = [problem for problem in checked.problems if problem.severity == "error"]
    assert part in f"{problem.column} {problem.value} {problem.message}"
    assert example in problem.hint
    # What the remedy says to write is read.
    mended = real.check(table.format(example), indicator_id=RATE)
    assert mended.publishable
    assert example in {change.period for change in mended.changes}


def test_columns_of_other_kinds_of_figures_are_still_left_out(real: Desk) -> None:
    text = "Kommune;2022;2023;Ændring 2022-2023;2024 (mål)\nAarhus;71,5;72,5;1,0;75\n"
    assert real.check(text, indicator_id=RATE).publishable


@pytest.mark.parametrize(
    ("heads", "periods"),
    [
        (("202601", "202602"), ["2026M01", "2026M02"]),
        (("202512", "202601"), ["2025M12", "2026M01"]),
        (("202601", "202613"), None),  # one month alone may be anything
        (("202601",), None),
    ],
)
def test_months_in_figures_alone_are_heads(
    real: Desk, heads: tuple[str, ...], periods: list[str] | None
) -> None:
    text = f"Kommune;{';'.join(heads)}\n"
    text += "".join(f"{area};{';'.join('74,1' for _ in heads)}\n" for area in ("Aarhus", "Odense"))
    checked = real.check(text, indicator_id=RATE)
    assert sorted({observation[2] for observation in read(checked)}) == (periods or [])


def test_a_note_that_names_everybody_narrows_nothing(real: Desk) -> None:
    rows = "Kommune;Periode;Andel\nAarhus;2023;74,1\nOdense;2023;73,1\n\n"
    for note, is_asked in (
        ("Tallene omfatter lønmodtagere og selvstændige", False),
        ("Tallene omfatter lønmodtagere", True),
    ):
        assert ("text_words" in codes(real.check(f"{rows}{note}\n", indicator_id=RATE))) is is_asked
