"""Native tables on slides, as many rows as there is room for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pptx.dml.color import RGBColor
from pptx.enum.dml import MSO_THEME_COLOR
from pptx.enum.text import MSO_ANCHOR
from pptx.oxml import parse_xml
from pptx.util import Pt

from kpi.export.deck_page import Page
from kpi.export.deck_places import Area
from kpi.export.deck_text import LINE_SPACING, lines_of

# The built-in style without fills and lines: ours are fine lines under the rows.
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
_SIDE, _HEAD_SIZE = 4.0, 13.0
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


@dataclass(frozen=True)
class TableKind:
    """A table's name, columns, their shares of the width, its text size and its strong column.

    `shades` are colours of the strong column's words; under "" that of all other words in it.
    """

    name: str
    columns: tuple[str, ...]
    shares: tuple[float, ...]
    size: float
    strong: int
    most_rows: int
    shades: Mapping[str, str] = field(default_factory=dict)


def write_table(
    page: Page, kind: TableKind, rows: Sequence[tuple[str, ...]], quiet: Sequence[bool] = ()
) -> int:
    """Writes the first rows, at least one, as far as they fit; returns how many.

    `quiet` says of each row whether it is written in grey.
    """
    widths = [share * page.area.width for share in kind.shares]
    heights = [
        _row_height(kind.columns, widths, min(kind.size, _HEAD_SIZE)),
        *(_row_height(cells, widths, kind.size) for cells in rows),
    ]
    shown, height = 0, heights[0]
    while shown < min(len(rows), kind.most_rows):
        if shown and height + heights[shown + 1] > page.area.height:
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
    return shown


def _row_height(cells: Sequence[str], widths: Sequence[float], size: float) -> float:
    # Bold and the template's own font may be wider than the estimate.
    lines = max(
        len(lines_of(text, size, 0.96 * width - 2 * _SIDE))
        for text, width in zip(cells, widths, strict=True)
    )
    return lines * size * LINE_SPACING + 2 * _above(size)


def _above(size: float) -> float:
    """The room over and under the text of a row."""
    return 2.5 + size / 6


def _write_cell(cell: Any, text: str, kind: TableKind, place: int, head: bool, quiet: bool) -> None:
    strong = place == kind.strong and not quiet
    size = min(kind.size, _HEAD_SIZE) if head else kind.size
    cell.margin_left = cell.margin_right = Pt(_SIDE)
    cell.margin_top = cell.margin_bottom = Pt(_above(size))
    cell.vertical_anchor = MSO_ANCHOR.TOP
    cell.text_frame.text = text
    for run in cell.text_frame.paragraphs[0].runs:
        run.font.size = Pt(size)
        run.font.bold = head or strong
        dark = place <= 1 and not head and not quiet
        run.font.color.theme_color = MSO_THEME_COLOR.TEXT_1 if dark else MSO_THEME_COLOR.TEXT_2
        shade = kind.shades.get(text, kind.shades.get(""))
        if strong and not head and shade:
            run.font.color.rgb = RGBColor.from_string(shade.removeprefix("#"))
    width, shade = (12700, "8A95A1") if head else (6350, "D3DAE1")
    line = (
        f'<a:lnB xmlns:a="{_DRAWING}" w="{width}"><a:solidFill><a:srgbClr val="{shade}"/>'
        "</a:solidFill></a:lnB>"
    )
    cell._tc.get_or_add_tcPr().insert(0, parse_xml(line))
