"""The texts of an XLSB or an XLS beside its cells, where a person reads them.

Comments and the headers and footers of pages; of an XLS its text boxes too. Those of an XLSB, and
the title of its file, are XML as in an XLSX (aside_texts.py). The records are those of
[MS-XLSB] and [MS-XLS] in Microsoft's Open Specifications.
"""

import struct
from collections.abc import Iterator
from zipfile import ZipFile

from kpi.ingest.containers.binary_records import part_records, record_head, text_in
from kpi.ingest.containers.compound_file import CompoundFile
from kpi.ingest.readers.old_workbook import old_records, old_text, sheet_places

_COMMENT = 637
# The number 479, seven bits a byte.
_PAGES_BEGIN = b"\xdf\x03"
_HEADER, _FOOTER, _BOX, _CONTINUE = 0x14, 0x15, 0x1B6, 0x3C
# Header and footer of odd, even and first pages.
_TEXTS_OF_PAGES = 6
_IS_WIDE = 0x1


def of_comments(archive: ZipFile, part: str) -> Iterator[str]:
    """The texts of a part of comments of an XLSB."""
    for kind, record in part_records(archive, part):
        if kind == _COMMENT:
            yield text_in(record, 1)[0]


def of_pages(end: bytes) -> Iterator[str]:
    """The texts of the pages of a sheet of an XLSB, from its last bytes: they come after the cells.

    A record is known by its number and by its texts filling it exactly.
    """
    place = end.find(_PAGES_BEGIN)
    while place >= 0:
        head = record_head(end, place)
        texts = _page_texts(end[head[1] : head[1] + head[2]]) if head else None
        if texts is not None:
            yield from texts
        place = end.find(_PAGES_BEGIN, place + 1)


def _page_texts(record: bytes) -> list[str] | None:
    texts, place = [], 2
    for _ in range(_TEXTS_OF_PAGES):
        if place + 4 > len(record):
            return None
        text, place = text_in(record, place)
        texts.append(text)
    return texts if place == len(record) else None


def of_old_workbook(content: bytes) -> Iterator[str]:
    """The texts of the pages, boxes and comments of an XLS, as they are written.

    Raises ValueError or struct.error where the file is broken.
    """
    yield from of_old_stream(CompoundFile(content).stream("workbook", "book") or b"")


def of_old_stream(stream: bytes) -> Iterator[str]:
    """The texts of pages, boxes and comments in the stream with the records of an XLS."""
    for place in sheet_places(stream):
        left = 0
        for kind, record in old_records(stream, place):
            if kind in (_HEADER, _FOOTER) and record:
                yield old_text(record, 0)
            elif kind == _BOX:
                left = struct.unpack_from("<H", record, 10)[0]
            elif kind == _CONTINUE and left and len(record) > 1:
                # The text of a box is in the next record, all of it unless it is very long.
                encoding = "utf-16-le" if record[0] & _IS_WIDE else "latin-1"
                size = 2 * left if record[0] & _IS_WIDE else left
                yield record[1 : 1 + size].decode(encoding, "replace")
                left = 0
