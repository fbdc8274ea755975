"""Clip paths that cut nothing off are left out, and no other."""

import io

import pytest
from PIL import Image, ImageChops

from kpi.export import vectors
from kpi.export.clips import without_idle_clips
from kpi.export.paper import Paper
from kpi.export.typesetting import typeset
from kpi.export.vectors import charts, frame_on_page
from tests.tables import for_each

_DEFINED = '<clipPath id="a"><rect width="100" height="50"/></clipPath>' + (
    '<clipPath id="b"><rect x="40" y="20" width="100" height="50"/></clipPath>'
)
_OWN = '<path transform="translate(40,20)" d="{}" clip-path="url(#a)" style=""/>'
_GROUPED = '<g clip-path="url(#b)"><path d="{}" style=""/></g>'


@for_each(
    ("form", "outline", "is_idle"),
    [
        (_OWN, "M3,3L97,47", True),
        (_OWN, "M3,3L97.1,47", False),  # its stroke may reach beyond the region
        (_OWN, "M3,3L97,47.1", False),
        (_OWN, "M2.9,3L97,47", False),
        (_OWN, "M3,2.9L97,47", False),
        (_OWN, "M-50,3L97,47", False),
        (_OWN, "M10,10H90V40H10Z", True),
        (_OWN, "M10,10H98V40H10Z", False),
        (_OWN, "M10,10H90V48H10Z", False),
        (_OWN, "M10,10L20,20M30,30L120,40", False),  # a line with a gap
        (_OWN, "M10,10L20,20M30,30L90,40", True),
        (_OWN, "M10,10C20,90,30,30,40,40", False),  # a curve may leave what its corners enclose
        (_OWN, "M10,10Q20,20,40,40", False),
        (_OWN, "M10,10A5,5 0 1,1 20,20", False),
        (_OWN, "M10,10l200,0", False),  # steps from where the outline is
        (_OWN, "", False),
        (_GROUPED, "M43,23L137,67", True),
        (_GROUPED, "M42,23L137,67", False),
        (_GROUPED, "M3,3L97,47", False),
    ],
)
def test_only_an_outline_inside_its_region_loses_the_clip(
    form: str, outline: str, is_idle: bool
) -> None:
    drawing = _DEFINED + form.format(outline)
    clips = without_idle_clips(drawing).count("url(#")
    assert clips == (0 if is_idle else 1)
    assert without_idle_clips(drawing).count(f'd="{outline}"') == 1


@for_each(
    "element",
    [
        '<path d="M10,10L20,20" clip-path="url(#unknown)"/>',
        '<g clip-path="url(#a)"><path transform="translate(90,0)" d="M5,5L40,40"/></g>',
        '<g clip-path="url(#a)"><path d="M5,5L40,40"/><path d="M5,5L400,40"/></g>',
        '<g clip-path="url(#a)"><text x="5" y="5">Aarhus</text></g>',
    ],
)
def test_what_cannot_be_measured_keeps_its_clip(element: str) -> None:
    assert without_idle_clips(_DEFINED + element) == _DEFINED + element


_PAGE = b"""#set page(width: 640pt, height: 400pt, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg")"""


def pixels(svg: str) -> Image.Image:
    return Image.open(io.BytesIO(typeset(_PAGE, format="png", ppi=72, sys_inputs={"svg": svg})))


def test_every_kind_of_chart_looks_the_same_without_them(
    handed_in: Paper, browser_path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER_PATH", browser_path)
    monkeypatch.setattr(vectors, "without_idle_clips", lambda svg: svg)
    kinds = {type(item.exhibit.marks): item.exhibit.marks for item in handed_in.items}
    drawn = charts([(marks, frame_on_page(marks, 640)) for marks in kinds.values()])
    clips = [
        (chart.svg.count("(#clip"), without_idle_clips(chart.svg).count("(#clip"))
        for chart in drawn
    ]
    assert sum(after for _, after in clips) < sum(before for before, _ in clips) / 2
    for chart in drawn:
        apart = ImageChops.difference(pixels(chart.svg), pixels(without_idle_clips(chart.svg)))
        # A layer of its own rounds colours once more.
        assert max(level for level, dots in enumerate(apart.convert("L").histogram()) if dots) <= 8
