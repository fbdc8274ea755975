"""Rows after each other that have one figure by more than chance are reported."""

import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.kpi.ingest.checked import Desk, municipal_figures
from tests.tables import for_each

RATE = "employment_rate"
# Nothing is published of it for these areas.
INDICATOR = "sanction_share"
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


@for_each(
    ("values", "areas", "is_reported"),
    [
        # first figures, of which nothing earlier is known
        ((74.9,) * 4 + (71.2, 77.3), 6, True), ((74.9,) * 4, 4, True), ((74.9,) * 3, 3, False),
        ((74.9, 75.9, 76.9, 77.9, 71.3, 77.0), 6, True), ((74.9, 75.9, 76.9, 77.9), 4, True),
        ((74.9, 75.9, 76.9, 71.3, 77.0, 73.1), 6, False),
        ((71.2, 73.3, 72.8, 75.0, 74.1, 77.3), 6, False),
        ((100.0,) * 4 + (97.3, 98.1), 6, False),
    ],
)  # fmt: skip
def test_first_figures_of_a_dragged_cell(
    real: Desk, values: Sequence[float], areas: int, is_reported: bool
) -> None:
    rows = "".join(
        f"{INDICATOR};{area};2009;{value}\n"
        for area, value in zip(NAMES[:areas], values, strict=True)
    )
    checked = real.check(f"nøgletal;område;periode;værdi\n{rows}", decimal="point")
    assert any(p.code == "same_value" for p in checked.problems) is is_reported


@for_each(
    ("values", "is_reported"),
    [
        ((5, 6, 7, 8, 9), True),
        ((4105, 4106, 4107, 4108, 3021), True),
        ((5, 6, 7, 8), False),
        ((5, 6, 7, 8, 3), False),
        ((9, 7, 5, 3, 1), False),
        ((4105, 3106, 2109, 1108, 3021), False),
    ],
)
def test_counts_that_count_on(shipped_home: Path, values: Sequence[int], is_reported: bool) -> None:
    rows = "".join(
        f"notifications_received;{area};2009;{value}\n"
        for area, value in zip(NAMES, values, strict=False)
    )
    checked = Desk.of(shipped_home).check(f"nøgletal;område;periode;værdi\n{rows}")
    assert any("række til række" in p.message for p in checked.problems) is is_reported


@pytest.mark.parametrize(("count", "is_reported"), [(2, False), (4, True)])
def test_few_sorted_rows_with_one_figure(real: Desk, count: int, is_reported: bool) -> None:
    values = [74.9] * count + [75.8, 77.1, 78.2, 79.0][: 6 - count]
    assert bool(_reported(real, dict(zip(NAMES, values, strict=False)))) is is_reported
