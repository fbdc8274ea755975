"""What heads, and lines above a table, say that its figures count in."""

from dataclasses import replace

import pytest

from kpi.ingest.table.raw import RawTable
from kpi.ingest.words.heads import unit_above
from kpi.ingest.words.units import (
    fits_indicator,
    is_respelled,
    unit_kind,
    unit_of_column,
    unit_problems,
)
from tests.kpi.ingest.checked import Desk, codes
from tests.kpi.ingest.test_checking_refused import book
from tests.tables import for_each


@for_each(
    ("line", "unit"),
    [
        ("Enhed: pct.", "pct."), ("Alle beløb i 1.000 kr.", "1.000 kr."),
        ("Beløb er angivet i mio. kr.", "mio. kr."), ("Tal i tusinde", "tusinde"),
        ("Budget 2024 (mio. kr.)", "mio. kr."), ("(1.000 kr.)", "1.000 kr."), ("pct.", "pct."),
        ("Ledige, pct.", "pct."), ("Ledige i procent", "procent"), ("Ledige 2024", ""),
        ("Antal sager", ""), ("Kilde: 1.000 kr.", ""),
        ("Beløb angivet i kr. 1.000", "kr. 1.000"), ("i 1.000", "1.000"),
        ("Ledige, promille af arbejdsstyrken", "promille"),
        ("Ledige i promille af arbejdsstyrken", "promille"),
        ("Aarhus i tal", ""), ("Side 1.000", ""),
    ],
)  # fmt: skip
def test_unit_of_lines_above(line: str, unit: str) -> None:
    assert unit_above(["Sager i Aarhus", line]) == unit


@for_each(
    ("head", "above", "kind"),
    [
        ("1.000 kr.", "", "1.000 kr."), ("Procent", "", "procent"), ("Antal", "", ""),
        ("Antal", "pct.", "antal"), ("Tal", "pct.", "procent"),
        ("Ledige i pct. af arbejdsstyrken", "", "procent"),
        ("Sager pr. 1.000 indbyggere", "", "pr. 1.000"), ("Sager pr. 10.000", "", "pr. 1.000"),
        ("ledige (i 1000)", "", "1.000"), ("1000 ledige", "", "1.000"),
        ("ledige i tusinde", "", "1.000"), ("1000 kr.", "", "1.000 kr."),
        ("Ledige i promille af arbejdsstyrken", "", "promille"), ("Over 1000 ledige", "", ""),
        ("Indeks (2015=100)", "", "indekstal"), ("Sager", "", ""),
    ],
)  # fmt: skip
def test_unit_of_a_head(head: str, above: str, kind: str) -> None:
    table = RawTable("table_csv", ("Kommune", head), [], unit=above)
    unit = unit_of_column(table, 1)
    assert unit_kind(unit) == kind or (not kind and not unit)


@pytest.mark.parametrize(
    "start",
    [
        "Kommune;År;Sager pr. 1.000 indbyggere", "Kommune;År;Indeks (2015=100)",
        "Kommune;År;Ledige i pct. af arbejdsstyrken", "Tal i tusinde\nKommune;År;Sager",
        "Kommune;År;Procent",
    ],
)  # fmt: skip
def test_figures_of_another_unit_are_no_count(tiny: Desk, start: str) -> None:
    checked = tiny.check(f"{start}\nAarhus;2024;4\nOdense;2024;3\n", indicator_id="persons")
    assert "unit_mismatch" in codes(checked)
    assert not checked.publishable


@pytest.mark.parametrize(
    ("power", "units", "expected"),
    [
        ("0", ("", ""), []),
        ("3", ("", ""), ["unit_mismatch"]),
        ("6", ("", ""), ["unit_mismatch"]),
        ("3", ("UNIT_MEASURE;", "PS;"), ["unit_mismatch"]),
    ],
)
def test_the_power_of_ten_of_sdmx_is_no_column_to_ignore(
    tiny: Desk, power: str, units: tuple[str, str], expected: list[str]
) -> None:
    """`1.5` with `UNIT_MULT` 3 is 1,500 persons."""
    content = (
        f"REF_AREA;TIME_PERIOD;{units[0]}OBS_VALUE;UNIT_MULT\n"
        f"751;2021;{units[1]}5;{power}\n461;2021;{units[1]}4;{power}\n"
    )
    checked = tiny.check(content, indicator_id="persons")
    assert [problem.code for problem in checked.problems if problem.severity == "error"] == expected
    factor = {"3": 1000.0, "6": 1000000.0}.get(power)
    if factor:
        assert f"--scale {factor:.0f}." in checked.problems[0].hint
        answered = tiny.check(content, indicator_id="persons", scale=factor)
        assert [change.new for change in answered.changes] == [5 * factor, 4 * factor]


