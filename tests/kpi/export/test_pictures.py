"""Pictures that stand alone: their size, what they say, and that they are the same every time."""

import io
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from PIL import Image

from kpi.charts.drawing import draw
from kpi.charts.marks import Dot, DotMarks, Frame, LineMarks, Scale
from kpi.domain.errors import KpiError
from kpi.domain.vocabulary import PictureSize
from kpi.export import browser
from kpi.export.paper import Paper
from kpi.export.pictures import SIZES, Plate, picture, plate_of

TREND = "udvikling-employment_rate-all"


@pytest.fixture(scope="module")
def trend(handed_in: Paper) -> Plate:
    item = next(item for item in handed_in.items if item.exhibit.key == TREND)
    return plate_of(item, handed_in)


def parsed(svg: bytes) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314  (it is our own)


def words(svg: bytes) -> str:
    """What a person reads in an SVG, in order, with ordinary spaces."""
    drawn = [
        "".join(element.itertext())
        for element in parsed(svg).iter("{http://www.w3.org/2000/svg}text")
    ]
    return " ".join(" ".join(drawn).split())


@pytest.mark.usefixtures("drawing")
@pytest.mark.parametrize(
    ("size", "pixels"),
    [("slide", (3200, 1800)), ("half", (1600, 1800)), ("square", (2160, 2160))],
)
def test_a_png_has_twice_the_pixels_of_its_form(
    trend: Plate, size: PictureSize, pixels: tuple[int, int]
) -> None:
    image = Image.open(io.BytesIO(picture(trend, size, "png")))
    assert (image.size, image.info.get("date:create")) == (pixels, None)


@pytest.mark.usefixtures("drawing")
def test_in_a_document_the_picture_is_as_high_as_its_content(trend: Plate) -> None:
    short = replace(trend, marks=DotMarks((Dot("Alle", "focus", 6, "6"),), Scale("", 0)))
    images = [Image.open(io.BytesIO(picture(plate, "a4", "png"))) for plate in (trend, short)]
    assert [image.width for image in images] == [1360, 1360]
    assert images[0].height > images[1].height + 400


@pytest.mark.usefixtures("drawing")
def test_an_svg_says_everything_and_carries_its_letters(trend: Plate) -> None:
    svg = picture(trend, "slide", "svg")
    read = words(svg)
    for part in (
        trend.subject, trend.title, trend.subtitle, trend.reading, *trend.caveats, trend.source,
        trend.dated, "Randers 76,4", "2008",
    ):  # fmt: skip
        assert " ".join(part.split()) in read
    text = svg.decode()
    assert text.count("@font-face") == 3
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
    root = parsed(svg)
    assert [root[0].text, root[1].text] == [trend.title, trend.alt]


@pytest.mark.usefixtures("drawing")
@pytest.mark.parametrize("kind", ["png", "svg", "svg-omrids"])
def test_the_same_picture_is_the_same_bytes(trend: Plate, kind: str) -> None:
    first, second = (picture(trend, "half", kind) for _ in range(2))  # type: ignore[arg-type]
    assert first == second


def test_a_slide_names_more_years_than_a_narrow_picture(handed_in: Paper) -> None:
    marks = next(item for item in handed_in.items if item.exhibit.key == TREND).exhibit.marks
    assert isinstance(marks, LineMarks)
    wide, narrow = (draw(marks, Frame(width, 400)) for width in (987, 480))
    assert [len(figure.layout.xaxis.ticktext) for figure in (wide, narrow)] == [5, 4]


@pytest.mark.usefixtures("drawing")
@pytest.mark.parametrize(
    "title", ["# $x$ <b>*_`@", "Beskæftigelsesfrekvensen " * 12, "x" * 300, "😀 \x00\x07 &amp; ]]>"]
)
def test_any_title_stands_within_the_picture(trend: Plate, title: str) -> None:
    svg = picture(replace(trend, title=title), "half", "svg")
    shown = words(svg)
    clean = " ".join(title.replace("\x00\x07", "").split())
    assert clean.replace(" ", "")[:150] in shown.replace(" ", "")
    # Head, chart and foot follow each other.
    tops = [
        float(element.attrib["transform"].split("(")[1].split(")")[0].split(",")[1])
        for element in parsed(svg)
        if element.tag.endswith("}g")
    ]
    assert tops == sorted(tops)
    assert tops[1] > 100
    assert tops[2] < SIZES["half"].height  # type: ignore[operator]


def test_without_a_browser_no_picture(trend: Plate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "_RUNNING", browser._Running())
    monkeypatch.setenv("BROWSER_PATH", "/findes/ikke")
    with pytest.raises(KpiError, match="Billedet kan ikke tegnes"):
        picture(trend, "slide", "png")
