"""What a file is, from its bytes alone: a workbook, Parquet, a text, or one that holds no table.

The only place that knows how files begin. A text is not looked into here: `readers/detect.py` tells
CSV, JSON and PX apart once it knows the encoding.
"""

import re
from dataclasses import dataclass
from io import BytesIO
from struct import error as struct_error
from typing import Literal
from zipfile import BadZipFile, LargeZipFile, ZipFile
from zlib import error as zlib_error

from kpi.domain.problem_codes import ProblemCode

# XLSM is an XLSX whose macros nobody asks for.
Workbook = Literal["xlsx", "xlsb", "xls", "ods"]
# `archive` is a ZIP of files, `container` a ZIP of any other kind, also a broken one; `old_office`
# is an OLE2 file that is no workbook, or a locked one.
KindName = Literal[
    Workbook, "parquet", "text", "archive", "container", "word", "powerpoint", "old_office", "pdf",
    "picture", "gzip", "other",
]  # fmt: skip

OLE2_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# A ZIP without files is only its end.
ZIP_START, ZIP_END = b"PK\x03\x04", b"PK\x05\x06"
_PARQUET, _ENCRYPTED_PARQUET, _SHORTEST_PARQUET = b"PAR1", b"PARE", 12
# What the standard library raises on archives that are broken, each in its own way.
ZIP_FAULTS = (
    BadZipFile, LargeZipFile, EOFError, KeyError, NotImplementedError, OSError, OverflowError,
    RuntimeError, ValueError, struct_error, zlib_error,
)  # fmt: skip

# What to do with a file that is no table.
SAVE = "Gem tallene som CSV eller XLSX, og indlæs den fil."
SAVE_ATTACHED = "Gem den vedhæftede fil i en mappe, og indlæs den."
SAVE_WORKBOOK = "Åbn filen i et regneark, og gem den som XLSX."
_RESAVE_ARROW = "Gem tallene som Parquet eller CSV, og indlæs den fil."
_EXPORT = "Eksportér tabellen som CSV, XLSX eller Parquet, og indlæs den fil."
_UNPACK = "Pak filen ud, og indlæs den tabel, der ligger i den."
_AGAIN = "Hent eller gem filen igen, og indlæs den på ny."
_UNLOCK = "Fjern adgangskoden i regnearket, og gem filen igen."


@dataclass(frozen=True)
class FileKind:
    """What a file is; `message` and `hint` are for one who takes it for a table.

    Both are empty where it may have one: a workbook, Parquet, a text.
    """

    name: KindName
    message: str = ""
    hint: str = ""
    code: ProblemCode = "not_a_table"


