"""The copy kept of a published file: the parts that were read, none that cannot be searched.

A picture shows what no program reads here, and a macro, an embedded file or a drawing is packed in
ways without end. The copy opens as the file did, without them.
"""

import re
import struct
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from kpi.ingest.containers.archive_parts import chunks, named_parts
from kpi.ingest.containers.compound_file import CompoundFile
from kpi.ingest.containers.relations import RELATION, WORKBOOK, attribute, relations_of, target
from kpi.ingest.containers.sandbox import DiedError, sandboxed
from kpi.ingest.table.file_kind import file_kind

_LEVEL = 1
_OF_WORKBOOK = (
    "/worksheet", "/chartsheet", "/dialogsheet", "/xlmacrosheet", "/xlintlmacrosheet",
    "/sharedstrings", "/styles", "/theme",
)  # fmt: skip
_OVERRIDE = re.compile(rb"<(?:\w+:)?Override\b[^>]*?/>")
_MANIFEST_ENTRY = re.compile(
    rb"<(?:\w+:)?file-entry\b[^>]*?(?:/>|>.*?</(?:\w+:)?file-entry>)", re.S
)
_POINTS_AWAY = re.compile(
    rb"<(?P<tag>(?:\w+:)?(?:externalReferences|pivotCaches|drawing|legacyDrawing|legacyDrawingHF"
    rb"|picture))\b(?:[^>]*/>|.*?</(?P=tag)>)",
    re.DOTALL,
)
_CELLS_END = re.compile(rb"</(?:\w+:)?sheetData\s*>|<(?:\w+:)?sheetData\s*/>")
_MERGED = re.compile(rb"<(?P<tag>(?:\w+:)?mergeCells)\b.*?</(?P=tag)\s*>", re.DOTALL)
_SHEET_END = re.compile(rb"</(?:\w+:)?worksheet\s*>")
_PACKED = re.compile(rb"<(?P<tag>(?:\w+:)?binary-data)\b.*?</(?P=tag)\s*>", re.DOTALL)
_OF_ODS = ("mimetype", "content.xml", "styles.xml", "meta-inf/manifest.xml")
_PARQUET_SECONDS = 120.0
_BROKEN = (BadZipFile, KeyError, ValueError, struct.error, OSError, RuntimeError, DiedError)
# Records of drawings, boxes, pictures, comments and the printer in an old workbook, and what a long
# one goes on in.
_DRAWN, _GOES_ON = frozenset((0xEB, 0xEC, 0xED, 0x5D, 0x7F, 0xE9, 0x4D, 0x1B6, 0x1C)), 0x3C


def kept_copy(content: bytes) -> bytes:
    """A workbook or Parquet file without what was not read; any other file as it is.

    Reading the copy gives the same sheets, texts and formats.
    """
    kind = file_kind(content).name
    try:
        if kind == "parquet":
            return _parquet_copy(content)
        if kind == "xls":
            return _old_workbook(content)
        if kind in ("xlsx", "xlsb", "ods"):
            with ZipFile(BytesIO(content)) as archive:
                parts = named_parts(archive)
                workbook = next((name for name in parts if WORKBOOK.fullmatch(name)), None)
                if workbook is not None:
                    return _zipped(archive, _parts_of(archive, parts, workbook))
                if "content.xml" in parts:
                    return _zipped(
                        archive, [parts[part_name] for part_name in _OF_ODS if part_name in parts]
                    )
    except _BROKEN as error:
        raise ValueError("a file that was read cannot be copied") from error
    return content


def _parquet_copy(content: bytes) -> bytes:
    with sandboxed(
        "kpi.ingest.gate.parquet_copy", content=content, seconds=_PARQUET_SECONDS
    ) as written:
        return written.read()


