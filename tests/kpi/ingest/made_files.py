"""Small files of other programs' formats, made in the tests: ODS, Parquet."""

import io
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
