"""A single number on a slide: large text that can be edited, and no chart of one dot."""

from collections.abc import Sequence
from typing import Any

from kpi.charts import style
from kpi.charts.marks import NumberMarks
from kpi.domain.format import safe_text
from kpi.export import native_style as native
from kpi.export.deck_text import on_one_line

HEIGHT = 110.0
_SIZE, _SMALL = 54, 18
# The library's own table styles are coloured; this one has neither lines nor fill.
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


def number_table(shapes: Any, marks: NumberMarks, box: Sequence[int]) -> Any:
    """The graphic frame of one cell: the number, and under it what it is."""
    frame = shapes.add_table(1, 1, *box)
    table = frame.table
    table.first_row = table.horz_banding = False
    for style_id in table._tbl.tblPr.iter("{*}tableStyleId"):
        style_id.text = _NO_STYLE
    text = table.cell(0, 0).text_frame
    text.text = safe_text(on_one_line(marks.text))
    text.add_paragraph().text = on_one_line(marks.about)
    looks = ((_SIZE, style.BLUE), (_SMALL, style.GREY_TEXT))
    for paragraph, (size, shade) in zip(text.paragraphs, looks, strict=True):
        for run in paragraph.runs:
            run.font.size, run.font.bold = native.points(size), size == _SIZE
            run.font.color.rgb = native.colour(shade)
    return frame
