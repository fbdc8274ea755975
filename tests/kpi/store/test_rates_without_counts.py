"""Means and shares without counts: what they are of stands in another indicator, or follows."""

from pathlib import Path

from kpi.store import open_store
from tests.kpi.store.test_implied_elsewhere import made, put_out, shown

Numbers = dict[str, dict[str, str]]
# All of three quarters, and of the city.
AREAS = ("gellerup", "viby_syd", "tilst", "aarhus")
PEOPLE = dict(zip(AREAS, ("60", "45", "80", "185"), strict=True))


def areas_shown(home: Path, numbers: Numbers) -> dict[str, list[str]]:
    """The areas of which each indicator is shown, once all is published."""
    put_out(
        home,
        "".join(
            f"{indicator_id};{area_id};all;2024;{number};;\n"
            for indicator_id, of_areas in numbers.items()
            for area_id, number in of_areas.items()
        ),
    )
    store = open_store(home)
    there = {
        (row.indicator_id, row.area_id) for row in store.series([*numbers]) if row.value is not None
    }
    store.close()
    return {
        indicator_id: [each for each in of_areas if (indicator_id, each) in there]
        for indicator_id, of_areas in numbers.items()
    }


def test_a_mean_of_so_many_is_a_hidden_number(home: Path) -> None:
    """0,2 of 15 persons are the three cases that another indicator hides."""
    made(home, people="count", cases="count", marks="mean")
    numbers: Numbers = {
        "people": dict(zip(AREAS, ("15", "45", "80", "140"), strict=True)),
        "cases": dict(zip(AREAS, ("3", "90", "40", "133"), strict=True)),
        "marks": {"gellerup": "0,2", "viby_syd": "2,0", "tilst": "0,5"},
    }
    areas = areas_shown(home, numbers)
    assert "gellerup" not in areas["cases"]
    assert areas["cases"] == areas["marks"] + ["aarhus"] == ["tilst", "aarhus"]
    assert areas["people"] == [*AREAS]


def test_a_mean_of_few_is_hidden_with_them(home: Path) -> None:
    """1,5 for each person is three of two, or six of four."""
    made(home, people="count", marks="mean")
    numbers: Numbers = {
        "people": dict(zip(AREAS, ("2", "7", "80", "89"), strict=True)),
        "marks": dict(zip(AREAS, ("1,50", "2,29", "1,26", "1,35"), strict=True)),
    }
    assert "gellerup" not in areas_shown(home, numbers)["marks"]


def test_a_mean_that_no_whole_number_has_for_its_sum_is_of_others(home: Path) -> None:
    made(home, people="count", marks="mean")
    numbers: Numbers = {
        "people": dict(zip(AREAS, ("2", "7", "80", "89"), strict=True)),
        "marks": dict(zip(AREAS, ("7,33", "6,90", "7,11", "7,07"), strict=True)),
    }
    assert areas_shown(home, numbers)["marks"] == [*AREAS]


def test_a_share_of_a_share(home: Path) -> None:
    """10,0 % of the 50,0 % of 60 are three, and no row says of how many either is."""
    made(home, people="count", share="proportion", of_those="proportion")
    numbers: Numbers = {
        "people": PEOPLE,
        "share": dict(zip(AREAS, ("50,0", "40,0", "25,0", "36,8"), strict=True)),
        "of_those": dict(zip(AREAS, ("10,0", "44,4", "55,0", "32,4"), strict=True)),
    }
    areas = areas_shown(home, numbers)
    assert "gellerup" not in areas["of_those"]
    assert areas["people"] == [*AREAS]


def test_a_share_of_all_is_none_of_a_share(home: Path) -> None:
    made(home, people="count", share="proportion", of_those="proportion")
    numbers: Numbers = {
        "people": PEOPLE,
        "share": dict(zip(AREAS, ("50,0", "40,0", "25,0", "36,8"), strict=True)),
        "of_those": dict(zip(AREAS, ("18,3", "24,4", "61,2", "38,4"), strict=True)),
    }
    assert areas_shown(home, numbers)["of_those"] == [*AREAS]


def test_a_share_at_one_place_that_is_of_no_published_number(home: Path) -> None:
    """50 % of those who are 55 % of 11: three of six. Of eleven it is none."""
    made(home, share="proportion", of_those="proportion")
    put_out(home, "share;gellerup;all;2024;55;;11\nof_those;gellerup;all;2024;50,0;;\n")
    assert ("of_those", "all") not in shown(home, "share", "of_those")
