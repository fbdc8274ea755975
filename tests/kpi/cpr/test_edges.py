"""A number cut at its dash, among words and in thousands under a head; figures are none."""

from tests.kpi.cpr.test_joined import is_refused
from tests.tables import for_each


@for_each("dash", ["-", "–", " -", "- ", "/"])
def test_a_dash_at_the_edge_of_a_cell(dash: str) -> None:
    assert is_refused(("a", "b", "c"), [("x", f"251248{dash}", "4916"), ("y", "12,5", "7")])
    assert is_refused(("a", "b"), [(f"120312{dash}", "4567")])  # without a check digit
    assert is_refused(("a", "b"), [("070761", f"{dash}2118")])
    assert is_refused(("a", "b"), [("251248", f"{dash}4916"), ("141256", f"{dash}1666")])


def test_a_number_far_down() -> None:
    rows = [("120", f"{line % 90},5") for line in range(6_000)]
    assert is_refused(("a", "b"), [*rows, ("251248-", "4916")])
    assert not is_refused(("a", "b"), [*rows, ("251248-", "491")])


def test_a_number_that_wrapped_within_its_cell() -> None:
    rows = [("120", f"{line % 90},5") for line in range(600)]
    assert is_refused(("a", "b"), [*rows, ("251248-", ""), ("4916", "")])
    assert is_refused(("a", "b"), [("x", ""), ("y", "120312\u2013"), ("z", "4567"), ("y", "8")])
    assert not is_refused(("a", "b"), [*rows, ("251248-", ""), ("", "4916"), ("49167", "")])
    figures = [("x", f"{110_203 + 7_919 * at}-\n{1_204 + 307 * at}") for at in range(25)]
    below = [(name, cell) for name, pair in figures for cell in pair.split("\n")]
    assert not is_refused(("a", "b"), below)


def test_negative_figures() -> None:
    behind = [(f"{110_203 + 7_919 * at}-", f"{1_204 + 307 * at}") for at in range(25)]
    assert not is_refused(("a", "b"), behind)
    before = [(f"{110_203 + 7_919 * at}", f"-{1_204 + 307 * at}") for at in range(25)]
    assert not is_refused(("a", "b"), before)
    assert not is_refused(("a", "b"), [("251248", "-4917")])


@for_each(
    ("head", "cells", "is_number"),
    [
        ("CPR", ["faktura 2512484916"], True),
        ("CPR-nr.", ["sag 101901234 vedrørende et tilbud, der blev givet i januar"], True),
        ("CPR", ["ja", "12", "faktura 2024"], False),
        ("Borger", ["2.512.484.916"], True),
        ("Borger", ["2.512.484.916", "1.412.561.666"], True),
        ("a", ["2 512 484 916", "1 412 561 666", "707 612 118"], True),
        ("a", ["2.512.484.916"], False),
        ("værdi", ["2.512.484.916"], False),
        ("Kunde", ["2.512.484.916"], True),  # no amount is called so
        ("Kunde", ["2.512.484.917"], False),
        ("ID", ["251248,4916"], True),
        ("ID", ["251248,4917"], False),
        ("Placering", ["710512,3412", "x"], False),
        ("a", ["2.512.484.916", "1.000.561.666", "3.210.553.201"], False),
        ("Borgerservice", ["707.612.118", "1.000.561.666", "3.210.553.201"], False),
        ("I alt", ["2.512.484.916"], False),
        ("Udgift pr. borger", ["2.512.484.916"], False),
    ],
)
def test_words_and_thousands_under_a_head(head: str, cells: list[str], is_number: bool) -> None:
    assert is_refused((head, "b"), [(cell, "x") for cell in cells]) is is_number
