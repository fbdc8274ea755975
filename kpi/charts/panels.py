"""Small charts beside each other: a panel for each area or group, all with one scale.

A page draws each panel as a figure of its own, its name and newest value as text above it, so that
there are as many beside each other as the window has room for. A file has them in one figure.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from kpi.charts import style
from kpi.charts.marks import FOCUS, PEER, Frame, Line, Panel, PanelLine, PanelMarks
from kpi.charts.strokes import Stroke, draw_line
from kpi.charts.time_axis import value_range, x_of

# Panels that a file has, and that a page shows before more are asked for.
MOST = 24
STROKES: Mapping[PanelLine, Stroke] = {
    "area": Stroke(style.INK, style.INK, style.INK, 2.6, end_size=8),
    "own": Stroke(style.BLUE, style.BLUE, style.BLUE, 1.7),
    "median": Stroke(style.GREY_DOT, style.GREY_DOT, style.GREY_DOT, 1.6, "dot", 0),
    "break": Stroke(style.INK, style.INK, style.INK, 1.2, "dot", 0),
}
OWN_ALONE = Stroke(style.BLUE, style.BLUE, style.BLUE, 3.2, end_size=9)
_TEXT, _LETTER = 12, 6.6
# Pixels over and beside the lines, and under them for a line of text; a heading's line.
_TOP, _RIGHT, _LINE = 8, 9, 15
_HEADING, _LETTER_OF_HEADING = 18, 7.2
# A file's panels: the ratio of their sides that is aimed at, the smallest, and what is between.
_SHAPE, _LEAST_HEIGHT, _GUTTER, _LEGEND_LINE, _LEGEND_GAP = 1.75, 92, 14, 20, 8
_PAGE = Frame(1240)
# Halves of an axis: its three ticks are 0, one of these times a power of ten, and twice that.
_HALVES = range(1, 11)
_STEPS = (1, 1.5, 2, 2.5, 3, 4, 5, 10)
_LONGEST_NAME = 9


@dataclass(frozen=True)
class Axes:
    """What all panels share: values from `low` to `high` with `ticks`, days, and their names."""

    low: float
    high: float
    ticks: tuple[float, ...]
    texts: tuple[str, ...]
    start: int
    end: int
    first_name: str
    last_name: str

    @property
    def name_lines(self) -> int:
        """How many lines the longer of the periods' names takes."""
        return max(name.count("<br>") + 1 for name in (self.first_name, self.last_name))

    @property
    def left(self) -> int:
        """The pixels that the numbers at the value axis take."""
        return round(10 + _LETTER * max(map(len, self.texts)))

    @property
    def bottom(self) -> int:
        """The pixels that the periods' names take."""
        return 7 + _LINE * self.name_lines


def axes_of(marks: PanelMarks) -> Axes:
    """The axes of all panels: where those of a development begin, in three round ticks.

    From 0, from below the lowest value where one is negative, and near the values where all of them
    are far from 0: lines in the upper eighth of every panel could not be told apart.
    """
    lines = [line for line in _lines(marks) if line.points]
    points = [point for line in lines for point in line.points]
    ends = [
        end
        for point in points
        for end in (point.value, point.range_low, point.range_high)
        if end is not None
    ]
    half = _half(max(map(abs, ends), default=0), marks.scale.top)
    ticks = (0.0, half, 2 * half)
    if min(ends, default=0) < 0:
        below, above = (half * math.ceil(max(end, 0) / half - 1e-9)
                        for end in (-min(ends), max(ends)))  # fmt: skip
        ticks = (-below, 0.0, above) if above else (-below, -below / 2, 0.0)
    elif ends and value_range(lines, marks.scale)[0] > 0:
        ticks = _ticks_near(min(ends), max(ends), marks.scale.top) or ticks
    names = {x_of(point).toordinal(): point.period_name for point in points}
    first, last = min(names), max(names)
    return Axes(
        ticks[0], ticks[-1], ticks, tuple(style.tick_texts(ticks, marks.scale)), first, last,
        _in_lines(names[first]), _in_lines(names[last]),
    )  # fmt: skip


