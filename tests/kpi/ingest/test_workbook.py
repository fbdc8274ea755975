"""Reading XLSX: what becomes of each kind of cell, and files that mean harm or are broken."""

import io
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter

from kpi.ingest.containers.sandbox import FaultyProgramError
from kpi.ingest.readers import workbook
from kpi.ingest.readers.number_formats import is_percent
from kpi.ingest.readers.workbook import check_archive, read_workbook
from kpi.ingest.readers.workbook_process import cell_text, read_sheets
from kpi.ingest.table.raw import RefusedError, Upload
from tests.kpi.ingest.made_files import with_large_part
from tests.tables import for_each

SAMPLES = Path("tests/samples")
RAS200 = SAMPLES / "dst_xlsx_RAS200_en_employment_by_municipality.xlsx"
BM010 = SAMPLES / "dst_xlsx_BM010_da_quarters_dotdot_footnote.xlsx"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

Read = list[tuple[str, bool, list[tuple[str, ...]]]]


def by_hand(cells: str, head: str = "", calculation: str = "", after: str = "") -> bytes:
    """A workbook with one sheet from its XML; style 1 is a percent format."""
    parts = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" '
        f'Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>'
        f'<sheet name="A" sheetId="1" r:id="rId7"/></sheets>{calculation}</workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId7" '
        f'Type="{LINKS}/worksheet" Target="/xl/worksheets/other.xml"/>'
        f'<Relationship Id="a" Type="{LINKS}/styles" Target="styles.xml"/></Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellStyleXfs><xf numFmtId="9"/>'
        '</cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="10"/></cellXfs></styleSheet>',
        "xl/worksheets/other.xml": f'{head}<worksheet xmlns="{MAIN}"><sheetData>{cells}'
        f"</sheetData>{after}</worksheet>",
    }
    return zipped(parts)


