"""What only the names of files say so shortly: ages without years, units, `u30`."""

import re
from collections.abc import Collection

_AGES = re.compile(
    r"(?<![\d.,/-])(\d\d)\s?-\s?(\d\d)(?![\d.,/-])(?!\s?-?\s?(?:år|aar|year|pct|procent|%))"
)
_BELOW = re.compile(
    r"(?<![^\W_])(u|under|over)\s?(\d\d)(?![\d.,/-])(?!\s?-?\s?(?:år|aar|pct|procent|%))"
)
_UNIT = re.compile(r"(?<![^\W_])(?:promille|i\s1\.?000|(?:i\s)?tusinder)(?![^\W_])", re.IGNORECASE)
_LEAST_AGE, _MONTHS = 10, 12


def with_years_of_age(name: str, years: Collection[int]) -> str:
    """A file's name with `år` after its ages: not after months, or the rows' first or last year.

    >>> with_years_of_age("job 18-29", {2024})
    'job 18-29 år'
    >>> with_years_of_age("job 18-24", {2018, 2024})
    'job 18-24'
    >>> with_years_of_age("job u30", {2024})
    'job under 30 år'
    """
    ends = {min(years) % 100, max(years) % 100} if years else set()

    def of_ages(match: re.Match[str]) -> str:
        low, high = int(match[1]), int(match[2])
        is_age = low >= _LEAST_AGE and high > max(low + 1, _MONTHS) and not {low, high} & ends
        return f"{match[0]} år" if is_age else match[0]

    name = _AGES.sub(of_ages, name)
    return _BELOW.sub(
        lambda match: f"{'over' if match[1] == 'over' else 'under'} {match[2]} år", name
    )


def unit_of_name(name: str) -> str:
    """The unit in which a file's name says that its figures are; empty where it says none."""
    match = _UNIT.search(name.replace("_", " "))
    return match[0] if match else ""
