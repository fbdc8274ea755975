"""Numbers of one period that are counted in different ways are one sum to whoever adds them up."""

from itertools import product
from pathlib import Path

import pytest

from kpi.ingest.table.raw import Upload
from kpi.store import open_store
from kpi.store.uploads import publish
from tests.kpi.store.test_implied_elsewhere import made

HEAD = "nøgletal;område;gruppe;periode;værdi;opgjort\n"
OF_AREAS = (("aarhus", "all", 60), ("gellerup", "all", 3), ("viby_syd", "all", 57))
OF_GROUPS = (("aarhus", "all", 60), ("aarhus", "danish", 57), ("aarhus", "non_western", 3))


def put_out(home: Path, rows: list[str]) -> None:
    text = HEAD + "\n".join(rows) + "\n"
    assert publish(Upload("a.csv", text.encode()), None, "Ida", "x", home).batch_id


def shown(home: Path) -> set[tuple[str, str, str]]:
    store = open_store(home)
    rows = store.series(["people", "again"])
    store.close()
    return {(row.indicator_id, row.area_id, row.group_id) for row in rows if row.value is not None}


@pytest.mark.some_cases
@pytest.mark.parametrize(
    ("table", "ways", "in_two_files"),
    [*product((OF_AREAS, OF_GROUPS), (("over", "at"), ("reported", "since")), (0, 1))],
)
def test_a_total_counted_in_another_way(
    home: Path, table: tuple[tuple[str, str, int], ...], ways: tuple[str, str], in_two_files: int
) -> None:
    made(home, people="count", again="count")
    of_total, of_parts = ways
    rows = [
        f"{indicator_id};{area};{group};2024;{number};{of_parts if place else of_total}"
        for indicator_id in ("people", "again")
        for place, (area, group, number) in enumerate(table)
        # Of the other indicator nothing but its total.
        if indicator_id == "people" or not place
    ]
    if in_two_files:
        put_out(home, rows[:1] + rows[3:])
        put_out(home, rows[1:3])
    else:
        put_out(home, rows)
    is_any_shown = shown(home)
    guards = {("people", area, group) for area, group, number in table if number > 5}
    assert ("people", table[0][0], table[0][1]) in is_any_shown or in_two_files
    assert len(guards - is_any_shown) == 1, ways


@pytest.mark.parametrize(
    "periods",
    [("2020:2022", "2020:2023", "2023"), ("2024M01:2024M06A", "2024M01:2024M07A", "2024M07")],
)
def test_a_range_since_its_beginning_is_over_it(home: Path, periods: tuple[str, str, str]) -> None:
    """59 until last year and 62 until this one, both since the first: three in this one."""
    made(home, people="count", again="count")
    before, until, between = periods
    rows = [f"people;gellerup;all;{before};59;since", f"people;gellerup;all;{until};62;since"]
    put_out(home, rows)
    assert len(shown(home)) == 1
    put_out(home, [f"people;gellerup;all;{between};3;over"])
    assert len(shown(home)) == 1
