"""Headings and sums within a table: reported once, with no error for each of their blank cells."""

import pytest

from tests.kpi.ingest.checked import Desk, codes, codes_of_cells, read, reported

HEAD = "nøgletal;område;periode;værdi\n"
RECIPE = (
    'source_id = "paper"\nindicator_id = "rate"\narea = "Kommune"\nperiod = "År"\nvalue = "Andel"\n'
)
ROWS = ("Aarhus;2021;51,5\n", "Odense;2021;41,5\n")


@pytest.mark.parametrize(
    "label",
    ["Region Midtjylland;;", "Region Midtjylland i alt;;102,0", "Region Fyn, total;;5", "Odense;;"],
)
def test_a_label_alone_is_reported_once(tiny: Desk, label: str) -> None:
    content = "Kommune;År;Andel\n" + f"{label}\n".join(["", *ROWS])
    checked = tiny.check(content, RECIPE)
    assert [(area, value) for area, _, _, value, _ in read(checked)] == [
        ("aarhus", 51.5), ("odense", 41.5),
    ]  # fmt: skip
    assert ("ignored_row", "warning", 2, "Kommune", None) in reported(checked)
    assert "2 rækker har kun en overskrift eller en sum" in " ".join(
        problem.message for problem in checked.problems
    )
    assert checked.publishable


def test_in_our_template_too(tiny: Desk) -> None:
    content = HEAD + "Kommuner;;;\n" + "".join(f"rate;{row}" for row in ROWS) + "I alt;;;93\n"
    assert codes_of_cells(tiny.check(content)) == ["ignored_row"]


def test_a_heading_that_is_no_place_is_reported_by_its_name(tiny: Desk) -> None:
    """`Nytilflyttere` over rows of towns may say of whom they are."""
    checked = tiny.check("Kommune;År;Andel\n" + "Nytilflyttere;;\n".join(["", *ROWS]), RECIPE)
    (problem,) = [problem for problem in checked.problems if problem.code == "head_words"]
    assert (problem.row, problem.value) == (2, "Nytilflyttere")
    assert problem.message.startswith("2 rækker har kun en overskrift")
    assert "»Nytilflyttere«" in problem.message
    assert checked.publishable


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("Aarhus;;51,5", "unknown_period"),  # a figure whose year is forgotten
        (";2021;51,5", "unknown_area"),
        (";;51,5", "unknown_area"),
        ("Nytby;2021;51,5", "unknown_area"),
    ],
)
def test_a_row_with_a_figure_is_no_label(tiny: Desk, row: str, code: str) -> None:
    checked = tiny.check("Kommune;År;Andel\n" + "".join(ROWS) + f"{row}\n", RECIPE)
    assert code in codes(checked)
    assert not checked.publishable


@pytest.mark.parametrize("label", ["Dansk", "Ikke-vestlige lande", "rate", "Ikke-vestlig baggrund"])
def test_a_heading_that_says_what_its_rows_are_of_is_not_ignored(tiny: Desk, label: str) -> None:
    checked = tiny.check("Kommune;År;Andel\n" + f"{label};;\n".join(["", *ROWS]), RECIPE)
    assert not checked.publishable
    assert "ignored_row" not in {
        problem.code for problem in checked.problems if problem.column == "Kommune"
    }
