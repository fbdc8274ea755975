"""A figure that is approximate, or a limit, tells a number as an exact one would."""

from pathlib import Path

import pytest

from kpi.store import open_store
from tests.kpi.store.test_implied_elsewhere import made, put_out

PEOPLE = {"gellerup": 60, "viby_syd": 83, "odense": 817, "randers": 843, "aarhus": 1411}
SHARES = {"viby_syd": "50,6", "odense": "40,1", "randers": "45,2", "aarhus": "43,0"}


def shown(home: Path, indicator_id: str) -> set[tuple[str, str]]:
    """The areas and periods of which a figure can be read."""
    store = open_store(home)
    rows = store.series([indicator_id])
    store.close()
    return {(row.area_id, row.period.text) for row in rows if row.status != "suppressed"}


@pytest.mark.parametrize("words", ["5,0", "ca. 5,0", "4,9-5,1", "højst 5,1"])
def test_a_percentage_that_never_says_of_how_many(home: Path, words: str) -> None:
    """Three of the sixty that another indicator counts; the others are shares of many."""
    made(home, people="count", share="proportion")
    rows = [f"people;{area};all;2024;{number};;\n" for area, number in PEOPLE.items()]
    rows += [
        f"share;{area};all;2024;{text};;\n" for area, text in {**SHARES, "gellerup": words}.items()
    ]
    put_out(home, "".join(rows))
    assert shown(home, "share") == {(area, "2024") for area in SHARES}
    assert shown(home, "people") == {(area, "2024") for area in PEOPLE}


@pytest.mark.parametrize("words", ["ca. 5,0", "4,9-5,1"])
def test_a_rough_percentage_of_nobody_who_is_counted_is_shown(home: Path, words: str) -> None:
    """No other indicator counts those that it is of."""
    made(home, share="proportion")
    rows = [
        f"share;{area};all;2024;{text};;\n" for area, text in {**SHARES, "gellerup": words}.items()
    ]
    put_out(home, "".join(rows))
    assert ("gellerup", "2024") in shown(home, "share")


@pytest.mark.parametrize("words", ["3,0", "ca. 3,0", "2,9-3,1"])
def test_an_index_of_a_hidden_number(home: Path, words: str) -> None:
    made(home, people="count", index="mean")
    numbers = dict(zip(range(2016, 2025), (100, 120, 140, 80, 60, 90, 130, 3, 110), strict=True))
    rows = [f"people;gellerup;all;{year};{number};;\n" for year, number in numbers.items()]
    rows += [
        f"index;gellerup;all;{year};{words if year == 2023 else f'{number},0'};;\n"
        for year, number in numbers.items()
    ]
    put_out(home, "".join(rows))
    assert ("gellerup", "2023") not in shown(home, "people")
    assert shown(home, "index") == {("gellerup", f"{year}") for year in numbers} - {
        ("gellerup", "2023")
    }
