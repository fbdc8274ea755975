"""Rows after each other that have one figure by more than chance are reported."""

import random
from collections.abc import Mapping

import pytest

from tests.kpi.ingest.checked import Desk, municipal_figures

RATE = "employment_rate"
NAMES = ("aarhus", "odense", "aalborg", "randers", "esbjerg", "vejle", "kolding")


@pytest.fixture(scope="module")
def figures(real: Desk) -> Mapping[str, float]:
    """A plausible year after the last published one."""
    chance = random.Random(7)
    before = municipal_figures(real, RATE, "all", "2021")
    return {area: round(value + chance.uniform(0.1, 0.7), 1) for area, value in before.items()}


def _reported(desk: Desk, figures: Mapping[str, float]) -> list[str]:
    rows = "".join(f"{RATE};{area};2022;{value}\n" for area, value in figures.items())
    checked = desk.check(f"nøgletal;område;periode;værdi\n{rows}", decimal="point")
    return [p.message for p in checked.problems if p.code == "same_value"]


@pytest.mark.parametrize(
    ("areas", "first", "count", "is_reported"),
    [
        (None, 0, 1, False), (None, 40, 3, False), (None, 40, 4, True), (None, 90, 5, True),
        (NAMES, 2, 2, False), (NAMES, 2, 3, True), (NAMES, 0, 4, True),
    ],
)  # fmt: skip
def test_a_cell_that_was_dragged_over_those_below(
    real: Desk,
    figures: Mapping[str, float],
    areas: tuple[str, ...] | None,
    first: int,
    count: int,
    is_reported: bool,
) -> None:
    file = {area: figures[area] for area in areas or figures}
    dragged = list(file)[first : first + count]
    file |= dict.fromkeys(dragged, file[dragged[0]])
    assert any("står efter hinanden" in text for text in _reported(real, file)) is is_reported


def test_rows_that_are_sorted_by_their_figures(real: Desk, figures: Mapping[str, float]) -> None:
    rounded = {area: round(value / 2, 1) * 2 for area, value in figures.items()}
    ranked = dict(sorted(rounded.items(), key=lambda item: item[1]))
    assert not _reported(real, ranked)
