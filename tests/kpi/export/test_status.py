"""The short status: every action and every area is named, on two pages."""

import io
from dataclasses import replace
from typing import Any

import pytest
from docx import Document
from pypdf import PdfReader

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.format import joined
from kpi.exhibits.comments import CommentLine
from kpi.export.choice import Choice
from kpi.export.paper import Paper, arranged, paper
from kpi.export.short_status import ShortStatus, short_status
from kpi.export.status import status_pdf
from kpi.export.status_word import status_file
from kpi.export.word_template import STYLES
from kpi.store import Store
from tests.kpi.export.office_format import format_faults


@pytest.fixture(scope="module")
def status(handed_in: Paper, catalog: Catalog) -> ShortStatus:
    return short_status(handed_in, catalog)


@pytest.fixture(scope="module")
def pdf(handed_in: Paper, catalog: Catalog, browser_path: str) -> bytes:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BROWSER_PATH", browser_path)
        return status_pdf(handed_in, catalog)


def test_every_action_of_the_tracks_is_named(status: ShortStatus, handed_in: Paper) -> None:
    said = " ".join(f"{point.name} {point.said}" for t in status.tracks for point in t.points)
    tracked = [action for action in handed_in.actions if action.track]
    assert [action.title for action in tracked if action.title not in said] == []
    assert [track.name[:2] for track in status.tracks] == ["1.", "2.", "3.", "4."]


def test_what_the_newest_report_leaves_out_stands_last(status: ShortStatus) -> None:
    for track in status.tracks:
        states = [point.state for point in track.points]
        assert "Ikke omtalt" not in states[:-1]
        assert 2 <= len(states) <= 6
    assert sum(track.points[-1].state == "Ikke omtalt" for track in status.tracks) == 3
    assert "8 indsatser er ikke omtalt" in status.lead


def test_an_area_without_figures_keeps_its_column(status: ShortStatus) -> None:
    page = status.programme
    assert page is not None
    assert [column.name for column in page.columns] == ["Gellerup", "Viby Syd", "Tilst"]
    assert dict(page.columns[0].facts)["Familier"] == "75"
    assert page.columns[2].facts == ()
    assert "Tilst har endnu ingen tal." in page.caveats


def test_outcomes_have_counts_intervals_and_neutral_words(status: ShortStatus) -> None:
    page = status.programme
    assert page is not None
    lines = {line.name: line for line in page.outcomes}
    link = lines["Forældre med tilknytning til job"]
    own, other, missing = link.cells
    assert own is not None
    assert other is not None
    assert (own.percent, own.counts, other.counts) == (
        "31\N{NO-BREAK SPACE}%",
        fmt.n_of_n(21, 68),
        fmt.n_of_n(3, 13),
    )
    assert own.low < own.value < own.high
    assert missing is None
    assert link.verdict == "= ingen sikker forskel"
    assert {line.verdict for line in page.outcomes} == {
        "", "= ingen sikker forskel", "▲ højere", "▼ lavere",
    }  # fmt: skip
    # Half is rounded up: 13 of 104 is 12.5.
    social = lines["Børn med social sag"].cells[1]
    assert social is not None
    assert social.percent == "13\N{NO-BREAK SPACE}%"


def test_a_number_says_for_whom_it_is(status: ShortStatus) -> None:
    """Two workshops for a group of citizens are not two citizens."""
    lines = [
        f"{row.number} {row.label}".strip().replace("\u00a0", " ")
        for track in status.tracks
        if track.figure
        for row in track.figure.rows
    ]
    assert lines == [
        "6",
        "2 for arabisktalende borgere",
        "2 for borgere med somalisk baggrund",
        "60",
        "ca. 20,5 % blandt borgere med ikke-vestlig baggrund",
    ]


def test_it_has_two_pages_in_danish_with_letters_that_can_be_read(pdf: bytes) -> None:
    read = PdfReader(io.BytesIO(pdf))
    assert len(read.pages) == 2
    first, second = (page.extract_text() for page in read.pages)
    assert "Kort status: Integrationshandleplanen" in first
    assert "Kort status: Opgang til Opgang" in second
    assert "Rapporten skriver 40" in second
    sizes: set[float] = set()
    for page in read.pages:
        page.extract_text(visitor_text=lambda text, cm, tm, font, size: sizes.add(size)
                          if text.strip() else None)  # fmt: skip
    assert min(sizes) >= 9.5 - 0.01
    assert str(read.root_object["/Lang"]) == "da"


