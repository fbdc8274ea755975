"""Files that are no table: known by their first bytes, refused by name and with a remedy."""

import re
from io import BytesIO
from struct import error as struct_error
from zipfile import BadZipFile, LargeZipFile, ZipFile
from zlib import error as zlib_error

from kpi.ingest.table.raw import RefusedError

_SAVE = "Gem tallene som CSV eller XLSX, og indlæs den fil."
_ATTACHED = "Gem den vedhæftede fil i en mappe, og indlæs den."
_EXPORT = "Eksportér tabellen som CSV, XLSX eller Parquet, og indlæs den fil."
_UNPACK = "Pak filen ud, og indlæs den tabel, der ligger i den."
_AGAIN = "Hent eller gem filen igen, og indlæs den på ny."

_RESAVE = "Åbn filen i et regneark, og gem den som XLSX."
_BEFORE_1995 = "et regneark i et format fra før 1995"

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
    (0, b"ARROW1\x00", "en Arrow-fil", "Gem tallene som Parquet eller CSV, og indlæs den fil."),
    (12, b"\xc2\xea\x81\x60\xb3\x14\x11\xcf", "et datasæt fra SAS", _EXPORT),
    (0, b"HEADER RECORD*******LIB", "et datasæt fra SAS", _EXPORT),
    (0, b"$FL2", "et datasæt fra SPSS", _EXPORT),
    (0, b"$FL3", "et datasæt fra SPSS", _EXPORT),
    (0, b"<stata_dta>", "et datasæt fra Stata", _EXPORT),
    (0, b"\x89HDF\r\n", "et datasæt i HDF5", _EXPORT),
    (0, b"\x7fELF", "et program", _SAVE),
    (0, b"\x09\x08\x08\x00\x00\x05", _BEFORE_1995, _RESAVE),
    (0, b"\x09\x04\x06\x00", _BEFORE_1995, _RESAVE),
    (0, b"\x09\x02\x06\x00", _BEFORE_1995, _RESAVE),
    (0, b"\x09\x00\x04\x00", _BEFORE_1995, _RESAVE),
)
# The kinds of workbook that can be read; XLSM is an XLSX whose macros nobody asks for.
WORKBOOKS = XLSX, ODS, XLS, XLSB = "xlsx", "ods", "xls", "xlsb"
PARQUET = "parquet"
_PARQUET, _ENCRYPTED_PARQUET = b"PAR1", b"PARE"
_SHORTEST_PARQUET = 12
# Ten thousand files with long names; a comment may follow the list.
MOST_DIRECTORY_BYTES = 4 * 1024**2
_LONGEST_END = 22 + 65_535
_MANIFEST, _MOST_MANIFEST = "META-INF/manifest.xml", 1024**2
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MARKUP = re.compile(r"<(?:!doctype\b|!--|\?xml\b|/?[a-z][\w:.-]*(?:\s[^<>]*)?/?>)", re.IGNORECASE)
# A letter begins with its headers, From and Subject among them.
_MAIL = re.compile(
    r"(?=(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,80}From:)"
    r"(?=(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,80}(?:Subject|To|MIME-Version):)",
    re.IGNORECASE,
)
_WEB_ARCHIVE = re.compile(r"MIME-Version:\s*1\.0\s*\n", re.IGNORECASE)
_SPREADSHEET_XML = (
    "urn:schemas-microsoft-com:office:spreadsheet", "opendocument.spreadsheet",
    '<?mso-application progid="Excel.Sheet"?>',
)  # fmt: skip
_HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|table|meta|style|div)\b|.{,2000}?<html\b",
    re.IGNORECASE | re.DOTALL,
)


def table_kind(content: bytes) -> str | None:
    """Which of WORKBOOKS the bytes are, or PARQUET; None where they may be a text.

    Raises:
        RefusedError: they are a file of another kind, which it names.
    """
    for place, signature, description, remedy in _SIGNATURES:
        # Further in, a text could have the same letters; no text has a NUL.
        if content.startswith(signature, place) and (place == 0 or b"\x00" in content[:64]):
            raise _no_table(f"Filen er {description}, ikke en tabel.", remedy)
    if content.startswith(_PARQUET):
        if not content.endswith(_PARQUET) or len(content) < _SHORTEST_PARQUET:
            raise _no_table("Filen er en beskadiget Parquet-fil.", _AGAIN)
        return PARQUET
    if content.startswith(_ENCRYPTED_PARQUET):
        raise _no_table("Filen er en krypteret Parquet-fil.", _SAVE)
    if b"%PDF-" in content[:1024]:
        raise _no_table("Filen er en PDF, ikke en tabel.", _SAVE)
    if content.startswith(_OLE2):
        return _kind_of_ole2(content)
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_in_zip(content)
    return None


