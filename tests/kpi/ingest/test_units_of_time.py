"""Figures in weeks, months or days: the file's unit is compared with the indicator's own."""

import pytest

from kpi.store import init
from tests.kpi.data_folder import append, write_tiny
from tests.kpi.ingest.checked import Desk, codes
from tests.tables import for_each


@pytest.fixture(scope="module")
def months(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A mean in months."""
    folder = tmp_path_factory.mktemp("months")
    data = write_tiny(folder / "data", "rate,aarhus,all,2022,70.0,,,final")
    append(
        data,
        "indicator.csv",
        "length,work,Gennemsnitlig varighed,Varighed,mean,months,lower_is_better,1,0,all,Varighed,",
    )
    init(folder / "home", data)
    return Desk.of(folder / "home")


@for_each(
    ("unit", "is_other"),
    [
        ("måneder", False), ("Måneder", False), ("mdr.", False), ("uger", True), ("Uger", True),
        ("dage", True), ("minutter", True), ("kr.", True), ("procent", True), ("gange", False),
    ],
)  # fmt: skip
def test_a_unit_of_time_is_the_indicators(months: Desk, unit: str, is_other: bool) -> None:
    rows = "Aarhus;2024;12,5\nOdense;2024;11,5\n"
    files = {
        "in the head": f"Kommune;År;Varighed ({unit})\n{rows}",
        "over the table": f"Enhed: {unit}\nKommune;År;Varighed\n{rows}",
        "in a column": "Kommune;År;Varighed;Enhed\n" + rows.replace("\n", f";{unit}\n"),
    }
    for where, content in files.items():
        said = codes(months.check(content, indicator_id="length"))
        assert ("unit_mismatch" in said) is is_other, (unit, where, said)
