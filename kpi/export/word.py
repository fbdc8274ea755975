"""A paper as a Word document: styles alone decide how it looks, and people can go on writing in it.

The same paper gives the same bytes.
"""

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, assert_never

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt

from kpi.charts.marks import Frame, LineMarks, Marks
from kpi.domain.format import joined
from kpi.export import office_files
from kpi.export.deck_text import on_one_line
from kpi.export.paper import Paper
from kpi.export.submission import Submission, submission
from kpi.export.submission_figures import PICTURE_CM, drawn_items
from kpi.export.typesetting import typeset
from kpi.export.vectors import Chart, charts, frame_on_page
from kpi.export.word_as_written import TITLE_KEY, keep_as_written, mark_block, pieces_of
from kpi.export.word_content import (
    Blank,
    Block,
    Caption,
    Emphasis,
    Grid,
    Heading,
    Picture,
    Reference,
    Strong,
    Text,
    TextKind,
    WordPaper,
)
from kpi.export.word_pages import page_fills
from kpi.export.word_template import emptied, fill_places, make_brief, opened_document
from kpi.export.word_xml import (
    add_blank,
    add_bookmarked_field,
    add_field,
    describe_picture,
    describe_table,
    is_head_row,
    keep_row_whole,
)

AUTHOR, LANGUAGE = "Spor", "da-DK"
# Sixteen centimetres: at this many pixels the smallest letters of a chart have 9.5 points.
CHART_WIDTH = 570
_LINES_HIGH = 260
_UNDER_TABLE = Pt(4)
# A table of more rows may go on over a page.
_MOST_ROWS_TOGETHER = 8
_POINTS_PER_CM = 72 / 2.54
_DOTS_PER_INCH = 300
_MOST_LETTERS = 255
_FIRST_BOOKMARK = 9000
_STYLE_OF: dict[TextKind, str] = {
    "text": "Normal", "bullet": "List Bullet", "number": "List Number", "source": "Kilde",
}  # fmt: skip
_CHART_PAGE = b"""#set page(
  width: float(sys.inputs.width) * 1pt, height: float(sys.inputs.height) * 1pt, margin: 0pt,
)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%)"""


def submission_file(paper: Paper, form: Submission, template: bytes | None = None) -> bytes:
    """The paper as an indstilling or a notat (.docx), in a template of one's own, if any.

    Raises KpiError where there is no browser that draws the charts, and for a template that is
    no Word document.
    """
    # A template that cannot be used is refused before anything is drawn.
    if template is not None:
        opened_document(template)
    return word_file(drawn_submission(paper, form), paper, form, template)


def drawn_submission(paper: Paper, form: Submission) -> WordPaper:
    """What an indstilling or a notat says, its charts drawn. KpiError without a browser."""
    items = drawn_items(paper)
    drawn = charts([(item.exhibit.marks, _frame(item.exhibit.marks)) for item in items])
    pictures = [chart_png(chart) for chart in drawn]
    ways = [submission(paper, form, pictures, drawn_first) for drawn_first in (False, True)]
    return ways[0] if ways[0] == ways[1] else min(ways, key=emptiness)


def emptiness(said: WordPaper) -> tuple[int, float]:
    """How many pages the paper has, and how much of one of them is left empty before the last."""
    document = opened_document(None)
    Writer(document).write(said)
    fills = page_fills(document)
    return len(fills), round(1 - min(fills[:-1], default=1), 1)


def _frame(marks: Marks) -> Frame:
    """As on a page of the annex; lines are lower, so that few pages end before a figure."""
    frame = frame_on_page(marks, CHART_WIDTH)
    if isinstance(marks, LineMarks) and frame.height:
        return replace(frame, height=min(frame.height, _LINES_HIGH))
    return frame


def word_file(said: WordPaper, paper: Paper, kind: str, template: bytes | None = None) -> bytes:
    """What a paper says as .docx; in a template of one's own (.docx or .dotx), if any.

    `kind` is kept in the file, with what it was made of (kpi/export/as_written.py).

    Raises KpiError for a template that is no Word document, has macros, or has no headings.
    """
    document = opened_document(template)
    if template is None and said.is_brief:
        make_brief(document)
    writer = Writer(document)
    if template is None:
        writer.head(said)
        writer.write(said)
    else:
        _write_within(document, writer, said)
    out = io.BytesIO()
    write_properties(document, said, paper.as_of)
    keep_as_written(document, kind, paper, pieces_of(document))
    document.save(out)
    return office_files.repacked(out.getvalue(), lambda _, content: content)


