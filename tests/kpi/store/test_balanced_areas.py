"""What a municipality's number says of some of its areas, in another indicator, tells none."""

import random
from pathlib import Path

import pytest

from kpi.store import open_store
from tests.kpi.store.test_implied_elsewhere import made, put_out

pytestmark = pytest.mark.second_look

YEARS = range(2018, 2025)


def test_each_area_is_an_indicator_of_its_own(home: Path) -> None:
    chance = random.Random(15)
    made(home, few="count", others="count", both="count")
    rows = ""
    for year in YEARS:
        few, others = chance.randint(8, 20), chance.randint(50, 70)
        if year == YEARS[-1]:
            few = 3
        rows += f"few;gellerup;all;{year};{few};;\nothers;viby_syd;all;{year};{others};;\n"
        rows += f"both;aarhus;all;{year};{few + others};;\n"
    put_out(home, rows)
    store = open_store(home)
    hidden = {row.indicator_id for row in store.series(["few", "others", "both"])
              if row.value is None}  # fmt: skip
    store.close()
    assert len(hidden) == 2


@pytest.mark.parametrize("off", [0, 9])
def test_what_some_areas_of_one_indicator_come_to(home: Path, off: int) -> None:
    """60 in two areas together, beside 57 in one of them; and once more the one by itself."""
    chance = random.Random(16)
    made(home, people="count", both="count", second="count")
    rows = ""
    for year in YEARS:
        few, others = chance.randint(8, 20), chance.randint(50, 70)
        if year == YEARS[-1]:
            few, others = 3, 57
        numbers = {
            ("people", "gellerup"): few, ("people", "viby_syd"): others,
            ("people", "tilst"): chance.randint(200, 300),
            # Most live elsewhere.
            ("people", "aarhus"): chance.randint(900, 1_000),
            ("both", "aarhus"): few + others + off * chance.randint(0, 5),
            ("second", "aarhus"): others + off * chance.randint(0, 5),
        }  # fmt: skip
        rows += "".join(f"{each};{area};all;{year};{n};;\n" for (each, area), n in numbers.items())
    put_out(home, rows)
    store = open_store(home)
    hidden = {
        (row.indicator_id, row.area_id)
        for row in store.series(["people", "both", "second"])
        if row.value is None and row.period.text == str(YEARS[-1])
    }
    store.close()
    assert ("people", "gellerup") in hidden
    is_disclosed = not hidden & {("both", "aarhus"), ("second", "aarhus")}
    assert is_disclosed == bool(off)
    # The municipality itself is shown.
    assert ("people", "aarhus") not in hidden
