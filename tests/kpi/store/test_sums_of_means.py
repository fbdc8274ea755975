"""What all of a mean have together is another indicator's number: no hidden one follows from it."""

from pathlib import Path

import pytest

from kpi.ingest.mapping.choices import Choices
from kpi.ingest.table.raw import Upload
from kpi.store import open_store
from kpi.store.uploads import publish
from tests.kpi.store.test_implied_elsewhere import HEAD, made

# Cases for each person: three for the fifteen of Gellerup are hidden among the cases.
MEANS = {
    "gellerup": (3, 15), "viby_syd": (40, 40), "tilst": (30, 60), "aarhus": (73, 115),
    "odense": (70, 115),
}  # fmt: skip


def mean_row(area: str, form: str) -> str:
    cases, persons = MEANS[area]
    value = f"{cases / persons:.1f}".replace(".", ",")
    return f"marks;{area};all;2024;" + form.format(value, cases, persons) + "\n"


def hidden(home: Path, rows: str) -> set[tuple[str, str]]:
    """The indicators and areas whose figure is hidden."""
    made(home, people="count", marks="mean")
    upload = Upload("a.csv", (HEAD + rows).encode())
    assert publish(upload, Choices(scale=1.0), "Ida", "x", home).batch_id
    store = open_store(home)
    figures = store.series(["people", "marks"])
    store.close()
    return {(row.indicator_id, row.area_id) for row in figures if row.value is None}


# With both numbers, the sum alone, or of how many alone: 0,2 of 15 are three.
@pytest.mark.parametrize("form", ["{0};{1};{2}", "{0};{1};", "{0};;{2}"])
def test_a_mean_whose_sum_is_a_hidden_number(home: Path, form: str) -> None:
    rows = "".join(mean_row(area, form) for area in MEANS)
    rows += "".join(f"people;{area};all;2024;{cases};;\n" for area, (cases, _) in MEANS.items())
    assert hidden(home, rows) == {
        (each, area) for each in ("people", "marks") for area in ("gellerup", "viby_syd")
    }


def test_a_mean_that_is_rounded_to_nothing(home: Path) -> None:
    """Of how many 0,0 is nobody can tell, but its three cases are in the row."""
    rows = "".join(mean_row(area, "{0};{1};") for area in ("tilst", "odense"))
    rows += "marks;randers;all;2024;0,0;3;\npeople;randers;all;2024;3;;\n"
    rows += "people;tilst;all;2024;30;;\npeople;odense;all;2024;70;;\n"
    assert hidden(home, rows) == {("people", "randers"), ("marks", "randers")}


def test_sums_of_means_that_leave_a_hidden_number(home: Path) -> None:
    """Of the 73 cases of Aarhus 40 and 30 are in two areas: three are in the third."""
    form = "{0};{1};{2}"
    rows = "".join(mean_row(area, form) for area in MEANS if area != "gellerup")
    rows += "people;gellerup;all;2024;3;;\npeople;odense;all;2024;70;;\n"
    result = hidden(home, rows)
    assert ("people", "gellerup") in result
    # One of the two would leave the other's sum.
    assert {("marks", "tilst"), ("marks", "viby_syd"), ("marks", "aarhus")} & result
    assert ("marks", "odense") not in result


def test_a_mean_of_other_things_is_shown(home: Path) -> None:
    """Where the sums are the same nowhere, that one is three as well is chance."""
    rows = "".join(mean_row(area, "{0};{1};{2}") for area in MEANS)
    rows += "people;gellerup;all;2024;3;;\npeople;odense;all;2024;71;;\n"
    rows += "people;tilst;all;2024;29;;\n"
    assert hidden(home, rows) == {("people", "gellerup")}
