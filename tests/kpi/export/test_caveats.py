"""No paper drops a caveat: every remark of every figure stands in every form, whole."""

import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from pptx import Presentation
from pptx.util import Inches
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from kpi.charts.marks import NumberMarks
from kpi.domain.catalog import Catalog
from kpi.domain.format import joined
from kpi.domain.vocabulary import PictureSize
from kpi.exhibits.caveats import NOT_REPORTED
from kpi.export.annex import annex
from kpi.export.choice import Choice
from kpi.export.deck import deck, slide
from kpi.export.paper import Item, Paper, arranged, paper
from kpi.export.pictures import SIZES, picture, plate_of
from kpi.export.workbook import workbook
from kpi.store import open_store
from tests.kpi.export.slides import made_template
from tests.kpi.export.wordy import wordy_paper

LONG = (
    "Opgørelsen er foretaget af {}. forvaltning på grundlag af indberetninger, som ikke er "
    "kontrolleret, og omfatter borgere, der har boet i kommunen i hele perioden."
)
TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"


def letters(text: str) -> str:
    """Without spaces, hyphens and marks: lines are broken where they fit."""
    return "".join(letter for letter in text if letter.isalnum())


def said_of(item: Item) -> list[str]:
    """All that must stand beside the figure."""
    remarks = (
        remark for remark in item.exhibit.remarks if remark != NOT_REPORTED
    )  # of the table alone
    return [item.title, *remarks, *(line.text for line in item.claims)]


def with_remarks(paper: Paper, count: int) -> Paper:
    """The paper's figures with as many long caveats each."""
    remarks = tuple(LONG.format(number) for number in range(count))
    items = tuple(
        replace(item, exhibit=replace(item.exhibit, remarks=(*item.exhibit.remarks, *remarks)))
        for item in paper.items
    )
    return replace(paper, items=items)


@pytest.fixture(scope="module")
def wordy(tmp_path_factory: pytest.TempPathFactory) -> tuple[Paper, Catalog]:
    folder = tmp_path_factory.mktemp("wordy")
    made = wordy_paper(folder)
    opened = open_store(folder / "home")
    catalog = opened.catalog()
    opened.close()
    return replace(made, items=made.items[:6]), catalog


@pytest.fixture(scope="module")
def papers(
    handed_in: Paper, catalog: Catalog, wordy: tuple[Paper, Catalog]
) -> dict[str, tuple[Paper, Catalog]]:
    """The default figures, and wordy ones with few, many and far too many caveats."""
    made, theirs = wordy
    return {
        "default": (handed_in, catalog),
        "wordy": wordy,
        "many": (with_remarks(made, 7), theirs),
        "far too many": (with_remarks(made, 25), theirs),
    }


PAPERS = ["default", "wordy", "many", "far too many"]


@pytest.fixture(scope="module")
def deck_of(papers: dict[str, tuple[Paper, Catalog]], whole_deck: bytes) -> Callable[[str], bytes]:
    """The slides of each, made once."""
    return cache(lambda name: whole_deck if name == "default" else deck(papers[name][0]))


def slides_of(content: bytes) -> list[tuple[str, str]]:
    """Title and letters of each slide; what stands in the notes does not count."""
    return [
        (slide.shapes.title.text, letters("".join(t.text or "" for t in slide._element.iter(TEXT))))
        for slide in Presentation(io.BytesIO(content)).slides
    ]


def assert_on_slides(paper: Paper, content: bytes) -> None:
    slides = slides_of(content)
    for item in paper.items:
        own = "".join(text for title, text in slides if title.startswith(joined(item.title)))
        assert [text for text in said_of(item) if letters(text) not in own] == [], item.exhibit.key


# Every paper on our own layouts; each of another's two layouts with figures as given and with many.
@pytest.mark.parametrize(
    ("name", "template"),
    [*((name, None) for name in PAPERS), ("default", 1), ("many", 1), ("wordy", 5), ("many", 5)],
)
def test_a_deck_has_every_caveat_on_the_figures_slides(
    papers: dict[str, tuple[Paper, Catalog]],
    deck_of: Callable[[str], bytes],
    name: str,
    template: int | None,
) -> None:
    paper, _ = papers[name]
    made = deck_of(name) if template is None else deck(paper, made_template(template))
    assert_on_slides(paper, made)


