"""Charts of Office as they are read back from a saved file."""

import io
from datetime import date
from typing import Any

from pptx import Presentation
from pptx.util import Pt

from kpi.charts.marks import (
    BENCHMARK,
    FOCUS,
    PEER,
    Dot,
    Line,
    LinePoint,
    Marks,
    Role,
    Scale,
)
from kpi.domain.period import parse_period
from kpi.export.native_charts import add_chart
from tests.kpi.export.office_format import format_faults

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SCALE = Scale("\u00a0%", 1, 100)
DAY = date(2025, 3, 19)
DOTS = (
    Dot("København", PEER, 81.8, "81,8", gap_text="+4,6"),
    Dot("Hele landet", BENCHMARK, 77.2, "77,2"),
    Dot("Aarhus", FOCUS, 70.0, "ca. 70,0", approximate=True, gap_text="−7,2"),
)


def line(name: str, role: Role, values: dict[str, float], hollow: str = "") -> Line:
    return Line(
        name,
        role,
        tuple(
            LinePoint(parse_period(period), period, value, str(value), period == hollow)
            for period, value in values.items()
        ),
    )


def drawn(marks: Marks) -> Any:
    """The chart as it is read back from a saved file, which holds to its format."""
    made = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[6])
    add_chart(slide.shapes, marks, (0, 0, Pt(880), Pt(300)), date(2025, 3, 19))
    out = io.BytesIO()
    made.save(out)
    assert format_faults(out.getvalue(), "pptx") == []
    (frame,) = Presentation(io.BytesIO(out.getvalue())).slides[0].shapes
    return frame.chart


def series(chart: Any) -> dict[str, list[float | None]]:
    return {drawn.name: list(drawn.values) for drawn in chart.plots[0].series}


def points(chart: Any, name: str) -> list[tuple[float, ...]]:
    """The (x, y) of a series of an XY chart."""
    plotted = next(drawn for drawn in chart.plots[0].series if drawn.name == name)
    sides = (plotted._element.find(f"{CHART}{side}") for side in ("xVal", "yVal"))
    values = [[float(value.text) for value in side.iter(f"{CHART}v")] for side in sides]
    return list(zip(*values, strict=True))


def labels(chart: Any) -> list[str]:
    elements = chart._chartSpace.iter(f"{CHART}dLbl")
    return ["".join(t.text for t in element.iter(f"{DRAWING}t")) for element in elements]


def peer_dot(name: str, value: float) -> Dot:
    return Dot(name, PEER, value, str(value))
