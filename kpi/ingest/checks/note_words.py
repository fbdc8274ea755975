"""The words of notes to single figures, compared with what these are stored as."""

from collections.abc import Collection, Iterator, Sequence

import duckdb

from kpi.domain.errors import Problem
from kpi.domain.wording import listing
from kpi.ingest.checks.meant import Meant
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.table.raw import RawTable
from kpi.ingest.words.telling_words import BELOW, HEAD, NUMBER, TITLE, UNSURE, Telling

_MOST_CHARACTERS, _MOST_SHOWN = 200, 100
# A longer note explains words; a short one says what its figure is.
_SHORT = 60
# Words of heads that a note of so many words says of its figure; in a sentence they explain.
_MOST_WORDS_OF_HEAD = 2
_AS_HEADS = frozenset(("gennemsnit", "median", "antal", "andel"))


def note_words(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    plan: Plan,
    meant: Meant,
    known: Collection[str],
) -> Iterator[Problem]:
    """A problem for each note, or words of a source, that say its figure is another one.

    `known` meanings are stored.

    What a note says of how sure a figure is: status_beside.py.
    """
    for role, any_text, sql in (
        ("note", _ANY_NOTE, _NOTES),
        ("as_published", _ANY_WORDS, _WORDS_OF_SOURCE),
    ):
        if role not in plan.columns or connection.execute(any_text).fetchone() is None:
            continue
        name = table.columns[plan.columns[role]]
        for text, line in connection.execute(sql, {"most": _MOST_CHARACTERS}).fetchall():
            contradictions = [
                contradiction
                for contradiction in _contradictions(text, meant)
                if contradiction.meaning not in known
            ]
            if role == "note":
                contradictions += meant.other_units(text)
            if contradictions:
                yield _problem(name, text, line, contradictions, meant)


def _contradictions(text: str, meant: Meant) -> list[Telling]:
    where = TITLE if len(text) <= _SHORT else BELOW
    contradictions = [
        contradiction
        for contradiction in meant.contradictions(text, where)
        if contradiction.meaning not in UNSURE and (where == TITLE or contradiction.kind == NUMBER)
    ]
    if len(text.split()) <= _MOST_WORDS_OF_HEAD:
        contradictions += [
            contradiction
            for contradiction in meant.contradictions(text, HEAD)
            if contradiction.meaning in _AS_HEADS
        ]
    return contradictions


def _problem(
    name: str, text: str, line: int | None, contradictions: Sequence[Telling], meant: Meant
) -> Problem:
    words = listing([f"»{contradiction.word}«" for contradiction in contradictions])
    shown = text if len(text) <= _MOST_SHOWN else text[:_MOST_SHOWN].rstrip() + "…"
    return Problem(
        "text_words", "", line, name, shown,
        f"Noten siger {words}, men tallet gemmes som {meant.stored_as()}.",
        "Slet rækken, hvis tallet er et andet end nøgletallets.",
    )  # fmt: skip


# Most columns of notes are blank, and joining no note with a million rows takes a while, too.
_ANY_NOTE = "SELECT 1 FROM spelled_note WHERE text <> '' LIMIT 1"
_ANY_WORDS = "SELECT 1 FROM spelled_as_published WHERE text <> '' LIMIT 1"
# The first of each note, with its first line; a million different notes are too many to look
# through.
_NOTES = """
WITH noted AS (
    SELECT spelling, text FROM spelled_note
    WHERE length(text) BETWEEN 1 AND $most
    LIMIT 2000
)
SELECT text, min(candidate.line) AS line
FROM noted
JOIN candidate ON candidate.note = noted.spelling
JOIN parsed_row USING (record)
WHERE coalesce(parsed_row.value, parsed_row.low, parsed_row.high) IS NOT NULL
GROUP BY text
ORDER BY line
"""
_WORDS_OF_SOURCE = """
WITH noted AS (
    SELECT spelling, text FROM spelled_as_published
    WHERE length(text) BETWEEN 2 AND $most
    LIMIT 2000
)
SELECT text, min(line) AS line
FROM noted JOIN candidate ON candidate.as_published = noted.spelling
GROUP BY text
ORDER BY line
"""
