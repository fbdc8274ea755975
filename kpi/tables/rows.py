"""Single cells as the tables of data/ write them: numbers, periods and dates."""

import math
import re

from kpi.domain.period import last_day

PERIOD_HINT = "Skriv for eksempel 2022, 2024H1, 2024K1, 2024M05, 2024M05D31 eller 2024/2025."


def as_number(text: str) -> float | None:
    """The number that `text` writes with a decimal point, or None where it is no finite number."""
    try:
        number = float(text)
    except ValueError:
        return None
    plain = text.lstrip("-").replace(".", "", 1)
    return number if math.isfinite(number) and plain.isascii() and plain.isdigit() else None


def typed_number(written: str) -> str:
    """A number as a person types it (`−25,4 %`, `800.000`), as the tables write it.

    A point before three digits divides thousands, as in all Danish writing; any other text than a
    number comes back as it is.
    """
    plain = re.sub(r"\s|%$", "", written.strip()).replace("−", "-")
    if re.fullmatch(r"-?[1-9]\d{0,2}(\.\d{3})+(,\d+)?", plain):
        plain = plain.replace(".", "")
    number = plain.replace(",", ".")
    return number if as_number(number) is not None else written.strip()


def is_date(text: str) -> bool:
    """Whether `text` is a date of the tables: a day, a month or a year."""
    try:
        last_day(text)
    except ValueError:
        return False
    return True
