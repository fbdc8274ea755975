"""Stretches of time as ISO 8601 writes them (`2024-01-01/P3M`), and whole months between days."""

import re
from datetime import date, timedelta

from kpi.domain.period import Period, as_period

_ISO_SPAN = re.compile(r"(\d{4}-\d{2}-\d{2})/(?:p(\d{1,2})([ym])|(\d{4}-\d{2}-\d{2}))", re.ASCII)


def iso_span(text: str) -> Period | None:
    """A day with a length (`2024-01-01/P3M`) or with another day, where both fit the months."""
    match = _ISO_SPAN.fullmatch(text)
    if match is None:
        return None
    try:
        start = date.fromisoformat(match[1])
        if match[4]:
            return months_between(start, date.fromisoformat(match[4]))
        months = int(match[2]) * (12 if match[3] == "y" else 1)
        place = 12 * start.year + start.month - 1 + months
        return months_between(start, date(place // 12, place % 12 + 1, 1) - timedelta(days=1))
    except ValueError:
        return None


def months_between(start: date, end: date) -> Period | None:
    """The stretch from the first day of a month to the last day of one."""
    if start.day != 1 or (end + timedelta(days=1)).day != 1 or end < start:
        return None
    first, last = (f"{day.year:04d}M{day.month:02d}" for day in (start, end))
    return as_period(first if first == last else f"{first}:{last}")
