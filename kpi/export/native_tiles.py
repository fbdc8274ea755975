"""The schematic map as native squares in a group, which PowerPoint edits and colours."""

from collections.abc import Sequence
from typing import Any

from pptx.enum.dml import MSO_LINE
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Pt

from kpi.charts import style
from kpi.charts.marks import FOCUS, Tile, TileMarks
from kpi.charts.tiles import COLOURS, LEGEND_ROWS, edge_of, extent, fill_of, text_colour
from kpi.domain.format import safe_text
from kpi.export import native_style as native

# Of a square's side: the square itself, and the letters of name and number.
_PART, _NAME, _NUMBER, _LEGEND = 0.93, 0.22, 0.3, 0.28


def tile_group(shapes: Any, marks: TileMarks, box: Sequence[int]) -> Any:
    """A group of squares and the legend above them, as large as the box allows, in its middle."""
    left, top, width, height = box
    columns, rows = extent(marks.tiles)
    side = min(width / columns, height / (rows + LEGEND_ROWS))
    start = left + (width - side * columns) / 2
    colours = COLOURS[marks.palette]
    group = shapes.add_group_shape()
    _add_legend(group.shapes, marks, (start, top), side, columns)
    for tile in sorted(marks.tiles, key=lambda tile: tile.role == FOCUS):
        x = start + side * (tile.column + (1 - _PART) / 2)
        y = top + side * (tile.row + LEGEND_ROWS + (1 - _PART) / 2)
        shape = group.shapes.add_shape(MSO_SHAPE.RECTANGLE, *_emu(x, y, side * _PART, side * _PART))
        shape.name = safe_text(tile.name)
        _colour(shape, tile, colours)
        _write(shape, tile, colours, Emu(round(side)).pt)
    return group


def _emu(*lengths: float) -> list[Emu]:
    return [Emu(round(length)) for length in lengths]


def _colour(shape: Any, tile: Tile, colours: Sequence[str]) -> None:
    shape.shadow.inherit = False
    shape.fill.solid()
    shape.fill.fore_color.rgb = native.colour(fill_of(tile, colours))
    if tile.role == FOCUS:
        native.stroke(shape.line, style.INK, 3)
    elif tile.step is None:
        native.stroke(shape.line, style.GREY_DOT, 1)
        shape.line.dash_style = MSO_LINE.ROUND_DOT if tile.is_hidden else MSO_LINE.DASH
    elif tile.is_hollow:
        native.stroke(shape.line, edge_of(tile, colours), 2)
    else:
        shape.line.fill.background()


def _write(shape: Any, tile: Tile, colours: Sequence[str], side: float) -> None:
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor, frame.word_wrap = MSO_ANCHOR.MIDDLE, False
    shade = text_colour(fill_of(tile, colours))
    frame.text = safe_text(tile.short)
    frame.add_paragraph().text = safe_text(tile.text)
    for paragraph, part in zip(frame.paragraphs, (_NAME, _NUMBER), strict=True):
        paragraph.alignment = PP_ALIGN.CENTER
        for run in paragraph.runs:
            run.font.size = Pt(max(round(part * side), 5))
            run.font.bold = part == _NUMBER or tile.role == FOCUS
            run.font.color.rgb = native.colour(shade)


def _add_legend(
    shapes: Any, marks: TileMarks, start: tuple[float, float], side: float, columns: int
) -> None:
    left, top = start
    width = columns * side / len(marks.legend)
    for place, ((name, count), colour) in enumerate(
        zip(marks.legend, COLOURS[marks.palette], strict=True)
    ):
        x = left + place * width
        bar = shapes.add_shape(MSO_SHAPE.RECTANGLE, *_emu(x, top, width - 0.06 * side, 0.25 * side))
        bar.name = safe_text(name)
        bar.shadow.inherit = False
        bar.fill.solid()
        bar.fill.fore_color.rgb = native.colour(colour)
        bar.line.fill.background()
        text = shapes.add_textbox(*_emu(x, top + 0.3 * side, width, 1.2 * side))
        frame = text.text_frame
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.text = safe_text(name)
        frame.add_paragraph().text = safe_text(count)
        for paragraph, bold in zip(frame.paragraphs, (True, False), strict=True):
            for run in paragraph.runs:
                run.font.size, run.font.bold = Pt(round(_LEGEND * Emu(round(side)).pt)), bold
                run.font.color.rgb = native.colour(style.INK)
