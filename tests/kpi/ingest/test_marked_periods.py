"""Periods with something behind them, by number, or in doubt: read, or reported with the reason."""

import io

import pytest
import xlsxwriter

from kpi.ingest.table.raw import UNREADABLE
from kpi.ingest.words.heads import period_head
from kpi.ingest.words.numbered_periods import read_numbered
from kpi.ingest.words.period_hints import period_problem
from kpi.ingest.words.period_marks import unmarked_period
from kpi.ingest.words.statuses import status_of
from kpi.ingest.words.written_periods import period_of
from tests.kpi.ingest.checked import Desk, codes_of_cells, reported_of_cells
from tests.tables import for_each

RATE = "employment_rate"


@for_each(
    ("text", "period"),
    [
        ("maj 25", "2025M05"), ("maj-25", "2025M05"), ("okt. 25", "2025M10"), ("nov22", "2022M11"),
        ("May 25", None),  # English may mean a day
        ("forår 23", "2023H1"), ("5/2025", "2025M05"), ("12/2025", "2025M12"), ("1/2025", None),
        ("31.12.22", "2022M12D31"), ("31-12-22", None),
        ("ultimo november 2022", "2022M11"), ("ult. 2022", "2022"), ("2022 ultimo", "2022"),
        ("udgangen af 2. kvartal 2023", "2023K2"), ("primo 2023", None), ("medio 2023", None),
        ("1.1.2024-31.12.2024", "2024"), ("1.1.2024-31.12.2025", "2024:2025"),
        ("01-01-2024 - 31-12-2024", "2024"), ("2024-01-01 - 2024-06-30", "2024H1"),
        ("1. januar - 31. marts 2024", "2024K1"), ("1/1-31/12 2024", "2024"),
        ("1. august 2023 til 31. juli 2024", "2023/2024"), ("15.1.2024-31.12.2024", None),
        ("1.1.2024-30.2.2024", None), ("ultimo", None), ("2024 e", None),
    ],
)  # fmt: skip
def test_words_and_days(text: str, period: str | None) -> None:
    parsed = period_of(text)
    assert (parsed.text if parsed else None) == period


@for_each(
    ("texts", "column", "periods"),
    [
        (["5/2023", "6/2023"], "", ["2023M05", "2023M06"]),
        (["1/2023", "12/2023"], "", ["2023M01", "2023M12"]),  # no year has 12 quarters
        (["01/2023", "02/2023"], "", ["2023M01", "2023M02"]),
        (["1/2023", "4/2023"], "", None),  # months or quarters
        (["1/2023", "4/2023"], "Kvartal", ["2023K1", "2023K4"]),
        (["1/2023", "4/2023"], "Måned", ["2023M01", "2023M04"]),
        (["1/2023", "4/2023"], "Uge", ["2023U01", "2023U04"]),
        (["1/2023", "13/2023"], "", None),  # weeks, or a slip
        (["01/2023", "13/2023"], "Måned", None),
        (["2024/5", "2024/11"], "", ["2024M05", "2024M11"]),
        (["2024-1", "2024-4"], "", None),
        (["2024:1", "2024:4"], "", None),
        (["2024:1", "2024:4"], "Kvartal", ["2024K1", "2024K4"]),
        (["2024_5", "2024_11"], "", ["2024M05", "2024M11"]),
        (["2023/24", "2024/25"], "", []),  # school years
        (["2011/11", "2011/12"], "", ["2011M11", "2011M12"]),
        (["2022", "2023"], "", []),
        (["202401", "202402"], "Uge", ["2024U01", "2024U02"]),
        (["20241", "20244"], "Kvartal", ["2024K1", "2024K4"]),
        (["202401", "202413"], "", None),
        (["202401", "202402"], "Måned", []),  # read as a system writes it
        (["2010-11", "2011-12"], "", None),  # school years or months
        (["2011-12"], "", []),
    ],
)
def test_a_number_and_a_year(texts: list[str], column: str, periods: list[str] | None) -> None:
    period_by_text, asked = read_numbered(texts, column)
    assert [period.text for period in period_by_text.values()] == (periods or [])
    assert bool(asked) == (periods is None)


