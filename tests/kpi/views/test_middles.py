"""A development is drawn beside what its newest figure is judged by, whatever that is."""

from dataclasses import replace

import pytest

from kpi.charts.marks import PanelMarks
from kpi.domain.selection import Diagram, Selection
from kpi.domain.vocabulary import BENCHMARKS, Benchmark
from kpi.store import Store
from kpi.views.area import opened_row
from kpi.views.comparison import comparison_view
from kpi.views.indicator import indicator_view

KEY = "employment_rate"
NAMES: dict[Benchmark, tuple[str, str]] = {
    "": ("hele landet", "hele landet"),
    "country": ("hele landet", "hele landet"),
    "median": ("medianen af de", "medianen af de"),
    # Vejen is in no set: it is judged by those most like it.
    "peers": ("6-byerne uden Aarhus", "kommuner som Vejen"),
}


@pytest.mark.parametrize("benchmark", BENCHMARKS)
@pytest.mark.parametrize(("area", "place"), [("aarhus", 0), ("vejen", 1)])
def test_the_chart_of_a_development_is_beside_what_the_verdict_is_by(
    shipped: Store, benchmark: Benchmark, area: str, place: int
) -> None:
    catalog = shipped.catalog()
    indicator = replace(catalog.indicators[KEY], benchmark=benchmark)
    known = replace(catalog, indicators={**catalog.indicators, KEY: indicator})
    view = indicator_view(shipped, known, indicator, area)
    assert view.exhibit is not None
    opened = opened_row(shipped, known, area, KEY, "all")
    assert opened is not None
    assert opened.exhibit is not None
    name = NAMES[benchmark][place]
    for row in (*view.rows_of(view.first), opened.row):
        assert name in row.badges[0].text
    for title in (view.exhibit.title, opened.exhibit.title):
        assert name in title.replace("\u2060", "")


@pytest.mark.every_case
@pytest.mark.parametrize("benchmark", ["median", "peers"])
@pytest.mark.parametrize(("area", "place"), [("aarhus", 0), ("vejen", 1)])
@pytest.mark.parametrize("diagram", ["udvikling", "afstand", "kort", "smaa"])
def test_every_diagram_is_beside_what_the_verdict_is_by(
    shipped: Store, benchmark: Benchmark, area: str, place: int, diagram: Diagram
) -> None:
    """Those who judge need not be drawn."""
    catalog = shipped.catalog()
    indicator = replace(catalog.indicators[KEY], benchmark=benchmark)
    known = replace(catalog, indicators={**catalog.indicators, KEY: indicator})
    wanted = Selection("sammenlign", noegletal=KEY, omraader=(area, "odense"), diagram=diagram)
    (exhibit,) = comparison_view(shipped, known, wanted, area).exhibits
    # The differences of a map are to each municipality's own mean, without itself.
    name = NAMES[benchmark][place].removesuffix(" uden Aarhus" if diagram == "kort" else "")
    marks = exhibit.marks
    legend = " ".join(words for _, words in marks.legend) if isinstance(marks, PanelMarks) else ""
    # A legend has its line's name alone.
    name = name.replace("medianen", "median") if legend else name
    assert name in f"{exhibit.title} {legend}".replace("\u2060", "")
