"""Days of birth and serials far from each other, in columns and in sheets; figures are none."""

import random

from kpi.cpr.far import are_in_sheets
from tests.kpi.cpr.test_joined import is_refused
from tests.kpi.ingest.test_numbers_in_parts import refusal, xlsx
from tests.tables import for_each

# Check digits fit, unless they are said not to.
NUMBERS = [("251248", "4916"), ("070761", "2118"), ("141256", "1666"), ("301055", "3201")]
_CHANCE = random.Random(16)
COUNTS = [
    (f"{_CHANCE.randint(2, 27):02}{_CHANCE.randint(1, 12):02}{_CHANCE.randint(8, 24):02}",
     f"{_CHANCE.randint(4000, 9999)}")
    for _ in range(30)
]  # fmt: skip


def apart(
    heads: tuple[str, str], parts: list[tuple[str, str]], columns: int = 5
) -> tuple[list[str], list[list[str]]]:
    names = [heads[0], *(f"felt {'abcdefgh'[at]}" for at in range(columns)), heads[1]]
    return names, [[left, *["x"] * columns, right] for left, right in parts]


@for_each(
    ("heads", "parts"),
    [
        (("a", "b"), NUMBERS),
        (("b", "a"), [(right, left) for left, right in NUMBERS]),
        (
            ("fødselsdato", "z"),
            [(f"{left[:2]}.{left[2:4]}.19{left[4:]}", right) for left, right in NUMBERS],
        ),
        (("født", "sidste"), [("251248", "4917")]),
        (("dato", "Sidste fire"), [("251248", "4917")]),
        (("født", "løbenr"), [("25-12-1948", "4917")]),
        (("a", "b"), [("251248", "ddmmåå-4917")]),
        (("a", "b"), [("25.12.1948", "xxxxxx-4917")]),
    ],
)
@for_each("columns", [0, 1, 5])
def test_columns_with_others_between(
    heads: tuple[str, str], parts: list[tuple[str, str]], columns: int
) -> None:
    assert is_refused(*apart(heads, parts, columns))


@for_each(
    ("heads", "parts"),
    [
        (("a", "b"), COUNTS),  # days of our time in no order, and counts from 4000
        (("a", "b"), [(f"{day[:2]}.{day[2:4]}.20{day[4:]}", count) for day, count in COUNTS]),
        (("a", "b"), [(day, f"0{751 + at % 26}") for at, (day, _) in enumerate(COUNTS)]),
        (("fødselsdato", "postnr"), [(day, f"8{at % 3}00") for at, (day, _) in enumerate(COUNTS)]),
        (("dato", "konto"), [("31.12.2023", "xxxxxx4916"), ("31.12.2022", "xxxxxx4916")]),
        (("født", "antal"), NUMBERS[:1]),
    ],
)
@for_each("columns", [0, 1, 5])
def test_days_and_figures(
    heads: tuple[str, str], parts: list[tuple[str, str]], columns: int
) -> None:
    assert not is_refused(*apart(heads, parts, columns))


def test_parts_in_two_sheets() -> None:
    def sheets(heads: tuple[str, str], parts: list[tuple[str, str]]) -> list[list[list[str]]]:
        births, serials = (
            [[head], *([part[at]] for part in parts)] for at, head in enumerate(heads)
        )
        return [[["Liste over", "x"], [], *births], [["a", "b"]], serials]

    assert are_in_sheets(sheets(("x", "y"), NUMBERS))
    assert are_in_sheets(sheets(("Fødselsdato", "Sidste 4"), [("25-12-1948", "4917")]))
    assert are_in_sheets(sheets(("Født", "Løbenr"), [("251248", "4917"), ("010150", "1234")]))
    assert not are_in_sheets(sheets(("dato", "antal"), NUMBERS))
    assert not are_in_sheets(sheets(("x", "y"), COUNTS))
    assert not are_in_sheets(sheets(("Fødselsdato", "Nummer"), NUMBERS[:1]))
    first, last = [["a", "Fødselsdag"], ["x", "251248"]], [["kontrolcifre"], ["4917"]]
    assert refusal("a.xlsx", xlsx(("Ark1", first), ("Ark2", last))) == "personal_data"
