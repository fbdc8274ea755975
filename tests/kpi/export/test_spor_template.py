"""Spor's own slides: a template that PowerPoint opens, with our layouts, theme and language."""

import io
import re
from dataclasses import replace
from zipfile import ZipFile

import pytest
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE

from kpi.domain.format import joined
from kpi.export.deck import deck
from kpi.export.deck_layouts import (
    DATED,
    MEASURE,
    READING,
    SOURCE,
    SPOR_TEMPLATE,
    SUBJECT,
    layouts_of,
    name_of,
)
from kpi.export.paper import Paper
from tests.kpi.export.office_format import format_faults

GUIDE = SPOR_TEMPLATE.parent / "README.md"


@pytest.fixture(scope="module")
def content() -> bytes:
    return SPOR_TEMPLATE.read_bytes()


@pytest.fixture(scope="module")
def parts(content: bytes) -> dict[str, str]:
    with ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def test_it_is_a_small_valid_template(content: bytes, parts: dict[str, str]) -> None:
    assert "presentationml.template.main+xml" in parts["[Content_Types].xml"]
    assert len(content) < 50_000
    assert format_faults(content, "potx") == []


def test_it_is_danish_and_of_nobody(parts: dict[str, str]) -> None:
    for name, text in parts.items():
        assert set(re.findall(r'\blang="([^"]+)"', text)) <= {"da-DK"}, name
        for english in ("Click", "Placeholder", "Office Theme", ">Second"):
            assert english not in text, (name, english)
    named = re.findall(r"<(?:dc:creator|cp:lastModifiedBy)>([^<]*)", parts["docProps/core.xml"])
    assert named == ["Spor", "Spor"]


def test_each_slide_has_its_layout_with_its_places() -> None:
    layouts = layouts_of(None)
    assert {
        layout.name: [name for name in map(name_of, layout.placeholders) if name]
        for layout in (layouts.title, layouts.figure, layouts.table)
    } == {
        "Forside": [DATED],
        "Figur": [SUBJECT, MEASURE, READING, SOURCE],
        "Tabel": [SUBJECT, SOURCE],
    }
    assert len(layouts.presentation.slide_layouts) == 3
    assert list(layouts.presentation.slides) == []
    # The letters of its headings are those whose widths are known.
    assert layouts.heading_share == 1


def test_its_colours_and_fonts_are_in_the_theme(parts: dict[str, str]) -> None:
    theme = parts["ppt/theme/theme1.xml"]
    assert re.findall(r'<a:(?:major|minor)Font><a:latin typeface="([^"]+)', theme) == [
        "Cambria", "Calibri",
    ]  # fmt: skip
    assert re.findall(r'<a:(dk1|dk2|accent1|accent2)><a:srgbClr val="(\w+)"', theme) == [
        ("dk1", "1B2530"), ("dk2", "4A5663"), ("accent1", "00529B"), ("accent2", "AEB7C0"),
    ]  # fmt: skip
    layouts = "".join(text for name, text in parts.items() if "slideLayouts/slideLayout" in name)
    assert "srgbClr" not in layouts


def test_the_guide_names_every_place_and_layout() -> None:
    guide = GUIDE.read_text("utf-8")
    layouts = [layout.name for layout in layouts_of(None).presentation.slide_layouts]
    for name in (*layouts, SUBJECT, MEASURE, READING, SOURCE, DATED):
        assert f"| {name} |" in guide


def test_ones_own_copy_of_it_is_used_in_the_same_way(handed_in: Paper) -> None:
    short = replace(handed_in, items=handed_in.items[:1], actions=handed_in.actions[:3])
    assert deck(short, SPOR_TEMPLATE.read_bytes()) == deck(short)
    # Changed in PowerPoint: another theme's font may be wider, and the places are still known.
    presentation = Presentation(io.BytesIO(deck(short)))
    theme = presentation.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = theme.blob.replace(b"Cambria", b"Verdana")
    for layout in list(presentation.slide_layouts):
        for place in list(layout.placeholders):
            place.name = place.name.replace("Data som kendt", "Pladsholder til dato")
    out = io.BytesIO()
    presentation.save(out)
    assert layouts_of(out.getvalue()).heading_share < 1
    front, _, figure, *_ = Presentation(io.BytesIO(deck(short, out.getvalue()))).slides
    assert joined(short.dated) in front.placeholders[1].text_frame.text
    written = {place.placeholder_format.idx: place.text_frame.text for place in figure.placeholders
               if place.has_text_frame}  # fmt: skip
    assert short.items[0].exhibit.source in written.values()
    assert any(text.startswith("Side") for text in written.values())
