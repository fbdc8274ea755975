"""A serial beside a person's day of birth, behind a mask, in words or the year first."""

from datetime import date, timedelta

from kpi.cpr.digits import fits_check
from kpi.domain.personal import holds_personal_number
from tests.kpi.cpr.test_joined import is_refused
from tests.tables import for_each


def given(year: int, serials: range) -> list[tuple[date, str]]:
    """Days of a year, each with a serial whose check digit fits."""
    days = (date(year, 1, 5) + timedelta(days=47 * step) for step in range(7))
    return [
        (day, f"{serial:04}")
        for day in days
        for serial in serials
        if fits_check(f"{day:%d%m%y}{serial:04}")
    ][:12]


BORN = (
    "født {0:%d.%m.%Y}, {1}", "f. {0:%d-%m-%y} med de sidste 4 cifre {1}",
    "Født: {0:%d/%m/%Y} - {1}",
    "født d. {0:%d%m%y} og har nummer {1}", "Ida, fødselsdag {0:%d.%m.%y}; {1}",
    "mangler f. {0:%d.%m.%y}, ender på {1}", "født {0:%d%m%y} med nr. {1}",
    "født {0:%d%m%y} og {1}", "fødselsdag {0:%d.%m.}, år {0:%y}, kontrolcifre {1}",
    "født {0:%d/%m} i år {0:%Y}, løbenr. {1}",
)  # fmt: skip
MASKED = (
    "{0:%d.%m.%Y}, ddmmåå-{1}", "ddmmyy {1} (f. {0:%d.%m.%y})", "******-{1}, f. {0:%d.%m.%Y}",
    "født {0:%d.%m.%Y}, xxxxxx{1}", "dd.mm.åå-{1} {0:%d.%m.%Y}", "xxxxxx-{1}: {0:%d.%m.%Y}",
)  # fmt: skip
YEAR_FIRST = ("{0:%Y %m %d} {1}", "{0:%Y%m%d} {1}", "{0:%Y-%m-%d} {1}", "{0:%Y.%m.%d} {1}")


@for_each("form", BORN)
@for_each(
    ("year", "serials"),
    [(1948, range(4900, 4990)), (1954, range(1940, 2020)), (1961, range(100, 200)),
     (1944, range(1100, 1300)), (2014, range(4500, 4600))],
)  # fmt: skip
def test_a_serial_behind_a_day_of_birth(form: str, year: int, serials: range) -> None:
    texts = [form.format(*number) for number in given(year, serials)]
    assert texts
    assert [text for text in texts if not holds_personal_number(text)] == []
    assert is_refused(("sted", "note"), [("Aarhus", texts[0])])


def test_a_year_in_full_tells_a_day_of_birth_from_a_moment() -> None:
    for day, serial in given(1921, range(1110, 1160)):
        written = (f"født {day:%d.%m.%Y}, {serial}", f"{day:%d%m%Y}{serial}")
        assert all(map(holds_personal_number, written)), written
    for day, serial in given(1994, range(1110, 1160)):
        assert not holds_personal_number(f"{day:%d%m%Y}{serial}")


@for_each("form", MASKED)
def test_a_serial_behind_a_mask(form: str) -> None:
    texts = [form.format(date(1948, 12, 25), serial) for serial in ("4916", "4917", "0123")]
    assert [text for text in texts if not holds_personal_number(text)] == []


@for_each(
    "form",
    ["f. {0:%d.%m.%y}, slutter på {1}", "Ida, født {0:%d.%m.%Y}, ender på {1}",
     "slutter på {1}, født {0:%d.%m.%y}"],
)  # fmt: skip
def test_a_serial_that_is_named_needs_no_check_digit(form: str) -> None:
    texts = [form.format(date(1948, 12, 25), serial) for serial in ("4916", "4917", "0123")]
    assert [text for text in texts if not holds_personal_number(text)] == []
    others = ("Pr. 31.12.23 endte på 4916 borgere", "født 2010: projektet slutter på 4795 timer")
    assert [text for text in others if holds_personal_number(text)] == []


@for_each("form", YEAR_FIRST)
@for_each(
    ("year", "serials"),
    [(1990, range(60, 100)), (1996, range(1160, 1200)), (1996, range(3900, 4000)),
     (1990, range(4900, 5000))],
)  # fmt: skip
def test_the_year_first_also_from_1990(form: str, year: int, serials: range) -> None:
    # Rows of figures have spaces too, but no zeros first.
    numbers = [born for born in given(year, serials) if born[0].day < 10 or "%m " not in form]
    texts = [form.format(*number) for number in numbers]
    assert texts
    assert [text for text in texts if not holds_personal_number(text)] == []


def test_figures_days_and_masks_of_others() -> None:
    texts = [
        "født 25.01.1954, 1985 flyttet", "251248 og 4916", "fra 120312 til 4567", "120312 med 4567",
        "født 25.01.24 1430", "født 25.12.2023 kl. 1430", "konto xxxxxx4916 pr. 31.12.2023",
        "kort **** **** **** 4916, 25.12.2023", "pr. 31.12.2023 xxxxxx-4916", "1990 12 25 4916 3",
        "1990-12-22 1152", "født 251248 i 8000 Aarhus", "Antal født 31.12.2023: 4567",
        "Børn født 120312 og 4567", "født 2010, 2011, 2012", "født 01.01.2010-31.12.2010",
        "f. 12 34 56 78 4567", "født i perioden 01.01.1990-31.12.1995", "ddmmåå-4916",
        "Format: ddmmåå-1234, f.eks. 31.12.2023", "Unge født 01.01.2008 og 4567 andre",
    ]  # fmt: skip
    assert [text for text in texts if holds_personal_number(text)] == []


NO_TIMES = (
    "{0:%d.%m.%y} kl. {1}", "{0:%d.%m.%Y}, kl. {1}", "{0:%d%m%y} kl {1}",
    "mødt {0:%d-%m-%y} kl.{1}", "{0:%d/%m/%y} klokken {1}",
)  # fmt: skip


@for_each("form", NO_TIMES)
def test_a_time_that_no_clock_shows(form: str) -> None:
    numbers = given(1948, range(4900, 4990))
    assert numbers
    for day, serial in numbers:
        assert holds_personal_number(form.format(day, serial))
        colon = f"{serial[:2]}:{serial[2:]}"
        assert holds_personal_number(form.format(day, colon))
        assert holds_personal_number(form.format(day, colon.replace(":", ".")))
    # A time of day is one, and so is a day's count of another word.
    for day, serial in given(1948, range(1400, 1460)):
        assert not holds_personal_number(form.format(day, f"{serial[:2]}:{serial[2:]}"))
