"""A number in two cells of one or two rows that nothing names: its check digit is all there is."""

import random
from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest

from kpi.cpr.digits import fits_check
from kpi.domain.personal import personal_numbers
from tests.kpi.cpr.test_joined import TENS, is_refused
from tests.tables import for_each

_CHANCE = random.Random(61)
_MANY = 400
# Days that may be of our time are counted by the month, and a year is counted by anything.
OLD = [ten for ten in TENS if ten[4:6] > "30" and not "1900" <= ten[6:] <= "2100"]


PERSONS = [*dict.fromkeys(OLD), "0503461234", "2108551103"]


def halves(ten: str, written: str = "{}") -> list[str]:
    return [written.format(ten[:6]), written.format(ten[6:])]


@for_each("written", ["{}", "\x02{}", "{}.0", " {}"])
def test_one_row_and_two(written: str) -> None:
    for ten in OLD:
        row = halves(ten, written)
        assert is_refused(("a", "b"), [row])
        assert is_refused(("Navn", "a", "b", "By"), [["Ida", *row, "8000 Aarhus"]])
    assert is_refused(("a", "b"), [halves(ten, written) for ten in OLD[:2]])
    assert is_refused(("", ""), [["25121948", "4916"]])
    assert is_refused(("a", "b"), [("251248", "-4916")])


