"""Words in titles that a year or a day beside them belongs to, so that it is not the figures'."""

import re
from collections.abc import Collection, Iterable, Iterator

from kpi.ingest.table.raw import ABOVE, ASIDE, NAME, SHEET, UNDER, Beside

# A year after these words is not the figures'.
ELSEWHERE = re.compile(
    r"\b(?:siden|efter|fra og med|gældende|metode|definition|revision|revideret|reform|lov|base"
    r"|indeks|priser|opgjort(?!\s+for)|opdater\w*|udtrukket|hentet|dannet|plan|strategi|aftale|budget)\b",
    re.IGNORECASE,
)
# What says when a table was made or shown.
WRITTEN = re.compile(
    r"\b(?:rapport|notat|møde|referat|bilag|dagsorden|byråd\w*|udvalg\w*|version|offentliggjort"
    r"|publiceret|leveret|udtræk|trukket|udgivet|skrevet|printet|udskrift)\w*",
    re.IGNORECASE,
)

# Longer ones explain; a problem shows so much of a text.
_MOST_CHARACTERS, _MOST_SHOWN = 120, 100

_CALLED = {
    SHEET: "Arkets navn", UNDER: "Noten under tabellen", ASIDE: "Teksten ved tabellen",
    "file": "Filens navn",
}  # fmt: skip


def called(text: Beside) -> str:
    """What a text beside a table is called in a sentence about it."""
    return _CALLED.get(text.where, "Titlen")


def unreported_titles(
    texts: Iterable[Beside], reported: Collection[str | None]
) -> Iterator[tuple[Beside, str]]:
    """The short titles, each with its first words: those by which none is `reported` already."""
    for text in texts:
        shown = text.text[:_MOST_SHOWN]
        is_title = text.where in (NAME, ABOVE, SHEET) and len(text.text) <= _MOST_CHARACTERS
        if is_title and shown not in reported:
            yield text, shown
