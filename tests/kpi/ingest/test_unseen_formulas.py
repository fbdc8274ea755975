"""What a workbook holds as numbers, in headers of several fonts, or as figures of a chart."""

import io
import struct
from pathlib import Path
from zipfile import ZipFile

import pytest
import xlsxwriter

from kpi.ingest.containers.compound_file import CompoundFile, compound_file
from kpi.ingest.containers.header_letters import without_letters
from kpi.ingest.gate.unseen_formulas import joins_number
from kpi.ingest.gate.unseen_texts import unseen_personal_numbers
from kpi.ingest.gate.unseen_xml import Texts
from tests.kpi.ingest.checked import Desk
from tests.kpi.ingest.made_files import ods, ods_sheet, record, wide, xlsb, xlsb_cell, xlsb_row
from tests.tables import for_each

# Made with xlwt; its record of who wrote it is long enough for others to take its place.
FORMATS_XLS = (Path(__file__).parent / "files" / "formats.xls").read_bytes()
_WRITER, _WRITER_BYTES = 0x5C, 112
WHOLE = struct.pack("<d", 2512484916.0)
AMOUNT = struct.pack("<d", 2999999999.0)
HEADERS = (
    '&L251248-&"Arial,Bold"4916', "&L251248&B-4916", "&C251248-&12 4916", "&R251248&K00FF00-4916",
    "&L251248&K01+034-4916", "&L25&U12&I48-4916",
)  # fmt: skip


def old(*records: tuple[int, bytes]) -> bytes:
    """The XLS with other records in place of the one of its writer, which they fill."""
    stream = CompoundFile(FORMATS_XLS).stream("workbook") or b""
    place = stream.find(struct.pack("<HH", _WRITER, _WRITER_BYTES))
    made = b"".join(struct.pack("<HH", kind, len(data)) + data for kind, data in records)
    left = _WRITER_BYTES - len(made)
    made += struct.pack("<HH", _WRITER, left) + bytes(left)
    return compound_file("Workbook", stream[:place] + made + stream[place + 4 + _WRITER_BYTES :])


def sheet_of_records(*records: bytes) -> bytes:
    """An XLSB whose sheet has further records behind its cells."""
    base, out = xlsb(xlsb_row(0, xlsb_cell(6, 0, wide("a")))), io.BytesIO()
    with ZipFile(io.BytesIO(base)) as before, ZipFile(out, "w") as after:
        for name in before.namelist():
            content, end = before.read(name), record(130)
            if name.endswith("sheet1.bin"):
                content = content.removesuffix(end) + b"".join(records) + end
            after.writestr(name, content)
    return out.getvalue()


@for_each("header", HEADERS)
def test_a_header_is_read_as_it_is_shown(header: str) -> None:
    xml = f"<s><sheetData/><h><oddHeader>{header.replace('&', '&amp;')}</oddHeader></h></s>"
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("A").set_header(header)
    assert unseen_personal_numbers(file.getvalue(), "xlsx")
    assert Texts(has_cells=True).has_personal_number(iter([xml.encode()]))
    of_binary = record(479, struct.pack("<H", 0) + wide(header) + b"\xff" * 20)
    assert unseen_personal_numbers(sheet_of_records(of_binary), "xlsb")
    for letters in (header.encode(), header.encode("utf-16-le")):
        assert unseen_personal_numbers(old((0x14, letters)), "xls")


@for_each("header", ["&LSide &P af &N", "&L&12Sag 24&B/012345", "&C&D &T", "B&O"])
def test_other_headers(header: str) -> None:
    assert not unseen_personal_numbers(old((0x14, header.encode())), "xls")
    assert "&12" not in without_letters(header)


@for_each("kind", [0x18, 0x1BE, 0x1B1, 0x9E, 0x221, 0x4BC, 0x5A])
def test_numbers_in_rules_and_names_of_an_old_workbook(kind: int) -> None:
    assert unseen_personal_numbers(old((kind, b"ab\x1f" + WHOLE)), "xls")
    assert not unseen_personal_numbers(old((kind, b"ab\x1f" + AMOUNT)), "xls")


def test_formulas_of_an_old_workbook() -> None:
    cell = struct.pack("<HHHdHIH", 0, 0, 0, 2.0, 0, 0, 9)
    assert unseen_personal_numbers(old((0x06, cell + b"\x1f" + WHOLE)), "xls")
    # A value is judged as a cell.
    cell = struct.pack("<HHH", 0, 0, 0) + WHOLE + struct.pack("<HIH", 0, 0, 2)
    assert not unseen_personal_numbers(old((0x06, cell + b"\x1e\1\0")), "xls")
    assert not unseen_personal_numbers(old((0x203, struct.pack("<HHH", 0, 0, 0) + WHOLE)), "xls")


def test_a_shared_text_that_goes_on_in_the_next_record() -> None:
    head = struct.pack("<II", 1, 1) + struct.pack("<HB", 11, 0) + b"2512"
    assert unseen_personal_numbers(old((0xFC, head), (0x3C, b"\0" + b"48-4916")), "xls")
    wide_rest = b"\1" + "48-4916".encode("utf-16-le")
    assert unseen_personal_numbers(old((0xFC, head), (0x3C, wide_rest)), "xls")
    assert not unseen_personal_numbers(old((0xFC, head), (0x3C, b"\0" + b"48-49ab")), "xls")


