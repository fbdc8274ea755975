"""The deck in PowerPoint's format: charts that can be edited, alt texts, and no hidden number."""

import io
import re
from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Any
from zipfile import ZipFile

import pytest
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_AUTO_SIZE
from pptx.util import Inches, Pt

from kpi.charts.marks import NumberMarks
from kpi.domain import format as fmt
from kpi.domain.format import joined
from kpi.domain.units import unit_name
from kpi.export.actions import actions
from kpi.export.deck import deck
from kpi.export.paper import Item, Paper, arranged
from kpi.export.spoken import spoken
from kpi.store import Store
from tests.kpi.export.slides import DRAWING, diagrams, everything, opened, tables, text_of
from tests.kpi.made import observation

LONG = ("Et langt udsagn om integration og beskæftigelse i kommunen " * 6)[:300].strip()


FOOT = (PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER)


@pytest.fixture(scope="module")
def content(whole_deck: bytes) -> bytes:
    return whole_deck


@pytest.fixture(scope="module")
def slides(content: bytes) -> list[Any]:
    return opened(content)


def with_title(paper: Paper, title: str) -> Paper:
    return replace(paper, items=(replace(paper.items[0], title=title),))


def test_a_slide_for_each_figure_in_order(slides: list[Any], handed_in: Paper) -> None:
    figures = [slide for slide in slides if diagrams(slide)]
    assert [slide.shapes.title.text for slide in figures] == [
        joined(item.title) for item in handed_in.items
    ]
    assert slides[0].shapes.title.text == handed_in.title
    for said in (handed_in.occasion, handed_in.dated, handed_in.basis):
        assert joined(said) in text_of(slides[0])


def test_the_contents_list_themes_and_pages(slides: list[Any], handed_in: Paper) -> None:
    (table,) = tables(slides[1])
    rows = [[cell.text for cell in row.cells] for row in table.rows][1:]
    names = [theme.name for theme in handed_in.themes]
    assert [row[0] for row in rows] == [
        *names,
        "Indsatsernes status",
        "Regnetjek (kontrolberegning)",
    ]
    counts = [int(row[1].split()[0]) for row in rows]
    assert sum(counts[:-2]) == len(handed_in.items)
    assert counts[-1] == len(handed_in.claims)
    # As on every page: what lies outside the plan's tracks is no part of it.
    assert rows[-2][1] == "24 indsatser i 4 spor og 6 uden for sporene"
    assert len(handed_in.actions) == 30
    for name, _, page in rows:
        assert name in text_of(slides[int(page.removeprefix("side ")) - 1])


def test_each_chart_has_its_alt_text_and_what_a_reader_needs(
    slides: list[Any], handed_in: Paper
) -> None:
    for slide, item in zip(slides[2:], handed_in.items, strict=False):
        (frame,) = diagrams(slide)
        assert frame._element.find(".//{*}cNvPr").get("descr") == item.exhibit.alt
        assert frame.has_chart is not isinstance(item.exhibit.marks, NumberMarks)
        text = text_of(slide)
        for said in (item.exhibit.subtitle, item.reading, item.exhibit.source, handed_in.dated):
            assert fmt.joined(said) in text
        notes = slide.notes_slide.notes_text_frame.text
        for said in (
            item.indicator.definition,
            f"Enhed: {unit_name(item.indicator.unit)}",
            item.indicator.source_note or "",
            item.exhibit.source,
            *map(spoken, item.remarks),
        ):
            assert said in notes
        parts = [line.partition(":")[0] for line in notes.split("\n")]
        assert (parts[0], parts[-1]) == ("Sig", "Om tallet")
        # Nobody can say a sign.
        assert "%" not in notes.partition("\nOm tallet")[0]


def test_the_definition_stands_on_the_slides_with_room(slides: list[Any], handed_in: Paper) -> None:
    lacking = [
        item.exhibit.key
        for slide, item in zip(slides[2:], handed_in.items, strict=False)
        if f"Definition: {item.indicator.definition}" not in text_of(slide)
    ]
    # Beside its line five caveats leave no room; there it stands in the notes alone.
    assert lacking == ["udvikling-school_absence-programme_children"]


