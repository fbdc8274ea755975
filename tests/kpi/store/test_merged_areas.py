"""What was hidden stays hidden when areas of several levels are merged and a later year comes."""

from itertools import product
from pathlib import Path
from random import Random

import pytest

from kpi.ingest.table.raw import Upload
from kpi.store import open_store
from kpi.store.adding import add
from kpi.store.uploads import publish
from tests.tiers import some

pytestmark = pytest.mark.second_look

HEAD = "nøgletal;område;periode;værdi\n"
PARTS = ("gellerup", "viby_syd", "sogn_a", "sogn_b")
BORDERS = {"valid_to": "2024-12-31", "succeeded_by": "nyt"}


def _put_out(home: Path, numbers: dict[str, dict[str, int]]) -> None:
    rows = [
        f"persons;{area_id};{year};{number}"
        for year, of_year in numbers.items() for area_id, number in of_year.items()
    ]  # fmt: skip
    text = HEAD + "\n".join(rows) + "\n"
    assert publish(Upload("t.csv", text.encode()), None, "Ida", "x", home).batch_id


def _hidden(home: Path) -> set[str]:
    store = open_store(home)
    rows = [row for row in store.series(["persons"]) if row.period.text == "2024"]
    store.close()
    return {row.area_id for row in rows if row.value is None}


@pytest.mark.parametrize("seed", some(range(6), 2))
@pytest.mark.parametrize("level", ["parish", "programme_area"])
def test_merged_areas_of_several_levels(seed: int, level: str, spor: Path) -> None:
    """Which are merged, and which is small, is drawn: two programme areas and two parishes."""
    chance = Random(f"{seed} {level}")
    names = [
        {"area_id": area_id, "name": f"Sogn {area_id[-1]}", "level": "parish",
         "parent_id": "aarhus"}
        for area_id in ("sogn_a", "sogn_b")
    ]  # fmt: skip
    add("area", names, "Ida", spor)
    small = chance.choice(PARTS)
    years: dict[str, dict[str, int]] = {}
    for year, area_id in product(("2023", "2024"), PARTS):
        is_small = (year, area_id) == ("2024", small)
        years.setdefault(year, {})[area_id] = 3 if is_small else chance.randint(11, 40)
    for of_year in years.values():
        of_year["aarhus"] = sum(of_year.values())
    _put_out(spor, years)
    before = _hidden(spor)
    assert small in before
    assert len(before) > 1
    merged = chance.sample(PARTS, 2)
    new = {"area_id": "nyt", "name": "Det nye", "level": level, "parent_id": "aarhus"}
    add("area", [new], "Ida", spor)
    add("area", [{"area_id": area_id} | BORDERS for area_id in merged], "Ida", spor)
    later = {
        area_id: chance.randint(11, 40) for area_id in (*PARTS, "nyt") if area_id not in merged
    }
    _put_out(spor, {"2025": later | {"aarhus": sum(later.values())}})
    after = _hidden(spor)
    assert small in after
    assert len(after) > 1