@for_each(
    ("cell", "is_found"),
    [
        (record(9, struct.pack("<IId", 0, 0, 2.0) + b"\0\0\x1f" + WHOLE), True),
        (record(8, struct.pack("<II", 0, 0) + wide("x") + b"\0\0\x1f" + WHOLE), True),
        (record(64, b"ab\x1f" + WHOLE), True),
        (record(463, b"ab\x1f" + WHOLE), True),
        (record(9, struct.pack("<II", 0, 0) + WHOLE + b"\0\0\x1e\1\0"), False),
        (xlsb_cell(5, 0, WHOLE), False),
        (record(64, b"ab\x1f" + AMOUNT), False),
    ],
)
def test_numbers_in_records_of_a_binary_workbook(cell: bytes, is_found: bool) -> None:
    assert bool(unseen_personal_numbers(sheet_of_records(cell), "xlsb")) is is_found


@for_each(
    ("xml", "is_found"),
    [
        ('<table:named-expression table:name="x" table:expression="2512484916"/>', True),
        ('<table:filter-condition table:value="2512484916" table:operator="="/>', True),
        ('<table:filter-condition table:value="1512" table:operator="="/>', False),
    ],
)
def test_names_and_filters_of_an_ods(xml: str, is_found: bool) -> None:
    content = ods(ods_sheet([("a", "b")]) + xml)
    assert bool(unseen_personal_numbers(content, "ods")) is is_found


def with_part(base: bytes, name: str, text: str | bytes) -> bytes:
    file = io.BytesIO(base)
    with ZipFile(file, "a") as archive:
        archive.writestr(name, text)
    return file.getvalue()


CHART = "<c><numCache><formatCode>0</formatCode><pt><v>{}</v></pt></numCache></c>"
PIVOT = '<p><r><n v="{}"/></r></p>'
REMEMBERED = {"xl/charts/chart9.xml": CHART, "xl/pivotCache/pivotCacheRecords1.xml": PIVOT}


