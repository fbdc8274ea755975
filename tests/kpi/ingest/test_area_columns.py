"""Tables with areas as columns."""

import pytest

from kpi.ingest.area_columns import turning_areas
from tests.kpi.ingest.checked import Desk, read, told

OBSERVED = [
    ("aarhus", "2023", 51.5), ("odense", "2023", 41.5), ("aarhus", "2024", 52.5),
    ("odense", "2024", 42.5),
]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "indicator_id"),
    [
        ("År;Aarhus;Odense\n2023;51,5;41,5\n2024;52,5;42,5\n", "rate"),
        ("År;Aarhus Kommune;461 Odense\n2023;51,5;41,5\n2024;52,5;42,5\n", "rate"),
        ("nøgletal;periode;Aarhus;Odense\nrate;2023;51,5;41,5\nrate;2024;52,5;42,5\n", None),
        ("År,Aarhus,Odense\n2023,51.5,41.5\n2024,52.5,42.5\n", "rate"),
    ],
)
def test_areas_as_columns_are_rows(tiny: Desk, content: str, indicator_id: str | None) -> None:
    checked = tiny.check(content, indicator_id=indicator_id)
    assert [(area, period, value) for area, _, period, value, _ in read(checked)] == OBSERVED
    assert checked.publishable


def test_another_column_of_figures_beside_areas_is_told(tiny: Desk) -> None:
    content = "År;Aarhus;Odense;Gennemsnit\n2023;51,5;41,5;46,5\n2024;52,5;42,5;47,5\n"
    checked = tiny.check(content, indicator_id="rate")
    assert len(read(checked)) == 4
    assert ("unused_column", "warning", None, "Gennemsnit", None) in told(checked)


def test_a_fault_is_found_under_its_area(tiny: Desk) -> None:
    checked = tiny.check("År;Aarhus;Odense\n2023;51,5;fejl\n2024;52,5;42,5\n", indicator_id="rate")
    (wrong,) = [problem for problem in checked.problems if problem.code == "not_a_number"]
    assert wrong.row == 2
    assert "»Odense«" in wrong.message


@pytest.mark.parametrize(
    "columns",
    [
        ("Kommune", "År", "Aarhus", "Odense"), ("År", "Aarhus", "Andel"),
        ("Navn", "Aarhus", "Odense"), ("År", "751", "461"),
    ],
)  # fmt: skip
def test_other_tables_stand(columns: tuple[str, ...]) -> None:
    row = tuple("2024" if name == "År" else "x" if name == "Navn" else "5" for name in columns)
    areas = {"aarhus", "odense", "751", "461"}
    assert turning_areas(columns, [row], lambda name: name.casefold() in areas) is None
