"""Charts of slides are in the colours of the template's theme, as easy to see as ours on white."""

import io
import re
from collections.abc import Mapping
from dataclasses import replace

from pptx import Presentation

from kpi.charts import style
from kpi.export import office_files
from kpi.export.deck import deck
from kpi.export.deck_colours import Shade, _contrast, _slots, shades_of
from kpi.export.deck_layouts import Layouts, layouts_of
from kpi.export.paper import Paper
from tests.kpi.export.slides import diagrams, opened
from tests.tables import for_each

# What a dark master calls the colours.
DARK = {"bg1": "dk1", "tx1": "lt1", "bg2": "dk2", "tx2": "lt2"}


def template(colours: Mapping[str, str], named: Mapping[str, str] | None = None) -> bytes:
    """The library's own presentation with other colours in its theme."""
    made = Presentation()
    mapped = made.slide_master._element.find("{*}clrMap")
    for name, slot in (named or {}).items():
        mapped.set(name, slot)
    out = io.BytesIO()
    made.save(out)

    def edit(name: str, content: bytes) -> bytes:
        """A part with these colours."""
        if name == "ppt/theme/theme1.xml":
            for slot, shade in colours.items():
                own = f'<a:{slot}><a:srgbClr val="{shade}"/></a:{slot}>'
                content = re.sub(f"<a:{slot}>.*?</a:{slot}>".encode(), own.encode(), content,
                                 flags=re.DOTALL)  # fmt: skip
        return content

    return office_files.repacked(out.getvalue(), edit)


def master(layouts: Layouts) -> object:
    return layouts.figure.slide_master


def test_our_template_has_the_palette() -> None:
    shades = layouts_of(None).shades
    assert shades["00529B"] == Shade("accent1")
    assert (shades["1B2530"], shades["FFFFFF"]) == (Shade("tx1"), Shade("bg1"))
    assert (shades["AEB7C0"], shades["5B6775"]) == (Shade("accent2"), Shade("accent6"))


@for_each(
    ("colours", "named"),
    [
        ({}, None),
        ({"accent1": "F2B705", "accent2": "C8102E"}, None),
        ({"dk1": "10241A", "lt1": "F4F7F2", "accent1": "2E8B57"}, DARK),
        ({f"accent{n}": "777777" for n in range(1, 7)}, None),
    ],
)
def test_letters_can_be_read_in_any_theme(
    colours: Mapping[str, str], named: Mapping[str, str] | None
) -> None:
    layouts = layouts_of(template(colours, named))
    slots, shades = _slots(master(layouts)), layouts.shades
    for shade, least in ((style.BLUE, 4.5), (style.GREY_TEXT, 4.5), (style.BROWN, 4.5),
                         (style.GREY_DOT, 2.5), (style.GREY_LINE, 1.6)):  # fmt: skip
        used = shades[shade.removeprefix("#")]
        assert _contrast(used.of(slots[used.slot]), slots["bg1"]) >= least, (shade, used)
    assert shades_of(master(layouts)) == shades


def test_no_colour_of_a_chart_is_fixed(handed_in: Paper) -> None:
    paper = replace(handed_in, items=handed_in.items[:6], actions=(), news=())
    for slide in opened(deck(paper, template({"accent1": "7A1FA2"}))):
        for figure in diagrams(slide):
            drawn = figure.chart._chartSpace if figure.has_chart else figure._element
            assert not list(drawn.iter("{*}srgbClr"))
            assert list(drawn.iter("{*}schemeClr"))
