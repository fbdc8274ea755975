"""The preview is the slide: what it draws is what the file has, in its places."""

import io
import json

import pytest
from PIL import Image

from kpi.domain.format import joined
from kpi.export.deck_gathered import groups_of
from kpi.export.paper import Paper
from kpi.export.slide_picture import DeckShapes, SlideShapes, slide_picture
from kpi.export.slide_shapes import deck_shapes
from tests.kpi.export.slides import opened, text_of


@pytest.fixture(scope="module")
def shown(whole_deck: bytes, handed_in: Paper) -> DeckShapes:
    return deck_shapes(whole_deck, handed_in)


def said_on(slide: SlideShapes) -> str:
    """All words of a picture."""
    words = []
    for shape in json.loads(slide.shapes)["shapes"]:
        cells = [cell for row in shape.get("rows", []) for cell in row]
        lines = shape["lines"] if shape["kind"] == "text" else []
        runs = [run for line in lines for run in line["runs"]]
        words += [part["text"] for part in (*cells, *runs)]
    return " ".join(words)


def test_every_figure_is_drawn_on_the_slide_that_has_it(
    shown: DeckShapes, whole_deck: bytes, handed_in: Paper
) -> None:
    slides = opened(whole_deck)
    assert len(shown.slides) == len(slides)
    for _, items in groups_of(handed_in):
        key = items[0].exhibit.key
        title = slides[shown.numbers[key] - 1].shapes.title.text
        assert joined(items[0].title) == title
        slide = shown.of_figure(key)
        assert slide is not None
        assert title in said_on(slide)
    assert shown.of_figure("niveau-gone") is None


def test_a_picture_has_every_word_of_its_slide_within_it(
    shown: DeckShapes, whole_deck: bytes
) -> None:
    for drawn, slide in zip(shown.slides, opened(whole_deck), strict=True):
        said = " ".join(said_on(drawn).split())
        lacking = [word for word in text_of(slide).split() if word not in said]
        assert lacking == []
        whole = json.loads(drawn.shapes)
        for shape in whole["shapes"]:
            assert 0 <= shape["x"] <= whole["width"]
            assert 0 <= shape["y"] <= whole["height"]


def test_a_table_is_drawn_without_a_browser(shown: DeckShapes) -> None:
    table = next(slide for slide in shown.slides[1:] if slide.marks is None)
    with Image.open(io.BytesIO(slide_picture(table, 480))) as image:
        assert (image.width, image.height) == (480, 270)
        assert len(set(image.convert("L").tobytes())) > 20
