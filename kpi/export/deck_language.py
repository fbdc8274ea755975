"""The language of a deck's texts."""

from typing import Any

from pptx.oxml import parse_xml

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


def speak_danish(root: Any) -> None:
    """Marks every text in a part of the deck as Danish, for spelling and for reading aloud."""
    for text in root.iter(*(f"{{{_DRAWING}}}{name}" for name in ("r", "fld"))):
        properties = text.find(f"{{{_DRAWING}}}rPr")
        if properties is None:
            properties = parse_xml(f'<a:rPr xmlns:a="{_DRAWING}"/>')
            text.insert(0, properties)
        properties.set("lang", "da-DK")
    for name in ("endParaRPr", "defRPr"):
        for properties in root.iter(f"{{{_DRAWING}}}{name}"):
            properties.set("lang", "da-DK")
