"""Columns that say in words what others say in codes, as OECD has them."""

import pytest

from tests.kpi.ingest.checked import Desk, codes


@pytest.mark.parametrize(
    ("name", "labels", "severity"),
    [
        ("Observation status", ("Normal", "Foreløbigt", "Normal"), "warning"),
        ("Observation status", ("Normal", "Foreløbigt", "Foreløbigt"), "error"),  # of its own
        ("Status 2", ("a", "b", "c"), "error"),  # three words for two
        ("Type", ("x", "y", "x"), "error"),  # as chance may have it
    ],
)
def test_a_status_in_other_words_is_no_distinction(
    real: Desk, name: str, labels: tuple[str, str, str], severity: str
) -> None:
    rows = zip((2022, 2023, 2024), ("A", "P", "A"), labels, strict=True)
    content = f"REF_AREA;TIME_PERIOD;OBS_VALUE;OBS_STATUS;{name}\n" + "".join(
        f"751;{year};74,{year % 10};{status};{label}\n" for year, status, label in rows
    )
    checked = real.check(content, indicator_id="employment_rate")
    of_column = [problem for problem in checked.problems if problem.column == name]
    assert {problem.severity for problem in of_column} == {severity}


def test_two_columns_of_one_name_but_for_its_letters(tiny: Desk) -> None:
    file = "REF_AREA,MEASURE,Measure,TIME_PERIOD,OBS_VALUE\nAarhus,RT,Rate,2024,51.5\n"
    checked = tiny.check(file, indicator_id="rate")
    assert checked.publishable
    assert "recipe_mismatch" not in codes(checked)
