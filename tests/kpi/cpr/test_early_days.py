"""A day of the last century and four digits that could be a time: nobody wrote moments so."""

from datetime import date, timedelta

from kpi.cpr.digits import fits_check
from kpi.cpr.file_names import name_holds_number
from kpi.cpr.texts import text_holds_number
from kpi.domain.personal import personal_numbers
from tests.tables import for_each


def of_clocks(year: int, fits: bool) -> list[tuple[date, str]]:
    """Days of a year, each with a time of day that the check digit fits, or does not."""
    days = (date(year, 2, 3) + timedelta(days=31 * step) for step in range(9))
    return [
        (day, serial)
        for day in days
        for serial in ("0130", "0845", "1217", "1334", "1503", "1642", "1758", "1829", "2256")
        if fits_check(f"{day:%d%m%y}{serial}") is fits
    ]


@for_each("year", [1926, 1948, 1989])
def test_a_date_that_says_its_century_has_no_time_that_fits(year: int) -> None:
    forms = (
        "{0:%d.%m.%Y} {1}", "{0:%d/%m/%Y} {1}", "Ida {0:%d.%m.%Y} {1}, Gellerup",
        "{0:%d%m%Y} {1}", "{0:%d%m%Y}-{1}", "Ida {0:%d%m%Y}-{1}, Gellerup",
    )  # fmt: skip
    numbers = of_clocks(year, fits=True)
    assert numbers
    texts = [form.format(*number) for form in forms for number in numbers]
    assert [text for text in texts if not text_holds_number(text)] == []


def test_no_time_has_sixty_minutes() -> None:
    texts = ("30.08.1973 0068", "09.12.1995 0673", "Ida 09.12.1935 0673 bor der")
    assert [text for text in texts if not text_holds_number(text)] == []


def test_moments_and_counts_are_none() -> None:
    forms = (
        "{0:%d.%m.%Y} {1}", "{0:%d%m%Y} {1}", "{0:%d%m%Y}-{1}", "udtrukket {0:%d.%m.%Y} {1}",
        "hentet {0:%d%m%Y}-{1}", "opgjort {0:%d.%m.%Y} {1} borgere",
    )  # fmt: skip
    texts = [
        form.format(*number)
        for fits in (True, False)
        for form in forms
        for number in of_clocks(2023, fits)
    ]
    numbers = of_clocks(1953, fits=True)
    texts += [f"pr. {day:%d.%m.%Y} {serial}" for day, serial in numbers]
    texts += [f"den {day:%d.%m.%Y} {serial} borgere" for day, serial in numbers]
    texts += [f"{day:%d.%m.%Y} {serial}" for day, serial in of_clocks(1953, fits=False)]
    assert [text for text in texts if text_holds_number(text)] == []


def test_a_file_called_after_a_number_is_not_one_of_a_moment() -> None:
    numbers = of_clocks(2026, fits=True)
    assert numbers
    for form in ("cpr {0:%d%m%y}-{1}.csv", "cprnr_{0:%d%m%y}_{1}.csv"):
        names = [form.format(*number) for number in numbers]
        assert [name for name in names if not name_holds_number(name)] == []
    names = [f"uden_cpr_{day:%d%m%y}-{serial}.csv" for day, serial in of_clocks(2023, fits=False)]
    names += [f"udtræk_{day:%d%m%y}-{serial}.csv" for day, serial in numbers]
    assert [name for name in names if name_holds_number(name)] == []


def test_a_column_of_nothing_but_moments_has_old_ones_too() -> None:
    numbers = of_clocks(1987, fits=True)[:3]
    rows = [(at, (f"{day:%d.%m.%Y} {serial}",)) for at, (day, serial) in enumerate(numbers, 2)]
    assert not personal_numbers(("Oprettet",), rows)
    assert personal_numbers(("Barn, cpr",), rows)
    assert personal_numbers(("Oprettet",), [*rows, (9, ("25.12.1948 4916",))])
    assert personal_numbers(("x",), rows[:1])


def test_a_first_of_january_has_no_check_digit_and_whole_hours_are_no_number() -> None:
    for day in ("1. januar 1948", "01. januar 1948", "01.01.1948", "1.1.1948"):
        assert text_holds_number(f"{day} 1234"), day
        for other in (f"{day} 1200", f"Folketal {day} 1234", f"{day} 1234 borgere"):
            assert not text_holds_number(other), other
    assert not text_holds_number("01.01.1970 0000")
    assert not text_holds_number("1. januar 2024 1234")
