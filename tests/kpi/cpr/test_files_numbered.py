"""Ten digits behind a word for a file: what numbers files, or a person, as in any other place."""

from datetime import date, timedelta

from kpi.cpr.digits import fits_check, is_birthday, may_be_issued
from kpi.cpr.file_names import name_holds_number
from kpi.cpr.texts import text_holds_number
from kpi.cpr.typed import typed_holds_number
from tests.kpi.cpr.test_joined import TENS, is_refused
from tests.tables import for_each

WORDS = ("udtraek_", "udtræk-", "export_", "Data-", "log-", "backup_", "fil-")
PERSONS = ("2801551349", "2801556789", "0507634568", "3112994321")
_DAYS = [date(2001, 1, 3) + timedelta(days=83 * step) for step in range(110)]


@for_each("word", WORDS)
def test_a_person_whose_check_digit_does_not_fit(word: str) -> None:
    for ten in PERSONS:
        assert is_birthday(ten[:6], ten[6:])
        assert not fits_check(ten)
        assert name_holds_number(f"{word}{ten}.csv"), ten
        assert text_holds_number(f"{word}{ten}"), ten
        assert name_holds_number(f"{ten}.csv"), ten


@for_each("word", WORDS)
def test_moments_and_counters_of_programs(word: str) -> None:
    numbers = [
        form.format(day)
        for day in _DAYS
        for form in ("{0:%y%m%d}1349", "{0:%d%m%y}0915", "{0:%Y%m%d}07", "{0:%d%m%Y}31")
    ]
    numbers += [str(1_100_000_000 + 7_919_333 * step) for step in range(80)]
    names = [f"{word}{ten}" for ten in numbers if not fits_check(ten)]
    assert len(names) > 400
    assert [name for name in names if name_holds_number(f"{name}.csv")] == []
    assert [name for name in names if text_holds_number(name)] == []


@for_each("behind", [".2024", ".1", ",1", ".12", ".2024.1", ".1.kopi", ".2024-05-01"])
def test_ten_digits_with_a_year_or_the_number_of_a_copy_behind(behind: str) -> None:
    """No file is called by an amount."""
    for ten in TENS:
        assert name_holds_number(f"{ten}{behind}.csv"), ten
        wrong = f"{ten[:9]}{(int(ten[9]) + 1) % 10}"
        # No amount begins with a zero.
        if wrong[0] != "0" and not may_be_issued(wrong) and behind in (".1", ",1", ".12"):
            assert not name_holds_number(f"{wrong}{behind}.csv"), wrong


def test_a_year_behind_ten_digits_in_what_is_typed() -> None:
    for ten in TENS:
        for text in (f"{ten}.2024", f"Se {ten},2023", f"{ten}.2024 Ida"):
            assert typed_holds_number(text), text
    # Decimals are no year, and what no check digit fits is an amount.
    assert not typed_holds_number("1902581664,2024")
    assert not name_holds_number("1700000000.2024.csv")


def test_moments_with_the_year_first_on_the_last_of_a_month() -> None:
    """`260331-0930` is the 26th of March 1931 as well: somebody's where the check digit fits."""
    moments = [
        f"{year:02}{month:02}31{hour:02}{minute:02}"
        for year in range(18, 26)
        for month in (1, 3, 5, 7, 8, 10, 12)
        for hour, minute in ((0, 15), (7, 50), (9, 30), (16, 5), (23, 59))
    ]
    for ten in moments:
        for form in ("{}-{}", "udtræk_{}-{}", "KMD_{}_{}_ledige", "{} {}"):
            name = form.format(ten[:6], ten[6:])
            assert name_holds_number(f"{name}.csv") == fits_check(ten), name
    # In a column of moments none is a person's.
    for head in ("Hentet", "Tid", "a"):
        for form in ("{}-{}", "{} {}", "{}{}"):
            rows = [[form.format(ten[:6], ten[6:]), "12"] for ten in moments]
            assert not is_refused((head, "Antal"), rows)
