"""Numbers whose groups are parted by any signs, within the halves too, or by joining words."""

import random
from datetime import date, timedelta
from itertools import product

import pytest

from kpi.cpr.digits import CHECK_WEIGHTS, fits_check, is_birthday
from kpi.cpr.texts import text_holds_number
from kpi.cpr.typed import typed_holds_number
from tests.kpi.cpr.test_joined import is_refused
from tests.tables import for_each
from tests.tiers import some

DATES = ("251248", "25.12.48", "25-12-48", "25/12/48", "2512.48", "25.1248", "25.12.1948",
         "1948-12-25", "25. december 1948")  # fmt: skip
SERIALS = ("49.16", "49 16", "49-16", "4.916", "4 9 1 6")
SIGNS = (" - ", "--", "->", "/", " / ", "::", "_", "~", " = ", "...", " – ", "•", "\u00a0-\u00a0")
WORDS = (" og ", " samt ", " med ", ", derefter ", " plus ", " efterfulgt af cifrene ", " - og - ")


@pytest.mark.parametrize("around", ["{}", "Ida {} Hansen"])
def test_signs_between_and_within_the_halves(around: str) -> None:
    missed = [
        text
        for date, sign, serial in product(DATES, SIGNS, SERIALS)
        if not text_holds_number(text := around.format(date + sign + serial))
    ]
    assert missed == []


@pytest.mark.parametrize("around", ["{}", "Ida {} Hansen"])
def test_words_between_the_halves(around: str) -> None:
    missed = [
        text
        for date, word, serial in product(DATES, WORDS, ("4916", "49 16", "49-16"))
        if not text_holds_number(text := around.format(date + word + serial))
    ]
    assert missed == []


def test_glued_together() -> None:
    for text in ("251248er4916", "Ida 251248nr4916", "251248-4916251248-4916",
                 "251248-4916141256-1666301055-3201"):  # fmt: skip
        assert text_holds_number(text), text
        assert is_refused(("sted", "note"), [("Aarhus", text)]), text
    for text in ("251248AB4916", "251248er4917", "x251248er4916", "1-251248-4916251248-4916"):
        assert not text_holds_number(text), text


def test_clocks_behind_days() -> None:
    """Hours and minutes with a colon are a time, however the day is written; other digits not."""
    fitting = {"2212800115": "01:15", "2512480015": "00:15", "0307710714": "07:14"}
    for ten, clock in fitting.items():
        day, month, year = ten[:2], ten[2:4], ten[4:6]
        assert fits_check(ten)
        for sign in "-./":
            date_of_clock = sign.join((day, month, year))
            assert not text_holds_number(f"{date_of_clock} {clock}"), ten
            assert not text_holds_number(f"Åbnet {date_of_clock}, {clock} af vagten"), ten
    for text in ("25-12-48 49:16", "22.12.80 - 01:15", "25-12-48 49:17"):
        ten = "".join(filter(str.isdigit, text))
        assert text_holds_number(text) is fits_check(ten), text


def test_in_a_cell() -> None:
    for text in ("2512.48.4916", "25.12.48 - 49.16", "251248 og 4916", "251248 - 49.16"):
        assert is_refused(("sted", "note"), [("Aarhus", text)]), text
        # Of many texts the database looks at first (kpi/ingest/gate/likely_texts.py).
        assert is_refused(("sted", "note"), [("Aarhus", text), ("Viby", "x")]), text


def _random(chance: random.Random, pattern: str) -> str:
    return "".join(chance.choice("0123456789") if sign == "9" else sign for sign in pattern)


@pytest.mark.some_cases
@pytest.mark.parametrize(
    "pattern",
    ["9.999 (99,9 %)", "199999 (99,99 %)", "99,99 (99,9-99,9)", "99.999.999,99 kr.", "99 99 99 99",
     "fra 199999 til 9999", "mellem 199999 og 9999", "199999 personer og 9999 boliger",
     "kl. 19.99-19.99", "199.999 og 9.999", "19, 99, 99, 99, 99", "sag 29/999999",
     "56.9999, 10.9999", "89 99 99 99 lokal 99", "87-99-99999-9"],
)  # fmt: skip
def test_ordinary_figures_are_none(pattern: str) -> None:
    chance = random.Random(pattern)
    texts = (_random(chance, pattern) for _ in some(range(1_500), 150))
    assert [text for text in texts if text_holds_number(text)] == []


@for_each("form", ["{:%d.%m.%y} - {}", "{:%d.%m.%y}: {}", "{:%d-%m-%y} og {}", "{:%d.%m.%Y} ({})"])
def test_days_of_our_time_with_counts_are_none(form: str) -> None:
    chance = random.Random(form)
    for _ in some(range(1_500), 120):
        day = date(2000, 1, 1) + timedelta(days=chance.randrange(10_000))
        for count in (_random(chance, "9.999"), _random(chance, "99.99")):
            text = form.format(day, count)
            assert not text_holds_number(text), text
            assert not typed_holds_number(text), text


def test_without_a_check_digit_that_fits_it_is_none() -> None:
    chance, count = random.Random(1), 0
    while count < 500:
        ten = _random(chance, "9999499999")
        total = sum(int(digit) * weight for digit, weight in zip(ten, CHECK_WEIGHTS, strict=True))
        if not total % 11 or not is_birthday(ten[:6], ten[6:]):
            continue
        count += 1
        for text in (f"{ten[:6]} og {ten[6:]}", f"{ten[:4]}.{ten[4:6]}.{ten[6:]}"):
            assert not text_holds_number(text) or ten[0] in "06789", text


def test_a_column_of_figures_in_such_groups_is_judged_by_all_of_them() -> None:
    chance = random.Random(3)
    rows = [("Aarhus", f"{_random(chance, '199999')} og {_random(chance, '4999')}")
            for _ in range(300)]  # fmt: skip
    assert any(text_holds_number(text) for _, text in rows)
    assert not is_refused(("sted", "tal"), rows)
