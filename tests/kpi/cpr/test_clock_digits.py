"""Four digits that a clock could show, behind a day of the last century: year or letters first."""

from datetime import date, timedelta
from itertools import product

import pytest

from kpi.cpr.digits import fits_check
from kpi.cpr.file_names import name_holds_number
from kpi.cpr.texts import text_holds_number
from kpi.cpr.typed import typed_holds_number
from kpi.domain.personal import personal_numbers
from tests.kpi.cpr.test_joined import is_refused
from tests.tables import for_each
from tests.tiers import some

CLOCKS: tuple[str, ...] = ("0130", "0845", "1251", "1334", "1503", "1642", "1758", "1829", "2256")
OTHERS = ("0068", "1075", "2360", "3201", "3673")  # no clock shows these
_DAYS = [date(1932, 2, 3) + timedelta(days=211 * step) for step in range(118)]


def numbers(serials: tuple[str, ...], fits: bool) -> list[tuple[date, str]]:
    """Days of the years to 1999 and four digits whose check digit fits, or does not."""
    return [
        (day, serial)
        for day, serial in product(_DAYS, serials)
        if fits_check(f"{day:%d%m%y}{serial}") is fits
    ]


# The marks within the date, and what is between it and the four digits.
MARKS, BETWEEN = ("", "-", ".", "/"), ("-", " - ", "/", "\u2013", "+")
ORDERS = ("%d{0}%m{0}%y", "%d{0}%m{0}%Y", "%y{0}%m{0}%d", "%Y{0}%m{0}%d")
# So the addresses of pages and folders have a day and what is within it.
_NOT_READ = {("%Y{0}%m{0}%d", "/", "/"), ("%y{0}%m{0}%d", "/", "/")}


def spellings(order: str) -> list[str]:
    return [
        order.format(mark) + between.replace("%", "%%") + "{}"
        for mark, between in product(MARKS, BETWEEN)
        if (order, mark, between) not in _NOT_READ
    ]


@for_each("order", ORDERS)
@pytest.mark.parametrize("around", ["{}", "Borger {}", "Ida Holm, {}", "Se {} i dag"])
def test_a_number_in_every_spelling_and_order(order: str, around: str) -> None:
    fitting = numbers(CLOCKS + OTHERS, fits=True)
    assert {year for day, _ in fitting for year in [day.year // 10]} >= {193, 195, 197, 199}
    missed = [
        text
        for spelling in spellings(order)
        for day, serial in (fitting if around == "{}" else some(fitting, 4))
        if not text_holds_number(text := around.format(day.strftime(spelling).format(serial)))
    ]
    assert missed == []


def test_in_a_note_a_name_and_a_table() -> None:
    for text in ("1998-10-05-1251", "Anna Hansen, 98-10-05-1251", "981005-1251", "98.10.05-1251"):
        assert typed_holds_number(text), text
        assert name_holds_number(f"{text}.csv"), text
        assert is_refused(("sted", "note"), [("Aarhus", text)]), text
        several = [("Aarhus", f"intet {row}") for row in range(1_200)]
        assert is_refused(("sted", "note"), [*several, ("Aarhus", text)]), text


def test_moments_and_other_figures_in_the_same_layouts() -> None:
    of_our_time = [
        (day, clock)
        for day, clock in product(
            (date(2000, 1, 9) + timedelta(days=97 * step) for step in range(100)), CLOCKS
        )
        if day.day < 29  # with the day first, years from 29 on
    ]
    of_files = ("{0:%Y-%m-%d}-{1}", "{0:%y%m%d}-{1}.csv", "{0:%Y%m%d}-{1}", "hentet {0:%y%m%d}-{1}",
             "udtræk_{0:%y%m%d}-{1}", "{0:%Y-%m-%d} {1}", "{0:%Y-%m-%d}_{1}")  # fmt: skip
    texts = [form.format(*moment) for form in of_files for moment in of_our_time]
    # Of the nineties with a word for a moment, or as programs part a day and its time.
    nineties = [number for number in numbers(CLOCKS, fits=True) if number[0].year >= 1990]
    assert nineties
    of_words = ("hentet {0:%Y-%m-%d}-{1}", "Opdateret: {0:%y%m%d}-{1}", "{0:%Y-%m-%d} {1}",
             "{0:%Y-%m-%dT}{1}", "kl. {0:%Y-%m-%d} {1}")  # fmt: skip
    texts += [form.format(*number) for form in of_words for number in nineties]
    # The check digit does not fit.
    of_dates = ("{0:%Y-%m-%d}-{1}", "{0:%y-%m-%d}-{1}", "{0:%y%m%d}-{1}")
    texts += [
        form.format(*number)
        for form in of_dates
        for number in numbers(CLOCKS, fits=False)
        if not (form == of_dates[-1] and number[0].year < 1992)  # substitutes: day + 60
        if not (form == of_dates[1] and number[0].year < 1992)
    ]
    texts += ["sagsnr. 981005-1251", "konto 981005-1251", "1998-10-05-0000", "981005-2024",
              "201101-2020", "v. 2.10.2024-0815", "1998-10-05T12:51"]  # fmt: skip
    assert [text for text in texts if text_holds_number(text)] == []


def test_a_column_of_codes_whose_year_is_first_in_some() -> None:
    """A column of chance codes whose year is first in some is one of codes."""
    codes = [f"{320_000 + 7_919 * step % 680_000}-{1_000 + 3_571 * step % 9_000}"
             for step in range(200)]  # fmt: skip
    rows = [(at, (code,)) for at, code in enumerate(codes, 2)]
    assert personal_numbers(("Journalnr",), rows) == []


MISREAD = {"0": "OoQ", "1": "Il", "2": "Zz", "5": "Ss", "6": "Gb", "8": "B", "9": "gq"}


def test_letters_in_place_of_digits_before_what_a_clock_could_show() -> None:
    texts = ["O51O98-1251", "O5IO98-I25I", "cpr O5IO98-I25I", "Ida O51O98-1251 a", "05l098-1251"]
    for (day, serial), (digit, letters) in product(numbers(CLOCKS, True)[::5], MISREAD.items()):
        for letter in letters:
            written = f"{day:%d%m%y}-{serial}".replace(digit, letter)
            halves = written.split("-")
            # Two letters and digits are the name of a cell.
            if (
                letter in written
                and not any(half[:2].isalpha() for half in halves)
                and all(2 * half.count(letter) <= len(half) for half in halves)
            ):
                texts.append(written)
    assert len(texts) > 100
    assert [text for text in texts if not text_holds_number(text)] == []
    for text in texts[:4]:
        assert is_refused(("sted", "note"), [("Aarhus", text)]), text
        others = [("Aarhus", f"tlf. 89 40 20 00, se {row:05}") for row in range(1_100)]
        assert is_refused(("sted", "note"), [*others, ("Aarhus", text)]), text
    codes = ["BO51O98-1251", "O5IO98-I252", "SOS 112-0800", "O51O24-1251", "hentet O51O98-1251"]
    assert [text for text in codes if text_holds_number(text)] == []
