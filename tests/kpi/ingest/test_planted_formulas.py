"""Planted numbers in formulas: what they join is found, cells and sums are no numbers."""

from html import escape

from kpi.ingest.gate.unseen_texts import unseen_personal_numbers
from tests.kpi.ingest.made_files import ods, ods_sheet
from tests.kpi.ingest.planted_places import HEAD, ROW, changed
from tests.tables import for_each


@for_each(
    ("formula", "is_number"),
    [("251248-4916", False), ("SUM(A1)+251248-4916", False), ('"251248"&amp;"-4916"', True),
     ('"251248-4916"', True), ("010190-1234", True), ("2512484916+1", True)],
)  # fmt: skip
def test_what_a_formula_takes_from_another_number(formula: str, is_number: bool) -> None:
    place = changed(
        "xl/worksheets/sheet1.xml", "</sheetData>",
        lambda text: f'<row r="9"><c r="A9"><f>{text}</f><v>1</v></c></row>',
    )  # fmt: skip
    assert bool(unseen_personal_numbers(place(formula), "xlsx")) is is_number


def in_a_cell(formula: str) -> bytes:
    place = changed(
        "xl/worksheets/sheet1.xml", "</sheetData>",
        lambda text: f'<row r="9"><c r="A9" t="str"><f>{escape(text)}</f><v>x</v></c></row>',
    )  # fmt: skip
    return place(formula)


@for_each("number", ["251248-4917", "070761-2062"])
@for_each(
    "formula",
    ['IF(A1="","{0}"&"-"&"{1}","x")', 'IF(A1="","{0}"&"{1}","x")', 'IF(A1="","{0}"&CHAR(45)&"{1}")',
     'CONCATENATE("{0}","-","{1}")', 'A1&"{0}"&"-"&"{1}"', '$B$2&CONCATENATE(A1,"{0}-","{1}")',
     'IF(A1="",CONCATENATE("{0}","-","{1}"),"x")', 'IF(A1,_xlfn.TEXTJOIN("-",TRUE,"{0}","{1}"))'],
)  # fmt: skip
def test_a_formula_that_joins_a_number(formula: str, number: str) -> None:
    parts = number.split("-")
    assert unseen_personal_numbers(in_a_cell(formula.format(*parts)), "xlsx")
    quoted = escape("of:=" + formula.format(*parts).replace(",", ";"))
    cell = f'<table:table-cell table:formula="{quoted}" office:value-type="string"/>'
    assert unseen_personal_numbers(ods(ods_sheet([HEAD, (cell, *ROW[1:])])), "ods")


@for_each(
    "formula",
    ['A1&"-"&B1', 'IF(A1="120345","4567","5678")', '"2023"&"-"&"2024"', "IF(A1=120345,4567,0)",
     "SUM(B2:B120345)/4567", "B4917*251248", 'A120345&"-"&B4567', 'CONCATENATE(A120345,"4567")',
     'COUNTIFS(A:A,">120345",B:B,"<4567")', 'VLOOKUP("120345",A:B,2)&"4567"', "251248-4917"],
)  # fmt: skip
def test_a_formula_of_other_texts(formula: str) -> None:
    assert not unseen_personal_numbers(in_a_cell(formula), "xlsx")
