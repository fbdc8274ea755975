"""The map on a slide: a square for each municipality that PowerPoint can edit."""

from datetime import date

from pptx import Presentation
from pptx.util import Emu, Inches

from kpi.charts.marks import FOCUS, PEER, Tile, TileMarks
from kpi.export.native_charts import add_chart

BOX = (Inches(1), Inches(1), Inches(8), Inches(5))
MARKS = TileMarks(
    (
        Tile(0, 0, "Nord", "Nordby", "74", FOCUS, 0),
        Tile(1, 1, "Syd", "Sydby", "81", PEER, 4),
        Tile(2, 2, "Øst", "Østby", "–", PEER, None),
    ),
    (("højst 74", "1 kommune"), ("75-76", "0 kommuner"), ("77-78", "0 kommuner"),
     ("79-80", "0 kommuner"), ("mindst 81", "1 kommune")),
    "rising",
)  # fmt: skip


def test_every_municipality_is_a_square_with_name_and_number_within_the_box() -> None:
    slide = Presentation().slides.add_slide(Presentation().slide_layouts[6])
    group = add_chart(slide.shapes, MARKS, BOX, date(2026, 11, 28))
    squares = {shape.name: shape for shape in group.shapes if "by" in shape.name}
    assert {name: shape.text_frame.text for name, shape in squares.items()} == {
        "Nordby": "Nord\n74", "Sydby": "Syd\n81", "Østby": "Øst\n–",
    }  # fmt: skip
    assert all(shape.width == shape.height for shape in squares.values())
    assert str(squares["Nordby"].fill.fore_color.rgb) == "B8480A"
    assert str(squares["Sydby"].fill.fore_color.rgb) == "00529B"
    assert str(squares["Østby"].fill.fore_color.rgb) == "FFFFFF"
    assert squares["Nordby"].line.width.pt == 3
    left, top, width, height = BOX
    for shape in group.shapes:
        assert left - 1 <= shape.left
        assert shape.left + shape.width <= left + width + Emu(2)
        assert top - 1 <= shape.top
        assert shape.top + shape.height <= top + height + Emu(2)
