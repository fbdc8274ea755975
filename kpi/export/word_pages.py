"""About how many pages a Word file has: only Word counts them, each time it opens the file.

Lines are broken by the widths of our letters, and heights are those of the file's styles, so the
answer is a page wrong at most for a paper of a few pages.
"""

import io
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.shared import Emu, Length
from docx.table import Table
from docx.text.paragraph import Paragraph

from kpi.export.deck_text import lines_of

_USUAL_SIZE, _USUAL_SPACING = 11.0, 1.15
# Of its size, how high a line of Calibri is.
_LINE = 1.22
_CELL_SIDES = 11.0


def word_pages(content: bytes) -> int:
    """The pages that a .docx will have, about."""
    return len(page_fills(Document(io.BytesIO(content))))


def page_fills(document: Any) -> list[float]:
    """How much of each page a document has something on, about: 1 is all of it."""
    section = document.sections[0]
    sides = (section.page_height, section.top_margin, section.bottom_margin)
    high, top, bottom = (Emu(side or 0).pt for side in sides)
    across = (section.page_width, section.left_margin, section.right_margin)
    whole, left, right = (Emu(side or 0).pt for side in across)
    room, width = high - top - bottom, whole - left - right
    fills, used = [], 0.0
    for heights, begins in _kept_together(document, width):
        height = sum(heights)
        if used and (begins or used + height > room):
            # Only what is kept together goes on to the next page as a whole.
            fills.append(used / room)
            used = 0.0
        used += height
        while used > room:
            fills.append(1.0)
            used -= room
    return [*fills, used / room]


def _kept_together(document: Any, width: float) -> Iterator[tuple[list[float], bool]]:
    """The heights of what stays on one page, and whether it begins a page."""
    heights: list[float] = []
    begins = False
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            for row in block.rows:
                heights.append(_row(row, width))
                if not _said(row.cells[0].paragraphs[0], "keep_with_next"):
                    yield heights, begins
                    heights, begins = [], False
            if heights:
                yield heights, begins
                heights, begins = [], False
            continue
        begins = begins or bool(block.paragraph_format.page_break_before)
        own = _paragraph(block, width)
        if _said(block, "keep_with_next"):
            heights.append(own)
            continue
        yield [*heights, own], begins
        heights, begins = [], False
    if heights:
        yield heights, begins


def _paragraph(paragraph: Paragraph, width: float) -> float:
    size = _size(paragraph)
    spacing = _said(paragraph, "line_spacing")
    usual = spacing if isinstance(spacing, float) else _USUAL_SPACING
    line: float = spacing.pt if isinstance(spacing, Length) else size * _LINE * usual
    indents = [_said(paragraph, side) for side in ("left_indent", "right_indent")]
    room = width - sum(indent.pt for indent in indents if indent)
    pictures: list[float] = [
        Emu(int(extent.get("cy"))).pt for extent in paragraph._p.iterfind(".//{*}inline/{*}extent")
    ]
    text = "".join(part.text or "" for part in paragraph._p.iter("{*}t"))
    lines = len(lines_of(text, size, room))
    around: float = sum(
        space.pt
        for space in (_said(paragraph, "space_before"), _said(paragraph, "space_after"))
        if space
    )
    return (sum(pictures) if pictures else lines * line) + around


def _row(row: Any, width: float) -> float:
    cells = row.cells
    share = width / max(len(cells), 1)
    return max(
        sum(_paragraph(each, (Emu(cell.width).pt if cell.width else share) - _CELL_SIDES)
            for each in cell.paragraphs)
        for cell in cells
    )  # fmt: skip


def _size(paragraph: Paragraph) -> float:
    style: Any = paragraph.style
    while style is not None:
        if style.font.size is not None:
            return float(style.font.size.pt)
        style = style.base_style
    return _USUAL_SIZE


def _said(paragraph: Paragraph, name: str) -> Any:
    """What the paragraph, its style or what that is based on says of its form; None: nothing."""
    own = getattr(paragraph.paragraph_format, name)
    style: Any = paragraph.style
    while own is None and style is not None:
        own = getattr(style.paragraph_format, name)
        style = style.base_style
    return own