def zipped(parts: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return file.getvalue()


def written(fill: Callable[[xlsxwriter.Workbook], object]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        fill(book)
    return file.getvalue()


def in_process(content: bytes) -> Read:
    """The same reading without the child: quick enough for many files."""
    check_archive(content)
    return [
        (name, visible, [tuple(cells) for cells in rows])
        for name, visible, rows in read_sheets(content)
    ]


def rows_of(content: bytes) -> list[tuple[str, ...]]:
    return in_process(content)[0][2]


@for_each(
    ("value", "text"),
    [
        ("", ""),
        (" 12,5 % ", " 12,5 % "),
        ("a\x02b\x03\x04", "ab"),  # no file can pass text off as a typed number
        (5820.0, "\x025820"),
        (0.1, "\x020.1"),
        (-0.0, "\x020"),
        (1e20, "\x02100000000000000000000"),
        (1e-7, "\x020.0000001"),
        (70.2512484916, "\x0270.2512484916"),
        (float("inf"), "\x03inf"),
        (True, "\x03SAND"),
        (False, "\x03FALSK"),
        (date(2024, 5, 31), "2024M05D31"),
        (datetime(2024, 5, 31), "2024M05D31"),  # noqa: DTZ001 - a cell knows no time zone
        (datetime(2024, 5, 31, 12, 30), "2024-05-31T12:30:00"),  # noqa: DTZ001
        (time(12, 30), "12:30:00"),
        (timedelta(hours=25, minutes=30), "25.50 timer"),
    ],
)
def test_cell_text(value: str | float | bool | date | time | timedelta, text: str) -> None:
    assert cell_text(value) == text


@for_each(
    ("number_format", "percent"),
    [
        ("0%", True),
        ("0.0 %;[Red]-0.0 %", True),
        ('0.0"%"', False),  # written after the number, which is 16.7 already
        (r"0.0\%", False),
        ("0.0_%", False),  # a space as wide as a percent sign
        ("General", False),
    ],
)
def test_is_percent(number_format: str, percent: bool) -> None:
    assert is_percent(number_format) is percent


@for_each(
    ("number_format", "value", "text"),
    [
        ("0.0%", 0.167, "\x0216.7"),
        ("0%", 0.07, "\x027"),  # 0.07 * 100 is 7.000000000000001 in binary
        ("0.00 %", 1, "\x02100"),
        ('0.0"%"', 16.7, "\x0216.7"),
        ("#,##0.00", 1234.5, "\x021234.5"),
        ("0%", "16,7 %", "16,7 %"),
        ("yyyy-mm-dd", datetime(2024, 5, 31), "2024M05D31"),  # noqa: DTZ001
    ],
)
def test_number_formats(number_format: str, value: object, text: str) -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet().write("C3", value, book.add_format({"num_format": number_format}))

    assert rows_of(written(fill)) == [(), (), ("", "", text)]


@for_each(
    ("cell", "text"),
    [
        ('<c r="B1" s="1"><v>0.167</v></c>', "\x0216.7"),
        ('<c r="B1" s="1"><f>A1</f><v>0.5</v></c>', "\x0250"),
        ('<c r="B1"><f>A1+1</f><v>3</v></c>', "\x023"),
        ('<c r="B1"><f>A1+1</f></c>', "\x03formel"),
        ('<c r="B1"><f>A1+1</f><v></v></c>', "\x03formel"),
        ('<c r="B1"><f>A1+1</f><v/></c>', "\x03formel"),
        ('<c r="B1" t="str"><f>""</f><v></v></c><c r="C1"><v>1</v></c>', ""),
        ('<c r="B1" t="e"><v>#DIV/0!</v></c>', "\x03#DIV/0!"),
        ('<c r="B1" t="e"><f>NA()</f><v>#N/A</v></c>', "\x03#N/A"),
        ('<c r="B1" t="b"><v>1</v></c>', "\x03SAND"),
        ('<c r="B1" t="inlineStr"><is><t>Århus</t></is></c>', "Århus"),
        ('<c t="e"><v>#REF!</v></c>', "\x03#REF!"),  # a cell without an address follows the last
        ('<c r="B1"><v>084</v></c>', "\x0284"),
    ],
)
def test_cells_by_hand(cell: str, text: str) -> None:
    content = by_hand(f'<row r="1"><c r="A1"><v>2</v></c>{cell}</row>')
    assert rows_of(content)[0][:2] == ("\x022", text)


def test_only_formulas_without_results() -> None:
    content = by_hand('<row r="3"><c r="B3"><f>1</f></c></row>')
    assert rows_of(content) == [(), (), ("", "\x03formel")]


@pytest.mark.parametrize(
    ("calculation", "text"),
    [("", "\x020"), ('<calcPr fullCalcOnLoad="1"/>', "\x03formel")],
)
def test_zero_of_a_program_that_did_not_compute(calculation: str, text: str) -> None:
    content = by_hand('<row r="1"><c r="A1"><f>B1</f><v>0</v></c></row>', calculation=calculation)
    assert rows_of(content) == [(text,)]


def test_sheets_margins_and_merged_cells() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        shown = book.add_worksheet("Tal & <mere>")
        shown.merge_range("B2:D2", "Titel")
        shown.merge_range("B4:B5", "Aarhus")
        shown.write("C4", 1)
        shown.write("D5", 2)
        book.add_worksheet("Skjult").hide()
        book.get_worksheet_by_name("Skjult").write("A1", "x")
        book.add_worksheet("Tom")

    assert [(s.name, s.visible, s.rows) for s in read_workbook(Upload("a", written(fill)))] == [
        (
            "Tal & <mere>",
            True,
            [
                (),
                ("", "Titel", "Titel", "Titel"),
                (),
                ("", "Aarhus", "\x021"),
                ("", "Aarhus", "", "\x022"),
            ],
        ),
        ("Skjult", False, [("x",)]),
        ("Tom", True, []),
    ]


def test_samples() -> None:
    (ras200,) = read_workbook(Upload("a.xlsx", RAS200.read_bytes()))
    assert (ras200.name, len(ras200.rows)) == ("RAS200", 119)
    assert ras200.rows[3][4:7] == ("All Denmark", "\x0276", "\x0272.8")
    (bm010,) = read_workbook(Upload("a.csv", BM010.read_bytes()))
    assert sum(row.count("..") for row in bm010.rows) == 3061


def bomb() -> bytes:
    book = zipped({"xl/workbook.xml": "<a/>"})
    return with_large_part(book, "xl/worksheets/sheet1.xml", b"0" * 1_000_000, 60)


def lying_bomb() -> bytes:
    """A part that grows to 600 MB while the archive says 100 bytes."""
    book = zipped({"xl/workbook.xml": "<a/>"})
    return with_large_part(book, "xl/big.xml", b"<a>" + b" " * 1_000_000, 600, said=100)


def encrypted() -> bytes:
    content = bytearray(zipped({"xl/workbook.xml": "<a/>"}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


ENTITY = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
SPARSE = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="{}"><v>1</v></c></row>'
REPEATED = '<mergeCells><mergeCell ref="A1:C9"/><mergeCell ref="A1:C9"/></mergeCells>'
CELLS = '<row r="1"><c r="A1"><v>1</v></c></row><row r="9"><c r="C9"><v>1</v></c></row>'
WIDE = (
    f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"x" * 30_000}</t></is></c></row>'
    '<row r="9000"><c r="CV9000"><v>1</v></c></row>'
)
LONG = '<row r="4"><c r="A4" t="inlineStr"><is><t>{}</t></is></c></row>'


@for_each(
    ("content", "code", "says"),
    [
        (b"", "not_a_table", "beskadiget"),
        (b"PK\x03\x04" + b"\0" * 300, "not_a_table", "beskadiget"),
        (RAS200.read_bytes()[:9000], "not_a_table", "beskadiget"),
        (zipped({"word/document.xml": "<a/>"}), "not_a_table", "ikke en Excel-projektmappe"),
        (zipped({"xl/workbook.xml": "<a/>"}), "not_a_table", "beskadiget"),
        (zipped({"xl/workbook.xml": "intet"}), "not_a_table", "beskadiget"),
        (encrypted(), "not_a_table", "krypteret"),
        (bomb(), "too_large", "pakkes ud"),
        (lying_bomb(), "too_large", "500 MB"),
        (by_hand("", head=ENTITY), "not_a_table", "DOCTYPE"),
        (by_hand("", head=f"<!--{' ' * 9000}-->{ENTITY}"), "not_a_table", "DOCTYPE"),
        (by_hand(CELLS, after=REPEATED), "not_a_table", "beskadiget"),
        (
            by_hand(WIDE, after='<mergeCells><mergeCell ref="A1:CV9000"/></mergeCells>'),
            "too_large",
            "mere tekst",
        ),
        (by_hand(SPARSE.format("AC1048576")), "too_large", "langt ude"),
        (by_hand(LONG.format("x" * 40_000)), "too_large", "32.767 tegn"),
    ],
)
def test_refused(content: bytes, code: str, says: str) -> None:
    with pytest.raises(RefusedError, match=says) as caught:
        in_process(content)
    assert caught.value.problem.code == code


@pytest.mark.usefixtures("started_anew")
@pytest.mark.parametrize(
    ("content", "code", "row"),
    [
        (by_hand(SPARSE.format("XFD1048576")), "too_large", None),  # past the child's memory
        (by_hand(LONG.format("x" * 40_000)), "too_large", 4),
        pytest.param(
            zipped({"xl/workbook.xml": "<a/>"}), "not_a_table", None, marks=pytest.mark.soak
        ),
        pytest.param(by_hand("", head=ENTITY), "not_a_table", None, marks=pytest.mark.soak),
    ],
)
def test_refused_by_the_child(content: bytes, code: str, row: int | None) -> None:
    with pytest.raises(RefusedError) as caught:
        read_workbook(Upload("a.xlsx", content))
    assert (caught.value.problem.code, caught.value.problem.row) == (code, row)


@pytest.mark.usefixtures("started_anew")
def test_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "TIMEOUT_SECONDS", 0.0)
    with pytest.raises(RefusedError, match=r"for lang tid|mere hukommelse"):
        read_workbook(Upload("a.xlsx", RAS200.read_bytes()))


@pytest.mark.usefixtures("started_anew")
def test_a_fault_of_the_program_is_not_called_a_damaged_file() -> None:
    unknown_kind: Any = "no kind"
    with pytest.raises(FaultyProgramError, match=r"(?s)Traceback.*KeyError: 'no kind'"):
        read_workbook(Upload("a.xlsx", RAS200.read_bytes()), unknown_kind)


@pytest.mark.usefixtures("started_anew")
def test_the_log_shows_why_a_workbook_is_called_damaged(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(RefusedError, match="beskadiget"):
        read_workbook(Upload("a.xlsx", zipped({"xl/workbook.xml": "intet"})))
    assert "workbook_process" in caplog.text
    assert "Traceback" in caplog.text
