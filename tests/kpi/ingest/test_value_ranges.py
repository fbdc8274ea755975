"""A range in a cell of values: both ends are read."""

from pathlib import Path

import pytest

from kpi.ingest.mapping.choices import Choices
from kpi.ingest.table.raw import Upload
from kpi.store import open_store
from kpi.store.uploads import publish
from tests.kpi.ingest.checked import Desk, codes, reported

HEAD = "nøgletal;område;periode;værdi\n"


@pytest.mark.parametrize(
    "cell", ["2-3", "2–3", " 2 - 3 ", "2 til 3", "2,5-3,5", "40-50 %", "40-50 pct."]
)
def test_a_range_is_read(tiny: Desk, cell: str) -> None:
    checked = tiny.check(HEAD + f"rate;Aarhus;2021;{cell}\nrate;Odense;2021;41,5\n")
    assert [(change.new, change.new_status) for change in checked.changes] == [
        (None, "range"), (41.5, "final"),
    ]  # fmt: skip
    assert ("approximate", "warning", 2, "værdi", cell) in reported(checked)
    assert checked.publishable


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("3-2", "out_of_range"),  # turned
        ("2-2", "out_of_range"),
        ("1-2-3", "not_a_number"),
        ("-2-3", "not_a_number"),
        ("2-x", "not_a_number"),
        ("01-02", "not_a_number"),  # a day, maybe
        ("2-3-2025", "not_a_number"),
        ("150-160", "out_of_range"),  # no percentage
    ],
)
def test_what_is_no_range_is_an_error(tiny: Desk, cell: str, code: str) -> None:
    checked = tiny.check(HEAD + f"rate;Aarhus;2021;{cell}\nrate;Odense;2021;41,5\n")
    assert {problem.code for problem in checked.problems if problem.severity == "error"} == {code}
    assert {problem.value for problem in checked.problems if problem.severity == "error"} == {cell}


def test_columns_of_limits_say_what_is_a_range(tiny: Desk) -> None:
    head = "nøgletal;område;periode;værdi;lav;høj\n"
    assert codes(tiny.check(head + "rate;Aarhus;2021;2-3;;\n")) == ["not_a_number"]


def test_rows_that_are_not_used_have_no_ranges(tiny: Desk) -> None:
    recipe = (
        'source_id = "paper"\nindicator_id = "rate"\narea = "Sted"\nperiod = "År"\n'
        'value = "Tal"\n[keep]\nSlags = "a"\n'
    )
    content = "Sted;År;Slags;Tal\nAarhus;2021;a;50,5\nAarhus;2021;b;2-3\n"
    checked = tiny.check(content, recipe)
    assert [change.new for change in checked.changes] == [50.5]
    assert "approximate" not in codes(checked)


def test_what_is_published_has_both_ends(home: Path) -> None:
    content = HEAD + "".join(
        f"childcare_wait_months;{cells}\n" for cells in ("Odense;2021;2-3", "Vejle;2021;4,5")
    )
    publish(Upload("ventetid.csv", content.encode()), Choices(), "Mette", "Prøve", home)
    store = open_store(home)
    try:
        rows = {
            row.area_id: (row.value, row.low, row.high, row.status, row.as_published)
            for row in store.newest(["childcare_wait_months"], ["odense", "vejle"], [])
        }
    finally:
        store.close()
    assert rows == {
        "odense": (None, 2.0, 3.0, "range", None), "vejle": (4.5, None, None, "final", None),
    }  # fmt: skip
