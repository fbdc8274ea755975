"""What figures are drawn with of Plotly: known, a quarter, and the charts are the same.

Drawn both ways they are by `make soak`, and by whoever looks at a new Plotly.
"""

import hashlib
from typing import get_args

import pytest

from kpi.charts.marks import (
    FOCUS,
    FunnelDot,
    FunnelLimit,
    FunnelMarks,
    Marks,
    NumberMarks,
    OutcomeMarks,
    OutcomeRow,
)
from kpi.domain.catalog import Catalog
from kpi.domain.selection import Selection
from kpi.export import browser, plotly_script
from kpi.export.figure_page import FigurePage
from kpi.export.paper import Paper
from kpi.export.vectors import charts, frame_on_page
from kpi.store import Store
from kpi.views.comparison import comparison_view
from tests.kpi.export.native import DOTS, SCALE


def test_it_is_one_that_was_looked_at() -> None:
    """A new Plotly brings another one: look again as `kpi/export/plotly_script.py` says."""
    content = plotly_script.PLOTLY.read_bytes()
    known = plotly_script.KNOWN.get(hashlib.sha256(content).hexdigest())
    assert content.decode().partition("* plotly.js v")[2].startswith(f"{known}\n")


def test_the_page_is_a_quarter_of_the_whole_and_says_so_in_plain_letters() -> None:
    page = FigurePage().generate_index()
    assert page.isascii()
    assert page.count("</script") == 2  # none within Plotly, which would end there
    assert len(page) < 0.25 * plotly_script.PLOTLY.stat().st_size


def test_an_unknown_one_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plotly_script, "KNOWN", {})
    assert f'src="{plotly_script.PLOTLY.as_uri()}"' in FigurePage().generate_index()


@pytest.mark.soak
@pytest.mark.usefixtures("drawing")
def test_every_chart_is_drawn_as_with_the_whole(
    handed_in: Paper, store: Store, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    dot = FunnelDot("Aarhus", FOCUS, 800, 66.0, "66", True)
    limit = FunnelLimit("95 %", False, (200.0, 800.0), (60.0, 65.0), (80.0, 75.0))
    marks: list[Marks] = [
        NumberMarks("12", "Aktører"),
        OutcomeMarks((OutcomeRow("Af ledige", "I job", DOTS),), SCALE),
        FunnelMarks((dot,), (limit,), 70.0, SCALE),
    ]
    for diagram in ("rangering", "kort", "smaa"):
        wanted = Selection("sammenlign", noegletal="employment_rate", diagram=diagram)
        shown = comparison_view(store, catalog, wanted, "aarhus")
        marks += [exhibit.marks for exhibit in shown.exhibits]
    marks += [item.exhibit.marks for item in handed_in.items]
    kinds = {type(each): each for each in marks}
    assert {*kinds} == {*get_args(Marks)}
    framed = [(each, frame_on_page(each, 640)) for each in kinds.values()]
    drawn = []
    for known in (plotly_script.KNOWN, {}):
        browser._RUNNING.stop()
        monkeypatch.setattr(plotly_script, "KNOWN", known)
        drawn.append(charts(framed))
    browser._RUNNING.stop()
    assert drawn[0] == drawn[1]
