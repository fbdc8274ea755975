"""Texts of a picture as curves, in the place where the text stands."""

import re
from xml.etree import ElementTree

import pytest

from kpi.export.fonts import SANS, SANS_BOLD
from kpi.export.outlines import outlined


def picture(text: str) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="90"><style>@font-face{}'
        f"</style>{text}</svg>"
    )


def ends(svg: str) -> tuple[float, float]:
    """The leftmost and the rightmost place of the curves."""
    path = re.sub(r"[HV][-\d.]+", " ", " ".join(re.findall(r' d="([^"]*)"', svg)))
    across = [float(x) for x in re.findall(r"(?:^|[MLQC ,])(-?[\d.]+)[, ]-?[\d.]+", path)]
    return min(across), max(across)


def text(words: str, anchor: str = "start") -> str:
    style = f"font-family: '{SANS.family}'; font-size: 20px; fill: rgb(0, 82, 155);"
    return (
        f'<text xml:space="preserve" text-anchor="{anchor}" x="400" y="50" style="{style}" '
        f'transform="translate(1,2)">{words}</text>'
    )


def test_a_text_is_curves_that_say_it() -> None:
    svg = outlined(picture(text('Aarhus <tspan style="font-weight:bold">70,0 %</tspan>')))
    assert "<text" not in svg
    assert "<style" not in svg
    (group,) = ElementTree.fromstring(svg)  # noqa: S314  (it is our own)
    assert group.get("aria-label") == "Aarhus 70,0 %"
    assert group.get("fill", "").startswith("rgb(0, 82, 155")
    assert group.get("transform") == "translate(1,2)"
    width = SANS.width("Aarhus ", 20) + SANS_BOLD.width("70,0 %", 20)
    left, right = ends(svg)
    assert 399 < left < 402
    assert 400 + width - 3 < right < 401 + width
    assert svg == outlined(picture(text('Aarhus <tspan style="font-weight:bold">70,0 %</tspan>')))


@pytest.mark.parametrize(("anchor", "before"), [("middle", 0.5), ("end", 1.0)])
def test_its_anchor_is_kept(anchor: str, before: float) -> None:
    left, _ = ends(outlined(picture(text("Aarhus", anchor))))
    assert left == pytest.approx(400 - before * SANS.width("Aarhus", 20), abs=1.5)


def test_letters_that_no_typeface_has_stay_a_text() -> None:
    assert "<text" in outlined(picture(text("مدينة")))
