"""What the administration says stands in every paper, with its figure and in a list."""

import io
from dataclasses import replace

import pytest
from pptx import Presentation
from python_calamine import CalamineWorkbook

from kpi.domain.catalog import Catalog
from kpi.domain.format import joined
from kpi.exhibits.comments import COMMENTS, CommentLine
from kpi.export.annex import _content
from kpi.export.deck import deck
from kpi.export.paper import Paper
from kpi.export.submission import submission
from kpi.export.submission_figures import drawn_items
from kpi.export.word_content import Heading, Text
from kpi.export.workbook import workbook

OF_FIGURES = "Forvaltningens bemærkning: Ny metode (Sekretariatet, 11. marts 2025)."
LINES = (
    CommentLine("Beskæftigelse", "Ny metode", "Sekretariatet, 11. marts 2025", True),
    CommentLine("Gellerup", "Ingen evaluering", "Sekretariatet, 12. marts 2025", False),
)


@pytest.fixture(scope="module")
def commented(handed_in: Paper) -> Paper:
    item = handed_in.items[0]
    exhibit = replace(item.exhibit, remarks=(*item.exhibit.remarks, OF_FIGURES))
    return replace(handed_in, items=(replace(item, exhibit=exhibit),), comments=LINES)


def test_slides_have_it_at_the_figure_and_the_rest_in_a_table(commented: Paper) -> None:
    slides = [
        [
            text
            for shape in slide.shapes
            for text in (
                [cell.text for row in shape.table.rows for cell in row.cells]
                if shape.has_table
                else shape.text_frame.text.split("\n")
                if shape.has_text_frame
                else []
            )
        ]
        for slide in Presentation(io.BytesIO(deck(commented))).slides
    ]
    assert [joined(OF_FIGURES) in texts for texts in slides].count(True) == 1
    (listed,) = (texts for texts in slides if "Ingen evaluering" in texts)
    assert f"{COMMENTS}: Gellerup" in listed
    assert "Ny metode" not in listed


def test_word_has_all_in_a_section_and_none_in_small_print(commented: Paper) -> None:
    blocks = submission(commented, "notat", [b""] * len(drawn_items(commented))).blocks
    heads = [block.text for block in blocks if isinstance(block, Heading)]
    assert COMMENTS in heads
    texts = [
        "".join(span if isinstance(span, str) else span.text for span in block.spans)
        for block in blocks
        if isinstance(block, Text)
    ]
    assert "Beskæftigelse: Ny metode (Sekretariatet, 11. marts 2025)." in texts
    assert "Gellerup: Ingen evaluering (Sekretariatet, 12. marts 2025)." in texts
    assert not any(OF_FIGURES in text for text in texts)


def test_annex_and_workbook_list_all(commented: Paper, catalog: Catalog) -> None:
    rows = [list(line[:3]) for line in LINES]
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(commented, catalog)))
    assert book.get_sheet_by_name(COMMENTS).to_python()[1:] == rows
    listed = str(_content(replace(commented, items=()), ())["comments"])
    assert all(cell in listed for row in rows for cell in row)
