"""Small charts as native lines and texts in a group, which PowerPoint edits and colours."""

from collections.abc import Callable, Sequence
from typing import Any

from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_CONNECTOR, MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Pt

from kpi.charts import style
from kpi.charts.gaps import runs
from kpi.charts.marks import Frame, Line, LinePoint, Panel, PanelMarks
from kpi.charts.panels import MOST, OWN_ALONE, STROKES, Axes, axes_of, grid, heading
from kpi.charts.strokes import Stroke
from kpi.charts.time_axis import x_of
from kpi.domain.format import safe_text
from kpi.export import native_style as native

_TEXT, _HEADING = 10, 12
# Points: a line of text, the legend, what is between panels, and left of the lines.
_LINE, _LEGEND, _GUTTER, _LEFT, _RIGHT = 15.0, 20.0, 12.0, 34.0, 8.0
Place = Callable[[float, float], tuple[float, float]]


def panel_group(shapes: Any, marks: PanelMarks, box: Sequence[int]) -> Any:
    """A group of the first panels: lines, axes and texts within the box, the legend above them."""
    left, top, width, height = (Emu(side).pt for side in box)
    shown = marks.panels[:MOST]
    axes = axes_of(marks)
    columns, rows = grid(len(shown), Frame(width, height))
    across = (width - _GUTTER * (columns - 1)) / columns
    down = (height - _LEGEND) / rows
    group = shapes.add_group_shape()
    _add_legend(group.shapes, marks, left, top)
    for place, panel in enumerate(shown):
        x = left + (place % columns) * (across + _GUTTER)
        y = top + _LEGEND + (place // columns) * down
        _add_panel(group.shapes, marks, panel, axes, (x, y, across, down - 4))
    return group


def _add_panel(
    shapes: Any, marks: PanelMarks, panel: Panel, axes: Axes, box: tuple[float, ...]
) -> None:
    left, top, width, height = box
    lines = heading(panel, width * 4 / 3)
    above = _LINE * len(lines)
    _head(shapes, panel, lines, (left, top, width))
    plot = (left + _LEFT, top + above + 4, width - _LEFT - _RIGHT,
            height - above - 4 - 13 * axes.name_lines)  # fmt: skip
    days, values = max(axes.end - axes.start, 1), axes.high - axes.low

    def place(day: float, value: float) -> tuple[float, float]:
        """Where a value of a day lies, in points."""
        x = plot[0] + plot[2] * (day - axes.start) / days
        return x, plot[1] + plot[3] * (axes.high - value) / values

    for tick, text in zip(axes.ticks, axes.texts, strict=True):
        (_, y) = place(axes.start, tick)
        shade = style.AXIS if tick == axes.low else style.GRID
        _straight(shapes, ((plot[0], y), (plot[0] + plot[2], y)), shade, 0.75)
        _text(shapes, text, (left, y - 7, _LEFT - 4, 14), PP_ALIGN.RIGHT)
    half = plot[2] / 2
    base = plot[1] + plot[3]
    ends = [(axes.first_name, plot[0], PP_ALIGN.LEFT)]
    ends += [(axes.last_name, plot[0] + half, PP_ALIGN.RIGHT)] if axes.start != axes.end else []
    for name, x, side in ends:
        _text(shapes, name.replace("<br>", "\v"), (x, base + 1, half, 13 * axes.name_lines), side)
    for broken in marks.breaks:
        day = max(broken.first.toordinal(), axes.start)
        line = _straight(shapes, (place(day, axes.low), place(day, axes.high)), style.INK, 1)
        line.line.dash_style = MSO_LINE.ROUND_DOT
    if panel.median:
        _draw(shapes, panel.median, STROKES["median"], place, has_end=False)
    if panel.is_own:
        _draw(shapes, panel.line, OWN_ALONE, place)
    else:
        if marks.own:
            _draw(shapes, marks.own, STROKES["own"], place, has_end=False)
        _draw(shapes, panel.line, STROKES["area"], place)
    for period, _ in panel.hidden:
        _mark(shapes, place(period.end.toordinal(), max(axes.low, 0.0)), 5, style.GREY_TEXT,
              is_hollow=True, shape=MSO_SHAPE.RECTANGLE)  # fmt: skip


def _head(shapes: Any, panel: Panel, lines: Sequence[str], at: tuple[float, float, float]) -> None:
    """Name left and value right in one line; or the value below the name."""
    left, top, width = at
    shade = style.BLUE if panel.is_own else style.INK
    value = panel.value + (f" ({panel.gap})" if panel.gap else "")
    is_beside = len(lines) == 1
    name = "\v".join(line for line in lines if line)
    under = 0 if is_beside else _LINE * (len(lines) - 1)
    _text(shapes, name, (left, top, width, _LINE * max(len(lines) - 1, 1)), PP_ALIGN.LEFT,
          _HEADING, shade, bold=True)  # fmt: skip
    _text(shapes, value, (left, top + under, width, _LINE),
          PP_ALIGN.RIGHT if is_beside else PP_ALIGN.LEFT, _HEADING, shade, bold=True)  # fmt: skip


def _draw(shapes: Any, line: Line, stroke: Stroke, place: Place, has_end: bool = True) -> None:
    """A line's stretches, its end, and the values that are no exact ones or stand alone."""
    if not line.points:
        return
    stretches = runs(line)
    for run in stretches:
        if len(run) > 1:
            _stretch(shapes, line.name, [_at(point, place) for point in run], stroke)
    alone = {id(run[0]) for run in stretches if len(run) == 1}
    for point in line.points:
        is_last = has_end and point is line.points[-1]
        is_rough = point.is_hollow or bool(point.bound)
        if is_last or is_rough or id(point) in alone:
            size = stroke.end_size if is_last else 5
            _mark(shapes, _at(point, place), size * 0.75, stroke.colour, is_hollow=is_rough)


def _at(point: LinePoint, place: Place) -> tuple[float, float]:
    return place(x_of(point).toordinal(), point.value)


def _stretch(shapes: Any, name: str, points: Sequence[tuple[float, float]], stroke: Stroke) -> None:
    (x, y), *rest = [(Pt(x), Pt(y)) for x, y in points]
    builder = shapes.build_freeform(x, y)
    builder.add_line_segments(rest, close=False)
    shape = builder.convert_to_shape()
    shape.name = safe_text(name)
    shape.shadow.inherit = False
    shape.fill.background()
    native.stroke(shape.line, stroke.colour, stroke.width * 0.75, dashed=stroke.dash == "dot")


def _straight(
    shapes: Any, ends: tuple[tuple[float, float], tuple[float, float]], shade: str, width: float
) -> Any:
    (x0, y0), (x1, y1) = ends
    line = shapes.add_connector(MSO_CONNECTOR.STRAIGHT, Pt(x0), Pt(y0), Pt(x1), Pt(y1))
    native.stroke(line.line, shade, width)
    return line


def _mark(
    shapes: Any, at: tuple[float, float], size: float, shade: str, is_hollow: bool,
    shape: Any = MSO_SHAPE.OVAL,
) -> None:  # fmt: skip
    x, y = at
    dot = shapes.add_shape(shape, Pt(x - size / 2), Pt(y - size / 2), Pt(size), Pt(size))
    dot.shadow.inherit = False
    dot.fill.solid()
    dot.fill.fore_color.rgb = native.colour(style.WHITE if is_hollow else shade)
    native.stroke(dot.line, shade, 1.25 if is_hollow else 0.5)


def _text(
    shapes: Any, text: str, box: tuple[float, float, float, float], side: Any,
    size: float = _TEXT, shade: str = style.GREY_TEXT, bold: bool = False,
) -> None:  # fmt: skip
    written = shapes.add_textbox(*(Pt(length) for length in box))
    frame = written.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor, frame.word_wrap = MSO_ANCHOR.TOP, False
    paragraph = frame.paragraphs[0]
    paragraph.text = "\v".join(safe_text(part) for part in text.split("\v"))
    paragraph.alignment = side
    for run in paragraph.runs:
        run.font.size, run.font.bold = Pt(size), bold
        run.font.color.rgb = native.colour(shade)


def _add_legend(shapes: Any, marks: PanelMarks, left: float, top: float) -> None:
    for kind, words in marks.legend:
        stroke = STROKES[kind]
        is_break = kind == "break"
        ends = ((12, 1), (12, 13)) if is_break else ((0, 7), (24, 7))
        (x0, y0), (x1, y1) = ends
        line = _straight(
            shapes, ((left + x0, top + y0), (left + x1, top + y1)), stroke.colour,
            1 if is_break else 2,
        )  # fmt: skip
        if stroke.dash == "dot":
            line.line.dash_style = MSO_LINE.ROUND_DOT
        room = 6.2 * len(words) + 8
        _text(shapes, words, (left + 29, top, room, 14), PP_ALIGN.LEFT, 11, style.INK)
        left += 29 + room + 12