@for_each(
    ("before", "after", "is_same"),
    [
        ("perosner", "personer", True), ("familer", "familier", True), ("kr", "kroner", True),
        ("kroner", "kr.", True), ("Timer", "timer", True), ("sager", "personer", False),
        ("fuldtidspersonr", "fuldtidspersoner", True), ("timer", "dage", False),
        ("promille", "procent", False),
        ("kr.", "mio. kr.", False), ("pr. 1.000 børn", "pr. 10.000 børn", False),
        ("indeks 2015=100", "indeks 2020=100", False), ("km", "km2", False),
        ("personer", "fuldtidspersoner", False), ("familier", "familier med børn", False),
        ("boliger", "bolige", True), ("karakter", "karakterer", True), ("uger", "ugler", False),
    ],
)  # fmt: skip
def test_a_respelled_unit_is_the_same(before: str, after: str, is_same: bool) -> None:
    assert is_respelled(before, after) == is_same


@pytest.mark.parametrize(
    ("own", "head", "fits"),
    [
        ("sager pr. 1.000 indbyggere", "pr. 1.000", True),
        ("sager pr. 1.000 indbyggere", "pr. 1000 indbyggere", True),
        ("sager pr. tusind indbyggere", "pr. 1.000", True),
        ("sager pr. 100.000 indbyggere", "pr. 100.000", True),
        ("sager pr. 1.000 indbyggere", "pr. 100.000", False),
        ("sager pr. 10.000 indbyggere", "pr. 1.000", False),
        ("sager pr. 1.000 indbyggere", "antal", False),
        ("sager", "pr. 1.000", False),
    ],
)
def test_a_rate_is_of_one_power_of_ten(tiny: Desk, own: str, head: str, fits: bool) -> None:
    persons = replace(tiny.catalog.indicators["persons"], unit=own)
    catalog = replace(tiny.catalog, indicators={**tiny.catalog.indicators, "persons": persons})
    table = RawTable("table_csv", ("Kommune", f"Værdi ({head})"), [])
    assert (unit_problems(table, 1, ["persons"], catalog) == []) is fits


@pytest.mark.parametrize(
    ("units", "wrong"),
    [
        (("personer", "pct."), None),
        (("antal", "%"), None),
        (("pct.", "antal"), [(2, "pct."), (3, "antal")]),
        (("personer", "personer"), [(None, "personer")]),  # of the table as a whole
        (("1.000", "pct."), [(2, "1.000")]),
        (("sikker", "pct."), None),  # no unit, so no column of units
    ],
)
def test_each_rows_unit_is_that_of_its_indicator(
    tiny: Desk, units: tuple[str, str], wrong: list[tuple[int | None, str]] | None
) -> None:
    checked = tiny.check(
        "nøgletal;område;periode;værdi;enhed\n"
        f"persons;Aarhus;2023;100;{units[0]}\nrate;Aarhus;2023;50;{units[1]}\n"
    )
    reported = [
        (problem.row, problem.value)
        for problem in checked.problems
        if problem.code == "unit_mismatch"
    ]
    assert reported == (wrong or [])


@pytest.mark.every_case
@pytest.mark.parametrize(
    "own", ["kr.", "kroner", "krone; kroner", "kr. pr. indbygger", "dkk_per_year"]
)
@pytest.mark.parametrize(
    ("unit", "fits"),
    [
        ("kr.", True), ("kroner", True), ("antal", True), ("1.000 kr.", False), ("tkr", False),
        ("t.kr.", False), ("mio. kr.", False), ("mia. kr.", False), ("kr. 1.000", False),
        ("1.000", False), ("pct.", False),
    ],
)  # fmt: skip
def test_money_is_compared_in_whatever_words_it_is_the_unit(
    own: str, unit: str, fits: bool, tiny: Desk
) -> None:
    indicator = replace(tiny.catalog.indicators["persons"], kind="amount", unit=own)
    assert fits_indicator(unit, indicator) == fits


def test_an_indicator_may_be_in_millions_itself(tiny: Desk) -> None:
    indicator = replace(tiny.catalog.indicators["persons"], kind="amount", unit="mio. kr.")
    assert fits_indicator("mio. kr.", indicator)
    assert not fits_indicator("kr.", indicator)


@pytest.mark.parametrize(
    ("note", "is_asked"),
    [("tal i 1000", True), ("Tallene er i tusinde", True), ("opgjort i promille", True),
     ("opgjort i 2024", False), ("antal personer", False), ("1000 tak", False)],
)  # fmt: skip
def test_the_unit_of_a_note_is_asked_about(tiny: Desk, note: str, is_asked: bool) -> None:
    checked = tiny.check(
        "indicator_id;area_id;period;value;note\n"
        f"persons;aarhus;2021;41;{note}\npersons;odense;2021;31;{note}\n"
    )
    warnings = [problem for problem in checked.problems if problem.code == "text_words"]
    assert bool(warnings) == is_asked


@pytest.mark.parametrize(
    ("sheet", "is_refused"),
    [("i 1.000", True), ("Personer i 1000", True), ("2021", False), ("Ark1", False)],
)
def test_a_sheet_may_be_called_by_the_unit_of_its_figures(
    tiny: Desk, sheet: str, is_refused: bool
) -> None:
    content = book((sheet, [("Kommune", "År", "Personer"), ("Aarhus", 2021, 41)]))
    checked = tiny.check(content, name="a.xlsx", indicator_id="persons")
    assert ("unit_mismatch" in codes(checked)) == is_refused
