"""How long a finished file is: slides are counted, pages of Word are reckoned."""

from dataclasses import replace
from typing import Any

import pytest

from kpi.export.extent import extent_text
from kpi.export.paper import Paper
from kpi.export.submission_plan import plan_blocks
from kpi.export.word import word_file
from kpi.export.word_content import Heading, Text, WordPaper, text
from kpi.export.word_pages import word_pages


def written(blocks: tuple[Any, ...], paper: Paper) -> bytes:
    said = WordPaper("Titel", "Emne", "", ("", ""), "", blocks)
    return word_file(said, paper, "notat")


# As many as LibreOffice has of them with letters as wide as Calibri's.
@pytest.mark.parametrize(
    ("paragraphs", "words", "pages"), [(1, 5, 1), (30, 5, 1), (60, 5, 2), (30, 40, 3), (60, 40, 5)]
)
def test_pages_of_word_follow_its_lines(
    short: Paper, paragraphs: int, words: int, pages: int
) -> None:
    line = text(" ".join(["ord som er"] * (words // 2)))
    assert word_pages(written((line,) * paragraphs, short)) == pages


def test_a_heading_that_begins_a_page_and_a_table_are_counted(short: Paper) -> None:
    blocks = (Text(("Først",)), Heading("Ny side", begins_page=True), Text(("Så",)))
    assert extent_text(written(blocks, short)) == "ca. 2 sider"
    plan = tuple(plan_blocks(replace(short, news=())))
    assert extent_text(written(plan, short)) == "ca. 1 side"
