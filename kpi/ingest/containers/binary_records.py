"""The records of a binary workbook (XLSB), and the texts in them."""

import struct
from collections.abc import Iterator
from zipfile import ZipFile

from kpi.ingest.containers.archive_parts import chunks

Record = tuple[int, bytes]


def part_records(archive: ZipFile, part: str) -> Iterator[Record]:
    """The records of a part of an XLSB: kinds and lengths are numbers of seven bits a byte."""
    buffer = b""
    for chunk in chunks(archive, archive.getinfo(part)):
        buffer += chunk
        place = 0
        while (head := record_head(buffer, place)) is not None:
            kind, start, length = head
            if start + length > len(buffer):
                break
            yield kind, buffer[start : start + length]
            place = start + length
        buffer = buffer[place:]


def record_head(record_bytes: bytes, place: int) -> tuple[int, int, int] | None:
    """A record's kind, where its bytes begin, and how many they are; None where bytes lack."""
    if place >= len(record_bytes):
        return None
    kind = record_bytes[place]
    place += 1
    if kind & 0x80:
        if place >= len(record_bytes):
            return None
        kind = (kind & 0x7F) | (record_bytes[place] & 0x7F) << 7
        place += 1
    length = 0
    for shift in (0, 7, 14, 21):
        if place >= len(record_bytes):
            return None
        length |= (record_bytes[place] & 0x7F) << shift
        place += 1
        if not record_bytes[place - 1] & 0x80:
            break
    return kind, place, length


def text_in(record: bytes, place: int) -> tuple[str, int]:
    """A text that begins at a place, and where it ends."""
    length = struct.unpack_from("<I", record, place)[0]
    if length == 0xFFFFFFFF:
        return "", place + 4
    end = place + 4 + 2 * length
    return record[place + 4 : end].decode("utf-16-le", "replace"), end
