"""Tables without names of columns, and rows of periods that are no names."""

from collections.abc import Callable, Sequence

import pytest

from tests.kpi.ingest.checked import Desk, codes, read
from tests.kpi.ingest.made_tables import as_csv, workbook

Writer = Callable[[Sequence[Sequence[object]]], str | bytes]
WRITERS = pytest.mark.parametrize("written", [as_csv, workbook], ids=["csv", "xlsx"])


@WRITERS
@pytest.mark.parametrize(
    "rows",
    [
        [("Aarhus", 2024, 51.5), ("Odense", 2024, 42.5), ("Randers", 2024, 33.5)],
        [("Aarhus", 2023, 51.5), ("Aarhus", 2024, 52.5), ("Odense", 2023, 42.5)],
        [("Aarhus", 51.5, 52.5), ("Odense", 42.5, 43.5), ("Randers", 33.5, 34.5)],
        [(2024, "Aarhus", 51.5), (2024, "Odense", 42.5), (2024, "Randers", 33.5)],
    ],
)
def test_the_first_row_is_never_lost(
    tiny: Desk, written: Writer, rows: Sequence[Sequence[object]]
) -> None:
    checked = tiny.check(written(rows), indicator_id="rate")
    assert codes(checked) == ["not_a_table"]
    assert "kolonne" in checked.problems[0].hint


@WRITERS
def test_an_area_may_be_the_name_of_a_column(tiny: Desk, written: Writer) -> None:
    rows = [("År", "Aarhus", "Odense"), (2023, 51.5, 42.5), (2024, 52.5, 43.5)]
    assert len(read(tiny.check(written(rows), indicator_id="rate"))) == 4
    above_its_parts = [("Aarhus", "2024"), ("Odense", 42.5), ("Randers", 33.5)]
    assert len(read(tiny.check(written(above_its_parts), indicator_id="rate"))) == 2


@pytest.mark.parametrize("name", ["0", "værdi"])
def test_a_number_may_be_the_name_of_a_column(tiny: Desk, name: str) -> None:
    rows = [("Kommune", "År", name), ("Aarhus", 2024, 51.5), ("Odense", 2024, 42.5)]
    assert len(read(tiny.check(as_csv(rows), indicator_id="rate"))) == 2


@WRITERS
@pytest.mark.parametrize("second", ["Opgjort", "Opgørelsesår"])
def test_a_row_with_two_periods_is_no_head(tiny: Desk, written: Writer, second: str) -> None:
    rows = [
        ("Kommune", second, "År", "Andel"), ("Aarhus", 2025, 2024, 51.5),
        ("Odense", 2025, 2024, 42.5), ("Randers", 2025, 2024, 33.5),
    ]  # fmt: skip
    checked = tiny.check(written(rows), indicator_id="rate")
    areas = {area for area, *_ in read(checked)}
    assert areas == {"aarhus", "odense", "randers"} if checked.publishable else not areas
    assert {period for _, _, period, *_ in read(checked)} <= {"2024"}


@WRITERS
def test_counts_may_look_like_years(tiny: Desk, written: Writer) -> None:
    rows = [("Kommune", "2023", "2024"), ("Aarhus", 2021, 2020), ("Odense", 1999, 2001)]
    checked = tiny.check(written(rows), indicator_id="persons")
    assert {value for *_, value, _ in read(checked)} == {2021, 2020, 1999, 2001}


ONE_NAME: list[list[object]] = [
    ["Beskæftigelse"], [],
    ["", "", "Andel"], ["2024", "Aarhus", 50.5], ["", "Odense", 40.5],
    ["2025", "Aarhus", 51.5], ["", "Odense", 41.5], [], ["Kilde: jobindsats.dk"],
]  # fmt: skip


def test_one_name_over_figures_is_a_head(tiny: Desk) -> None:
    """As jobindsats saves a workbook: no name stands over its areas and periods."""
    checked = tiny.check(workbook(ONE_NAME), indicator_id="rate")
    assert [(row[0], row[2], row[3]) for row in read(checked)] == [
        ("aarhus", "2024", 50.5), ("odense", "2024", 40.5),
        ("aarhus", "2025", 51.5), ("odense", "2025", 41.5),
    ]  # fmt: skip
    of_year = tiny.check(
        workbook([["", "Andel"], ["Aarhus", 50.5], ["Odense", 40.5]]),
        indicator_id="rate", constant={"period": "2024"},
    )  # fmt: skip
    assert len(read(of_year)) == 2
    # a word that is over no figure is none
    over: list[list[list[object]]] = [[], [["", "x", ""]], [["", "", 7]]]
    for head in over:
        assert not tiny.check(workbook([*head, *ONE_NAME[3:]]), indicator_id="rate").publishable
