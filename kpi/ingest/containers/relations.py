"""The relations of a zipped workbook: which part each id of it points to."""

import re
from posixpath import join, normpath
from zipfile import ZipFile

WORKBOOK = re.compile(r"xl/workbook\d*\.(?:xml|bin)")
RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*?/>")
_ATTRIBUTE = re.compile(rb"""\b(Id|Type|Target|PartName|full-path)\s*=\s*["']([^"']*)["']""")


def attribute(element: bytes, name: bytes) -> str:
    """An attribute of an element of such lists; empty text where it has none."""
    attributes = dict(_ATTRIBUTE.findall(element))
    return bytes(attributes.get(name, b"")).decode("utf-8", "replace")


def target(relation: bytes) -> str:
    """The part that a relation of the workbook points to."""
    to = attribute(relation, b"Target")
    return to[1:] if to.startswith("/") else normpath(join("xl", to))


def relations_of(workbook: str) -> str:
    """The name of the part that lists a workbook's relations."""
    return f"xl/_rels/{workbook.removeprefix('xl/')}.rels"


def unnamed_sheets(archive: ZipFile, parts: dict[str, str]) -> frozenset[str]:
    """The sheets, in small letters, that the workbook does not name: no program reads their cells.

    `parts` are names by the same in small letters.
    """
    workbook = next((name for name in parts if WORKBOOK.fullmatch(name)), "")
    if relations_of(workbook) not in parts:
        return frozenset()
    content = archive.read(parts[workbook])
    named = {
        target(relation).casefold()
        for relation in RELATION.findall(archive.read(parts[relations_of(workbook)]))
        if _names(content, attribute(relation, b"Id"))
    }
    return frozenset(
        part for part in parts if part.startswith("xl/worksheets/") and part not in named
    )


def _names(workbook: bytes, relation_id: str) -> bool:
    plain = relation_id.encode()
    ways = b'"%s"' % plain, b"'%s'" % plain, relation_id.encode("utf-16-le")
    return bool(plain) and any(way in workbook for way in ways)
