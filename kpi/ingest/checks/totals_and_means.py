"""Heads and titles of a total where the indicator is a mean: `Indkomst i alt`; and the opposite.

Both are plausible numbers of kroner or cases, and the words of either are in most heads.
"""

import re

from kpi.ingest.checks.meant import Meant
from kpi.ingest.words.counted_things import things_in
from kpi.ingest.words.heads import BROKEN_DOWN
from kpi.ingest.words.telling_words import NUMBER, Telling

_TOTAL = r"i\s?alt|total(?:t|e|en)?|samle(?:t|de)|tilsammen|sum(?:men)?"
_MEAN = r"\w*gennemsnit\w*|gns|snit|middel(?:værdi\w*)?|average|mean"
# Beside the word of a total: `indkomst i alt`, `samlet disponibel indkomst`, `indkomstsum`.
_TOTAL_BESIDE = re.compile(
    rf"(?<!\w)(?:(?P<before>[^\W\d_]+)(?P<apart>\W+)(?P<behind>{_TOTAL})"
    rf"|(?P<first>{_TOTAL})\s(?:af\s)?(?P<after>[^\W\d_]+(?:\s[^\W\d_]+)?)"
    r"|(?P<compound>[^\W\d_]{4,}(?:summen|sum|total)))(?!\w)",
    re.IGNORECASE,
)
_ANY_MEAN = re.compile(rf"(?<!\w)(?:{_MEAN})(?!\w)", re.IGNORECASE)
_ANY_TOTAL = re.compile(rf"(?<!\w)(?:{_TOTAL})(?!\w)", re.IGNORECASE)
_ENDING = re.compile(r"(?:summen|sum|total)$", re.IGNORECASE)
_COUNT_OF = re.compile(r"(?<!\w)(?:antal(?:let)?|number of)\s(?P<thing>[^\W\d_]+)", re.IGNORECASE)
# What says that a figure is of each, whatever stands beside it.
_OF_EACH = re.compile(
    rf"(?<!\w)(?:pr|per|{_MEAN}|median\w*|indeks\w*|index|rate|hver|tæthed)(?!\w)", re.IGNORECASE
)
_MONEY = "dkk"
_MOST_OF_A_TITLE = 160


def other_total(text: str, meant: Meant, *, is_head: bool) -> list[Telling]:
    """The words by which a text is of a total and each indicator a mean, or the other way round.

    A total of something else than the indicators, or of all people (`I alt`), says nothing. In a
    title a comma parts the two, and a long one explains.
    """
    if len(text) > _MOST_OF_A_TITLE or not meant.indicators:
        return []
    text = text if is_head else BROKEN_DOWN.split(text)[0]
    own = " ".join(f"{item.name} {item.definition}" for item in meant.indicators)
    if all(item.kind == "mean" for item in meant.indicators):
        if _OF_EACH.search(text) or _ANY_TOTAL.search(own):
            return []
        word = _total_of(text, meant, is_head) or _count_of(text, meant)
        return [Telling("total", NUMBER, word)] if word else []
    # A wait, or hours of a week, is a level, and a mean of it is another.
    is_sum = all(
        item.kind == "count" or (item.kind == "amount" and item.unit.startswith(_MONEY))
        for item in meant.indicators
    )
    mean = _ANY_MEAN.search(text) if is_sum and not _ANY_MEAN.search(own) else None
    if mean and (is_head or meant.is_titled(_ANY_MEAN.sub(" ", text))):
        return [Telling("gennemsnit", NUMBER, mean[0])]
    return []


def _total_of(text: str, meant: Meant, is_head: bool) -> str:
    for match in _TOTAL_BESIDE.finditer(text):
        apart = match["apart"] or " "
        if not is_head and not apart.isspace():
            continue
        words = match["before"] or match["after"] or _ENDING.sub("", match["compound"])
        if meant.is_titled(words) or _is_counted(words, meant):
            # `samlet indkomst før`: the last word is the thing's own.
            phrase = match[0].split()
            is_own = meant.is_titled(phrase[-1]) or _is_counted(phrase[-1], meant)
            return " ".join(phrase if is_own or not match["after"] else phrase[:-1])
    return ""


def _count_of(text: str, meant: Meant) -> str:
    """`Antal underretninger` of what is counted per child; of days and kroner it is a length."""
    match = _COUNT_OF.search(text)
    return match[0] if match and _is_counted(match["thing"], meant) else ""


def _is_counted(word: str, meant: Meant) -> bool:
    """Whether a word is of what the indicators count, and not of what they are counted per."""
    things = things_in(item.name.partition(" pr. ")[0] for item in meant.indicators)
    return not things.keys().isdisjoint(things_in([word]))
