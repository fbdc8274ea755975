"""What ten digits encode: the day of birth, its century, and whether they may be a person's."""

from calendar import monthrange
from datetime import UTC, date, datetime

# The century that the seventh digit encodes, for the years up to and after a limit (CPR-kontoret,
# "Personnummeret i CPR").
_LAST_OF_2000 = {4: 36, 9: 36, 5: 57, 6: 57, 7: 57, 8: 57}
_FIRST_OF_SUBSTITUTES = 61
CHECK_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
# Since October 2007 the register gives numbers without a check digit where a day has run out.
_FIRST_WITHOUT_CHECK = 2007
# A day ends at 24:00.
_LAST_YEAR_OF_SHORT, _LAST_CLOCK = 30, "2400"


def birth_date(six: str, serial: str) -> date | None:
    """The day of birth that ten digits encode; None where there is no such day.

    Six digits (day + 60 in a substitute number) and at least the first of the next four.
    """
    if not "01" <= six[2:4] <= "12":
        return None
    day, year, seventh = int(six[:2]), int(six[4:]), int(serial[0])
    if seventh < 4:
        year += 1900
    elif year <= _LAST_OF_2000[seventh]:
        year += 2000
    else:
        year += 1900 if seventh in (4, 9) else 1800
    try:
        return date(year, int(six[2:4]), day - 60 if day >= _FIRST_OF_SUBSTITUTES else day)
    except ValueError:
        return None


def is_birthday(six: str, serial: str) -> bool:
    """Whether six digits are a real day of birth in the century that the next digit encodes."""
    return birth_date(six, serial) is not None


def birth_century(six: str, serial: str) -> str:
    """The first two digits of the year of birth that ten digits encode; they are a birthday."""
    day = birth_date(six, serial)
    return "" if day is None else f"{day.year // 100}"


def fits_check(digits: str) -> bool:
    """Whether the check digit of ten digits fits, as it does in one of eleven by chance."""
    total = sum(int(digit) * weight for digit, weight in zip(digits, CHECK_WEIGHTS, strict=True))
    return total % 11 == 0


def is_hardly_chance(digits: str) -> bool:
    """Whether ten digits that may be chance hardly are: they fit, or are of a first of January."""
    return fits_check(digits) or digits.startswith("0101")


def may_be_issued(digits: str) -> bool:
    """Whether ten digits that are a birthday and a serial are such as the register gives.

    Its check digit fits, or it has none: for a first of January, where the register first ran out,
    for those born since it gives numbers without, and in substitute numbers. It is asked for only
    where digits may well be something else.
    """
    is_first = digits[:4] == "0101" or int(digits[:2]) >= _FIRST_OF_SUBSTITUTES
    if is_first or fits_check(digits):
        return True
    day = birth_date(digits[:6], digits[6:])
    return day is not None and _FIRST_WITHOUT_CHECK <= day.year <= datetime.now(UTC).year


def is_likely_given(digits: str) -> bool:
    """Whether ten digits may be issued; of substitute numbers those whose check digit fits.

    What begins with 61 to 91 is often the number of a municipality.
    """
    return may_be_issued(digits) and (digits < f"{_FIRST_OF_SUBSTITUTES}" or fits_check(digits))


def is_clock_of_our_time(six: str, serial: str) -> bool:
    """Whether it is a day of our time and the time of it: hardly anybody of that birthday lives."""
    return serial <= _LAST_CLOCK and serial[2] < "6" and is_of_our_time(six, serial)


def is_of_our_time(six: str, serial: str) -> bool:
    """Whether a day is of the last years though the digit after it encodes the century before."""
    return int(six[4:]) <= _LAST_YEAR_OF_SHORT and serial[0] < "4"


def is_past_day(six: str) -> bool:
    """Whether six digits are a day of this century that has been."""
    try:
        day = date(2000 + int(six[4:]), int(six[2:4]), int(six[:2]))
    except ValueError:
        return False
    return day <= datetime.now(UTC).date()


def is_past_day_year_first(six: str) -> bool:
    """Whether six digits are such a day with the year first, as programs write it."""
    return is_past_day(six[4:] + six[2:4] + six[:2])


def is_of_month_end(six: str) -> bool:
    """Whether six digits are the first or the last day of a month: the days of accounts."""
    day, month, year = int(six[:2]), int(six[2:4]), 2000 + int(six[4:])
    return 1 <= month <= 12 and day in (1, monthrange(year, month)[1])
