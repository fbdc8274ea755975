"""Native tables on slides, as many rows as there is room for."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.util import Pt

from kpi.domain.format import joined
from kpi.export.deck_page import Page
from kpi.export.deck_places import Area
from kpi.export.deck_text import LINE_SPACING, lines_of, text_width

# The built-in style without fills and lines: ours are fine lines under the rows.
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_SIDE, _HEAD_SIZE = 4.0, 13.0
# Between numbers at their right edge and words at their left one.
_AFTER_NUMBERS = 14.0
_SMALLER = (16.0, 14.0, 13.0, 12.0, 11.0, 10.0, 9.0)
# How much wider letters may be where a deck's font is missing.
_WIDER, _BOLD_WIDER = 1.2, 1.4
# How small letters may become so that a slide's rows fit.
_A_LITTLE = 0.8
# Letters that are still read from the back of a room: smaller ones are worse than a table that
# reaches into the foot where the deck's font is missing.
_READ = 12.0
# Points by which a column gives way at a time.
_STEP = 12.0
# Letters of a heading that stands on one line.
_SHORT = 8
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


@dataclass(frozen=True)
class TableKind:
    """A table's name, columns, their shares of the width, its text size and its strong column.

    Without shares the columns are as wide as what they hold needs beside the others.
    `shades` are colours of the strong column's words; under "" that of all other words in it.
    The columns of `numbers` stand at their right edge. `is_dense`: lines are close to the letters,
    so that these may be larger. `is_parted`: rows without a first cell belong to the one above
    them, and a stronger line is where the next begins.
    """

    name: str
    columns: tuple[str, ...]
    shares: tuple[float, ...]
    size: float
    strong: int
    most_rows: int
    shades: Mapping[str, str] = field(default_factory=dict)
    numbers: tuple[int, ...] = ()
    is_dense: bool = False
    is_parted: bool = False


@dataclass(frozen=True)
class _Way:
    """A table in a size of letters: widths (none where a word has no room), and rows' heights.

    `wide` are the heights in a wide font.
    """

    kind: TableKind
    widths: list[float]
    heights: list[float]
    wide: list[float]


def table_height(kind: TableKind, rows: Sequence[tuple[str, ...]], width: float) -> float:
    """How high the table is in letters of its size and a wide font; without end where none can be.

    None can be where a column has no room for its longest word.
    """
    way = _sized(kind, rows, width)
    return sum(way.wide) if way.widths else math.inf


def write_table(
    page: Page, kind: TableKind, rows: Sequence[tuple[str, ...]], quiet: Sequence[bool] = (),
    is_whole: bool = False,
) -> int:  # fmt: skip
    """Writes the first rows, at least one, as far as they fit; returns how many.

    `quiet` says of each row whether it is written in grey. Letters become smaller where a column
    has no room for its longest word, a little where all rows fit then, and with `is_whole` until
    they do.
    """
    width, next_ones = page.area.width, rows[: kind.most_rows]
    sizes = [kind.size, *(size for size in _SMALLER if size < kind.size)]
    ways = [_sized(replace(kind, size=size), rows, width) for size in sizes]
    possible = [way for way in ways if way.widths] or ways[-1:]
    fitting = (
        way
        for way in possible
        if _has_room(way, len(next_ones), page.area.height)
        and (is_whole or way.kind.size >= _A_LITTLE * possible[0].kind.size)
    )
    way = next(fitting, possible[-1] if is_whole else possible[0])
    kind, widths, heights = way.kind, way.widths, way.heights
    needed_by = _needed(way) if _has_room(way, len(next_ones), page.area.height) else way.wide
    shown, height, needed = 0, heights[0], needed_by[0]
    while shown < min(len(rows), kind.most_rows):
        needed += needed_by[shown + 1]
        if shown and not is_whole and needed > page.area.height:
            break
        height += heights[shown + 1]
        shown += 1
    box = Area(page.area.left, page.area.top, page.area.width, height).box
    frame = page.slide.shapes.add_table(shown + 1, len(kind.columns), *box)
    frame.name = kind.name
    description = f"Tabel: {kind.name}. Kolonner: {', '.join(kind.columns)}."
    frame._element.find(".//{*}cNvPr").set("descr", description)
    table = frame.table
    table.horz_banding = False
    table._tbl.tblPr.find("{*}tableStyleId").text = _NO_STYLE
    for place, width in enumerate(widths):
        table.columns[place].width = Pt(width)
    for number, cells in enumerate([kind.columns, *rows[:shown]]):
        table.rows[number].height = Pt(heights[number])
        for place, text in enumerate(cells):
            is_quiet = 0 < number <= len(quiet) and quiet[number - 1]
            _write_cell(table.cell(number, place), text, kind, place, number == 0, is_quiet)
            ends = number in (0, shown) or bool(rows[number][0])
            _draw_line(table.cell(number, place), _line(kind, place, number == 0, ends))
    return shown


def grown(kind: TableKind, rows: Sequence[tuple[str, ...]], area: Area) -> TableKind:
    """The table in the largest letters in which all rows have room, also in a wide font.

    Of rows for several slides those of each have room, so that all are written alike.
    """
    slides = [rows[at : at + kind.most_rows] for at in range(0, len(rows), kind.most_rows)]
    for size in _SMALLER:
        if size <= kind.size:
            break
        ways = [_sized(replace(kind, size=size), part, area.width) for part in slides]
        if all(way.widths and sum(way.wide) <= area.height for way in ways):
            return replace(kind, size=size)
    return kind


def _has_room(way: _Way, number: int, height: float) -> bool:
    """Whether the head and so many rows fit."""
    return sum(_needed(way)[: number + 1]) <= height


def _needed(way: _Way) -> list[float]:
    return way.heights if way.kind.size <= _READ else way.wide


def _sized(kind: TableKind, rows: Sequence[tuple[str, ...]], width: float) -> _Way:
    widths = _widths(kind, rows, width)
    # What does not fit in a wide font, for where the deck's own is missing, goes on.
    return _Way(kind, widths, _heights(kind, rows, widths), _heights(kind, rows, widths, _WIDER))


def _widths(kind: TableKind, rows: Sequence[tuple[str, ...]], width: float) -> list[float]:
    """The columns' widths: their shares, but so that no word is broken; none where none can be."""
    head = min(kind.size, _HEAD_SIZE)
    least, most = [], []
    for place, heading in enumerate(kind.columns):
        wider = _BOLD_WIDER if place == kind.strong else _WIDER
        cells = [row[place] for row in rows]
        words = [_longest_word(cell, kind.size, wider) for cell in cells]
        lines = [text_width(cell, kind.size) * wider + 2 * _SIDE for cell in cells]
        beside = _left(kind, place) - _SIDE
        # `I alt` on two lines is no narrower than the numbers under it.
        named = heading.replace(" ", "\u00a0") if len(heading) < _SHORT else heading
        least.append(max(_longest_word(named, head, _BOLD_WIDER), *words) + beside)
        most.append(max(least[-1], max(lines) + beside))
    wished = [share * width for share in kind.shares] or _by_content(kind, rows, least, most, width)
    if sum(least) > width:
        return wished if kind.size <= _SMALLER[-1] else []
    short = [max(needed - wish, 0.0) for needed, wish in zip(least, wished, strict=True)]
    spare = [max(wish - needed, 0.0) for needed, wish in zip(least, wished, strict=True)]
    share = sum(short) / sum(spare) if any(spare) else 0.0
    return [
        wish + lacking - over * share
        for wish, lacking, over in zip(wished, short, spare, strict=True)
    ]


