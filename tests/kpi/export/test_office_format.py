"""Slides and workbooks hold to their format, so that no program needs to repair them."""

import io
from dataclasses import replace
from pathlib import Path

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Pt

from kpi.domain.catalog import Catalog
from kpi.export.deck import deck
from kpi.export.paper import Paper
from kpi.export.plan_template import plan_template
from kpi.export.template import template_workbook
from kpi.export.workbook import workbook
from kpi.store import Store
from tests.kpi.export.office_format import format_faults
from tests.kpi.export.wordy import wordy_paper


def test_the_deck(whole_deck: bytes) -> None:
    assert format_faults(whole_deck, "pptx") == []


def test_a_deck_of_long_names(tmp_path: Path) -> None:
    assert format_faults(deck(wordy_paper(tmp_path)), "pptx") == []


def test_a_deck_on_a_template_of_ones_own(handed_in: Paper) -> None:
    short = replace(handed_in, items=handed_in.items[:4], actions=handed_in.actions[:3])
    out = io.BytesIO()
    Presentation().save(out)
    assert format_faults(deck(short, out.getvalue()), "pptx") == []
    assert format_faults(deck(short, deck(short)), "pptx") == []


def test_the_workbooks(handed_in: Paper, store: Store, catalog: Catalog) -> None:
    assert format_faults(workbook(handed_in, catalog), "xlsx") == []
    assert format_faults(template_workbook(catalog), "xlsx") == []
    assert format_faults(plan_template(catalog, store.plan()), "xlsx") == []


def test_a_fault_is_found() -> None:
    """The chart library's own axes have ids that the format forbids."""
    made = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[6])
    content = CategoryChartData()
    content.categories = ["a"]
    content.add_series("b", [1])
    slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, 0, 0, Pt(300), Pt(200), content)
    out = io.BytesIO()
    made.save(out)
    assert any("chart" in format_fault for format_fault in format_faults(out.getvalue(), "pptx"))
