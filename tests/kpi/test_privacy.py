"""CPR numbers are found in any text, and hardly anything else is taken for one."""

from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi.privacy import (
    PersonalNumber,
    holds_personal_number,
    is_shortened_personal_number,
    personal_numbers,
)

SEPARATORS = ("", "-", " ", "\u00a0", "–", "—", "−", "\u2011", " - ", " – ", "\u00a0−\u00a0", "  ")


@st.composite
def serials_with_birth_date(draw: st.DrawFn) -> str:
    """Ten digits of a CPR number: a day in the century that the seventh digit tells."""
    year_in_century, serial = draw(st.integers(0, 99)), draw(st.integers(0, 9999))
    seventh = serial // 1000
    if seventh <= 3:
        century = 1900
    elif seventh in (4, 9):
        century = 1900 if year_in_century >= 37 else 2000
    else:
        century = 1800 if year_in_century >= 58 else 2000
    month = draw(st.integers(1, 12))
    day = draw(st.integers(1, monthrange(century + year_in_century, month)[1]))
    substitute = draw(st.sampled_from((0, 60)))
    return f"{day + substitute:02}{month:02}{year_in_century:02}{serial:04}"


@settings(max_examples=300)
@given(
    serials_with_birth_date(),
    st.sampled_from(SEPARATORS),
    st.sampled_from(("", "cpr", "cprnr.", "CPR: ", "Hansen, ", "(", "\x02", "a", "id=", "\\n")),
    st.sampled_from(("", ".", ", Hansen", ")", "a", " 2024", "-", "\n", ".0", "/1")),
)
def test_every_number_is_found(digits: str, separator: str, before: str, after: str) -> None:
    assert holds_personal_number(f"{before}{digits[:6]}{separator}{digits[6:]}{after}")


@given(st.integers(0, 30), st.data())
def test_digits_of_another_length_are_not(length: int, data: st.DataObject) -> None:
    if length == 10:
        return
    digits = data.draw(st.text("0123456789", min_size=length, max_size=length))
    assert not holds_personal_number(digits)


@given(st.dates(date(1900, 1, 1), date(2057, 12, 31)), st.integers(0, 2359))
def test_dates_with_clock_times_are_not(day: date, clock: int) -> None:
    assert not holds_personal_number(f"{day:%d.%m.%Y} {clock:04}")
    assert not holds_personal_number(f"{day:%Y-%m-%d} {clock:04}")
    assert not holds_personal_number(f"{day:%Y%m%d}-{clock:04}")


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("0101901234", True),
        ("Notat om 010190-1234, se sag", True),
        ("0101901234a", True),
        ("0101901234,0202902345", True),
        ("1,0101901234,5", True),  # a line that was not split
        ("Aarhus,3112901234,55", True),
        ("5;3112901234,55", True),
        ("3112901234.0", True),  # a whole number, as programs write it
        ("290200-4234", True),  # 2000 was a leap year
        ("610190-1234", True),  # substitute number
        ("٠١٠١٩٠١٢٣٤", True),  # digits all the same
        ("290200-1234", False),  # 1900 was not
        ("310290-1234", False),
        ("010013-1234", False),
        ("010090-1234", False),
        ("70.2512484916", False),
        ("12,0101901234", False),
        ("\x0212.0101901234", False),
        ("3112901234,55", False),  # an amount
        ("2024-05-31", False),
        ("31.05.2024 1200", False),
        ("+45 12 34 56 78", False),
        ("+4512345678", False),
        ("2024-123456", False),
        ("24/012345", False),
        ("010190\n1234", False),  # two lines
        ("010190\t1234", False),  # two cells
        ("010190;1234", False),
        ("https://aarhus.dk/sag/20240101901234", False),
        ("f47ac10b-58cc-4372-a567-0e0101901234", False),
        ("0a112290-1234-4abc-8def-0123456789ab", False),
        ("12345678-1234-1234-1234-010190123412", False),
        ("9f86d0818840101901234d659a2feaa0c55ad015a3bf4f1b", False),
        ("ab0101901234cd", False),
        ("a0101901234a", True),  # too short for an id
        ("", False),
    ],
)
def test_what_is_a_personal_number(text: str, held: bool) -> None:
    assert holds_personal_number(text) is held


@pytest.mark.parametrize(
    ("text", "shortened"),
    [
        ("101901234", True),
        ("\x02101901234", True),
        ("\x02101901234.0", True),
        (" 101901234 ", True),
        ("0101901234", False),
        ("991901234", False),
        ("101901234.5", False),
        ("x101901234", False),
        ("", False),
    ],
)
def test_the_lost_zero(text: str, shortened: bool) -> None:
    assert is_shortened_personal_number(text) is shortened


NINE = ("101901234", "202902345", "303913456")


@pytest.mark.parametrize(
    ("columns", "cells", "places"),
    [
        (("Navn",), [("Hansen",), ("010190-1234",)], [(3, "Navn")]),
        (("CPR-nr.",), [(NINE[0],)], [(2, "CPR-nr.")]),
        (("Person nr",), [(NINE[0],)], [(2, "Person nr")]),
        (("Fødselsnummer",), [("\x02" + NINE[0],)], [(2, "Fødselsnummer")]),
        (("Antal",), [(NINE[0],), (NINE[1],)], []),  # two are too few to tell
        (("Antal",), [(nine,) for nine in NINE], [(2, "Antal"), (3, "Antal"), (4, "Antal")]),
        (("Antal",), [*((nine,) for nine in NINE), ("17",)], []),
        (("",), [("0101901234",)], [(2, "nr. 1")]),
        (("A", "0101901234"), [("x", "y")], [(None, "nr. 2 (overskriften)")]),
        (
            ("0101901234",),  # a file without a header: its first number names the column
            [("0202902345",)],
            [(None, "nr. 1 (overskriften)"), (2, "nr. 1")],
        ),
        ((NINE[0],), [(nine,) for nine in NINE], [(None, "nr. 1 (overskriften)"), *((row, "nr. 1") for row in (2, 3, 4))]),  # noqa: E501
        (("A", "B"), [("010190", "1234")], []),
        (("A",), [], []),
    ],
)  # fmt: skip
def test_places_in_a_table(
    columns: tuple[str, ...],
    cells: list[tuple[str, ...]],
    places: list[tuple[int | None, str]],
) -> None:
    found = personal_numbers(columns, list(enumerate(cells, start=2)))
    assert found == [PersonalNumber(*place) for place in places]


def test_one_number_among_many_rows() -> None:
    rows = [(row, (f"Kommune {row % 98}", f"{row / 7:.4f}", "")) for row in range(2, 20_002)]
    rows[12_345] = (12_347, ("x", "y", "ring til 010190-1234"))
    assert personal_numbers(("a", "b", "note"), rows) == [PersonalNumber(12_347, "note")]


@pytest.mark.parametrize("apart", [*"\u2002\u2003\u200a\u200e\u205f\u3000\ufeff\u2043\ufe63\uff0d"])
def test_signs_of_every_width_stand_between_the_two_parts(apart: str) -> None:
    assert holds_personal_number(f"Borger 010190{apart}1234")


def test_a_dash_makes_no_decimals_of_what_follows_a_point() -> None:
    assert holds_personal_number("afsnit 2.010190-1234")
    assert not holds_personal_number("2.0101901234")
