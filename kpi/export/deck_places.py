"""What a slide's placeholder has from its layout and master: where it is and how it writes."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Emu, Pt

# Points between a placeholder's border and its text, where nothing says otherwise.
_INSETS = {"lIns": 7.2, "rIns": 7.2, "tIns": 3.6, "bIns": 3.6}
_TITLES = (PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE)
# PowerPoint's own, where a master says none.
_TITLE_SIZE = 44.0


@dataclass(frozen=True)
class Area:
    """A rectangle of a slide, in points."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.top + self.height

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, width and height as the library takes them."""
        sides = (self.left, self.top, max(self.width, 0), max(self.height, 0))
        return (Pt(sides[0]), Pt(sides[1]), Pt(sides[2]), Pt(sides[3]))


def area_of(shape: Any) -> Area:
    """Where a shape is on its slide or layout; all zero where nothing says it.

    The library looks through the layout once for each side, which is slow.
    """
    for source in sources_of(shape):
        paths = ("{*}spPr/{*}xfrm", "{*}xfrm", "{*}grpSpPr/{*}xfrm")
        places = (source._element.find(path) for path in paths)
        place = next((place for place in places if place is not None), None)
        if place is not None and place.find("{*}ext") is not None:
            (off, ext) = (place.find(f"{{*}}{name}") for name in ("off", "ext"))
            sides = (off.get("x"), off.get("y"), ext.get("cx"), ext.get("cy"))
            return Area(*(Emu(int(side)).pt for side in sides))
    return Area(0, 0, 0, 0)


def room_in(place: Any) -> tuple[float, float]:
    """The width and height in points that a slide's placeholder has for its text."""
    insets = dict(_INSETS)
    for source in reversed(list(sources_of(place))):
        properties = source._element.find("{*}txBody/{*}bodyPr")
        if properties is not None:
            said = {name: properties.get(name) for name in insets}
            insets.update({name: Emu(int(said[name])).pt for name in said if said[name]})
    area = area_of(place)
    return (
        area.width - insets["lIns"] - insets["rIns"],
        area.height - insets["tIns"] - insets["bIns"],
    )


def usual_size(place: Any) -> float:
    """The size in points that a slide's placeholder writes in, if nothing is said on the slide."""
    for source in sources_of(place):
        for default in source._element.iterfind(".//{*}lstStyle/{*}lvl1pPr/{*}defRPr"):
            if default.get("sz"):
                return int(default.get("sz")) / 100
    style = "titleStyle" if place.placeholder_format.type in _TITLES else "bodyStyle"
    master = place.part.slide_layout.slide_master._element
    default = master.find(f".//{{*}}{style}/{{*}}lvl1pPr/{{*}}defRPr")
    return int(default.get("sz", 100 * _TITLE_SIZE)) / 100 if default is not None else _TITLE_SIZE


def words_before_number(place: Any) -> str:
    """What a layout has before a slide's number, such as `Side `."""
    words = ""
    for part in place._base_placeholder._element.iterfind("{*}txBody/{*}p/*"):
        if part.tag.endswith("}fld"):
            return words
        words += part.findtext("{*}t", "")
    return ""


def sources_of(place: Any) -> Iterator[Any]:
    """The placeholder itself, its layout's, and its master's."""
    while place is not None:
        yield place
        place = _base_of(place)


def _base_of(place: Any) -> Any:
    """What a placeholder has its form from; None at the master.

    Kept at the layout it is looked up in: the library reads through all of its shapes each time.
    """
    # Asked of the class: the library looks it up where the place itself is asked.
    if not hasattr(type(place), "_base_placeholder"):
        return None
    layout = getattr(place.part, "slide_layout", None)
    if layout is None:
        return getattr(place, "_base_placeholder", None)
    own = place._element.ph
    kept = layout.part.__dict__.setdefault("_spor_bases", {})
    key = (type(place).__name__, own.idx, own.type)
    if key not in kept:
        kept[key] = getattr(place, "_base_placeholder", None)
    return kept[key]
