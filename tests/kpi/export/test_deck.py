"""The deck read back: charts with their numbers, alt texts, notes, language, and templates."""

import io
import re
from dataclasses import replace
from datetime import date
from typing import Any
from zipfile import ZipFile

import pytest
from pptx import Presentation
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Inches

from kpi.charts.marks import NumberMarks
from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError
from kpi.export.deck import deck
from kpi.export.deck_layouts import layouts_of
from kpi.export.paper import Choice, Item, Paper, actions, arranged, paper
from kpi.store import Store
from tests.kpi.made import observation

DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
LONG = ("Et langt udsagn om integration og beskæftigelse i kommunen " * 6)[:300].strip()


@pytest.fixture(scope="module")
def content(handed_in: Paper) -> bytes:
    return deck(handed_in)


@pytest.fixture(scope="module")
def slides(content: bytes) -> list[Any]:
    return opened(content)


@pytest.fixture(scope="module")
def short(handed_in: Paper) -> Paper:
    """A paper of one figure and three actions of the plan's tracks."""
    tracked = tuple(action for action in handed_in.actions if action.track)
    return replace(handed_in, items=handed_in.items[:1], actions=tracked[:3])


def opened(content: bytes) -> list[Any]:
    return list(Presentation(io.BytesIO(content)).slides)


def charts(slide: Any) -> list[Any]:
    """The figures: charts, and tables of a single number."""
    return [shape for shape in slide.shapes if shape.has_chart or shape.name == "Diagram"]


def diagrams(slide: Any) -> list[Any]:
    """The charts, and the single numbers that stand in their place."""
    return [shape for shape in slide.shapes if shape.name == "Diagram"]


def tables(slide: Any) -> list[Any]:
    return [shape.table for shape in slide.shapes if shape.has_table]


def text_of(slide: Any) -> str:
    return "\n".join(text.text for text in slide._element.iter(f"{DRAWING}t"))


def with_title(paper: Paper, title: str) -> Paper:
    return replace(paper, items=(replace(paper.items[0], title=title),))


def everything(content: bytes) -> str:
    """All parts of a file as text, those of the workbooks inside it too."""
    contents = []
    with ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            contents.append(everything(part) if name.endswith(".xlsx") else part.decode("utf-8"))
    return "\n".join(contents)


def test_a_slide_for_each_figure_in_order(slides: list[Any], handed_in: Paper) -> None:
    figures = [slide for slide in slides if diagrams(slide)]
    assert [slide.shapes.title.text for slide in figures] == [
        item.title for item in handed_in.items
    ]
    assert slides[0].shapes.title.text == handed_in.title
    for said in (handed_in.occasion, handed_in.dated, handed_in.basis):
        assert said in text_of(slides[0])


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
            assert said in text
        notes = slide.notes_slide.notes_text_frame.text
        for said in (
            item.indicator.definition,
            f"Enhed: {fmt.unit_name(item.indicator.unit)}",
            item.indicator.source_note or "",
            item.exhibit.source,
            *item.remarks,
        ):
            assert said in notes


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
        [row.theme, row.title, row.responsible, row.state, row.reported_on] for row in own
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
        "Regnetjek: to af papirernes tal afviger fra beregningen, og ét er afrundet"
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


def test_an_own_template_takes_no_more_slides_than_needed(store: Store, catalog: Catalog) -> None:
    """A few rows of dots are lowered before a caveat goes on to a slide of its own."""
    choice = Choice("aarhus", theme_ids=("employment", "opgang_til_opgang"))
    made = paper(store, catalog, choice)
    titles = [slide.shapes.title.text for slide in opened(deck(made, made_template()))]
    gone_on = [title for title in titles if title.endswith("(fortsat)")]
    assert [title.partition(":")[0] for title in gone_on] == [
        "Forældre med tilknytning til job", "Fravær i Gellerup", "Fravær", "Fravær",
    ]  # fmt: skip


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


def made_template(layout: int | None = None) -> bytes:
    """A presentation with a slide of its own; with `layout`, that layout is its only one."""
    made = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[5 if layout is None else layout])
    slide.shapes.title.text = "Gammelt slide"
    for slide_layout in list(made.slide_layouts):
        if layout is not None and slide_layout.name != made.slide_layouts[layout].name:
            kept = [made.slide_layouts[layout].name]
            if slide_layout.name not in kept and not slide_layout.used_by_slides:
                made.slide_layouts.remove(slide_layout)
                layout = [other.name for other in made.slide_layouts].index(kept[0])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize("layout", [None, 1, 5, 8])
