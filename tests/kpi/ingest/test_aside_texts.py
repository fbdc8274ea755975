"""What a workbook says beside its cells is compared with its figures: pages, boxes, comments."""

import io

import pytest
import xlsxwriter

from tests.kpi.ingest.checked import Desk
from tests.kpi.ingest.made_files import ods, ods_sheet

ROWS: list[list[object]] = [["Kommune", "År", "Andel"], ["Aarhus", 2023, 74.1]]
TEXT = "Kun kvinder"
BOX = f"<draw:frame><draw:text-box><text:p>{TEXT}</text:p></draw:text-box></draw:frame>"
NOTE = (
    "<office:annotation xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:creator>budget</dc:creator><dc:date>2026</dc:date>"
    f"<text:p>{TEXT}</text:p></office:annotation>"
)
STYLES = (
    "<office:document-styles xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' "
    "xmlns:style='urn:oasis:names:tc:opendocument:xmlns:style:1.0' "
    "xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'>{}</office:document-styles>"
)


def _reported(desk: Desk, content: bytes, name: str) -> list[str]:
    checked = desk.check(content, name=name, indicator_id="employment_rate")
    return [problem.value or "" for problem in checked.problems if problem.code == "text_words"]


def _xlsx(header: str, footer: str) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Ark1")
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
        sheet.set_header(header)
        sheet.set_footer(footer)
    return file.getvalue()


@pytest.mark.parametrize(
    ("header", "footer", "reported"),
    [
        ('&L&"Arial,Bold"&12Kun kvinder&CSide &P', "", ["Kun kvinder Side"]),
        ("", "&RPrognose && skøn", ["Prognose & skøn"]),
        ("&LAarhus Kommune&C&A&R&D", "&F", []),
    ],
)
def test_pages_of_an_xlsx(real: Desk, header: str, footer: str, reported: list[str]) -> None:
    assert _reported(real, _xlsx(header, footer), "tal.xlsx") == reported


@pytest.mark.parametrize("within", [BOX, NOTE])
def test_boxes_and_comments_of_an_ods(real: Desk, within: str) -> None:
    cell = f'<table:table-cell office:value-type="string">{within}<text:p>Aarhus</text:p>'
    rows = [ROWS[0], [cell + "</table:table-cell>", *ROWS[1][1:]]]
    assert _reported(real, ods(ods_sheet(rows)), "tal.ods") == [TEXT]


@pytest.mark.parametrize("part", ["header", "footer"])
def test_pages_of_an_ods(real: Desk, part: str) -> None:
    styles = STYLES.format(f"<style:{part}><text:p>{TEXT}</text:p></style:{part}>")
    content = ods(ods_sheet(ROWS), **{"styles.xml": styles})
    assert _reported(real, content, "tal.ods") == [TEXT]


def test_an_ods_that_says_nothing_more(real: Desk) -> None:
    assert _reported(real, ods(ods_sheet(ROWS)), "tal.ods") == []


@pytest.mark.parametrize(
    ("name", "rows", "reported"),
    [
        ("Noter", [["Noter"], [TEXT]], [TEXT]),
        ("Bemærkninger", [["1)", "Tallene skal tjekkes"]], ["1) Tallene skal tjekkes"]),
        ("Noter", [["Kilde: Danmarks Statistik"], ["Opdateret hvert år i juni"]], []),
        ("Noter", [["Her forklares prognoser. " * 12]], []),  # explains, and says nothing of these
        ("Forklaring af begreber", [["Prognose"]], []),
    ],
)
def test_a_sheet_of_notes(
    real: Desk, name: str, rows: list[list[str]], reported: list[str]
) -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        for title, cells in (("Tal", ROWS), (name, rows)):
            sheet = book.add_worksheet(title)
            for number, row in enumerate(cells):
                sheet.write_row(number, 0, row)
    assert _reported(real, file.getvalue(), "tal.xlsx") == reported