def test_the_scale_s_ends_stand_on_the_line_of_the_table_s_head(pdf: bytes) -> None:
    lines: dict[str, float] = {}

    def keep(text: str, cm: list[float], tm: list[float], font: object, size: float) -> None:
        lines.setdefault(text.replace("\u00a0", " ").strip(), round(cm[5] + tm[5]))

    PdfReader(io.BytesIO(pdf)).pages[1].extract_text(visitor_text=keep)
    head = lines["Resultat"]
    assert abs(lines["60 %"] - head) <= 2, lines
    assert abs(lines["Sikkerhedsinterval"] - head) <= 2, lines


@pytest.mark.usefixtures("drawing")
def test_the_same_paper_gives_the_same_bytes(
    handed_in: Paper, catalog: Catalog, pdf: bytes
) -> None:
    assert status_pdf(handed_in, catalog) == pdf


@pytest.mark.usefixtures("drawing")
def test_many_remarks_take_no_third_page(handed_in: Paper, catalog: Catalog) -> None:
    said = CommentLine("Emne", "En bemærkning, der er ret lang. " * 9, "Sekretariatet", False)
    many = replace(handed_in, comments=(said,) * 9)
    read = PdfReader(io.BytesIO(status_pdf(many, catalog)))
    assert len(read.pages) == 2
    assert "Flere bemærkninger står i bilaget" in read.pages[1].extract_text()


@pytest.mark.usefixtures("drawing")
def test_the_word_paper_says_the_same(
    handed_in: Paper, catalog: Catalog, status: ShortStatus
) -> None:
    content = status_file(handed_in, catalog)
    assert format_faults(content, "docx") == []
    document: Any = Document(io.BytesIO(content))
    assert document.sections[0].header.paragraphs[0].text.startswith("Bilag 1: Kort status")
    assert document.core_properties.keywords == "Bilag 1"
    heads = [p.text for p in document.paragraphs if p.style.name == "Heading 1"]
    assert heads == [*(track.name for track in status.tracks), "Kort status: Opgang til Opgang"]
    facts, outcomes = document.tables
    head = [cell.text for cell in facts.rows[0].cells]
    assert head == ["Område", "Gellerup", "Viby Syd", "Tilst"]
    assert status.programme is not None
    groups = {line.group for line in status.programme.outcomes}
    assert len(outcomes.rows) == 1 + len(status.programme.outcomes) + len(groups)
    # Nothing of which an area has no number is a column of its own.
    assert [cell.text for cell in outcomes.rows[0].cells] == [
        "Resultat", "Gellerup", "Viby Syd", "Vurdering",
    ]  # fmt: skip
    # On two pages: narrow margins, and no letters under 9.5 points.
    assert document.sections[0].left_margin.cm == pytest.approx(1.5, abs=0.01)
    sizes = [style.font.size.pt for style in document.styles if getattr(style, "font", None)
             and style.font.size and style.name in STYLES]  # fmt: skip
    assert min(sizes) >= 9.5


def test_an_area_of_the_programme_comes_first_on_its_own_page(
    store: Store, catalog: Catalog
) -> None:
    made = short_status(paper(store, catalog, Choice("viby_syd")), catalog)
    assert made.tracks == ()
    assert made.programme is not None
    assert made.programme.columns[0].name == "Viby Syd"


def test_a_paper_of_a_municipality_alone_has_neither_page(
    handed_in: Paper, catalog: Catalog
) -> None:
    bare = replace(handed_in, actions=(), programme=None)
    made = short_status(bare, catalog)
    assert (made.tracks, made.programme) == ((), None)
    assert PdfReader(io.BytesIO(status_pdf(bare, catalog))).pages


@pytest.mark.usefixtures("drawing")
def test_the_administrations_remarks_are_in_it(handed_in: Paper, catalog: Catalog) -> None:
    line = CommentLine("Gellerup", "Ingen evaluering.", "Sekretariatet, 11. marts 2025", False)
    read = PdfReader(io.BytesIO(status_pdf(replace(handed_in, comments=(line,)), catalog)))
    assert len(read.pages) == 2
    said = read.pages[1].extract_text()
    assert "Forvaltningens bemærkninger" in said
    assert joined("Gellerup: Ingen evaluering (Sekretariatet, 11. marts 2025).") in said


def test_who_a_programme_is_for_is_said_whatever_is_left_out(
    handed_in: Paper, catalog: Catalog, status: ShortStatus
) -> None:
    few = arranged(handed_in, replace(handed_in.choice, left_out=tuple(
        item.exhibit.key for item in handed_in.items[1:]
    )))  # fmt: skip
    assert len(few.items) == 1
    made = short_status(few, catalog).programme
    assert made is not None
    assert status.programme is not None
    assert made.columns == status.programme.columns
    silent = short_status(arranged(handed_in, replace(few.choice, claims=False)), catalog).programme
    assert silent is not None
    assert silent.claims == ()
