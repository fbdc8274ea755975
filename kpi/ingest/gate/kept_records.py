"""What is kept of the records of a binary workbook (XLSB): cells and how they are written.

Of each record that is known its known fields are kept, of others nothing. A formula's result
becomes a plain cell; names, rules, filters, headers and pivot tables are left out.
"""

import struct
from collections.abc import Iterator
from zipfile import ZipFile

from kpi.ingest.containers.binary_records import part_records, text_in
from kpi.ingest.gate.known_forms import is_plain_name

# The records ([MS-XLSB] 2.3.2, 2.4) that are kept, and the bytes of their fields.
# A sheet's cells and columns, and what is merged of them.
_OF_SHEET = {
    1: 8, 2: 12, 3: 9, 4: 9, 5: 16, 7: 12, 60: 18, 129: 0, 130: 0, 145: 0, 146: 0, 148: 16,
    176: 16, 177: 4, 178: 0, 390: 0, 391: 0, 485: 12,
}  # fmt: skip
_OF_OTHER_SHEET = {129: 0, 130: 0}
# The book: its properties, windows and sheets, and how it is computed.
_OF_BOOK = {131: 0, 132: 0, 135: 0, 136: 0, 158: 29, 143: 0, 144: 0, 157: 26}
# The styles of cells: their formats, fonts, fills, borders and what is made of them.
_OF_STYLES = {
    278: 0, 279: 0, 615: 4, 616: 0, 611: 4, 612: 0, 603: 4, 604: 0, 613: 4, 614: 0, 626: 4, 627: 0,
    617: 4, 618: 0,
}  # fmt: skip
_ROW, _PLAIN_TEXT, _RICH, _SHEET, _PROPERTIES = 0, 6, 62, 156, 153
_FORMAT, _FONT, _FILL, _BORDER, _XF = 44, 43, 45, 46, 47
# A formula's result as text, number, truth or fault, and the cell of the same without a formula.
_RESULTS = {8: 6, 9: 5, 10: 4, 11: 3}
_BEFORE_TEXT, _BEFORE_SPANS, _BEFORE_NAMES = 8, 13, 8
# Colours and lines are not read: every fill and border is none.
_NO_FILL, _NO_BORDER = bytes(68), bytes(51)
_FONT_FIELDS, _BEFORE_FONT_NAME = 11, 21
_FONT_NAME = struct.pack("<I", 7) + "Calibri".encode("utf-16-le")
_XF_FIELDS, _XF_SIZE = 10, 16
_HAS_RUNS, _SIZE_OF_RUN = 0x1, 4


def kept_binary_part(archive: ZipFile, name: str) -> Iterator[bytes]:
    """The records of a part of an XLSB that are kept; of parts that nobody reads none."""
    plain = name.replace("\\", "/").casefold()
    if "worksheets/" in plain:
        kept = _of_sheet
    elif "sheets/" in plain:
        kept = _of_other_sheet
    elif plain.startswith("xl/workbook"):
        kept = _of_book
    elif plain.endswith("styles.bin"):
        kept = _of_styles
    else:
        return
    for kind, record in part_records(archive, name):
        fields = kept(kind, record)
        if fields is not None:
            yield written(*fields)


def _known(sizes: dict[int, int], kind: int, record: bytes) -> tuple[int, bytes] | None:
    return (kind, record[: sizes[kind]]) if kind in sizes else None


def _of_sheet(kind: int, record: bytes) -> tuple[int, bytes] | None:
    kind = _RESULTS.get(kind, kind)
    if kind == _ROW:
        # The style of a row, and the columns that its cells fill, are not read.
        return kind, record[:4] + bytes(4) + record[8:_BEFORE_SPANS] + bytes(4)
    if kind == _PLAIN_TEXT:
        return kind, record[: text_in(record, _BEFORE_TEXT)[1]]
    if kind == _RICH:
        return kind, record[:_BEFORE_TEXT] + text_fields(record[_BEFORE_TEXT:])
    return _known(_OF_SHEET, kind, record)


def _of_other_sheet(kind: int, record: bytes) -> tuple[int, bytes] | None:
    return _known(_OF_OTHER_SHEET, kind, record)


def _of_book(kind: int, record: bytes) -> tuple[int, bytes] | None:
    if kind == _SHEET:
        return kind, record[: text_in(record, text_in(record, _BEFORE_NAMES)[1])[1]]
    if kind == _PROPERTIES:
        return kind, record[:4].ljust(12, b"\0")  # a theme and the name for macros are no more
    return _known(_OF_BOOK, kind, record)


def _of_styles(kind: int, record: bytes) -> tuple[int, bytes] | None:
    if kind == _FORMAT:
        text, end = text_in(record, 2)
        return (kind, record[:end]) if is_plain_name(text) else None
    if kind == _FONT:
        fields = record[:_FONT_FIELDS].ljust(_BEFORE_FONT_NAME, b"\0")
        return kind, fields + _FONT_NAME
    if kind in (_FILL, _BORDER):
        return kind, _NO_FILL if kind == _FILL else _NO_BORDER
    if kind == _XF:
        return kind, record[:_XF_FIELDS].ljust(_XF_SIZE, b"\0")
    return _known(_OF_STYLES, kind, record)


def text_fields(text: bytes) -> bytes:
    """A shared text, or one of a cell, with the fonts of its pieces and without how it is said."""
    end = text_in(text, 1)[1]
    if not text[0] & _HAS_RUNS:
        return b"\0" + text[1:end]
    count = struct.unpack_from("<I", text, end)[0]
    return bytes((_HAS_RUNS,)) + text[1 : end + 4 + _SIZE_OF_RUN * count]


def written(kind: int, record: bytes) -> bytes:
    """A record with its head: kind and length are numbers of seven bits a byte."""
    head = bytes((kind,)) if kind < 0x80 else bytes((kind & 0x7F | 0x80, kind >> 7))
    length, size = bytearray(), len(record)
    while size > 0x7F:
        length.append(size & 0x7F | 0x80)
        size >>= 7
    length.append(size)
    return head + bytes(length) + record
