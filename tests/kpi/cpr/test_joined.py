"""Numbers cut over cells beside or beneath each other are found wherever they are cut."""

import os
import random
from collections.abc import Sequence
from itertools import accumulate, pairwise

import pytest

from kpi.cpr.digits import fits_check
from kpi.domain.personal import are_parts, personal_numbers
from kpi.ingest.gate.column_gate import gate_columns
from kpi.ingest.table.dictionary import spelled_rows
from kpi.ingest.table.raw import TYPED, RefusedError
from tests.empty_database import empty_database
from tests.kpi.cpr.test_shapes import GIVEN
from tests.tables import for_each

_CHANCE = random.Random(11)
_TABLES = 1_000 if "SPOR_SOAK" in os.environ else 100
# How many digits each cell has; 0 is a dash in a cell of its own.
CUTS = (
    *((first, 10 - first) for first in range(1, 10)), (2, 2, 6), (2, 4, 4), (4, 2, 4), (3, 3, 4),
    (6, 0, 4), (2, 2, 2, 2, 2), (5, 0, 5), (2, 2, 2, 4), (1,) * 10, (*(1,) * 6, 0, *(1,) * 4),
)  # fmt: skip
TENS = [*GIVEN, "1412561666", "3010553201", "0707612118"]


def is_refused(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """Whether both gates, for many rows and for few, refuse a table; they judge it alike."""
    numbered = [(line, tuple(cells)) for line, cells in enumerate(rows, start=2)]
    with empty_database() as connection:
        try:
            gate_columns(connection, tuple(columns), spelled_rows(numbered, len(columns)))
            refused = False
        except RefusedError:
            refused = True
    assert bool(personal_numbers(columns, numbered)) is refused
    return refused


def cut(ten: str, widths: Sequence[int]) -> list[str]:
    """A number in cells of so many digits."""
    return [ten[at:end] or "-" for at, end in pairwise(accumulate(widths, initial=0))]


@pytest.mark.some_cases
@pytest.mark.parametrize("widths", CUTS, ids=str)
@pytest.mark.parametrize("written", ["{}", TYPED + "{}", "lost"])
def test_cells_beside_each_other(widths: Sequence[int], written: str) -> None:
    rows = []
    for ten in TENS:
        parts = cut(ten, widths)
        if written == "lost":
            parts = [TYPED + (part.lstrip("0") or "0") if part != "-" else part for part in parts]
        else:
            parts = [written.format(part) if part != "-" else part for part in parts]
        rows.append(["Aarhus", *parts, "x"])
    names = ["sted", *(f"felt {'abcdefghijkl'[at]}" for at in range(len(widths))), "note"]
    assert is_refused(names, rows)
    assert is_refused(names, [*rows, ["I alt", *[""] * len(widths), "x"]])


@pytest.mark.parametrize("widths", [(6, 4), (2, 8), (5, 5), (1,) * 10, (4, 6)], ids=str)
def test_cells_beneath_each_other(widths: Sequence[int]) -> None:
    cells = [part for ten in TENS for part in cut(ten, widths)]
    assert is_refused(["a", "b"], [[cell, "x"] for cell in cells])


@for_each("head", ["CPR-nr.", "cpr", "Personnummer"])
@for_each("zero", [False, True])
def test_halves_beneath_each_other_under_their_head(head: str, zero: bool) -> None:
    halves = ("70761", "2118") if zero else ("251248", "4916")
    rows = [["Hansen", halves[0]], ["", halves[1]], ["Olsen", ""]]
    assert is_refused(["navn", head], rows)
    assert not is_refused(["navn", f"Antal {head}"], rows)


def test_boxes_of_a_form() -> None:
    boxes = ["Navn", *"2512484916"]
    blank = [""] * 11
    assert personal_numbers(blank, [(1, ["Blanket", *[""] * 10]), (2, boxes)])
    assert not personal_numbers(blank, [(1, boxes), (2, ["x", *"1234567890"])])
    assert not personal_numbers(["navn", *map(str, range(2010, 2020))], [(2, boxes)])


def test_years_beside_codes_are_birthdays_by_chance() -> None:
    codes = [f"751{place:03}" for place in range(1000)]
    given = {
        year: next(code for code in codes if fits_check(f"{year}{code}"))
        for year in ("2010", "2011", "2012", "2009", "2008", "2007")
    }
    rows = [[year, code, "x"] for year, code in given.items()]
    assert not is_refused(["a", "b", "c"], rows[:4])


def test_names_that_follow_each_other() -> None:
    for widths in CUTS:
        if 0 not in widths:
            assert are_parts(["Forside", *cut("2512484916", widths), "Slut"]), widths
    for names in (["2019", "2020"], ["1", "2", "3", "4"], ["202301", "2023"], ["10", "11", "12"]):
        assert not are_parts(names)


def test_figures_in_such_places_are_none() -> None:
    refused = 0
    for _ in range(_TABLES):
        wide = [_CHANCE.choice((1, 2, 3, 4, 5, 6, 7)) for _ in range(_CHANCE.randint(2, 12))]
        rows = [
            ["x", *(str(_CHANCE.randrange(10 ** (width - 1), 10**width)) for width in wide)]
            for _ in range(_CHANCE.randint(1, 12))
        ]
        refused += is_refused(
            ["sted", *(f"tal {'abcdefghijkl'[at]}" for at in range(len(wide)))], rows
        )
    assert refused == 0


@for_each(
    ("columns", "rows"),
    [
        (
            "dag;måned;år;time;minut",
            [("12", "10", "24", "13", "45"), ("13", "10", "24", "08", "15")],
        ),
        ("kode;skole", [("7510", "101231"), ("7510", "101245"), ("7510", "101250")]),
        ("a;b", [("10", "12345678"), ("11", "12345679"), ("12", "12345680")]),
    ],
)
def test_dates_and_codes_in_columns(columns: str, rows: list[tuple[str, ...]]) -> None:
    assert not is_refused(columns.split(";"), rows)


def test_counts_under_heads_that_count_numbers() -> None:
    """Counts beneath each other are no halves: `15084` is no day with `2345` below it."""
    counts = [15_084, 2_345, *(_CHANCE.randint(1_000, 350_000) for _ in range(60))]
    heads = ("Unikke CPR", "Distinkte CPR", "CPR antal", "CPR (antal)", "Personer (CPR)",
             "Forskellige cpr-numre", "Unique CPR", "CPR count")  # fmt: skip
    for head, other in pairwise((*heads, heads[0])):
        assert not is_refused(("sted", head), [("Aarhus", str(count)) for count in counts]), head
        rows = [(str(left), str(right)) for left, right in pairwise(counts)]
        assert not is_refused((head, other), rows), (head, other)
    for head in heads:
        # The numbers themselves, whole and in two cells that all are halves, are still found.
        assert is_refused(("sted", head), [("Aarhus", ten) for ten in TENS]), head
        halves = [part for ten in TENS for part in (ten[:6], ten[6:])]
        assert is_refused(("sted", head), [("Aarhus", half) for half in halves]), head
    assert is_refused(("sted", "CPR"), [("Aarhus", "15084"), ("Aarhus", "2345")])
