"""What is kept of the records of an old workbook (XLS): cells and how they are written.

Of each record that is known its known fields are kept, of others nothing: names, links, rules,
drawings, comments, headers, pivot tables and whatever a program may have invented. A formula stays
as one without contents, a shared text that no cell shows as zeros.
"""

import struct
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from kpi.ingest.containers.calc_formulas import AUTHOR, is_of_calc, may_be_text
from kpi.ingest.containers.old_strings import Parts, Span
from kpi.ingest.gate.known_forms import is_plain_name

_BEGIN, _END, _SHEET, _WORKSHEET = 0x809, 0x0A, 0x85, 0
# The version of the format and what begins; what it was written by is not kept.
_BEGIN_FIELDS, _BEGIN_SIZE = 8, 16
_GOES_ON, _SHARED_TEXTS, _SHARED_CELL = 0x3C, 0xFC, 0xFD
_FONT, _FORMAT, _XF, _STYLE = 0x31, 0x41E, 0xE0, 0x293
_FORMULA, _RESULT, _LABEL, _RICH, _MERGED = 0x06, 0x207, 0x204, 0xD6, 0xE5
# The records ([MS-XLS] 2.3) whose fields are numbers, and the bytes that are kept of each.
_WINDOW, _WINDOW_OF_SHEET = 0x3D, 0x23E
_OF_BOOK = {_END: 0, 0x42: 2, 0x22: 2, _WINDOW: 18}
_OF_SHEET = {_END: 0, 0x200: 12, 0x7D: 10, 0x203: 14, 0x27E: 10, _SHARED_CELL: 10, 0x205: 8}
_SIZES = {0x200: 14, 0x7D: 12}
_ROW, _PACKED_ROW = 0x208, 0xBD
_FONT_FIELDS, _FONT_NAME = 13, b"\x05\0Arial"
_XF_FIELDS, _XF_SIZE, _STYLE_SIZE, _IS_OF_PROGRAM = 6, 20, 4, 0x80
_OPTIONS, _BEFORE_CHAIN, _BEFORE_FORMULA = 14, 16, 20
_TO_BE_COMPUTED = b"\x02\x00"
# A formula of the fault "not available", and nothing behind it.
_NOT_AVAILABLE = b"\x02\x00\x1c\x2a"
_IS_WIDE, _IS_HIDDEN = 0x1, 0x3
# What a sheet's window shows, without panes that stand still, and where.
_NOT_FROZEN, _WINDOW_SIZE = 0xFEF7, 18
_BEFORE_TEXT, _SIZE_OF_RUN = 6, 4


@dataclass
class _Stream:
    """What is written of a stream, and where each of its parts was and is."""

    out: bytearray = field(default_factory=bytearray)
    places: dict[int, int] = field(default_factory=dict)
    sheets: list[int] = field(default_factory=list)  # where the place of each sheet is written
    texts: list[int] = field(default_factory=list)  # where the records of shared texts are written
    used: set[int] = field(default_factory=set)
    by_calc: bool = False
    window: int = 0  # where the record of the book's window is written
    last: int = 0  # the kind of record that the next one may go on

    def write(self, kind: int, record: bytes) -> None:
        """A record with its head."""
        self.out += struct.pack("<HH", kind, len(record)) + record


