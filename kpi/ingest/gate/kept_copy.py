"""The copy kept of a published file: what was read of it, and nothing else.

What stands beside the cells of a workbook may hold a number in ways without end: a picture, a
macro, the rows that a pivot table remembers, the halves of a list. Nobody reads it here, so none of
it is kept; what is kept is cells, and they are searched as cells. The copy opens as the file did.
"""

import re
import struct
from collections.abc import Iterator
from io import BytesIO
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from kpi.domain.errors import KpiError
from kpi.ingest.containers.archive_parts import chunks, named_parts
from kpi.ingest.containers.binary_records import part_records
from kpi.ingest.containers.compound_file import CompoundFile, compound_file
from kpi.ingest.containers.relations import RELATION, WORKBOOK, attribute, relations_of, target
from kpi.ingest.containers.sandbox import DiedError, sandboxed
from kpi.ingest.gate.cut_xml import without_remarks
from kpi.ingest.gate.kept_old_records import kept_stream
from kpi.ingest.gate.kept_records import kept_binary_part, written
from kpi.ingest.gate.kept_strings import (
    kept_binary_texts,
    kept_texts,
    used_binary_texts,
    used_texts,
)
from kpi.ingest.gate.kept_xml import (
    empty_sheet,
    kept_document,
    kept_sheet,
    kept_styles,
    kept_workbook,
)
from kpi.ingest.gate.known_forms import (
    LISTS,
    SHARED_TEXTS,
    SHEET,
    STYLES,
)
from kpi.ingest.gate.known_forms import WORKBOOK as WORKBOOK_FORMS
from kpi.ingest.gate.known_xml import in_single_bytes, only_known
from kpi.ingest.table.file_kind import file_kind

_LEVEL = 1
_OF_WORKBOOK = (
    "/worksheet", "/chartsheet", "/dialogsheet", "/xlmacrosheet", "/xlintlmacrosheet",
    "/sharedstrings", "/styles",
)  # fmt: skip
_OVERRIDE = re.compile(rb"<(?:\w+:)?Override\b[^>]*?/>")
_MANIFEST_ENTRY = re.compile(
    rb"<(?:\w+:)?file-entry\b[^>]*?(?:/>|>.*?</(?:\w+:)?file-entry>)", re.S
)
_OF_ODS = ("mimetype", "content.xml", "styles.xml", "meta-inf/manifest.xml")
_PARQUET_SECONDS = 120.0
_BROKEN = (
    BadZipFile, LookupError, ValueError, struct.error, OSError, RuntimeError, DiedError,
    expat.ExpatError,
)  # fmt: skip
_CALCULATION = re.compile(rb"<(?:\w+:)?calcPr\b[^<>]*\bfullCalcOnLoad\s*=\s*[\"'](?:1|true)")


def kept_copy(content: bytes) -> bytes:
    """A text as it is, a workbook or Parquet file without what was not read.

    Reading the copy gives the same sheets, texts and formats. Raises KpiError where there cannot be
    one, also of a format that nobody has said this of.
    """
    kind = file_kind(content).name
    if kind == "text":
        return content
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
        raise _not_kept() from error
    raise _not_kept()


def _not_kept() -> KpiError:
    return KpiError(
        "Filen kan ikke gemmes",
        "Den er læst, men den er bygget på en måde, så der ikke kan laves en kopi med kun det "
        "læste. Gem tabellen som CSV eller som en ny projektmappe, og indlæs den.",
    )


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
    # Emptied, as the sheet of a chart is: other programs look for them there.
    kept_names |= {_relations_beside(name) for name in kept_names if "chartsheets/" in name}
    return [name for plain, name in parts.items() if plain in kept_names]


def _relations_beside(name: str) -> str:
    folder, _, last = name.rpartition("/")
    return f"{folder}/_rels/{last}.rels"


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
                pieces = _pieces(archive, entry, kept_names)
                is_xml = name.casefold().endswith((".xml", ".rels"))
                for piece in without_remarks(pieces) if is_xml else pieces:
                    part.write(piece)
    return out.getvalue()


def _pieces(archive: ZipFile, entry: ZipInfo, kept_names: set[str]) -> Iterator[bytes]:
    """The bytes of a part without what was not read, and what points to parts left out."""
    name = entry.filename.replace("\\", "/").casefold()
    if name.endswith("sharedstrings.bin"):
        records = part_records(archive, entry.filename)
        shown = used_binary_texts(archive, _sheets_of(archive, kept_names))
        return (written(*record) for record in kept_binary_texts(records, shown))
    if name.endswith(".bin"):
        return kept_binary_part(archive, entry.filename)
    whole = in_single_bytes(chunks(archive, entry))
    if name.endswith((".rels", "[content_types].xml", "manifest.xml")):
        return only_known((_listing(b"".join(whole), kept_names),), LISTS)
    if name.endswith("sharedstrings.xml"):
        used = used_texts(archive, _sheets_of(archive, kept_names))
        return only_known(whole if used is None else kept_texts(whole, used), SHARED_TEXTS)
    if "worksheets/" in name:
        return kept_sheet(only_known(whole, SHEET), _is_computed_when_opened(archive))
    if (empty := empty_sheet(name)) is not None:
        return iter((empty,))
    if WORKBOOK.fullmatch(name):
        return only_known(kept_workbook(whole), WORKBOOK_FORMS)
    if name in ("content.xml", "styles.xml"):
        return kept_document(whole)
    return only_known(kept_styles(whole), STYLES) if name.endswith("styles.xml") else whole


def _sheets_of(archive: ZipFile, kept_names: set[str]) -> list[str]:
    """The parts with cells that are kept."""
    return [
        name
        for plain, name in named_parts(archive).items()
        if "worksheets/" in plain and plain in kept_names
    ]


def _is_computed_when_opened(archive: ZipFile) -> bool:
    """Whether a program that computes nothing wrote the workbook: zeros are then no results."""
    parts = named_parts(archive)
    workbook = next((name for name in parts if WORKBOOK.fullmatch(name)), None)
    return workbook is not None and _CALCULATION.search(archive.read(parts[workbook])) is not None


def _listing(text: bytes, kept_names: set[str]) -> bytes:
    """A list of parts without those that are left out."""

    def of_kept(match: re.Match[bytes]) -> bytes:
        """The entry of a part that is kept, or nothing."""
        names = [
            attribute(match[0], attribute_name) for attribute_name in (b"PartName", b"full-path")
        ]
        plain = next(filter(None, names), "").removeprefix("/").casefold()
        return match[0] if plain in kept_names or not plain else b""

    text = RELATION.sub(lambda match: match[0] if _is_read(match[0]) else b"", text)
    return _MANIFEST_ENTRY.sub(of_kept, _OVERRIDE.sub(of_kept, text))


def _old_workbook(content: bytes) -> bytes:
    """An old workbook of one stream, with what was read of its own."""
    stream = CompoundFile(content).stream("workbook", "book")
    return content if stream is None else compound_file("Workbook", kept_stream(stream))