def test_a_template_keeps_its_layouts_and_loses_its_slides(
    short: Paper, layout: int | None
) -> None:
    template = made_template(layout)
    made = Presentation(io.BytesIO(deck(short, template)))
    own = Presentation(io.BytesIO(template))
    assert (made.slide_width, made.slide_height) == (own.slide_width, own.slide_height)
    assert [slide_layout.name for slide_layout in made.slide_layouts] == [
        slide_layout.name for slide_layout in own.slide_layouts
    ]
    slides = list(made.slides)
    assert "Gammelt slide" not in "".join(map(text_of, slides))
    figure = slides[2]
    (frame,) = charts(figure)
    assert figure.shapes.title.text == short.items[0].title
    text = text_of(figure)
    for said in (short.items[0].exhibit.source, short.dated, short.occasion):
        assert said in text
    assert frame.top >= figure.shapes.title.top + figure.shapes.title.height
    assert frame.top + frame.height <= made.slide_height
    assert frame.left + frame.width <= made.slide_width
    assert [field.get("type") for field in figure._element.iter(f"{DRAWING}fld")] == ["slidenum"]


def test_a_place_for_content_holds_the_chart(short: Paper) -> None:
    figure = opened(deck(short, made_template()))[2]
    (frame,) = charts(figure)
    assert frame.is_placeholder
    assert figure.slide_layout.name == "Title and Content"


def test_a_template_file_is_read_as_a_presentation(short: Paper) -> None:
    out = io.BytesIO()
    with ZipFile(io.BytesIO(made_template())) as read, ZipFile(out, "w") as potx:
        for name in read.namelist():
            part = read.read(name)
            if name == "[Content_Types].xml":
                part = part.replace(b"presentation.main+xml", b"template.main+xml")
            potx.writestr(name, part)
    assert len(opened(deck(short, out.getvalue()))) == len(opened(deck(short, made_template())))


def zip_of(*names: str, types: str = "<Types/>") -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        for name in ("[Content_Types].xml", *names):
            archive.writestr(name, types)
    return out.getvalue()


@pytest.mark.parametrize(
    ("template", "title", "message"),
    [
        (b"", "Ikke en PowerPoint-fil", "en tom fil"),
        (b"%PDF-1.7 ...", "Ikke en PowerPoint-fil", "en PDF"),
        (b"hej", "Ikke en PowerPoint-fil", "af en anden slags"),
        (zip_of("word/document.xml"), "Ikke en PowerPoint-fil", "et Word-dokument"),
        (zip_of("xl/workbook.xml"), "Ikke en PowerPoint-fil", "en Excel-fil"),
        (zip_of("ppt/x.xml", types="<Types"), "Ikke en PowerPoint-fil", "en zip-fil"),
        (
            zip_of(types="vnd.ms-powerpoint.presentation.macroEnabled.main+xml"),
            "Skabelonen har makroer",
            ".pptx uden makroer",
        ),
    ],
)
def test_what_is_no_template_is_refused(
    short: Paper, template: bytes, title: str, message: str
) -> None:
    with pytest.raises(KpiError) as raised:
        deck(short, template)
    assert raised.value.title == title
    assert message in raised.value.message


@pytest.mark.parametrize("fault", [KeyError("part"), TypeError("None"), ValueError("day")])
def test_a_fault_of_the_program_is_not_called_a_damaged_template(
    short: Paper, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def repacked(*_: object) -> bytes:
        raise fault

    template = deck(short)
    monkeypatch.setattr("kpi.export.office_files.repacked", repacked)
    with pytest.raises(type(fault)):
        layouts_of(template)


def damaged(template: bytes, part: str) -> bytes:
    """A template whose part ends in the middle."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(template)) as read, ZipFile(out, "w") as written:
        for name in read.namelist():
            content = read.read(name)
            written.writestr(name, content[: len(content) // 2] if name == part else content)
    return out.getvalue()


def test_a_damaged_template_is_refused_and_logged(
    short: Paper, caplog: pytest.LogCaptureFixture
) -> None:
    template = damaged(deck(short), "ppt/presentation.xml")
    with caplog.at_level("INFO"), pytest.raises(KpiError, match="Ikke en PowerPoint-fil"):
        layouts_of(template)
    assert "XMLSyntaxError" in caplog.text


def test_a_template_with_a_number_anywhere_is_refused() -> None:
    presentation = Presentation()
    presentation.core_properties.comments = "Sag om 251248-4916"
    out = io.BytesIO()
    presentation.save(out)
    with pytest.raises(KpiError, match="CPR-nummer") as refused:
        layouts_of(out.getvalue())
    assert "4916" not in str(refused.value)
