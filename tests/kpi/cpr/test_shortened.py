"""Five digits, a dash and four are a number without its first zero; codes and cases are none."""

import random
from datetime import date, timedelta

from kpi.cpr.digits import fits_check
from kpi.cpr.file_names import name_holds_number
from kpi.cpr.texts import text_holds_number
from kpi.cpr.typed import typed_holds_number
from tests.kpi.cpr.test_joined import is_refused
from tests.tables import for_each

_CHANCE = random.Random(18)
NUMBERS = [
    next(
        text
        for serial in range(3000 - 7 * step, 3990)
        if fits_check(f"{day:%d%m%y}{serial}") and (text := f"{day:%d%m%y}-{serial}"[1:])
    )
    for step in range(40)
    for day in [date(1935, 1, 1 + step % 9) + timedelta(days=365 * step + 20 * step)]
    if day.day < 10
]


@for_each("around", ["{}", "Ida {} er flyttet", "cpr {}", "({})", "{}, Gellerup", "borger {}."])
def test_found_alone_and_among_words(around: str) -> None:
    assert len(NUMBERS) > 5
    texts = [around.format(number) for number in (*NUMBERS, "51098-1251", "51098\u20131251")]
    assert [text for text in texts if not text_holds_number(text)] == []
    assert [text for text in texts if not typed_holds_number(text)] == []
    for text in texts[-4:]:
        assert is_refused(("sted", "note"), [("Aarhus", text)]), text
    others = [("Aarhus", f"intet, se {row:05}") for row in range(1_100)]
    assert is_refused(("sted", "note"), [*others, ("Aarhus", texts[-2])])


def test_in_a_file_name() -> None:
    assert name_holds_number("udtræk 51098-1251.csv")


def test_what_is_grouped_so_and_is_none() -> None:
    texts = [
        # The check digit does not fit, or there is no such day.
        "51098-1252", "51398-1251", "cvr 51098-1251", "sagsnr. 51098-1251", "konto 51098-1251",
        "Ref. 51098-1251", "51098-1251-3", "1-51098-1251", "151098.51098-1251,5", "a51098-1251",
        "50124-1430", "51098-2024", "8 51098-1251", "51098-1251 borgere",
        "https://x.dk/p?id=51098-1251", "s. 51098-1251", "fra 51098-1251",
    ]  # fmt: skip
    assert [text for text in texts if text_holds_number(text)] == []


@for_each("form", ["{}", "kode {} a"])
def test_a_column_of_codes_is_none_and_a_number_among_texts_is(form: str) -> None:
    for count in (2, 5, 200):
        codes = [f"{_CHANCE.randint(10_000, 99_999)}-{_CHANCE.randint(1_000, 9_999)}"
                 for _ in range(count - 1)]  # fmt: skip
        rows = [("x", form.format(code)) for code in (*codes, "51098-1251")]
        assert not is_refused(("sted", "nr"), rows), count
    assert not is_refused(("sted", "Sagsnr."), [("x", "51098-1251")])
    # What is beside a code in a cell is judged by itself.
    beside = [("x", "51098-1251, Ida 251248-4916"), ("x", "51098-1252"), ("x", "71098-1252")]
    assert is_refused(("sted", "Sagsnr."), beside)


def test_chance_digits_fit_seldom() -> None:
    texts = [f"{_CHANCE.randint(10_000, 99_999)}-{_CHANCE.randint(0, 9_999):04}"
             for _ in range(3_000)]  # fmt: skip
    assert sum(map(text_holds_number, texts)) < 45  # by chance one in a hundred
