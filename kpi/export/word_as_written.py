"""A Word paper's blocks as they are written: named by hidden bookmarks, with fingerprints."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from docx.opc.packuri import PackURI
from docx.opc.part import Part as FilePart
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from kpi.export.as_written import (
    CONTENT_TYPE,
    PROPERTIES,
    PROPERTIES_RELATION,
    PROPERTIES_TYPE,
    RELATION,
    Part,
    Piece,
    as_xml,
    fingerprint,
    is_ours,
)
from kpi.export.paper import Paper

TITLE_KEY, TEXT = "Titel", "Tekst"
# Word shows no bookmark that begins so.
_START = "_spor_"
# What decides how letters look beside their style.
_LETTERS = ("b", "i", "u", "color", "sz", "highlight", "rFonts", "shd")
_PICTURE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"


def mark_of(key: str) -> str:
    """The bookmark that names a block: of its key, as bookmarks are short and have letters only."""
    return f"{_START}{fingerprint(key)}"


def mark_block(element: Any, key: str, number: int) -> None:
    """Puts the bookmark of a key around a paragraph's text, or into a table's first cell."""
    paragraph = element if element.tag == qn("w:p") else next(element.iter(qn("w:p")))
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for each in (start, end):
        each.set(qn("w:id"), str(number))
    start.set(qn("w:name"), mark_of(key))
    properties = paragraph.find(qn("w:pPr"))
    paragraph.insert(0 if properties is None else 1, start)
    paragraph.append(end)


def blocks_in(document: Any) -> dict[str, Any]:
    """The paragraphs and tables of the document by the names of their bookmarks."""
    blocks: dict[str, Any] = {}
    for start in document.element.body.iter(qn("w:bookmarkStart")):
        name = start.get(qn("w:name")) or ""
        if not name.startswith(_START):
            continue
        paragraph = next((each for each in start.iterancestors(qn("w:p"))), None)
        if paragraph is None:
            continue
        table = next((each for each in paragraph.iterancestors(qn("w:tbl"))), None)
        blocks.setdefault(name, paragraph if table is None else table)
    return blocks


def pieces_of(document: Any) -> dict[str, Piece]:
    """Each block as it is now, by the name of its bookmark."""
    return {name: piece_of(document, element) for name, element in blocks_in(document).items()}


def piece_of(document: Any, element: Any) -> Piece:
    """A block as it is now: a table, a picture, or a text."""
    if element.tag == qn("w:tbl"):
        rows = tuple(
            tuple(fingerprint(text_of(cell)) for cell in row.iter(qn("w:tc")))
            for row in element.iter(qn("w:tr"))
        )
        return Piece(text=fingerprint(text_of(element)), look=look_of(element), rows=rows)
    picture = next((each for each in element.iter("{*}blip")), None)
    if picture is not None:
        number = picture.get(_PICTURE)
        parts = document.part.related_parts
        blob = parts[number].blob if number in parts else b""
        described = next((each.get("descr", "") for each in element.iter("{*}docPr")), "")
        size = next((each for each in element.iter("{*}extent")), None)
        at = () if size is None else tuple(int(size.get(side)) // 12700 for side in ("cx", "cy"))
        return Piece(
            numbers=fingerprint(hashlib.sha256(blob).hexdigest()), alt=fingerprint(described), at=at
        )
    return Piece(text=fingerprint(text_of(element)), look=look_of(element))


def text_of(element: Any) -> str:
    """What a paragraph or cell says, its fields and filled-in blanks too."""
    return "".join(text.text or "" for text in element.iter(qn("w:t")))


def look_of(element: Any) -> str:
    """How the letters look that do not only have their style's look."""
    looks = {
        "/".join(
            f"{name}{''.join(child.attrib.values())}"
            for name in _LETTERS
            for child in properties.findall(qn(f"w:{name}"))
        )
        for properties in element.iter(qn("w:rPr"))
        if properties.getparent().tag == qn("w:r")
    }
    return fingerprint(*sorted(looks - {""}))


def keep_as_written(
    document: Any,
    kind: str,
    paper: Paper,
    pieces: Mapping[str, Piece],
    figures: Sequence[str] | None = None,
) -> None:
    """Puts into the file what it was made of, and how each block is; in place of what was there.

    `figures` as in `as_xml`.
    """
    owner = document.part
    # LibreOffice has the file itself name it, not the document.
    for whole in (owner, owner.package):
        for number, relation in list(whole.rels.items()):
            if relation.reltype == RELATION and is_ours(relation.target_part.blob):
                whole.rels.pop(number)
    taken = {str(part.partname) for part in owner.package.iter_parts()}
    place = next(n for n in range(1, 1000) if f"/customXml/item{n}.xml" not in taken)
    blob = as_xml(kind, paper, [Part(TEXT, pieces)], figures)
    make: Callable[..., Any] = FilePart
    kept = make(PackURI(f"/customXml/item{place}.xml"), CONTENT_TYPE, blob, owner.package)
    about = PackURI(f"/customXml/itemProps{place}.xml")
    kept.relate_to(make(about, PROPERTIES_TYPE, PROPERTIES, owner.package), PROPERTIES_RELATION)
    owner.relate_to(kept, RELATION)
