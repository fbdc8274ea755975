"""Tables as people keep them: periods as columns, heads of two lines, units."""

import os
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.ingest.turning.wide import turning
from kpi.ingest.words.heads import period_head, split_unit
from kpi.ingest.words.template import is_wide_template, template_columns
from kpi.ingest.words.two_line_heads import two_line_head
from kpi.ingest.words.units import unit_kind
from tests.kpi.ingest.checked import Desk, codes, read, reported_of_cells
from tests.kpi.ingest.made_tables import OBSERVED, RECIPE, as_csv, workbook
from tests.tables import for_each

YEARS = [
    ["nøgletal", "område", 2020, 2023],
    ["rate", "Aarhus", 50.5, 51.5],
    ["rate", "Odense", 40.5, 41.5],
]


@pytest.mark.parametrize("content", [as_csv(YEARS), workbook(YEARS)])
def test_years_as_columns_under_the_templates_names(tiny: Desk, content: str | bytes) -> None:
    checked = tiny.check(content)
    assert read(checked) == OBSERVED
    assert checked.rows_read == 4
    assert checked.columns == ("nøgletal", "område", "Periode", "Værdi")
    assert [problem for problem in checked.problems if problem.severity == "error"] == []


@pytest.mark.parametrize(
    ("heads", "periods"),
    [
        (("2024K1", "2024K2"), ("2024K1", "2024K2")),
        (("1. kvt. 2024", "2. kvt. 2024"), ("2024K1", "2024K2")),
        (("jan 2024", "feb 2024"), ("2024M01", "2024M02")),
        (("2022/2023", "2023/24"), ("2022/2023", "2023/2024")),
        (("2024-Q1", "2024-Q2"), ("2024K1", "2024K2")),
        (("apr 2022-mar 2023", "apr 2023-mar 2024"), ("2022M04:2023M03", "2023M04:2024M03")),
        (("År 2023", "År 2024"), ("2023", "2024")),
        (("Andel 2023", "Andel 2024"), ("2023", "2024")),
        (("2024",), ("2024",)),
    ],
)
def test_every_kind_of_period_as_a_head(
    tiny: Desk, heads: tuple[str, ...], periods: tuple[str, ...]
) -> None:
    rows: list[list[object]] = [["Kommune", *heads], ["Aarhus", *[60.5] * len(heads)]]
    for content in (as_csv(rows), workbook(rows)):
        checked = tiny.check(content, RECIPE.format(area="Kommune"))
        assert [period for _, _, period, _, _ in read(checked)] == list(periods)


def test_a_problem_of_a_wide_table_is_reported_at_its_head(tiny: Desk) -> None:
    checked = tiny.check("nøgletal;område;2020;2023\nrate;Aarhus;50,5;ti\n")
    assert reported_of_cells(checked) == [("not_a_number", "error", 2, "2023", "ti")]


@for_each(
    ("columns", "cells"),
    [
        # a column of periods, or another that may be the value, stands beside the one head
        (("område", "år", "2024"), ("Aarhus", "2023", "5")),
        (("område", "periode", "2023", "2024"), ("Aarhus", "2023", "5", "6")),
        (("område", "antal", "2024"), ("Aarhus", "7", "5")),
        (("område", "værdi", "2024"), ("Aarhus", "7", "5")),
        # a file without a head begins with its first row
        (("Aarhus", "2024", "56,3"), ("Odense", "2024", "50,1")),
        (("område", "køn"), ("Aarhus", "Mænd")),
        (("2023", "2024"), ("5", "6")),
    ],
)
def test_what_is_not_wide(columns: tuple[str, ...], cells: tuple[str, ...]) -> None:
    assert turning(columns, [cells]) is None


def test_a_recipe_that_names_a_year_keeps_the_table_unturned(tiny: Desk) -> None:
    recipe = RECIPE.format(area="Kommune").replace("INDHOLD", "2023")
    recipe = recipe.replace('period = "Periode"\n', "") + '[constant]\nperiod = "2023"\n'
    checked = tiny.check("Kommune;2020;2023\nAarhus;50,5;51,5\n", recipe)
    assert read(checked) == [("aarhus", "all", "2023", 51.5, "final")]