@pytest.mark.parametrize("name", REMEMBERED)
def test_figures_that_a_chart_or_a_pivot_remembers_of_cells(name: str) -> None:
    """A cell of kroner is judged as a cell, and its figure in a chart is the same."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet("A").write_column(0, 0, ["Udgifter, kr.", 1512483917, 998123456])
    text = REMEMBERED[name]
    assert not unseen_personal_numbers(
        with_part(file.getvalue(), name, text.format(1512483917)), "xlsx"
    )
    # Of one that is long gone from the cells nobody knows what it is.
    assert unseen_personal_numbers(
        with_part(file.getvalue(), name, text.format(2512484916)), "xlsx"
    )
    binary = xlsb(xlsb_row(0, xlsb_cell(5, 0, WHOLE)))
    assert not unseen_personal_numbers(with_part(binary, name, text.format(2512484916)), "xlsb")


def test_what_a_chart_within_an_ods_remembers() -> None:
    text = "<c><strCache><pt><v>251248-4916</v></pt></strCache></c>"
    sheet = ods(ods_sheet([("a", 2512484916)]))
    assert unseen_personal_numbers(with_part(sheet, "Object 1/chart.xml", text), "ods")
    cell = '<table:table-cell office:value-type="float" office:value="2512484916">'
    inner = ods(f"<table:table>{cell}<text:p>2512484916</text:p></table:table-cell></table:table>")
    with ZipFile(io.BytesIO(inner)) as archive:
        remembered = archive.read("content.xml").decode()
    assert not unseen_personal_numbers(with_part(sheet, "Object 1/content.xml", remembered), "ods")
    assert unseen_personal_numbers(
        with_part(ods(ods_sheet([("a", 5)])), "Object 1/content.xml", remembered), "ods"
    )


@for_each(
    "xml",
    [
        '<table:tracked-changes><table:change-track-table-cell office:value-type="float" '
        'office:value="2512484916"/></table:tracked-changes>',
        '<table:filter-set-item table:value="2512484916"/>',
        '<table:data-pilot-field table:selected-page="2512484916"/>',
        '<table:label-range table:label-cell-range-address="2512484916"/>',
    ],
)
def test_every_attribute_of_an_ods_but_the_values_of_cells(xml: str) -> None:
    assert unseen_personal_numbers(ods(ods_sheet([("a", "b")]) + xml), "ods")
    assert not unseen_personal_numbers(ods(ods_sheet([("a", 2512484916)])), "ods")


CELLS = {
    "xlsx": ("xl/worksheets/sheet2.xml", b'<c r="A9"><v>2512484916</v></c>'),
    "text": (
        "xl/worksheets/sheet2.xml", b'<c r="A9" t="inlineStr"><is><t>251248-4916</t></is></c>'),
    "cell in a cell": (
        "xl/worksheets/sheet1.xml",
        b'<c r="A9" t="inlineStr"><is><t>a</t><c r="B9"><v>2512484916</v></c></is></c>',
    ),
}  # fmt: skip


@for_each("kind", CELLS)
def test_cells_that_nobody_reads(kind: str) -> None:
    """Such as those of a sheet that the workbook does not name."""
    name, cell = CELLS[kind]
    file, out = io.BytesIO(), io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        for sheet in ("A", "B"):
            book.add_worksheet(sheet).write(0, 0, "x")
    with ZipFile(file) as before, ZipFile(out, "w") as after:
        for member in before.namelist():
            content = before.read(member)
            if member == name:
                row = b'<row r="9">' + cell + b"</row></sheetData>"
                content = content.replace(b"</sheetData>", row)
            if member == "xl/workbook.xml":
                start = content.find(b'<sheet name="B"')
                content = content[:start] + content[content.find(b"/>", start) + 2 :]
            after.writestr(member, content)
    assert unseen_personal_numbers(out.getvalue(), "xlsx")


def test_a_binary_sheet_that_nobody_reads() -> None:
    sheet = record(145) + xlsb_row(0, xlsb_cell(5, 0, WHOLE)) + record(146)
    content = with_part(xlsb(xlsb_row(0)), "xl/worksheets/sheet9.bin", sheet)
    named = xlsb(xlsb_row(0, xlsb_cell(5, 0, WHOLE)))
    assert not unseen_personal_numbers(named, "xlsb")
    assert unseen_personal_numbers(content, "xlsb")


ACCOUNT = "1551 2512484916"


def of_shared_text(kind: str, text: str) -> bytes:
    """A workbook with a shared text, and with a cell that shows it where its reader finds one."""
    if kind == "xlsx":
        file = io.BytesIO()
        with xlsxwriter.Workbook(file) as book:
            book.add_worksheet("A").write_column(0, 0, ["Konto", text])
        return file.getvalue()
    if kind == "xlsb":
        cell = xlsb_cell(7, 0, struct.pack("<I", 0))
        return xlsb(xlsb_row(0, cell), strings=[b"\0" + wide(text)])
    return old((0xFC, struct.pack("<IIHB", 1, 1, len(text), 0) + text.encode()))


@for_each("kind", ["xlsx", "xlsb", "xls"])
def test_a_shared_text_is_judged_where_a_cell_shows_it(kind: str) -> None:
    content = of_shared_text(kind, ACCOUNT)
    assert unseen_personal_numbers(content, kind)
    assert not unseen_personal_numbers(content, kind, lambda: ["Konto", ACCOUNT])
    assert unseen_personal_numbers(content, kind, lambda: ["Konto", "1551 2512484926"])


@pytest.mark.parametrize("name", ["Kontonr", "P-nr", "Udgift"])
def test_texts_of_a_workbook_are_judged_by_their_columns(tiny: Desk, name: str) -> None:
    made = {
        "Kontonr": [f"{1551 + n} {7_000_000_019 + n * 99_999_989:010}" for n in range(40)],
        "P-nr": [f"{1_003_000_000 + n * 1_234_567}" for n in range(40)],
        "Udgift": [f"{1_000_000_000 + n * 104_729_561}" for n in range(20)],
    }
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("A")
        sheet.write_column(0, 0, [name, *made[name]])
        sheet.write_column(0, 1, ["Antal", *range(len(made[name]))])
    codes = {problem.code for problem in tiny.check(file.getvalue(), name="a.xlsx").problems}
    assert "personal_data" not in codes


def text_token(text: str, width: int) -> bytes:
    """A text in the formula of an old workbook (one byte a letter) or an XLSB (two)."""
    return b"\x17" + struct.pack("<H", len(text)) + text.encode(("latin-1", "utf-16-le")[width - 1])


def whole_token(value: int) -> bytes:
    return b"\x1e" + struct.pack("<H", value)


def number_token(value: float) -> bytes:
    return b"\x1f" + struct.pack("<d", value)


JOIN, ADD, REFERENCE = b"\x08", b"\x03", b"\x44\0\0\1\0"


@pytest.mark.parametrize("width", [1, 2])
def test_a_binary_formula_that_joins_a_number(width: int) -> None:
    six, dash, four = (text_token(text, width) for text in ("251248", "-", "4917"))
    for formula in (
        six + dash + JOIN + four + JOIN,
        six + four + JOIN,
        six + text_token("-4917", width) + JOIN,
        six + dash + four + b"\x42\3\x50\1",  # CONCATENATE
        number_token(251248) + dash + JOIN + whole_token(4917) + JOIN,
    ):
        assert joins_number(REFERENCE + formula + b"\x19\x08\3\0")


@pytest.mark.parametrize("width", [1, 2])
def test_a_binary_formula_of_other_constants(width: int) -> None:
    six, four = (text_token(text, width) for text in ("120345", "4567"))
    for formula in (
        number_token(251248) + whole_token(4917) + ADD,
        six + b"\x0b" + four + b"\x19\x08\3\0",
        text_token("2023", width) + text_token("2024", width) + JOIN,
        REFERENCE + text_token("-", width) + JOIN + four + JOIN,
    ):
        assert not joins_number(REFERENCE + formula)
