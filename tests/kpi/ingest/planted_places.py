"""Every place of a workbook that may contain a text that is not read as a cell, by its name."""

import base64
import gzip
import io
import struct
import zlib
from collections.abc import Callable
from html import escape
from zipfile import ZipFile

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tests.kpi.ingest.made_files import ods, ods_sheet

HEAD = ("nøgletal", "område", "gruppe", "periode", "værdi")
ROW = ("rate", "aarhus", "all", "2023", 51.5)
Place = Callable[[str], bytes]


def made(change: Callable[[Workbook, Worksheet], object] = lambda book, sheet: None) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Ark1")
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ROW)
        change(book, sheet)
    return file.getvalue()


BASE = made()


def part(name: str, text: Callable[[str], str | bytes], base: bytes = BASE) -> Place:
    """A workbook with a part of its own, whose text `text` makes of the number."""

    def with_number(number: str) -> bytes:
        file = io.BytesIO(base)
        with ZipFile(file, "a") as archive:
            archive.writestr(name, text(number))
        return file.getvalue()

    return with_number


def changed(name: str, before: str, after: Callable[[str], str]) -> Place:
    """The workbook with something put into a part that it has."""

    def with_number(number: str) -> bytes:
        out = io.BytesIO()
        with ZipFile(io.BytesIO(BASE)) as old, ZipFile(out, "w") as new:
            for member in old.namelist():
                text = old.read(member)
                if member == name:
                    assert before.encode() in text
                    text = text.replace(before.encode(), after(number).encode() + before.encode())
                new.writestr(member, text)
        return out.getvalue()

    return with_number


def zipped(name: str, text: str) -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w", 8) as archive:
        archive.writestr(name, text)
    return file.getvalue()


def split(number: str) -> str:
    """A number in two runs of letters."""
    half = len(number) // 2
    return f"<r><t>{escape(number[:half])}</t></r><r><rPr/><t>{escape(number[half:])}</t></r>"


def query(text: str) -> str:
    """The queries of a workbook as Power Query keeps them: a ZIP in base64."""
    packed = zipped("Formulas/Section1.m", f'each [navn] = "{text}"')
    letters = base64.b64encode(struct.pack("<II", 0, len(packed)) + packed + bytes(4)).decode()
    return f'<DataMashup xmlns="http://schemas.microsoft.com/DataMashup">{letters}</DataMashup>'


def vector(text: str) -> str:
    """A drawing (SVG) with a text in parts."""
    parts = "".join(f"<tspan>{escape(text[at : at + 4])}</tspan>" for at in range(0, len(text), 4))
    lines = '<path d="M251248 4917"/><g transform="matrix(1 0 0 1 251248 4917)"/>'
    return f'<svg viewBox="0 0 251248 4917">{lines}<text>{parts}</text></svg>'


def macro(text: str) -> bytes:
    """The source of a macro as it is kept: a flag byte before each eight letters."""
    source = b'Attribute VB_Name = "M"\r\n\' ' + text.encode("utf-8")
    body = b"".join(b"\0" + source[at : at + 8] for at in range(0, len(source), 8))
    return b"\0\0" + b"\x01" + struct.pack("<H", 0xB000 | (len(body) - 1)) + body


def png(kind: bytes, before: bytes, *, is_packed: bool = True) -> Callable[[str], bytes]:
    """A picture with a text in it; what checks the text may begin with a digit."""

    def with_text(text: str) -> bytes:
        letters = text.encode("utf-8")
        body = before + (zlib.compress(letters) if is_packed else letters)
        return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(body)) + kind + body + b"5\xc3\x28\0"

    return with_text


def photograph(encoding: str) -> Callable[[str], bytes]:
    """A remark in a photograph (EXIF), where the picture goes on right behind it."""

    def with_remark(text: str) -> bytes:
        return b"\xff\xd8\xff\xe1Exif\0\0UNICODE\0\0" + text.encode(encoding) + b"\xff\xdb\0C"

    return with_remark


def with_chart(number: str) -> Callable[[Workbook, Worksheet], None]:
    def change(book: Workbook, sheet: Worksheet) -> None:
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=Ark1!$E$2:$E$2", "name": number})
        chart.set_x_axis({"name": number})
        sheet.insert_chart("H5", chart)

    return change