_BEFORE_1995 = "et regneark i et format fra før 1995"
# Where its first bytes are, those bytes, and what such a file is.
_SIGNATURES: tuple[tuple[int, bytes, KindName, str, str], ...] = (
    (0, b"\x89PNG\r\n", "picture", "et billede (PNG)", SAVE),
    (0, b"\xff\xd8\xff", "picture", "et billede (JPEG)", SAVE),
    (0, b"GIF87a", "picture", "et billede (GIF)", SAVE),
    (0, b"GIF89a", "picture", "et billede (GIF)", SAVE),
    (0, b"II*\x00", "picture", "et billede (TIFF)", SAVE),
    (0, b"MM\x00*", "picture", "et billede (TIFF)", SAVE),
    (8, b"WEBP", "picture", "et billede (WebP)", SAVE),
    (0, b"\x1f\x8b", "gzip", "en pakket fil (gzip)", _UNPACK),
    (0, b"BZh91AY&SY", "other", "en pakket fil (bzip2)", _UNPACK),
    (0, b"\xfd7zXZ\x00", "other", "en pakket fil (xz)", _UNPACK),
    (0, b"\x28\xb5\x2f\xfd", "other", "en pakket fil (zstd)", _UNPACK),
    (0, b"7z\xbc\xaf\x27\x1c", "other", "en pakket fil (7z)", _UNPACK),
    (0, b"Rar!\x1a\x07", "other", "en pakket fil (RAR)", _UNPACK),
    (257, b"ustar", "other", "en pakket fil (tar)", _UNPACK),
    (0, b"SQLite format 3\x00", "other", "en database (SQLite)", SAVE),
    (8, b"DUCK", "other", "en database (DuckDB)", SAVE),
    (4, b"Standard ", "other", "en database (Access)", SAVE),
    (0, b"ARROW1\x00", "other", "en Arrow-fil", _RESAVE_ARROW),
    (12, b"\xc2\xea\x81\x60\xb3\x14\x11\xcf", "other", "et datasæt fra SAS", _EXPORT),
    (0, b"HEADER RECORD*******LIB", "other", "et datasæt fra SAS", _EXPORT),
    (0, b"$FL2", "other", "et datasæt fra SPSS", _EXPORT),
    (0, b"$FL3", "other", "et datasæt fra SPSS", _EXPORT),
    (0, b"<stata_dta>", "other", "et datasæt fra Stata", _EXPORT),
    (0, b"\x89HDF\r\n", "other", "et datasæt i HDF5", _EXPORT),
    (0, b"\x7fELF", "other", "et program", SAVE),
    (0, b"\x09\x08\x08\x00\x00\x05", "other", _BEFORE_1995, SAVE_WORKBOOK),
    (0, b"\x09\x04\x06\x00", "other", _BEFORE_1995, SAVE_WORKBOOK),
    (0, b"\x09\x02\x06\x00", "other", _BEFORE_1995, SAVE_WORKBOOK),
    (0, b"\x09\x00\x04\x00", "other", _BEFORE_1995, SAVE_WORKBOOK),
)
# Ten thousand files with long names; a comment may follow the list.
_MOST_DIRECTORY_BYTES = 4 * 1024**2
_LONGEST_END = 22 + 65_535
_ODS = b"opendocument.spreadsheet"
_MANIFEST, _MOST_MANIFEST = "META-INF/manifest.xml", 1024**2
# Office files, OpenDocument, e-books and Apple's spreadsheets are ZIPs that are one document.
_OF_DOCUMENT = re.compile(
    r"\[content_types\]\.xml|mimetype|index/.*\.iwa|index\.zip|meta-inf/manifest\.mf"
)


def file_kind(content: bytes) -> FileKind:
    """What the bytes are; of no known kind they may be a text."""
    for place, signature, name, description, hint in _SIGNATURES:
        # Further in, a text could have the same letters; no text has a NUL.
        if content.startswith(signature, place) and (place == 0 or b"\x00" in content[:64]):
            return _no_table(name, description, hint)
    if content.startswith(_PARQUET):
        if not content.endswith(_PARQUET) or len(content) < _SHORTEST_PARQUET:
            return FileKind("other", "Filen er en beskadiget Parquet-fil.", _AGAIN)
        return FileKind("parquet")
    if content.startswith(_ENCRYPTED_PARQUET):
        return FileKind("other", "Filen er en krypteret Parquet-fil.", SAVE)
    if b"%PDF-" in content[:1024]:
        return _no_table("pdf", "en PDF")
    if content.startswith(OLE2_START):
        return _kind_of_ole2(content)
    if content.startswith((ZIP_START, ZIP_END)):
        return _kind_of_zip(content)
    return FileKind("text")


def has_sound_directory(content: bytes) -> bool:
    """Whether a ZIP's list of contents is of a size that it may be read.

    Each entry of it takes far more memory than bytes, and no other limit applies to it.
    """
    end = content.rfind(ZIP_END, -_LONGEST_END)
    sizes = [int.from_bytes(content[end + 12 : end + 16], "little")] if end >= 0 else []
    if content[max(0, end - 20) : end].startswith(b"PK\x06\x07"):
        sizes = [int.from_bytes(content[max(0, end - 76) : end][40:48], "little")]
    return all(size <= _MOST_DIRECTORY_BYTES for size in sizes)


