"""Templates that somebody else has made badly, or to do harm: refused in Danish, in little time."""

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE

from kpi.domain.errors import KpiError
from kpi.export.deck_layouts import earlier_deck, layouts_of
from kpi.export.files import template_file
from kpi.export.word_template import opened_document
from tests.kpi.export.slides import made_template
from tests.kpi.export.test_word_template import of_the_library
from tests.tables import for_each
from tests.tiers import some

OPENED: Mapping[str, Callable[[bytes], object]] = {"pptx": layouts_of, "docx": opened_document}
MADE = {"pptx": made_template(), "docx": of_the_library()}
# What people are told, and nothing else.
TITLES = {
    "Skabelonen er beskadiget", "Ikke en PowerPoint-fil", "Ikke et Word-dokument",
    "Skabelonen mangler typografier", "Ingen layouts",
}  # fmt: skip


def with_part(template: bytes, name: str, content: bytes | None) -> bytes:
    """The template with another part of that name; None: without it."""
    out = io.BytesIO()
    with ZipFile(io.BytesIO(template)) as read, ZipFile(out, "w", ZIP_DEFLATED) as written:
        parts = {each: read.read(each) for each in read.namelist()}
        parts |= {name: content} if content is not None else {}
        for each, kept in parts.items():
            if each != name or content is not None:
                written.writestr(each, kept)
    return out.getvalue()


@pytest.mark.every_case
@pytest.mark.parametrize("kind", ["docx", "pptx"])
def test_any_part_may_be_missing_empty_or_of_another_kind(kind: str) -> None:
    template = MADE[kind]
    names = ZipFile(io.BytesIO(template)).namelist()
    cases = [(name, content) for name in names for content in (None, b"", b"<html/>")]
    titles = []
    for name, content in some(cases, 4):
        try:
            OPENED[kind](with_part(template, name, content))
        except KpiError as error:
            titles.append(error.title)
    assert titles
    assert set(titles) <= TITLES


@for_each(
    ("name", "content"),
    [
        ("ppt/charts/chart1.xml", None),
        ("ppt/slides/_rels/slide1.xml.rels", None),
        ("ppt/notesSlides/notesSlide1.xml", b"<html/>"),
        ("ppt/notesMasters/_rels/notesMaster1.xml.rels", None),
    ],
)
def test_an_earlier_deck_may_be_damaged_in_its_slides(name: str, content: bytes | None) -> None:
    presentation = Presentation(io.BytesIO(MADE["pptx"]))
    numbers = CategoryChartData()
    numbers.categories = ["a"]
    numbers.add_series("b", [1])
    slide = presentation.slides[0]
    slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, 0, 0, 9, 9, numbers)
    slide.notes_slide.notes_text_frame.text = "Sig det"
    out = io.BytesIO()
    presentation.save(out)
    names = ZipFile(out).namelist()
    chart = next(each for each in names if each.startswith("ppt/charts/chart"))
    name = name.replace("ppt/charts/chart1.xml", chart)
    assert name in names
    earlier_deck(out.getvalue())
    with pytest.raises(KpiError, match="Filen kan ikke læses"):
        earlier_deck(with_part(out.getvalue(), name, content))


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("name", "content", "title"),
    [
        ("word/vbaProject.bin", b"\xd0\xcf\x11\xe0", "Skabelonen har makroer"),
        ("word/film.mp4", bytes(3_100_000), "Skabelonen er for stor"),
        ("word/more.xml", b"<x>" + b"<y/>" * 410_000 + b"</x>", "Skabelonen er for stor"),
        ("word/media/text.png", b"<y/>" * 410_000, "Skabelonen er for stor"),
    ],
)
def test_macros_and_what_unpacks_to_far_too_much_are_refused(
    name: str, content: bytes, title: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kpi.export.own_template._MOST_BYTES", 3_000_000)
    monkeypatch.setattr("kpi.export.own_template._MOST_TEXT_BYTES", 1_500_000)
    with pytest.raises(KpiError) as refused:
        opened_document(with_part(MADE["docx"], name, content))
    assert refused.value.title == title


def test_a_slide_show_is_a_template_and_a_locked_file_says_so() -> None:
    types = ZipFile(io.BytesIO(MADE["pptx"])).read("[Content_Types].xml")
    shown = types.replace(b"presentation.main+xml", b"slideshow.main+xml")
    assert shown != types
    layouts_of(with_part(MADE["pptx"], "[Content_Types].xml", shown))
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    for opened in OPENED.values():
        with pytest.raises(KpiError, match="Fjern adgangskoden") as refused:
            opened(locked)
        assert refused.value.title == "Skabelonen er låst"


def test_a_huge_file_is_not_read_at_all(tmp_path: Path) -> None:
    huge = tmp_path / "skabelon.pptx"
    with huge.open("wb") as file:
        file.truncate(400 * 1024**2)
    with pytest.raises(KpiError, match="400 MB") as refused:
        template_file(str(huge))
    assert refused.value.title == "Skabelonen er for stor"