def note(number: str) -> bytes:
    cell = (
        '<table:table-cell office:value-type="string"><office:annotation>'
        f"<text:p>{escape(number)}</text:p></office:annotation><text:p>aarhus</text:p>"
        "</table:table-cell>"
    )
    return ods(ods_sheet([HEAD, (ROW[0], cell, *ROW[2:])]))


def drawing(*lines: str) -> str:
    text = "".join(f"<a:p><a:r><a:t>{escape(line)}</a:t></a:r></a:p>" for line in lines)
    return f'<d xmlns:a="a"><a:txBody>{text}</a:txBody></d>'


PLACES: dict[str, Place] = {
    "comment": lambda cpr: made(lambda _, sheet: sheet.write_comment("A2", cpr)),
    "comment's author": lambda cpr: made(
        lambda _, sheet: sheet.write_comment("A2", "x", {"author": cpr})
    ),
    "comment in runs": part("xl/comments9.xml", lambda cpr: f"<c><text>{split(cpr)}</text></c>"),
    "threaded comment": part(
        "xl/threadedComments/threadedComment1.xml",
        lambda cpr: f'<T><threadedComment id="{{1}}"><text>{escape(cpr)}</text></threadedComment></T>',  # noqa: E501
    ),
    "person": part(
        "xl/persons/person.xml", lambda cpr: f'<p><person displayName="{escape(cpr)}"/></p>'
    ),
    "text box": lambda cpr: made(lambda _, sheet: sheet.insert_textbox(5, 5, cpr)),
    "text of a drawing": part("xl/drawings/drawing9.xml", drawing),
    "alternative text": part(
        "xl/drawings/drawing8.xml", lambda cpr: f'<x><cNvPr id="2" descr="{escape(cpr)}"/></x>'
    ),
    "name of a shape": part(
        "xl/drawings/drawing7.xml", lambda cpr: f'<x><cNvPr id="2" name="{escape(cpr)}"/></x>'
    ),
    "initials": part(
        "ppt/commentAuthors.xml", lambda cpr: f'<l><author initials="{escape(cpr)}"/></l>'
    ),
    "old drawing": part(
        "xl/drawings/vmlDrawing9.vml",
        lambda cpr: f"<xml><div><font>{escape(cpr[:5])}</font><b>{escape(cpr[5:])}</b></div></xml>",
    ),
    "author": lambda cpr: made(lambda book, _: book.set_properties({"author": cpr})),
    "keywords": lambda cpr: made(lambda book, _: book.set_properties({"keywords": cpr})),
    "own property": lambda cpr: made(lambda book, _: book.set_custom_property("Sag", cpr)),
    "base of links": part(
        "docProps/app9.xml", lambda cpr: f"<P><HyperlinkBase>{escape(cpr)}</HyperlinkBase></P>"
    ),
    "header": lambda cpr: made(lambda _, sheet: sheet.set_header("&L" + cpr)),
    "footer": lambda cpr: made(lambda _, sheet: sheet.set_footer("&R" + cpr)),
    "defined name": changed(
        "xl/workbook.xml", "<calcPr",
        lambda cpr: f'<definedNames><definedName name="X">"{escape(cpr)}"</definedName></definedNames>',  # noqa: E501
    ),
    "list of a rule": lambda cpr: made(
        lambda _, sheet: sheet.data_validation("A5", {"validate": "list", "source": [cpr]})
    ),
    "help of a rule": lambda cpr: made(
        lambda _, sheet: sheet.data_validation(
            "A5", {"validate": "any", "input_title": "x", "input_message": cpr}
        )
    ),
    "condition": lambda cpr: made(
        lambda _, sheet: sheet.conditional_format(
            "A1:A2", {"type": "text", "criteria": "containing", "value": cpr}
        )
    ),
    "address of a link": part(
        "xl/worksheets/_rels/sheet9.xml.rels",
        lambda cpr: f'<R><Relationship Id="rId1" Target="mailto:{escape(cpr)}"/></R>',
    ),
    "help of a link": changed(
        "xl/worksheets/sheet1.xml", "<pageMargins",
        lambda cpr: f'<hyperlinks><hyperlink ref="A1" location="A2" tooltip="{escape(cpr)}"/></hyperlinks>',  # noqa: E501
    ),
    "formula": changed(
        "xl/worksheets/sheet1.xml", "</sheetData>",
        lambda cpr: f'<row r="9"><c r="A9" t="str"><f>"{escape(cpr)}"&amp;""</f><v>x</v></c></row>',
    ),
    "comment in the file": changed(
        "xl/worksheets/sheet1.xml", "<pageMargins",
        lambda cpr: f"<!-- {cpr.replace('--', '-')} -->",
    ),
    "text that no cell shows": changed(
        "xl/sharedStrings.xml", "</sst>", lambda cpr: f"<si><t>{escape(cpr)}</t></si>"
    ),
    "chart": lambda cpr: made(with_chart(cpr)),
    "remembered by a chart": part(
        "xl/charts/chart9.xml",
        lambda cpr: f'<c><strCache><pt idx="0"><v>{escape(cpr)}</v></pt></strCache></c>',
    ),
    "number format": changed(
        "xl/styles.xml", "<fonts",
        lambda cpr: f'<numFmts count="1"><numFmt numFmtId="200" formatCode="0&quot;{escape(cpr)}&quot;"/></numFmts>',  # noqa: E501
    ),
    "remembered by a pivot": part(
        "xl/pivotCache/pivotCacheRecords1.xml", lambda cpr: f'<p><r><s v="{escape(cpr)}"/></r></p>'
    ),
    "items of a pivot": part(
        "xl/pivotCache/pivotCacheDefinition1.xml",
        lambda cpr: f'<p><sharedItems><s v="{escape(cpr)}"/><n v="1"/></sharedItems></p>',
    ),
    "another file's numbers": part(
        "xl/externalLinks/externalLink1.xml", lambda cpr: f"<e><v>{escape(cpr)}</v></e>"
    ),
    "own XML": part("customXml/item1.xml", lambda cpr: f'<a x="{escape(cpr)}"/>'),
    "broken XML": part("customXml/item2.xml", lambda cpr: f"<a>{cpr}<b>"),
    "connection": part(
        "xl/connections.xml",
        lambda cpr: f'<c><connection id="1" name="q" description="{escape(cpr)}"/></c>',
    ),
    "macro": part("xl/vbaProject.bin", lambda cpr: macro(cpr)[2:]),
    "printer": part("xl/printerSettings/p.bin", lambda cpr: b"\0\1" + cpr.encode("utf-16-le")),
    "embedded document": part(
        "xl/embeddings/a.docx",
        lambda cpr: zipped("word/document.xml", f"<w:p><w:r><w:t>{escape(cpr[:4])}</w:t></w:r>"
                           f"<w:r><w:t>{escape(cpr[4:])}</w:t></w:r></w:p>"),
    ),
    "embedded workbook": part(
        "xl/embeddings/a.xlsx",
        lambda cpr: made(lambda _, sheet: sheet.write("A9", cpr)),
    ),
    "picture's words": part("xl/media/image9.png", png(b"zTXt", b"Comment\0\0")),
    "picture's words in all letters": part(
        "xl/media/image9.png", png(b"iTXt", b"XML:com.adobe.xmp\0\1\0da\0text\0")
    ),
    "picture's colours": part("xl/media/image9.png", png(b"iCCP", b"profil\0\0")),
    "picture's plain words": part(
        "xl/media/image9.png", png(b"tEXt", b"Comment\0", is_packed=False)
    ),
    "photograph's remark": part("xl/media/image9.jpeg", photograph("utf-16-be")),
    "photograph's other remark": part("xl/media/image9.jpeg", photograph("utf-16-le")),
    "query": part("customXml/item3.xml", query),
    "vector drawing": part("xl/media/image9.svg", vector),
    "compressed drawing": part("xl/media/image9.emz", lambda cpr: gzip.compress(cpr.encode())),
    "ods note": note,
    "ods properties": lambda cpr: ods(
        ods_sheet([HEAD, ROW]),
        **{"meta.xml": f'<m xmlns:x="x"><x:user-defined x:name="Sag">{escape(cpr)}</x:user-defined></m>'},  # noqa: E501
    ),
}  # fmt: skip
NUMBERS_A_PLACE = 5
# Digits of full width are searched for in texts, not in bytes.
IN_BYTES = (
    "printer", "macro", "query", "compressed drawing", "picture's words",
    "picture's words in all letters", "picture's colours", "picture's plain words",
    "photograph's remark", "photograph's other remark",
)  # fmt: skip
