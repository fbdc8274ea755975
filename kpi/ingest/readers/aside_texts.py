"""The texts of a workbook beside its cells, where a person reads them.

Text boxes, comments, the headers and footers of its pages, and its title.
"""

import html
import re
import struct
from collections.abc import Iterator
from xml.parsers import expat
from zipfile import ZipFile

from kpi.ingest.containers.archive_parts import chunks, local, parse
from kpi.ingest.readers.binary_asides import of_comments, of_old_workbook, of_pages

# Text boxes and comments of an XLSX, and the title among its properties.
_PARTS = re.compile(
    r"xl/(?:drawings/drawing|comments/?comment|comments|threadedcomments/threadedcomment)\d*\.xml"
    r"|docprops/core\.xml"
)
_PARAGRAPHS = frozenset(("p", "comment", "threadedComment"))
_TEXTS = frozenset(("t", "text", "title", "subject"))
# Headers and footers come after the cells of a sheet, so its end is enough.
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_END_BYTES = 64 * 1024
# Sheets and comments of an XLSB.
_BINARY = re.compile(r"xl/worksheets/[^/]+\.bin")
_COMMENTS = re.compile(r"xl/(?:comments\d*|comments/comments?\d*)\.bin")
_OF_PAGES = re.compile(
    rb"<(?:\w+:)?((?:odd|even|first)(?:Header|Footer))\b[^>]*>(.*?)</", re.DOTALL
)
# `&L&"Arial,Bold"&12` and the like are of its place and letters, `&P` the number of the page.
_CODES = re.compile(r'&(?:"[^"]*"|\d+|K[0-9A-Fa-f]{6}|K\d\d[+-]\d{3}|[A-Za-z])')
# The same in the parts of an OpenDocument spreadsheet.
_IN_ODS = {
    "content.xml": re.compile(rb"<(office:annotation|draw:text-box)\b[^>]*>(.*?)</\1>", re.DOTALL),
    "styles.xml": re.compile(rb"<(style:(?:header|footer))\b[^>/]*>(.*?)</\1>", re.DOTALL),
    "meta.xml": re.compile(rb"<(dc:title|dc:subject)\b[^>]*>(.*?)</\1>", re.DOTALL),
}
_NOT_READ = re.compile(
    rb"<(dc:creator|dc:date|meta:date-string|text:(?:page-number|page-count|sheet-name|file-name"
    rb"|title|date|time))\b[^>]*>.*?</\1>",
    re.DOTALL,
)
_TAGS = re.compile(rb"<[^>]*>")
_MOST_ODS_BYTES = 64 * 1024**2
_MOST_BYTES = 2 * 1024**2
_MOST_TEXTS, _MOST_CHARACTERS = 100, 300


def old_aside_texts(content: bytes) -> list[str]:
    """The texts beside the cells of an XLS; of broken records those read so far."""
    texts: dict[str, None] = {}
    try:
        for written in of_old_workbook(content):
            if text := _uncoded(written):
                texts[text] = None
            if len(texts) >= _MOST_TEXTS:
                break
    except (ValueError, struct.error, IndexError):
        return list(texts)
    return list(texts)


def aside_texts(archive: ZipFile) -> list[str]:
    """The first texts beside the cells of an XLSX, XLSB or ODS, each once.

    Of many or long ones only the beginning.

    A part that cannot be read gives none: no cell depends on it.
    """
    texts: dict[str, None] = {}
    for entry in archive.infolist():
        name = entry.filename.replace("\\", "/").casefold()
        if len(texts) >= _MOST_TEXTS:
            break
        if entry.file_size <= _MOST_BYTES and _PARTS.fullmatch(name):
            texts |= dict.fromkeys(_of_part(archive, entry.filename))
        elif (_COMMENTS.fullmatch(name) and entry.file_size <= _MOST_BYTES) or _BINARY.fullmatch(
            name
        ):
            texts |= dict.fromkeys(filter(None, map(_uncoded, _of_binary(archive, entry.filename))))
        elif _SHEET.fullmatch(name):
            texts |= dict.fromkeys(_of_pages(archive, entry.filename))
        elif name in _IN_ODS and entry.file_size <= _MOST_ODS_BYTES:
            texts |= dict.fromkeys(_of_document(archive, entry.filename, _IN_ODS[name]))
    return list(texts)[:_MOST_TEXTS]


def _of_pages(archive: ZipFile, part: str) -> Iterator[str]:
    """The headers and footers of a sheet's pages, without the codes of their places and letters."""
    for match in _OF_PAGES.finditer(_end_of(archive, part)):
        if text := _uncoded(html.unescape(match[2].decode("utf-8", "replace"))):
            yield text


def _end_of(archive: ZipFile, part: str) -> bytes:
    end = b""
    for chunk in chunks(archive, archive.getinfo(part)):
        end = (end + chunk)[-_END_BYTES:]
    return end


def _of_binary(archive: ZipFile, part: str) -> Iterator[str]:
    """The texts of a part of an XLSB as far as its records can be followed."""
    try:
        if "worksheets" in part.casefold():
            yield from of_pages(_end_of(archive, part))
        else:
            yield from of_comments(archive, part)
    except (ValueError, struct.error, IndexError):
        return


def _uncoded(written: str) -> str:
    """The text of a header, a footer or a comment without the codes of places and letters."""
    text = _CODES.sub(" ", written.replace("&&", "\0")).replace("\0", "&")
    return " ".join(text.split())[:_MOST_CHARACTERS]


def _of_document(archive: ZipFile, part: str, pattern: re.Pattern[bytes]) -> Iterator[str]:
    """The texts of the elements of a part that a pattern finds."""
    content = b"".join(chunks(archive, archive.getinfo(part)))
    for match in pattern.finditer(content):
        plain = _TAGS.sub(b" ", _NOT_READ.sub(b" ", match[2])).decode("utf-8", "replace")
        if text := " ".join(html.unescape(plain).split())[:_MOST_CHARACTERS]:
            yield text


def _of_part(archive: ZipFile, part: str) -> list[str]:
    texts: list[str] = []
    pieces: list[str] = []
    within: list[str] = []
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def start(name: str, _: dict[str, str]) -> None:
        """An element begins."""
        within.append(local(name))

    def end(_: str) -> None:
        """An element ends: of a paragraph the text is complete."""
        name = within.pop()
        if name in _PARAGRAPHS or (name in _TEXTS and not _PARAGRAPHS & set(within)):
            text = " ".join("".join(pieces).split())[:_MOST_CHARACTERS]
            pieces.clear()
            if text and len(texts) < _MOST_TEXTS:
                texts.append(text)

    def characters(text: str) -> None:
        """Letters, of which those of texts are kept."""
        if within and within[-1] in _TEXTS:
            pieces.append(text)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = characters
    try:
        parse(archive, part, parser)
    except expat.ExpatError:
        return []
    return texts