def refuse_markup(start: str) -> None:
    """Refuse a text that begins as a web page, XML or RTF.

    `start` is the beginning of the text without blanks before it.
    """
    if start.startswith("{\\rtf"):
        raise _no_table("Filen er et RTF-dokument, ikke en tabel.", _SAVE)
    if _MAIL.match(start):
        raise _no_table("Filen er en e-mail, ikke en tabel.", _ATTACHED)
    if _WEB_ARCHIVE.match(start):
        raise _no_table("Filen er en gemt webside (MHTML), ikke en tabel.", _RESAVE)
    if not _MARKUP.match(start):
        return
    if any(name in start for name in _SPREADSHEET_XML):
        raise _no_table("Filen er et regneark gemt som XML.", _RESAVE)
    if _HTML.match(start):
        raise _no_table(
            "Filen er en webside (HTML), ikke en tabel.",
            "Hent tallene som CSV eller XLSX, eller åbn filen i et regneark og gem den som XLSX.",
        )
    raise _no_table("Filen er XML, ikke en tabel.", "Hent tallene som CSV, XLSX eller JSON-stat.")


def is_sound_directory(content: bytes) -> bool:
    """Whether a ZIP's list of contents is of a size that it may be read.

    Each entry of it takes far more memory than bytes, and no other limit applies to it.
    """
    end = content.rfind(b"PK\x05\x06", -_LONGEST_END)
    sizes = [int.from_bytes(content[end + 12 : end + 16], "little")] if end >= 0 else []
    if content[max(0, end - 20) : end].startswith(b"PK\x06\x07"):
        sizes = [int.from_bytes(content[max(0, end - 76) : end][40:48], "little")]
    return all(size <= MOST_DIRECTORY_BYTES for size in sizes)


def _kind_in_zip(content: bytes) -> str:
    if not is_sound_directory(content):
        raise RefusedError(
            "too_large", "Filen indeholder flere filer, end der kan læses.",
            "Pak tabellerne ud, og indlæs dem enkeltvis.",
        )  # fmt: skip
    try:
        with ZipFile(BytesIO(content)) as archive:
            names = {name.replace("\\", "/").casefold() for name in archive.namelist()}
            kind = _start_of(archive, "mimetype", 100)
            manifest = _start_of(archive, _MANIFEST, _MOST_MANIFEST)
    # What the standard library raises on archives that are broken, each in its own way.
    except (
        BadZipFile, LargeZipFile, EOFError, KeyError, NotImplementedError, OSError, OverflowError,
        RuntimeError, ValueError, struct_error, zlib_error,
    ):  # fmt: skip
        raise _no_table("Filen er en beskadiget projektmappe eller ZIP-fil.", _AGAIN) from None
    if "xl/workbook.bin" in names:
        if "[content_types].xml" not in names:
            raise _no_table("Filen er en beskadiget binær projektmappe (XLSB).", _AGAIN)
        return XLSB
    if any(name.startswith("xl/") for name in names):
        return XLSX
    for folder, description in (
        ("word/", "et Word-dokument"),
        ("ppt/", "en PowerPoint-præsentation"),
    ):
        if any(name.startswith(folder) for name in names):
            raise _no_table(f"Filen er {description}, ikke en tabel.", _SAVE)
    if b"opendocument.spreadsheet" in kind:
        return _opendocument(names, manifest)
    if b"opendocument" in kind:
        raise _no_table("Filen er et OpenDocument-dokument, ikke en tabel.", _SAVE)
    if "index/document.iwa" in names:
        raise _no_table("Filen er fra Apple Numbers, Pages eller Keynote.", _SAVE)
    raise _no_table("Filen er en pakket fil (ZIP), ikke en tabel.", _UNPACK)


def _start_of(archive: ZipFile, name: str, most: int) -> bytes:
    """The first bytes of a part, however long it claims to be; nothing where there is none."""
    if name not in archive.namelist():
        return b""
    with archive.open(name) as part:
        return part.read(most)


def _opendocument(names: set[str], manifest: bytes) -> str:
    if b"encryption-data" in manifest:
        raise _no_table(
            "Filen er et OpenDocument-regneark (ODS), der er beskyttet med adgangskode.",
            "Fjern adgangskoden i regnearket, og gem filen igen.",
        )
    if "content.xml" not in names:
        raise _no_table("Filen er et beskadiget OpenDocument-regneark (ODS).", _AGAIN)
    return ODS


def _kind_of_ole2(content: bytes) -> str:
    """What an old Office file is: its parts have names in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise _no_table(
            "Filen er en projektmappe, der er beskyttet med adgangskode.",
            "Fjern adgangskoden i regnearket, og gem filen igen.",
        )
    if "__properties_version1.0".encode("utf-16-le") in content:
        raise _no_table("Filen er en e-mail fra Outlook, ikke en tabel.", _ATTACHED)
    if "WordDocument".encode("utf-16-le") in content:
        raise _no_table("Filen er et gammelt Word-dokument, ikke en tabel.", _SAVE)
    names = ("Workbook", "WORKBOOK", "Book", "BOOK")
    if not any(name.encode("utf-16-le") in content for name in names):
        raise _no_table("Filen er en gammel eller beskyttet Office-fil.", _SAVE)
    # Sizes of sectors, as every such file has them.
    if content[28:30] != b"\xfe\xff" or content[30:32] not in (b"\x09\x00", b"\x0c\x00"):
        raise _no_table("Filen er et beskadiget regneark i det gamle format (XLS).", _AGAIN)
    return XLS


def _no_table(message: str, hint: str) -> RefusedError:
    return RefusedError("not_a_table", message, hint)
