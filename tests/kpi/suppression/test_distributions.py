"""Shares of one number of persons that are all of it, though no row says how many all are."""

from time import thread_time

import pytest

from kpi.domain.period import parse_period
from kpi.suppression.areas import areas_of
from kpi.suppression.cells import Cell
from kpi.suppression.distributions import unsaid_totals
from kpi.suppression.groups import parse_part_of
from kpi.suppression.hiding import cells_to_hide, what_to_hide

GROUPS = {
    group_id: parse_part_of(text)
    for group_id, text in {
        "danish": "all:origin", "western": "all:origin", "other": "all:origin", "women": "all",
        "young": "", "middle": "", "old": "",
    }.items()
}  # fmt: skip
AREAS = areas_of([(each, "quarter", "town", None) for each in ("q1", "q2", "q3")])

# `place part whole` of each share, and what is hidden; a place is a group, an area or a period.
CASES: dict[str, tuple[tuple[str, ...], set[str]]] = {
    "groups of a split": (("danish 30 60", "western 27 60", "other 3 60"), {"other", "western"}),
    "with a row of all": (
        ("danish 30 60", "western 27 60", "other 3 60", "all 60 60"), {"other", "western"},
    ),
    "groups of which nothing is said": (
        ("young 30 60", "middle 27 60", "old 3 60"), {"old", "young"},
    ),
    "areas of a level": (("q1 3 100", "q2 20 100", "q3 77 100"), {"q1", "q3"}),
    "areas with their town": (("q1 3 100", "q2 20 100", "q3 77 100", "town 100 100"), {"q1", "q3"}),
    "quarters of a year": (
        ("2024K1 3 60", "2024K2 12 60", "2024K3 21 60", "2024K4 24 60"), {"2024K1", "2024K2"},
    ),
    "quarters with their year": (
        ("2024K1 3 60", "2024K2 12 60", "2024K3 21 60", "2024K4 24 60", "2024 60 60"),
        {"2024K1", "2024K2"},
    ),
    "halves of a year": (("2024H1 57 60", "2024H2 3 60"), {"2024H1", "2024H2"}),
    "one that its source hides": (
        ("danish 30 60", "western 27 60", "other - -"), {"danish", "other", "western"},
    ),
    "rates of as many, of which a source hides one": (
        ("danish 30 60", "western 20 60", "other - 60"), {"other"},
    ),
    # A small number is any small one: what is hidden besides does not tell which it is.
    "small numbers that come near": (
        ("danish 30 60", "western 28 60", "other 3 60"), {"other", "western"},
    ),
    # No distributions: nothing but what is small itself is hidden.
    "rates of as many": (("danish 12 60", "western 20 60", "other 3 60"), {"other"}),
    "rates that come to more": (("danish 40 60", "western 37 60", "other 3 60"), {"other"}),
    "of different denominators": (("danish 30 60", "western 27 61", "other 3 60"), {"other"}),
    "groups that overlap": (("danish 30 60", "women 27 60", "young 3 60"), {"young"}),
    "a group without a row": (("danish 30 60", "other 3 60"), {"other"}),
    "three quarters of a year": (("2024K1 3 60", "2024K2 33 60", "2024K3 24 60"), {"2024K1"}),
    "parts of two years": (("2024H1 57 60", "2023H2 3 60"), {"2023H2", "2024H1"}),
    "nothing small": (("danish 30 60", "western 20 60", "other 10 60"), set()),
}  # fmt: skip


def share(row: str) -> Cell:
    place, *numbers = row.split()
    part, whole = (None if number == "-" else float(number) for number in numbers)
    area_id = place if place[0] == "q" or place == "town" else "q1"
    period = place if place[0] == "2" else "2024"
    group_id = "all" if place in (area_id, period) else place
    level, parent_id = ("town", None) if area_id == "town" else ("quarter", "town")
    return Cell(
        "share", area_id, group_id, parse_period(period), part, whole, 5, level, parent_id
    )  # fmt: skip


@pytest.mark.parametrize(("rows", "expected"), CASES.values(), ids=CASES)
def test_parts_of_one_denominator_add_up_to_it(rows: tuple[str, ...], expected: set[str]) -> None:
    cells = {share(row).key: row.split()[0] for row in rows}
    hidden = what_to_hide(map(share, rows), GROUPS, AREAS).keys
    missing = {row.split()[0] for row in rows if "-" in row}
    assert {cells[key] for key in hidden} | missing == expected


def test_other_numbers_have_no_total_of_their_own() -> None:
    counts = [
        Cell("count", "q1", group_id, parse_period("2024"), part, None, 5, "quarter", "town")
        for group_id, part in (("danish", 30), ("western", 27), ("other", 3))
    ]
    assert {key[2] for key in cells_to_hide(counts, GROUPS)} == {"other"}


def test_many_groups_of_which_nothing_is_said_take_time_in_proportion() -> None:
    few, many = ([share(f"group{n} 10 {count}") for n in range(count)] for count in (1_000, 4_000))
    taken: dict[int, list[float]] = {}
    for _ in range(7):
        for cells in (few, many):
            began = thread_time()
            unsaid_totals(cells, {}, {})
            taken.setdefault(len(cells), []).append(thread_time() - began)
    # The least time is the least disturbed by what else the machine does.
    least_of_few, least_of_many = (min(times) for times in taken.values())
    # Four times as many: about four times as long, not sixteen.
    assert least_of_many < 9 * least_of_few
