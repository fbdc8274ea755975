"""The value of a spreadsheet's cell as the text that `RawTable` writes for it."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite

from kpi.cpr.digits import is_birthday
from kpi.ingest.table.raw import HIDDEN, TYPED, UNREADABLE

Cell = str | int | float | bool | date | datetime | time | timedelta
_FEWEST_OF_PERSON, _MOST_OF_PERSON = 10**8, 10**10
_OUR_MARKS = str.maketrans("", "", TYPED + UNREADABLE + HIDDEN)


def cell_text(value: Cell) -> str:
    """A cell's value as text, as `RawTable` writes it; a day is a period (`2024M05D31`)."""
    if isinstance(value, str):
        return value.translate(_OUR_MARKS)
    if isinstance(value, bool):
        return UNREADABLE + ("SAND" if value else "FALSK")
    if isinstance(value, int | float):
        if not isfinite(value):
            return UNREADABLE + str(value)
        text = repr(value)
        return typed(Decimal(text)) if "e" in text else TYPED + short(text)
    if isinstance(value, datetime) and value.time() != time():
        return value.isoformat()
    if isinstance(value, date):
        return day_of(value)
    if isinstance(value, time):
        return value.isoformat()
    return f"{value / timedelta(hours=1):.2f} timer"


def day_of(day: date) -> str:
    """A day as a period: `2024M05D31`."""
    return f"{day.year:04d}M{day.month:02d}D{day.day:02d}"


def typed(number: Decimal) -> str:
    """A number that the file typed, written out after the mark that says so."""
    return TYPED + short(format(number, "f"))


def may_be_person(number: Decimal) -> bool:
    """Whether a cell's number is ten digits that are a birthday, its first zero lost or not.

    The file is kept with it, so the search for CPR numbers sees it as it is, whatever is shown.
    """
    if not _FEWEST_OF_PERSON <= number < _MOST_OF_PERSON or number != int(number):
        return False
    ten = f"{int(number):010d}"
    return is_birthday(ten[:6], ten[6:])


def short(text: str) -> str:
    """A number's text without zeros at the end and without negative zero."""
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