TWO_LINES = [
    ["Kommune", "2020", "", "2023", ""],
    ["", "Antal", "Pct.", "Antal", "Pct."],
    ["Aarhus", 10, 50.5, 11, 51.5],
]
UNDER_MEASURES = [
    ["", "Antal", "", "Pct.", ""],
    ["Kommune", "2020", "2023", "2020", "2023"],
    ["Aarhus", 10, 11, 50.5, 51.5],
]
JOINED = [["Kommune", "Antal 2020", "Pct. 2020", "Antal 2023", "Pct. 2023"], TWO_LINES[2]]


@pytest.mark.parametrize("rows", [TWO_LINES, UNDER_MEASURES, JOINED])
def test_measures_beside_years(tiny: Desk, rows: list[list[object]]) -> None:
    recipe = RECIPE.format(area="Kommune") + '[keep]\n"Måling" = "Pct."\n'
    for content in (as_csv(rows), workbook(rows)):
        checked = tiny.check(content, recipe)
        assert sorted(read(checked)) == OBSERVED[:2]
        assert checked.columns == ("Kommune", "Måling", "Periode", "INDHOLD")


@for_each(
    ("top", "bottom"),
    [
        (("Udtræk", "1. maj"), ("OMRÅDE", "KØN", "TID", "INDHOLD")),
        (("Ydelser",), ("Område", "Periode", "Antal")),
        (("område", "2023", "2024"), ("Aarhus", "5", "6")),
        (("område", "2023", "2024"), ("Aarhus", "..", "..")),
        (("område", "note", "note"), ("Aarhus", "a", "b")),
    ],
)
def test_one_line_is_a_head_of_one_line(top: tuple[str, ...], bottom: tuple[str, ...]) -> None:
    assert two_line_head(top, bottom, [("Aarhus", "1", "2", "3")]) is None


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(["aarhus", "odense", "randers"]), st.integers(1990, 2019)),
        st.integers(1, 999).map(lambda number: number / 10),
        min_size=1,
    ),
    st.sampled_from([";", "\t", "|"]),
    st.sampled_from(["", "\n\nKilde: en kilde\n", "Note: et ord, og et til\n", "\n* foreløbigt\n"]),
)
@settings(max_examples=200 if "SPOR_SOAK" in os.environ else 3, deadline=None)
def test_wide_and_long_give_the_same(
    tiny: Desk, values: dict[tuple[str, int], float], separator: str, below: str
) -> None:
    years = sorted({year for _, year in values})
    areas = sorted({area for area, _ in values})
    wide: list[list[object]] = [["nøgletal", "område", *years]]
    wide += [["rate", area, *(values.get((area, year), "") for year in years)] for area in areas]
    long: list[list[object]] = [["nøgletal", "område", "periode", "værdi"]]
    long += [["rate", area, year, value] for (area, year), value in values.items()]
    first, other = (
        sorted(read(tiny.check(as_csv(rows, separator) + below))) for rows in (wide, long)
    )
    assert first == other
    assert len(first) == len(values)
    assert sorted(read(tiny.check(workbook(wide)))) == first


@for_each(
    ("head", "base", "unit", "kind"),
    [
        ("værdi (pct.)", "værdi", "pct.", "procent"),
        ("Værdi [%]", "Værdi", "%", "procent"),
        ("værdi, procent", "værdi", "procent", "procent"),
        ("Værdi i pct.", "Værdi", "pct.", "procent"),
        ("antal personer", "antal", "personer", "antal"),
        ("Beløb (1.000 kr.)", "Beløb", "1.000 kr.", "1.000 kr."),
        ("Beløb i mio. kr.", "Beløb", "mio. kr.", "mio. kr."),
        ("værdi (kr.)", "værdi", "kr.", "kr."),
        ("værdi (se note)", "værdi", "se note", ""),
        ("værdi", "værdi", "", ""),
    ],
)
def test_units_in_heads(head: str, base: str, unit: str, kind: str) -> None:
    assert split_unit(head) == (base, unit)
    assert unit_kind(unit) == kind


