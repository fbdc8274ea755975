"""Dates with a time of day, as databases, scripts and Power BI write them."""

import re
from datetime import datetime, time

from kpi.domain.period import DENMARK

_MIDNIGHT = re.compile(
    r"(?<=\d)(?:[t ]0?0[:.]00(?:[:.]00(?:\.0+)?)?(?:z|\+00:00)?| 12:00(?::00)? am)$"
    r"|(?<=[a-z]{3}\d{4}):00:00:00(?:\.0+)?$",  # SAS: `31DEC2024:00:00:00`
    re.ASCII | re.IGNORECASE,
)
_MOMENT = re.compile(
    r"(\d{4}-\d\d-\d\d)[t ](\d\d:\d\d(?::\d\d)?)(?:\.0+)?(z|[+-]\d\d:?\d\d)",
    re.ASCII | re.IGNORECASE,
)


def without_midnight(text: str) -> str:
    """A date without the time at which a day begins: `2024-05-01T00:00:00Z`.

    A moment of another clock is a date where it is midnight in Denmark: JavaScript writes 1 May as
    `2024-04-30T22:00:00.000Z`.
    """
    date_alone = _MIDNIGHT.sub("", text)
    match = _MOMENT.fullmatch(text) if date_alone == text else None
    if match is None:
        return date_alone
    try:
        moment = datetime.fromisoformat(f"{match[1]}T{match[2]}{match[3].upper()}")
        here = moment.astimezone(DENMARK)
    except (ValueError, OverflowError):
        return text
    return here.date().isoformat() if here.time() == time() else text
