"""Small charts on a slide: lines and texts within the box that PowerPoint can edit."""

from datetime import date

from pptx import Presentation
from pptx.util import Emu, Inches

from kpi.charts.marks import FOCUS, PEER, Line, LinePoint, Panel, PanelMarks, Scale
from kpi.domain.period import parse_period
from kpi.export.native_charts import add_chart

BOX = (Inches(1), Inches(1), Inches(9), Inches(4))


def _line(name: str, *values: float, role: object = PEER) -> Line:
    points = tuple(
        LinePoint(parse_period(str(2020 + year)), str(2020 + year), value, f"{value:.0f}")
        for year, value in enumerate(values)
    )
    return Line(name, FOCUS if role == FOCUS else PEER, points)


OWN = _line("Aarhus", 10, 12, 14, role=FOCUS)
MARKS = PanelMarks(
    (
        Panel("Aarhus", OWN, None, "14 %", "", is_own=True),
        Panel("Odense", _line("Odense", 20, 18, 16), _line("Median", 11, 11, 11), "16 %", "",
              "+2,0"),
        Panel("Læsø", _line("Læsø"), None, "skjult", "",
              hidden=((parse_period("2022"), "2022"),)),
    ),
    OWN, Scale(" %", 1, 100),
    (("area", "kommunen"), ("own", "Aarhus"), ("median", "median af de andre kommuner")),
)  # fmt: skip


def test_every_line_is_a_shape_of_its_own_within_the_box() -> None:
    slide = Presentation().slides.add_slide(Presentation().slide_layouts[6])
    group = add_chart(slide.shapes, MARKS, BOX, date(2026, 11, 28))
    names = [shape.name for shape in group.shapes]
    assert (names.count("Aarhus"), names.count("Odense"), names.count("Median")) == (3, 1, 1)
    texts = [shape.text_frame.text for shape in group.shapes if shape.has_text_frame]
    assert {"Aarhus", "14 %", "Odense", "16 % (+2,0)", "Læsø", "skjult"} <= {*texts}
    assert texts.count("20 %") == 3
    left, top, width, height = BOX
    for shape in group.shapes:
        assert left - Emu(12700) <= shape.left
        assert shape.left + shape.width <= left + width + Emu(12700)
        assert top - Emu(12700) <= shape.top
        assert shape.top + shape.height <= top + height + Emu(12700)
