"""Ten digits behind a word for a file: what numbers files, or a person, as in any other place."""

from datetime import date, timedelta

from kpi.cpr.digits import fits_check, is_birthday
from kpi.cpr.file_names import name_holds_number
from kpi.cpr.texts import text_holds_number
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
