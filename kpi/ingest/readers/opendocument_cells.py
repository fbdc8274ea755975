"""What a number and a date of an OpenDocument cell say, given the style that shows them."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from kpi.ingest.readers import number_formats
from kpi.ingest.readers.cell_notes import BLANK_ZERO, STRUCK
from kpi.ingest.readers.cell_styles import CellStyle
from kpi.ingest.readers.cell_values import day_of, may_be_person, typed
from kpi.ingest.readers.number_formats import words_shown
from kpi.ingest.table.raw import UNREADABLE
from kpi.ingest.words.written_periods import period_of

_MOST_DIGITS = 400
_TRUTHS = {"true": "SAND", "sand": "SAND", "false": "FALSK", "falsk": "FALSK"}
_CURRENCIES = {"DKK": "kr."}


class CellRead(NamedTuple):
    """A cell's text, the kinds of its notes, and the format that shows it in another scale.

    `day` is that of a date whose text is a month or a year, `words` what the format writes beside a
    number that is not read with them.
    """

    text: str
    notes: tuple[str, ...] = ()
    scaled_by: str = ""
    day: str = ""
    words: str = ""


def error_read(kind: str, value: str, shown: str) -> CellRead:
    """An error, whatever value the cell has besides; what may be a person's is read or noted."""
    text = UNREADABLE + (shown or "fejl")
    if kind == "date":
        return CellRead(text, day=date_read(value, CellStyle()).text)
    try:
        number = Decimal(value)
    except InvalidOperation:
        return CellRead(text)
    is_personal = number.is_finite() and may_be_person(number)
    return CellRead(typed(number) if is_personal else text)


def number_read(
    kind: str, value: str, shown: str, style: CellStyle, currency: str = ""
) -> CellRead:
    """A number, as `typed` writes it; UNREADABLE with what is shown where that is another thing.

    `kind` is "float", "percentage" or "currency", `value` the number in the file, `shown` the text,
    `currency` the cell's own (`DKK`), which counts where its style has no format.
    """
    try:
        number = Decimal(value)
    except InvalidOperation:
        return CellRead(UNREADABLE + (shown or value or "fejl"))
    # No program counts so far; written out it would fill the memory.
    if number.is_finite() and abs(number.adjusted()) > _MOST_DIGITS:
        return CellRead(UNREADABLE + (shown or value)[:_MOST_DIGITS])
    is_personal = number.is_finite() and may_be_person(number)
    if is_personal and (kind == "percentage" or shown.startswith(("#", "Err:", "Fejl:"))):
        return CellRead(typed(number))
    # LibreOffice writes what a formula judges as a number, with the truth as its text.
    if (truth := _TRUTHS.get(shown.strip().casefold())) is not None:
        return CellRead(UNREADABLE + truth)
    if not number.is_finite() or shown.startswith(("#", "Err:", "Fejl:")):
        return CellRead(UNREADABLE + (shown or value))
    notes: tuple[str, ...] = (STRUCK,) if style.is_struck else ()
    if style.is_raised:
        return CellRead(UNREADABLE + (shown or value), notes)
    is_percent = kind == "percentage" or None
    instead = number_formats.shown_instead(style.format, float(number), is_percent)
    if instead is not None and not (number == 0 and instead in ("", "-")):
        words = words_shown(style.format, float(number)) if instead.startswith(UNREADABLE) else ""
        return CellRead(instead or UNREADABLE + "skjult af cellens talformat", notes, words=words)
    if instead == "":
        notes = (*notes, BLANK_ZERO)
    words = words_shown(style.format, float(number))
    if kind == "percentage":
        return CellRead(typed(number * 100) + "%", notes, words=words)
    scaled_by = style.format if number_formats.shown_scale(style.format) != 1 else ""
    if number_formats.shows_percent_sign(style.format):
        return CellRead(typed(number) + "%", notes, scaled_by, words=words)
    written = style.format or (f'0 "{_CURRENCIES.get(currency, currency)}"' if currency else "")
    unit = number_formats.shown_unit(written, float(number))
    shown_with = f" {unit}" if unit else ""
    return CellRead(typed(number) + shown_with, notes, scaled_by, words=words)


def date_read(value: str, style: CellStyle, shown: str = "") -> CellRead:
    """A day, or what its format shows of it: a month, a year, a number of a person.

    Where the file has no format of the cell, `shown` is what the program that wrote it showed.
    """
    notes: tuple[str, ...] = (STRUCK,) if style.is_struck else ()
    try:
        day = date.fromisoformat(value[:10])
    except ValueError:
        return CellRead(value, notes)
    if (number := number_formats.shown_as_person(style.format, day)) is not None:
        return CellRead(number, notes)
    if number_formats.shows_month_or_year(style.format):
        return CellRead(number_formats.shown_period(style.format, day), notes, day=day_of(day))
    period = None if style.format else period_of(shown)
    if period is not None and (period.start, period.end) != (day, day) and period.start == day:
        return CellRead(shown, notes, day=day_of(day))
    has_time = value[10:].strip("T0:.Z") != ""
    return CellRead(value if has_time else day_of(day), notes)
