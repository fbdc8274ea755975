"""A slide of a finished deck as a picture: every shape where the file has it.

What is on it was read from the file (kpi/export/slide_shapes.py); a chart, which PowerPoint draws,
is drawn of the same marks in the place that the slide has for it. Nothing here loads the packages
that read and write PowerPoint.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kpi.charts.marks import Frame, Marks

_TEMPLATE = Path(__file__).with_name("slide_picture.typ")


@dataclass(frozen=True)
class SlideShapes:
    """All that is seen on a slide: its texts, tables and rules as JSON, and its chart's marks."""

    width: float
    shapes: str
    marks: Marks | None
    frame: Frame | None


@dataclass(frozen=True)
class DeckShapes:
    """What is on each slide of a deck, and on which slide, from 1, each figure is."""

    slides: tuple[SlideShapes, ...]
    numbers: Mapping[str, int]

    def of_figure(self, exhibit_key: str) -> SlideShapes | None:
        """The slide that a figure is on; None where it is on none."""
        number = self.numbers.get(exhibit_key)
        return self.slides[number - 1] if number else None


def slide_picture(slide: SlideShapes, width: int) -> bytes:
    """The slide as PNG, so many pixels wide. KpiError without a browser that draws its chart."""
    # What only finds out what is on a slide need load neither, in a process of its own each time.
    from kpi.export.typesetting import typeset
    from kpi.export.vectors import charts

    inputs = {"slide": slide.shapes}
    if slide.marks is not None and slide.frame is not None:
        (chart,) = charts([(slide.marks, slide.frame)])
        inputs["chart"] = chart.svg
    return typeset(_TEMPLATE, format="png", ppi=72 * width / slide.width, sys_inputs=inputs)
