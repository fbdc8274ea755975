"""Figures of what is retired or of an area out of its time are read, and reported once."""

from pathlib import Path

import pytest

from kpi.ingest.table.raw import Upload
from kpi.store.adding import add
from kpi.store.uploads import check_file, publish

pytestmark = pytest.mark.whole_check

HEAD = "nøgletal;område;gruppe;periode;værdi\n"
ENDS = {"area_id": "gellerup", "valid_from": "2020-07-01", "valid_to": "2024-06-30"}


def warnings(home: Path, *rows: str) -> list[tuple[str, str | None, str]]:
    checked = check_file(Upload("tal.csv", (HEAD + "\n".join(rows) + "\n").encode()), None, home)
    assert {problem.severity for problem in checked.problems} <= {"warning"}
    return [(problem.code, problem.value, problem.message) for problem in checked.problems]


@pytest.mark.parametrize(
    ("table", "row", "name"),
    [
        ("indicator", {"indicator_id": "hours", "retired": "2025-06-01"}, "Timer"),
        ("area", {"area_id": "odense", "retired": "2025-06-01"}, "Odense"),
        ("population_group", {"group_id": "danish", "retired": "2025-06-01"}, "Dansk baggrund"),
    ],
)
def test_a_retired_row_is_reported_once(
    spor: Path,
    table: str,
    row: dict[str, str],
    name: str,
) -> None:
    rows = ("hours;odense;danish;2024;30", "hours;odense;danish;2023;29")
    assert warnings(spor, *rows) == []
    add(table, [row], "Anna", spor)
    ((code, value, message),) = warnings(spor, *rows)
    assert (code, value) == ("retired", name)
    assert "udgik 1. juni 2025" in message


def test_figures_of_a_retired_row_are_published(spor: Path) -> None:
    add("area", [{"area_id": "odense", "retired": "2025-06-01"}], "Anna", spor)
    text = HEAD + "hours;odense;danish;2024;30\nhours;odense;danish;2023;29\n"
    done = publish(Upload("t.csv", text.encode()), None, "A", "N", spor)
    assert done.checked.new == 2
    assert done.batch_id is not None


# By period what is said of an area that began and ended; nothing where it was there.
OF_PERIODS = {
    "2020H1": "gælder fra 1. juli 2020, og 1 tal er for tidligere perioder",
    "2020M06D30": "tidligere", "2020M07D01": "", "2020": "", "2022": "", "2024": "",
    "2024M06D30": "", "2024M07D01": "gælder til 30. juni 2024, og 1 tal er for senere",
    "2025": "senere",
}  # fmt: skip


def test_an_area_out_of_its_time_is_reported(spor: Path) -> None:
    add("area", [ENDS], "Anna", spor)
    for period, message_part in OF_PERIODS.items():
        warned = warnings(spor, f"hours;gellerup;all;{period};30")
        expected = [("area_ended", "Gellerup")] if message_part else []
        assert [(code, value) for code, value, _ in warned] == expected, period
        assert all(message_part in message for *_, message in warned), period


def test_what_came_after_it_is_named(spor: Path) -> None:
    add("area", [{**ENDS, "succeeded_by": "Viby Syd"}], "Anna", spor)
    text = HEAD + "hours;gellerup;all;2025;30\n"
    (problem,) = check_file(Upload("tal.csv", text.encode()), None, spor).problems
    assert problem.hint.startswith("Området er afløst af Viby Syd")
