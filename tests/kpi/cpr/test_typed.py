"""What people type lists no figures: marks that part these in tables part numbers there."""

import random

import pytest

from kpi.cpr.typed import typed_holds_number
from kpi.domain.errors import KpiError
from kpi.domain.personal import PersonalNumber, personal_numbers, refuse_personal_texts
from tests.tiers import some


def test_marks_between_the_halves() -> None:
    texts = (
        "251248;4916", "Ida 251248, 4916", "251248. 4916 er flyttet", "251248|4916",
        "251248,4916", "251248.4916", "sag 251248og4916",
        "251248a4916", "CPR 251248og4916", "Ida 2,512484916E9", "Ida 2 5 1 2 4 8 4 9 1 6",
        "Ida 25124 84916",
        "25Ӏ248-4916", "25124В-4916",
        "x 251248-4916", "2512 484916", "251248-4.916", "25 12 48 49 16", "25.12.48.4916",
        "25.12.48 - 49.16", "2512484-916", "25124-84916", "2512.48.4916", "25,12,48,4916",
        "ring til 2512\u00a0484916 i dag", "Bo Kjær (25 1248 49 16)",
        # Born since numbers have no check digit any more.
        "Ida Holm 08-08-2007 6126", "Bo Kjær-Jensen, 8.8.2014, 4127", "Eva M. Dahl 01/02/15 9876",
    )  # fmt: skip
    assert [text for text in texts if not typed_holds_number(text)] == []
    for text in texts:
        with pytest.raises(KpiError):
            refuse_personal_texts("note", text)


def test_figures_and_lists() -> None:
    texts = (
        "251248a4917",
        "CPR 251248og4917",
        "sag 251248abcd4916",
        "251248,4917",
        "251248;4917",
        "fra 251248 til 4916",
        "1.251248,4916",
        "2024, 2025",
        # Groups that are no number: phones, cases, accounts, times, lists, amounts, no check digit.
        "2512 484917",
        "2011-833066",
        "2003/2017-94",
        "2512-484916",
        "+45 25 12 48 49",
        "25 12 48 49",
        "5798 0047 01234",
        "konto 2512 484916",
        "12.10.2023 14.30",
        "12-10-23 1430",
        "s. 10, 11, 12, 13, 14",
        "uge 10, 11, 12, 2024",
        "55,6760 12,5683",
        "2.512.484.916 kr.",
        "0312 123456",
        "Viby Syd 08-08-2007 1430",
        "Aarhus Kommune 08-08-2014 6126 elever",
        "Aarhus 08-08-2014 6126",
        "Ida Holm 08-08-2014 2024",
        "Ida Holm 31-12-1999 6126",
        "",
    )
    assert [text for text in texts if typed_holds_number(text)] == []
    for text in texts:
        refuse_personal_texts(text)


def test_groups_of_chance_digits_are_refused_as_seldom_as_birthdays_fit() -> None:
    chance = random.Random(16)
    marks, alarms = ("-", " ", ", ", ".", "/", " - "), 0
    tries = some(range(20_000), 5_000)
    for _ in tries:
        groups = [str(chance.randrange(10**3, 10**6)) for _ in range(2)]
        alarms += typed_holds_number(chance.choice(marks).join(groups))
    # Of those with ten digits (a third) one in 300, and some written as persons' numbers are.
    assert alarms < len(tries) * 0.0075


def test_a_column_of_codes_in_two_groups_is_none_and_one_of_persons_is() -> None:
    chance, names = random.Random(16), ("område", "kode", "værdi")
    for first, mark in ((5, "-"), (4, " "), (7, "-"), (8, " "), (2, " "), (3, "/")):
        codes = [f"{chance.randrange(10**10):010}" for _ in range(200)]
        codes[7] = "2512484916"
        cells = [f"{code[:first]}{mark}{code[first:]}" for code in codes]
        rows = [(row, ("Aarhus", cell, "12")) for row, cell in enumerate(cells)]
        assert personal_numbers(names, rows) == []
        # Cases are numbered so, by the year.
        cases = [
            (row, ("Aarhus", f"{chance.randrange(5, 27):02}-{code[2:]}", "12"))
            for row, code in enumerate(codes)
        ]
        assert personal_numbers(names, cases) == []
        assert personal_numbers(names, rows[7:8]) == [PersonalNumber(7, "kode")], cells[7]
        # One among texts, and a column of nothing else.
        texts = [(row, ("Aarhus", "intet", "12")) for row in range(5)]
        assert personal_numbers(names, [*texts, rows[7]]) == [PersonalNumber(7, "kode")]
        assert len(personal_numbers(names, [rows[7], *[(9, rows[7][1])] * 3])) == 2
