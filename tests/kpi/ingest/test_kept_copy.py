"""Of a published workbook only what was read is kept; it reads as the file did."""

import io
import re
import struct
from datetime import date
from pathlib import Path
from typing import get_args
from zipfile import ZipFile

import pyarrow as arrow
import pytest
import xlsxwriter

from kpi.domain.errors import KpiError
from kpi.ingest.containers.binary_records import part_records
from kpi.ingest.containers.compound_file import CompoundFile, compound_file
from kpi.ingest.gate.kept_copy import kept_copy
from kpi.ingest.gate.kept_old_records import kept_stream, records_of
from kpi.ingest.gate.left_out_parts import left_out_parts
from kpi.ingest.readers.cell_notes import Notes
from kpi.ingest.readers.old_workbook import OldWorkbook
from kpi.ingest.readers.parquet_file import read_parquet
from kpi.ingest.readers.workbook_process import read_sheets
from kpi.ingest.table.file_kind import FileKind, KindName
from kpi.ingest.table.raw import TYPED, UNREADABLE, Upload
from tests.kpi.ingest.made_files import ods, ods_sheet, old_book, wide, xlsb, xlsb_cell, xlsb_row
from tests.kpi.ingest.made_files import old_record as record
from tests.kpi.ingest.made_files import record as record_of_xlsb
from tests.tables import for_each

