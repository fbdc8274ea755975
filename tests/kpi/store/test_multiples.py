"""A count that is a constant share of another, or a multiple, is hidden where that is."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from kpi.store import open_store
from tests.kpi.store.test_implied_elsewhere import made, put_out

pytestmark = pytest.mark.second_look

YEARS = ("2022", "2023", "2024")
PEOPLE = {"gellerup": (61, 48, 3), "viby_syd": (92, 77, 85), "tilst": (251, 307, 249),
          "odense": (1_012, 940, 1_107)}  # fmt: skip
TOTAL = tuple(sum(PEOPLE[area][place] for area in ("gellerup", "viby_syd", "tilst"))
              for place in range(3))  # fmt: skip


def hidden(home: Path) -> set[tuple[str, str, str]]:
    store = open_store(home)
    rows = store.series(["people", "places"])
    store.close()
    return {(row.indicator_id, row.area_id, row.period.text) for row in rows if row.value is None}


def rows_of(indicator_id: str, times: float, of: Mapping[str, Sequence[int]]) -> str:
    return "".join(
        f"{indicator_id};{area};all;{year};{round(number * times)};;\n"
        for area, numbers in of.items() for year, number in zip(YEARS, numbers, strict=True)
    )  # fmt: skip


@pytest.mark.parametrize(("times", "is_total_shown"), [(2, False), (3, True), (2.5, True)])
def test_a_multiple_is_hidden_where_the_number_is(
    home: Path, times: float, is_total_shown: bool
) -> None:
    """Where only the multiple's total is shown, its own sum would tell it: a guard there."""
    made(home, people="count", places="count")
    of_places = PEOPLE | ({"aarhus": TOTAL} if is_total_shown else {})
    rows = rows_of("people", 1, PEOPLE) + rows_of("places", times, of_places)
    put_out(home, rows)
    places = {("gellerup", "2024")} | ({("viby_syd", "2024")} if is_total_shown else set())
    # Its guard tells the number of people there as well.
    expected = {(each, *place) for each in ("people", "places") for place in places}
    assert hidden(home) == expected
    # A further file changes nothing of it.
    put_out(home, "people;aalborg;all;2024;800;;\n")
    assert hidden(home) == expected


def test_a_count_that_is_no_multiple_is_shown(home: Path) -> None:
    made(home, people="count", places="count")
    others = {area: tuple(7 + number * (2 + place) // 2 for place, number in enumerate(numbers))
              for area, numbers in PEOPLE.items()}  # fmt: skip
    put_out(home, rows_of("people", 1, PEOPLE) + rows_of("places", 1, others))
    assert hidden(home) == {("people", "gellerup", "2024")}
