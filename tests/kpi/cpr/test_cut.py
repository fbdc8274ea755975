"""Numbers cut anywhere by one sign, and the accounts, cases and lists that look like them."""

import random
from itertools import combinations, pairwise, product

import pyarrow as arrow
import pytest

from kpi.cpr.digits import fits_check
from kpi.cpr.texts import text_holds_number, title_holds_number
from kpi.cpr.typed import typed_holds_number
from kpi.domain.personal import name_holds_number, personal_numbers
from kpi.ingest.gate.likely_texts import likely_texts
from tests.empty_database import empty_database
from tests.kpi.cpr.test_joined import is_refused

TEN, TWELVE, YEAR_FIRST = "1405753673", "140519753673", "197505143673"
SIGNS = ("-", " ", "/", "|", "_", ":", "+", "*", " - ", "\u00a0", "\u2013", "~")

_OF_CASES = {(4, 6), (2, 8), (2, 6, 2), (2, 3, 5), (2, 2, 6), (3, 2, 5)}


def cuts(digits: str, most: int) -> list[tuple[int, ...]]:
    """The places where digits may be cut in two pieces to `most`."""
    places = range(1, len(digits))
    return [cut for count in range(1, most) for cut in combinations(places, count)]


def joined(digits: str, cut: tuple[int, ...], sign: str) -> str:
    bounds = (0, *cut, len(digits))
    return sign.join(digits[left:right] for left, right in pairwise(bounds))


@pytest.mark.parametrize("sign", SIGNS)
def test_any_cut_by_one_sign(sign: str) -> None:
    missed = [
        text
        for digits in (TEN, TWELVE, YEAR_FIRST)
        for cut in cuts(digits, 4)
        if not text_holds_number(f"Ida {(text := joined(digits, cut, sign))} er flyttet")
        and not typed_holds_number(text)
    ]
    # Only what figures and cases are: thousands, two of them in a list, a year or a month first.
    assert [text for text in missed if not _is_figure(text, sign)] == []
    assert len(missed) < 8


def _is_figure(text: str, sign: str) -> bool:
    lengths = tuple(map(len, text.split(sign)))
    is_case = sum(lengths) == 10 and lengths in _OF_CASES
    is_list = sum(lengths) == 10 and sign in ":|" and len(lengths) == 2
    is_thousands = not sign.strip() and lengths[0] <= 3 and {*lengths[1:]} == {3}
    return is_case or is_list or is_thousands


def test_other_layouts() -> None:
    texts = [
        "May 14, 1975 3673", "May 14th, 1975 - 3673", "05/14/1975 3673", "05-14-1975-3673",
        "5/14/75-3673", "1|4|0|5|7|5|3|6|7|3", "14,05,75,36,73", "140,5753,673", "+451405753673",
        "+45 140575-3673", "00451405753673", "140519 753673", "14051975-36-73",
        "+45 14 05 75 36 73", "+45-140575-3673", "14 05 1975 36 73",
    ]  # fmt: skip
    for text in texts:
        assert text_holds_number(text), text
        assert typed_holds_number(text), text
        assert text_holds_number(f"Se {text} i dag"), text
        assert is_refused(("sted", "note"), [("Aarhus", text)]), text


def test_thousands_where_nobody_lists_amounts() -> None:
    for text in ("1.405.753.673", "Udtræk 1.405.753.673", "Ida 1'405'753'673"):
        assert typed_holds_number(text)
        assert title_holds_number(text)
        assert name_holds_number(f"{text}.csv")
        for money in (f"{text} kr.", f"Budget {text}", f"I alt {text}", f"{text} indbyggere"):
            assert not title_holds_number(money), money
    for name in ("750514-1239.csv", "750514-3673.csv", "udtræk 19750514-3673.csv"):
        assert name_holds_number(name), name
    assert not name_holds_number("220514-1239.csv")
    assert not title_holds_number("1.405.753.674")
    assert not text_holds_number("Udtræk 1.405.753.673")


