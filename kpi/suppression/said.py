"""What a source says of a number that it hides itself: `<5` is one to four, as on our own pages."""

import re
from functools import lru_cache
from math import ceil, inf

# Between which whole numbers a hidden one lies.
Said = tuple[float, float]

_WORDS = ("en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti")
_NUMBER = rf"(\d+|{'|'.join(_WORDS)})"
_FEWER = re.compile(rf"(?:<|under|færre end|mindre end|below|less than|fewer than)\s*{_NUMBER}")
_MOST = re.compile(
    rf"(?:<=|≤|højst|højest|op til|maks\.?|maksimalt|max\.?|at most|up to)\s*{_NUMBER}"
)
_SPAN = re.compile(rf"{_NUMBER}\s*(?:-|–|til|to|eller|or)\s*{_NUMBER}")
# What is counted may follow: `1-4 personer`.
_COUNTED = re.compile(r"\s+(?!pct|procent|%)[^\W\d]+\.?$")


@lru_cache(maxsize=10_000)
def said_of(words: str) -> Said | None:
    """Between which numbers the words of a source, a line each, say that a hidden one lies.

    None where no line is about that alone. Of few persons, none are not said: `<5` looks as ours.
    """
    limits = [ends for line in words.casefold().split("\n") if (ends := _of_line(line.strip()))]
    if not limits:
        return None
    low, high = max(low for low, _ in limits), min(high for _, high in limits)
    return (low, high) if low <= high else None


def _of_line(line: str) -> Said | None:
    for text in (line, _COUNTED.sub("", line)):
        if match := _FEWER.fullmatch(text):
            return 1.0, max(_read(match[1]) - 1, 1.0)
        if match := _MOST.fullmatch(text):
            return 0.0, _read(match[1])
        if match := _SPAN.fullmatch(text):
            return _read(match[1]), _read(match[2])
    return None


def in_persons(said: Said | None, unit: float | None) -> Said | None:
    """What is said of a percentage as a number of persons; a `unit` of it is so many of them."""
    if said is None or unit is None:
        return None
    low, high = (round(end * unit, 6) for end in said)
    if unit != 1:  # below 5 % of 80 is below 4
        low, high = 0.0, ceil((said[1] + 1) * unit - 1e-6) - 1.0
    return (low, high) if high < inf else None


def _read(number: str) -> float:
    return float(number) if number.isdecimal() else _WORDS.index(number) + 1.0
