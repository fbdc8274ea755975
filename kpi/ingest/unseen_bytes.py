"""CPR numbers in bytes that no reader looks at: macros, embedded files, pictures, old workbooks.

Searched are letters of one byte and of two, and what is packed within: files in files, the streams
of old Office files, the source of macros, compressed drawings and the texts of pictures. What a
picture shows cannot be searched; kpi/ingest/kept_copy.py keeps none of it.
"""

import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

import numpy as np

from kpi.ingest.compound_file import SIGNATURE, CompoundFile
from kpi.ingest.unseen_xml import Texts
from kpi.personal_spelling import holds_personal_number

# Bytes between the parts of a number: a few signs of up to three bytes each.
_MOST_BETWEEN, _MOST_IN_DATE = 12, 3
_NEAR = 128
_MARKUP = np.frombuffer(b"<>\"'=", dtype=np.uint8)
_MOST_DEPTH = 4
_MOST_INFLATED = 64 * 1024**2
_BROKEN = (
    BadZipFile, zlib.error, struct.error, ValueError, LookupError, EOFError, OSError, RuntimeError,
)  # fmt: skip
_PNG = b"\x89PNG\r\n\x1a\n"
# Stands for the text in which a number was found.
_FOUND = b"010190-1234"
_MACRO_SOURCE = b"\x00Attribut"  # behind the container's first three bytes


def holds_in_bytes(content: bytes) -> bool:
    """Whether a CPR number stands anywhere in bytes, in letters of one byte or of two."""
    signs = np.frombuffer(content, dtype=np.uint8)
    for step, encodings in ((1, ("utf-8", "latin-1")), (2, ("utf-16-le",))):
        for first in range(step):
            for place in map(int, candidates(signs[first::step])):
                start = max(first, first + (place - _NEAR) * step)
                around = content[start : start + (2 * _NEAR + 20) * step]
                if any(holds_personal_number(around.decode(one, "replace")) for one in encodings):
                    return True
    return False


def holds_within(content: bytes, depth: int = 0) -> bool:
    """Whether a CPR number stands in bytes or in what is packed in them, a few files deep."""
    if holds_in_bytes(content):
        return True
    return depth < _MOST_DEPTH and any(holds_within(one, depth + 1) for one in _packed(content))


def candidates(signs: np.ndarray) -> np.ndarray:
    """Where digits stand as in a number: far quicker than any pattern, and never too few."""
    is_digit = np.zeros(len(signs) + 2, dtype=bool)
    is_digit[1:-1] = (signs - np.uint8(ord("0"))) < 10
    edges = np.flatnonzero(is_digit[1:] != is_digit[:-1])
    starts, ends = edges[::2], edges[1::2]
    lengths = ends - starts
    # Every number of several parts ends with four digits, which stand near others.
    last = np.flatnonzero(lengths == 4)
    last = last[last > 0]
    last = last[starts[last] - ends[last - 1] <= _MOST_BETWEEN]
    # Two numbers of the markup are parted by its own signs.
    last = last[~np.isin(signs[ends[last - 1]], _MARKUP)]
    before = lengths[last - 1]
    paired = last[(before == 6) | (before == 8)] - 1
    # `&#45;` and `%2D` have digits of their own.
    third = last[last > 1]
    escaped = third[(lengths[third - 1] <= 4) & (lengths[third - 2] == 6)] - 2
    fourth = last[last > 2]
    gaps = starts[fourth - 1] - ends[fourth - 2], starts[fourth - 2] - ends[fourth - 3]
    dated = fourth[
        np.isin(lengths[fourth - 1], (2, 4)) & (lengths[fourth - 2] <= 2)
        & (lengths[fourth - 3] <= 2) & (np.maximum(*gaps) <= _MOST_IN_DATE)
    ] - 3  # fmt: skip
    return np.concatenate((starts[lengths == 10], starts[paired], starts[escaped], starts[dated]))


def _packed(content: bytes) -> Iterator[bytes]:
    """What is packed within bytes, as far as it can be unpacked."""
    try:
        if content.startswith(b"PK\x03\x04"):
            yield from _files(content)
        elif content.startswith(SIGNATURE):
            for stream in CompoundFile(content).streams():
                yield stream
                yield from _macro(stream)
                place = stream.find(b"PK\x03\x04")
                if place > 0:
                    yield from _files(stream[place:])
        elif content.startswith(b"\x1f\x8b"):
            yield zlib.decompressobj(31).decompress(content, _MOST_INFLATED)
        elif content.startswith(_PNG):
            yield from _picture_texts(content)
        else:
            yield from _macro(content)
    except _BROKEN:
        return


def _files(content: bytes) -> Iterator[bytes]:
    left = _MOST_INFLATED
    with ZipFile(BytesIO(content)) as archive:
        for entry in archive.infolist():
            with archive.open(entry) as file:
                part = file.read(left)
            yield entry.filename.encode()
            if not entry.filename.casefold().endswith((".xml", ".rels", ".vml")):
                yield part
            elif _in_xml(part):
                yield _FOUND
            left -= len(part)
            if left <= 0:
                return


def _in_xml(part: bytes) -> bool:
    try:
        return Texts(has_cells=False).hold(iter([part]))
    except expat.ExpatError:
        return holds_in_bytes(part)


def _picture_texts(content: bytes) -> Iterator[bytes]:
    """The compressed texts of a PNG."""
    place = len(_PNG)
    while place + 8 <= len(content):
        (size,) = struct.unpack_from(">I", content, place)
        kind, body = content[place + 4 : place + 8], content[place + 8 : place + 8 + size]
        if kind in (b"zTXt", b"iTXt"):
            packed = body.find(b"\x78")
            if packed > 0:
                yield zlib.decompressobj().decompress(body[packed:], _MOST_INFLATED)
        place += size + 12


def _macro(stream: bytes) -> Iterator[bytes]:
    """The source of a macro in a stream, which is compressed (MS-OVBA 2.4.1)."""
    place = stream.find(_MACRO_SOURCE)
    if place >= 3 and stream[place - 3] == 1:
        yield decompressed_macro(stream[place - 3 :])
    elif stream.startswith(b"\x01"):
        yield decompressed_macro(stream)


def decompressed_macro(packed: bytes) -> bytes:
    """The bytes of a compressed container of MS-OVBA 2.4.1, as far as it can be read."""
    out = bytearray()
    place = 1
    while place + 2 <= len(packed) and len(out) < _MOST_INFLATED:
        (header,) = struct.unpack_from("<H", packed, place)
        end = min(place + (header & 0x0FFF) + 3, len(packed))
        place, chunk = place + 2, len(out)
        if not header & 0x8000:
            out += packed[place : place + 4096]
            place += 4096
            continue
        while place < end:
            flags, place = packed[place], place + 1
            for bit in range(8):
                if place >= end:
                    break
                if not flags >> bit & 1:
                    out.append(packed[place])
                    place += 1
                    continue
                (token,) = struct.unpack_from("<H", packed, place)
                place += 2
                bits = max(4, (len(out) - chunk - 1).bit_length())
                length = (token & (0xFFFF >> bits)) + 3
                source = len(out) - (token >> (16 - bits)) - 1
                for step in range(length):
                    out.append(out[source + step])
    return bytes(out)
