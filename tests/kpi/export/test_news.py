"""What is new since the meeting before: in the slides, the annex and the workbook."""

import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pptx import Presentation
from python_calamine import CalamineWorkbook

from kpi.domain.catalog import Catalog
from kpi.export.choice import Choice
from kpi.export.deck import deck
from kpi.export.news import meeting_before, with_news
from kpi.export.paper import Paper, paper
from kpi.export.workbook import NEWS, workbook
from kpi.store import Store, open_store
from kpi.views.since import since_view


@pytest.fixture(scope="module")
def then(built_home: Path) -> Iterator[Store]:
    store = open_store(built_home, as_of=date(2024, 8, 21))
    yield store
    store.close()


def paper_with_news(store: Store, then: Store, catalog: Catalog, *themes: str) -> Paper:
    made = paper(store, catalog, Choice("aarhus", "sbu_2025_03_19", themes))
    since = since_view(then, store, catalog, date(2024, 8, 21), "aarhus")
    return with_news(made, since, catalog)


@pytest.mark.parametrize(
    ("meeting", "before"),
    [
        ("sbu_2025_03_19", "sbu_2024_08_21"),  # of the same body, not the one eight days before
        ("rmm_2025_03_11", "rmm_2024_06_24"),
        ("sbu_2024_06_26", None),
    ],
)
def test_the_meeting_before(catalog: Catalog, meeting: str, before: str | None) -> None:
    previous = meeting_before(catalog, catalog.meetings[meeting], date(2025, 3, 19))
    assert (previous and previous.meeting_id) == before


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
        f"Siden mødet 21. august 2024: {moved} indsatser med ny eller ændret status og 1 nyt tal"
    )
    (table,) = (shape.table for shape in news.shapes if shape.has_table)
    assert [cell.text for cell in table.rows[0].cells] == list(made.news_columns)
    assert len(table.rows) == 1 + moved


def test_the_workbook_has_all_of_it(store: Store, then: Store, catalog: Catalog) -> None:
    made = paper_with_news(store, then, catalog, "language")
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(made, catalog)))
    rows = book.get_sheet_by_name(NEWS).to_python()
    assert [tuple(row) for row in rows[-len(made.news) :]] == list(made.news)


def test_without_news_there_is_no_sheet_for_them(store: Store, catalog: Catalog) -> None:
    made = paper(store, catalog, Choice("aarhus", "sbu_2025_03_19", ("language",)))
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(made, catalog)))
    assert NEWS not in book.sheet_names
