"""CPR numbers that a binary workbook (XLS, XLSB) contains as numbers beside its cells.

In formulas, names, rules and filters a number is eight bytes, which no search for digits finds; and
a shared text that no cell shows may go on in another record. Cells' own values are judged by those
who read them.
"""

import re
import struct
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import islice
from zipfile import ZipFile

import numpy as np

from kpi.cpr.digits import is_birthday
from kpi.cpr.spelling import holds_personal_number
from kpi.ingest.containers.binary_records import part_records, text_in
from kpi.ingest.containers.compound_file import CompoundFile
from kpi.ingest.containers.header_letters import headers_in
from kpi.ingest.containers.old_strings import Parts
from kpi.ingest.gate.unseen_bytes import holds_within
from kpi.ingest.table.raw import TYPED

# A whole number of ten digits as a double: its last bits are zeros.
_WHOLE = re.compile(
    rb"(?=(\x00\x00[\x00\x20\x40\x60\x80\xa0\xc0\xe0].{3}[\xc0-\xef]\x41))", re.DOTALL
)
_SMALLEST = 1_000_000_000
# Four digits that a formula has as a text, or as a number before the sign that joins (MS-XLS
# 2.5.198, MS-XLSB 2.5.97): a letter is one byte in XLS, two in XLSB.
_SERIAL_IN_FORMULA = re.compile(
    rb"\x17[\x04\x05]\x00(?:-\x00?)?\d(?:\x00?\d){3}|\x1e[^\x00].\x08", re.DOTALL
)
_CONSTANT, _NEAR, _MOST_LOOKS = re.compile(rb"[\x17\x1e\x1f]"), 120, 20_000
_TEXT, _JOIN, _INTEGER, _NUMBER = 0x17, 0x08, 0x1E, 0x1F
# XLS: the bytes of a formula's record before the formula, and the records of rules, names, filters
# and another file's numbers.
_FORMULA, _BEFORE_FORMULA = 0x06, 20
_OLD_ASIDE = frozenset((0x221, 0x4BC, 0x18, 0x23, 0x1BE, 0x1B1, 0x87A, 0x9E, 0x87E, 0x5A))
_OLD_STRINGS, _OLD_GOES_ON, _OLD_END = 0xFC, 0x3C, 0x0A
# XLSB: how many bytes are before the formula; in a cell of text its length decides.
_BEFORE_IN_CELL = {9: 16, 10: 9, 11: 9}
_FORMULA_TEXT, _SHARED_TEXT = 8, 19
# Cells' values, shared texts and how they are written.
_OF_CELLS = frozenset((0, 1, 2, 3, 4, 5, 6, 7, 62, 60))


def holds_beside_cells(archive: ZipFile, name: str, content: bytes) -> bool:
    """Whether a part of an XLSB, with its bytes, contains one in a formula, a rule or a header."""
    if _in_header(content) or joins_number(content):
        return True
    return _may_hold_whole(content) and any(map(holds_whole, _aside(archive, name)))


def _aside(archive: ZipFile, name: str) -> Iterator[bytes]:
    for kind, record in part_records(archive, name):
        if kind == _FORMULA_TEXT and len(record) > 12:
            yield record[12 + 2 * struct.unpack_from("<I", record, 8)[0] :]
        elif kind in _BEFORE_IN_CELL:
            yield record[_BEFORE_IN_CELL[kind] :]
        elif kind not in _OF_CELLS:
            yield record


def shared_texts(archive: ZipFile, name: str) -> tuple[set[str], bytes]:
    """The shared texts of an XLSB's cells that contain a number, and the other bytes of all."""
    personal_texts, rest = set[str](), list[bytes]()
    for kind, record in part_records(archive, name):
        if kind == _SHARED_TEXT:
            text, end = text_in(record, 1)
            personal_texts |= {text.strip()} if holds_personal_number(text) else set()
            rest.append(record[end:])
        else:
            rest.append(record)
    return personal_texts, b"\0".join(rest)


