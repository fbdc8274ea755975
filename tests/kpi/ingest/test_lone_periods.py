"""A period typed wrong in one row, and figures of a series in another order than the published."""

import random

import pytest

from tests.kpi.ingest.checked import Desk, municipal_figures

RATE = "employment_rate"
SIX = ("aarhus", "odense", "aalborg", "randers", "esbjerg", "vejle")
YEARS = tuple(str(year) for year in range(2012, 2022))


def _messages(real: Desk, rows: list[tuple[str, str, float]], code: str, words: str) -> list[str]:
    lines = "".join(f"{RATE};{area};{year};{value}\n" for area, year, value in rows)
    checked = real.check(f"nøgletal;område;periode;værdi\n{lines}", decimal="point")
    return [p.message for p in checked.problems if p.code == code and words in p.message]


@pytest.mark.parametrize(
    ("years", "names"),
    [
        ({}, []), ({"odense": "2021"}, ["Odense"]), ({"odense": "2015"}, ["Odense"]),
        ({"odense": "2021", "vejle": "2020"}, []),  # too few are of one period to say
        ({"odense": "2040"}, []),  # nothing is published of it: future_period
    ],
)  # fmt: skip
def test_a_row_of_a_period_of_its_own(real: Desk, years: dict[str, str], names: list[str]) -> None:
    before = municipal_figures(real, RATE, "all", "2021")
    rows = [(area, years.get(area, "2030"), round(before[area] + 0.3, 1)) for area in SIX]
    messages = _messages(real, rows, "fewer_areas", "har intet tal for")
    assert [message.split(": ")[1].split(" har")[0] for message in messages] == names


def test_areas_that_have_the_usual_period_too_are_corrected(real: Desk) -> None:
    before = municipal_figures(real, RATE, "all", "2021")
    rows = [(area, "2030", round(before[area] + 0.3, 1)) for area in SIX]
    rows.append(("odense", "2021", round(before["odense"] + 0.1, 1)))
    assert not _messages(real, rows, "fewer_areas", "har intet tal for")


def test_a_series_in_another_order(real: Desk) -> None:
    own = [municipal_figures(real, RATE, "all", year)["aarhus"] for year in YEARS]
    for values, is_asked in (
        (own[::-1], True), ([*own[5:], *own[:5]], True), (own, False),
        ([*own[:-1], own[0]], False),  # a single one
    ):  # fmt: skip
        rows = [("aarhus", year, value) for year, value in zip(YEARS, values, strict=True)]
        assert bool(_messages(real, rows, "swapped", "andre perioder")) is is_asked


def test_revised_series_are_not_in_another_order(real: Desk) -> None:
    """Of all municipalities, by one to three of the last digit: many are another year's figure."""
    chance = random.Random(5)
    rows = [
        (area, year, round(value + chance.choice((-3, -2, -1, 1, 2, 3)) / 10, 1))
        for year in YEARS
        for area, value in municipal_figures(real, RATE, "all", year).items()
    ]
    assert not _messages(real, rows, "swapped", "andre perioder")
