"""What DuckDB takes for another number than it is in a Parquet file, and answers that are typed."""

from datetime import timedelta

import numpy as np
import pyarrow as arrow

from tests.kpi.ingest.checked import Desk, codes, read
from tests.kpi.ingest.made_files import parquet_file

AREAS = {"kommune": ["Aarhus", "Odense"], "år": [2024, 2024]}


def test_numbers_of_half_precision_are_those_that_were_written(tiny: Desk) -> None:
    written = [74.1, 0.3, 99.9, 12.35, 50.0]
    halves = arrow.array([np.float16(number) for number in written], arrow.float16())
    columns = {"kommune": ["Aarhus"] * 5, "år": [*range(2020, 2025)], "andel": halves}
    checked = tiny.check(parquet_file(columns), name="a.parquet", indicator_id="rate")
    assert {row[2]: row[3] for row in read(checked)} == dict(
        zip(map(str, range(2020, 2025)), written, strict=True)
    )


def test_a_stretch_of_time_is_no_number(tiny: Desk) -> None:
    stretches = arrow.array([timedelta(milliseconds=5)] * 2)
    file = parquet_file({**AREAS, "antal": stretches})
    checked = tiny.check(file, name="a.parquet", indicator_id="persons")
    assert "not_a_number" in codes(checked)
    assert not checked.publishable
    beside = parquet_file({**AREAS, "antal": [5, 6], "behandling": stretches})
    checked = tiny.check(beside, name="a.parquet", indicator_id="persons")
    assert (checked.publishable, [row[3] for row in read(checked)]) == (True, [5.0, 6.0])


def test_an_answer_that_is_typed(tiny: Desk) -> None:
    file = parquet_file({**AREAS, "andel": [51.5, 41.5], "foreløbig": [True, False]})
    checked = tiny.check(file, name="a.parquet", indicator_id="rate")
    assert [row[4] for row in read(checked)] == ["preliminary", "final"]
