"""A reader who has all that the program puts out, and can add and subtract, finds no small number.

Towns are drawn and published; every number that any page, file or answer then holds becomes an
equation, and linear algebra shows which hidden numbers they leave one value for.
"""

import csv
import io
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kpi.cli.show_answers import show_answer
from kpi.domain.model import Observation
from kpi.domain.selection import DIAGRAMS, Selection
from kpi.exhibits import Exhibit
from kpi.export.choice import Choice
from kpi.export.csv import write_observations
from kpi.export.paper import paper
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.table.raw import Upload
from kpi.store import Store, init, open_store
from kpi.store.uploads import publish
from kpi.views.area import area_view
from kpi.views.comparison import comparison_view
from kpi.views.indicator import indicator_view
from kpi.views.standings import standings
from tests.kpi.data_folder import write_tiny

# Area, group, period.
Cell = tuple[str, str, str]
Town = dict[Cell, int]
# How much of each cell makes up a number that was put out.
Equation = dict[Cell, float]

QUARTERS, CITIES = ("gellerup", "viby_syd"), ("aarhus", "odense", "randers")
PARTS = (*QUARTERS, "odense", "randers")
GROUPS, YEARS = ("danish", "non_western"), ("2023", "2024")
AREAS, ALL_GROUPS = ("denmark", *CITIES, *QUARTERS), ("all", *GROUPS)
PERIODS = (*YEARS, "2023:2024")
LIMIT = 5
# Drawn numbers may look like another scale.
AS_THEY_ARE = Choices(scale=1.0)
# Hidden sum by sum, all of these are determined by the sums together.
TOLD_TOGETHER = [7, 0, 0, 2, 6, 8, 5, 0, 40, 41, 42, 43, 50, 51, 52, 53]


def town_of(numbers: list[int]) -> Town:
    keys = [(area, group, year) for area in PARTS for group in GROUPS for year in YEARS]
    small = dict(zip(keys, numbers, strict=True))

    def within(area: str, quarter: str) -> bool:
        return area in {quarter, "denmark"} or (area == "aarhus" and quarter in QUARTERS)

    return {
        (area, group, period): sum(
            number
            for (quarter, of, year), number in small.items()
            if within(area, quarter) and group in {"all", of} and period in {year, "2023:2024"}
        )
        for area in AREAS
        for group in ALL_GROUPS
        for period in PERIODS
    }


def sums() -> Iterator[Equation]:
    """What everyone knows: quarters, groups and years add up."""
    for group in ALL_GROUPS:
        for period in PERIODS:
            for total, parts in (("denmark", CITIES), ("aarhus", QUARTERS)):
                yield {(total, group, period): -1, **{(part, group, period): 1 for part in parts}}
    for area in AREAS:
        for period in PERIODS:
            yield {(area, "all", period): -1, **{(area, group, period): 1 for group in GROUPS}}
        for group in ALL_GROUPS:
            yield {(area, group, "2023:2024"): -1, **{(area, group, year): 1 for year in YEARS}}


def put_out(store: Store) -> Iterator[Equation]:
    """Every number that an answer, a file or a page contains, as an equation."""
    for row in csv.DictReader(io.StringIO(write_observations(store, ["persons"], None)[0])):
        if row["value"]:
            yield {(row["area_id"], row["group_id"], row["period"]): 1}
    answer = show_answer(store, "persons", standings(store, "persons"))
    for row in answer["rows"]:
        own = (row["area_id"], row["group_id"], row["period"])
        if row["value"] is not None:
            yield {own: 1}
        if row["previous"]:
            yield {own: 1, (*own[:2], row["previous"]["period"]): -1}
        for comparison in row["comparisons"]:
            yield from by_comparison(
                own, comparison["kind"], comparison["with"], comparison["value"], comparison["gap"]
            )
    for observation in drawn(store):
        if observation.value is not None:
            yield {(observation.area_id, observation.group_id, observation.period.text): 1}


def by_comparison(
    own: Cell, kind: str, with_id: str, value: float | None, gap: float | None
) -> Iterator[Equation]:
    area, group, period = own
    if kind == "area_set":
        others = [city for city in CITIES if city != area]
        other: Equation = {(other, group, period): 1 / len(others) for other in others}
    else:
        other = {(with_id, group, period) if kind == "area" else (area, with_id, period): 1}
    if value is not None:
        yield other
    if gap is not None:
        yield {own: 1, **{cell: -part for cell, part in other.items()}}


def drawn(store: Store) -> Iterator[Observation]:
    """The figures in every exhibit of the pages and of a paper."""
    catalog = store.catalog()
    exhibits: list[Exhibit | None] = []
    for area in AREAS:
        view = area_view(store, catalog, area)
        depth = indicator_view(store, catalog, catalog.indicator("persons"), area)
        exhibits += [*(each.exhibit for each in view.trends), view.outcomes, depth.exhibit]
    for diagram in DIAGRAMS:
        for period in YEARS:
            asked = Selection("sammenlign", noegletal="persons", omraader=AREAS, grupper=ALL_GROUPS,
                              diagram=diagram, fra=period, til=period)  # fmt: skip
            exhibits += comparison_view(store, catalog, asked, "aarhus").exhibits
    made = paper(store, catalog, Choice("aarhus", theme_ids=("work",)))
    exhibits += [item.exhibit for item in made.items]
    for exhibit in exhibits:
        yield from exhibit.observations if exhibit else ()


def determined_by(equations: list[Equation]) -> set[Cell]:
    """The cells that the equations leave only one value for."""
    cells = [(area, group, period) for area in AREAS for group in ALL_GROUPS for period in PERIODS]
    matrix = np.array([[equation.get(cell, 0.0) for cell in cells] for equation in equations])
    _, sizes, directions = np.linalg.svd(matrix)
    free = directions[int((sizes > 1e-9).sum()) :]
    stands = np.all(abs(free) <= 1e-9, axis=0).tolist()
    return {cell for cell, still in zip(cells, stands, strict=True) if still}


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store without figures of persons, to publish towns in."""
    folder = tmp_path_factory.mktemp("recovering")
    init(folder / "home", write_tiny(folder / "data", "rate,aarhus,all,2022,70,,,final"))
    return folder / "home"


@settings(max_examples=200 if "SPOR_SOAK" in os.environ else 1, deadline=None)
@example(TOLD_TOGETHER)
@given(st.lists(st.integers(0, 9) | st.integers(0, 60), min_size=16, max_size=16))
def test_no_small_number_can_be_found_from_all_that_is_put_out(
    base: Path, numbers: list[int]
) -> None:
    town = town_of(numbers)
    lines = [f"persons;{area};{group};{period};{n}" for (area, group, period), n in town.items()]
    text = "\n".join(["nøgletal;område;gruppe;periode;værdi", *lines])
    home = base.parent / "town"
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(base, home)
    assert publish(Upload("t.csv", text.encode()), AS_THEY_ARE, "Ida", "By", home).batch_id
    store = open_store(home)
    determined = determined_by([*sums(), *put_out(store)])
    store.close()
    assert {cell for cell in determined if 0 < town[cell] < LIMIT} == set()


def test_a_number_that_is_put_out_would_be_found() -> None:
    """The attack works: from the total and all others, the last one follows."""
    every = [{cell: 1.0} for cell in town_of([9] * 16) if cell[0] != "gellerup"]
    assert ("gellerup", "danish", "2024") in determined_by([*sums(), *every])
    assert ("gellerup", "danish", "2024") not in determined_by([*sums(), *every[:-30]])
