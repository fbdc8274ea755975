"""What in an Office file cannot be searched for personal numbers, and so is not taken over.

A template goes into each paper that is made on it, with all that is attached to its pages, and an
earlier paper into the one that it is brought up to date as. A PDF
keeps its words packed and spelled by fonts of its own, and a locked or otherwise packed file shows
none: a number in them would go out unseen. Pictures are taken: who uses the template sees them.
"""

import io
from collections.abc import Iterator
from zipfile import ZipFile

from kpi.domain.errors import KpiError
from kpi.export.own_template import TemplateKind
from kpi.ingest.table.file_kind import OLE2_START, ZIP_FAULTS, ZIP_START, file_kind

_SEARCHED = (".xml", ".rels", ".vml")
# An Office object may wrap a file of any kind; what locks one says so in two-byte letters.
_WRAPPED = (
    b"%PDF-",
    "EncryptedPackage".encode("utf-16-le"),
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!\x1a\x07",
)
_MOST_DEPTH, _MOST_BYTES = 4, 100_000_000
_ENCRYPTED = 0x1


def refuse_unsearched(template: bytes, kind: TemplateKind) -> None:
    """Raises KpiError for a template or an earlier paper with a part that nobody can search.

    Expects an archive that was opened as `kind`.
    """
    if any(not _is_searched(content) for content in _attached(template, 0)):
        raise KpiError(
            f"{kind.called} har en vedhæftet fil, som Spor ikke kan læse",
            "Det er en PDF eller en pakket eller låst fil. Den kan ikke gennemsøges for CPR-numre "
            f"og ville følge med i papiret. Slet den, og vælg {kind.called.lower()} igen.",
        )


def _attached(archive: bytes, depth: int) -> Iterator[bytes]:
    """The files of an archive that are no XML, and those in the archives among them."""
    with ZipFile(io.BytesIO(archive)) as parts:
        for entry in parts.infolist():
            if entry.filename.casefold().endswith(_SEARCHED):
                continue
            content = parts.read(entry)
            yield content
            if content.startswith(ZIP_START) and depth < _MOST_DEPTH and _may_be_opened(content):
                yield from _attached(content, depth + 1)


def _may_be_opened(content: bytes) -> bool:
    try:
        with ZipFile(io.BytesIO(content)) as parts:
            entries = parts.infolist()
            return sum(entry.file_size for entry in entries) <= _MOST_BYTES and not any(
                entry.flag_bits & _ENCRYPTED for entry in entries
            )
    except ZIP_FAULTS:
        return False


def _is_searched(content: bytes) -> bool:
    if content.startswith(ZIP_START):
        return _may_be_opened(content)
    if content.startswith(OLE2_START):
        return not any(signature in content for signature in _WRAPPED)
    return file_kind(content).name in ("picture", "text")
