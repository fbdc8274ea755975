"""A day of birth among words and its four digits, near each other in every row of a list."""

import random
from collections.abc import Callable

from kpi.cpr.digits import birth_century, fits_check
from kpi.cpr.paired_cells import paired_numbers
from tests.kpi.cpr.test_joined import is_refused
from tests.tables import for_each

_CHANCE = random.Random(97)
PLACES = ("Center Viby", "Hold", "Skole")
NAMES = ("Mette Ahmed", "Peter Krogh", "Ulla Bach", "Jens Hansen", "Ida Ali", "Bo Nielsen")


def persons(count: int) -> list[tuple[str, str, str]]:
    """Day, year in full and serial of numbers whose check digits fit."""
    made: list[tuple[str, str, str]] = []
    while len(made) < count:
        day, month, year = _CHANCE.randint(2, 27), _CHANCE.randint(1, 12), _CHANCE.randint(40, 99)
        six, serial = f"{day:02}{month:02}{year:02}", f"{_CHANCE.randint(100, 1899):04}"
        if fits_check(six + serial):
            made.append((six, f"{birth_century(six, serial)}{six[4:]}", serial))
    return made


Row = Callable[[str, str, str, str], list[str]]
# How a list writes a name, a day (six digits), its year and the serial.
FORMS: dict[str, Row] = {
    "name (six) | serial": lambda name, six, _, four: [f"{name} ({six})", four],
    "name six | serial": lambda name, six, _, four: [f"{name} {six}", four],
    "name, f. date | serial": lambda name, six, year, four: [
        f"{name}, f. {six[:2]}-{six[2:4]}-{year}", four
    ],
    "name (date) | serial": lambda name, six, year, four: [
        f"{name} ({six[:2]}.{six[2:4]}.{year})", four
    ],
    "name (iso) | nr. serial": lambda name, six, year, four: [
        f"{name} ({year}-{six[2:4]}-{six[:2]})", f"nr. {four}"
    ],
    "six | name serial": lambda name, six, _, four: [six, f"{name} {four}"],
    "date | name (serial)": lambda name, six, year, four: [
        f"{six[:2]}/{six[2:4]}/{year}", f"{name} ({four})"
    ],
    "six | nr. serial": lambda _, six, __, four: [six, f"nr. {four}"],
    "six | serial and letters": lambda _, six, __, four: [six, f"{four}IH"],
    "letters and six | serial": lambda _, six, __, four: [f"IH{six}", four],
    "date | name | lb. serial": lambda name, six, year, four: [
        f"{six[:2]}-{six[2:4]}-{year}", name, f"lb. {four}"
    ],
    "serial name six": lambda name, six, _, four: [f"{four} {name} {six}", ""],
    "name date serial": lambda name, six, year, four: [
        f"{name}, {six[:2]}.{six[2:4]}.{year}, Nørregade 4, nr. {four}", ""
    ],
}  # fmt: skip


def rows_of(form: str, count: int) -> list[list[str]]:
    return [
        FORMS[form](_CHANCE.choice(NAMES), six, year, serial)
        for six, year, serial in persons(count)
    ]


@for_each(("form", "count"), [(form, count) for form in FORMS for count in (3, 4, 12, 45)])
def test_all_rows_of_a_list_fit(form: str, count: int) -> None:
    rows = rows_of(form, count)
    heads = [f"k{place}" for place in range(len(rows[0]))]
    assert is_refused(heads, rows)
    assert is_refused(["Kommune", *heads], [["Aarhus", *row] for row in rows])


@for_each("form", [form for form in FORMS if "name" in form and "six" in form])
def test_one_row_where_a_name_or_the_head_says_it(form: str) -> None:
    for _ in range(20):
        (row,) = rows_of(form, 1)
        if form.startswith("name") and len(row) == 2 and row[1]:
            assert is_refused(["a", "b"], [row]), row
    for _ in range(20):
        (row,) = rows_of("name, f. date | serial", 1)
        assert is_refused(["a", "b"], [row]), row


def test_a_sheet_of_one_line_which_is_taken_for_names_of_columns() -> None:
    for _ in range(20):
        (row,) = rows_of("name, f. date | serial", 1)
        assert is_refused(row, []), row


@for_each(
    ("form", "heads"),
    [(form, heads) for form in FORMS for heads in ("ab", ("Modtaget", "Antal"), ("Sag", "Kode"))],
)
def test_days_with_counts_and_codes_of_chance(form: str, heads: tuple[str, ...]) -> None:
    """One in eleven of any four digits fits; all of three do in one table of 1,300."""
    for count in (6, 12, 45):
        rows = [
            FORMS[form](_CHANCE.choice(PLACES), day, f"20{day[4:]}", f"{number:04}")
            for day, number in (
                (
                    f"{_CHANCE.randint(2, 27):02}{_CHANCE.randint(1, 12):02}"
                    f"{_CHANCE.randint(15, 25)}",
                    _CHANCE.randint(4000, 9899),
                )
                for _ in range(count)
            )
        ]
        places = [*heads, "c"][: len(rows[0])]
        assert [*paired_numbers(places, [(None, row) for row in rows])] == [], rows