@for_each(
    ("names", "rows"),
    [
        (("a", "b"), [("251248", "4917")]),
        (("a", "b"), [("251248", "4916"), ("141256", "1667")]),
        (("a", "b"), [("251248", "4916"), ("251248", "4916")]),
        (("a", "b"), [("010190", "1234")]),
        (("a", "b"), [("200612", "4567"), ("201012", "4567")]),
        (("Antal", "b"), [("251248", "4916")]),
        (("a", "Elever i alt, antal"), [("251248", "4916")]),
        (("2019", "2020"), [("251248", "4916")]),
        (("Indbyggere", "Ledige"), [("251248", "4916")]),
        (("a", "b", *"cdefg"), [("251248", "4916", "12", "13", "14", "15", "16")]),
        (("a", "b"), [("4916", "251248")]),
        (("a", "b"), [("2512", "484916")]),
    ],
)
def test_one_row_of_figures(names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    assert not is_refused(names, rows)


def test_rows_of_chance_figures() -> None:
    rows = [
        (str(_CHANCE.randint(100_000, 999_999)), str(_CHANCE.randint(1_000, 9_999)))
        for _ in range(_MANY)
    ]
    given = [row for row in rows if fits_check("".join(row))]
    refused = [row for row in rows if personal_numbers(("a", "b"), [(2, row)])]
    assert {*refused} <= {*given}
    assert len(refused) < len(given) / 10
    pairs = list(zip(rows[::2], rows[1::2], strict=True))
    assert [pair for pair in pairs if personal_numbers(("a", "b"), list(enumerate(pair)))] == []


@for_each("cut", [1, 2, 3, 4, 5, 7, 8, 9])
def test_two_rows_that_are_cut_elsewhere(cut: int) -> None:
    rows = [(ten[:cut], ten[cut:]) for ten in TENS[:2]]
    assert is_refused(("a", "b"), rows)
    assert not is_refused(("Antal", "b"), rows)
    assert not is_refused(("a", "b"), [rows[0], (TENS[1][:cut], "7" * (10 - cut))])


def test_the_order_of_days_hides_no_rows_that_fit() -> None:
    days = sorted(PERSONS, key=lambda ten: ten[4:6] + ten[2:4] + ten[:2])
    for rows in (days[:3], days[:3][::-1], days):
        assert is_refused(("a", "b"), [halves(ten) for ten in rows])
        assert is_refused(("a", "b"), [halves(ten)[::-1] for ten in rows])
    dated = [(f"{ten[:2]}-{ten[2:4]}-19{ten[4:6]}", ten[6:]) for ten in days]
    assert is_refused(("a", "b"), dated[:4])
    assert not is_refused(("a", "b"), dated[:3])  # a series of days with counts, one in 1,300
    assert not is_refused(("a", "Antal"), dated)
    assert is_refused(("a", "b"), [("251248-xxxx", "4916")])
    assert is_refused(("a", "b", "c"), [(ten[:6], "x", ten[6:]) for ten in days[:6]])


@pytest.mark.parametrize(
    "turned", [lambda ten: ten[6:] + ten[:6], lambda ten: ten[4:6] + ten[2:4] + ten[:2] + ten[6:]]
)
def test_a_column_with_the_serial_or_the_year_first(turned: Callable[[str], str]) -> None:
    rows = [(turned(ten), "x") for ten in PERSONS]
    assert is_refused(("a", "b"), rows[:3])
    assert is_refused(("Kunde", "b"), rows)
    assert not is_refused(("a", "b"), rows[:2])
    assert not is_refused(("a", "b"), [*rows[:3], *((f"7{at}93847561", "y") for at in range(3))])


@for_each("day", ["25-12-1948", "25.12.1948", "1948-12-25", "25. december 1948"])
def test_one_row_with_a_day_of_before_files_had_such(day: str) -> None:
    assert is_refused(("a", "b"), [(day, "4916")])
    assert is_refused(("Sted", "dato", "nr"), [("Aarhus", day, "4916")])
    assert not is_refused(("a", "b"), [(day, "4917")])
    assert not is_refused(("a", "Antal"), [(day, "4916")])
    assert not is_refused(("a", "b"), [(day.replace("25", "31"), "4916")])


def test_one_row_with_a_day_of_our_time() -> None:
    fitting = next(f"{four}" for four in range(4000, 4999) if fits_check(f"251298{four}"))
    assert is_refused(("Navn", "a", "b"), [("Ida", "25-12-1998", fitting)])
    assert not is_refused(("Sted", "a", "b"), [("Ida", "25-12-1998", fitting)])
    assert not is_refused(("Navn", "a", "b"), [("Ida", "31-12-1998", fitting)])


def test_one_row_of_figures_in_columns_of_words() -> None:
    names = ("område", "periode", "værdi", "note", "som udgivet")
    others = [("viby", "2024", "20", "x", ""), ("tilst", "2024", "30", "foreløbig", "y")]
    for ten in OLD:
        assert is_refused(names, [("aarhus", "2024", "60", *halves(ten)), *others])
    assert not is_refused(names, [("aarhus", "2024", "60", "251248", "4917"), *others])
    figures = [*others, ("hasle", "2024", "30", "123456", "4516")]
    assert not is_refused(names, [("aarhus", "2024", "60", "251248", "4916"), *figures])


def as_in_excel(ten: str) -> list[str]:
    """The halves as numbers: without their first zeros."""
    return [str(int(ten[:6])), str(int(ten[6:]))]


# A day from the 1st to the 9th, a serial below 1000, and both.
LOST = [
    next(
        ten
        for serial in serials
        if fits_check(ten := f"{day}{serial:04}") and not 1900 <= serial <= 2100
    )
    for day in ("051248", "090561", "110367", "070739")
    for serials in (range(2, 1000), range(1000, 1900))
    if day[0] == "0" or serials.start < 1000
]


@for_each("typed", ["", "\x02"])
def test_zeros_that_excel_does_not_show_in_a_list_of_persons(typed: str) -> None:
    """Of half of all people the day or the serial begins with a zero."""
    rows = [["Ida Holm", *(typed + part for part in as_in_excel(ten)), "8000"] for ten in LOST]
    for row in rows:
        for names in (("Født", "Nr"), ("a", "b"), ("Borger", "Sag")):
            assert is_refused(("Navn", *names, "Postnr"), [row])
        assert is_refused(("Initialer", "Født", "Nr", "Postnr"), [["IH", *row[1:]]])
    for pair in pairwise(rows):
        assert is_refused(("Navn", "a", "b", "Postnr"), [["IH", *row[1:]] for row in pair])


def test_five_and_four_digits_of_places_and_of_nobody() -> None:
    places = ("Aarhus", "Viby Syd", "Region Midtjylland", "Lyngby-Taarbæk", "Hele landet")
    for ten in LOST:
        halves_of_ten = as_in_excel(ten)
        for place in places:
            assert not is_refused(("Navn", "a", "b"), [[place, *halves_of_ten]])
        for heads in (("Folketal", "Ledige"), ("Mænd", "Kvinder"), ("2023", "2024")):
            assert not is_refused(("Navn", *heads), [["Ida Holm", *halves_of_ten]])
        # No list of persons.
        assert not is_refused(("Kode", "a", "b"), [["Ida Holm", *halves_of_ten]])


@for_each("day", ["{0}", "{1}.{2}.{3}", "{1}-{2}-19{3}"])
def test_the_serial_before_a_day_that_is_called_one_of_birth(day: str) -> None:
    for ten in OLD:
        born = day.format(ten[:6], ten[:2], ten[2:4], ten[4:6])
        for names in (("Nr", "Født", "Navn"), ("Kode", "Fødselsdato", "Navn")):
            assert is_refused(names, [[ten[6:], born, "Ida"]])
        of_our_time = day.format("150618", "15", "06", "18").replace("-19", "-20")
        assert not is_refused(("Nr", "Oprettet", "Antal"), [[ten[6:], of_our_time, "7"]])