def records_of(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    """The place, the kind and the bytes of every record of a stream."""
    place = 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        yield place, kind, stream[place + 4 : place + 4 + size]
        place += 4 + size


def kept_stream(stream: bytes) -> bytes:
    """The stream of an old workbook with what was read of it: its worksheets and their styles.

    Raises ValueError or struct.error where it is broken.
    """
    kept, sheets, depth = _Stream(), _worksheets(stream), 0
    write: Callable[[_Stream, int, bytes], None] | None = _write_of_book
    for place, kind, record in records_of(stream):
        if kind == _BEGIN:
            depth = 1 if place in sheets else depth + 1
            if depth == 1:
                write = _write_of_sheet if place in sheets else None if kept.out else _write_of_book
                if write is not None:
                    kept.places[place] = len(kept.out)
                    kept.write(kind, record[:_BEGIN_FIELDS].ljust(_BEGIN_SIZE, b"\0"))
        elif depth == 1 and write is not None:
            write(kept, kind, record)
        if kind == _END:
            depth -= 1
    for at in kept.sheets:
        (place,) = struct.unpack_from("<I", kept.out, at)
        if place not in kept.places:
            raise ValueError("a sheet that begins nowhere")
        struct.pack_into("<I", kept.out, at, kept.places[place])
    _show_first(kept)
    _clear_texts(kept)
    return bytes(kept.out)


def _worksheets(stream: bytes) -> set[int]:
    """Where the worksheets begin; of sheets of a chart or of macros nothing is read."""
    return {
        struct.unpack_from("<I", record)[0]
        for _, kind, record in records_of(stream)
        if kind == _SHEET and record[5] == _WORKSHEET
    }


def _show_first(kept: _Stream) -> None:
    """Writes into the record of the window that the first sheet that is not hidden is shown."""
    shown = [number for number, at in enumerate(kept.sheets) if not kept.out[at + 4] & _IS_HIDDEN]
    if kept.window and shown:
        struct.pack_into("<HHH", kept.out, kept.window + 10, shown[0], 0, 1)


def _write_of_book(kept: _Stream, kind: int, record: bytes) -> None:
    is_text = kind == _SHARED_TEXTS or (kind == _GOES_ON and kept.last == _SHARED_TEXTS)
    kept.last = _SHARED_TEXTS if is_text else kind
    if is_text:
        kept.texts.append(len(kept.out) + 4)
        kept.write(kind, record)
    elif kind == AUTHOR:
        kept.by_calc = is_of_calc(record)
    elif kind == _SHEET and record[5] == _WORKSHEET:
        kept.sheets.append(len(kept.out) + 4)
        size = record[6] * (2 if record[7] & _IS_WIDE else 1)
        kept.write(kind, record[: 8 + size])
    elif kind == _FONT:
        kept.write(kind, record[:_FONT_FIELDS].ljust(_FONT_FIELDS + 1, b"\0") + _FONT_NAME)
    elif kind == _FORMAT:
        text = _text_at(record, 2)
        if is_plain_name(_read(text)):
            kept.write(kind, record[:2] + text)
    elif kind == _XF:
        kept.write(kind, record[:_XF_FIELDS].ljust(_XF_SIZE, b"\0"))
    elif kind == _STYLE and len(record) > 1 and record[1] & _IS_OF_PROGRAM:
        kept.write(kind, record[:_STYLE_SIZE])
    elif kind in _OF_BOOK:
        kept.window = len(kept.out) + 4 if kind == _WINDOW else kept.window
        kept.write(kind, record[: _OF_BOOK[kind]])


def _write_of_sheet(kept: _Stream, kind: int, record: bytes) -> None:
    if kind == _ROW:
        kept.write(kind, record[:8] + bytes(4) + record[12:16])
    elif kind == _PACKED_ROW:
        kept.write(kind, record[: 4 + 6 * ((len(record) - 6) // 6) + 2])
    elif kind == _FORMULA:
        fields = record[:_BEFORE_CHAIN].ljust(_BEFORE_FORMULA, b"\0")
        if kept.by_calc and may_be_text(record[_BEFORE_TEXT:]):
            # Who wrote the file, and what the formula does, is not kept: that it has no result is.
            fields = fields[:_OPTIONS] + _TO_BE_COMPUTED + fields[_BEFORE_CHAIN:]
        kept.write(kind, fields + _NOT_AVAILABLE)
    elif kind == _RESULT:
        kept.write(kind, _text_at(record, 0))
    elif kind == _LABEL:
        kept.write(kind, record[:_BEFORE_TEXT] + _text_at(record, _BEFORE_TEXT))
    elif kind == _RICH:
        text = _text_at(record, _BEFORE_TEXT)
        end = _BEFORE_TEXT + len(text)
        count = struct.unpack_from("<H", record, end)[0]
        kept.write(kind, record[: end + 2 + _SIZE_OF_RUN * count])
    elif kind == _MERGED:
        count = struct.unpack_from("<H", record)[0]
        kept.write(kind, record[: 2 + 8 * count])
    elif kind == _WINDOW_OF_SHEET:
        (options,) = struct.unpack_from("<H", record)
        kept.write(kind, struct.pack("<H", options & _NOT_FROZEN).ljust(_WINDOW_SIZE, b"\0"))
    elif kind in _OF_SHEET:
        kept.write(kind, record[: _OF_SHEET[kind]].ljust(_SIZES.get(kind, 0), b"\0"))
    if kind == _SHARED_CELL and len(record) >= _OF_SHEET[kind]:
        kept.used.add(struct.unpack_from("<I", record, _BEFORE_TEXT)[0])


def _text_at(record: bytes, place: int) -> bytes:
    """A text within a record with its length and how it is written, and nothing behind it."""
    length, options = struct.unpack_from("<HB", record, place)
    size = 2 if options & _IS_WIDE else 1
    letters = record[place + 3 : place + 3 + length * size]
    return struct.pack("<HB", len(letters) // size, options & _IS_WIDE) + letters


def _read(text: bytes) -> str:
    return text[3:].decode("utf-16-le" if text[2] & _IS_WIDE else "latin-1", "replace")


def _clear_texts(kept: _Stream) -> None:
    """Fills with zeros, of the shared texts, all but the letters and fonts of those that are shown.

    Their places stay, so that the cells' own numbers of texts hold.
    """
    sizes = [struct.unpack_from("<H", kept.out, start - 2)[0] for start in kept.texts]
    parts = [
        bytes(kept.out[start : start + size]) for start, size in zip(kept.texts, sizes, strict=True)
    ]
    reader = Parts(parts)
    cleared: list[Span] = []
    with suppress(struct.error):  # some programs claim more texts than there are
        for number in range(struct.unpack("<I", reader.take(8)[4:])[0] if parts else 0):
            for spans in (reader.letters, reader.fonts, reader.further):
                spans.clear()
            reader.string()
            cleared += reader.further
            if number not in kept.used:
                cleared += reader.letters + reader.fonts
    for part, first, count in cleared + reader.left():
        start = kept.texts[part] + first
        kept.out[start : start + count] = bytes(count)
