"""The schematic map: a square for each municipality, coloured by its class, its number in it.

Squares keep their shape at any width: the figure has no height of its own on a page, which gives it
one by its width (ui/spor.css, which also leaves out the short names where squares are small).
"""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from kpi.charts import style
from kpi.charts.marks import FOCUS, Frame, Palette, Tile, TileMarks

# From worse to better, and from low to high where neither is better.
_WORSE_TO_BETTER = ("#B8480A", "#F5C6A0", "#EDF0F3", "#A9CBE8", "#00529B")
COLOURS: dict[Palette, tuple[str, ...]] = {
    "rising": _WORSE_TO_BETTER,
    "falling": _WORSE_TO_BETTER[::-1],
    "plain": ("#EDF0F3", "#CFE0F0", "#A9CBE8", "#6FA3D3", "#00529B"),
}
# Where the text is white for a contrast of 4.5 : 1.
_DARK = ("#B8480A", "#00529B")
# Colours that a line on white may have.
_SEEN = (*_DARK, "#6FA3D3")
# Half of a square's side, of which 1 is the distance to the next one.
_HALF = 0.465
# Rows of squares that the legend takes, over the map.
LEGEND_ROWS = 1.9
_NAME_UP, _NUMBER_DOWN = 0.2, 0.17
# Of a frame: the sizes of the texts in a square, as parts of its side.
_NAME_SIZE, _NUMBER_SIZE, _LEGEND_SIZE = 0.24, 0.32, 0.28
_PAGE_SIZES = (11.5, 15.0, 13.0)
_MARGIN = 4


def tile_map(marks: TileMarks, frame: Frame | None = None) -> go.Figure:
    """The squares, the legend above them; the chosen area has an edge of ink."""
    columns, rows = extent(marks.tiles)
    sketch = style.blank(0, dict.fromkeys("lrtb", _MARGIN))
    name_size, number_size, legend_size = _PAGE_SIZES
    if frame is None:
        del sketch.layout["height"]
    else:
        side = _side(frame, columns, rows)
        sketch.layout["height"] = round(side * (rows + LEGEND_ROWS)) + 2 * _MARGIN
        name_size, number_size, legend_size = (
            part * side for part in (_NAME_SIZE, _NUMBER_SIZE, _LEGEND_SIZE)
        )
    # Downward, a square is 1 as it is across.
    sketch.xaxis.update(range=[-0.5, columns - 0.5], showticklabels=False, constrain="domain")
    sketch.yaxis.update(
        range=[rows - 0.5, -0.5 - LEGEND_ROWS], showticklabels=False, constrain="domain",
        scaleanchor="x", scaleratio=1,
    )  # fmt: skip
    _draw_legend(sketch, marks, columns, legend_size)
    colours = COLOURS[marks.palette]
    for tile in sorted(marks.tiles, key=lambda tile: tile.role == FOCUS):
        _draw_square(sketch, tile, colours)
    _draw_texts(sketch, marks.tiles, colours, number_size, name_size)
    return sketch.figure()


def extent(tiles: Sequence[Tile]) -> tuple[int, int]:
    """How many columns and rows of squares there are."""
    return 1 + max(tile.column for tile in tiles), 1 + max(tile.row for tile in tiles)


def text_colour(background: str) -> str:
    """Ink, or white on the darkest squares."""
    return style.WHITE if background in _DARK else style.INK


def fill_of(tile: Tile, colours: Sequence[str]) -> str:
    """A square's colour: its class's; white without a figure, and where it is hollow."""
    return style.WHITE if tile.step is None or tile.is_hollow else colours[tile.step]


def edge_of(tile: Tile, colours: Sequence[str]) -> str:
    """The colour of a white square's edge: its class's, where that can be seen on white."""
    colour = style.GREY_DOT if tile.step is None else colours[tile.step]
    return colour if colour in _SEEN else style.GREY_DOT


