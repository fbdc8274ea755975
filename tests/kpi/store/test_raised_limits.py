"""A limit that is raised tells no small number to a reader who remembers what stood before."""

import shutil
from collections import defaultdict
from datetime import date
from itertools import product
from pathlib import Path

import pytest

from kpi.ingest.mapping.choices import Choices
from kpi.ingest.table.raw import Upload
from kpi.store import init, open_store
from kpi.store.adding import add, check_hidden
from kpi.store.ever_shown import Memory, Publication, Row, shown_numbers
from kpi.store.uploads import publish
from kpi.suppression.hiding import what_to_hide
from tests.kpi.data_folder import write_tiny

FORMER = 5
# To which it is raised: one below, between and above the guards.
LIMITS = ("8", "10", "12")
_DAY = date(2026, 1, 1)
_PUBLICATIONS = {1: Publication(1, _DAY, None)}
Table = dict[str, int]
# What is shown of each place: a number, `<`, or nothing.
Picture = tuple[tuple[str, object], ...]


def picture(table: Table, limit: int, memory: Memory) -> tuple[Picture, Memory]:
    """What is shown of areas and the city that they are, and what a reader then knows."""
    rows = [
        Row(
            "x", area, "all", "2024", number, None, limit, "city" if area == "city" else "quarter",
            None if area == "city" else "city", None, None, False, "own", 1, _DAY, False, True,
            lowest_limit=FORMER,
        )
        for area, number in table.items()
    ]  # fmt: skip
    shown = shown_numbers(rows, _PUBLICATIONS, memory)
    hidden = what_to_hide(shown.cells, {}).keys
    withheld = frozenset(
        (*cell.base, *which)
        for cell in shown.cells
        if cell.key in hidden and not cell.was_shown
        for which in shown.rows[cell.key]
    )
    of_area = {
        cell.area_id: {True: "<", False: "", None: cell.part}[hidden.get(cell.key)]
        for cell in shown.cells
    }
    return tuple(sorted(of_area.items())), Memory(1, withheld)


@pytest.mark.parametrize("limit", [7, 10])
def test_raised_limit_tells_no_number_that_was_hidden(limit: int) -> None:
    """Of two areas and their city: all tables that look the same before look the same after."""
    after_by_before: dict[Picture, set[Picture]] = defaultdict(set)
    for first, second in product(range(6), range(15)):
        table = {"a": first, "b": second, "city": first + second}
        before, memory = picture(table, FORMER, Memory(0, frozenset()))
        after, _ = picture(table, limit, memory)
        after_by_before[before].add(after)
    assert [before for before, after in after_by_before.items() if len(after) > 1] == []


def test_raised_limit_does_not_tell_whether_a_former_guard_is_below_it(tmp_path: Path) -> None:
    """A small number is mended on the very day it came; what guarded it stays hidden."""
    init(tmp_path / "built", write_tiny(tmp_path / "data", "rate,aarhus,all,2022,70,,,final"))
    previews = []
    for small, guard in ((3, 9), (1, 11)):
        home = Path(shutil.copytree(tmp_path / "built", tmp_path / str(small)))
        for numbers in (
            {"gellerup": small, "viby_syd": guard, "aarhus": 12, "odense": 40},
            {"denmark": 190, "randers": 38},
            {"gellerup": 20},
        ):
            rows = [f"persons;{area_id};2024;{number}" for area_id, number in numbers.items()]
            file = "\n".join(["nøgletal;område;periode;værdi", *rows, ""])
            done = publish(Upload("t.csv", file.encode()), Choices(scale=1.0), "Ida", "x", home)
            assert done.batch_id is not None, done.checked.problems
        shown = {row.area_id: row.value for row in open_store(home).series(["persons"])}
        assert (shown["viby_syd"], shown["gellerup"], shown["denmark"]) == (None, 20, 190)
        source = {"source_id": "own_upload", "title": "Egen indberetning"}
        previews.append(
            [check_hidden("source", [source | {"min_cell": limit}], home) for limit in LIMITS]
        )
    assert previews[0] == previews[1]


def test_guard_is_not_called_small_by_a_raised_limit(tmp_path: Path) -> None:
    """13 in all, `<5` and `<10` would be 4 and 9; neither does a preview of the limit tell it."""
    init(tmp_path, write_tiny(tmp_path / "data", "rate,aarhus,all,2022,70,,,final"))
    numbers = {"gellerup": 4, "viby_syd": 9, "aarhus": 13, "odense": 7}
    rows = [f"persons;{area_id};2024;{number}" for area_id, number in numbers.items()]
    file = "\n".join(["nøgletal;område;periode;værdi", *rows, ""])
    choices = Choices(scale=1.0)
    done = publish(Upload("t.csv", file.encode()), choices, "Ida", "Tal", tmp_path)
    assert done.batch_id is not None, done.checked.problems
    source = {"source_id": "own_upload", "title": "Egen indberetning", "min_cell": "10"}
    assert check_hidden("source", [source], tmp_path) == {"persons": 1}
    add("source", [source], "Ida", tmp_path)
    shown = {
        row.area_id: (row.value, row.as_published)
        for row in open_store(tmp_path).series(["persons"])
    }
    # What was shown is called small: it is known already.
    assert shown == {
        "aarhus": (13, None), "gellerup": (None, "<10"), "odense": (None, "<10"),
        "viby_syd": (None, None),
    }  # fmt: skip
