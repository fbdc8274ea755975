"""Lines beside a table that say which rows it was made of: `A-kasse: 3F`, `Køn | K`.

A pivot table has its filters above it, each name in one cell and its label in the next. A table of
a source says the same after its title. `(Alle)` and other totals select nothing.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kpi.domain.errors import Problem
from kpi.ingest.checks.meant import Meant
from kpi.ingest.checks.title_people import is_of_source
from kpi.ingest.table.raw import ABOVE, ASIDE, NAME, UNDER, Beside
from kpi.ingest.words.labels import is_total, is_total_code, names_selection

_NAMED = re.compile(r"(?P<name>[^\W\d_][^:=;|,()]{0,80}?)\s*[:=]\s*(?P<label>[^;|,()]{1,60})")
# Power BI writes `Aldersgruppe is 16-29` below `Applied filters:`.
_APPLIED = re.compile(r"(?:applied filters|anvendte filtre)\b\s*:?\s*", re.IGNORECASE)
_IS = re.compile(r"(?P<name>[^\W\d_][\w -]{0,40}?)\s(?:is|er)\s(?P<label>[^.;]{1,60})\.?")
_MOST_CHARACTERS = 200


def filter_lines(texts: Sequence[Beside], meant: Meant, reported: set[str | None]) -> list[Problem]:
    """A warning for each filter that is neither a total nor the indicator's own.

    Texts that are `reported` already are ignored.
    """
    problems = []
    for row, name, label, text in _filters(texts):
        plain = label.strip(" .()")
        if is_total(plain) or is_total_code(plain) or not plain or text in reported:
            continue
        if meant.is_named(plain) or not meant.unread_words(plain) or meant.contradictions(plain):
            continue
        problems.append(
            Problem(
                "text_words", "", row, None, text[:100],
                f"Teksten ved tabellen siger, at {name} er »{plain}«. Tallene gemmes som "
                f"{meant.stored_as()}.",
                "Kontrollér, at tallene ikke kun er en del af dem, de gemmes for.",
            )
        )  # fmt: skip
    return problems


def _filters(texts: Sequence[Beside]) -> Iterator[tuple[int | None, str, str, str]]:
    """The row, the name, the label and the text of each filter."""
    placed = [text for text in texts if text.where in (ABOVE, UNDER, NAME, ASIDE)]
    for text in placed:
        if len(text.text) > _MOST_CHARACTERS or is_of_source(text.text):
            continue
        for match in _NAMED.finditer(text.text):
            words = match["name"].split()
            ends = (" ".join(words[at:]) for at in range(max(0, len(words) - 3), len(words)))
            if name := next(filter(names_selection, ends), ""):
                yield text.row, name, match["label"], text.text
    yield from _applied_filters(placed)
    for text, beside in pairwise(placed):
        name = text.text.strip(" :")
        if text.row is not None and text.row == beside.row and names_selection(name):
            yield text.row, name, beside.text, beside.text


def _applied_filters(placed: Sequence[Beside]) -> Iterator[tuple[int | None, str, str, str]]:
    """The filters in words: all lines after one that says so, and others that name a selection."""
    are_filters = False
    for text in placed:
        plain = text.text.strip()
        if begins := _APPLIED.match(plain):
            are_filters, plain = True, plain[begins.end() :]
        match = _IS.fullmatch(plain)
        if match and (are_filters or names_selection(match["name"])):
            yield text.row, match["name"], match["label"], text.text
