"""The kind of a file, from its content alone (workbook, Parquet, JSON, PX, text), and encoding."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from kpi.ingest.readers.encodings import narrow_encoding
from kpi.ingest.readers.signatures import refuse_markup, table_kind
from kpi.ingest.table.byte_scan import Signs, scanned
from kpi.ingest.table.file_kind import Workbook
from kpi.ingest.table.formats import Reader
from kpi.ingest.table.json_values import parsed_json
from kpi.ingest.table.raw import MOST_BYTES, RefusedError, Upload

_CHUNK = 1024**2
_START = 64 * 1024
# A hundred times the widest tables there are; a line of twice that is always noticed.
_LONGEST_LINE = 8 * 1024**2
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
# ø, æ and å as UTF-8 writes them. In Windows-1252 they would be words nobody writes.
_DANISH_IN_UTF8 = re.compile(rb"\xc3[\x85\x86\x98\xa5\xa6\xb8]")
_PX_START = re.compile(
    rb"\s*(?:CHARSET|AXIS-VERSION|CODEPAGE|LANGUAGES?|CREATION-DATE|DECIMALS|SHOWDECIMALS|MATRIX|"
    rb"SUBJECT-(?:AREA|CODE)|TITLE|COPYRIGHT|DESCRIPTION|CONTENTS|UNITS|STUB|HEADING|VALUES|TABLEID"
    rb"|DEFAULT-GRAPH|AGGREGALLOWED|AUTOPEN|UPDATE-FREQUENCY)\s*[\[(=]"
)
# Blanks within a line only: over blank lines every line would be begun at anew.
_PX_VALUES = re.compile(rb"^[^\S\n]*+VALUES\s*+[\[(]", re.MULTILINE)
_PX_FIGURES = re.compile(rb"^[^\S\n]*+DATA\s*+=", re.MULTILINE)
_PX_ENCODING = re.compile(rb'^[^\S\n]*+(CODEPAGE|CHARSET)\s*+=\s*+"([^"]{1,40})"', re.MULTILINE)
# Windows-1252 has all letters of Latin-1.
_CODEPAGES = {
    "utf-8": "utf-8", "utf8": "utf-8", "unicode": "utf-8",
    "windows-1252": "cp1252", "cp1252": "cp1252", "1252": "cp1252",
    "iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252",
    "iso-8859-15": "iso8859-15", "cp850": "cp850", "850": "cp850", "ibm850": "cp850",
}  # fmt: skip
# What programs of DOS end a text with.
_DOS_END = b"\x1a"
_UTF_8 = ("utf-8", "utf-8-sig")
_SAVE_AS = "Gem filen som CSV med tegnsættet UTF-8, og indlæs den igen."


@dataclass(frozen=True)
class Recognised:
    """What reads a file, by its contents; a text's encoding.

    `workbook` is the kind of a workbook, None of other files. `document` is what a JSON file
    contains. `encoding` is Python's name of it; without a byte order mark UTF-16 is "utf-16-le" or
    "utf-16-be".
    """

    kind: Reader
    encoding: str = ""
    document: object = field(default=None, repr=False)
    content: bytes = field(default=b"", repr=False)
    workbook: Workbook | None = None

    @cached_property
    def text(self) -> str:
        """The whole text, without a byte order mark; decoded when first asked for, and kept."""
        return self.content.decode(self.encoding)

    @cached_property
    def signs(self) -> Signs:
        """The bytes that decide how it is read; counted when first asked for, and kept."""
        return Signs.of(self.content)


def recognise(upload: Upload) -> Recognised:
    """What the file is. Its name is not looked at.

    Raises:
        RefusedError: it is too large, empty, in no known encoding, or no table at all.
    """
    content = upload.content
    if len(content) > MOST_BYTES:
        raise RefusedError(
            "too_large",
            f"Filen fylder {len(content) // 1024**2} MB; den må højst fylde "
            f"{MOST_BYTES // 1024**2} MB.",
            "Del den, eller hent færre perioder og områder ad gangen.",
        )
    kind = table_kind(content).name
    if kind == "parquet":
        return Recognised("parquet")
    if kind in ("xlsx", "xlsb", "xls", "ods"):
        return Recognised("workbook", workbook=kind)
    content = content.removesuffix(_DOS_END)
    is_px = _is_px(content)
    # As UTF-8 a text is only read once to the end: a large one takes long enough.
    signs, is_utf_8 = scanned(content)
    encoding = _px_encoding(content, is_utf_8) if is_px else _encoding(content, is_utf_8)
    recognised = Recognised("px" if is_px else "delimited", encoding, content=content)
    recognised.__dict__["signs"] = signs  # counted already
    start = _checked_start(recognised, is_utf_8)
    refuse_markup(start)
    if is_px:
        return recognised
    if (as_json := _as_json(recognised, start)) is not None:
        return as_json
    _check_lines(content)
    return recognised


def _check_lines(content: bytes) -> None:
    """Raises RefusedError for a line of a length that no table of cells has."""
    for place in range(0, len(content) - _LONGEST_LINE + 1, _LONGEST_LINE):
        end = place + _LONGEST_LINE
        if content.find(b"\n", place, end) < 0 and content.find(b"\r", place, end) < 0:
            raise RefusedError(
                "too_large",
                f"Filen har en linje på over {_LONGEST_LINE // 1024**2} MB, og så lang er ingen "
                "række i en tabel.",
                "Kontrollér, at filen har en linje for hver række, eller hent den som CSV.",
            )


def _as_json(recognised: Recognised, start: str) -> Recognised | None:
    """The file as JSON; None where it only begins with a bracket, as the headers of UVM do."""
    if not start.startswith(("{", "[")):
        return None
    try:
        return Recognised(
            "json", recognised.encoding, parsed_json(recognised.text), recognised.content
        )
    except RefusedError:
        if re.match(r"\{|\[\s*[\[{]", start):
            raise
        return None


def _encoding(content: bytes, is_utf_8: bool) -> str:
    """The encoding of a text: by its byte order mark, its NULs, trying UTF-8, or its words."""
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise RefusedError("encoding", "Filen er gemt i tegnsættet UTF-32.", _SAVE_AS)
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if content.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    start = content[:_START]
    even, odd = start[::2].count(0), start[1::2].count(0)
    # In UTF-16 every letter, digit and separator of ours has a NUL at its side.
    if len(start) >= 4 and max(even, odd) > len(start) // 5 and min(even, odd) <= len(start) // 100:
        return "utf-16-le" if odd > even else "utf-16-be"
    if is_utf_8:
        return "utf-8"
    if _DANISH_IN_UTF8.search(content):
        return "utf-8"
    return narrow_encoding(content)


def _is_px(content: bytes) -> bool:
    start = content[:_START].removeprefix(codecs.BOM_UTF8)
    return (
        _PX_START.match(start) is not None
        and _PX_VALUES.search(content) is not None
        and _PX_FIGURES.search(content) is not None
    )


def _px_encoding(content: bytes, is_utf_8: bool) -> str:
    """The encoding that a PX file names; without any, DOS text, as the format has it."""
    if content.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    named = {
        keyword: name.decode("ascii", "replace").strip().casefold()
        for keyword, name in _PX_ENCODING.findall(content[:_START])
    }
    name = named.get(b"CODEPAGE") or named.get(b"CHARSET", "")
    if name in _CODEPAGES:
        return _CODEPAGES[name]
    if b"CODEPAGE" in named:
        raise RefusedError(
            "encoding",
            "PX-filen er gemt i et tegnsæt, som ikke kan læses her.",
            'Gem den med CODEPAGE="utf-8", eller hent tallene som CSV.',
        )
    if is_utf_8:
        return "utf-8"
    return "cp1252" if name == "ansi" else narrow_encoding(content, "cp850")


def _checked_start(recognised: Recognised, is_utf_8: bool) -> str:
    """The beginning of the text without blanks before it, once all of it is known to be text."""
    fault = _fault(recognised, is_utf_8)
    if fault is not None:
        line, fault_text = fault
        raise RefusedError("encoding", f"Linje {line} {fault_text}.", _SAVE_AS, line)
    start = ""
    for chunk in _decoded(recognised.content, recognised.encoding):
        start = (start + chunk).lstrip("\ufeff \t\r\n\x0b\x0c\x85\xa0")
        if len(start) > 4096:
            break
    if not start.strip():
        raise RefusedError("empty_file", "Filen er tom.", "Vælg en fil med mindst én række tal.")
    return start[:_START]


def _decodes(content: bytes, encoding: str) -> bool:
    try:
        for _ in _decoded(content, encoding):
            pass
    except UnicodeDecodeError:
        return False
    return True


def _fault(recognised: Recognised, is_utf_8: bool) -> tuple[int, str] | None:
    """The line of the first fault that makes it no text, and the fault; None where all is text."""
    content, encoding = recognised.content, recognised.encoding
    # In all encodings but UTF-16 a control character is the same byte, and no part of another.
    is_narrow = not encoding.startswith("utf-16")
    if is_narrow and not recognised.signs.controls:
        is_text = is_utf_8 if encoding in _UTF_8 else _decodes(content, encoding)
        if is_text:
            return None
    line = 1
    try:
        for chunk in _decoded(content, encoding):
            control = _CONTROL.search(chunk)
            if control is not None:
                return line + _lines(chunk[: control.start()]), "indeholder tegn, der ikke er tekst"
            line += _lines(chunk)
    except UnicodeDecodeError as fault:
        read = fault.object[: fault.start].decode(encoding, "ignore")
        return line + _lines(read), "indeholder tegn, der ikke kan læses"
    return None


def _decoded(content: bytes, encoding: str) -> Iterator[str]:
    """The text in pieces: a whole copy of a large file is not needed to look at it."""
    decoder = codecs.getincrementaldecoder(encoding)()
    for place in range(0, len(content), _CHUNK):
        last = place + _CHUNK >= len(content)
        yield decoder.decode(content[place : place + _CHUNK], last)


def _lines(text: str) -> int:
    return text.count("\n") or text.count("\r")
