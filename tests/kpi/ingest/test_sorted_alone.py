"""A column of figures that was sorted by itself is asked about, also where areas differ little."""

import random
from collections.abc import Sequence

import pytest

from tests.kpi.ingest.checked import Desk
from tests.kpi.ingest.test_filled_down import HEAD, RATE, published_of_2021

# By name, and by no other order.
TOWNS = ("aalborg", "esbjerg", "horsens", "kolding", "odense", "randers", "silkeborg", "viborg")


def _reported(desk: Desk, areas: Sequence[str], values: Sequence[float]) -> list[str]:
    rows = "".join(
        f"{RATE};{area};2022;{value:.1f};\n".replace(".", ",")
        for area, value in zip(areas, values, strict=True)
    )
    problems = desk.check(HEAD + rows).problems
    return [
        p.message for p in problems if p.code == "swapped" and "fra række til række" in p.message
    ]


@pytest.mark.parametrize(
    ("count", "falls", "is_reported"), [(8, False, True), (8, True, True), (6, False, False)]
)
def test_figures_in_order_beside_names_in_order(
    real: Desk, count: int, falls: bool, is_reported: bool
) -> None:
    """Each figure is within what the areas moved: only the order of the list shows it."""
    before = dict(published_of_2021(real))
    areas, chance = TOWNS[:count], random.Random(3)
    moved = {area: before[area] + chance.uniform(-0.4, 0.4) for area in areas}
    assert bool(_reported(real, areas, sorted(moved.values(), reverse=falls))) is is_reported
    assert not _reported(real, areas, list(moved.values()))


def test_a_whole_table_that_was_sorted_by_its_figures(real: Desk) -> None:
    before = dict(published_of_2021(real))
    areas = sorted(TOWNS, key=before.__getitem__)
    assert not _reported(real, areas, [before[area] + 0.2 for area in areas])