def axis_start_of(marks: PanelMarks) -> float | None:
    """Where the panels' value axis starts when that is above 0; else None."""
    start = axes_of(marks).low
    return start if start > 0 else None


def _ticks_near(least: float, most: float, top: float | None) -> tuple[float, float, float] | None:
    """Three round ticks around the values, as near as they can be; None where only 0 is round."""
    magnitude = 10.0 ** math.floor(math.log10(max(most - least, 1e-6) / 2))
    for step in _STEPS:
        half = round(step * magnitude, 10)
        low = round(half * math.floor(least / half + 1e-9), 10)
        high = round(low + 2 * half, 10)
        if high >= most and low > 0:
            return (low, low + half, high) if top is None or high <= top else None
    return None


def _lines(marks: PanelMarks) -> Iterator[Line]:
    for panel in marks.panels:
        yield panel.line
        if panel.median:
            yield panel.median
    if marks.own:
        yield marks.own


def _half(most: float, top: float | None) -> float:
    """Half of the axis: the least round number that reaches the largest value in two steps."""
    if not most:
        return 0.5
    magnitude = 10.0 ** math.floor(math.log10(most / 2))
    steps = (factor * magnitude for factor in _HALVES)
    half = next(round(step, 10) for step in steps if 2 * step >= most * (1 - 1e-9))
    return half if top is None else min(half, top / 2)


def _in_lines(name: str) -> str:
    """A long period's name with its year in a line of its own."""
    return "<br>".join(name.rsplit(" ", 1)) if len(name) > _LONGEST_NAME else name


def panel_figure(marks: PanelMarks, panel: Panel, axes: Axes) -> go.Figure:
    """A panel alone, without a height of its own: the page gives it one (ui/spor.css)."""
    margin = {"l": axes.left, "r": _RIGHT, "t": _TOP, "b": axes.bottom}
    sketch = style.blank(0, margin, size=_TEXT)
    del sketch.layout["height"]
    across, along = _axis_parts(axes)
    sketch.xaxis.update(across)
    sketch.yaxis.update(along)
    _draw(sketch, marks, panel, axes)
    return sketch.figure()


