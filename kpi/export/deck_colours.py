"""The colours of native charts as colours of the slides' theme, so that they follow a template.

Charts are drawn in Spor's colours. Where the theme has one of them, that is taken: our own template
has the palette. Else each has a part: the first accent for the chosen area, the text's colour for
the benchmark, and shades of the text for all that is grey. A colour that is hard to see on the
theme's background is made darker or lighter until it is as easy to see as ours on white.
"""

import colorsys
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml

from kpi.charts import style

_NS = "http://schemas.openxmlformats.org/drawingml/2006/main"
_SLOT = re.compile(
    rb"<a:(dk1|lt1|dk2|lt2|accent[1-6])>\s*"
    rb'<a:(?:srgbClr val|sysClr [^>]*lastClr)="([0-9A-Fa-f]{6})"'
)
# What a master calls the theme's colours, where it says nothing else.
_USUAL = {"bg1": "lt1", "tx1": "dk1", "bg2": "lt2", "tx2": "dk2"}
# What letters need, and how much of a colour there is in what is called coloured.
_READABLE, _COLOURED = 4.5, 0.25
_STEPS = tuple(step / 100 for step in range(100, 0, -5))
_GREYS = (style.GREY_TEXT, style.GREY_DOT, style.GREY_LINE, style.FAINT, style.GRID, "#D3DAE1",
          "#EDF0F3")  # fmt: skip
_BLUES = (style.BLUE, "#00437F", "#6FA3D3", "#A9CBE8", "#CFE0F0")
_WARM = (style.BROWN, "#B8480A", "#F5C6A0")
# Of words that say what they mean: kept where they can be read.
_MEANING = ("#005A52", "#8F3A05", "#54307F")
_ACCENTS = tuple(f"accent{number}" for number in range(1, 7))

RGB = tuple[float, float, float]


@dataclass(frozen=True)
class Shade:
    """A colour of the theme, with a part of its lightness kept and another added."""

    slot: str
    kept: float = 1.0
    added: float = 0.0

    @property
    def xml(self) -> str:
        """As it stands in a slide."""
        changes = ""
        if self.kept < 1:
            changes += f'<a:lumMod val="{round(self.kept * 100000)}"/>'
        if self.added:
            changes += f'<a:lumOff val="{round(self.added * 100000)}"/>'
        return f'<a:schemeClr xmlns:a="{_NS}" val="{self.slot}">{changes}</a:schemeClr>'

    def of(self, colour: RGB) -> RGB:
        """What it makes of the theme's colour."""
        hue, light, saturation = colorsys.rgb_to_hls(*colour)
        return colorsys.hls_to_rgb(hue, min(light * self.kept + self.added, 1.0), saturation)


def in_theme(element: Any, shades: Mapping[str, Shade]) -> None:
    """Turns Spor's colours within an element into the theme's; how transparent they are stays.

    Letters in the first accent get the shade of it that can be read.
    """
    letters = shades[_bare(style.BLUE)]
    for run in element.iter(f"{{{_NS}}}rPr"):
        for colour in run.findall(f"{{{_NS}}}solidFill/{{{_NS}}}schemeClr"):
            if colour.get("val") == "accent1":
                colour.getparent().replace(colour, parse_xml(letters.xml))
    for colour in list(element.iter(f"{{{_NS}}}srgbClr")):
        shade = shades.get(colour.get("val").upper())
        if shade is None:
            continue
        themed = parse_xml(shade.xml)
        themed.extend(list(colour))
        colour.getparent().replace(colour, themed)


def shades_of(master: Any) -> dict[str, Shade]:
    """What each of Spor's colours (`00529B`) is in the theme of a slide master."""
    slots = _slots(master)
    bare = {
        _bare(shade): Shade(slot)
        for slot, colour in slots.items()
        for shade in (*_GREYS, *_BLUES, *_WARM)
        if colour == _rgb(_bare(shade))
    }
    back = slots["bg1"]
    greyest = min(("tx1", "tx2", *_ACCENTS), key=lambda slot: _saturation(slots[slot]))
    strong = _strong(slots)
    warm = max(
        (slot for slot in _ACCENTS if _saturation(slots[slot]) > _COLOURED),
        key=lambda slot: _apart(slots[slot], slots[strong]),
        default="tx2",
    )
    shades = {_bare(style.WHITE): Shade("bg1"), _bare(style.INK): Shade("tx1")}
    for slot, family in ((greyest, _GREYS), (strong, _BLUES), (warm, _WARM)):
        for shade in map(_bare, family):
            shades[shade] = bare.get(shade) or _as_clear(shade, slot, slots[slot], back)
    for shade in map(_bare, _MEANING):
        if _contrast(_rgb(shade), back) < _READABLE:
            shades[shade] = Shade("tx1")
    return shades


def _slots(master: Any) -> dict[str, RGB]:
    """The theme's colours by the names that slides give them."""
    blob = master.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob
    theme = {name.decode(): _rgb(value.decode()) for name, value in _SLOT.findall(blob)}
    spor = {"lt1": "FFFFFF", "dk1": "1B2530", "lt2": "F3F5F7", "dk2": "4A5663"}
    named = master._element.find("{*}clrMap")
    slots = {}
    for slot in (*_USUAL, *_ACCENTS):
        name = named.get(slot, _USUAL.get(slot, slot)) if named is not None else slot
        slots[slot] = theme.get(name) or _rgb(spor.get(name, "00529B"))
    return slots


def _strong(slots: Mapping[str, RGB]) -> str:
    """The first accent that is a colour and not the text's own; else the text's."""
    coloured = (
        slot
        for slot in _ACCENTS
        if _saturation(slots[slot]) > _COLOURED and _distance(slots[slot], slots["tx1"]) > 0.2
    )
    return next(coloured, "tx1")


def _as_clear(shade: str, slot: str, colour: RGB, back: RGB) -> Shade:
    """The theme's colour, as easy to see on its background as Spor's on white.

    One that letters are written in is taken as it is where it can be read.
    """
    wanted = _contrast(_rgb(shade), (1.0, 1.0, 1.0))
    needed = _READABLE if wanted >= _READABLE else 0.0
    if needed and _contrast(colour, back) >= needed and shade != _bare(style.GREY_TEXT):
        return Shade(slot)
    ways = [
        *(Shade(slot, step) for step in _STEPS),
        *(Shade(slot, step, round(1 - step, 2)) for step in _STEPS),
    ]
    contrasts = [(way, _contrast(way.of(colour), back)) for way in ways]
    seen = [pair for pair in contrasts if pair[1] >= needed] or contrasts
    return min(seen, key=lambda pair: abs(pair[1] - wanted) / max(pair[1], wanted))[0]


def _contrast(colour: RGB, other: RGB) -> float:
    """As WCAG counts it: 1 to 21."""
    low, high = sorted(map(_luminance, (colour, other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: RGB) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _saturation(colour: RGB) -> float:
    """How much colour there is: the distance of the strongest part to the weakest."""
    return max(colour) - min(colour)


def _apart(colour: RGB, other: RGB) -> float:
    """How far two hues are apart, of half a circle."""
    between = abs(colorsys.rgb_to_hls(*colour)[0] - colorsys.rgb_to_hls(*other)[0])
    return min(between, 1 - between)


def _distance(colour: RGB, other: Sequence[float]) -> float:
    return max(abs(a - b) for a, b in zip(colour, other, strict=True))


def _bare(shade: str) -> str:
    return shade.removeprefix("#")


def _rgb(shade: str) -> RGB:
    red, green, blue = (int(shade[place : place + 2], 16) / 255 for place in (0, 2, 4))
    return red, green, blue
