"""Units that a number format writes beside numbers (`kr.`, `personer`), by the check."""

import pytest
import xlsxwriter

from kpi.ingest.words.cell_units import cell_unit
from kpi.store import init
from tests.kpi.data_folder import append, write_tiny
from tests.kpi.ingest.checked import Desk, codes, read
from tests.kpi.ingest.made_files import ods, ods_cell, ods_sheet
from tests.kpi.ingest.test_cell_marks import HEADER, book
from tests.tables import for_each

INDICATORS = ("rate", "persons", "hours", "money")
ACCOUNTING = '_-* #,##0.00 "kr."_-;-* #,##0.00 "kr."_-;_-* "-"?? "kr."_-;_-@_-'
CURRENCY_STYLE = """
<number:currency-style style:name="N1"><number:number/><number:text> </number:text>
<number:currency-symbol>kr.</number:currency-symbol></number:currency-style>
<style:style style:name="kroner" style:family="table-cell" style:data-style-name="N1"/>
"""


@pytest.fixture(scope="module")
def money(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A store with an indicator of percent, one of persons, one of hours and one of kroner."""
    folder = tmp_path_factory.mktemp("money")
    data = write_tiny(folder / "data", "rate,aarhus,all,2022,50.0,,,final")
    append(
        data, "indicator.csv", "money,work,Udgift,Udgift,amount,dkk_per_year,neutral,0,0,all,Kr,"
    )
    init(folder / "home", data)
    return Desk.of(folder / "home")


def shown_as(number_format: str | int) -> bytes:
    """A row of each indicator, from row 2, with a number shown by a format."""

    def fill(made: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        style = made.add_format({"num_format": number_format})
        for row in range(len(INDICATORS)):
            sheet.write(row + 1, 3, 50, style)

    return book(fill, tuple((indicator, "aarhus", 2024, 0) for indicator in INDICATORS))


@pytest.mark.parametrize(
    ("number_format", "unit", "own"),
    [
        *((code, "kr.", {"money"}) for code in (
            '#,##0 "kr."', '"kr." #,##0', "[$kr.-406] #,##0.00", "#,##0\\ [$kr.-406]", ACCOUNTING,
            '[Red]#,##0 "kr.";[Red]-#,##0 "kr."', 44, 42, 5, 8,
        )),
        ('0 "DKK"', "DKK", {"money"}), ('0 "kr. pr. barn"', "kr. pr. barn", {"money"}),
        ("[$€-2] #,##0.00", "€", set()), ("[$$-409]#,##0", "$", set()), ("0 [$EUR]", "EUR", set()),
        ('0 "personer"', "personer", {"persons"}), ('0" stk."', "stk.", {"persons"}),
        ('0.0 "timer"', "timer", {"hours"}), ('0.0 "dage"', "dage", set()),
        ('0.0 "pct.point"', "pct.point", set()), ('0 "pr. 1.000"', "pr. 1.000", {"hours"}),
        # These show the number alone, or words that are no unit.
        *((code, "", set(INDICATORS)) for code in
          ("0", "#,##0.00", '0 "x"', '"Andel: "0.0', "General", '0 "i alt"', "@", 3, 41, 43)),
    ],
)  # fmt: skip
def test_a_unit_that_a_cell_is_shown_with_must_be_the_indicators(
    money: Desk, number_format: str | int, unit: str, own: set[str]
) -> None:
    content = shown_as(number_format)
    checked = money.check(content)
    errors = [problem for problem in checked.problems if problem.severity == "error"]
    assert {problem.code for problem in errors} <= {"unit_mismatch"}
    assert {INDICATORS[(problem.row or 0) - 2] for problem in errors} == set(INDICATORS) - own
    for problem in errors:
        assert (problem.column, problem.value) == ("værdi", f"50 {unit}")
    if errors:
        assert [row[3] for row in read(money.check(content, scale=1.0))] == [50.0] * 4


@pytest.mark.parametrize("number_format", ['0.0 "mio. kr."', '0,"kr."', "#,##0,", '0 "tusind"'])
def test_a_scale_that_a_cell_is_shown_in_is_asked_about(money: Desk, number_format: str) -> None:
    checked = money.check(shown_as(number_format))
    assert "scale" in codes(checked)
    assert not checked.publishable


def in_texts(cell: str, indicator: str) -> str:
    return f"nøgletal;område;periode;værdi\n{indicator};aarhus;2024;{cell}\n"


@pytest.mark.parametrize(
    ("cell", "value", "own"),
    [
        *((cell, 1290.0, "money") for cell in (
            "1.290 kr.", "1.290 kr", "1.290,00 kr.", "1 290 kroner", "1290 DKK", "kr. 1.290",
            "kr 1.290,00", "1.290,-", "1.290,- kr.", "DKK 1290",
        )),
        *((cell, 12.0, "persons") for cell in ("12 pers.", "12 personer", "12 børn", "12 stk")),
        ("12,5 timer", 12.5, "hours"), ("45 %", 45.0, "rate"), ("45,5 pct.", 45.5, "rate"),
    ],
)  # fmt: skip
def test_a_unit_in_a_text_is_read_and_must_be_the_indicators(
    money: Desk, cell: str, value: float, own: str
) -> None:
    decimal = "comma"  # of one cell alone nobody knows
    assert [row[3] for row in read(money.check(in_texts(cell, own), decimal=decimal))] == [value]
    for indicator in set(INDICATORS) - {own}:
        checked = money.check(in_texts(cell, indicator), decimal=decimal)
        assert not checked.publishable, indicator
        assert set(codes(checked)) & {"unit_mismatch", "not_a_number"}


@pytest.mark.parametrize("cell", [
    "1,2 mio. kr.", "290 t.kr.", "290 tkr.", "3 tusind", "3 tusind kr.", "1 mia. kr.", "12 t",
    "12 m", "290 mio", "1.290 kr. 50", "2 ud af 3 personer", "ca. 290 kr. pr. barn", "290 euro",
])  # fmt: skip
@pytest.mark.parametrize("indicator", ["money", "persons"])
def test_a_power_of_ten_in_a_text_is_no_unit(money: Desk, cell: str, indicator: str) -> None:
    assert not money.check(in_texts(cell, indicator), decimal="comma").publishable


def test_a_unit_is_no_count_and_no_label(money: Desk) -> None:
    """Kroner are no numerator, are not multiplied, and ages in a column beside are no figures."""
    head = "nøgletal;område;periode;værdi;numerator;denominator\n"
    parts = head + "rate;aarhus;2024;50;5 {0};10 {0}\n"
    assert money.check(parts.format("pers.")).publishable
    assert not money.check(parts.format("kr.")).publishable
    assert not money.check(in_texts("1290 kr.", "money"), scale=1000.0).publishable
    ages = "Kommune;Alder;År;Antal\nAarhus;16 år;2024;412\nAarhus;17 år;2024;512\n"
    proposal = money.check(ages, indicator_id="persons").proposal
    assert proposal is not None
    assert proposal.value == "Antal"


def test_rows_of_several_indicators_have_each_its_unit(money: Desk) -> None:
    def fill(made: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        kroner = made.add_format({"num_format": '#,##0 "kr."'})
        sheet.write(1, 3, 900, kroner)
        sheet.write(3, 3, 70, kroner)

    rows = (("money", "aarhus", 2024, 0), ("rate", "aarhus", 2024, 71), ("rate", "odense", 2024, 0))
    (problem,) = [
        problem for problem in money.check(book(fill, rows)).problems if problem.severity == "error"
    ]
    assert (problem.code, problem.row, problem.value) == ("unit_mismatch", 4, "70 kr.")


def test_a_wide_table_names_the_cell_under_its_period(money: Desk) -> None:
    def fill(made: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        kroner = made.add_format({"num_format": '#,##0 "kr."'})
        for row, cells in enumerate(
            (("Kommune", 2023, 2024), ("Aarhus", 70, 71), ("Odense", 1, 2))
        ):
            sheet.write_row(row, 0, (*cells, ""))
        sheet.write(1, 2, 71, kroner)

    (problem,) = [
        problem
        for problem in money.check(book(fill), indicator_id="rate").problems
        if problem.code == "unit_mismatch"
    ]
    assert (problem.row, problem.column, problem.value) == (2, "2024", "71 kr.")


def test_a_currency_style_of_opendocument(money: Desk) -> None:
    cell = ods_cell(50, "kroner").replace('"float"', '"currency" office:currency="DKK"')
    rows = [HEADER, *((indicator, "aarhus", "2024", cell) for indicator in INDICATORS)]
    problems = money.check(ods(ods_sheet(rows), CURRENCY_STYLE)).problems
    assert [problem.row for problem in problems if problem.code == "unit_mismatch"] == [2, 3, 4]


def test_a_personal_number_is_found_under_a_unit(money: Desk) -> None:
    def fill(made: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet) -> None:
        for row, person in enumerate((101901234, 1010901234, 2412981236), 1):
            sheet.write(row, 3, person, made.add_format({"num_format": '0 "kr."'}))

    rows = tuple(("money", "aarhus", year, 0) for year in (2022, 2023, 2024))
    checked = money.check(book(fill, rows))
    assert codes(checked) == ["personal_data"]


@for_each(
    ("words", "kind"),
    [("kr.", "kr."), ("kr", "kr."), ("KR", "kr."), ("tkr.", "kr."), ("mio. kr.", "kr."),
     ("krav", ""), ("skridt", ""), ("€", "fremmed valuta"), ("m²", "mål og vægt"), ("mål", ""),
     ("år", "år"), ("årsværk", ""), ("", "")],
)  # fmt: skip
def test_kinds_of_units(words: str, kind: str) -> None:
    assert cell_unit(words) == kind


@pytest.mark.parametrize(
    ("head", "own"),
    [
        ("Værdi (kr.)", {"money"}), ("Værdi (€)", set()), ("Værdi (EUR)", set()),
        ("Værdi (pct.)", {"rate"}), ("Værdi (1.000 kr.)", set()),
        ("Værdi (antal)", {"persons", "hours", "money"}), ("Værdi", set(INDICATORS)),
    ],
)  # fmt: skip
def test_the_same_units_in_heads(money: Desk, head: str, own: set[str]) -> None:
    for indicator in INDICATORS:
        rows = f"nøgletal;område;periode;{head}\n{indicator};aarhus;2024;50\n"
        assert money.check(rows).publishable == (indicator in own), indicator
