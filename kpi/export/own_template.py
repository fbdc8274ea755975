"""A template that a person gives: what is none, has macros or is damaged is refused in Danish."""

import io
import logging
import re
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from lxml import etree

from kpi.domain.errors import KpiError
from kpi.export import office_files
from kpi.ingest.gate.unseen_texts import unseen_personal_numbers
from kpi.ingest.table.file_kind import ZIP_FAULTS, KindName, file_kind

_MACRO_TYPE = b"macroEnabled"
# Of a file that says it has none, but has.
_MACROS = re.compile(rb"vbaProject", re.IGNORECASE)
# What reading the parts of a damaged archive raises.
_DAMAGED = (BadZipFile, zlib.error, EOFError, NotImplementedError, etree.XMLSyntaxError)
# Nothing of it is read from elsewhere.
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_ENCRYPTED = 0x1
_OLD_OFFICE = "en fil i det gamle format .ppt, .doc eller .xls"
_OLE2, _LOCKED = b"\xd0\xcf\x11\xe0", "EncryptedPackage".encode("utf-16-le")
_ZIP = "en zip-fil"
_CALLED: Mapping[KindName, str] = {
    "pdf": "en PDF", "picture": "et billede", "word": "et Word-dokument", "xlsx": "en Excel-fil",
    "xlsb": "en Excel-fil", "xls": _OLD_OFFICE, "old_office": _OLD_OFFICE, "ods": _ZIP,
    "powerpoint": "en PowerPoint-fil", "archive": _ZIP, "container": _ZIP,
}  # fmt: skip
# An archive can unpack to far more than it seems. Of what is read as XML each byte takes many.
_MOST_BYTES, _MOST_TEXT_BYTES, _MOST_PARTS = 100_000_000, 20_000_000, 5_000
_MEDIA = (
    ".png", ".jpg", ".jpeg", ".gif", ".tif", ".tiff", ".bmp", ".emf", ".wmf", ".wdp", ".webp",
    ".mp3", ".mp4", ".m4a", ".m4v", ".mov", ".wav", ".wmv", ".avi", ".ttf", ".odttf", ".fntdata",
    ".xlsx", ".bin",
)  # fmt: skip
# A part that shrinks more than pictures do may be text under another name.
_SHRINKS = 4

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class TemplateKind:
    """A kind of Office file: how its content types are known, and what it is called in Danish.

    `name` is what a file's names of parts say it is, even where its types are broken. `title` heads
    the refusal of another kind, `other_types` are read as a document's, `personal_place` says where
    a CPR number may stand.
    """

    name: KindName
    is_kind: re.Pattern[bytes]
    other_types: tuple[bytes, ...]
    document_type: bytes
    title: str
    document: str
    endings: str
    plain_ending: str
    personal_place: str
    called: str = "Skabelonen"


def opened_template(
    template: bytes,
    kind: TemplateKind,
    read: Callable[[io.BytesIO], Any],
    faults: tuple[type[Exception], ...],
) -> Any:
    """The template as its library reads it, a template's own type turned into a document's.

    `faults` are what the library raises for parts that are missing or broken. Raises KpiError.
    """
    _check_archive(template, kind)

    def edit(name: str, content: bytes) -> bytes:
        """A part of the archive, with the content types of a document."""
        if name.endswith((".xml", ".rels")):
            etree.fromstring(content, _PARSER)
        if name == "[Content_Types].xml":
            for other in kind.other_types:
                content = content.replace(other, kind.document_type)
        return content

    try:
        _refuse_personal(template, kind)
        repacked = office_files.repacked(template, edit)
    except _DAMAGED as error:
        _log.info("Template of %d bytes", len(template), exc_info=error)
        raise _damaged(kind) from error
    try:
        return read(io.BytesIO(repacked))
    except faults as error:
        _log.info("Template of %d bytes", len(template), exc_info=error)
        raise _damaged(kind) from error


def _check_archive(template: bytes, kind: TemplateKind) -> None:
    """Refuses what is of another kind, is locked, has macros, or unpacks to far too much."""
    try:
        with ZipFile(io.BytesIO(template)) as archive:
            parts = archive.infolist()
            _check_size(parts, kind)
            types = archive.read("[Content_Types].xml")
    except ZIP_FAULTS as error:
        if template.startswith(b"PK"):
            raise _damaged(kind) from error
        raise _of_another_kind(template, kind) from error
    if not kind.is_kind.search(types) or any(part.flag_bits & _ENCRYPTED for part in parts):
        raise _of_another_kind(template, kind)
    names = "\n".join(part.filename for part in parts).encode()
    if _MACRO_TYPE in types or _MACROS.search(types) or _MACROS.search(names):
        raise KpiError(
            f"{kind.called} har makroer",
            f"Filen har makroer. Gem den som {kind.plain_ending} uden makroer, og vælg den igen.",
        )


def _check_size(parts: Sequence[ZipInfo], kind: TemplateKind) -> None:
    """Refuses what would take far more memory than any template needs."""
    title = f"{kind.called} er for stor"
    if sum(part.file_size for part in parts) > _MOST_BYTES:
        raise KpiError(
            title,
            f"Den fylder over {_MOST_BYTES // 10**6} MB udpakket. Tag billeder og video ud, og "
            "vælg den igen.",
        )
    text = sum(part.file_size for part in parts if _may_be_text(part))
    if text > _MOST_TEXT_BYTES or len(parts) > _MOST_PARTS:
        raise KpiError(
            title,
            "Dens tekst og tegninger fylder mere, end en fil af den slags har brug for. Slet det, "
            "der ikke skal bruges, og vælg den igen.",
        )


def _may_be_text(part: ZipInfo) -> bool:
    is_media = part.filename.casefold().endswith(_MEDIA)
    return not is_media or part.file_size > _SHRINKS * max(part.compress_size, 100_000)


def _refuse_personal(template: bytes, kind: TemplateKind) -> None:
    """Refuses a template with a CPR number anywhere: much of it goes into each file made on it."""
    if unseen_personal_numbers(template, kind.plain_ending.removeprefix(".")):
        raise KpiError(
            f"{kind.called} indeholder et CPR-nummer",
            f"Det står {kind.personal_place}, og kan læses af alle, der får papiret. Fjern det, og "
            f"vælg {kind.called.lower()} igen.",
        )


def _damaged(kind: TemplateKind) -> KpiError:
    return KpiError(
        f"{kind.called} er beskadiget",
        f"Filen kan ikke læses. Åbn den i Office, gem den som {kind.endings}, og vælg den igen.",
    )


def _of_another_kind(template: bytes, kind: TemplateKind) -> KpiError:
    name = file_kind(template).name
    if name == kind.name:
        return _damaged(kind)
    if template.startswith(_OLE2) and _LOCKED in template:
        raise KpiError(
            f"{kind.called} er låst",
            f"Filen er beskyttet med adgangskode. Fjern adgangskoden i Office, og vælg "
            f"{kind.called.lower()} igen.",
        )
    called = _CALLED.get(name, "en fil af en anden slags")
    return KpiError(
        kind.title,
        f"{kind.called} er {called if template else 'en tom fil'}. Vælg "
        f"{kind.document}, der er gemt som "
        f"{kind.endings}.",
    )