def test_a_single_slide_goes_on_to_another(wordy: tuple[Paper, Catalog]) -> None:
    paper = with_remarks(replace(wordy[0], items=wordy[0].items[:1]), 25)
    content = slide(paper)
    assert_on_slides(paper, content)
    titles = [title for title, _ in slides_of(content)]
    assert len(titles) > 1
    assert set(titles[1:]) == {f"{titles[0]} (fortsat)"}


def test_the_contents_count_the_slides_that_caveats_take(deck_of: Callable[[str], bytes]) -> None:
    slides: list[Any] = list(Presentation(io.BytesIO(deck_of("far too many"))).slides)
    (table,) = (shape.table for shape in slides[1].shapes if shape.has_table)
    for row in list(table.rows)[1:]:
        theme, _, page = (cell.text for cell in row.cells)
        texts = "".join(t.text or "" for t in slides[int(page.split()[1]) - 1]._element.iter(TEXT))
        assert theme in texts


@pytest.mark.parametrize("name", PAPERS)
def test_no_two_boxes_of_a_slide_overlap_and_all_are_on_it(
    deck_of: Callable[[str], bytes], name: str
) -> None:
    slides: list[Any] = list(Presentation(io.BytesIO(deck_of(name))).slides)
    for page in slides[1:]:
        boxes = [
            (shape.left, shape.top, shape.left + shape.width, shape.top + shape.height, shape.name)
            for shape in page.shapes
            # The foot has its own places.
            if shape.name.split()[0] in ("Tekst", "Diagram", "Linje", "Forbehold")
            and shape.top < Inches(6.56)
        ]
        for left, top, right, bottom, shape_name in boxes:
            assert left >= 0
            assert right <= Inches(13.34), (page.shapes.title.text, shape_name)
            assert bottom <= Inches(6.62), (page.shapes.title.text, shape_name)
            assert top >= Inches(0.3)
        slack = Inches(0.03)
        for place, one_box in enumerate(boxes):
            for other in boxes[place + 1 :]:
                across = min(one_box[2], other[2]) - max(one_box[0], other[0])
                down = min(one_box[3], other[3]) - max(one_box[1], other[1])
                assert across <= slack or down <= slack, (page.shapes.title.text, one_box, other)


@pytest.mark.usefixtures("drawing")
@pytest.mark.parametrize("name", ["default", "many"])
def test_the_annex_has_every_caveat(papers: dict[str, tuple[Paper, Catalog]], name: str) -> None:
    paper, _ = papers[name]
    pages = PdfReader(io.BytesIO(annex(paper))).pages
    read = letters("".join(page.extract_text() for page in pages).replace("\u00ad", ""))
    for item in paper.items:
        assert [text for text in said_of(item) if letters(text) not in read] == []


@pytest.mark.usefixtures("drawing")
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["default", "many", "far too many"])
def test_a_picture_has_every_caveat(
    papers: dict[str, tuple[Paper, Catalog]], name: str, size: PictureSize
) -> None:
    paper, _ = papers[name]
    items = paper.items if name == "default" and size == "half" else paper.items[:3]
    for item in items:
        svg = picture(plate_of(item, paper), size, "svg")
        root = ElementTree.fromstring(svg)  # noqa: S314  (it is our own)
        read = letters(
            "".join("".join(t.itertext()) for t in root.iter() if t.tag.endswith("}text"))
        )
        assert [text for text in said_of(item) if letters(text) not in read] == []
        assert int(root.attrib["width"]) == SIZES[size].width


@pytest.mark.parametrize("name", PAPERS)
def test_the_workbook_has_every_caveat(papers: dict[str, tuple[Paper, Catalog]], name: str) -> None:
    paper, catalog = papers[name]
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(paper, catalog)))
    head, *rows = book.get_sheet_by_name("Figurer").to_python()
    assert head[2] == "overskrift"
    for item, row in zip(paper.items, rows, strict=True):
        read = letters("".join(map(str, row)))
        assert [text for text in said_of(item) if letters(text) not in read] == []


def test_an_axis_that_is_cut_is_named_in_every_form(
    handed_in: Paper, catalog: Catalog, read_forms: Callable[[Paper, Catalog], dict[str, str]]
) -> None:
    cut = [
        item for item in handed_in.items if "ksen begynder ved" in " ".join(item.exhibit.remarks)
    ]
    assert cut
    only = replace(handed_in, items=tuple(cut), actions=())
    for form, text in read_forms(only, catalog).items():
        for item in cut:
            (remark,) = (remark for remark in item.exhibit.remarks if "ksen begynder ved" in remark)
            assert letters(remark) in text, form


