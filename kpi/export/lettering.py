"""Lines of text as SVG: broken where they are full, none wider than its room."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from kpi.export.fonts import SERIF, Face

# What XML cannot contain; nobody sees these letters anyway.
_NOT_IN_XML = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ud800-\\udfff\\ufffe\\uffff]")


def wrapped(text: str, face: Face, size: float, width: float) -> list[str]:
    """The text in lines no wider than `width`; a word that is wider alone is broken anywhere."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if face.width(longer, size) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        *full, line = _broken(word, face, size, width)
        lines += full
    return [*lines, line] if line else lines


def _broken(word: str, face: Face, size: float, width: float) -> list[str]:
    parts = [""]
    for letter in word:
        if parts[-1] and face.width(parts[-1] + letter, size) > width:
            parts.append("")
        parts[-1] += letter
    return parts


def in_xml(text: str) -> str:
    """The text as it is written in an SVG; line breaks become spaces."""
    return escape(_NOT_IN_XML.sub("", re.sub(r"[\t\r\n]+", " ", text)))


@dataclass
class Block:
    """Texts one under another, `width` wide; `height` grows with each. SVG, from (0, 0)."""

    width: float
    height: float = 0
    parts: list[str] = field(default_factory=list)

    def text(
        self, lines: Sequence[str], face: Face, size: float, colour: str, space: float = 0
    ) -> None:
        """Adds lines, `space` pixels under what is above them; nothing for no lines."""
        if not lines:
            return
        self.height += space if self.parts else 0
        leading = round(size * (1.2 if face is SERIF else 1.35))
        # One element for all lines, and a space at each end, so that it is read as one text.
        spans = " ".join(
            f'<tspan x="0" y="{self.height + leading * place + size:g}">{in_xml(line)}</tspan>'
            for place, line in enumerate(lines)
        )
        self.parts.append(f"<text {_font(face, size, colour)}>{spans}</text>")
        self.height += leading * len(lines)

    def at_right(self, text: str, face: Face, size: float, colour: str) -> None:
        """Adds a text at the right end of the last line."""
        y = self.height - round(size * 1.35) + size
        self.parts.append(
            f'<text {_font(face, size, colour)} text-anchor="end" x="{self.width:g}" y="{y:g}">'
            f"{in_xml(text)}</text>"
        )

    def rule(self, colour: str, space: float) -> None:
        """Adds a hairline."""
        self.height += space
        self.parts.append(f'<path d="M0,{self.height:g}H{self.width:g}" stroke="{colour}"/>')

    def svg(self, x: float, y: float) -> str:
        """The block with its upper left corner at a place."""
        return f'<g transform="translate({x:g},{y:g})">{"".join(self.parts)}</g>'


def _font(face: Face, size: float, colour: str) -> str:
    kind = "serif" if face is SERIF else "sans-serif"
    return (
        f'font-family="\'{face.family}\', {kind}" font-weight="{face.weight}" '
        f'font-size="{size:g}" fill="{colour}"'
    )