def _parts_of(archive: ZipFile, parts: dict[str, str], workbook: str) -> list[str]:
    """The names of the parts that are read, in the order of the file."""
    relations = relations_of(workbook)
    kept_names = {"[content_types].xml", "_rels/.rels", workbook, relations}
    if relations in parts:
        for relation in RELATION.findall(archive.read(parts[relations])):
            if _is_read(relation):
                kept_names.add(target(relation).casefold())
    return [name for plain, name in parts.items() if plain in kept_names]


def _is_read(relation: bytes) -> bool:
    return attribute(relation, b"Type").casefold().endswith((*_OF_WORKBOOK, "/officedocument"))


def _zipped(archive: ZipFile, names: list[str]) -> bytes:
    kept_names = {name.replace("\\", "/").casefold() for name in names}
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as copy:
        for name in names:
            entry = archive.getinfo(name)
            new = ZipInfo(entry.filename, entry.date_time)
            new.compress_type = entry.compress_type
            with copy.open(new, "w", force_zip64=True) as part:
                for piece in _pieces(archive, entry, kept_names):
                    part.write(piece)
    return out.getvalue()


def _pieces(archive: ZipFile, entry: ZipInfo, kept_names: set[str]) -> Iterator[bytes]:
    """The bytes of a part without what points to parts that are left out."""
    name = entry.filename.replace("\\", "/").casefold()
    if "worksheets/" in name and name.endswith(".xml"):
        yield from _sheet(chunks(archive, entry))
    elif name.endswith((".rels", "[content_types].xml", "manifest.xml")):
        yield _listing(b"".join(chunks(archive, entry)), kept_names)
    elif name.startswith("xl/") and name.endswith(".xml") and "sharedstrings" not in name:
        yield _POINTS_AWAY.sub(b"", b"".join(chunks(archive, entry)))
    elif name == "content.xml" and any(b"binary-data" in chunk for chunk in chunks(archive, entry)):
        yield _PACKED.sub(b"", b"".join(chunks(archive, entry)))
    else:
        yield from chunks(archive, entry)


def _listing(text: bytes, kept_names: set[str]) -> bytes:
    """A list of parts without those that are left out."""

    def of_kept(match: re.Match[bytes]) -> bytes:
        names = [
            attribute(match[0], attribute_name) for attribute_name in (b"PartName", b"full-path")
        ]
        plain = next(filter(None, names), "").removeprefix("/").casefold()
        return match[0] if plain in kept_names or not plain else b""

    text = RELATION.sub(lambda match: match[0] if _is_read(match[0]) else b"", text)
    return _MANIFEST_ENTRY.sub(of_kept, _OVERRIDE.sub(of_kept, text))


def _sheet(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """A sheet's cells and what is merged of them; nothing of what follows."""
    before = b""
    for piece in pieces:
        near = before + piece
        end = _CELLS_END.search(near)
        if end is None:
            yield near[:-100]
            before = near[-100:]
            continue
        rest = near[end.end() :] + b"".join(pieces)
        last = _SHEET_END.search(rest)
        yield near[: end.end()]
        if last is None:  # of a form that is not known: it was searched, and stays
            yield rest
        else:
            yield b"".join(match[0] for match in _MERGED.finditer(rest)) + last[0]
        return
    yield before


def _old_workbook(content: bytes) -> bytes:
    """An old workbook whose other streams, free sectors and drawings are nothing but zeros."""
    file = CompoundFile(content)
    stream = file.stream("workbook", "book")
    if stream is None:
        return content
    return file.with_only(without_drawings(stream), "workbook", "book")


def without_drawings(stream: bytes) -> bytes:
    """The records of an old workbook, those of drawings and comments filled with zeros."""
    cleared, place, is_drawn = bytearray(stream), 0, False
    while place + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, place)
        is_drawn = kind in _DRAWN or (is_drawn and kind == _GOES_ON)
        place += 4
        if is_drawn:
            end = min(place + size, len(stream))
            cleared[place:end] = bytes(end - place)
        place += size
    return bytes(cleared)
