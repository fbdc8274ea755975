"""A municipality's own template: its layouts are used, and what is no template is refused."""

import io
from zipfile import ZipFile

import pytest
from pptx import Presentation

from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError
from kpi.domain.format import joined
from kpi.export.choice import Choice
from kpi.export.deck import deck
from kpi.export.deck_layouts import layouts_of
from kpi.export.paper import Paper, paper
from kpi.store import Store
from tests.kpi.export.slides import DRAWING, charts, made_template, opened, text_of


def test_an_own_template_takes_no_more_slides_than_needed(store: Store, catalog: Catalog) -> None:
    """A few rows of dots are lowered before a caveat goes on to a slide of its own."""
    choice = Choice("aarhus", theme_ids=("employment", "opgang_til_opgang"))
    made = paper(store, catalog, choice)
    titles = [slide.shapes.title.text for slide in opened(deck(made, made_template()))]
    gone_on = [title for title in titles if title.endswith("(fortsat)")]
    assert [title.partition(":")[0] for title in gone_on] == [
        "Forældre med tilknytning til job", "Fravær i Gellerup",
        "Fravær, mellemtrin", "Fravær, udskoling",
    ]  # fmt: skip


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
        assert joined(said) in text
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


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("template", "title", "message"),
    [
        (b"", "Ikke en PowerPoint-fil", "en tom fil"),
        (b"%PDF-1.7 ...", "Ikke en PowerPoint-fil", "en PDF"),
        (b"hej", "Ikke en PowerPoint-fil", "af en anden slags"),
        (zip_of("word/document.xml"), "Ikke en PowerPoint-fil", "et Word-dokument"),
        (zip_of("xl/workbook.xml"), "Ikke en PowerPoint-fil", "en Excel-fil"),
        (zip_of("ppt/x.xml", types="<Types"), "Skabelonen er beskadiget", "kan ikke læses"),
        (zip_of("x.txt"), "Ikke en PowerPoint-fil", "en zip-fil"),
        (b"PK\x03\x04 afbrudt", "Skabelonen er beskadiget", "gem den som .pptx"),
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
    with caplog.at_level("INFO"), pytest.raises(KpiError, match="Skabelonen er beskadiget"):
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
