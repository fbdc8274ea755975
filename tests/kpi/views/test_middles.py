"""A development is drawn beside what its newest figure is judged by, whatever that is."""

from dataclasses import replace

import pytest

from kpi.domain.vocabulary import BENCHMARKS, Benchmark
from kpi.store import Store
from kpi.views.area import opened_row
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