@pytest.mark.parametrize(
    ("value", "indicator", "mismatch"),
    [
        ("værdi (pct.)", "rate", False),
        ("Værdi [%]", "rate", False),
        ("antal personer", "persons", False),
        ("værdi (antal)", "persons", False),
        ("værdi (se note)", "persons", False),
        ("antal personer", "rate", True),
        ("værdi, procent", "persons", True),
        ("værdi (promille)", "rate", True),
        ("værdi (1.000)", "persons", True),
    ],
)
def test_the_unit_of_a_head_is_that_of_the_indicator(
    tiny: Desk, value: str, indicator: str, mismatch: bool
) -> None:
    content = f"nøgletal;område;periode;{value}\n{indicator};Aarhus;2020;50\n"
    checked = tiny.check(content)
    assert ("unit_mismatch" in codes(checked)) is mismatch
    assert checked.publishable is not mismatch
    assert len(read(checked)) == 1


@pytest.mark.parametrize(
    "heads",
    [("nøgletal", "område", "periode", "antal", "andel"), ("nøgletal", "område", "antal")],
)
def test_two_columns_that_may_be_the_value_are_none(heads: tuple[str, ...]) -> None:
    assert "value" not in template_columns(heads)
    assert not is_wide_template(heads)


@for_each("name", ["Alder 16-64", "5. klasse", "1850", "Andel", "2024 i alt, 3"])
def test_other_heads_are_no_periods(name: str) -> None:
    head = period_head(name)
    assert head is None or head[1]


@pytest.mark.parametrize(
    ("head", "status"),
    [
        ("2023*", "preliminary"), ("2023 (foreløbig)", "preliminary"),
        ("2023 foreløbige tal", "preliminary"), ("2023 (p)", "preliminary"),
        ("2023 (cirka)", "approximate"), ("2023¹", "final"),
    ],
)  # fmt: skip
def test_a_head_says_the_status_of_its_figures(tiny: Desk, head: str, status: str) -> None:
    rows: list[list[object]] = [
        ["nøgletal", "område", "2020", head], ["rate", "Aarhus", 50.5, 51.5],
        ["rate", "Odense", 40.5, ".."],
    ]  # fmt: skip
    for content in (as_csv(rows), workbook(rows)):
        read_rows = read(tiny.check(content))
        assert [(period, value, said) for _, _, period, value, said in read_rows] == [
            ("2020", 50.5, "final"), ("2023", 51.5, status), ("2020", 40.5, "final"),
            ("2023", None, "missing"),
        ]  # fmt: skip


def test_another_column_of_figures_is_no_period(tiny: Desk) -> None:
    content = "nøgletal;område;2020;2023;Ændring 2020-2023;2025 (mål)\nrate;Aarhus;50,5;51,5;1;60\n"
    checked = tiny.check(content)
    assert read(checked) == OBSERVED[:2]
    assert {problem.column for problem in checked.problems if problem.code == "ignored_column"} == {
        "Ændring 2020-2023", "2025 (mål)",
    }  # fmt: skip


LONG: list[list[object]] = [["Kommune", "År", "Andel"], ["Aarhus", 2020, 50.5]]


@pytest.mark.parametrize(
    ("above", "unit"),
    [("Enhed: pct.", "pct."), ("Units: Per cent", "Per cent"), ("Beskæftigelse", "")],
)
def test_a_line_above_gives_the_unit(tiny: Desk, above: str, unit: str) -> None:
    rows: list[list[object]] = [["Beskæftigelse"], [above], [], *LONG]
    recipe = RECIPE.format(area="Kommune").replace("Periode", "År").replace("INDHOLD", "Andel")
    for content in (as_csv(rows), workbook(rows)):
        assert "unit_mismatch" not in codes(tiny.check(content, recipe))
        counted = tiny.check(content, recipe.replace('"rate"', '"persons"'))
        assert ("unit_mismatch" in codes(counted)) is bool(unit)


