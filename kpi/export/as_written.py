"""What a file carries of how Spor wrote it, so that it can be brought up to date later.

A part of the file names the choice it was made of and the day of its figures, and has a fingerprint
of each text, table and chart as they were written: what differs from it was changed by a person.
Fingerprints are letters only, since a number of ten digits may be somebody's.
"""

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any
from zipfile import ZipFile

from kpi.domain.errors import KpiError
from kpi.export.choice import Choice
from kpi.export.paper import Paper
from kpi.export.saved import choice_of

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
PROPERTIES_RELATION = f"{RELATION}Props"
CONTENT_TYPE = "application/xml"
PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
PROPERTIES = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="no"?>'
    b'<ds:datastoreItem ds:itemID="{5B6D1F0E-7C1A-4C55-9E0B-53504F52A001}" '
    b'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">'
    b'<ds:schemaRefs><ds:schemaRef ds:uri="urn:spor:papir"/></ds:schemaRefs></ds:datastoreItem>'
)
_ROOT = "{urn:spor:papir}papir"
_FORM = 1
# Letters of which no words are made.
_LETTERS, _LONG = "bcdfghjkmnpqrstvwxz", 14
# Of a hostile file: no paper has as many.
_MOST_PARTS, _MOST_PIECES, _MOST_BYTES = 2_000, 4_000, 8_000_000


@dataclass(frozen=True)
class Piece:
    """A shape, paragraph or table as it was written: fingerprints, empty where it has no such.

    `text` is of what it says, `look` of its letters, `alt` of its description, `numbers` of a
    chart's values, `at` where it stands in whole points. `rows` are of a table: of each row what it
    is about, and each cell; `series` the look of each line of a chart by its name, `frame` how its
    axes and labels are set.
    """

    text: str = ""
    look: str = ""
    alt: str = ""
    numbers: str = ""
    at: tuple[int, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    series: Mapping[str, str] = field(default_factory=dict, hash=False)
    frame: Mapping[str, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Part:
    """A slide, or a Word paper as a whole: its pieces by name, in their order."""

    key: str
    pieces: Mapping[str, Piece] = field(hash=False)


@dataclass(frozen=True)
class AsWritten:
    """All that a file carries: its kind, the choice and day it was made of, its figures, its parts.

    `figures` are the exhibits' keys.
    """

    kind: str
    choice: Choice
    as_of: date
    figures: tuple[str, ...]
    parts: tuple[Part, ...]

    def part(self, key: str) -> Part | None:
        """The part of that key."""
        return next((part for part in self.parts if part.key == key), None)


def fingerprint(*texts: str) -> str:
    """The texts as letters; empty for no words at all."""
    words = [" ".join(text.split()) for text in texts]
    if not any(words):
        return ""
    number = int.from_bytes(hashlib.sha256("\x1f".join(words).encode()).digest()[:8])
    letters = []
    for _ in range(_LONG):
        number, rest = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[rest])
    return "".join(letters)


def as_xml(
    kind: str, paper: Paper, parts: Sequence[Part], figures: Sequence[str] | None = None
) -> bytes:
    """The part of the file; `figures` where it has others than the paper, not to be found today."""
    keys = [item.exhibit.key for item in paper.items] if figures is None else list(figures)
    kept = {
        "form": _FORM,
        "kind": kind,
        "as_of": paper.as_of.isoformat(),
        "choice": asdict(paper.choice),
        "figures": keys,
        "parts": [
            {"key": part.key, "pieces": {n: _lean(piece) for n, piece in part.pieces.items()}}
            for part in parts
        ],
    }
    from lxml import etree  # pages that only read need not load it

    root = etree.Element(_ROOT, nsmap={None: "urn:spor:papir"})
    root.text = json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written


def is_ours(blob: bytes) -> bool:
    """Whether a part of a file is what Spor wrote there."""
    return b"urn:spor:papir" in blob[:400] and b"<ds:" not in blob[:400]


def written_in(content: bytes) -> AsWritten:
    """What an Office file carries. Raises KpiError where it carries nothing, or a damaged one.

    Other programs keep the part and forget where the document names it, so it is looked for.
    """
    with ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            if not entry.filename.startswith("customXml/item") or entry.file_size > _MOST_BYTES:
                continue
            blob = archive.read(entry)
            if is_ours(blob):
                return read_xml(blob)
    raise not_ours()


def read_xml(blob: bytes) -> AsWritten:
    """What `as_xml` wrote. Raises KpiError for what is damaged or of a later Spor."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        if len(blob) > _MOST_BYTES:
            raise ValueError
        root = etree.fromstring(blob, parser)
        kept = json.loads(root.text or "")
        if kept["form"] != _FORM:
            raise KpiError(
                "Filen er fra en nyere Spor", "Opdater Spor på denne maskine, og prøv igen."
            )
        parts = tuple(
            Part(
                str(part["key"]),
                {str(name): _piece(piece) for name, piece in part["pieces"].items()},
            )
            for part in kept["parts"]
        )
        if len(parts) > _MOST_PARTS or any(len(part.pieces) > _MOST_PIECES for part in parts):
            raise ValueError
        day = date.fromisoformat(kept["as_of"])
        figures = tuple(map(str, kept["figures"]))
        return AsWritten(str(kept["kind"]), choice_of(kept["choice"]), day, figures, parts)
    except (etree.XMLSyntaxError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise not_ours() from error


def not_ours() -> KpiError:
    """Of a file that carries nothing of how it was made, or something damaged."""
    return KpiError(
        "Filen kan ikke opdateres",
        "Filen er ikke dannet af Spor, er dannet før 28. november 2026, eller dens mærker er "
        "fjernet (»Undersøg dokument« fjerner dem). Intet er ændret.",
    )


def _lean(piece: Piece) -> dict[str, Any]:
    return {name: value for name, value in asdict(piece).items() if value}


def _piece(kept: Mapping[str, Any]) -> Piece:
    return Piece(
        text=str(kept.get("text", "")),
        look=str(kept.get("look", "")),
        alt=str(kept.get("alt", "")),
        numbers=str(kept.get("numbers", "")),
        at=tuple(int(side) for side in kept.get("at", ())),
        rows=tuple(tuple(map(str, row)) for row in kept.get("rows", ())),
        series={str(name): str(look) for name, look in kept.get("series", {}).items()},
        frame={str(name): str(look) for name, look in kept.get("frame", {}).items()},
    )
