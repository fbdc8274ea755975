"""What only the names of files say so shortly: ages without years, units, `u30`."""

import re
from collections.abc import Collection

# A `_` may stand between the parts of a day or a time, too.
_AGES = re.compile(
    r"(?<![\d.,/-])(?<!\d_)(0|\d\d)\s?([-–_])\s?(\d\d)(?![\d.,/-])(?!_\d)"
    r"(?!\s?-?\s?(?:år|aar|year|pct|procent|%))"
)
_AND_OVER = re.compile(r"(?<!\d)(\d\d)\s?plus(?![^\W_])", re.IGNORECASE)
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
    >>> with_years_of_age("job 24-54", {2018, 2024})
    'job 24-54 år'
    >>> with_years_of_age("job u30", {2024})
    'job under 30 år'
    """
    ends = {min(years) % 100, max(years) % 100} if years else set()

    def of_ages(match: re.Match[str]) -> str:
        """The span with its unit, unless its numbers are the file's years."""
        low, high = int(match[1]), int(match[3])
        # A year that is yet to come is none.
        are_years = bool({low, high} & ends) and high <= max(ends) + 1
        least = _MONTHS + 1 if match[2] == "_" else _LEAST_AGE
        is_age = (low >= least or match[1] == "0") and high > max(low + 1, _MONTHS)
        return f"{match[1]}-{match[3]} år" if is_age and not are_years else match[0]

    name = _AND_OVER.sub(r"\1+", _AGES.sub(of_ages, name))
    return _BELOW.sub(
        lambda match: f"{'over' if match[1] == 'over' else 'under'} {match[2]} år", name
    )


def unit_of_name(name: str) -> str:
    """The unit in which a file's name says that its figures are; empty where it says none."""
    match = _UNIT.search(name.replace("_", " "))
    return match[0] if match else ""
