"""What is kept of the shared texts of a workbook: those that a cell shows.

A program that takes rows out may leave their texts behind, and nobody reads them. Their places
stay, so that the cells' own numbers of texts hold.
"""

import re
import struct
from collections.abc import Iterable, Iterator
from itertools import chain
from zipfile import ZipFile

from kpi.ingest.containers.archive_parts import chunks
from kpi.ingest.containers.binary_records import part_records
from kpi.ingest.gate.kept_records import text_fields

_CELL = re.compile(
    rb"""<(?:\w+:)?c\s[^<>]*?\bt\s*=\s*["']s["'][^<>]*>\s*"""
    rb"(?:<(?:\w+:)?f\b[^<>]*/>\s*|<(?:\w+:)?f\b[^<>]*>[^<]*</(?:\w+:)?f\s*>\s*)?"
    rb"<(?:\w+:)?v\b[^<>]*>\s*(\d+)\s*<"
)
_ITEM = re.compile(
    rb"<(?P<prefix>(?:\w+:)?)si(?=[\s/>])(?:[^<>]*/>|[^<>]*>.*?</(?P=prefix)si\s*>)", re.DOTALL
)
_ITEM_END = re.compile(rb"</(?:\w+:)?si\s*>")
# As nearly all programs write it.
_PLAIN_CELL = re.compile(rb't="s"><v>(\d+)<')
_OF_SHARED = re.compile(rb"""\bt\s*=\s*["']s["']""")
# XLSB ([MS-XLSB] 2.4): a cell of a shared text, and a shared text.
_CELL_RECORD, _TEXT_RECORD = 7, 19
_AROUND_TEXTS, _COUNTS = (159, 160), 8
# No letters, and none that are written otherwise.
_NO_TEXT = bytes(5)


def used_texts(archive: ZipFile, names: Iterable[str]) -> frozenset[int] | None:
    """The numbers of the shared texts that the cells of some sheets (XLSX) show.

    None where a cell is written in a way that is not known here: then all are kept.
    """
    used: set[bytes] = set()
    for name in names:
        before = b""
        for chunk in chain(chunks(archive, archive.getinfo(name)), (b"",)):
            near = before + chunk
            end = near.rfind(b"</c>") + 4 if chunk else len(near)
            done, before = (near[:end], near[end:]) if end > 4 or not chunk else (b"", near)
            several = len(_OF_SHARED.findall(done))
            numbers = _PLAIN_CELL.findall(done)
            if len(numbers) != several and len(numbers := _CELL.findall(done)) != several:
                return None
            used.update(numbers)
    return frozenset(map(int, used))


def used_binary_texts(archive: ZipFile, names: Iterable[str]) -> frozenset[int]:
    """The numbers of the shared texts that the cells of some sheets (XLSB) show."""
    return frozenset(
        struct.unpack_from("<I", record, 8)[0]
        for name in names
        for kind, record in part_records(archive, name)
        if kind == _CELL_RECORD and len(record) >= 12
    )


def kept_texts(pieces: Iterable[bytes], used: frozenset[int]) -> Iterator[bytes]:
    """The shared texts (XLSX), those that no cell shows without their letters."""
    number = 0

    def instead(match: re.Match[bytes]) -> bytes:
        """The text itself where a cell shows it, else an empty one in its place."""
        nonlocal number
        number += 1
        prefix = match["prefix"]
        return match[0] if number - 1 in used else b"<%ssi><%st/></%ssi>" % (prefix, prefix, prefix)

    before = b""
    for piece in pieces:
        near = before + piece
        ends = [match.end() for match in _ITEM_END.finditer(near)]
        end = ends[-1] if ends else 0
        yield _ITEM.sub(instead, near[:end])
        before = near[end:]
    yield _ITEM.sub(instead, before)


def kept_binary_texts(
    records: Iterable[tuple[int, bytes]], used: frozenset[int]
) -> Iterator[tuple[int, bytes]]:
    """The records of the shared texts (XLSB), those that no cell shows without their letters."""
    number = 0
    for kind, record in records:
        if kind == _TEXT_RECORD:
            number += 1
            yield kind, text_fields(record) if number - 1 in used else _NO_TEXT
        elif kind in _AROUND_TEXTS:
            yield kind, record[:_COUNTS] if kind == _AROUND_TEXTS[0] else b""