SAMPLES = sorted(
    path
    for path in Path(__file__).parents[2].rglob("*.*")
    if path.suffix in (".xlsx", ".xls", ".ods", ".xlsb")
    and path.read_bytes()[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
)
WORD = "hemmelighed"


def sheets(content: bytes, kind: str) -> list[tuple[str, bool, list[list[str] | int], Notes]]:
    """All that is read of a workbook."""
    return [
        (name, visible, list(rows.with_units()), rows.notes)
        for name, visible, rows in read_sheets(content, kind)
    ]


def crowded() -> bytes:
    """A workbook with everything that a workbook may have beside its cells."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Ark1")
        percent = book.add_format({"num_format": "0.0 %"})
        sheet.merge_range("A1:B1", "Tabel")
        sheet.write_row(1, 0, ("område", "værdi"))
        sheet.write(2, 0, "aarhus")
        sheet.write(2, 1, 0.167, percent)
        sheet.write_formula("A6", f'="{WORD}"&"x"', None, "vist")
        sheet.write_formula("B6", "=B3*2", percent, 0.334)
        sheet.write_formula("A7", f'=IF(A1="","{WORD}","")', None, "")
        sheet.write_formula("B7", "=1/0", None, "#DIV/0!")
        sheet.write_formula("C7", "=B1", None, 0)
        sheet.write_array_formula("C6:C6", f'{{=SUM({{1;2}})+LEN("{WORD}")}}', None, 5)
        sheet.conditional_format(
            "A1:A2", {"type": "text", "criteria": "containing", "value": WORD, "format": percent}
        )
        sheet.autofilter("A2:B3")
        book.define_name("X", f'={{"{WORD}",1}}')
        sheet.set_row(3, None, None, {"hidden": True})
        sheet.write_comment("A2", WORD)
        sheet.insert_textbox("D4", WORD)
        sheet.insert_image("D9", "a.png", {"image_data": io.BytesIO(PIXEL)})
        sheet.write_url("A9", f"https://{WORD}.dk")
        sheet.set_header("&L" + WORD)
        sheet.data_validation("A5", {"validate": "list", "source": [WORD]})
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Ark1!$B$3:$B$3", "name": WORD})
        sheet.insert_chart("H5", chart)
        book.set_properties({"author": WORD})
        book.set_custom_property("Sag", WORD)
        book.add_worksheet("Ark2").write(0, 0, 7)
        other = book.add_chart({"type": "bar"})
        other.add_series({"values": "=Ark1!$B$3:$B$3", "name": WORD})
        book.add_chartsheet("Figur").set_chart(other)
    with ZipFile(file, "a") as archive:
        for name in ("xl/vbaProject.bin", "xl/embeddings/a.docx", "customXml/item1.xml"):
            archive.writestr(name, WORD)
        archive.writestr("xl/pivotCache/pivotCacheRecords1.xml", f"<a>{WORD}</a>")
    return file.getvalue()


PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8ff"
    "ff3f0005fe02fea735818e0000000049454e44ae426082"
)


def test_a_workbook_is_kept_without_what_was_not_read() -> None:
    content = crowded()
    kept = kept_copy(content)
    with ZipFile(io.BytesIO(kept)) as archive:
        assert archive.testzip() is None
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert set(texts) == {
        "[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels",
        "xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/chartsheets/sheet1.xml",
        "xl/sharedStrings.xml", "xl/styles.xml",
        "xl/chartsheets/_rels/sheet1.xml.rels",
    }  # fmt: skip
    # openpyxl opens no sheet of a chart without the list of what it shows.
    assert "<Relationship " not in texts["xl/chartsheets/_rels/sheet1.xml.rels"]
    # The text of a link's own cell was read; its address was not kept.
    assert [name for name, text in texts.items() if WORD in text] == ["xl/sharedStrings.xml"]
    # Nothing points to what is left out.
    assert not re.search(r'r:id="', texts["xl/worksheets/sheet1.xml"])
    named = re.findall(r'PartName="/([^"]+)"', texts["[Content_Types].xml"])
    assert set(named) <= set(texts)
    assert sheets(kept, "xlsx") == sheets(content, "xlsx")


def test_a_spreadsheet_of_libreoffice_is_kept_without_pictures() -> None:
    rows = ods_sheet([("område", "værdi"), ("aarhus", 51.5)])
    content = ods(rows, **{"Pictures/a.png": WORD, "meta.xml": f"<m>{WORD}</m>"})
    kept = kept_copy(content)
    with ZipFile(io.BytesIO(kept)) as archive:
        assert not [name for name in archive.namelist() if WORD.encode() in archive.read(name)]
    assert sheets(kept, "ods") == sheets(content, "ods")


FORMULA_CELLS = """
<table:table-cell table:formula="of:=&quot;{word}&quot;&amp;&quot;>&quot;"
 office:value-type="string">
<text:p>vist</text:p></table:table-cell>
<table:table-cell table:formula='of:="{word}"' table:content-validation-name="v"/>
<table:table-cell office:value-type="float" office:value="5"><office:annotation><text:p>{word}
</text:p></office:annotation><text:p>5</text:p><draw:frame><draw:text-box><text:p>{word}</text:p>
</draw:text-box></draw:frame></table:table-cell>"""


def test_an_ods_is_kept_without_what_stands_beside_its_cells() -> None:
    row = f"<table:table-row>{FORMULA_CELLS.format(word=WORD)}</table:table-row>"
    sheet = ods_sheet([("område", "værdi"), ("aarhus", 51.5)]).replace(
        "</table:table>", f"{row}</table:table>"
    )
    beside = (
        f'<table:content-validations><table:content-validation table:name="v" table:condition="'
        f'of:cell-content-is-in-list(&quot;{WORD}&quot;)"/></table:content-validations>',
        f'<table:named-expressions><table:named-expression table:name="{WORD}"/>'
        "</table:named-expressions>",
    )
    content = ods(sheet.join(beside))
    kept = kept_copy(content)
    with ZipFile(io.BytesIO(kept)) as archive:
        assert not [name for name in archive.namelist() if WORD.encode() in archive.read(name)]
    assert sheets(kept, "ods") == sheets(content, "ods")
    ((_, _, rows, _),) = sheets(kept, "ods")
    assert rows == [
        ["område", "værdi"],
        ["aarhus", "\x0251.5"],
        ["vist", UNREADABLE + "formel", "\x025"],
    ]
    assert left_out_parts(content, "ods") == [
        "formler", "regler for celler", "navngivne områder", "kommentarer", "figurer og billeder",
    ]  # fmt: skip


def formulas_xlsb() -> bytes:
    """An XLSB with a formula of each kind of result, a name, a rule and a header."""
    aside = record_of_xlsb(39, wide(WORD)) + record_of_xlsb(64, wide(WORD))
    formula = b"\0\0" + struct.pack("<I", 3) + wide(WORD)
    rows = xlsb_row(
        0, xlsb_cell(8, 0, wide("vist") + formula), xlsb_cell(9, 1, struct.pack("<d", 5) + formula),
        xlsb_cell(10, 2, b"\1" + formula), xlsb_cell(11, 3, b"\x07" + formula),
        xlsb_cell(6, 4, wide("x")),
    )  # fmt: skip
    return xlsb(rows + aside)


def test_a_binary_workbook_is_kept_with_the_results_of_its_formulas() -> None:
    content = formulas_xlsb()
    kept = kept_copy(content)
    with ZipFile(io.BytesIO(kept)) as archive:
        word = WORD.encode("utf-16-le")
        assert not [name for name in archive.namelist() if word in archive.read(name)]
    assert sheets(kept, "xlsb") == sheets(content, "xlsb")
    ((_, _, rows, _),) = sheets(kept, "xlsb")
    assert isinstance(rows[0], list)
    assert rows[0][:2] == ["vist", f"{TYPED}5"]


def test_what_is_left_out_is_reported() -> None:
    assert left_out_parts(crowded(), "xlsx") == [
        "formler", "pivottabeller", "regler for celler", "navngivne områder", "kommentarer",
        "figurer og billeder", "indlejrede filer", "makroer",
    ]  # fmt: skip
    assert left_out_parts(ods(ods_sheet([("a", 1)])), "ods") == []


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_sample_reads_as_before(path: Path) -> None:
    content = path.read_bytes()
    kind = path.suffix[1:]
    kept = kept_copy(content)
    assert sheets(kept, kind) == sheets(content, kind)
    assert kept_copy(kept) == kept
    if kind == "xls":
        # What lies in no sector of the workbook is gone.
        assert kept_copy(content + WORD.encode().ljust(512, b"x")) == kept


def test_of_an_old_workbook_known_fields_alone_are_kept() -> None:
    cell, at = record(0x203, bytes(14)), struct.pack("<HHH", 0, 0, 0)
    formula = record(0x06, bytes(range(20)) + b"\x0b\0\x17\x06\x00251248" + b"rest")
    kept = record(0x06, bytes(range(16)) + bytes(4) + b"\x02\0\x1c\x2a")
    label = at + struct.pack("<HB", 4, 0) + b"vist"
    chart = record(0x809, struct.pack("<HH", 0x600, 32) + bytes(12)) + cell + record(0x0A, b"")
    sheet = (
        cell, record(0xEC, b"picture"), record(0x3C, b"more"), cell, record(0x18, b"name"),
        formula, record(0x1BE, b"list"), record(0x204, label + b"251248"), chart,
        record(0x203, bytes(14) + b"251248"), record(0x7777, b"251248"),
    )  # fmt: skip
    left = (cell, cell, kept, record(0x204, label), cell)
    format_of_half = record(0x41E, b"\xa4\0" + struct.pack("<HB", 8, 0) + b'"251248"')
    font = record(0x31, bytes(14) + b"\x06\0251248")
    of_font = record(0x31, bytes(14) + b"\x05\0Arial")
    book = old_book(record(0x5C, b"251248"), font, format_of_half, sheet=sheet)
    assert kept_stream(book) == old_book(of_font, sheet=left)
    # Nobody points to it: no sheet is read there.
    assert kept_stream(book + old_book(sheet=left)) == kept_stream(book)
    with pytest.raises(ValueError, match="begins nowhere"):
        kept_stream(old_book()[:-24])


_EMPTY, _THREE = b"\3" + bytes(5) + b"\xff\xff", struct.pack("<d", 3.0)


@for_each(
    ("results", "marks"),
    [
        ((_EMPTY, _EMPTY), 2),  # as some programs leave formulas that they do not compute
        ((_EMPTY, _THREE), 0),  # an empty text is what the formula gave
        ((bytes(8), _EMPTY), 1),  # 0 is written and may be a result
        ((), 0),
    ],
)
def test_formulas_that_nobody_computed_are_no_empty_cells(
    results: tuple[bytes, ...], marks: int
) -> None:
    cells = tuple(
        record(0x06, struct.pack("<HHH", at, 0, 0) + result + bytes(6) + b"\3\0\x1e\1\0")
        for at, result in enumerate(results)
    )
    padded = old_book(sheet=cells).ljust(8192, b"\0")
    (judge,) = OldWorkbook.of(compound_file("Workbook", padded)).sheets
    assert len(judge.marks) == marks


@pytest.mark.parametrize("half", [b"251248", "251248".encode("utf-16-le")])
def test_halves_in_any_record_of_an_old_workbook_are_not_kept(half: bytes) -> None:
    """In a record of any kind at any place, and behind the fields of those that are there."""
    content = (Path(__file__).parent / "files" / "formats.xls").read_bytes()
    stream = CompoundFile(content).stream("workbook") or b""
    read = [(kind, written) for _, kind, written in records_of(stream)]
    # Cells, how they are written, and what begins and ends: in them the half would be a field.
    fields = {0x809, 0x0A, 0x85, 0xFC, 0x3C, 0x204, 0x207, 0xD6, 0x203, 0x27E, 0xBD, 0xE5, 0x06}
    fields |= {0x208, 0x200, 0x7D, 0xFD, 0x205, 0x42, 0x22, 0x3D, 0x31, 0x41E, 0xE0, 0x293, 0x23E}
    kinds = {kind for kind, _ in read} | {*range(0x1000), *range(0x1000, 0x10000, 1_000)}
    extra = b"".join(record(kind, half) for kind in sorted(kinds - fields))
    for within in (False, True):
        changed = moved([
            (kind, written + half if within and kind not in (0x85, 0x809, 0xFC, 0xBD) else written)
            for kind, written in read
        ], extra)  # fmt: skip
        assert half in changed
        kept = kept_copy(compound_file("Workbook", changed))
        assert half not in kept
        assert sheets(kept, "xls") == sheets(content, "xls")


def moved(records: list[tuple[int, bytes]], extra: bytes) -> bytes:
    """A stream with something behind the beginning of each part; sheets point to where they are."""
    out, begins = bytearray(), list[int]()
    for kind, written in records:
        begins += [len(out)] if kind == 0x809 else []
        out += record(kind, written) + (extra if kind == 0x809 else b"")
    for number, place in enumerate(
        [place for place, kind, _ in records_of(bytes(out)) if kind == 0x85], start=1
    ):
        struct.pack_into("<I", out, place + 4, begins[number])
    return bytes(out)


def test_shared_texts_that_no_cell_shows_are_cleared() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Ark1")
        for row, text in enumerate(("x<y", "b & c", "x<y", "d", " e ")):
            sheet.write(row, 0, text)
        sheet.write_rich_string(5, 0, "f", book.add_format({"bold": True}), "g")
    content = file.getvalue()
    out = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as archive, ZipFile(out, "w") as changed:
        for name in archive.namelist():
            part = archive.read(name)
            if name == "xl/sharedStrings.xml":
                more = f"<si><t>{WORD}</t></si>".encode()
                part = part.replace(b"<si>", more + b"<si>", 1).replace(b"</sst>", more + b"</sst>")
            if name == "xl/worksheets/sheet1.xml":
                part = re.sub(
                    rb"<v>(\d+)</v>", lambda match: b"<v>%d</v>" % (int(match[1]) + 1), part
                )
            changed.writestr(name, part)
    kept = kept_copy(out.getvalue())
    assert sheets(kept, "xlsx") == sheets(content, "xlsx")
    with ZipFile(io.BytesIO(kept)) as archive:
        assert WORD.encode() not in archive.read("xl/sharedStrings.xml")
    texts = [b"\0" + wide(text) for text in (WORD, "vist", WORD)]
    old = xlsb(xlsb_row(0, xlsb_cell(7, 0, struct.pack("<I", 1))), strings=texts)
    with ZipFile(io.BytesIO(kept_copy(old))) as archive:
        assert WORD.encode("utf-16-le") not in archive.read("xl/sharedStrings.bin")
    assert sheets(kept_copy(old), "xlsb") == sheets(old, "xlsb")


def test_shared_texts_of_an_old_workbook_that_no_cell_shows_are_cleared() -> None:
    def text(letters: str, wide: bool = False) -> bytes:
        return struct.pack("<HB", len(letters), wide) + letters.encode(
            "utf-16-le" if wide else "latin-1"
        )

    half = len(WORD) // 2
    shown, cut = text("vist"), struct.pack("<HB", len(WORD), 0) + WORD[:half].encode()
    first = struct.pack("<II", 3, 4) + text(WORD, wide=True) + shown + cut
    goes_on = b"\0" + WORD[half:].encode() + text("også")
    cells = [record(0xFD, struct.pack("<HHHI", row, 0, 0, row * 2 + 1)) for row in (0, 1)]
    kept = kept_stream(old_book(record(0xFC, first), record(0x3C, goes_on), sheet=(*cells,)))
    blank = struct.pack("<HB", len(WORD), 1) + bytes(2 * len(WORD))
    first = struct.pack("<II", 3, 4) + blank + shown + cut[:3] + bytes(half)
    goes_on = b"\0" + bytes(len(WORD) - half) + text("også")
    assert kept == old_book(record(0xFC, first), record(0x3C, goes_on), sheet=(*cells,))


@pytest.mark.parametrize("content", [b"a;b\n1;2\n", b""])
def test_a_text_is_kept_as_it_is(content: bytes) -> None:
    assert kept_copy(content) == content


@pytest.mark.usefixtures("started_anew")
def test_a_parquet_file_is_kept_as_its_cells_alone() -> None:
    words = arrow.DictionaryArray.from_arrays(arrow.array([0, None, 0]), ["x", WORD])
    days = arrow.array([date(2020, 1, 1)] * 3)
    table = arrow.table({"a": words, "b": [1, 2, None], "c": [1.5, None, 2.5], "d": days})
    file = io.BytesIO()
    arrow.parquet.write_table(table.replace_schema_metadata({"note": WORD}), file)
    content = file.getvalue()
    assert WORD.encode() in content
    kept = kept_copy(content)
    assert WORD.encode() not in kept
    names, rows = read_parquet(Upload("a.parquet", content))
    kept_names, kept_rows = read_parquet(Upload("a.parquet", kept))
    assert (kept_names, kept_rows.first(9)) == (names, rows.first(9))


def test_behind_the_fields_of_a_record_of_a_binary_workbook_nothing_is_kept() -> None:
    half = "251248".encode("utf-16-le")
    content = formulas_xlsb()
    out = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as archive, ZipFile(out, "w") as changed:
        for name in archive.namelist():
            part = archive.read(name)
            if name.endswith(".bin"):
                records = list(part_records(archive, name))
                part = b"".join(record_of_xlsb(kind, written + half) for kind, written in records)
            changed.writestr(name, part)
    kept = kept_copy(out.getvalue())
    with ZipFile(io.BytesIO(kept)) as archive:
        assert [name for name in archive.namelist() if half in archive.read(name)] == []
    assert sheets(kept, "xlsb") == sheets(content, "xlsb")


@pytest.mark.parametrize("kind", sorted({*get_args(KindName)} - {"text", "parquet"}))
def test_of_a_format_without_a_way_nothing_is_kept(
    kind: KindName, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is added to the formats is refused until somebody says what may be kept of it."""
    monkeypatch.setattr("kpi.ingest.gate.kept_copy.file_kind", lambda _: FileKind(kind))
    with pytest.raises(KpiError, match="kan ikke gemmes"):
        kept_copy(b"no such file")
