"""Small files of other programs' formats, made in the tests: ODS, Parquet, XLS, XLSB."""

import io
import struct
import zlib
from collections.abc import Mapping, Sequence
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pyarrow as arrow
from pyarrow import parquet

_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for short, long in {
        "office": "office", "table": "table", "text": "text", "style": "style",
        "number": "datastyle", "draw": "drawing",
    }.items()
)  # fmt: skip
_CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'

# Styles that the cells of a test may name.
ODS_STYLES = """
<number:date-style style:name="N1"><number:month number:textual="true"/><number:text>-</number:text>
<number:year/></number:date-style>
<number:date-style style:name="N2"><number:year number:style="long"/></number:date-style>
<number:number-style style:name="N3"><number:number number:display-factor="1000"/>
</number:number-style>
<number:number-style style:name="N4P0"><number:text>&lt;5</number:text></number:number-style>
<number:number-style style:name="N4"><number:number/>
<style:map style:condition="value()&lt;5" style:apply-style-name="N4P0"/></number:number-style>
<number:percentage-style style:name="N5"><number:number number:decimal-places="1"/>
<number:text> %</number:text></number:percentage-style>
<number:number-style style:name="N6"><number:number/><number:text>%</number:text>
</number:number-style>
<style:style style:name="month" style:family="table-cell" style:data-style-name="N1"/>
<style:style style:name="year" style:family="table-cell" style:data-style-name="N2"/>
<style:style style:name="thousands" style:family="table-cell" style:data-style-name="N3"/>
<style:style style:name="few" style:family="table-cell" style:data-style-name="N4"/>
<style:style style:name="percent" style:family="table-cell" style:data-style-name="N5"/>
<style:style style:name="sign" style:family="table-cell" style:data-style-name="N6"/>
<style:style style:name="struck" style:family="table-cell">
<style:text-properties style:text-line-through-style="solid"/></style:style>
<style:style style:name="child" style:family="table-cell" style:parent-style-name="struck"/>
<style:style style:name="super" style:family="text">
<style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="sub" style:family="text">
<style:text-properties style:text-position="-33% 58%"/></style:style>
<style:style style:name="hidden" style:family="table">
<style:table-properties table:display="false"/></style:style>
"""


def ods(sheets: str, styles: str = ODS_STYLES, **parts: str) -> bytes:
    """An ODS from the XML of its `table:table` elements; further parts by name."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMES} {_CALC}>'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f"<office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>"
    )
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        kind = "application/vnd.oasis.opendocument.spreadsheet"
        archive.writestr("mimetype", kind, ZIP_STORED)
        for name, text in {"content.xml": content, **parts}.items():
            archive.writestr(name, text)
    return file.getvalue()


def with_large_part(
    archive: bytes, name: str, block: bytes, times: int, said: int | None = None
) -> bytes:
    """The archive with a part that grows to `block` so many times, or nothing but that part.

    The block is packed once and its bytes are repeated: packing half a gigabyte takes seconds. What
    the archive says of its size is `said`, where that is not the truth.
    """
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = deflate.compress(block) + deflate.flush(zlib.Z_FULL_FLUSH)
    file = io.BytesIO(archive)
    with ZipFile(file, "a") as opened:
        opened.writestr(name, packed * times + deflate.flush(), ZIP_STORED)
        entry = opened.infolist()[-1]
        entry.compress_type = ZIP_DEFLATED
        entry.file_size = len(block) * times if said is None else said
        method = entry.header_offset + 8
    content = bytearray(file.getvalue())
    content[method : method + 2] = struct.pack("<H", ZIP_DEFLATED)
    return bytes(content)


def ods_cell(value: object, style: str = "", more: str = "") -> str:
    """A cell: text, a number, or XML of our own (beginning with `<`)."""
    of_style = f' table:style-name="{style}"' if style else ""
    if isinstance(value, str) and value.startswith("<table:"):
        return value
    if isinstance(value, str):
        text = value if value.startswith("<text:p") else f"<text:p>{value}</text:p>"
        kind = 'office:value-type="string"'
    else:
        text = f"<text:p>{value}</text:p>"
        kind = f'office:value-type="float" office:value="{value}"'
    return f"<table:table-cell {kind}{of_style} {more}>{text}</table:table-cell>"


def ods_sheet(rows: Sequence[Sequence[object]], name: str = "Ark1", more: str = "") -> str:
    """A `table:table` of rows of cells."""
    lines = "".join(
        "<table:table-row>" + "".join(map(ods_cell, row)) + "</table:table-row>" for row in rows
    )
    return f'<table:table table:name="{name}" {more}>{lines}</table:table>'


def parquet_file(columns: Mapping[str, object], **options: object) -> bytes:
    """A Parquet file of these columns (lists or Arrow arrays)."""
    file = io.BytesIO()
    parquet.write_table(arrow.table(dict(columns)), file, **options)
    return file.getvalue()


# XLSB: each part is a row of records, each a kind, a length and bytes.


def record(kind: int, data: bytes = b"") -> bytes:
    """A record of an XLSB part."""
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    length, size = b"", len(data)
    while True:
        length += bytes([size & 0x7F | (0x80 if size > 0x7F else 0)])
        size >>= 7
        if not size:
            return head + length + data


def wide(text: str) -> bytes:
    """A text as XLSB writes it."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def xlsb_cell(kind: int, column: int, data: bytes, style: int = 0) -> bytes:
    """A cell's record: 2 packed, 3 error, 5 number, 6 text, 7 shared text, 62 text with runs."""
    return record(kind, struct.pack("<II", column, style) + data)


