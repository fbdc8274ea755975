"""Remarks of breaks in a series that lie before all of a file's figures.

`Tal før 2008 er ikke sammenlignelige` and `Databrud mellem 2007 og 2008` say nothing of the figures
of 2025: notes of a register stand under all its tables.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

import duckdb

from kpi.ingest.table.raw import ABOVE, UNDER, Beside

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SENTENCE = re.compile(r"(?<=[^\W\d_]{3}[.;])\s+")
_EARLIER_FIGURES = re.compile(
    r"\b(?:tal|data|opgørelser|år)(?:lene|ene|erne|ne)?\s+(?:fra\s+)?(?:før|indtil|til og med)\s+"
    r"(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_BREAK = re.compile(
    r"\b(?:(?:data)?brud\b|(?:ny|nye|nyt|ændre(?:t|de)|omlagt) "
    r"\w*(?:metode|definition|afgrænsning|datagrundlag|klassifikation))",
    re.IGNORECASE,
)
# `Databrud i forhold til 2024` is of the figures after it.
_SINCE = re.compile(r"\b(?:forhold|ift|siden|efter|sammenlign\w*|med)\b", re.IGNORECASE)


def without_old_breaks(
    connection: duckdb.DuckDBPyConnection, texts: Sequence[Beside]
) -> tuple[Beside, ...]:
    """The texts beside a table, those above and under it without sentences of old breaks."""
    if not any(_YEAR.search(text.text) for text in texts if text.where in (ABOVE, UNDER)):
        return tuple(texts)
    (first,) = connection.execute(_FIRST_YEAR).fetchone() or (None,)
    shortened = (
        replace(text, text=_without(text.text, first)) if text.where in (ABOVE, UNDER) else text
        for text in texts
    )
    return tuple(text for text in shortened if text.text)


def _without(text: str, first: int | None) -> str:
    return " ".join(part for part in _SENTENCE.split(text) if not is_old_break(part, first))


def is_old_break(sentence: str, first: int | None) -> bool:
    """Whether a sentence is of a break, or of figures, before the year `first` of the file."""
    years = [int(year) for year in _YEAR.findall(sentence)]
    if first is None or not years or max(years) >= first:
        return False
    if _EARLIER_FIGURES.search(sentence):
        return True
    return bool(_BREAK.search(sentence)) and not _SINCE.search(sentence)


_FIRST_YEAR = """
SELECT min(year(start_date)) FROM word_period JOIN known_period USING (number)
"""
