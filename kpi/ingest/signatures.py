"""Files that are no table: known by their first bytes, told by name and with a remedy."""

import re
from io import BytesIO
from struct import error as struct_error
from zipfile import BadZipFile, LargeZipFile, ZipFile
from zlib import error as zlib_error

from kpi.ingest.raw import RefusedError

_SAVE = "Gem tallene som CSV eller XLSX, og indlæs den fil."
_UNPACK = "Pak filen ud, og indlæs den tabel, der ligger i den."
_AGAIN = "Hent eller gem filen igen, og indlæs den på ny."

# (place, bytes, what it is, remedy)
_SIGNATURES: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"\x89PNG\r\n", "et billede (PNG)", _SAVE),
    (0, b"\xff\xd8\xff", "et billede (JPEG)", _SAVE),
    (0, b"GIF87a", "et billede (GIF)", _SAVE),
    (0, b"GIF89a", "et billede (GIF)", _SAVE),
    (0, b"II*\x00", "et billede (TIFF)", _SAVE),
    (0, b"MM\x00*", "et billede (TIFF)", _SAVE),
    (8, b"WEBP", "et billede (WebP)", _SAVE),
    (0, b"\x1f\x8b", "en pakket fil (gzip)", _UNPACK),
    (0, b"BZh91AY&SY", "en pakket fil (bzip2)", _UNPACK),
    (0, b"\xfd7zXZ\x00", "en pakket fil (xz)", _UNPACK),
    (0, b"\x28\xb5\x2f\xfd", "en pakket fil (zstd)", _UNPACK),
    (0, b"7z\xbc\xaf\x27\x1c", "en pakket fil (7z)", _UNPACK),
    (0, b"Rar!\x1a\x07", "en pakket fil (RAR)", _UNPACK),
    (0, b"SQLite format 3\x00", "en database (SQLite)", _SAVE),
    (8, b"DUCK", "en database (DuckDB)", _SAVE),
    (4, b"Standard ", "en database (Access)", _SAVE),
    (0, b"PAR1", "en Parquet-fil", _SAVE),
    (0, b"ARROW1\x00", "en Arrow-fil", _SAVE),
    (0, b"\x7fELF", "et program", _SAVE),
)
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(r"<(?:!doctype\b|!--|\?xml\b|/?[a-z][\w:.-]*(?:\s[^<>]*)?/?>)", re.IGNORECASE)
_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|table|meta|style|div)\b|.{,2000}?<html\b",
    re.IGNORECASE | re.DOTALL,
)


def is_workbook(content: bytes) -> bool:
    """Whether the bytes are an XLSX workbook.

    Raises:
        RefusedError: they are another file that is no text: told by its name.
    """
    for place, signature, what, remedy in _SIGNATURES:
        # Further in, a text could hold the same letters; no text holds a NUL.
        if content.startswith(signature, place) and (place == 0 or b"\x00" in content[:64]):
            raise _no_table(f"Filen er {what}, ikke en tabel.", remedy)
    if b"%PDF-" in content[:1024]:
        raise _no_table("Filen er en PDF, ikke en tabel.", _SAVE)
    if content.startswith(_OLE2):
        raise _no_table(*_told_of_ole2(content))
    return content.startswith((b"PK\x03\x04", b"PK\x05\x06")) and _is_workbook_in_zip(content)


def refuse_markup(start: str) -> None:
    """Refuse a text that begins as a web page, XML or RTF.

    `start` is the beginning of the text without blanks before it.
    """
    if start.startswith("{\\rtf"):
        raise _no_table("Filen er et RTF-dokument, ikke en tabel.", _SAVE)
    if not _MARKUP.match(start):
        return
    if _HTML.match(start):
        raise _no_table(
            "Filen er en webside (HTML), ikke en tabel.",
            "Hent tallene som CSV eller XLSX, eller åbn filen i et regneark og gem den som XLSX.",
        )
    raise _no_table("Filen er XML, ikke en tabel.", "Hent tallene som CSV, XLSX eller JSON-stat.")


def _is_workbook_in_zip(content: bytes) -> bool:
    try:
        with ZipFile(BytesIO(content)) as archive:
            names = set(archive.namelist())
            kind = archive.read("mimetype")[:100] if "mimetype" in names else b""
    # What the standard library raises on archives that are broken, each in its own way.
    except (
        BadZipFile, LargeZipFile, EOFError, KeyError, NotImplementedError, OSError, OverflowError,
        RuntimeError, ValueError, struct_error, zlib_error,
    ):  # fmt: skip
        raise _no_table("Filen er en beskadiget projektmappe eller ZIP-fil.", _AGAIN) from None
    if "xl/workbook.bin" in names:
        raise _no_table("Filen er en binær projektmappe (XLSB).", "Gem den som XLSX.")
    if any(name.startswith("xl/") for name in names):
        return True
    for folder, what in (("word/", "et Word-dokument"), ("ppt/", "en PowerPoint-præsentation")):
        if any(name.startswith(folder) for name in names):
            raise _no_table(f"Filen er {what}, ikke en tabel.", _SAVE)
    if b"opendocument.spreadsheet" in kind:
        raise _no_table("Filen er et OpenDocument-regneark (ODS).", "Gem det som XLSX.")
    if b"opendocument" in kind:
        raise _no_table("Filen er et OpenDocument-dokument, ikke en tabel.", _SAVE)
    raise _no_table("Filen er en pakket fil (ZIP), ikke en tabel.", _UNPACK)


def _told_of_ole2(content: bytes) -> tuple[str, str]:
    """What an old Office file is: its parts have names in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return (
            "Filen er en projektmappe, der er beskyttet med adgangskode.",
            "Fjern adgangskoden i regnearket, og gem filen igen.",
        )
    if "WordDocument".encode("utf-16-le") in content:
        return "Filen er et gammelt Word-dokument, ikke en tabel.", _SAVE
    if any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        return "Filen er et regneark i det gamle format (XLS).", "Gem det som XLSX."
    return "Filen er en gammel eller beskyttet Office-fil.", _SAVE


def _no_table(message: str, hint: str) -> RefusedError:
    return RefusedError("not_a_table", message, hint)
