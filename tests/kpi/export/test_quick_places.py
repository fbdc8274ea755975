"""What is asked without an XPath is answered as with it."""

import io

from pptx import Presentation

from kpi.export.deck_layouts import SPOR_TEMPLATE, layouts_of
from kpi.export.quick_places import place_of
from tests.kpi.export.slides import made_template


def test_the_library_asks_quickly_and_is_answered_the_same() -> None:
    layouts_of(SPOR_TEMPLATE.read_bytes())
    presentation = Presentation(io.BytesIO(made_template()))
    slide = presentation.slides[0]
    slide.shapes.add_group_shape()
    slide.shapes.add_table(1, 1, 0, 0, 9, 9)
    slide.shapes.add_textbox(0, 0, 9, 9)
    owners = (slide, *presentation.slide_layouts, presentation.slide_master)
    elements = [
        element
        for owner in owners
        for element in owner._element.cSld.spTree.iter()
        if hasattr(element, "has_ph_elm")
    ]
    by_path = [next(iter(each.xpath("./*[1]/p:nvPr/p:ph")), None) for each in elements]
    assert [place_of(each) for each in elements] == [each.ph for each in elements] == by_path
    assert None in by_path
    assert len(set(by_path)) > len(owners)
