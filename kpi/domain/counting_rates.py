"""Rates that count persons or cases per so many persons: `underretninger pr. 1.000 børn`."""

import re

from kpi.domain.units import unit_name
from kpi.domain.vocabulary import Kind

_PER = re.compile(
    r"\b(?:pr|per)\.? (?:(?P<words>100 tusinde?|hundrede?|tusinde?|million)\b"
    r"|(?P<digits>1(?:[. \u00a0]?0)+)(?![.,]?\d))(?: +(?P<of>[^\W\d_]+))?",
    re.IGNORECASE,
)
_BY_WORDS = {"1": 100_000, "h": 100, "t": 1_000, "m": 1_000_000}
_PERCENT = ("%", "pct", "pct.", "procent")
# What is no number of persons or cases, before `pr.` or after it.
_MEASURES = re.compile(
    r"\b(?:kr|kroner|dkk|euro|eur|øre|timer?|dage?|døgn|uger?|måned(?:er)?|år|minut(?:ter)?|"
    r"sekund(?:er)?|kilometer|meter|liter|gram|ton|tons|procent|pct|indeks(?:point)?|"
    r"k?wh|[mkc]?m[²³23]?|ha|hektar|k?g|l)\b|%",
    re.IGNORECASE,
)


def counted_per(kind: Kind, unit: str) -> int | None:
    """Of how many a rate counts: 1.000 of `sager pr. 1.000 børn`, 100 of a mean in percent.

    None where it does not count persons or cases: of money, hours and days, and per square
    kilometre. Counts and proportions are none either: their kind says what they count.
    """
    if kind in ("count", "proportion"):
        return None
    words = unit_name(unit)
    if is_percent(unit):
        return 100
    if words.casefold() in ("promille", "‰"):
        return 1_000
    per = _PER.search(words)
    if per is None or _MEASURES.search(words[: per.start()]):
        return None
    if per["of"] and _MEASURES.fullmatch(per["of"]):
        return None
    if per["words"]:
        return _BY_WORDS[per["words"][0].casefold()]
    return int(re.sub(r"\D", "", per["digits"]))


def is_percent(unit: str) -> bool:
    """Whether the unit is percent: a mean in percent is not always a share of persons."""
    return unit_name(unit).casefold() in _PERCENT
