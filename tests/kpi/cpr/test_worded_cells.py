"""Halves in cells that meet, with words around them; and in the only row of a table."""

import random

from tests.kpi.cpr.test_joined import is_refused
from tests.tables import for_each

_CHANCE = random.Random(12)
MEETING = (
    [("Aarhus", "barn 251248"), ("Viby", "nr. 4916")],
    [("nr. 4916", "x"), ("barn 251248", "y")],
    [("barn 251248", "nr. 4916"), ("x", "y")],
    [("x", "y"), ("Ida 251248 (Viby)", "slutter på 4916")],
)
NOT_MEETING = (
    [("Aarhus", "barn 251248"), ("Viby", "nr. 4917")],
    [("Aarhus", "barn 251248"), ("Viby", "x"), ("x", "nr. 4916")],
    [("Aarhus", "skole 751012"), ("Viby", "nr. 2024")],
    [("sagsnr. 251248", "nr. 4916"), ("x", "y")],
    [("barn 251248", "4916 borgere"), ("x", "y")],
    [("barn 251248", "4916"), ("x", "y")],
)
ONE_ROW = (
    (("periode", "værdi"), ("25-12-1948", "4916")),
    (("område", "periode", "gruppe", "værdi"), ("aarhus", "1948-12-25", "alle", "4916")),
    (("a", "b", "c"), ("251248", "aarhus", "4916")),
)
OTHER_ROWS = (
    (("periode", "værdi"), ("25-12-1948", "4917")),
    (("periode", "værdi"), ("25-12-2018", "4916")),
    (("periode", "værdi"), ("31-12-1948", "4910")),
    (("periode", "postnr"), ("25-12-1948", "4916")),
    (("periode", "antal"), ("25-12-1948", "4916")),
    (("antal", "område", "værdi"), ("251248", "aarhus", "4916")),
    (("a", "b", "c"), ("4916", "aarhus", "251248")),
    (("område", "værdi"), ("aarhus", "251248,4917")),
)


@for_each("rows", MEETING)
def test_halves_with_words_in_cells_that_meet(rows: list[tuple[str, str]]) -> None:
    assert is_refused(("sted", "note"), rows)


@for_each("rows", NOT_MEETING)
def test_other_digits_with_words(rows: list[tuple[str, str]]) -> None:
    assert not is_refused(("sted", "note"), rows)


@for_each(("names", "row"), ONE_ROW)
def test_halves_in_the_only_row(names: tuple[str, ...], row: tuple[str, ...]) -> None:
    assert is_refused(names, [row])


@for_each(("names", "row"), OTHER_ROWS)
def test_other_figures_in_the_only_row(names: tuple[str, ...], row: tuple[str, ...]) -> None:
    assert not is_refused(names, [row])


def test_codes_with_words_are_numbers_by_chance_alone() -> None:
    rows = [
        (f"kode {_CHANCE.randint(100_000, 999_999)}", f"nr. {_CHANCE.randint(1_000, 9_999)}")
        for _ in range(800)
    ]
    assert not is_refused(("a", "note"), rows)