@pytest.mark.parametrize(
    ("label", "mismatch"), [("Pct.", True), ("PC", True), ("Antal", False), ("Noget", False)]
)
def test_a_column_of_one_unit_gives_it(tiny: Desk, label: str, mismatch: bool) -> None:
    rows: list[list[object]] = [
        [*LONG[0][:2], "Enhed", "Tal"],
        ["Aarhus", 2020, label, 50],
        ["Odense", 2020, label, 5],
    ]
    recipe = RECIPE.format(area="Kommune").replace("Periode", "År").replace("INDHOLD", "Tal")
    for content in (as_csv(rows), workbook(rows)):
        checked = tiny.check(content, recipe.replace('"rate"', '"persons"'))
        assert ("unit_mismatch" in codes(checked)) is mismatch


@pytest.mark.parametrize("written", [as_csv, workbook], ids=["csv", "xlsx"])
@pytest.mark.parametrize("top", [["Andel", "Andel"], ["Andel", ""]])
def test_years_beneath_one_name(
    tiny: Desk, written: Callable[[Sequence[Sequence[object]]], str | bytes], top: list[object]
) -> None:
    """A cell merged over its years."""
    rows: list[list[object]] = [
        ["Kommune", *top], ["", "2020", "2023"], ["Aarhus", 50.5, 51.5], ["Odense", 40.5, 41.5],
    ]  # fmt: skip
    checked = tiny.check(written(rows), indicator_id="rate")
    assert read(checked) == OBSERVED
    assert checked.publishable


@pytest.mark.parametrize("written", [as_csv, workbook], ids=["csv", "xlsx"])
def test_years_beside_an_empty_corner(
    tiny: Desk, written: Callable[[Sequence[Sequence[object]]], str | bytes]
) -> None:
    """A line over the corner is a title and no name of the years, as numbers or as texts."""
    body: list[list[object]] = [["Aarhus", 50.5, 51.5], ["Odense", 40.5, 41.5]]
    titles: list[list[list[object]]] = [
        [], [["Andel i job"]], [["Andel i job efter tid og område"], []]
    ]  # fmt: skip
    for title in titles:
        for years in ([2020, 2023], ["2020", "2023"]):
            rows: list[list[object]] = [*title, ["", *years], *body]
            checked = tiny.check(written(rows), indicator_id="rate")
            assert read(checked) == OBSERVED, (title, years)
            assert "head_words" not in codes(checked)


def test_rows_of_an_area_that_look_like_years_are_no_head(tiny: Desk) -> None:
    rows: list[list[object]] = [
        ["Kommune", "År", "Antal"], ["Aarhus", 2020, 1998], ["", 2021, 1999],
        ["Odense", 2020, 1990],
    ]  # fmt: skip
    checked = tiny.check(workbook(rows), indicator_id="persons")
    observed = {(area, period, value) for area, _, period, value, _ in read(checked)}
    assert ("odense", "2020", 1990) in observed


def test_years_that_are_figures_are_no_second_line() -> None:
    top, below = ("Kommune", "Opført", "Nedlagt"), [("Odense", "1950", "2010")]
    assert two_line_head(top, ("", "1960", "2001"), below) is None


@pytest.mark.parametrize("period", [2022, "2022", "1. kvt. 2022"])
@pytest.mark.parametrize("above", [[], [["Andel i job"]], [["Andel i job"], []]])
def test_one_period_beside_the_names(tiny: Desk, above: list[list[object]], period: object) -> None:
    rows = [*above, ["Kommune", period], ["Aarhus", 50.5], ["Odense", 40.5]]
    checked = tiny.check(workbook(rows), name="udtræk.xlsx", indicator_id="rate")
    assert [(area, value) for area, _, _, value, _ in read(checked)] == [
        ("aarhus", 50.5), ("odense", 40.5),
    ]  # fmt: skip