def _by_content(
    kind: TableKind, rows: Sequence[tuple[str, ...]], least: Sequence[float],
    most: Sequence[float], width: float,
) -> list[float]:  # fmt: skip
    """A width for each column between its longest word and its longest line.

    Where all lines are too long together, the column gives way that makes the rows grow least.
    """
    if sum(most) <= width or sum(least) > width:
        return [full * width / sum(most) for full in most]
    size, widths = kind.size * _WIDER, list(most)
    columns = range(len(widths))

    def lines(place: int, wide: float) -> list[int]:
        room = wide - _left(kind, place) - _SIDE
        return [len(lines_of(cells[place], size, room)) for cells in rows]

    counted = [lines(place, widths[place]) for place in columns]
    while sum(widths) > width:
        step = min(_STEP, sum(widths) - width)
        ways = []
        for place in columns:
            if widths[place] - step >= least[place]:
                fewer = lines(place, widths[place] - step)
                others = [counted[other] for other in columns if other != place]
                ways.append(
                    (sum(map(max, zip(fewer, *others, strict=True))), -widths[place], place)
                )
        if not ways:
            break
        place = min(ways)[2]
        widths[place] -= step
        counted[place] = lines(place, widths[place])
    over = sum(widths) - width
    return [wide - over * wide / sum(widths) for wide in widths] if over > 0 else widths


