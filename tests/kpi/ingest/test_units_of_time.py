"""Figures in weeks, months or days: the file's unit is compared with the indicator's own."""

import pytest

from kpi.store import init
from tests.kpi.data_folder import append, write_tiny
from tests.kpi.ingest.checked import Desk, codes
from tests.tables import for_each
from tests.tiers import in_turn


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


# In the head, over the table, in a column.
FILES = (
    "Kommune;År;Varighed ({unit})\nAarhus;2024;12,5\nOdense;2024;11,5\n",
    "Enhed: {unit}\nKommune;År;Varighed\nAarhus;2024;12,5\nOdense;2024;11,5\n",
    "Kommune;År;Varighed;Enhed\nAarhus;2024;12,5;{unit}\nOdense;2024;11,5;{unit}\n",
)
UNITS = [
    ("måneder", False), ("Måneder", False), ("mdr.", False), ("uger", True), ("Uger", True),
    ("dage", True), ("minutter", True), ("kr.", True), ("procent", True), ("gange", False),
]  # fmt: skip


@for_each(("number", "unit", "is_other"), [(number, *case) for number, case in enumerate(UNITS)])
def test_a_unit_of_time_is_the_indicators(
    months: Desk, number: int, unit: str, is_other: bool
) -> None:
    for file in in_turn(FILES, number):
        said = codes(months.check(file.format(unit=unit), indicator_id="length"))
        assert ("unit_mismatch" in said) is is_other, (file, said)
