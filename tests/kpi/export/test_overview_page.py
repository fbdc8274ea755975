"""The overblik is one page, whatever a meeting has, and says what must be known of its figures."""

import io
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from kpi.domain.catalog import Catalog
from kpi.domain.plan import Meeting
from kpi.exhibits.comments import CommentLine
from kpi.export.news import NEW_STATUS
from kpi.export.overview_page import overview_page, overview_pdf
from kpi.export.paper import Paper, arranged
from kpi.export.proposal import proposal

AUGUST = Meeting("august", date(2024, 8, 21), "Udvalg", "")


@pytest.fixture(scope="module")
def offered(handed_in: Paper) -> Paper:
    """What a meeting is offered, with news."""
    paper = arranged(handed_in, replace(handed_in.choice, picked=proposal(handed_in)))
    news = ((NEW_STATUS, "Workshops", "Planlagt", "Afsluttet"),)
    return replace(paper, news=news, news_since=AUGUST)


def test_it_has_every_figure_the_plan_the_areas_and_all_to_know(
    offered: Paper, catalog: Catalog
) -> None:
    page = overview_page(offered, catalog)
    assert [cell.said for cell in page.cells] == [item.title for item in offered.items]
    assert [row[0][:2] for row in page.counts[1:]] == ["1.", "2.", "3.", "4."]
    assert [name for name, _, _ in page.programme] == ["Gellerup", "Viby Syd", "Tilst"]
    assert page.news == "Siden mødet 21. august 2024 (Udvalg): 1 indsats med ny eller ændret status"
    about = " ".join(page.about)
    for item in offered.items:
        remarks = [text for text in item.remarks if "-aksen begynder" not in text]
        lacking = [text for text in remarks if text.rstrip(".") not in about]
        assert lacking == [], item.exhibit.key
        assert item.exhibit.source.removeprefix("Kilde: ").rstrip(".") in about
    # It has no axis that a reader could misread.
    assert "-aksen begynder" not in about


def test_it_is_one_page_of_all_figures_and_many_remarks(
    handed_in: Paper, offered: Paper, catalog: Catalog
) -> None:
    comment = CommentLine("Selvforsørgelse", "En bemærkning af nogen længde. " * 8, "MSB", True)
    for paper in (offered, replace(handed_in, comments=(comment,) * 12)):
        made = overview_pdf(paper, catalog)
        assert made == overview_pdf(paper, catalog)
        (page,) = PdfReader(io.BytesIO(made)).pages
        text = page.extract_text()
        assert "Overblik: Integrationshandleplanen" in text
    assert f"{len(handed_in.items) - 8} figurer mere" in text
    assert "står i bilaget" in text