@for_each(
    ("text", "period", "mark", "status"),
    [
        ("2022 1)", "2022", "1)", ""), ("2022 (1)", "2022", "(1)", ""),
        ("2022[2]", "2022", "[2]", ""),
        ("20221)", "2022", "1)", ""), ("2022 1) 2)", "2022", "1) 2)", ""),
        ("1. kvt. 2022 a)", "1. kvt. 2022", "a)", ""),
        ("2022*", "2022", "*", "preliminary"),
        ("2022 (foreløbig)", "2022", "(foreløbig)", "preliminary"),
        ("2022, foreløbige tal", "2022", "foreløbige tal", "preliminary"),
        ("2022p", "2022", "p", "preliminary"), ("2022 (e)", "2022", "(e)", "approximate"),
        ("maj 2024 skøn", "maj 2024", "skøn", "approximate"), ("2022r", "2022", "r", "final"),
        ("2022* 1)", "2022", "* 1)", "preliminary"),
    ],
)  # fmt: skip
def test_what_follows_a_period(text: str, period: str, mark: str, status: str) -> None:
    marked = unmarked_period(text)
    assert marked is not None
    assert (marked.period, marked.mark) == (period, mark)
    assert (status_of(marked.status) if marked.status else "") == status


@for_each(
    "text",
    ["2022", "2022 mål", "2022f", "2022 (f)", "2022 (a)", "2022a", "2022 kvinder", "12 1)", "1)"],
)  # fmt: skip
def test_what_is_no_mark(text: str) -> None:
    assert unmarked_period(text) is None


@for_each(
    ("text", "words"),
    [
        ("45777", ("30. april 2025", "2025M04D30", "datoformat")),
        ("23376", ("SAS", "1. januar 2024", "2024M01D01", "datoformat")),
        ("22", ("fire cifre: 2022",)), ("'22", ("fire cifre: 2022",)),
        ("uge 12", ("2024U12",)), ("uge 10-12 2024", ("2024U10",)), ("uge 54 2024", ("2024U05",)),
        ("primo 2023", ("begyndelsen af 2023", "2023M01D01", "2022")),
        ("medio maj 2025", ("2025M05",)), ("05/24", ("to cifre", "2024M05")),
        ("marts", ("mangler sit år", "2024M03")), ("Q1", ("mangler sit år",)),
        ("2025 prognose", ("prognose", "2025")), ("B2024", ("budget",)),
        ("2025 (f)", ("fremskrivning",)), ("2401", ("år og måned i ét", "2024M01", "januar 2024")),
        ("15.1.2024-31.12.2024", ("2024M01:2024M06",)), ("31-12-22", ("to cifre",)),
        ("23/24", ("2023/2024",)), ("sommer 2023", ("2023",)),
        (UNREADABLE + "formel", ("uden resultat", "gem den")),
        ("T1 2026", ("2026M01:2026M04", "2026K1")), ("2026T3", ("2026M09:2026M12", "2026K3")),
        ("T4 2026", ("2026K1",)), ("rullende år 2025", ("rullende år", "2024M10:2025M09")),
    ],
)  # fmt: skip
def test_the_remedy_for_a_text_that_is_no_period(text: str, words: tuple[str, ...]) -> None:
    said = " ".join(period_problem(text))
    assert all(word in said for word in words), said


@for_each(
    ("head", "expected"),
    [
        ("2022 1)", ("2022", "")), ("2022*", ("2022", "*")), ("R2022", ("2022", "Regnskab")),
        ("B2024", ("2024", "Budget")), ("2024 B", ("2024", "Budget")),
        ("2024BO", ("2024", "Budget")),
        ("KB 2024", ("2024", "Budget")), ("2024 (FR)", ("2024", "Forventet regnskab")),
        ("2024R", ("2024", "R")), ("2024b", ("2024", "b")), ("primo 2023", None),
        ("ultimo 2023", ("ultimo 2023", "")),
        ("5/2023", ("5/2023", "")), ("1/2023", ("1/2023", "")), ("45777", None), ("22", None),
    ],
)  # fmt: skip
def test_heads(head: str, expected: tuple[str, str] | None) -> None:
    assert period_head(head) == expected


