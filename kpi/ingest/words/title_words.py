"""Words in titles that a year or a day beside them belongs to, so that it is not the figures'."""

import re

from kpi.ingest.table.raw import ASIDE, SHEET, UNDER, Beside

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

_CALLED = {
    SHEET: "Arkets navn", UNDER: "Noten under tabellen", ASIDE: "Teksten ved tabellen",
    "file": "Filens navn",
}  # fmt: skip


def called(text: Beside) -> str:
    """What a text beside a table is called in a sentence about it."""
    return _CALLED.get(text.where, "Titlen")