def test_no_difference_between_programme_areas_is_called_an_effect(
    handed_in: Paper, catalog: Catalog, read_forms: Callable[[Paper, Catalog], dict[str, str]]
) -> None:
    sentence = letters("En forskel kan derfor ikke tolkes som en effekt af Opgang til Opgang.")
    areas = {item.exhibit.key: _programme_areas(item, catalog) for item in handed_in.items}
    assert sum(len(area) > 1 for area in areas.values()) > 10
    for item in handed_in.items:
        is_said = any(sentence in letters(text) for text in (item.reading, *item.caveats))
        assert is_said is (len(areas[item.exhibit.key]) > 1), item.title
    compared = [item for item in handed_in.items if len(areas[item.exhibit.key]) > 1]
    # Where the difference is sure the sentence matters most.
    sure = [item for item in compared if "forskellen er statistisk sikker" in item.reading]
    assert len(sure) == 3
    only = replace(handed_in, items=tuple(sure), actions=())
    for form, text in read_forms(only, catalog).items():
        assert text.count(sentence) >= len(sure), form


def test_no_remark_is_of_a_marker_that_is_not_there(handed_in: Paper) -> None:
    numbers = [item for item in handed_in.items if isinstance(item.exhibit.marks, NumberMarks)]
    remarks = [remark for number in numbers for remark in number.remarks]
    assert "»ca.«: Kilden oplyser tallet omtrentligt." in remarks
    assert not any("markør" in remark for remark in remarks)


@pytest.mark.parametrize("as_of", ["", "2025-03-19", "2024-06-30"])
def test_no_figure_says_a_thing_twice(built_home: Path, as_of: str) -> None:
    opened = open_store(built_home, as_of=date.fromisoformat(as_of) if as_of else None)
    try:
        made = paper(opened, opened.catalog(), Choice("aarhus"))
    finally:
        opened.close()
    for item in made.items:
        said = [*item.remarks, *(line.text for line in item.claims)]
        clauses = [part.strip().casefold() for text in said for part in re.split(r"[.;:] ", text)]
        assert [
            clause for clause in clauses if clauses.count(clause) > 1 and not clause.isalpha()
        ] == [], item


def _programme_areas(item: Item, catalog: Catalog) -> set[str]:
    """Those whose shares or means stand there: bare counts only say how many there are."""
    areas = {
        row.area_id
        for row in item.exhibit.observations
        if row.denominator or catalog.indicators[row.indicator_id].kind != "count"
    }
    return {area for area in areas if catalog.areas[area].level == "programme_area"}


def test_the_papers_own_numbers_are_left_out_of_every_form(
    handed_in: Paper, catalog: Catalog, read_forms: Callable[[Paper, Catalog], dict[str, str]]
) -> None:
    items = tuple(item for item in handed_in.items if item.claims)
    only = replace(handed_in, items=items, actions=())
    without = arranged(only, replace(only.choice, claims=False))
    for wanted, shown in ((True, only), (False, without)):
        for form, text in read_forms(shown, catalog).items():
            is_printed = [letters(line.text) in text for line in only.claims]
            assert is_printed == [wanted] * 3, form


@pytest.fixture
def read_forms(drawing: None, tmp_path: Path) -> Callable[[Paper, Catalog], dict[str, str]]:
    """The letters that each form of a paper shows."""

    def read(paper: Paper, catalog: Catalog) -> dict[str, str]:
        pages = PdfReader(io.BytesIO(annex(paper))).pages
        book = CalamineWorkbook.from_filelike(io.BytesIO(workbook(paper, catalog)))
        cells = [
            str(cell)
            for name in book.sheet_names
            for row in book.get_sheet_by_name(name).to_python()
            for cell in row
        ]
        # A sentence may be broken over lines, each an element of its own.
        drawn = [
            ElementTree.fromstring(picture(plate_of(item, paper), "slide", "svg"))  # noqa: S314
            for item in paper.items
        ]
        return {
            "deck": "".join(text for _, text in slides_of(deck(paper))),
            "annex": letters("".join(page.extract_text() for page in pages)),
            "picture": letters("".join(text for root in drawn for text in root.itertext())),
            "workbook": letters("".join(cells)),
        }

    return read
