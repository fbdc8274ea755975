"""A picture whose letters are curves: it looks the same in programs that embed no fonts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from kpi.export.fonts import SANS, SANS_BOLD, SERIF, Face

_SVG = "{http://www.w3.org/2000/svg}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_KEPT = ("transform", "fill", "fill-opacity", "opacity")
_BOLD_FROM = 600
# Of the text's start, at which its anchor is.
_BEFORE = {"start": 0.0, "middle": 0.5, "end": 1.0}


@dataclass(frozen=True)
class _Style:
    """How a piece of text is written."""

    family: str = ""
    weight: int = 400
    size: float = 16.0
    anchor: str = "start"

    def over(self, element: Any) -> "_Style":
        """The style of an element within."""
        said = dict(element.attrib)
        said |= dict(re.findall(r"([a-z-]+)\s*:\s*([^;]+)", element.get("style", "")))
        weight = said.get("font-weight", str(self.weight)).strip()
        words = {"bold": 700, "normal": 400}
        return replace(
            self,
            family=said.get("font-family", self.family),
            weight=words.get(weight) or int(weight),
            size=float(said.get("font-size", str(self.size)).removesuffix("px")),
            anchor=said.get("text-anchor", self.anchor).strip(),
        )

    @property
    def face(self) -> Face:
        """The typeface it is written in."""
        if SERIF.family in self.family:
            return SERIF
        return SANS_BOLD if self.weight >= _BOLD_FROM else SANS


@dataclass(frozen=True)
class _Piece:
    """Letters in one style; with `at` they begin a line there, else they go on."""

    text: str
    style: _Style
    at: tuple[float, float] | None


def outlined(svg: str) -> str:
    """The picture without texts and typefaces: each text a group of curves that says it.

    A text with letters that the typefaces lack stays a text.
    """
    root = etree.fromstring(svg.encode())  # our own
    for style in root.findall(f"{_SVG}style"):
        root.remove(style)
    for text in list(root.iter(f"{_SVG}text")):
        pieces = list(_pieces(text, _Style().over(text), None, text.get(_SPACE) == "preserve"))
        if all(piece.style.face.draws(letter) for piece in pieces for letter in piece.text):
            text.getparent().replace(text, _group(text, pieces))
    return str(etree.tostring(root, encoding="unicode"))


def _group(text: Any, pieces: list[_Piece]) -> Any:
    said = dict(text.attrib)
    said |= dict(re.findall(r"([a-z-]+)\s*:\s*([^;]+)", text.get("style", "")))
    group = etree.Element(f"{_SVG}g", {name: said[name] for name in _KEPT if name in said})
    group.set("role", "img")
    group.set("aria-label", " ".join("".join(text.itertext()).split()))
    paths = "".join(path for line in _lines(pieces) for path in _line(line))
    etree.SubElement(group, f"{_SVG}path", {"d": paths})
    group.tail = text.tail
    return group


def _pieces(
    element: Any, style: _Style, at: tuple[float, float] | None, keeps_spaces: bool
) -> Iterator[_Piece]:
    """The text of an element and of those within it, in their order."""
    if element.get("x") is not None or element.get("y") is not None:
        before = at or (0.0, 0.0)
        x = float(element.get("x", before[0]))
        y = float(element.get("y", before[1]))
        at = (x, y + _length(element.get("dy", "0"), style.size))
    starts = at
    for text, inner in ((element.text, None), *((child.tail, child) for child in element)):
        if inner is not None:
            own = style.over(inner)
            begins = inner.get("x") is not None or inner.get("y") is not None
            yield from _pieces(inner, own, at if begins else starts, keeps_spaces)
            starts = None
        shown = text or "" if keeps_spaces else re.sub(r"\s+", " ", text or "")
        if shown and (shown.strip() or starts is None):
            yield _Piece(shown, style, starts)
            starts = None


def _lines(pieces: list[_Piece]) -> Iterator[list[_Piece]]:
    """The pieces that go on after each other."""
    line: list[_Piece] = []
    for piece in pieces:
        if piece.at is not None and line:
            yield line
            line = []
        line.append(piece)
    if line:
        yield line


def _line(line: list[_Piece]) -> Iterator[str]:
    x, y = line[0].at or (0.0, 0.0)
    width = sum(piece.style.face.width(piece.text.rstrip(), piece.style.size) for piece in line)
    x -= _BEFORE.get(line[0].style.anchor, 0.0) * width
    for piece in line:
        yield piece.style.face.outline(piece.text, piece.style.size, (x, y))
        x += piece.style.face.width(piece.text, piece.style.size)


def _length(text: str, size: float) -> float:
    if text.endswith("em"):
        return float(text.removesuffix("em")) * size
    return float(text.removesuffix("px"))
