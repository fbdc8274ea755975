"""What a workbook says beside its cells, where a person reads it: boxes, comments, its title."""

import re
from xml.parsers import expat
from zipfile import ZipFile

from kpi.ingest.archive_parts import local, parse

# Text boxes and comments of an XLSX, and the title among its properties.
_PARTS = re.compile(
    r"xl/(?:drawings/drawing|comments/?comment|comments|threadedcomments/threadedcomment)\d*\.xml"
    r"|docprops/core\.xml"
)
_PARAGRAPHS = frozenset(("p", "comment", "threadedComment"))
_TEXTS = frozenset(("t", "text", "title", "subject"))
_MOST_BYTES = 2 * 1024**2
_MOST_TEXTS, _MOST_CHARACTERS = 100, 300


def aside_texts(archive: ZipFile) -> list[str]:
    """The first texts beside the cells of an XLSX, each once; of many or long ones the beginning.

    A part that cannot be read tells nothing: no cell depends on it.
    """
    texts: dict[str, None] = {}
    for entry in archive.infolist():
        name = entry.filename.replace("\\", "/").casefold()
        if len(texts) < _MOST_TEXTS and entry.file_size <= _MOST_BYTES and _PARTS.fullmatch(name):
            texts |= dict.fromkeys(_of_part(archive, entry.filename))
    return list(texts)[:_MOST_TEXTS]


def _of_part(archive: ZipFile, part: str) -> list[str]:
    texts: list[str] = []
    pieces: list[str] = []
    within: list[str] = []
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def start(name: str, _: dict[str, str]) -> None:
        within.append(local(name))

    def end(_: str) -> None:
        name = within.pop()
        if name in _PARAGRAPHS or (name in _TEXTS and not _PARAGRAPHS & set(within)):
            text = " ".join("".join(pieces).split())[:_MOST_CHARACTERS]
            pieces.clear()
            if text and len(texts) < _MOST_TEXTS:
                texts.append(text)

    def characters(text: str) -> None:
        if within and within[-1] in _TEXTS:
            pieces.append(text)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = characters
    try:
        parse(archive, part, parser)
    except expat.ExpatError:
        return []
    return texts