def old_workbook_holds(content: bytes, cells: Callable[[], Iterable[str]]) -> bool:
    """Whether an XLS contains a number beside its cells, of which `cells` gives the texts."""
    is_in_bytes = holds_within(content)
    try:
        file = CompoundFile(content)
        stream = file.stream("workbook", "book") or b""
    except (ValueError, struct.error):
        return is_in_bytes
    strings = _shared_texts(stream)
    if (
        _in_header(stream)
        or joins_number(stream)
        or (_may_hold_whole(stream) and any(map(holds_whole, _old_aside(stream))))
    ):
        return True
    if not is_in_bytes and len(strings) < 2:
        return False
    personal_texts = {text.strip() for text in _texts_of(strings) if holds_personal_number(text)}
    if is_in_bytes:
        other_streams = (other_stream for other_stream in file.streams() if other_stream != stream)
        rest = b"".join(_without_shared_texts(stream))
        if not personal_texts or holds_within(rest) or any(map(holds_within, other_streams)):
            return True
    for cell in cells() if personal_texts else ():
        personal_texts.discard(cell.lstrip(TYPED).strip())
    return bool(personal_texts)


def _without_shared_texts(stream: bytes) -> Iterator[bytes]:
    """The records of a stream but those of the shared texts."""
    is_shared = False
    for kind, record in _old_records(stream):
        is_shared = kind == _OLD_STRINGS or (is_shared and kind == _OLD_GOES_ON)
        if not is_shared:
            yield record


def _old_records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        yield kind, stream[place + 4 : place + 4 + size]
        place += 4 + size


def _old_aside(stream: bytes) -> Iterator[bytes]:
    for kind, record in _old_records(stream):
        if kind == _FORMULA:
            yield record[_BEFORE_FORMULA:]
        elif kind in _OLD_ASIDE:
            yield record


def _shared_texts(stream: bytes) -> list[bytes]:
    """The record of all shared texts and those that it goes on in, before the first sheet."""
    strings: list[bytes] = []
    for kind, record in _old_records(stream):
        if kind == _OLD_STRINGS or (kind == _OLD_GOES_ON and strings):
            strings.append(record)
        elif strings or kind == _OLD_END:
            break
    return strings


def _texts_of(parts: list[bytes]) -> Iterator[str]:
    """The shared texts, also those that go on in the next record."""
    reader = Parts(parts)
    with suppress(struct.error):  # some programs claim more texts than there are
        for _ in range(struct.unpack("<I", reader.take(8)[4:])[0] if parts else 0):
            yield reader.string()[0]


def _may_hold_whole(content: bytes) -> bool:
    """A quick look at the bytes: whether a whole number of ten digits may be among them."""
    signs = np.frombuffer(content, dtype=np.uint8)
    if len(signs) < 8:
        return False
    is_large = (signs[7:] == 0x41) & (signs[6:-1] >= 0xC0)
    return bool((is_large & (signs[:-7] == 0) & (signs[1:-6] == 0)).any())


def holds_whole(content: bytes) -> bool:
    """Whether bytes contain a whole number of ten digits, as a double, that is a CPR number."""
    for match in _WHOLE.finditer(content):
        (number,) = struct.unpack("<d", match[1])
        digits = str(int(number))
        if number >= _SMALLEST and number.is_integer() and is_birthday(digits[:6], digits[6:]):
            return True
    return False


def _in_header(content: bytes) -> bool:
    texts = [*headers_in(content), *headers_in(content[::2]), *headers_in(content[1::2])]
    return any(map(holds_personal_number, texts))


def joins_number(content: bytes) -> bool:
    """Whether a formula in bytes joins the parts of a CPR number (`"251248"&"-"&"4916"`)."""
    for match in islice(_SERIAL_IN_FORMULA.finditer(content), _MOST_LOOKS):
        near = content[max(0, match.start() - _NEAR) : match.end() + _NEAR]
        for start in _CONSTANT.finditer(near):
            for width in (1, 2):
                if holds_personal_number(_joined(near, start.start(), width)):
                    return True
    return False


def _joined(tokens: bytes, place: int, width: int) -> str:
    """The constants that follow each other in a formula, if it joins them; a letter's `width`."""
    texts: list[str] = []
    are_texts, is_joined = True, False
    with suppress(struct.error, IndexError):
        while True:
            kind, place = tokens[place], place + 1
            if kind == _TEXT:
                letters, place = tokens[place] * width, place + 2
                encoding = "latin-1" if width == 1 else "utf-16-le"
                texts.append(tokens[place : place + letters].decode(encoding, "replace"))
                place += letters
            elif kind == _INTEGER:
                texts.append(str(struct.unpack_from("<H", tokens, place)[0]))
                are_texts, place = False, place + 2
            elif kind == _NUMBER:
                texts.append(f"{struct.unpack_from('<d', tokens, place)[0]:.15g}")
                are_texts, place = False, place + 8
            elif kind == _JOIN:
                is_joined = True
            else:
                break
    return "".join(texts) if is_joined or are_texts else ""
