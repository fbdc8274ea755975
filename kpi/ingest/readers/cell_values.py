"""The value of a spreadsheet's cell as the text that `RawTable` writes for it."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite

from kpi.ingest.table.raw import HIDDEN, TYPED, UNREADABLE

Cell = str | int | float | bool | date | datetime | time | timedelta
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


def short(text: str) -> str:
    """A number's text without zeros at the end and without negative zero."""
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