def panels(marks: PanelMarks, frame: Frame | None = None) -> go.Figure:
    """The first panels in rows and columns that fill the frame, each under its name and value.

    Higher than the frame where the panels would else be too low to be read.
    """
    frame = frame or _PAGE
    shown = marks.panels[:MOST]
    axes = axes_of(marks)
    legend = _legend_places(marks, frame.width)
    over = _LEGEND_LINE * (1 + max(line for _, line in legend)) + _LEGEND_GAP
    columns, rows = grid(len(shown), frame)
    width = (frame.width - _GUTTER * (columns - 1)) / columns
    headings = [heading(panel, width) for panel in shown]
    above = _HEADING * max(map(len, headings))
    least = _LEAST_HEIGHT + above
    height = least if frame.height is None else (frame.height - over) / rows
    height = max(height, least)
    if frame.height is None:
        height = above + width / _SHAPE
    total = round(rows * height + over)
    sketch = style.blank(total, dict.fromkeys("lrtb", 0), size=_TEXT)
    _draw_legend(sketch, marks, legend, (frame.width, total))
    for place, (panel, lines) in enumerate(zip(shown, headings, strict=True)):
        left = (place % columns) * (width + _GUTTER)
        top = over + (place // columns) * height
        box = (
            (left + axes.left) / frame.width, (left + width - _RIGHT) / frame.width,
            1 - (top + height - axes.bottom - _GUTTER / 2) / total, 1 - (top + above + 9) / total,
        )  # fmt: skip
        _place(sketch, place + 1, box, axes)
        _draw(sketch, marks, panel, axes)
        _head(sketch, panel, lines, (left / frame.width, (left + width) / frame.width),
              (1 - top / total, above))  # fmt: skip
    sketch.column = 1
    return sketch.figure()


def grid(count: int, frame: Frame) -> tuple[int, int]:
    """Columns and rows of so many panels whose sides are nearest to the ratio that is aimed at."""
    if frame.height is None:
        columns = min(count, max(2, round(frame.width / 240)))
        return columns, -(-count // columns)

    def distance(columns: int) -> float:
        """How far the panels' sides are from the ratio, and how much of the last row is empty."""
        rows = -(-count // columns)
        width, height = frame.width / columns, ((frame.height or 0) - _LEGEND_LINE) / rows
        empty = columns * rows - count
        return abs(math.log(width / max(height, 1) / _SHAPE)) + empty / count

    columns = min(range(1, count + 1), key=distance)
    return columns, -(-count // columns)


def heading(panel: Panel, width: float) -> list[str]:
    """The lines over a panel: name and value in one where there is room, else below each other."""
    value = panel.value + (f" ({panel.gap})" if panel.gap else "")
    if (len(panel.name) + len(value) + 2) * _LETTER_OF_HEADING <= width:
        return [panel.name]
    return [*style.in_two_lines(panel.name, width).split("<br>"), ""]


def _axis_parts(axes: Axes) -> tuple[dict[str, Any], dict[str, Any]]:
    """The time axis and the value axis as Plotly's parts."""
    room = max(axes.end - axes.start, 1) * 0.02
    across = {
        "range": [axes.start - room, axes.end + room], "showticklabels": False, "showline": True,
        "linecolor": style.AXIS,
    }  # fmt: skip
    along = {
        # A little more than the highest tick, whose grid line would else not be drawn.
        "range": [axes.low, axes.high + 0.02 * (axes.high - axes.low)],
        "tickvals": list(axes.ticks), "ticktext": list(axes.texts),
        "tickfont": {"color": style.GREY_TEXT, "size": _TEXT}, "showgrid": True,
        "gridcolor": style.GRID,
    }  # fmt: skip
    return across, along


def _place(
    sketch: style.Sketch, number: int, box: tuple[float, float, float, float], axes: Axes
) -> None:
    """Gives the panel with this number its axes within a box of shares of the figure."""
    across, along = _axis_parts(axes)
    across["domain"], along["domain"] = [*box[:2]], [*box[2:]]
    sketch.column = number
    if number == 1:
        sketch.xaxis.update(across)
        sketch.yaxis.update(along)
        return
    sketch.layout[f"xaxis{number}"] = {**style.FIXED, **across, "anchor": f"y{number}"}
    sketch.layout[f"yaxis{number}"] = {**style.FIXED, **along, "anchor": f"x{number}"}


def _draw(sketch: style.Sketch, marks: PanelMarks, panel: Panel, axes: Axes) -> None:
    """The lines of a panel, its own on top, in the sketch's current column."""
    number = "" if sketch.column == 1 else str(sketch.column)
    for broken in marks.breaks:
        day = max(broken.first.toordinal(), axes.start)
        sketch.shapes.append({
            "type": "line", "xref": f"x{number}", "x0": day, "x1": day,
            "yref": f"y{number} domain", "y0": 0, "y1": 1,
            "line": _line_of("break"),
        })  # fmt: skip
    if panel.median:
        draw_line(sketch, panel.median, STROKES["median"], has_end=False)
    if panel.is_own:
        _draw_points(sketch, panel.line, OWN_ALONE)
    else:
        if marks.own:
            draw_line(sketch, marks.own, STROKES["own"], has_end=False)
        _draw_points(sketch, panel.line, STROKES["area"])
    _mark_hidden(sketch, panel, axes)
    for name, side, at in ((axes.first_name, "left", 0), (axes.last_name, "right", 1)):
        if side == "right" and axes.start == axes.end:
            continue
        sketch.label(
            name, PEER, _TEXT, xref=f"x{number} domain", x=at, xanchor=side, align=side,
            yref=f"y{number} domain", y=0, yanchor="top", yshift=-3, borderpad=0,
        )  # fmt: skip


def _line_of(kind: PanelLine) -> dict[str, Any]:
    """How a kind of line is drawn where it is a shape."""
    stroke = STROKES[kind]
    return {"color": stroke.colour, "width": stroke.width, "dash": stroke.dash}


def _draw_points(sketch: style.Sketch, line: Line, stroke: Stroke) -> None:
    if line.points:
        draw_line(sketch, line, stroke)


def _mark_hidden(sketch: style.Sketch, panel: Panel, axes: Axes) -> None:
    """An open square at the axis for each hidden value; what is missing is only a gap."""
    shown = [each for each in panel.hidden if axes.start <= each[0].end.toordinal() <= axes.end]
    if not shown:
        return
    sketch.trace(
        x=[period.end.toordinal() for period, _ in shown], y=[max(axes.low, 0.0)] * len(shown),
        mode="markers", name=panel.name, cliponaxis=False,
        marker={"size": 7, "symbol": "square-open", "color": style.GREY_TEXT, "opacity": 1},
        text=[f"{name}: skjult" for _, name in shown],
        hovertemplate=style.hover(["<b>%{fullData.name}</b>", "%{text}"]),
    )  # fmt: skip


def _head(
    sketch: style.Sketch, panel: Panel, lines: Sequence[str], sides: tuple[float, float],
    top: tuple[float, int],
) -> None:  # fmt: skip
    """Name left and value right in one line; or the value below the name."""
    role = FOCUS if panel.is_own else PEER
    colour = style.BLUE if panel.is_own else style.INK
    gap = f' <span style="color:{style.GREY_TEXT}">({panel.gap})</span>' if panel.gap else ""
    value = f"<b>{panel.value}</b>{gap}"
    is_beside = len(lines) == 1
    names = "<br>".join(f"<b>{line}</b>" for line in lines if line)
    y, above = top
    # What has fewer lines than others stands next to its panel.
    down = above - _HEADING * len(lines)
    shared = {"yref": "paper", "y": y, "yanchor": "top", "xref": "paper", "borderpad": 0}
    font = {"family": style.FONT, "size": 13, "color": colour}
    under = _HEADING * (len(lines) - 1)
    for text, side, below in (
        (names, "left", 0), (value, "right" if is_beside else "left", 0 if is_beside else under),
    ):  # fmt: skip
        sketch.label(
            text, role, 13, x=sides[side == "right"], xanchor=side, align=side,
            yshift=-(down + below), **shared,
        )  # fmt: skip
        sketch.annotations[-1].update({"text": text, "font": font})


def _legend_places(marks: PanelMarks, width: float) -> list[tuple[float, int]]:
    """Where each part of the legend begins: pixels from the left, and its line from the top."""
    places, left, line = [], 0.0, 0
    for _, words in marks.legend:
        room = 32 + _LETTER * len(words)
        if left and left + room > width:
            left, line = 0.0, line + 1
        places.append((left, line))
        left += room + 24
    return places


def _draw_legend(
    sketch: style.Sketch, marks: PanelMarks, places: Sequence[tuple[float, int]],
    size: tuple[float, int],
) -> None:  # fmt: skip
    """A stroke and its words for each kind of line, above the panels."""
    width, height = size
    for (kind, words), (left, line) in zip(marks.legend, places, strict=True):
        y = 1 - (_LEGEND_LINE * (line + 0.5)) / height
        # What parts the lines stands on end, in its panel as here.
        ends = (13, 13) if kind == "break" else (0, 26)
        up = 0.4 * _LEGEND_LINE / height if kind == "break" else 0
        sketch.shapes.append({
            "type": "line", "xref": "paper", "yref": "paper", "x0": (left + ends[0]) / width,
            "x1": (left + ends[1]) / width, "y0": y - up, "y1": y + up, "line": _line_of(kind),
        })  # fmt: skip
        sketch.label(
            words, PEER, 13, xref="paper", x=(left + 32) / width, xanchor="left", yref="paper",
            y=y, yanchor="middle", borderpad=0,
        )  # fmt: skip
