"""What is new since the meeting before: in the slides, the annex and the workbook."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pptx import Presentation
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from kpi.domain.catalog import Catalog
from kpi.domain.format import joined
from kpi.domain.plan import Meeting
from kpi.domain.wording import capital
from kpi.export.annex import annex
from kpi.export.choice import Choice
from kpi.export.corrected import MOST
from kpi.export.deck import deck
from kpi.export.deck_slides import news_title
from kpi.export.news import looked_back_to, with_news
from kpi.export.paper import Paper, paper
from kpi.export.short_status import short_status
from kpi.export.shown_numbers import shown_number
from kpi.export.status import status_pdf
from kpi.export.status_word import status_paper
from kpi.export.submission import submission
from kpi.export.submission_figures import drawn_items
from kpi.export.word_content import Heading, Text, WordPaper
from kpi.export.workbook import NEWS, workbook
from kpi.store import Store, open_store
from kpi.views.meetings import usual_meeting
from kpi.views.since import since_view

NOVEMBER = Meeting("november", date(2026, 11, 27), "Udvalg", "")


@pytest.fixture(scope="module")
def then(built_home: Path) -> Iterator[Store]:
    store = open_store(built_home, as_of=date(2024, 8, 21))
    yield store
    store.close()


def paper_with_news(store: Store, then: Store, catalog: Catalog, *themes: str) -> Paper:
    made = paper(store, catalog, Choice("aarhus", "sbu_2025_03_19", themes))
    before = catalog.meetings["sbu_2024_08_21"]
    since = since_view(then, store, catalog, before.day, "aarhus")
    return with_news(made, before, since, catalog)


@pytest.mark.parametrize("meeting", ["sbu_2025_03_19", "rmm_2025_03_11", "sbu_2024_08_21"])
def test_a_paper_counts_from_the_meeting_that_pages_of_its_day_count_from(
    built_home: Path, catalog: Catalog, meeting: str
) -> None:
    day = catalog.meetings[meeting].day
    known = open_store(built_home, as_of=day)
    made, plan = paper(known, catalog, Choice("aarhus", meeting)), known.plan()
    known.close()
    usual = usual_meeting(catalog, plan, day)
    assert usual is not None
    assert looked_back_to(made, plan, catalog) == usual
    # Known as of an earlier day, it counts as a page of that day does.
    early = replace(made, as_of=date(2024, 6, 25))
    first = usual_meeting(catalog, plan, date(2024, 6, 25))
    assert looked_back_to(early, plan, catalog) == first
    assert looked_back_to(replace(made, meeting=None), plan, catalog) is None


def test_the_meeting_is_named_wherever_news_stand(
    store: Store, then: Store, catalog: Catalog
) -> None:
    made = paper_with_news(store, then, catalog, "language")
    said = "siden mødet 21. august 2024 (Social- og Beskæftigelsesudvalget)"
    assert made.since_meeting == said
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(made, catalog)))
    about = {str(row[0]): row[1] for row in book.get_sheet_by_name("Om").to_python()}
    assert about[NEWS] == capital(said)
    assert joined(capital(said)) in joined(news_title(made))
    annexed = PdfReader(io.BytesIO(annex(made)))
    text = " ".join("".join(page.extract_text() for page in annexed.pages).split())
    assert f"Nyt {said}" in text


def test_only_the_papers_own_themes(store: Store, then: Store, catalog: Catalog) -> None:
    news = paper_with_news(store, then, catalog, "language").news
    assert ("Ny status", "Intensiveret sprogforløb (Sprogboost)", "Planlagt", "I gang") in news
    assert ("Nyt tal", "Sprogboost-forløb, indtil marts 2025", "–", "6") in news
    assert not [row for row in news if "Gellerup" in row[1]]


def test_slides_list_what_moved_and_count_the_figures(
    store: Store, then: Store, catalog: Catalog
) -> None:
    made = paper_with_news(store, then, catalog, "language")
    slides = Presentation(io.BytesIO(deck(made))).slides
    (news,) = (slide for slide in slides if slide.shapes.title.text.startswith("Siden mødet"))
    moved = sum(row[0] in ("Ny status", "Ny i opfølgningen") for row in made.news)
    assert news.shapes.title.text == (
        f"{joined('Siden mødet 21. august 2024 (Social- og Beskæftigelsesudvalget)')}: "
        f"{moved} indsatser med ny eller ændret status "
        "og 1 nyt tal"
    )
    (table,) = (shape.table for shape in news.shapes if shape.has_table)
    assert [cell.text for cell in table.rows[0].cells] == [*map(joined, made.news_columns)]
    assert len(table.rows) == 1 + moved


def test_the_workbook_has_all_of_it(store: Store, then: Store, catalog: Catalog) -> None:
    made = paper_with_news(store, then, catalog, "language")
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(made, catalog)))
    rows = book.get_sheet_by_name(NEWS).to_python()
    as_numbers = [
        tuple(shown.value if (shown := shown_number(text)) else text for text in row)
        for row in made.news
    ]
    assert [tuple(row) for row in rows[-len(made.news) :]] == as_numbers
    assert any(isinstance(cell, float) for row in rows for cell in row)


@pytest.mark.parametrize("count", [0, 1, MOST, MOST + 2])
def test_papers_of_text_say_which_figures_the_meeting_saw_with_another_value(
    handed_in: Paper, catalog: Catalog, count: int
) -> None:
    rows = [
        ("Rettet tal", f"Testandel {n}, 2025", f"{n},5\u00a0%", "fjernet") for n in range(count)
    ]
    other = ("Nyt tal", "Andet, 2025", "–", "6")
    made = replace(handed_in, news=(other, *rows), news_since=NOVEMBER)
    bare = replace(made, actions=())
    pictures = [b""] * len(drawn_items(made))
    papers = {
        "indstilling": words_of(submission(made, "indstilling", pictures)),
        "notat": words_of(submission(made, "notat", pictures)),
        "kort status": words_of(status_paper(made, catalog)),
        "uden handleplan": words_of(status_paper(bare, catalog)),
        "PDF": short_status(made, catalog).corrected,
    }
    for name, words in papers.items():
        assert ("Rettet siden mødet 27. november 2026 (Udvalg)" in words) is bool(count), name
        shown = [n for n in range(count) if f"Testandel {n}, 2025" in words]
        assert shown == list(range(min(count, MOST))), name
        assert ("0,5\u00a0% ved mødet, nu fjernet" in words) is bool(count), name
        assert ("Yderligere 2 rettede tal står i bilaget" in words) is (count > MOST), name
        assert "Andet, 2025" not in words


def words_of(said: WordPaper) -> str:
    """All paragraphs and headings of a Word paper."""
    words = []
    for block in said.blocks:
        match block:
            case Text():
                words += [span if isinstance(span, str) else span.text for span in block.spans]
            case Heading():
                words.append(block.text)
    return "".join(words)


@pytest.mark.parametrize("with_plan", [True, False])
def test_the_short_status_as_pdf_says_it_too(
    short: Paper, catalog: Catalog, with_plan: bool
) -> None:
    row = ("Rettet tal", "Testandel, 2025", "45,0\u00a0%", "41,0\u00a0%")
    actions = short.actions if with_plan else ()
    made = replace(short, actions=actions, news=(row,), news_since=NOVEMBER)
    document = PdfReader(io.BytesIO(status_pdf(made, catalog)))
    said = " ".join("".join(page.extract_text() for page in document.pages).split())
    assert "Rettet siden mødet 27. november 2026 (Udvalg): Testandel, 2025: 45,0" in said


def test_without_news_there_is_no_sheet_for_them(store: Store, catalog: Catalog) -> None:
    made = paper(store, catalog, Choice("aarhus", "sbu_2025_03_19", ("language",)))
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(made, catalog)))
    assert NEWS not in book.sheet_names
