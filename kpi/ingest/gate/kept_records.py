"""What is kept of the records of a binary workbook (XLSB, XLS): cells and how they are written.

A formula's result becomes a plain cell (XLSB), or its formula one without contents (XLS); names,
rules, filters, headers, pivot tables and another file's numbers are left out, or filled with zeros.
"""

import struct
from collections.abc import Iterator
from contextlib import suppress
from zipfile import ZipFile

from kpi.ingest.containers.binary_records import part_records, text_in
from kpi.ingest.containers.old_strings import Parts

# XLSB ([MS-XLSB] 2.3.2): a sheet's cells and columns, and what is merged of them.
_OF_SHEET = frozenset(
    (*range(12), 60, 62, 129, 130, 145, 146, 148, 176, 177, 178, 390, 391, 485)
)  # fmt: skip
# A formula's result as text, number, truth or fault, and the cell of the same without a formula.
_RESULTS = {8: 6, 9: 5, 10: 4, 11: 3}
_BYTES_OF_RESULT = {9: 16, 10: 9, 11: 9}
# The book: its kind, properties, windows and sheets, and how it is computed.
_OF_BOOK = frozenset((128, 131, 132, 153, 135, 136, 158, 143, 144, 156, 157))
# The styles of cells: their formats, fonts, fills, borders and what is made of them.
_OF_STYLES = frozenset(
    (278, 279, 615, 44, 616, 611, 43, 612, 603, 45, 604, 613, 46, 614, 626, 627, 617, 47, 618)
)
# How a text is written comes before the name of its font.
_FONT, _BEFORE_FONT_NAME = 43, 21
_FONT_NAME = struct.pack("<I", 7) + "Calibri".encode("utf-16-le")

# XLS ([MS-XLS] 2.3.1): drawings, boxes, pictures, comments and the printer.
_DRAWN = frozenset((0xEB, 0xEC, 0xED, 0x5D, 0x7F, 0xE9, 0x4D, 0x1B6, 0x1C))
# Names, links, another file's numbers, rules, filters, scenarios, headers, footers, who wrote it,
# shared formulas, and pivot tables.
_ASIDE = frozenset(
    (0x18, 0x59, 0x5A, 0x23, 0x1BE, 0x1B1, 0x87A, 0x1B8, 0x800, 0x9E, 0x87E, 0xAF, 0x14, 0x15, 0x5C,
     0x4BC, 0x221, 0x236, 0x89C, 0xB0, 0xB1, 0xB2, 0xB4, 0xB5, 0xB6, 0xC5, 0xC6, 0xC7, 0xC8, 0xC9,
     0xCA, 0xCB, 0xCC, 0xCD, 0xCE, 0xD0, 0xF0, 0xF1, 0xF2, 0x802, 0x803, 0x804, 0x85A, 0x864)
)  # fmt: skip
# Shared texts, and a cell of one: row, column, style and the text's number.
_SHARED_TEXTS, _SHARED_CELL, _SIZE_OF_CELL = 0xFC, 0xFD, 10
_GOES_ON, _FORMULA, _BEFORE_FORMULA = 0x3C, 0x06, 20
# A formula of the fault "not available", and nothing behind it.
_NOT_AVAILABLE = b"\x02\x00\x1c\x2a"


def kept_binary_part(archive: ZipFile, name: str) -> Iterator[bytes]:
    """The records of a part of an XLSB that are kept; of other parts all."""
    plain = name.replace("\\", "/").casefold()
    for kind, record in part_records(archive, name):
        if "worksheets/" in plain:
            if kind in _OF_SHEET:
                yield written(*_plain_cell(kind, record))
        elif "chartsheets/" in plain or "sheets/" in plain:
            if kind in (129, 130):
                yield written(kind, record)
        elif plain.startswith("xl/workbook"):
            if kind in _OF_BOOK:
                yield written(kind, record)
        elif plain.endswith("styles.bin"):
            if kind == _FONT and len(record) > _BEFORE_FONT_NAME:
                yield written(kind, record[:_BEFORE_FONT_NAME] + _FONT_NAME)
            elif kind in _OF_STYLES:
                yield written(kind, record)
        else:
            yield written(kind, record)


def _plain_cell(kind: int, record: bytes) -> tuple[int, bytes]:
    if kind not in _RESULTS:
        return kind, record
    end = _BYTES_OF_RESULT.get(kind) or text_in(record, 8)[1]
    return _RESULTS[kind], record[:end]


def written(kind: int, record: bytes) -> bytes:
    """A record with its head: kind and length are numbers of seven bits a byte."""
    head = bytes((kind,)) if kind < 0x80 else bytes((kind & 0x7F | 0x80, kind >> 7))
    length, size = bytearray(), len(record)
    while size > 0x7F:
        length.append(size & 0x7F | 0x80)
        size >>= 7
    length.append(size)
    return head + bytes(length) + record


def kinds_in(stream: bytes) -> set[int]:
    """The kinds of the records of an old workbook."""
    kinds, place = set[int](), 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        kinds.add(kind)
        place += 4 + size
    return kinds


def kept_stream(stream: bytes) -> bytes:
    """The records of an old workbook, those beside the cells filled with zeros.

    So are the letters of shared texts that no cell shows.
    """
    cleared, place, is_aside = bytearray(stream), 0, False
    texts: list[tuple[int, int]] = []  # the first byte and the size of their records
    used: set[int] = set()
    is_texts = False
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        is_texts = kind == _SHARED_TEXTS or (is_texts and kind == _GOES_ON)
        if is_texts:
            texts.append((place + 4, size))
        elif kind == _SHARED_CELL and size >= _SIZE_OF_CELL:
            used.add(struct.unpack_from("<I", stream, place + 10)[0])
        is_aside = kind in _DRAWN or kind in _ASIDE or (is_aside and kind == _GOES_ON)
        place += 4
        end = min(place + size, len(stream))
        if is_aside:
            cleared[place:end] = bytes(end - place)
        elif kind == _FORMULA and size >= _BEFORE_FORMULA + len(_NOT_AVAILABLE):
            start = place + _BEFORE_FORMULA
            cleared[start:end] = _NOT_AVAILABLE.ljust(end - start, b"\0")
        place += size
    for start, end in _unused_letters(stream, texts, used):
        cleared[start:end] = bytes(end - start)
    return bytes(cleared)


def _unused_letters(
    stream: bytes, texts: list[tuple[int, int]], used: set[int]
) -> Iterator[tuple[int, int]]:
    """Where the letters of shared texts are that no cell shows; their lengths stay."""
    reader = Parts([stream[start : start + size] for start, size in texts])
    with suppress(struct.error):  # some programs claim more texts than there are
        for number in range(struct.unpack("<I", reader.take(8)[4:])[0] if texts else 0):
            reader.letters.clear()
            reader.string()
            if number not in used:
                for part, first, count in reader.letters:
                    start = texts[part][0] + first
                    yield start, start + count
