"""Tables with areas, groups or indicators as columns."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from kpi.ingest.mapping.beside_columns import own_figures
from kpi.ingest.turning.name_columns import KnownNames, name_columns
from tests.kpi.ingest.checked import Desk, read, reported
from tests.kpi.ingest.made_tables import as_csv, workbook

Writer = Callable[[Sequence[Sequence[object]]], str | bytes]

OBSERVED = [
    ("aarhus", "2023", 51.5), ("odense", "2023", 41.5), ("aarhus", "2024", 52.5),
    ("odense", "2024", 42.5),
]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "indicator_id"),
    [
        ("År;Aarhus;Odense\n2023;51,5;41,5\n2024;52,5;42,5\n", "rate"),
        ("År;Aarhus Kommune;461 Odense\n2023;51,5;41,5\n2024;52,5;42,5\n", "rate"),
        ("nøgletal;periode;Aarhus;Odense\nrate;2023;51,5;41,5\nrate;2024;52,5;42,5\n", None),
        ("År,Aarhus,Odense\n2023,51.5,41.5\n2024,52.5,42.5\n", "rate"),
        # laid on its side, with what the names were called still in the corner
        ("Kommune;Aarhus;Odense\n2023;51,5;41,5\n2024;52,5;42,5\n", "rate"),
        ("Område;Aarhus;Odense\n2023;51,5;41,5\n2024;52,5;42,5\n", "rate"),
        ("nøgletal;Kommune;Aarhus;Odense\nrate;2023;51,5;41,5\nrate;2024;52,5;42,5\n", None),
    ],
)
def test_areas_as_columns_are_rows(tiny: Desk, content: str, indicator_id: str | None) -> None:
    checked = tiny.check(content, indicator_id=indicator_id)
    assert [(area, period, value) for area, _, period, value, _ in read(checked)] == OBSERVED
    assert checked.publishable


def test_another_column_of_figures_beside_areas_is_reported(tiny: Desk) -> None:
    content = "År;Aarhus;Odense;Gennemsnit\n2023;51,5;41,5;46,5\n2024;52,5;42,5;47,5\n"
    checked = tiny.check(content, indicator_id="rate")
    assert len(read(checked)) == 4
    assert ("unused_column", "warning", None, "Gennemsnit", None) in reported(checked)


@pytest.mark.parametrize(
    ("beside", "code"),
    [
        ("Landsgennemsnit", "ignored_row"), ("6-byerne", "ignored_row"), ("Gns.", "ignored_row"),
        ("Sammenligningsgruppen", "ignored_row"),
        ("Hele landet (gns.)", "unknown_area"), ("Odense i alt", "unknown_area"),
        # what is no area is another measure, of which somebody must say which is meant
        ("Indeks", "several_measures"), ("Andel", "several_measures"),
        ("Kommunen", "several_measures"),
    ],
)  # fmt: skip
def test_what_stands_beside_one_area(tiny: Desk, beside: str, code: str) -> None:
    content = f"År;Aarhus;{beside}\n2023;51,5;41,5\n2024;52,5;42,5\n"
    checked = tiny.check(content, indicator_id="rate")
    assert code in [problem.code for problem in checked.problems]
    assert checked.publishable == (code == "ignored_row")
    if code != "several_measures":
        assert [each[3] for each in read(checked)] == [51.5, 52.5]


@pytest.mark.parametrize(
    ("beside", "is_read"),
    [
        ("Landsgennemsnit", True), ("Landsgennemsnit (pct.)", True), ("Hele landet", True),
        ("Gennemsnit for kommunerne", True), ("Odense", True), ("Regionsgns.", True),
        ("Forskel til landet", True), ("Udvikling i pct.", True), ("Mål", True), ("Rang", True),
        ("Andel året før", True), ("Forrige år", True), ("N", True), ("Std. fejl", True),
        ("Gennemsnit", False), ("Median", False), ("Landsdækkende", False), ("Ledige", False),
        ("Budget", False), ("Forrige", False),
    ],
)  # fmt: skip
def test_figures_of_other_areas_beside_those_of_the_row(
    tiny: Desk, beside: str, is_read: bool
) -> None:
    content = f"Kommune;År;Andel;{beside}\nAarhus;2024;51,5;44,1\nOdense;2024;41,5;44,2\n"
    checked = tiny.check(content, indicator_id="rate")
    assert [each[3] for each in read(checked)] == ([51.5, 41.5] if is_read else [])
    assert ("unused_column", "warning", None, beside, None) in reported(checked) or not is_read


@pytest.mark.parametrize(("beside", "is_read"), [("Mål", True), ("N", True), ("Trin", False)])
def test_few_whole_figures_that_are_compared_with_are_no_labels(
    tiny: Desk, beside: str, is_read: bool
) -> None:
    rows = "".join(f"Aarhus;20{year};51,5;8{year % 2}\n" for year in range(10, 20))
    checked = tiny.check(f"Kommune;År;Andel;{beside}\n{rows}", indicator_id="rate")
    problems = {each[:2] for each in reported(checked) if each[3] == beside}
    assert problems == {("unused_column", "warning" if is_read else "error")}


def test_what_an_indicator_is_called_is_no_comparison(real: Desk) -> None:
    indicator = next(iter(real.catalog.indicators.values()))
    names = ("Ændring", "Antal")
    assert own_figures(names, True, real.catalog, indicator) == ["Antal"]
    of_changes = replace(indicator, name="Ændring i beskæftigelse")
    assert own_figures(names, True, real.catalog, of_changes) == ["Ændring", "Antal"]
    assert own_figures(("Mål", "Ændring"), True, real.catalog) == ["Mål", "Ændring"]
    counted = replace(indicator, kind="count")
    assert own_figures(("Score", "N"), True, real.catalog, indicator) == ["Score"]
    assert own_figures(("Score", "N"), True, real.catalog, counted) == ["Score", "N"]


def test_areas_beside_indicators_are_of_the_period_that_is_said(tiny: Desk) -> None:
    content = "Nøgletal;Aarhus;Odense\nrate;51,5;41,5\nhours;5;4\n"
    checked = tiny.check(content, constant={"period": "2024"})
    assert sorted((area, value) for area, _, _, value, _ in read(checked)) == [
        ("aarhus", 5.0), ("aarhus", 51.5), ("odense", 4.0), ("odense", 41.5),
    ]  # fmt: skip
    assert "missing_column" in [problem.code for problem in tiny.check(content).problems]


@pytest.mark.parametrize("area", ["Aarhus", "Odense"])
def test_an_area_beside_a_measure_is_asked_about_whatever_area_is_said(
    tiny: Desk, area: str
) -> None:
    content = "År;Aarhus;Indeks\n2023;51,5;101,5\n2024;52,5;102,5\n"
    checked = tiny.check(content, indicator_id="rate", constant={"area": area})
    assert "several_measures" in [problem.code for problem in checked.problems]


def test_a_fault_is_reported_under_its_area(tiny: Desk) -> None:
    checked = tiny.check("År;Aarhus;Odense\n2023;51,5;fejl\n2024;52,5;42,5\n", indicator_id="rate")
    (wrong,) = [problem for problem in checked.problems if problem.code == "not_a_number"]
    assert (wrong.row, wrong.column) == (2, "Odense")


@pytest.mark.every_case
@pytest.mark.parametrize(
    "columns",
    [
        ("Kommune", "År", "Aarhus", "Odense"), ("År", "Aarhus", "Andel"),
        ("Navn", "Aarhus", "Odense"), ("År", "751", "461"),
        ("Kommune", "År", "Herkomst", "Dansk", "Ikke-vestlig"), ("Kommune", "År", "Dansk"),
        ("Alder", "Dansk", "Ikke-vestlig"), ("Kommune", "År", "Dansk", "Dansk baggrund"),
        ("Nøgletal", "År", "rate", "hours"), ("Kommune", "År", "rate", "Andet"),
    ],
)  # fmt: skip
def test_other_tables_stay(tiny: Desk, columns: tuple[str, ...]) -> None:
    words = {"Navn": "x", "Kommune": "Aarhus", "Herkomst": "x", "Nøgletal": "rate", "År": "2024"}
    row = tuple(words.get(name, "5") for name in columns)
    assert name_columns(columns, [row], KnownNames.of(tiny.catalog)) is None


def test_a_recipe_that_names_a_head_keeps_the_table_unturned(tiny: Desk) -> None:
    columns, sample = ("År", "Aarhus", "Odense"), [("2024", "5", "6")]
    known = KnownNames.of(tiny.catalog)
    assert name_columns(columns, sample, known, {"År", "Område"}) is not None
    assert name_columns(columns, sample, known, {"År", "aarhus"}) is None
    assert name_columns(columns, sample, known, {"År", "Odense", "Område"}) is None


def test_heads_are_no_indicators_where_somebody_has_said_which_one_it_is(tiny: Desk) -> None:
    content = "Kommune;År;rate;hours\nAarhus;2024;51,5;5\n"
    assert len(tiny.check(content).changes) == 2
    chosen = tiny.check(content, indicator_id="persons", measure="hours")
    assert [(change.indicator_id, change.new) for change in chosen.changes] == [("persons", 5.0)]
    recipe = 'source_id = "paper"\nindicator_id = "hours"\narea = "Kommune"\nperiod = "År"\n'
    assert tiny.check(content, recipe + 'value = "hours"\n').observations == 1
    assert "several_measures" in [problem.code for problem in tiny.check(content, recipe).problems]


def test_a_recipe_of_a_turned_table_reads_it(tiny: Desk) -> None:
    """The page makes the recipe of the turned table, so its columns are what the recipe names."""
    recipe = (
        'source_id = "paper"\nindicator_id = "rate"\narea = "Område"\nperiod = "År"\n'
        'value = "INDHOLD"\n'
    )
    checked = tiny.check("År;Aarhus;Odense\n2023;51,5;41,5\n2024;52,5;42,5\n", recipe)
    assert [(area, period, value) for area, _, period, value, _ in read(checked)] == OBSERVED


GROUPED = [
    ("aarhus", "danish", 81.5), ("aarhus", "non_western", 51.5), ("odense", "danish", 80.5),
    ("odense", "non_western", 41.5),
]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "indicator_id"),
    [
        # our template: names as it knows them
        ("nøgletal;område;periode;Dansk baggrund;Ikke-vestlig baggrund\n"
         "rate;Aarhus;2024;81,5;51,5\nrate;Odense;2024;80,5;41,5\n", None),
        # any other table: as sources call them, units beside them
        ("Kommune;År;Dansk;Ikke-vestlig\nAarhus;2024;81,5;51,5\nOdense;2024;80,5;41,5\n", "rate"),
        ("Område;Periode;Dansk (pct.);Ikke-vestlig (pct.)\nAarhus;2024;81,5;51,5\n"
         "Odense;2024;80,5;41,5\n", "rate"),
    ],
)  # fmt: skip
def test_groups_as_columns_are_rows(tiny: Desk, content: str, indicator_id: str | None) -> None:
    checked = tiny.check(content, indicator_id=indicator_id)
    assert [(area, group, value) for area, group, _, value, _ in read(checked)] == GROUPED
    assert checked.publishable
    assert any("læses som grupper" in problem.message for problem in checked.problems)


def test_a_total_beside_groups_is_everybody(tiny: Desk) -> None:
    content = "Kommune;År;I alt;Dansk;Ikke-vestlig\nAarhus;2024;70,5;81,5;51,5\n"
    checked = tiny.check(content, indicator_id="rate")
    assert [(group, value) for _, group, _, value, _ in read(checked)] == [
        ("all", 70.5), ("danish", 81.5), ("non_western", 51.5),
    ]  # fmt: skip


@pytest.mark.parametrize("head", ["område;periode", "Kommune;År"])
def test_indicators_as_columns_are_rows(tiny: Desk, head: str) -> None:
    content = f"{head};rate;hours\nAarhus;2024;51,5;5\nOdense;2024;41,5;4\n"
    checked = tiny.check(content)
    assert [(change.indicator_id, change.area_id, change.new) for change in checked.changes] == [
        ("rate", "aarhus", 51.5), ("hours", "aarhus", 5.0), ("rate", "odense", 41.5),
        ("hours", "odense", 4.0),
    ]  # fmt: skip
    assert checked.publishable
    assert any("læses som nøgletal" in problem.message for problem in checked.problems)


def test_the_unit_of_all_heads_is_compared_with_the_indicators(tiny: Desk) -> None:
    content = "Kommune;År;Dansk (antal);Ikke-vestlig (antal)\nAarhus;2024;81;51\n"
    checked = tiny.check(content, indicator_id="rate")
    assert "unit_mismatch" in [problem.code for problem in checked.problems]


@pytest.mark.parametrize("written", [as_csv, workbook], ids=["csv", "xlsx"])
def test_groups_beneath_years_are_rows_too(tiny: Desk, written: Writer) -> None:
    rows: list[list[object]] = [
        ["Kommune", "2023", "2023", "2023", "2024", "2024", "2024"],
        ["", "I alt", "Dansk", "Ikke-vestlig", "I alt", "Dansk", "Ikke-vestlig"],
        ["Aarhus", 80.5, 84.5, 51.5, 81.5, 85.5, 52.5],
        ["Odense", 79.5, 83.5, 41.5, 80.5, 84.5, 42.5],
    ]
    checked = tiny.check(written(rows), indicator_id="rate")
    assert len(read(checked)) == 12
    assert read(checked)[2] == ("aarhus", "non_western", "2023", 51.5, "final")
    assert read(checked)[3] == ("aarhus", "all", "2024", 81.5, "final")
    assert checked.publishable
    recipe = (
        'source_id = "paper"\nindicator_id = "rate"\narea = "Kommune"\nperiod = "Periode"\n'
        'value = "INDHOLD"\n'
    )
    grouped = '[group]\ncolumn = "Gruppe"\n"I alt" = "all"\nDansk = "danish"\n'
    named = tiny.check(written(rows), recipe + grouped + '"Ikke-vestlig" = "non_western"\n')
    assert read(named) == read(checked)
    # a recipe of before names the measure
    kept = tiny.check(written(rows), recipe + '[keep]\n"Måling" = "Ikke-vestlig"\n')
    assert [observation[3] for observation in read(kept)] == [51.5, 52.5, 41.5, 42.5]


def test_measures_beneath_years_are_measures(tiny: Desk) -> None:
    content = "Kommune;2023;2023\n;Antal;Pct.\nAarhus;12;5,5\nOdense;13;6,5\n"
    assert "several_measures" in [problem.code for problem in tiny.check(content).problems]
    checked = tiny.check(content, indicator_id="rate")
    assert [observation[3] for observation in read(checked)] == [5.5, 6.5]


def test_heads_that_name_groups_and_indicators_alike_are_asked_about(real: Desk) -> None:
    content = "område;periode;programme_families;programme_children\nGellerup;2031K2;77;201\n"
    assert "several_measures" in [problem.code for problem in real.check(content).problems]
