"""A sum of an indicator's periods is hidden with each of them, and tells none."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kpi.store import open_store
from tests.kpi.store.test_implied_elsewhere import made, put_out

YEARS = range(2017, 2025)
# Three in Gellerup in the last year; the quarters come to the city.
PEOPLE: dict[str, tuple[int, ...]] = {
    "gellerup": (14, 11, 19, 22, 9, 12, 16, 3), "viby_syd": (61, 48, 55, 70, 66, 59, 48, 57),
    "tilst": (251, 307, 249, 260, 233, 290, 276, 281),
    "odense": (1_012, 940, 1_107, 998, 1_034, 1_088, 951, 1_003),
}  # fmt: skip
PEOPLE["aarhus"] = tuple(
    sum(PEOPLE[area][place] for area in ("gellerup", "viby_syd", "tilst")) for place in range(8)
)
Sums = Callable[[str, int], int | None]


def last(years: int) -> Sums:
    """The sum of the last years, as of the last of them."""
    return lambda area, place: (
        sum(PEOPLE[area][place - years + 1 : place + 1]) if place >= years - 1 else None
    )


def growing(area: str, place: int) -> int:
    """What a total has come to."""
    return 400 + sum(PEOPLE[area][: place + 1])


def rows_of(indicator_id: str, numbers: Sums) -> str:
    return "".join(
        f"{indicator_id};{area};all;{year};{number};;\n"
        for area in PEOPLE for place, year in enumerate(YEARS)
        if (number := numbers(area, place)) is not None
    )  # fmt: skip


def hidden(home: Path, *indicator_ids: str) -> set[tuple[str, str, str]]:
    store = open_store(home)
    rows = store.series(indicator_ids)
    store.close()
    return {(row.indicator_id, row.area_id, row.period.text) for row in rows if row.value is None}


def people(area: str, place: int) -> int:
    return PEOPLE[area][place]


@pytest.mark.parametrize("sums", [last(2), last(3), last(5), growing])
def test_a_sum_is_hidden_with_each_of_its_periods(home: Path, sums: Sums) -> None:
    """31 of three years, less 12 and 16 of two: three."""
    made(home, people="count", sums="count")
    put_out(home, rows_of("people", people) + rows_of("sums", sums))
    places = {("gellerup", "2024"), ("viby_syd", "2024")}
    expected = {(each, *place) for each in ("people", "sums") for place in places}
    assert hidden(home, "people", "sums") == expected
    put_out(home, "people;aalborg;all;2024;800;;\n")
    assert hidden(home, "people", "sums") == expected


def test_what_is_no_sum_stays(home: Path) -> None:
    made(home, people="count", sums="count")
    # Another number more in each area and year: the same one in all of them would tell it.
    others = rows_of(
        "sums", lambda area, place: PEOPLE[area][place] + 9 + (place * 7 + len(area) * 5) % 23
    )
    put_out(home, rows_of("people", people) + others)
    assert {each for each, *_ in hidden(home, "people", "sums")} == {"people"}