def _kind_of_zip(content: bytes) -> FileKind:
    if not has_sound_directory(content):
        return FileKind(
            "container", "Filen indeholder flere filer, end der kan læses.",
            "Pak tabellerne ud, og indlæs dem enkeltvis.", "too_large",
        )  # fmt: skip
    try:
        with ZipFile(BytesIO(content)) as archive:
            names = {name.replace("\\", "/").casefold() for name in archive.namelist()}
            mimetype = _start_of(archive, "mimetype", 100)
            manifest = _start_of(archive, _MANIFEST, _MOST_MANIFEST)
            # Some programs leave the first part out, and name the kind in the manifest alone.
            is_sheet = _ODS in (mimetype or manifest)
    except ZIP_FAULTS:
        message = "Filen er en beskadiget projektmappe eller ZIP-fil."
        return FileKind("container", message, _AGAIN)
    if "xl/workbook.bin" in names:
        if "[content_types].xml" not in names:
            message = "Filen er en beskadiget binær projektmappe (XLSB)."
            return FileKind("container", message, _AGAIN)
        return FileKind("xlsb")
    if any(name.startswith("xl/") for name in names):
        return FileKind("xlsx")
    if any(name.startswith("word/") for name in names):
        return _no_table("word", "et Word-dokument")
    if any(name.startswith("ppt/") for name in names):
        return _no_table("powerpoint", "en PowerPoint-præsentation")
    if is_sheet:
        return _opendocument(names, manifest)
    if b"opendocument" in mimetype:
        return _no_table("container", "et OpenDocument-dokument")
    if "index/document.iwa" in names:
        return FileKind("container", "Filen er fra Apple Numbers, Pages eller Keynote.", SAVE)
    is_document = any(map(_OF_DOCUMENT.fullmatch, names))
    return _no_table("container" if is_document else "archive", "en pakket fil (ZIP)", _UNPACK)


def _start_of(archive: ZipFile, name: str, most: int) -> bytes:
    """The first bytes of a part, however long it claims to be; nothing where there is none."""
    if name not in archive.namelist():
        return b""
    with archive.open(name) as part:
        return part.read(most)


def _opendocument(names: set[str], manifest: bytes) -> FileKind:
    if b"encryption-data" in manifest:
        message = "Filen er et OpenDocument-regneark (ODS), der er beskyttet med adgangskode."
        return FileKind("container", message, _UNLOCK)
    if "content.xml" not in names:
        message = "Filen er et beskadiget OpenDocument-regneark (ODS)."
        return FileKind("container", message, _AGAIN)
    return FileKind("ods")


def _kind_of_ole2(content: bytes) -> FileKind:
    """What an old Office file is: its parts have names in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        message = "Filen er en projektmappe, der er beskyttet med adgangskode."
        return FileKind("old_office", message, _UNLOCK)
    if "__properties_version1.0".encode("utf-16-le") in content:
        return _no_table("old_office", "en e-mail fra Outlook", SAVE_ATTACHED)
    if "WordDocument".encode("utf-16-le") in content:
        return _no_table("old_office", "et gammelt Word-dokument")
    names = ("Workbook", "WORKBOOK", "Book", "BOOK")
    if not any(name.encode("utf-16-le") in content for name in names):
        return FileKind("old_office", "Filen er en gammel eller beskyttet Office-fil.", SAVE)
    # Sizes of sectors, as every such file has them.
    if content[28:30] != b"\xfe\xff" or content[30:32] not in (b"\x09\x00", b"\x0c\x00"):
        message = "Filen er et beskadiget regneark i det gamle format (XLS)."
        return FileKind("old_office", message, _AGAIN)
    return FileKind("xls")


def _no_table(name: KindName, description: str, hint: str = SAVE) -> FileKind:
    return FileKind(name, f"Filen er {description}, ikke en tabel.", hint)
