"""Exhibits' charts as SVG: drawn by the browser, the same bytes for the same marks."""

import hashlib
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from kpi.charts.drawing import draw
from kpi.charts.marks import (
    DotMarks,
    Frame,
    FunnelMarks,
    LineMarks,
    Marks,
    NumberMarks,
    OutcomeMarks,
    PanelMarks,
    RankMarks,
    TileMarks,
)
from kpi.charts.panels import MOST
from kpi.export.browser import draw_svgs
from kpi.export.clips import without_idle_clips
from kpi.export.fonts import SANS

# A table on a page shows so many rows; a ranking of more is drawn higher.
MOST_ROWS = 20

# Plotly names its clip paths with six random digits, which are in the id of `<defs>`.
_RANDOM_DIGITS = re.compile(r'<defs id="defs-([0-9a-f]{6})"')
_UNUSED = re.compile(r' (?:class|data-[a-z-]+)="[^"]*"| style=""')
_FAMILY = re.compile(r"font-family: [^;]+;")
_EMPTY = re.compile(r"<(?:g|path)(?: (?:transform|clip-path)=\"[^\"]*\")*/>|<g></g>")


@dataclass(frozen=True)
class Chart:
    """A chart of `width` by `height` pixels: an SVG document without letters of its own."""

    svg: str
    width: int
    height: int

    @property
    def content(self) -> str:
        """What is inside the document, for another SVG."""
        return self.svg[self.svg.index(">") + 1 : self.svg.rindex("</svg>")]


def charts(wanted: Sequence[tuple[Marks, Frame]]) -> list[Chart]:
    """Each chart drawn for its frame; higher than it where its rows need that.

    Raises KpiError where there is no browser that draws.
    """
    figures = [draw(marks, frame) for marks, frame in wanted]
    sizes = [
        (math.floor(frame.width), int(figure.layout.height))
        for figure, (_, frame) in zip(figures, wanted, strict=True)
    ]
    svgs = draw_svgs(figures, sizes)
    return [Chart(_stable(svg), *size) for svg, size in zip(svgs, sizes, strict=True)]


def frame_on_page(marks: Marks, width: float) -> Frame:
    """The frame that a chart is drawn in as wide as a page's text."""
    match marks:
        case LineMarks():
            periods = {point.period for line in marks.lines for point in line.points}
            return Frame(width, 330 if len(periods) > 2 else 220)
        case TileMarks():
            return Frame(width, 640)
        case PanelMarks():
            return Frame(width, min(640, 60 + 130 * -(-min(len(marks.panels), MOST) // 4)))
        case FunnelMarks():
            return Frame(width, 390)
        case RankMarks() if len(marks.dots) > MOST_ROWS:
            return Frame(width, 640)
        case RankMarks() | DotMarks() | OutcomeMarks() | NumberMarks():
            return Frame(width)
    assert_never(marks)


def drawn_height(marks: Marks, frame: Frame) -> int:
    """How high the chart becomes in a frame."""
    return int(draw(marks, frame).layout.height)


def _stable(svg: str) -> str:
    svg = _UNUSED.sub("", svg)
    # What keeps several spaces apart outside browsers too.
    svg = svg.replace("<text ", '<text xml:space="preserve" ').replace(" white-space: pre;", "")
    svg = _FAMILY.sub(f"font-family: '{SANS.family}', sans-serif;", svg)
    if match := _RANDOM_DIGITS.search(svg):
        ids = re.compile(rf'((?:id="|url\(#)(?:defs-|topdefs-|clip)){match[1]}')
        # Several charts may be in one document, where each id must be unique.
        own = hashlib.sha256(ids.sub(r"\1", svg).encode()).hexdigest()[:8]
        svg = ids.sub(rf"\g<1>{own}", svg)
    before = ""
    while before != svg:
        before, svg = svg, _EMPTY.sub("", svg)
    return without_idle_clips(svg)