def _wide(first: str, second: str) -> str:
    rows = "".join(f"Beskæftigelse;{area};Alle;71,2;72,3\n" for area in ("Aarhus", "Odense"))
    return f"nøgletal;område;gruppe;{first};{second}\n{rows}"


@pytest.mark.parametrize(
    ("heads", "periods"),
    [
        (("2022 1)", "2023"), {("2022", "final"), ("2023", "final")}),
        (("2022 1)", "2023 2)"), {("2022", "final"), ("2023", "final")}),
        (("2022", "2023*"), {("2022", "final"), ("2023", "preliminary")}),
        (("2022 endelig", "2023 foreløbig"), {("2022", "final"), ("2023", "preliminary")}),
        (("2022", "2023 (revideret)"), {("2022", "final"), ("2023", "final")}),
        (("R2022", "R2023"), {("2022", "final"), ("2023", "final")}),
        (("2022", "2023 B"), {("2022", "final")}), (("2022", "KB 2023"), {("2022", "final")}),
        (("ultimo 2022", "ultimo 2023"), {("2022", "final"), ("2023", "final")}),
        (("22", "23"), set()), (("45658", "45689"), set()), (("primo 2022", "primo 2023"), set()),
    ],
)  # fmt: skip
def test_tables_with_periods_as_heads(
    real: Desk, heads: tuple[str, str], periods: set[tuple[str, str]]
) -> None:
    checked = real.check(_wide(*heads))
    assert {(change.period, change.new_status) for change in checked.changes} == periods
    assert checked.publishable == bool(periods)
    if not periods:
        (problem,) = [problem for problem in checked.problems if problem.code == "missing_column"]
        assert heads[0] in problem.message
        assert "der ikke kan læses" in problem.message
    elif ")" in heads[0]:
        assert "cell_mark" in codes_of_cells(checked)


@pytest.mark.parametrize(
    ("cell", "status", "is_reported"),
    [("2023 1)", "final", True), ("2023*", "preliminary", True),
     ("2023 (skøn)", "approximate", True), ("2023", "final", False),
     ("Ultimo 2023", "final", True)],
)  # fmt: skip
def test_cells(real: Desk, cell: str, status: str, is_reported: bool) -> None:
    checked = real.check(f"Kommune;Periode;Andel\nAarhus;{cell};74,1\n", indicator_id=RATE)
    assert [(change.period, change.new_status) for change in checked.changes] == [("2023", status)]
    marks = [of_cell[1:] for of_cell in reported_of_cells(checked) if of_cell[0] == "cell_mark"]
    assert marks == ([("warning", 2, "Periode", cell)] if is_reported else [])


def test_a_status_of_the_row_goes_before_the_one_of_its_period(real: Desk) -> None:
    head = "nøgletal;område;gruppe;periode;værdi;status\n"
    for said, status in (("cirka", "approximate"), ("endelig", "preliminary"), ("", "preliminary")):
        checked = real.check(f"{head}Beskæftigelse;Aarhus;Alle;2023*;74,1;{said}\n")
        assert [change.new_status for change in checked.changes] == [status]


def test_a_period_without_its_end_is_reported(real: Desk) -> None:
    for first, last in (("Fra", "Til"), ("Startdato", "Slutdato")):
        text = f"Kommune;{first};{last};Andel\nAarhus;01-01-2024;;71,5\n"
        (problem,) = real.check(text, indicator_id=RATE).problems
        assert problem.code == "missing_column"
        assert f"»{first}« og »{last}«" in problem.message
        assert "2024" in problem.hint


def test_days_that_excel_counts_in_the_heads_of_a_workbook(real: Desk) -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Kommune", 45658, 45689])
        sheet.write_row(1, 0, ["Aarhus", 71.5, 72.5])
    (problem,) = real.check(content.getvalue(), name="a.xlsx", indicator_id=RATE).problems
    assert "Excel" in problem.message
    assert "datoformat" in problem.hint


def test_two_years_of_schools_are_no_month(real: Desk) -> None:
    for head, first in (("Skoleår", "2010-11"), ("År", "2010-11"), ("Skoleår", "2010/11")):
        text = f"Kommune;Skoletrin;{head};Fravær\nAarhus;Mellemtrin;{first};5,9\n"
        checked = real.check(text, indicator_id="school_absence")
        assert [change.period for change in checked.changes] == ["2010/2011"]