def test_what_is_grouped_so_and_is_none() -> None:
    texts = [
        # The check digit does not fit, or there is no such day.
        "140-5753-674", "140519 753674", "140518 753673", "1|4|0|5|7|5|3|6|7|4", "+451405753674",
        "+45 14 05 75 36 74", "+45 14 05 75 36 73 1",
        "140-5753-673-1", "1-140-5753-673", "19-75-0514-3674",
        # Decimals, thousands, lists, yes and no, counting up, years, phones, times, objects, cases.
        "14057,53673", "1.405.753.673", "1,4,0,5,7,5,3,6,7,3", "14, 05, 75, 36, 73",
        "0|1|0|1|0|0|1|1|0|1", "10 11 12 1314", "2024-140575", "+45 14 05 75 36", "1405-753673",
        "konto 140-5753-673", "faktura 140 5753 673", "sagsnr. 140-5753-673", "89 40 20 00",
        "10/24/2023 1430", "October 24, 2023 1430", "12/31/2023: 4500",
        "140 5753 673 kr.", "140 5753 673 borgere", "5798 0057 70220", "May 14, 2024 1130",
    ]  # fmt: skip
    assert [text for text in texts if text_holds_number(text)] == []
    assert [text for text in texts if text_holds_number(f"Se {text} i bilaget")] == []


@pytest.mark.some_cases
@pytest.mark.parametrize(
    "shape", [(3, 4, 3), (5, 5), (1, 9), (3, 3, 4), (2, 3, 2, 3), (4, 4, 2), (6, 6)]
)
def test_chance_digits_in_groups_fit_seldom(shape: tuple[int, ...]) -> None:
    chance = random.Random(str(shape))
    texts = [
        sign.join(f"{chance.randrange(10**width):0{width}}" for width in shape)
        for sign in "- /_"
        for _ in range(500)
    ]
    # By chance one in 300 of ten digits (7), and of twelve one in 10,000.
    assert sum(map(text_holds_number, texts)) < (3 if sum(shape) > 10 else 25)


def test_a_column_of_codes_cut_so_is_none_and_a_person_among_texts_is() -> None:
    chance, names = random.Random(16), ("område", "kode", "værdi")
    for cut, sign in product(((3, 7), (1,), (3, 5, 8), (5,)), ("-", " ", "/")):
        codes = [f"{chance.randrange(10**10):010}" for _ in range(200)]
        codes[7] = TEN
        for form in ("{}", "kode {} a"):
            cells = [form.format(joined(code, cut, sign)) for code in codes]
            rows = [(row, ("Aarhus", cell, "12")) for row, cell in enumerate(cells)]
            assert personal_numbers(names, rows) == [], cells[7]
            texts = [(row, ("Aarhus", "intet", "12")) for row in range(30)]
            assert len(personal_numbers(names, [*texts, rows[7]])) == 1, cells[7]


def test_in_a_column_of_many_texts() -> None:
    """So many that the database looks at them first (kpi/ingest/gate/likely_texts.py)."""
    texts = [joined(TEN, (3, 7), "-"), joined(TWELVE, (6,), " "), joined(YEAR_FIRST, (5, 9), "/"),
             "05/14/1975 3673", "May 14, 1975 3673", "+451405753673", "|".join(TEN)]  # fmt: skip
    others = [f"tlf. 89 40 20 00, se {row:05}" for row in range(1_100)]
    planted = [f"Ida {text} a" for text in texts]
    with empty_database() as connection:
        likely = likely_texts(connection, arrow.array([*others, *planted]), None)
    assert {text for _, text in likely} >= {*planted}


def test_journals_and_production_units() -> None:
    """A journal has numbers from 61 to 91 among others; a P-nummer is named beyond doubt."""
    chance = random.Random(16)
    for _ in range(40):
        numbers = [f"{chance.randint(320_000, 999_999)}-{chance.randint(1_000, 9_999)}"
                   for _ in range(5)]  # fmt: skip
        if not any(fits_check(number.replace("-", "")) for number in numbers):
            assert not is_refused(("Journalnr", "b"), [(number, "x") for number in numbers]), (
                numbers
            )
    birth = [("453201-4567", "x"), ("563201-4567", "x"), ("400101-4567", "x"), ("999999-1234", "x")]
    assert is_refused(("Journalnr", "b"), [*birth, ("251248-4916", "x")])
    unit = next(ten for last in range(10) if fits_check(ten := f"100318103{last}"))
    assert not is_refused(("P-nummer", "b"), [(unit, "x")])
    assert not is_refused(("P-nr.", "b"), [(unit, "x")])
    assert is_refused(("Pnr", "b"), [(unit, "x")])
    assert is_refused(("P-nummer", "b"), [("2512484916", "x")])


def test_thousands_of_more_digits_are_a_budget() -> None:
    """Of ten digits only one is looked at: eleven and twelve are milliards."""
    for text in ("Budget 25.125.376.967 kr.", "25.125.376.967", "251.253.769.671"):
        assert not title_holds_number(text)
        assert not typed_holds_number(text)
        assert not name_holds_number(text)
    assert title_holds_number("1.405.753.673")
