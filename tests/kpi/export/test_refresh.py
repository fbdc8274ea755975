"""An earlier deck is brought up to date in place; what people changed by hand stays."""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.util import Pt

from kpi.charts.marks import LineMarks
from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError
from kpi.export.as_written import RELATION, written_in
from kpi.export.chart_frames import frame_of
from kpi.export.choice import Choice
from kpi.export.deck import deck
from kpi.export.deck_as_written import key_of
from kpi.export.paper import Item, Paper
from kpi.export.refresh import refreshed
from kpi.export.refreshed import Refreshed
from tests.kpi.export.office_format import format_faults
from tests.kpi.export.slides import text_of

Edit = Callable[[Any], None]
LATER = "Nu er tallet et andet"


@pytest.fixture(scope="module")
def earlier(handed_in: Paper) -> Paper:
    """Three figures, one of them a chart of lines, and some of the plan."""
    lines = next(item for item in handed_in.items if item.exhibit.key.startswith("udvikling"))
    others = [item for item in handed_in.items if item is not lines][:2]
    return replace(handed_in, items=(lines, *others), actions=handed_in.actions[:4])


@pytest.fixture(scope="module")
def given(earlier: Paper) -> bytes:
    return deck(earlier)


@pytest.fixture(autouse=True)
def _no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process of its own is tried once, by its own test."""
    monkeypatch.setattr("kpi.export.refresh_deck.check_office", lambda content: None)


def later(paper: Paper) -> Paper:
    """The paper on a later day: other titles, readings and numbers."""
    return replace(paper, items=tuple(map(_moved, paper.items)))


def _moved(item: Item) -> Item:
    marks = item.exhibit.marks
    if isinstance(marks, LineMarks):
        grown = tuple(
            replace(line, points=tuple(p._replace(value=p.value + 1) for p in line.points))
            for line in marks.lines
        )
        marks = replace(marks, lines=grown)
    exhibit = replace(item.exhibit, remarks=("En ny læsning.", "Et nyt forbehold."), marks=marks)
    return replace(item, exhibit=exhibit, title=f"{LATER}: {item.indicator.short_name}")


def edited(content: bytes, *edits: Edit) -> bytes:
    presentation = Presentation(io.BytesIO(content))
    for edit in edits:
        edit(presentation)
    out = io.BytesIO()
    presentation.save(out)
    return out.getvalue()


def slides_by_key(content: bytes) -> dict[str, Any]:
    return {key_of(slide): slide for slide in Presentation(io.BytesIO(content)).slides}


def refresh(content: bytes, paper: Paper, catalog: Catalog) -> Refreshed:
    return refreshed(content, lambda _: paper, catalog)


def figure(paper: Paper, place: int = 0) -> str:
    return f"Figur {paper.items[place].exhibit.key} 1"


def shape(slide: Any, name: str) -> Any:
    return next(each for each in slide.shapes if each.name == name)


def slide_of(presentation: Any, key: str) -> Any:
    return next(slide for slide in presentation.slides if key_of(slide) == key)


def test_all_is_new_and_a_second_time_nothing(
    given: bytes, earlier: Paper, catalog: Catalog
) -> None:
    made = refresh(given, later(earlier), catalog)
    assert (made.kept, made.missing, made.gone) == ((), (), ())
    slides = slides_by_key(made.content)
    assert list(slides) == list(slides_by_key(given))
    slide = slides[figure(earlier)]
    assert slide.shapes.title.text_frame.text.startswith(LATER)
    assert "En ny læsning." in text_of(slide)
    assert "En ny læsning." in slide.notes_slide.notes_text_frame.text
    chart = shape(slide, "Diagram").chart
    before = shape(slides_by_key(given)[figure(earlier)], "Diagram").chart
    values = [list(series.values) for series in chart.plots[0].series]
    assert values != [list(series.values) for series in before.plots[0].series]
    book = chart.part.chart_workbook.xlsx_part.blob
    assert book != before.part.chart_workbook.xlsx_part.blob
    again = refresh(made.content, later(earlier), catalog)
    assert (again.updated, again.kept, again.new) == (0, (), ())
    assert again.content == refresh(made.content, later(earlier), catalog).content


def test_titles_and_slides_of_people_that_speak_against_the_figures_are_listed(
    handed_in: Paper, catalog: Catalog
) -> None:
    item = next(each for each in handed_in.items if each.title.startswith("Selvforsørgelse"))
    paper = replace(handed_in, items=(item,), actions=())

    def write(presentation: Any) -> None:
        slides = {key_of(slide): slide for slide in presentation.slides}
        slides[f"Figur {item.exhibit.key} 1"].shapes.title.text = "Det går bedre end i landet"
        own = presentation.slides.add_slide(presentation.slide_layouts[0])
        own.shapes.title.text = "Selvforsørgelse er over hele landet"

    made = refresh(edited(deck(paper), write), paper, catalog)
    assert ["»bedre«" in made.opposed[0], "»over«" in made.opposed[-1]] == [True, True]
    assert refresh(deck(paper), paper, catalog).opposed == ()


def test_what_people_changed_stays_and_is_listed(
    given: bytes, earlier: Paper, catalog: Catalog
) -> None:
    first, second = figure(earlier), figure(earlier, 1)

    def write(presentation: Any) -> None:
        slide = slide_of(presentation, first)
        slide.shapes.title.text_frame.text = "Vores egen overskrift"
        slide.notes_slide.notes_text_frame.text = "Vores egne noter"
        line = shape(slide, "Diagram").chart.plots[0].series[-1].format.line
        line.color.rgb = RGBColor(0xC0, 0x10, 0x10)
        moved = shape(slide, "Diagram")
        moved.left, moved.width = moved.left + Pt(20), moved.width - Pt(20)

    def format_and_add(presentation: Any) -> None:
        slide = slide_of(presentation, second)
        for run in slide.shapes.title.text_frame.paragraphs[0].runs:
            run.font.italic = True
        box = slide.shapes.add_textbox(0, 0, Pt(90), Pt(20))
        box.name, box.text_frame.text = "Vores boks", "Husk kaffe"
        own = presentation.slides.add_slide(presentation.slide_layouts[0])
        own.shapes.title.text = "Vores egen slide"
        ids = presentation.slides._sldIdLst
        ids.insert(1, ids[-1])

    content = edited(given, write, format_and_add)
    made = refresh(content, later(earlier), catalog)
    slides = slides_by_key(made.content)
    assert slides[first].shapes.title.text_frame.text == "Vores egen overskrift"
    assert slides[first].notes_slide.notes_text_frame.text == "Vores egne noter"
    assert "En ny læsning." in text_of(slides[first])
    place = shape(slides_by_key(content)[first], "Diagram")
    assert shape(slides[first], "Diagram").left == place.left
    line = shape(slides[first], "Diagram").chart.plots[0].series[-1].format.line
    assert str(line.color.rgb) == "C01010"
    title = slides[second].shapes.title.text_frame
    assert title.text.startswith(LATER)
    assert title.paragraphs[0].runs[0].font.italic
    assert "Husk kaffe" in text_of(slides[second])
    order = [slide.shapes.title.text for slide in Presentation(io.BytesIO(made.content)).slides]
    assert order[1] == "Vores egen slide"
    said = "\n".join(made.kept)
    for words in (
        "1 slide er jeres egen", "»Konklusion« er skrevet om", "talenoterne er ændret",
        "»Diagram« er flyttet", "jeres egne farver", "egen formatering", "»Vores boks« er jeres",
    ):  # fmt: skip
        assert words in said
    assert made.missing == ()


def widened(chart: Any) -> None:
    chart.value_axis.maximum_scale = 400


def without_grid(chart: Any) -> None:
    chart.value_axis.has_major_gridlines = False


def with_decimals(chart: Any) -> None:
    chart.value_axis.tick_labels.number_format = "0.000"
    chart.value_axis.tick_labels.number_format_is_linked = False


def without_labels(chart: Any) -> None:
    for labels in list(chart._chartSpace.iter("{*}dLbls")):
        labels.getparent().remove(labels)


def titled(chart: Any) -> None:
    chart.has_title = True
    chart.chart_title.text_frame.text = "Vores titel"


@pytest.mark.parametrize(
    ("change", "words"),
    [(widened, "akser"), (without_grid, "akser"), (with_decimals, "akser"),
     (without_labels, "visning af tallene ved punkterne"), (titled, "diagramtitel")],
)  # fmt: skip
def test_how_people_set_a_chart_stays_with_its_new_numbers(
    change: Edit, words: str, given: bytes, earlier: Paper, catalog: Catalog
) -> None:
    key = figure(earlier)

    def chart_of(content: bytes) -> Any:
        return shape(slides_by_key(content)[key], "Diagram").chart

    content = edited(given, lambda deck: change(shape(slide_of(deck, key), "Diagram").chart))
    made = refresh(content, later(earlier), catalog)
    assert [line.partition("»Diagram«: ")[2] for line in made.kept] == [f"jeres {words}"]
    now, was = chart_of(made.content), chart_of(content)
    drawn, own, kept = (frame_of(chart._chartSpace) for chart in (chart_of(given), was, now))
    set_by_hand = {name for name in own if own[name] != drawn[name]}
    assert bool(set_by_hand) == (change is not titled)
    assert {name: kept[name] for name in set_by_hand} == {n: own[n] for n in set_by_hand}
    assert now.has_title == was.has_title
    values = [[list(series.values) for series in chart.plots[0].series] for chart in (now, was)]
    assert values[0] != values[1]
    assert format_faults(made.content, "pptx") == []


def test_slides_that_people_took_out_or_moved_do_not_come_back(
    given: bytes, earlier: Paper, catalog: Catalog
) -> None:
    gone = figure(earlier, 1)

    def take_out(presentation: Any) -> None:
        ids = presentation.slides._sldIdLst
        keys = [key_of(slide) for slide in presentation.slides]
        entry = ids[keys.index(gone)]
        presentation.part.drop_rel(entry.rId)
        ids.remove(entry)
        ids.append(ids[keys.index(figure(earlier))])

    content = edited(given, take_out)
    made = refresh(content, later(earlier), catalog)
    assert list(slides_by_key(made.content)) == list(slides_by_key(content))
    assert any("slettet i hånden" in line for line in made.kept)
    assert "Slides er flyttet" in made.kept
    contents = text_of(slides_by_key(made.content)["Indhold 1"])
    places = list(slides_by_key(made.content))
    theme = earlier.items[0].theme
    left = [place for place in (0, 2) if earlier.items[place].theme == theme]
    first = min(places.index(figure(earlier, place)) + 1 for place in left)
    assert f"side {first}" in contents


def test_cells_that_people_wrote_stay_among_new_ones(
    given: bytes, earlier: Paper, catalog: Catalog
) -> None:
    def write(presentation: Any) -> None:
        slide = slide_of(presentation, "Indsatsernes status 1")
        table = next(each.table for each in slide.shapes if each.has_table)
        table.cell(1, 1).text_frame.text = "Vores navn for indsatsen"

    now = replace(
        later(earlier),
        actions=tuple(replace(action, responsible="Nyt kontor") for action in earlier.actions),
    )
    made = refresh(edited(given, write), now, catalog)
    said = text_of(slides_by_key(made.content)["Indsatsernes status 1"])
    assert "Vores navn for indsatsen" in said
    assert "Nyt kontor" in said
    assert any("1 celle er skrevet om" in line for line in made.kept)


def test_a_figure_that_is_gone_is_named_and_stays(
    given: bytes, earlier: Paper, catalog: Catalog
) -> None:
    now = replace(later(earlier), items=later(earlier).items[1:])
    made = refresh(given, now, catalog)
    assert figure(earlier) in slides_by_key(made.content)
    name = earlier.items[0].indicator.short_name
    assert any(name in line and "gamle tal" in line for line in made.missing)
    retired = replace(catalog, indicators={})
    made = refresh(given, now, retired)
    assert any("findes ikke længere" in line for line in made.missing)


def test_numbers_by_hand_give_way_where_some_are_hidden_today(
    given: bytes, earlier: Paper, catalog: Catalog
) -> None:
    def write(presentation: Any) -> None:
        chart = shape(slide_of(presentation, figure(earlier)), "Diagram").chart
        next(chart._chartSpace.iter("{*}yVal", "{*}val")).find(".//{*}v").text = "99.5"

    content = edited(given, write)
    made = refresh(content, later(earlier), catalog)
    assert any("tallene er ændret i hånden" in line for line in made.kept)
    now = later(earlier)
    first = now.items[0]
    rows = first.exhibit.observations
    hidden = (rows[0]._replace(value=None, status="suppressed"), *rows[1:])
    hiding = replace(first, exhibit=replace(first.exhibit, observations=hidden))
    made = refresh(content, replace(now, items=(hiding, *now.items[1:])), catalog)
    assert any("skjult i dag" in line for line in made.missing)
    chart = shape(slides_by_key(made.content)[figure(earlier)], "Diagram").chart
    assert "99.5" not in [value.text for value in chart._chartSpace.iter("{*}v")]


def test_names_that_another_program_took_are_found_again(
    given: bytes, earlier: Paper, catalog: Catalog
) -> None:
    def forget(presentation: Any) -> None:
        for slide in presentation.slides:
            slide._element.cSld.attrib.pop("name")
            for number, each in enumerate(slide.placeholders, start=1):
                each.name = f"PlaceHolder {number}"
        # The file itself names what it was made of.
        owner = presentation.part
        key = next(n for n, each in owner._rels.items() if each.reltype == RELATION)
        owner.package.relate_to(owner._rels.pop(key).target_part, RELATION)

    made = refresh(edited(given, forget), later(earlier), catalog)
    slides = slides_by_key(made.content)
    assert list(slides) == list(slides_by_key(given))
    assert slides[figure(earlier)].shapes.title.text_frame.text.startswith(LATER)
    assert made.kept == ()
    again = refresh(made.content, later(earlier), catalog)
    assert (again.updated, again.kept, again.new) == (0, (), ())


def test_the_file_carries_no_number_that_may_be_somebodys(given: bytes) -> None:
    written = written_in(given)
    for part in written.parts:
        for piece in part.pieces.values():
            assert not any(letter.isdigit() for letter in piece.text + piece.look + piece.numbers)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 nonsense", b"%PDF-1.7"])
def test_what_is_no_file_of_ours_is_refused(
    content: bytes, earlier: Paper, catalog: Catalog
) -> None:
    with pytest.raises(KpiError):
        refresh(content, earlier, catalog)


def test_a_deck_without_marks_or_area_is_refused(
    given: bytes, earlier: Paper, catalog: Catalog
) -> None:
    bare = io.BytesIO()
    Presentation().save(bare)
    with pytest.raises(KpiError, match="opdateres"):
        refresh(bare.getvalue(), earlier, catalog)
    elsewhere = replace(earlier, choice=Choice("nowhere"))
    with pytest.raises(KpiError, match="Området"):
        refresh(deck(elsewhere), earlier, catalog)


def test_a_personal_number_in_the_file_is_refused(
    given: bytes, earlier: Paper, catalog: Catalog
) -> None:
    def write(presentation: Any) -> None:
        presentation.slides[0].shapes.title.text_frame.text = "Ring til 010190-1234"

    with pytest.raises(KpiError, match="CPR"):
        refresh(edited(given, write), earlier, catalog)


def test_a_table_that_has_other_columns_today_has_as_many_as_its_rows(
    earlier: Paper, catalog: Catalog
) -> None:
    choice = replace(earlier.choice, gathered=True)
    before = replace(earlier, choice=choice)
    states = ("Planlagt", "I gang", "I drift", "Afsluttet")
    actions = tuple(
        replace(action, state=state) for action, state in zip(earlier.actions, states, strict=True)
    )
    made = refresh(deck(before), replace(later(before), actions=actions), catalog)
    slide = slides_by_key(made.content)["Indsatsernes status 1"]
    (table,) = [each.table for each in slide.shapes if each.has_table]
    assert len(table.columns) == len(table.rows[0].cells)
    assert set(states) <= {cell.text for cell in table.rows[0].cells}