@pytest.mark.parametrize(
    ("area", "mark"),
    [("Aarhus 1)", "1)"), ("Aarhus1)", "1)"), ("Aarhus (2)", "(2)"), ("Aarhus*", "*"),
     ("Aarhus Kommune 1) 2)", "1) 2)"),
     ("Aarhus", ""), ("Aarhus (751)", "")],
)  # fmt: skip
def test_footnotes_behind_names(real: Desk, area: str, mark: str) -> None:
    text = f"nøgletal;område;gruppe;periode;værdi\nBeskæftigelse;{area};Alle;2023;74,1\n"
    checked = real.check(text)
    assert [change.area_id for change in checked.changes] == ["aarhus"]
    reported = [problem for problem in checked.problems if problem.code == "cell_mark"]
    assert [(problem.row, problem.column, problem.value) for problem in reported] == [
        (2, "område", area)
    ] * bool(mark)
    assert all(f"»{mark}«" in problem.message for problem in reported)


def test_footnotes_behind_groups_and_indicators(real: Desk) -> None:
    text = "nøgletal;område;gruppe;periode;værdi\nBeskæftigelse 1);Aarhus;Alle*;2023;74,1\n"
    checked = real.check(text)
    assert checked.publishable
    reported = {problem.column for problem in checked.problems if problem.code == "cell_mark"}
    assert reported == {"nøgletal", "gruppe"}


@pytest.mark.parametrize(
    ("head", "mark", "status"),
    [
        ("2025P", "P", "preliminary"), ("2025 p", "p", "preliminary"),
        ("2025*", "*", "preliminary"), ("2025 (p)", "p", "preliminary"),
        ("2025E", "E", "approximate"), ("2025 (e)", "e", "approximate"),
        ("2025 (foreløbig)", "", "preliminary"), ("2025", "", "final"), ("2025 R", "", "final"),
        ("2025 F", "", None), ("2025 B", "", None), ("2025 prognose", "", None),
    ],
)  # fmt: skip
def test_a_letter_or_sign_in_a_head_is_reported_with_what_it_is_read_as(
    real: Desk, head: str, mark: str, status: str | None
) -> None:
    content = f"Kommune;2023;2024;{head}\nAarhus;74,2;74,3;74,9\nOdense;73,2;73,3;73,9\n"
    checked = real.check(content, indicator_id=RATE, constant={"group": "all"})
    marks = [each for each in checked.problems if each.code == "cell_mark"]
    assert [(each.column, f"»{mark}« efter" in each.message) for each in marks] == (
        [(head, True)] if mark else []
    )
    newest = {change.new_status for change in checked.changes if change.period == "2025"}
    assert newest == ({status} if status else set())


@pytest.mark.parametrize(
    ("head", "text", "period"),
    [
        ("ÅTD", "sep 2025", "2025M01:2025M09A"), ("Periode (ÅTD)", "2025M01", "2025M01:2025M01A"),
        ("År til dato", "2025K3", "2025M01:2025M09A"),
        ("ytd_periode", "2025H1", "2025M01:2025M06A"),
        ("ÅTD", "ÅTD maj 2025", "2025M01:2025M05A"), ("ÅTD", "2025", None),
        ("Periode", "sep 2025", "2025M09"), ("Måned", "2025M09", "2025M09"),
        ("År", "2025", "2025"), ("Måtd", "2025M09", "2025M09"),
    ],
)  # fmt: skip
def test_a_column_of_periods_that_says_they_begin_with_the_year(
    real: Desk, head: str, text: str, period: str | None
) -> None:
    columns = f'area = "Kommune"\nperiod = "{head}"\nvalue = "Andel"\n'
    recipe = f'title = "t"\nindicator_id = "{RATE}"\nsource_id = "ras200"\n{columns}'
    checked = real.check(f"Kommune;{head};Andel\nAarhus;{text};74,1\n", recipe)
    assert [change.period for change in checked.changes] == ([period] if period else [])
    assert ("unknown_period" in codes_of_cells(checked)) is (period is None)
