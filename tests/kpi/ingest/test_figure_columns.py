"""Columns that should hold figures and hold something else: lights, footnotes, labels, words."""

import pytest

from kpi.ingest.words.number_hints import number_hint
from kpi.ingest.words.status_codes import status_code
from tests.kpi.ingest.checked import Desk, codes, codes_of_cells, reported_of_cells
from tests.tables import for_each

HEAD = "Kommune;År;Beskæftigelsesfrekvens\n"
RATE = "employment_rate"


@for_each("word", ["Gul", "gul", "GUL", "Rød", "red", "Red", "up", "ned", "Bp"])
def test_words_whose_letters_are_codes_are_no_codes(word: str) -> None:
    assert status_code(word) is None


@for_each("code", ["bp", "BP", "pc", "b, p", "b d e", "dep"])
def test_codes_that_stand_together_are_codes(code: str) -> None:
    assert status_code(code) is not None


def test_a_column_of_traffic_lights_is_no_status(real: Desk) -> None:
    checked = real.check(
        "Kommune;2022;2023;Status\nAarhus;73,9;74,1;Gul\nOdense;71,2;72,3;Rød\n", indicator_id=RATE
    )
    assert checked.publishable
    assert ("unused_column", "warning", None, "Status", None) in reported_of_cells(checked)


@pytest.mark.parametrize(
    ("cells", "rows"),
    [
        (("Gul", "Grøn", "Rød"), [2, 3, 4]),
        (("74,1 1)", "72,3", "71,0"), [2]),
        (("74,1*", "72,3 **", "71,0 a)"), [2, 3, 4]),
        (("ukendt", "ca. halvfjerds", "72,3"), [2, 3]),
        (("74,1 (foreløbigt)", "72,3 (1)", "71,0 [b]"), [2, 3, 4]),
    ],
)
def test_what_is_no_figure_is_reported_at_its_cell(
    real: Desk, cells: tuple[str, ...], rows: list[int]
) -> None:
    towns = ("Aarhus", "Odense", "Randers")
    content = HEAD + "".join(f"{t};2023;{c}\n" for t, c in zip(towns, cells, strict=True))
    reported = reported_of_cells(real.check(content, indicator_id=RATE))
    wrong = [problem for problem in reported if problem[0] == "not_a_number"]
    assert [(row, column) for _, _, row, column, _ in wrong] == [
        (row, "Beskæftigelsesfrekvens") for row in rows
    ]
    assert "missing_column" not in [code for code, *_ in reported]


@for_each(
    ("cell", "mark"),
    [
        ("74,1 1)", "»1)«"), ("1.234 12)", "»12)«"), ("74,1 1) 2)", "»1) 2)«"), ("74,1*", "»*«"),
        ("74,1 (1)", "»(1)«"), ("74,1a)", "»a)«"), ("74,1 [a]", "»[a]«"), ("74,1**)", "»**)«"),
        ("72,3 (foreløbigt)", "»(foreløbigt)« efter tallet er en status"),
        ("Gul", "»Gul« siger, hvordan det går"),
        ("(450.000)", "Sådan skriver regnskaber et negativt tal"),
        ("450.000-", "Sådan skriver regnskaber et negativt tal"),
        ("kr. 450.000", "Kroner er en enhed"),
        ("450.000,-", "Kroner er en enhed"),
        ("DKK 450", "Kroner er en enhed"),
        ("2025M06D03", "Cellen har en dato"), ("2025-03-01 14:30:00", "Cellen har en dato"),
        ("05:00:00", "Cellen har et klokkeslæt"), ("inf", "Tallet er delt med 0"),
        ("+1,2", "Et plus foran et tal siger, at det er en ændring"),
        (str(2**64 - 1), "Det er det største tal, et program kan gemme"),
        (str(-(2**63)), "Det er det største tal, et program kan gemme"),
        ("7510000000000000123", "Tallet har 19 cifre før decimaltegnet"),
    ],
)  # fmt: skip
def test_a_mark_is_named(cell: str, mark: str) -> None:
    hint = number_hint(cell)
    assert hint is not None
    assert hint[0].startswith(mark)


@for_each(
    ("cell", "is_date"),
    [
        # as Excel shows 1-5, 1,24, 24-1 and 3.9 where it took them for days
        ("maj-24", True), ("jan-24", True), ("jan. 24", True), ("May-24", True), ("1-maj", True),
        ("01-maj", True), ("1. maj", True), ("3-Sep", True), ("03-sep", True), ("01-05", True),
        ("31-12", False), ("01-12", True), ("31-05", True), ("12-03", True), ("03-09-2025", True),
        ("1.5.2025", True), ("5/3/2025", True), ("maj 2024", True),
        # ranges, and words before and after a number
        ("1-5", False), ("10-12", False), ("32-05", False), ("01-13", False), ("00-05", False),
        ("ca. 24", False), ("plan 24", False), ("uge 24", False), ("12 md.", False),
        ("3 dage", False), ("31. feb", False), ("21 af 68", False), ("mar", False),
    ],
)  # fmt: skip
def test_a_number_that_a_spreadsheet_made_a_date_is_no_number(cell: str, is_date: bool) -> None:
    """»Skriv kun 24« of `jan-24` would be another number."""
    hint = number_hint(cell)
    assert (hint is not None and hint[0] == "Cellen har en dato, ikke et tal.") is is_date
    assert not is_date or hint is None or "skriv tallet på ny" in hint[1]


@pytest.mark.parametrize("column", ["Køn;K", "Alder;25-64 år", "Alder;30+"])
def test_figures_under_tal_are_no_measures(real: Desk, column: str) -> None:
    name, label = column.split(";")
    checked = real.check(
        f"Kommune;År;Tal;{name}\nAarhus;2023;72,1;{label}\nOdense;2023;70,3;{label}\n",
        indicator_id=RATE,
    )
    assert "several_measures" not in codes(checked)
    assert (name, label) in [(of_cell[3], of_cell[4]) for of_cell in reported_of_cells(checked)]


def test_words_under_tal_are_measures(real: Desk) -> None:
    checked = real.check(
        "Kommune;År;Tal;Antal\nAarhus;2023;Beskæftigede;72,1\nAarhus;2023;Ledige;3,3\n",
        indicator_id=RATE,
    )
    assert codes_of_cells(checked) == ["several_measures"]