def _longest_word(text: str, size: float, wider: float) -> float:
    return max(text_width(word, size) for word in re.split(r"[ -]", text)) * wider + 2 * _SIDE


def _heights(
    kind: TableKind, rows: Sequence[tuple[str, ...]], widths: Sequence[float], wider: float = 1.04
) -> list[float]:
    """The rows' heights, the head's first, in a font so much wider."""
    if not widths:
        return [0.0] * (len(rows) + 1)
    sizes = [min(kind.size, _HEAD_SIZE), *[kind.size] * len(rows)]
    return [
        max(
            len(lines_of(text, size * wider, width - _left(kind, place) - _SIDE))
            for place, (text, width) in enumerate(zip(cells, widths, strict=True))
        )
        * size
        * LINE_SPACING
        + 2 * _above(size, kind.is_dense)
        for cells, size in zip([kind.columns, *rows], sizes, strict=True)
    ]


def _left(kind: TableKind, place: int) -> float:
    """The room before the text of a column."""
    return _AFTER_NUMBERS if place - 1 in kind.numbers and place not in kind.numbers else _SIDE


def _above(size: float, is_dense: bool) -> float:
    """The room over and under the text of a row."""
    return 1.5 + size / 12 if is_dense else 2.5 + size / 6


def _write_cell(cell: Any, text: str, kind: TableKind, place: int, head: bool, quiet: bool) -> None:
    strong = place == kind.strong and not quiet
    size = min(kind.size, _HEAD_SIZE) if head else kind.size
    cell.margin_left, cell.margin_right = Pt(_left(kind, place)), Pt(_SIDE)
    cell.margin_top = cell.margin_bottom = Pt(_above(size, kind.is_dense))
    cell.vertical_anchor = MSO_ANCHOR.TOP
    cell.text_frame.text = joined(text)
    if not text:
        # A row is as high as its letters, and an empty cell else has large ones.
        cell.text_frame.paragraphs[0]._p.get_or_add_endParaRPr().set("sz", str(round(100 * size)))
    if place in kind.numbers:
        cell.text_frame.paragraphs[0].alignment = PP_ALIGN.RIGHT
    for run in cell.text_frame.paragraphs[0].runs:
        run.font.size = Pt(size)
        run.font.bold = head or strong
        dark = place <= 1 and not head and not quiet
        run.font.color.theme_color = MSO_THEME_COLOR.TEXT_1 if dark else MSO_THEME_COLOR.TEXT_2
        shade = kind.shades.get(text, kind.shades.get(""))
        if strong and not head and shade:
            run.font.color.rgb = RGBColor.from_string(shade.removeprefix("#"))


def _line(kind: TableKind, place: int, head: bool, ends: bool) -> tuple[int, str] | None:
    """The width and colour of the line under a cell; None where the one below belongs to it."""
    if head or (kind.is_parted and ends):
        return 12700 if head else 9525, "8A95A1"
    return None if kind.is_parted and place == 0 else (6350, "D3DAE1")


def _draw_line(cell: Any, line: tuple[int, str] | None) -> None:
    """Draws the line under a cell."""
    if line is None:
        return
    drawn = (
        f'<a:lnB xmlns:a="{_DRAWING}" w="{line[0]}"><a:solidFill><a:srgbClr val="{line[1]}"/>'
        "</a:solidFill></a:lnB>"
    )
    cell._tc.get_or_add_tcPr().insert(0, parse_xml(drawn))
