"""Columns of one to three rows: what they are called and the other cells say what digits are."""

import random

from kpi.cpr.digits import fits_check
from kpi.domain.personal import holds_personal_number, personal_numbers
from tests.kpi.cpr.test_joined import TENS, is_refused
from tests.tables import for_each

_CHANCE = random.Random(16)
_MANY = 200
OTHERS = ("7293847561", "8347561029", "4419283746")  # no day, no month


def is_found(name: str, *cells: str) -> bool:
    return bool(personal_numbers((name, "b"), [(2, (cell, "x")) for cell in cells]))


def digits(count: int) -> str:
    return "".join(_CHANCE.choices("0123456789", k=count))


@for_each("name", ["Ejendomsnr.", "ESR-ejendomsnummer", "BFE-nr.", "Matrikel"])
def test_properties_of_the_first_municipality(name: str) -> None:
    numbers = [f"0101{digits(6)}" for _ in range(_MANY)]
    assert [number for number in numbers if is_found(name, number)] == []
    assert [number for number in numbers if not is_found("Kunde", number)] == []
    assert not is_refused((name, "b"), [(numbers[0], "x")])


@for_each("name", ["Konto", "Artskonto", "Journalnr.", "Bilag", "Dokument"])
def test_accounts_in_points(name: str) -> None:
    numbers = [
        f"{_CHANCE.randint(1, 28):02}.{_CHANCE.randint(1, 12):02}.{digits(2)}.{digits(4)}"
        for _ in range(_MANY)
    ]
    assert [number for number in numbers if is_found(name, number)] == []
    assert not is_refused((name, "b"), [("29.12.14.8439", "x")])
    assert not holds_personal_number("29.12.14.8439")
    assert is_refused(("Borger", "b"), [("25.12.48.4916", "x")])
    assert is_refused((name, "b"), [("251248-4916", "x")])


def test_journals_that_begin_with_a_day() -> None:
    tables = [[f"15.03.12-{digits(4)}" for _ in range(3)] for _ in range(_MANY)]
    tables = [
        table
        for table in tables
        if sum(fits_check(ten.replace(".", "").replace("-", "")) for ten in table) < 2
    ]
    assert [table for table in tables if is_found("Journalnr.", *table)] == []
    for name in ("Journalnr.", "x"):
        assert is_found(name, "25.12.48-4916")
        assert is_found(name, "25.12.48-4916", "14.12.56-1666")


@for_each("person", TENS[:3])
def test_ten_digits_among_two_that_are_nobodys(person: str) -> None:
    for name in ("Fakturanr.", "Konto", "Ordre"):
        assert not is_refused((name, "b"), [(person, "x"), (OTHERS[0], "y")])
        assert is_refused((name, "b"), [(person, "x")])
    for name in ("Kunde", "ID", "Nr.", "Sagsnr."):
        assert not is_refused((name, "b"), [(cell, "x") for cell in (OTHERS[0], person, OTHERS[1])])
        assert is_refused((name, "b"), [(person, "x"), (OTHERS[0], "y")])
    # A name of persons, or none, says nothing against a number that fits.
    for name in ("Borger", "x"):
        assert is_refused((name, "b"), [(cell, "x") for cell in (OTHERS[0], person, OTHERS[1])])


def test_a_birthday_by_chance_beside_one_that_is_none() -> None:
    by_chance = [
        ten
        for ten in (f"25{_CHANCE.randint(1, 12):02}{digits(6)}" for _ in range(_MANY))
        if not fits_check(ten)
    ]
    assert [ten for ten in by_chance if is_found("x", ten, OTHERS[0])] == []
    assert is_refused(("x", "b"), [("0101901234", "x"), (OTHERS[0], "y")])


def test_persons_in_few_rows() -> None:
    for name in ("Kunde", "ID", "Fakturanr.", "Sagsnr.", "x", "Værdi"):
        tables = [_CHANCE.sample(TENS, k=_CHANCE.randint(1, 3)) for _ in range(20)]
        assert [table for table in tables if not is_found(name, *table)] == [], name
        assert is_refused((name, "b"), [(cell, "x") for cell in (*TENS[:2], OTHERS[0])]), name


def test_seconds_in_a_column_that_says_so() -> None:
    seconds = [str(_CHANCE.randint(1_262_304_000, 1_760_000_000)) for _ in range(_MANY)]
    for name in ("Timestamp", "Tidsstempel", "unix_time", "epoch"):
        assert [second for second in seconds if is_found(name, second)] == []
        assert is_refused((name, "b"), [(TENS[0], "x")])
