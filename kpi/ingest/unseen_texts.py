"""What a workbook holds beside its cells, searched for personal numbers before it is kept.

A published file is kept as it is: also its comments, its headers and footers, the file's properties
and the rows that a pivot table remembers long after their sheet is gone.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from xml.parsers import expat
from zipfile import ZipFile, ZipInfo

import numpy as np

from kpi.ingest.archive_parts import chunks, local
from kpi.privacy import holds_personal_number

# Found beside a number in a cell, these are most likely the cell's own text in the file.
OF_CELLS = "en tekst uden for arkenes celler"
# Bytes between the six digits and the four: a few signs of up to three bytes each.
_MOST_BETWEEN = 12
_NEAR = 128
_MARKUP = np.frombuffer(b"<>\"'/=", dtype=np.uint8)
_ASIDE_IN_ODS = (b":annotation", b":tracked-changes", b":content-validations", b":forms", b"<draw:")
# Letters of a text are set in runs of their own: the number goes on in the next.
_RUNS = frozenset((
    "r", "t", "rpr", "span", "s", "a", "b", "i", "u", "sz", "color", "rfont", "family", "charset",
    "scheme", "latin", "ea", "cs", "solidfill", "srgbclr", "schemeclr", "endpararpr", "vertalign",
    "strike",
))  # fmt: skip
# Attributes that hold words. Many others hold ids, which are made of chance digits.
_WORDS = frozenset((
    "v", "u", "name", "prompt", "prompttitle", "error", "errortitle", "target", "tooltip",
    "display", "descr", "title", "author", "displayname", "caption", "location", "command",
    "connection", "url", "uniquename", "text", "alt", "href", "formula", "condition",
    "string-value", "formula1", "formula2", "formatcode",
))  # fmt: skip
_HEXADECIMAL = re.compile(r"\b0x[0-9a-fA-F]+")
_ASIDE = ("annotation", "forms", "shapes", "tracked-changes", "content-validations", "note")
_CELLS = ("table-cell", "covered-table-cell", "v", "is")
_PLACES = (
    ("comment", "en kommentar"), ("notes", "en kommentar"), ("persons/", "en kommentar"),
    ("docprops/", "filens egenskaber"), ("meta.xml", "filens egenskaber"),
    ("pivotcache", "det, en pivottabel husker"), ("externallinks/", "gemte tal fra en anden fil"),
    ("drawings/", "en tekstboks"), ("charts/", "et diagram"), ("object", "et diagram"),
    ("vbaproject", "en makro"), ("styles.xml", "et format, et sidehoved eller en sidefod"),
    ("content.xml", "en kommentar eller en tekstboks"), ("workbook.xml", "et navngivet område"),
    ("worksheets/_rels/", "et link"),
    ("worksheets/", "et sidehoved, en sidefod, en formel eller en regel for celler"),
    ("customxml/", "filens egenskaber"), ("connections", "en dataforbindelse"),
)  # fmt: skip


def unseen_personal_numbers(content: bytes, kind: str) -> list[str]:
    """Where a workbook holds CPR numbers beside its cells, in Danish; never the numbers.

    `kind` is one of `signatures.WORKBOOKS`. Raises what broken XML raises.
    """
    if kind == "xls":
        return [OF_CELLS] if holds_in_bytes(content) else []
    with ZipFile(BytesIO(content)) as archive:
        found = [_place(entry.filename) for entry in archive.infolist() if _in_part(archive, entry)]
        if holds_personal_number(archive.comment.decode("latin-1")):
            found.append("filens egenskaber")
    return list(dict.fromkeys(found))


def holds_in_bytes(content: bytes) -> bool:
    """Whether a CPR number stands anywhere in bytes, in letters of one byte or of two."""
    signs = np.frombuffer(content, dtype=np.uint8)
    for step, encoding in ((1, "latin-1"), (2, "utf-16-le")):
        for first in range(step):
            for place in map(int, _candidates(signs[first::step])):
                start = max(first, first + (place - _NEAR) * step)
                around = content[start : start + (2 * _NEAR + 20) * step]
                if holds_personal_number(around.decode(encoding, "replace")):
                    return True
    return False


def _candidates(signs: np.ndarray) -> np.ndarray:
    """Where ten digits stand, or six and four a little apart: far quicker than any pattern."""
    is_digit = np.zeros(len(signs) + 2, dtype=bool)
    is_digit[1:-1] = (signs - np.uint8(ord("0"))) < 10
    edges = np.flatnonzero(is_digit[1:] != is_digit[:-1])
    starts, ends = edges[::2], edges[1::2]
    lengths = ends - starts
    apart = starts[1:] - ends[:-1] <= _MOST_BETWEEN
    pairs = np.flatnonzero((lengths[:-1] == 6) & (lengths[1:] == 4) & apart)
    # Two numbers of the markup are parted by its own signs.
    pairs = pairs[~np.isin(signs[ends[pairs]], _MARKUP)]
    return np.concatenate((starts[lengths == 10], starts[pairs]))


def _place(name: str) -> str:
    plain = name.replace("\\", "/").casefold()
    return next((place for part, place in _PLACES if part in plain), OF_CELLS)


def _in_part(archive: ZipFile, entry: ZipInfo) -> bool:
    if holds_personal_number(entry.filename):
        return True
    name = entry.filename.replace("\\", "/").casefold()
    if not name.endswith((".xml", ".rels")):
        return holds_in_bytes(b"".join(chunks(archive, entry)))
    is_sheet = "worksheets/" in name and not name.endswith(".rels")
    has_cells = is_sheet or name == "content.xml"
    if (has_cells or name == "xl/sharedstrings.xml") and not _may_hold(archive, entry, has_cells):
        return False
    try:
        return _Texts(has_cells).hold(chunks(archive, entry))
    except expat.ExpatError:  # of a part that no reader needs
        return holds_in_bytes(b"".join(chunks(archive, entry)))


def _may_hold(archive: ZipFile, entry: ZipInfo, has_cells: bool) -> bool:
    """A quick look at the bytes of a large part; true where they are not plain enough to tell.

    What follows a point is decimals, and in a part with cells what follows a tag is their value.
    """
    before, passed = b"", np.frombuffer(b".,>" if has_cells else b".,", dtype=np.uint8)
    for chunk in chunks(archive, entry):
        if not before and b"\x00" in chunk[:4]:
            return True  # UTF-16
        near = before + chunk
        if has_cells and any(name in near for name in _ASIDE_IN_ODS):
            return True
        signs = np.frombuffer(b" " + near, dtype=np.uint8)
        if not np.isin(signs[_candidates(signs) - 1], passed).all():
            return True
        before = chunk[-200:]
    return False


class _Texts:
    """Walks over the XML of a part; of what stands in cells only what is beside their value."""

    def __init__(self, has_cells: bool) -> None:
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._skipped = _CELLS if has_cells else ()
        self._within: list[str] = []  # cells, and what is aside of them
        self._texts: list[str] = []
        self._found = False

    def hold(self, pieces: Iterator[bytes]) -> bool:
        """Whether a CPR number stands in a text or an attribute of words."""
        for piece in pieces:
            self._parser.Parse(piece, False)
            if self._found:
                return True
        self._parser.Parse(b"", True)
        self._flush()
        return self._found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = local(name).casefold()
        if tag not in _RUNS:
            self._flush()
        if tag in self._skipped or tag in _ASIDE or name.startswith("draw:"):
            self._within.append(name)
        for key, text in attributes.items():
            if len(text) > 9 and local(key).casefold() in _WORDS:
                self._look(text)

    def _end(self, name: str) -> None:
        if local(name).casefold() not in _RUNS:
            self._flush()
        if self._within and self._within[-1] == name:
            self._within.pop()

    def _text(self, text: str) -> None:
        if not (self._within and local(self._within[-1]).casefold() in self._skipped):
            self._texts.append(text)

    def _flush(self) -> None:
        if self._texts:
            self._look("".join(self._texts))
            self._texts = []

    def _look(self, text: str) -> None:
        if not self._found and holds_personal_number(_HEXADECIMAL.sub(" ", text)):
            self._found = True
