"""Ids that count up are no list of persons, though all of them begin with a day of birth."""

import random

import pytest

from kpi.cpr.counters import are_counted_up
from kpi.cpr.digits import fits_check
from tests.kpi.cpr.test_joined import TENS, is_refused
from tests.tables import for_each

_CHANCE = random.Random(83)
# A day of birth (the first zero lost in the shorter ones), and what counts on from it.
STARTS = (502067101, 311231500, 2505381000, 1209004158, 6306124462)
HEADS = ("Id", "Sag", "Journalnr", "Ticket", "Kode", "Række", "Borger-id", "Barn", "ResponseID", "")


def ids(start: int, count: int = 45, most: int = 30) -> list[list[str]]:
    return [[str(start + at * _CHANCE.randint(1, most)), "4,6"] for at in range(count)]


@for_each(("start", "head"), [(start, head) for start in STARTS for head in HEADS])
def test_ids_of_one_counter(start: int, head: str) -> None:
    for rows in (ids(start), sorted(ids(start)), [[str(start + 7 * at), "1"] for at in range(45)]):
        assert not is_refused((head, "Værdi"), rows)


@pytest.mark.parametrize("head", ["CPR", "Personnummer"])
def test_a_column_called_so_is_none(head: str) -> None:
    assert is_refused((head, "Værdi"), ids(STARTS[2]))


def born_on(six: str, count: int) -> list[str]:
    """Persons of one day: twins, a ward's newborn."""
    every = (f"{six}{serial:04}" for serial in range(1, 9999))
    return [ten for ten in every if fits_check(ten)][:count]


@for_each("six", ["250538", "110367", "311299"])
def test_persons_of_one_day_are_found(six: str) -> None:
    for count in (5, 12):
        tens = born_on(six, count)
        assert not are_counted_up(tens)
        assert is_refused(("Id", "Værdi"), [[ten, "1"] for ten in tens])
        assert is_refused(("Borger", "Værdi"), [[ten.lstrip("0"), "1"] for ten in tens])


def test_a_number_among_chance_ids_called_after_persons() -> None:
    """Of chance ten digits one in fourteen is a birthday; those that fit are a person's."""
    chance = [
        str(ten)
        for ten in (_CHANCE.randint(1_000_000_000, 9_999_999_999) for _ in range(60))
        if not fits_check(str(ten))
    ]
    for head in ("Borger-id", "Elev", "Barn", "Person-id"):
        assert not is_refused((head, "Værdi"), [[ten, "1"] for ten in chance])
        for ten in TENS[:5]:
            assert is_refused((head, "Værdi"), [[each, "1"] for each in [*chance, ten]])