def test_the_title_is_read_first_and_pages_are_numbered(slides: list[Any]) -> None:
    for number, slide in enumerate(slides[1:], start=2):
        assert next(iter(slide.shapes)).placeholder_format.type == PP_PLACEHOLDER.TITLE
        (field,) = slide._element.iter(f"{DRAWING}fld")
        assert (field.get("type"), field.find(f"{DRAWING}t").text) == ("slidenum", str(number))
        prompts = [
            placeholder
            for placeholder in slide.placeholders
            if placeholder.has_text_frame and not placeholder.text_frame
        ]
        assert prompts == []


def test_a_slide_is_read_as_it_is_understood(slides: list[Any]) -> None:
    order = ["Konklusion", "Tema · nøgletal", "Hvad der måles", "Diagram", "Sådan læses figuren",
             "Linje", "Forbehold", "Kilde", "Data som kendt", "Anledning", "Sidetal"]  # fmt: skip
    for slide in slides[1:]:
        names = [shape.name for shape in slide.shapes if shape.name in order]
        assert names == sorted(names, key=order.index)
        assert [shape.name for shape in slide.shapes][-1] == "Sidetal"


def test_all_text_is_danish(content: bytes) -> None:
    with ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith(".xml"):
                xml = archive.read(name).decode("utf-8")
                assert set(re.findall(r'\blang="([^"]+)"', xml)) <= {"da-DK"}, name
                for english in ("Click", "Placeholder", "Sheet1", "Office Theme", ">Second"):
                    assert english not in xml, (name, english)
    told_of = Presentation(io.BytesIO(content)).core_properties
    assert (told_of.author, told_of.language) == ("Spor", "da-DK")


def test_the_same_paper_gives_the_same_bytes(content: bytes, handed_in: Paper) -> None:
    assert deck(handed_in) == content
    told_of = Presentation(io.BytesIO(content)).core_properties
    assert told_of.created.date() == told_of.modified.date() == handed_in.as_of
    with ZipFile(io.BytesIO(content)) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_plan_is_a_table_on_several_slides(slides: list[Any], handed_in: Paper) -> None:
    pages = [page for page in slides if "Indsatsernes status" in text_of(page)][1:]
    rows = []
    for page in pages:
        (frame,) = (shape for shape in page.shapes if shape.has_table)
        assert 1 <= len(frame.table.rows) - 1 <= 10
        assert frame.top + sum(row.height for row in frame.table.rows) <= Inches(6.56)
        rows += [[cell.text for cell in row.cells] for row in list(frame.table.rows)[1:]]
    own = [action for action in handed_in.actions if action.track] + [
        action for action in handed_in.actions if not action.track
    ]
    assert rows == [
        [row.theme, row.title, row.responsible, row.state, joined(row.reported_on)] for row in own
    ]


def test_the_plan_says_its_states_in_one_sentence(slides: list[Any]) -> None:
    titles = [slide.shapes.title.text for slide in slides]
    (title,) = (
        title for title in titles if title.startswith("Handleplanens ") and "forts" not in title
    )
    assert re.fullmatch(
        r"Handleplanens spor 1-4: \d+ indsatser er planlagt(, \d+ [a-z ]+)* og \d+ [a-z ]+", title
    )


def test_an_action_without_a_status_has_none_to_be_updated(short: Paper, store: Store) -> None:
    plan, catalog = store.plan(), store.catalog()
    theme_ids = list(catalog.themes)
    before = actions(plan, theme_ids, date(2024, 1, 1), catalog)
    assert {row.state for row in before} == {"Ingen status endnu"}
    made = replace(
        short, actions=(*actions(plan, theme_ids, date(2025, 3, 19), catalog)[:3], before[-1])
    )
    text = "\n".join(text_of(slide) for slide in opened(deck(made)))
    assert "Ingen status endnu" in text
    assert re.search(r"1 (indsats er )?uden status", text)
    assert "Mangler statusopdatering" not in text


