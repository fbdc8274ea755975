"""The guides on paper: one sheet each, tagged, with every step and picture of the page."""

import io

import pytest
from pypdf import PdfReader

from kpi.domain.guides import READERS, Reader, guide_for
from kpi.export.guide import guide_pdf, parted
from tests.kpi.export.test_annex import joined, structure


@pytest.mark.every_case
@pytest.mark.parametrize("reader", READERS)
def test_a_guide_is_one_sheet_with_everything_on_it(reader: Reader) -> None:
    guide = guide_for(reader)
    pdf = PdfReader(io.BytesIO(guide_pdf(reader, guide)))
    (page,) = pdf.pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)
    text = joined(page.extract_text())
    for task in guide.tasks:
        for words in (task.title, *task.steps):
            assert joined(words) in text
    pictures = [each["/Alt"] for each in structure(pdf) if each["/S"] == "/Figure"]
    assert pictures == [task.alt for task in guide.tasks]
    assert str(pdf.root_object["/Lang"]) == "da"


def test_a_guide_with_one_task_is_made_too() -> None:
    content = guide_pdf("analytiker", guide_for("analytiker", may_enter=False))
    assert len(PdfReader(io.BytesIO(content)).pages) == 1


def test_a_sentence_is_parted_at_its_labels() -> None:
    parts = [("Tryk ", False), ("»Udgiv«", True), (".", False)]
    assert parted("Tryk »Udgiv«.") == parts
