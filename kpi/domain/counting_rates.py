"""Rates that count persons or cases per so many persons: `underretninger pr. 1.000 børn`."""

import re
from collections.abc import Iterable

from kpi.domain.units import unit_name, unit_words
from kpi.domain.vocabulary import Kind

_THOUSANDS = "[. \u00a0\u202f]?000"
_PERSON = (
    r"barn|person|borger|indbygger|elev|ung|ældre|kvinde|mand|ansat|medarbejder|beboer|patient|ledig"
    r"|kursist|studerende|bruger|modtager|dreng|pige|forælder|familie|husstand|husholdning"
)
# The digits end before an age: `pr. 1.000 0-17-årige`.
_PER = re.compile(
    r"(?:\b(?:pr|per)\.? ?(?:1 )?|/ ?|\bog )(?:(?P<words>100 tusinde?r?|(?:ti|hundrede?)?tusinde?r?"
    r"|hundrede?r?|million(?:er)?|mio\.?)(?![^\W_])"
    rf"|(?P<digits>10{{0,2}}(?:{_THOUSANDS})+|10+)(?![.,]?\d))"
    r"(?: +(?:af )?(?P<of>[^\W\d_]+))?"
    rf"|\b(?:pr|per)\.? ?(?P<one>{_PERSON})\b|(?P<ratio>\bforhold til\b)",
    re.IGNORECASE,
)
_BY_WORDS = (
    ("100 tus", 100_000), ("hundredetus", 100_000), ("hundredtus", 100_000), ("titus", 10_000),
    ("tus", 1_000), ("hundred", 100), ("mi", 1_000_000),
)  # fmt: skip
_PERCENT = ("%", "pct", "pct.", "procent")
# A share by its first words, whatever it is of.
_PERCENT_OF = re.compile(r"(?:i )?(?:%|pct\.?|procent) (?:af|ud af|blandt|for)\b", re.IGNORECASE)
_PER_MILLE = re.compile(
    r"(?:(?:i|af) )?(?:‰|o/oo|promille|pro mille|per mille)(?![^\W_])", re.IGNORECASE
)
# What is no number of persons or cases, before the first `pr.` or after it.
_MEASURES = re.compile(
    r"\b(?:kr|kroner|dkk|euro|eur|øre|\w*timer?|\w*dage?|døgn|uger?|måned(?:er)?|år|minut(?:ter)?|"
    r"sekund(?:er)?|kilometer|meter|liter|gram|ton|tons|procent|pct|indeks(?:point)?|"
    r"k?wh|[mkc]?m[²³23]?|ha|hektar|k?g|l)\b|%",
    re.IGNORECASE,
)
_INHABITANTS = re.compile("indb|borger|person|befolkning", re.IGNORECASE)
_POPULATION = re.compile(
    r"(?:antal |samlet |samlede )?(?:folketal(?:let)?|indbygger(?:tal(?:let)?|e)|"
    r"befolkning(?:stal(?:let)?|en)?)(?: (?:i|pr\.) .*|,.*)?$",
    re.IGNORECASE,
)
_FIRST_PER = re.compile(r"\b(?:pr|per)\b|/|\bforhold til\b", re.IGNORECASE)
_AGES = re.compile(r"\b\d{1,2}-\d{1,2}(?:-|\s)?årige?\b", re.IGNORECASE)


def counted_per(kind: Kind, unit: str, name: str = "") -> int | None:
    """Of how many a rate counts: 1.000 of `sager pr. 1.000 børn`, 100 of a mean in percent.

    Where the unit says of no number, the indicator's name may (`sager`, *Underretninger pr. 1.000
    børn*). None where it does not count persons or cases: of money, hours and days, and per square
    kilometre. Counts and proportions are none either: their kind says what they count.
    """
    if kind in ("count", "proportion"):
        return None
    words = unit_name(unit)
    if is_percent(unit) or _PERCENT_OF.match(words):
        return 100
    if _PER_MILLE.match(words):
        return 1_000
    if not may_count(unit):
        return None
    per = _counted_per(words)
    return per if per is not None or _FIRST_PER.search(words) else _counted_per(name)


def counted_of(unit: str, name: str = "") -> str:
    """Whom a rate is per so many of, in one word as its unit or its name has it; empty: not said.

    >>> counted_of("sager pr. 1.000 indbyggere"), counted_of("sager", "Sager pr. barn")
    ('indbyggere', 'barn')
    """
    for words in (unit_name(unit), name):
        per = _PER.search(words)
        if per is not None and (named := per["of"] or per["one"]):
            return named.casefold()
    return ""


def counts_those(named: str, names: Iterable[str]) -> bool:
    """Whether an indicator with these names counts all whom a rate is `named` to be of.

    *Folketal* counts inhabitants, *Antal børn* children; *Børn med underretning* counts some.
    """
    singular, plural = unit_words(named)
    return any(
        name.casefold() in (singular, plural, f"antal {plural}")
        or (_INHABITANTS.match(named) is not None and _POPULATION.match(name) is not None)
        for name in names
    )


def may_count(unit: str) -> bool:
    """Whether a unit may count persons or cases: no money, time or distance by its first words."""
    first = _FIRST_PER.split(unit_name(unit), maxsplit=1)[0]
    return _MEASURES.search(first) is None


def without_per(unit: str) -> str:
    """A unit without the number that it counts per, and without the ages of those it counts."""
    per = _PER.search(unit)
    return unit if per is None else unit[: per.start()] + _AGES.sub("", unit[per.end() :])


def is_percent(unit: str) -> bool:
    """Whether the unit is percent: a mean in percent is not always a share of persons."""
    return unit_name(unit).casefold() in _PERCENT


def _counted_per(words: str) -> int | None:
    per = _PER.search(words)
    if per is None or _MEASURES.search(_FIRST_PER.split(words, maxsplit=1)[0]):
        return None
    if per["of"] and _MEASURES.fullmatch(per["of"]):
        return None
    if per["one"] or per["ratio"]:
        return 1
    if per["words"]:
        said = per["words"].casefold()
        return next(number for word, number in _BY_WORDS if said.startswith(word))
    return int(re.sub(r"\D", "", per["digits"]))