def xlsb_row(number: int, *cells: bytes, hidden: bool = False) -> bytes:
    """A row's record and its cells'."""
    options = bytes([0, 0x10 if hidden else 0, 0])
    head = struct.pack("<IIH", number, 0, 300) + b"\0" + options[1:]
    return record(0, head + struct.pack("<I", 0)) + b"".join(cells)


def xlsb(
    rows: bytes,
    columns: bytes = b"",
    formats: Sequence[str] = (),
    fonts: Sequence[tuple[bool, bool]] = ((False, False),),
    styles: Sequence[tuple[int, int]] = ((0, 0),),
    strings: Sequence[bytes] = (),
) -> bytes:
    """An XLSB of one sheet; formats are numbered from 164, styles are (format, font)."""
    book = record(131) + record(143)
    book += record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("Ark1"))
    book += record(144) + record(132)
    sheet = record(129) + record(148, struct.pack("<4I", 0, 9, 0, 9)) + columns
    sheet += record(145) + rows + record(146) + record(130)
    style = record(278)
    for number, code in enumerate(formats, start=164):
        style += record(44, struct.pack("<H", number) + wide(code))
    for raised, struck in fonts:
        style += record(43, struct.pack("<HHHH", 220, 8 * struck, 400, int(raised)) + bytes(12))
    style += record(617, struct.pack("<I", len(styles)))
    for number_format, font in styles:
        style += record(47, struct.pack("<HHHHHH", 0, number_format, font, 0, 0, 0) + bytes(4))
    style += record(618) + record(279)
    texts = record(159, struct.pack("<II", len(strings), len(strings)))
    texts += b"".join(record(19, text) for text in strings) + record(160)
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}'
        "</Relationships>"
    )
    link = '<Relationship Id="{}" Type="http://schemas.openxmlformats.org/{}" Target="{}"/>'
    office = "officeDocument/2006/relationships/"
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        package = link.format("a", f"{office}officeDocument", "xl/workbook.bin")
        archive.writestr("_rels/.rels", links.format(package))
        archive.writestr("xl/workbook.bin", book)
        archive.writestr(
            "xl/_rels/workbook.bin.rels",
            links.format(
                link.format("rId1", f"{office}worksheet", "worksheets/sheet1.bin")
                + link.format("s", f"{office}styles", "styles.bin")
                + link.format("t", f"{office}sharedStrings", "sharedStrings.bin")
            ),
        )
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
        archive.writestr("xl/styles.bin", style)
        archive.writestr("xl/sharedStrings.bin", texts)
    return file.getvalue()


def old_record(kind: int, content: bytes) -> bytes:
    """A record of an XLS."""
    return struct.pack("<HH", kind, len(content)) + content


def old_book(*records: bytes, sheet: tuple[bytes, ...] = ()) -> bytes:
    """The stream of an old workbook of one sheet, with records of the book and of the sheet."""
    begins, ends = (
        old_record(0x809, struct.pack("<HH", 0x600, kind) + bytes(12)) for kind in (5, 16)
    )
    bound = struct.pack("<IBBBB", 0, 0, 0, 4, 0) + b"Ark1"
    book = begins + b"".join(records) + old_record(0x85, bound) + old_record(0x0A, b"")
    place = struct.pack("<I", len(book))
    book = book.replace(old_record(0x85, bound), old_record(0x85, place + bound[4:]))
    return book + ends + b"".join(sheet) + old_record(0x0A, b"")
