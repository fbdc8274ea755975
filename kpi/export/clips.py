"""Clip paths that cut nothing off: each costs a program that draws the SVG a layer of its own.

Plotly clips every trace to its axes, whether or not it reaches beyond them. Of a slide's picture
that was a third of what turning it into pixels takes.
"""

import re

# The region is in the coordinates of what it clips, its own `transform` among them.
_REGION = re.compile(
    r'<clipPath id="([^"]+)"><rect(?: x="([-\d.]+)" y="([-\d.]+)")? '
    r'width="([-\d.]+)" height="([-\d.]+)"/></clipPath>'
)
_PATH = re.compile(r'<path(?=[^>]* clip-path="url\(#([^)"]+)\)")[^>]*>')
# Only one path without a `transform`, so that its coordinates are the group's.
_GROUP = re.compile(r'<g clip-path="url\(#([^)"]+)\)">(<path(?![^>]* transform=)[^>]*/>)</g>')
_CLIP = re.compile(r' clip-path="[^"]*"')
_OUTLINE = re.compile(r' d="([^"]*)"')
# Corners alone, in coordinates of the drawing: a curve may reach beyond its points.
_STEP = re.compile(r"([MLHVZ])([-\d.,\s]*)")
_CORNERS = re.compile(r"(?:[MLHVZ][-\d.,\s]*)+")
# Half of the widest stroke, which is drawn on either side of an outline.
_STROKE = 3.0

Region = tuple[float, float, float, float]


def without_idle_clips(svg: str) -> str:
    """The drawing without clip paths of outlines that lie inside their region, strokes included."""
    regions = {
        name: _region(*map(float, (x or 0, y or 0, width, height)))
        for name, x, y, width, height in _REGION.findall(svg)
    }

    def path(match: re.Match[str]) -> str:
        """An outline, without its clip path where that is idle."""
        is_idle = _is_inside(match[0], regions.get(match[1]))
        return _CLIP.sub("", match[0]) if is_idle else match[0]

    def group(match: re.Match[str]) -> str:
        """A group of outlines, likewise."""
        return f"<g>{match[2]}</g>" if _is_inside(match[2], regions.get(match[1])) else match[0]

    return _GROUP.sub(group, _PATH.sub(path, svg))


def _region(x: float, y: float, width: float, height: float) -> Region:
    return x + _STROKE, y + _STROKE, x + width - _STROKE, y + height - _STROKE


def _is_inside(path: str, region: Region | None) -> bool:
    outline = _OUTLINE.search(path)
    if region is None or outline is None or not _CORNERS.fullmatch(outline[1]):
        return False
    left, top, right, bottom = region
    across, down = _coordinates(outline[1])
    return all(left <= x <= right for x in across) and all(top <= y <= bottom for y in down)


def _coordinates(outline: str) -> tuple[list[float], list[float]]:
    across: list[float] = []
    down: list[float] = []
    for step, text in _STEP.findall(outline):
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", text)]
        match step:
            case "H":
                across += numbers
            case "V":
                down += numbers
            case _:
                across += numbers[::2]
                down += numbers[1::2]
    return across, down