def _write_within(document: Any, writer: "Writer", paper: WordPaper) -> None:
    """Writes where the template has places; its own head and foot stay as they are."""
    place = emptied(document)
    filled = fill_places(document, {name: on_one_line(words) for name, words in paper.places})
    before = set(document.element.body)
    writer.write(paper, with_title="titel" not in filled)
    if place is not None:
        for element in [each for each in document.element.body if each not in before]:
            place._p.addprevious(element)
        place._p.getparent().remove(place._p)


def chart_png(chart: Chart) -> bytes:
    """A chart as wide as the text of a page, sharp in print."""
    width = PICTURE_CM * _POINTS_PER_CM
    return typeset(
        _CHART_PAGE,
        format="png",
        ppi=_DOTS_PER_INCH,
        sys_inputs={
            "svg": chart.svg,
            "width": f"{width:.3f}",
            "height": f"{width * chart.height / chart.width:.3f}",
        },
    )


def write_properties(document: Any, paper: WordPaper, day: date) -> None:
    """What the file says of itself, dated by `day`: the same choice, the same bytes."""
    properties = document.core_properties
    properties.title = on_one_line(paper.title)[:_MOST_LETTERS]
    properties.subject = on_one_line(paper.subject)[:_MOST_LETTERS]
    properties.author = properties.last_modified_by = AUTHOR
    properties.comments = on_one_line(paper.description)[:_MOST_LETTERS]
    properties.category = on_one_line(paper.category)[:_MOST_LETTERS]
    properties.keywords = on_one_line(paper.keywords)[:_MOST_LETTERS]
    properties.language, properties.revision = LANGUAGE, 1
    properties.created = properties.modified = datetime.combine(day, time())


