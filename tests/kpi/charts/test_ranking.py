"""Bars in order: names, places and the benchmark."""

from itertools import pairwise

import pytest

from kpi.charts import Dot, Scale, ranking
from kpi.charts.marks import BENCHMARK, FOCUS, PEER
from tests.kpi.charts.drawn import labels, validated

PERCENT = Scale("\u00a0%", 1, top=100)
DENMARK = Dot("Hele landet", BENCHMARK, 77.2, "77,2")


def bars(count: int, focus: int, *named: int) -> list[Dot]:
    """Bars from the highest down, one of them the chosen area."""
    return [
        Dot(
            f"{place + 1}. By", FOCUS if place == focus else PEER, 80.0 - place / 2,
            f"{80 - place / 2}", named=place in named,
        )
        for place in range(count)
    ]  # fmt: skip


@pytest.mark.parametrize("count", [2, 6, 20, 21, 98])
def test_plotly_knows_every_part(count: int) -> None:
    figure = validated(ranking([*bars(count, 1), DENMARK], PERCENT))
    (drawn,) = figure.data
    assert len(drawn.x) == count
    assert drawn.x[0] == 80.0
    assert figure.layout.xaxis.range[0] == 0  # bars start at nothing


def test_few_bars_are_all_named() -> None:
    figure = ranking([*bars(3, 1), DENMARK], PERCENT)
    assert labels(figure) == [
        "Hele landet 77,2", "1. By", "80.0", "2. By", "79.5", "3. By", "79.0",
    ]  # fmt: skip


def test_of_many_bars_first_last_chosen_and_marked_are_named() -> None:
    names = [text for text in labels(ranking(bars(98, 40, 70), PERCENT)) if text.endswith("By")]
    assert names == ["1. By", "41. By", "71. By", "98. By"]


def test_names_of_neighbours_do_not_overlap() -> None:
    figure = validated(ranking(bars(98, 1, 2, 3), PERCENT))
    low, high = figure.layout.yaxis.range
    height = figure.layout.height - figure.layout.margin.t - figure.layout.margin.b
    rows = sorted(one.y for one in figure.layout.annotations if one.xref == "paper")
    pixel = (low - high) / height
    assert min(after - before for before, after in pairwise(rows)) >= 15 * pixel


def test_approximate_bars_are_hollow() -> None:
    (drawn,) = validated(ranking([Dot("A", FOCUS, 5.0, "ca. 5", True), *bars(2, 9)], PERCENT)).data
    assert drawn.marker.color[0] == "#FFFFFF"
    assert drawn.marker.line.width == (2, 0, 0)
