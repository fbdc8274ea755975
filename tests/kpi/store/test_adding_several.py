"""Rows that are added together: they lie in each other, follow each other and name each other."""

from pathlib import Path

import pytest

from kpi.domain.errors import KpiError
from kpi.store.adding import add, check_additions
from kpi.views.addition_lines import addition_lines
from tests.kpi.store.test_adding import HOUSING, catalog_of


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ({"parent_id": "r"}, {"parent_id": "q"}, "Boligområde kan ikke høre under boligområde"),
        ({"succeeded_by": "r"}, {"succeeded_by": "q"}, "afløser hinanden i ring"),
        ({"level": "Sogn", "parent_id": "r"}, {"parent_id": "q"}, "kan ikke høre under"),
    ],
)
def test_areas_of_one_file_are_no_ring(
    spor: Path, first: dict[str, str], second: dict[str, str], message: str
) -> None:
    complete = {**HOUSING, "valid_to": "2024-12-31"}
    rows = [{**complete, "area_id": "q", "name": "Q", **first},
            {**complete, "area_id": "r", "name": "R", **second}]  # fmt: skip
    with pytest.raises(KpiError, match=message):
        add("area", rows, "Anna", spor)


@pytest.mark.parametrize(
    ("after", "is_refused"),
    [
        ({"level": "Skole"}, True), ({"level": "Sogn"}, False), ({"level": "Programområde"}, False),
        ({"valid_to": "2024-12-30"}, True), ({"valid_to": "2024-12-31"}, True),
        ({"valid_to": "2025-01-01"}, False),
    ],
)  # fmt: skip
def test_what_follows_an_area_is_no_smaller_and_lasts_longer(
    spor: Path, after: dict[str, str], is_refused: bool
) -> None:
    rows = [{**HOUSING, "name": "Ny", "area_id": "ny", **after},
            {**HOUSING, "name": "Gl", "valid_to": "2024-12-31", "succeeded_by": "ny"}]  # fmt: skip
    if is_refused:
        with pytest.raises(KpiError, match=r"kan ikke afløse|gælder kun til 3[01]\. december 2024"):
            check_additions("area", rows, spor)
    else:
        assert len(check_additions("area", rows, spor)) == 2


def test_areas_of_one_file_may_lie_in_each_other(spor: Path) -> None:
    rows = [{"name": "Sognet", "level": "Sogn", "parent_id": "aarhus", "area_id": "sogn"},
            {"name": "Vest", "level": "Boligområde", "parent_id": "aarhus", "area_id": "vest",
             "valid_to": "2024-12-31", "succeeded_by": "sogn"}]  # fmt: skip
    assert add("area", rows, "Anna", spor).rows == 2


def test_rows_of_one_file_name_each_other(spor: Path) -> None:
    rows = [{"name": "Nyskolen", "level": "Skole", "parent_id": "Nybyen"},
            {"name": "Nybyen", "level": "Boligområde", "parent_id": "Aarhus", "aliases": "Ny By"},
            {"name": "Gammelby", "level": "Boligområde", "parent_id": "Aarhus",
             "valid_to": "31.12.2024", "succeeded_by": "ny by;Odense"}]  # fmt: skip
    changes = check_additions("area", rows, spor)
    assert [change.row["parent_id"] for change in changes] == ["nybyen", "aarhus", "aarhus"]
    assert changes[2].row["succeeded_by"] == "nybyen;odense"
    assert "hører under: Nybyen" in addition_lines(changes, catalog_of(spor))[0].after
    (change, _) = check_additions("population_group", [
        {"name": "0-9 år", "part_of": "Børn: alder"}, {"name": "Børn"},
    ], spor)  # fmt: skip
    assert change.row["part_of"] == "boern:alder"


@pytest.mark.parametrize("between", [", ", " og ", "/"])
def test_several_names_in_one_cell_are_parted_by_semicolons(spor: Path, between: str) -> None:
    rows = [{**HOUSING, "name": "Gl", "valid_to": "2024-12-31",
             "succeeded_by": between.join(("Aarhus", "Odense"))}]  # fmt: skip
    with pytest.raises(KpiError, match="Skriv semikolon mellem navnene: Aarhus; Odense"):
        check_additions("area", rows, spor)