def test_the_regnetjek_says_deviations_and_then_roundings(
    slides: list[Any], handed_in: Paper
) -> None:
    (page,) = (slide for slide in slides if slide.shapes.title.text.startswith("Regnetjek"))
    assert page.shapes.title.text == (
        "Regnetjek: to af papirernes tal om figurerne afviger fra beregningen, og ét er afrundet"
    )
    (table,) = tables(page)
    rows = [[cell.text for cell in row.cells][1:4] for row in list(table.rows)[1:]]
    assert sorted(rows[:2]) == [
        ["40\u00a0%", "38,3\u00a0%", "Afviger"], ["−34\u00a0%", "−25,4\u00a0%", "Afviger"],
    ]  # fmt: skip
    assert rows[2:] == [["30\u00a0%", "30,9\u00a0%", "Afrundet"]]
    without = deck(arranged(handed_in, replace(handed_in.choice, claims=False)))
    text = "".join(map(text_of, opened(without)))
    assert "Regnetjek" not in text
    assert not any(line.text in text for line in handed_in.claims)


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("=1+1", "=1+1"),
        (LONG, LONG),
        ("W" * 120, "W" * 120),
        ("Før\nefter\x07", "Før efter"),  # no file can hold a bell
        ("<b>&amp;", "<b>&amp;"),
    ],
)
def test_any_title_is_shown_whole_in_its_box(short: Paper, title: str, shown: str) -> None:
    slide = opened(deck(with_title(short, title)))[2]
    heading = slide.shapes.title
    assert heading.text_frame.text == shown
    size = heading.text_frame.paragraphs[0].runs[0].font.size
    measure = next(
        placeholder
        for placeholder in slide.placeholders
        if placeholder.placeholder_format.idx == 14
    )
    if len(shown) > 100:
        # Smaller than the layout's, and the next text begins under its lines.
        assert size is not None
        assert size.pt < 28
        assert measure.top > heading.top + 2 * size
    assert measure.top >= heading.top + Inches(0.3)


def test_a_long_title_of_the_paper_is_no_error(short: Paper) -> None:
    assert opened(deck(replace(short, title=LONG)))[0].shapes.title.text == LONG


def test_text_in_a_wider_font_shrinks_within_a_box_of_its_own(slides: list[Any]) -> None:
    for slide in slides:
        texts = [shape for shape in slide.shapes if shape.has_text_frame and shape.text_frame.text]
        for shape in texts:
            is_number = shape.is_placeholder and shape.placeholder_format.type in FOOT
            assert is_number or shape.text_frame.auto_size == MSO_AUTO_SIZE.TEXT_TO_FIT_SHAPE
        for box, other in combinations(texts, 2):
            is_beside = box.left >= other.left + other.width or other.left >= box.left + box.width
            # A line's height is more than its letters'.
            upper, lower = sorted((box, other), key=lambda shape: shape.top)
            is_under = lower.top >= upper.top + upper.height - Pt(2)
            assert is_beside or is_under, (box.text_frame.text, other.text_frame.text)


def test_without_actions_there_is_no_plan(short: Paper) -> None:
    # Front and figure: there is nothing to list contents of.
    assert len(opened(deck(replace(short, actions=())))) == 2


def test_hidden_values_are_nowhere(short: Paper) -> None:
    item = short.items[0]
    hidden = observation(8765.25, status="suppressed", of=(4321.5, 9753.5))._replace(
        as_published="<5"
    )
    rows = (*item.exhibit.observations, hidden)
    secret = Item(replace(item.exhibit, observations=rows), item.indicator, item.theme, item.title)
    text = everything(deck(replace(short, items=(secret,))))
    assert "Selvforsørgelsesgrad" in text
    for number in ("8765", "4321", "9753"):
        assert number not in text
