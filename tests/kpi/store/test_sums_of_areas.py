"""An area's number follows by more ways than from its parent: region, level, former place."""

from pathlib import Path

import duckdb

from kpi.ingest.table.raw import Upload
from kpi.store import current_version, version_path
from kpi.store.adding import add
from kpi.store.uploads import publish

NORTH = {
    "Brønderslev": 12, "Frederikshavn": 13, "Hjørring": 14, "Jammerbugt": 15, "Læsø": 3,
    "Mariagerfjord": 16, "Morsø": 17, "Rebild": 18, "Thisted": 19, "Vesthimmerlands": 20,
    "Aalborg": 21,
}  # fmt: skip
OTHER_REGIONS = {
    "Region Hovedstaden": 400, "Region Sjælland": 200, "Region Syddanmark": 150,
    "Region Midtjylland": 82,
}  # fmt: skip


def hidden_after(home: Path, numbers: dict[str, int]) -> set[str]:
    """The names of the areas whose number is hidden once these are published."""
    rows = [f"nsk_cases;{area};Alle;2027;{number}" for area, number in numbers.items()]
    text = "\n".join(["nøgletal;område;gruppe;periode;værdi", *rows, ""])
    assert publish(Upload("a.csv", text.encode()), None, "Ida", "Tal", home).batch_id is not None
    return hidden(home)


def hidden(home: Path) -> set[str]:
    with duckdb.connect(
        str(version_path(home, current_version(home))), read_only=True
    ) as connection:
        rows = connection.execute(
            """
            SELECT name FROM current_observation JOIN area USING (area_id)
            WHERE indicator_id = 'nsk_cases' AND period = '2027' AND is_hidden
            """
        ).fetchall()
    return {name for (name,) in rows}


def test_the_municipalities_of_a_region_make_it_up(home: Path) -> None:
    areas = hidden_after(home, {**NORTH, "Region Nordjylland": sum(NORTH.values())})
    assert "Læsø" in areas
    assert len(areas) > 1


def test_a_level_without_numbers_is_passed(home: Path) -> None:
    total = sum(NORTH.values()) + sum(OTHER_REGIONS.values())
    areas = hidden_after(home, {**NORTH, **OTHER_REGIONS, "Hele landet": total})
    assert "Læsø" in areas
    assert len(areas) > 1


def test_areas_of_several_levels_make_up_their_total(home: Path) -> None:
    """The country less a region and one of two municipalities leaves the other."""
    numbers = {"Hele landet": 975, "Region Nordjylland": 915, "Aarhus": 3, "Odense": 57}
    areas = hidden_after(home, numbers)
    assert "Aarhus" in areas
    assert len(areas) > 1


def test_an_area_that_is_moved_still_lay_where_it_lay(home: Path) -> None:
    numbers = {"Hele landet": 42, "Aarhus": 39, "Odense": 3}
    assert hidden_after(home, numbers) == {"Aarhus", "Odense"}
    moved = {
        "area_id": "odense", "name": "Odense", "level": "municipality",
        "parent_id": "region_syddanmark", "code": "461",
    }  # fmt: skip
    assert add("area", [moved], "Ida", home=home).entry_id is not None
    assert hidden(home) >= {"Aarhus", "Odense"}
