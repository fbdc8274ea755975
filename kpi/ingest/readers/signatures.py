"""Files that are no table: refused by name and with a remedy, texts in markup among them."""

import re

from kpi.ingest.table.file_kind import SAVE, SAVE_ATTACHED, SAVE_WORKBOOK, FileKind, file_kind
from kpi.ingest.table.raw import RefusedError

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


def table_kind(content: bytes) -> FileKind:
    """What the bytes are: a workbook, Parquet, or perhaps a text.

    Raises:
        RefusedError: they are a file of another kind, which it names.
    """
    kind = file_kind(content)
    if kind.message:
        raise RefusedError(kind.code, kind.message, kind.hint)
    return kind


def refuse_markup(start: str) -> None:
    """Refuse a text that begins as a web page, XML or RTF.

    `start` is the beginning of the text without blanks before it.
    """
    if start.startswith("{\\rtf"):
        raise _no_table("Filen er et RTF-dokument, ikke en tabel.", SAVE)
    if _MAIL.match(start):
        raise _no_table("Filen er en e-mail, ikke en tabel.", SAVE_ATTACHED)
    if _WEB_ARCHIVE.match(start):
        raise _no_table("Filen er en gemt webside (MHTML), ikke en tabel.", SAVE_WORKBOOK)
    if not _MARKUP.match(start):
        return
    if any(name in start for name in _SPREADSHEET_XML):
        raise _no_table("Filen er et regneark gemt som XML.", SAVE_WORKBOOK)
    if _HTML.match(start):
        raise _no_table(
            "Filen er en webside (HTML), ikke en tabel.",
            "Hent tallene som CSV eller XLSX, eller åbn filen i et regneark og gem den som XLSX.",
        )
    raise _no_table("Filen er XML, ikke en tabel.", "Hent tallene som CSV, XLSX eller JSON-stat.")


def _no_table(message: str, hint: str) -> RefusedError:
    return RefusedError("not_a_table", message, hint)
