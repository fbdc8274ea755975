"""Whom a percentage is of by its own words: `Andel af indbyggerne, der er i job`.

Only where these are all of them: of the pupils with a diagnosis who are absent it is of some of
the pupils, and of those aged 16 to 64 of some inhabitants.
"""

import re
from collections.abc import Iterator

from kpi.domain.counting_rates import counts_those
from kpi.domain.units import unit_name

# The word and what follows it. What is between the share and `af` is who has it: `andel ledige af`.
_SHARE_OF = re.compile(
    r"\b(?:andel(?:en|e)?|procent(?:andel)?|pct|promille)\b\.?(?: [^\d\W]+){0,3}? (?:ud )?af "
    r"(?:(?:alle|samtlige|kommunens|byens|områdets|bydelens|hele) )?(?P<of>[^\W\d_]+)(?P<rest>.*)$"
    r"|(?:[%‰]|\bo/oo) (?:ud )?af (?:alle |samtlige )?(?P<signed>[^\W\d_]+)(?P<after>.*)$",
    re.IGNORECASE,
)
_EVERYONE = re.compile(
    r"(?:indbygger(?:e|ne|tal(?:let)?)?|befolkning(?:en)?|folketal(?:let)?|indb|borger(?:e|ne)?"
    r"|person(?:er|erne)?)$",
    re.IGNORECASE,
)
# No share of them: how it moved, what lies between two, what they own.
_OTHER_MEASURE = re.compile(
    r"ændring|vækst|stigning|fald\b|forskel|udvikling|indeks|gennemsnit|median", re.IGNORECASE
)
# Some of them, before it is said who of these has it.
_PART = re.compile(
    r"\d|\balder|årige?\b|\bblandt\b|\bheraf\b|^ (?!der\b|som\b)[^,]*(?:,| der\b| som\b)",
    re.IGNORECASE,
)


def shared_by(unit: str, name: str) -> str:
    """All whom a percentage is of, in the word of its unit or name; empty where not all of any.

    >>> shared_by("percent", "Andel af indbyggerne i job"), shared_by("pct. af børn", "Fravær")
    ('indbyggerne', 'børn')
    """
    for words in (unit_name(unit), name):
        share = _SHARE_OF.search(words)
        if share is None or _OTHER_MEASURE.search(words[: share.start()]):
            continue
        of = share["of"] or share["signed"]
        if of.casefold().endswith("s") or _PART.search(share["rest"] or share["after"] or ""):
            return ""
        return of.casefold()
    return ""


def counts_shared(word: str, names: tuple[str, ...]) -> bool:
    """Whether an indicator with these names counts all whom a percentage is of.

    *Folketal* counts the `befolkningen`, *Antal børn* the `børnene`; nothing a `befolkningsgruppe`.
    """
    if _EVERYONE.match(word):
        return counts_those("indbyggere", names)
    called = {f"{before}{each}" for each in _plural(word) for before in ("", "antal ")}
    return any(name.casefold() in called for name in names)


def _plural(word: str) -> Iterator[str]:
    """The word as several are called without an article: of `eleverne` one is `elever`."""
    yield word
    if word.endswith("ne"):
        yield from (
            word.removesuffix("ne"),
            f"{word.removesuffix('ne')}e",
            word.removesuffix("ene"),
        )
