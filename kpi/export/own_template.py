"""A template that a person gives: what is none, has macros or is damaged is refused in Danish."""

import io
import logging
import re
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from zipfile import BadZipFile, ZipFile

from kpi.domain.errors import KpiError
from kpi.export import office_files
from kpi.ingest.gate.unseen_texts import unseen_personal_numbers
from kpi.ingest.table.file_kind import ZIP_FAULTS, KindName, file_kind

_MACRO_TYPE = b"macroEnabled"
# What reading the parts of a damaged archive raises.
_DAMAGED = (BadZipFile, zlib.error, EOFError, NotImplementedError)
_ENCRYPTED = 0x1
_OLD_OFFICE = "en fil i det gamle format .ppt, .doc eller .xls eller en låst fil"
_ZIP = "en zip-fil"
_CALLED: Mapping[KindName, str] = {
    "pdf": "en PDF", "picture": "et billede", "word": "et Word-dokument", "xlsx": "en Excel-fil",
    "xlsb": "en Excel-fil", "xls": _OLD_OFFICE, "old_office": _OLD_OFFICE, "ods": _ZIP,
    "powerpoint": "en PowerPoint-fil", "archive": _ZIP, "container": _ZIP,
}  # fmt: skip
# An archive can unpack to far more than it seems.
_MOST_BYTES = 300_000_000

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class TemplateKind:
    """A kind of Office file: how its content types are known, and what it is called in Danish.

    `name` is what a file's names of parts say it is, even where its types are broken. `title` heads
    the refusal of another kind, `personal_place` says where a CPR number may stand.
    """

    name: KindName
    is_kind: re.Pattern[bytes]
    template_type: bytes
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
        if name == "[Content_Types].xml":
            return content.replace(kind.template_type, kind.document_type)
        return content

    try:
        _refuse_personal(template, kind)
        repacked = office_files.repacked(template, edit)
    except _DAMAGED as error:
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
            inflated = sum(part.file_size for part in parts)
            types = archive.read("[Content_Types].xml") if inflated <= _MOST_BYTES else b""
    except ZIP_FAULTS as error:
        if template.startswith(b"PK"):
            raise _damaged(kind) from error
        raise _of_another_kind(template, kind) from error
    if inflated > _MOST_BYTES:
        raise KpiError(f"{kind.called} er for stor", "Den fylder over 300 MB udpakket.")
    if not kind.is_kind.search(types) or any(part.flag_bits & _ENCRYPTED for part in parts):
        raise _of_another_kind(template, kind)
    if _MACRO_TYPE in types:
        raise KpiError(
            f"{kind.called} har makroer",
            f"Filen har makroer. Gem den som {kind.plain_ending} uden makroer, og vælg den igen.",
        )


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
    called = _CALLED.get(name, "en fil af en anden slags")
    return KpiError(
        kind.title,
        f"{kind.called} er {called if template else 'en tom fil'}. Vælg "
        f"{kind.document}, der er gemt som "
        f"{kind.endings}.",
    )