class Writer:
    """Writes blocks at the end of a document, and counts its blanks and bookmarks."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self._blanks = self._pictures = 0
        self._follows_grid = False
        # A template may have some of its own.
        self._bookmarks = _FIRST_BOOKMARK
        section = document.sections[-1]
        self._room = (section.page_width - section.left_margin - section.right_margin) / Cm(1)
        self._width = min(PICTURE_CM, self._room)

    def write(self, paper: WordPaper, with_title: bool = True) -> None:
        """The title and all blocks."""
        if with_title:
            self.write_title(paper.title)
        for block in paper.blocks:
            self.write_block(block)

    def write_title(self, title: str) -> Any:
        """The paper's title; returns the paragraph's element."""
        paragraph = self._paragraph("Title")
        paragraph.add_run(joined(on_one_line(title)))
        mark_block(paragraph._p, TITLE_KEY, self._next_bookmark())
        return paragraph._p

    def write_block(self, block: Block) -> Any:
        """Writes a block at the end, with the mark of its key; returns its element."""
        self._block(block)
        element = self.document.element.body[-1]
        if element.tag.endswith("}sectPr"):
            element = element.getprevious()
        if block.key:
            mark_block(element, block.key, self._next_bookmark())
        self._follows_grid = isinstance(block, Grid)
        return element

    def _next_bookmark(self) -> int:
        self._bookmarks += 1
        return self._bookmarks

    def head(self, paper: WordPaper) -> None:
        """The two lines at the top of each page."""
        section = self.document.sections[0]
        first = section.header.paragraphs[0]
        left, right = paper.head
        first.add_run(joined(left), style="Strong")
        first.add_run(f"\t{joined(right)}")
        second = section.header.add_paragraph(style="Header")
        second.add_run(f"{joined(paper.occasion)}\tSide ")
        add_field(second, "PAGE", "1")
        second.add_run(" af ")
        add_field(second, "NUMPAGES", "1")

    def _block(self, block: Block) -> None:
        match block:
            case Heading():
                paragraph = self._paragraph(f"Heading {block.level}")
                paragraph.add_run(joined(on_one_line(block.text)))
                if block.begins_page:
                    paragraph.paragraph_format.page_break_before = True
            case Text():
                self._text(block)
            case Caption():
                self._caption(block)
            case Picture():
                self._picture(block)
            case Grid():
                self._grid(block)
            case _:
                assert_never(block)

    def _text(self, block: Text) -> None:
        paragraph = self._paragraph(_STYLE_OF[block.kind])
        if block.keeps:
            paragraph.paragraph_format.keep_with_next = True
        if self._follows_grid:
            paragraph.paragraph_format.space_before = _UNDER_TABLE
        for span in block.spans:
            match span:
                case str():
                    paragraph.add_run(on_one_line_kept(span))
                case Strong() | Emphasis():
                    style = type(span).__name__
                    paragraph.add_run(on_one_line_kept(span.text), style=style)
                case Blank():
                    self._blank(paragraph, span)
                case Reference():
                    paragraph.add_run(f"{span.kind.lower()}\N{NO-BREAK SPACE}")
                    name = _bookmark(span.kind, span.number)
                    add_field(paragraph, rf"REF {name} \h", str(span.number))
                case _:
                    assert_never(span)

    def _blank(self, paragraph: Any, blank: Blank) -> None:
        self._blanks += 1
        style = self.document.styles["Placeholder Text"].style_id
        add_blank(paragraph, blank.prompt, self._blanks, style)

    def _caption(self, block: Caption) -> None:
        paragraph = self._paragraph("Caption")
        paragraph.add_run(f"{block.kind}\N{NO-BREAK SPACE}")
        add_bookmarked_field(
            paragraph, _bookmark(block.kind, block.number), self._next_bookmark(),
            rf"SEQ {block.kind} \* ARABIC", str(block.number),
        )  # fmt: skip
        paragraph.add_run(f". {joined(on_one_line(block.title)).rstrip('.')}.")
        if block.measure:
            measure = paragraph.add_run(f" {on_one_line(block.measure)}.")
            measure.bold = False

    def _picture(self, block: Picture) -> None:
        self._pictures += 1
        run = self._paragraph("Figur").add_run()
        shape = run.add_picture(io.BytesIO(block.png), width=Cm(min(block.width_cm, self._width)))
        describe_picture(shape, on_one_line(block.alt), f"Figur {self._pictures}")

    def _grid(self, block: Grid) -> None:
        table = self.document.add_table(0, len(block.columns), style="Spor tabel")
        table.autofit = False
        describe_table(table, block.alt)
        widths = [Cm(self._room * share / sum(block.widths)) for share in block.widths]
        for place, width in enumerate(widths):
            table.columns[place].width = width
        for line, cells in enumerate((block.columns, *block.rows)):
            row = table.add_row()
            (keep_row_whole if line else is_head_row)(row)
            stays = _stays(line, cells, len(block.rows))
            for place, (cell, words) in enumerate(zip(row.cells, cells, strict=True)):
                cell.width = widths[place]
                paragraph = cell.paragraphs[0]
                paragraph.style = "Tabeltekst"
                paragraph.add_run(joined(on_one_line(words)))
                paragraph.paragraph_format.keep_with_next = stays
                if place:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if line and cells[0] and not any(cells[1:]):
                # What heads the rows under it has the whole width.
                own = row.cells[0].merge(row.cells[-1])
                for empty in own.paragraphs[1:]:
                    empty._p.getparent().remove(empty._p)

    def _paragraph(self, style: str) -> Any:
        return self.document.add_paragraph(style=style)


def _stays(line: int, cells: Sequence[str], rows: int) -> bool:
    """Whether a table's line stands on the page of the line after it; line 0 is the head.

    All of a short table does, with its caption. A long one is divided, but neither after what
    heads the rows under it nor so that fewer than two rows are left on either page.
    """
    heads = bool(cells[0]) and not any(cells[1:])
    return rows <= _MOST_ROWS_TOGETHER or line < 3 or line >= rows - 1 or heads


def on_one_line_kept(words: str) -> str:
    """The words as they are set in lines, without letters that no file can contain.

    A space at either end stays.
    """
    if words and not words.strip():
        return " "
    kept = joined(on_one_line(words))
    return f"{' ' * words.startswith(' ')}{kept}{' ' * words.endswith(' ')}"


def _bookmark(kind: str, number: int) -> str:
    return f"{kind.lower()}_{number}"