def test_a_heading_right_beneath_the_head_is_reported_as_such(tiny: Desk) -> None:
    rows: list[list[object]] = [["Kommune", "År", "Pct"], ["Mænd"], ["Aarhus", 2022, 50.5]]
    checked = tiny.check(workbook(rows), name="udtræk.xlsx", indicator_id="rate")
    first_reported = reported_of_cells(checked)[0]
    assert (first_reported[0], first_reported[2], first_reported[4]) == ("unknown_area", 2, "Mænd")


@for_each(
    ("top", "bottom", "is_head"),
    [
        (("Kommune", "2024", "2024"), ("", "Alle", "Nye"), True),
        (("Kommune", "2024", ""), ("", "Alle", "Nye"), True),
        (("", "2024K1", "2024K1"), ("", "Alle", "Nye"), True),
        # a title over the names of all columns, the same name twice, and what is no period
        (("2024", "", ""), ("Kommune", "Alle", "Nye"), False),
        (("", "2024", ""), ("Kommune", "Alle", "Nye"), False),
        (("Kommune", "2024", "2024"), ("", "Alle", "Alle"), False),
        (("Kommune", "Tal", "Tal"), ("", "Alle", "Nye"), False),
        (("Kommune", "2024", "2024"), ("Odense", "5", "6"), False),
    ],
)
def test_one_period_over_several_names(
    top: tuple[str, ...], bottom: tuple[str, ...], is_head: bool
) -> None:
    names = two_line_head(top, bottom, [("Aarhus", "75,1", "60,2")])
    assert (names is not None) == is_head
    if names:
        assert names[1:] == (f"{top[1]}, Alle", f"{top[1]}, Nye")


@for_each(
    ("top", "bottom", "is_head"),
    [
        (";2025;;2026;", "Kommune;nov;dec;jan;feb", True),
        ("Kommune;2025;2025;2026;2026", ";nov;dec;jan;feb", True),
        (";2026;;2025;", "Kommune;feb;jan;dec;nov", True),
        (";2025;;2026;", "Kommune;3. kvartal;4. kvartal;1. kvartal;2. kvartal", True),
        (";2025;", "Kommune;januar;december", True),
        # where the year stands over the wrong column, the last of the parts are of another
        (";2025;;;", "Kommune;nov;dec;jan;feb", False),
        (";2025;", "Kommune;december;januar", False),
        (";2025;;2026;", "Kommune;dec;jan;feb;mar", False),
        (";2025;;;;2026;", "Kommune;K3;K4;K1;K2;K3;K4", False),
    ],
)
def test_parts_of_a_year_are_of_the_year_over_them(top: str, bottom: str, is_head: bool) -> None:
    above, names = tuple(top.split(";")), tuple(bottom.split(";"))
    head = two_line_head(above, names, [("Aarhus", *"123456"[: len(names) - 1])])
    assert (head is not None) == is_head
    if head and ";;" in top:
        assert (head[1], head[2]) == tuple(f"{above[1]}, {name}" for name in names[1:3])


@pytest.mark.parametrize(
    ("head", "period"),
    [
        ("Andel 2025", "2025"),
        ("Andel, 2025 (pct.)", "2025"),
        # a year that may be another than the figures' is asked for
        ("Andel siden 2020", ""),
        ("Andel efter reformen i 2019", ""),
        ("Andel (definition 2019)", ""),
        ("andel_2020", ""),
        ("Andel i 2020-priser", ""),
        ("Indeks 2015=100", ""),
    ],
)
def test_a_year_in_the_only_head_of_figures(tiny: Desk, head: str, period: str) -> None:
    """Numbers of rows and places in the list are no other figures."""
    rows = f"Nr.;Kommune;{head};Placering\n1;Odense;77,1;1\n2;Aarhus;75,4;2\n"
    checked = tiny.check(rows, indicator_id="rate")
    assert {row[2] for row in read(checked)} == ({period} if period else set())
    assert ("missing_column" in codes(checked)) is not bool(period)
