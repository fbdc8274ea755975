"""In which order a publication's rows are written: each indicator's areas lie together."""

import random
from itertools import pairwise
from pathlib import Path

import duckdb
import numpy as np
import pytest

from kpi.ingest.raw import Upload
from kpi.store.added_rows import lies_together
from kpi.store.home import version_path
from kpi.store.uploads import publish
from tests.kpi.store.tiny_store import figures


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], True),
        ([7], True),
        ([7, 7, 7], True),
        ([3, 3, 1, 1, 2], True),  # in any order
        ([1, 1, 2, 2, 1, 2], True),  # a stretch is broken here and there
        ([1, 2, 1, 2, 1, 2], False),
        ([1, 2, 3] * 50, False),
    ],
)
def test_rows_of_one_value_lie_together(values: list[int], expected: bool) -> None:
    assert lies_together(np.array(values, dtype="int64")) is expected


@pytest.mark.parametrize("is_in_order", [True, False])
def test_a_file_is_sorted_where_it_is_not_in_order(spor: Path, is_in_order: bool) -> None:
    rows = [
        f"rate;{area};{year};{50 + year % 40}"
        for area in ("denmark", "aarhus")
        for year in range(1980, 2020)
    ]
    if not is_in_order:
        random.Random(1).shuffle(rows)
    text = "\n".join(["indicator_id;area_id;period;value", *rows])
    done = publish(Upload("tal.csv", text.encode()), None, "Ida", "Ny", spor)
    assert done.checked.new == 80
    with duckdb.connect(str(version_path(spor, done.version)), read_only=True) as connection:
        written = connection.execute(
            "SELECT area_id FROM current_observation WHERE batch_id = $1 ORDER BY rowid",
            [done.batch_id],
        ).fetchall()
    areas = [area for (area,) in written]
    assert len(areas) == 80
    assert sum(one != other for one, other in pairwise(areas)) <= 3
    shown = figures(spor)
    assert all(shown["aarhus", str(year)] == 50 + year % 40 for year in range(1980, 2020))