def _side(frame: Frame, columns: int, rows: int) -> float:
    """The side of a square in pixels, so that all of them fit into the frame."""
    side = (frame.width - 2 * _MARGIN) / columns
    if frame.height is None:
        return side
    return min(side, (frame.height - 2 * _MARGIN) / (rows + LEGEND_ROWS))


def _draw_square(sketch: style.Sketch, tile: Tile, colours: Sequence[str]) -> None:
    """A square in its colour; without a figure with a broken edge, hollow with a whole one."""
    line: dict[str, Any] = {"width": 0}
    if tile.step is None:
        line = {"color": style.GREY_DOT, "width": 1, "dash": "dot" if tile.is_hidden else "dash"}
    elif tile.is_hollow:
        line = {"color": edge_of(tile, colours), "width": 2}
    sketch.shapes.append(_square(tile, _HALF, fillcolor=fill_of(tile, colours), line=line))
    if tile.role == FOCUS:
        # White between the square and its edge, which else disappears beside a dark one.
        for width, colour in ((5.5, style.WHITE), (3, style.INK)):
            sketch.shapes.append(
                _square(tile, _HALF + 0.03, line={"color": colour, "width": width})
            )


def _square(tile: Tile, half: float, **parts: Any) -> dict[str, Any]:
    ends = {
        "x0": tile.column - half, "x1": tile.column + half,
        "y0": tile.row - half, "y1": tile.row + half,
    }  # fmt: skip
    return {"type": "rect", "layer": "below", **ends, **parts}


def _draw_texts(
    sketch: style.Sketch, tiles: Sequence[Tile], colours: Sequence[str], number_size: float,
    name_size: float,
) -> None:  # fmt: skip
    """The numbers, which can be pointed at, then the short names in a trace of their own."""
    shades = [text_colour(fill_of(tile, colours)) for tile in tiles]
    texts = (
        ("number", [f"<b>{tile.text}</b>" for tile in tiles], _NUMBER_DOWN, number_size),
        ("name", [style.strong(tile.short, tile.role) for tile in tiles], -_NAME_UP, name_size),
    )
    for which, words, down, size in texts:
        hover = {
            "hovertext": [f"<b>{tile.name}</b><br>{tile.hover}" for tile in tiles],
            "hovertemplate": "%{hovertext}<extra></extra>",
        }
        sketch.trace(
            x=[tile.column for tile in tiles], y=[tile.row + down for tile in tiles],
            mode="text", text=words, cliponaxis=False,
            textfont={"family": style.FONT, "size": size, "color": shades},
            **(hover if which == "number" else {"hoverinfo": "skip"}),
        )  # fmt: skip


def _draw_legend(sketch: style.Sketch, marks: TileMarks, columns: int, size: float) -> None:
    """The classes side by side above the map: colour, limits, and how many are in each.

    The last one's words end where its colour ends: on a narrow phone they are longer than it, and
    beyond the map they would be cut.
    """
    width = columns / len(marks.legend)
    top = -0.5 - LEGEND_ROWS
    for place, ((name, count), colour) in enumerate(
        zip(marks.legend, COLOURS[marks.palette], strict=True)
    ):
        left = -0.5 + place * width
        right = left + width - 0.06
        is_last = place == len(marks.legend) - 1
        sketch.shapes.append({
            "type": "rect", "layer": "below", "x0": left, "x1": right,
            "y0": top, "y1": top + 0.25, "fillcolor": colour, "line": {"width": 0},
        })  # fmt: skip
        for text, down in ((f"<b>{name}</b>", 0.35), (count, 0.9)):
            sketch.annotations.append({
                "text": text, "showarrow": False,
                "x": right if is_last else left, "xanchor": "right" if is_last else "left",
                "y": top + down, "yanchor": "top", "borderpad": 0,
                "font": {"family": style.FONT, "size": size, "color": style.INK},
            })  # fmt: skip
