"""What was hidden stays hidden: nothing that comes later shows it again."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from kpi.store import init, open_store
from kpi.store.adding import add
from tests.kpi.store.test_implied_elsewhere import made, put_out

AREAS = ("gellerup", "viby_syd", "tilst")
# 3 of 60 have a job in Gellerup.
PEOPLE = {2022: (40, 50, 61), 2023: (47, 55, 66), 2024: (60, 50, 70)}
IN_JOB = {2022: (11, 23, 18), 2023: (13, 21, 20), 2024: (3, 20, 17)}


def _hidden(home: Path, indicator_id: str) -> set[str]:
    store = open_store(home)
    rows = [row for row in store.series([indicator_id]) if row.period.text == "2024"]
    store.close()
    return {row.area_id for row in rows if row.value is None}


def _figures(indicator_id: str, years: Mapping[int, tuple[float, ...]]) -> str:
    return "".join(
        f"{indicator_id};{area_id};all;{year};{str(number).replace('.', ',')};;\n"
        for year, numbers in years.items()
        for area_id, number in zip(AREAS, numbers, strict=True)
    )


def _shares() -> dict[int, tuple[float, ...]]:
    return {
        year: tuple(round(100 * part / of, 1) for part, of in zip(IN_JOB[year], every, strict=True))
        for year, every in PEOPLE.items()
    }


@pytest.mark.soak
def test_figures_that_speak_against_what_a_share_is_of_show_nothing_again(
    home: Path, plan_folder: Path
) -> None:
    """In all years of the first file it is of the people; in those of a later one of others."""
    made(home, people="count", job="count", share="proportion")
    put_out(home, _figures("people", PEOPLE) + _figures("job", IN_JOB))
    put_out(home, _figures("share", _shares()))
    assert "gellerup" in _hidden(home, "share")
    years = range(2008, 2022)
    earlier = {year: (60.0 + year % 7, 71.0 + year % 5, 80.0 + year % 3) for year in years}
    others = {year: (33.1 + year % 4, 41.7 - year % 6, 55.3 + year % 8) for year in years}
    before = _hidden(home, "share")
    put_out(home, _figures("people", earlier) + _figures("job", earlier))
    put_out(home, _figures("share", others))
    assert _hidden(home, "share") >= before
    init(home, plan_folder)
    assert _hidden(home, "share") >= before


@pytest.mark.parametrize(
    ("school", "into"), [("school_a", "gellerup"), ("school_a", "viby_syd"), ("school_b", "tilst")]
)
def test_an_area_that_is_moved_shows_no_guard_again(school: str, into: str, home: Path) -> None:
    """Aarhus is two programme areas and two schools; one of these then lies in such an area."""
    schools = ("school_a", "school_b")
    of_aarhus = [
        {"area_id": area_id, "name": f"Skolen {area_id[-1]}", "level": "school",
         "parent_id": "aarhus"}
        for area_id in schools
    ]  # fmt: skip
    add("area", of_aarhus, "Ida", home)
    made(home, people="count")
    places = ("gellerup", "viby_syd", *schools, "aarhus")
    years = {2023: (31, 42, 27, 25), 2024: (3, 20, 17, 21)}
    rows = [
        f"people;{place};all;{year};{number};;\n"
        for year, numbers in years.items()
        for place, number in zip(places, (*numbers, sum(numbers)), strict=True)
    ]
    put_out(home, "".join(rows))
    before = _hidden(home, "people")
    assert "gellerup" in before
    assert len(before) > 1
    add("area", [{"area_id": school, "parent_id": into}], "Ida", home)
    assert _hidden(home, "people") >= before
    put_out(home, "people;aarhus;all;2025;140;;\n")
    assert _hidden(home, "people") >= before


def test_a_number_that_is_mended_at_once_shows_no_guard_again(home: Path) -> None:
    """It stands on no day, but its guard would say that it had been small."""
    made(home, people="count")
    rows = "people;aarhus;all;2024;40;;\n" + _figures("people", {2024: (3, 20, 17)})
    put_out(home, rows)
    before = _hidden(home, "people")
    put_out(home, "people;aarhus;all;2024;50;;\npeople;gellerup;all;2024;13;;\n")
    assert _hidden(home, "people") == before - {"gellerup"}
