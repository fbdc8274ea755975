"""Notes to figures, and lines under a table, that say the figures are of less than a year.

`t.o.m. september`, `10 måneder` in a row's note, `Periode: januar-juni` or `2025 dækker 1. halvår`
under the table, where the figures are stored as those of whole years.
"""

import re
from collections.abc import Collection

import duckdb

from kpi.domain.errors import Problem
from kpi.ingest.checks.title_periods import part_of_year_named, period_kinds
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.table.raw import UNDER, RawTable
from kpi.ingest.words.title_words import ELSEWHERE

_MOST_CHARACTERS, _MOST_AFTER = 120, 2
# What may stand before the part of a year that figures are of, and nothing else: a note that speaks
# of a quarter within a sentence explains.
_BEFORE = re.compile(
    r"(?:\W|\b(?:obs|nb|bemærk|note|kun|alle|tal(?:let|lene)?|data|værdi(?:en|erne)?|perioden?"
    r"|opgørelsesperioden?|opgørelsen|tabellen|periodeafgrænsning|status|år(?:et)?|(?:19|20)\d\d"
    r"|er|for|fra|af|i|pr|dækker|omfatter|gælder|vedrører|viser|opgjort|foreløbigt?)\b)*",
    re.IGNORECASE,
)
_SOME_MONTHS = re.compile(
    r"(?:[1-9]|1[01]|to|tre|fire|fem|seks|syv|otte|ni|ti|elleve)\s(?:måneder|mdr)\b", re.IGNORECASE
)
_TO_DO = "Kontrollér, hvilken periode tallene gælder, og skriv den i tabellen."


def note_periods(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    plan: Plan,
    reported: Collection[str | None],
) -> list[Problem]:
    """Asks about the first such note, and the first such line. Expects the file's word_period.

    A line that is `reported` already, by its first words, is not reported again.
    """
    said = [
        (text, words) for text in table.beside
        if text.where == UNDER and text.text[:60] not in reported and (words := _said(text.text))
    ]  # fmt: skip
    kinds = period_kinds(connection) if said else set()
    problems = []
    if kinds and kinds <= {"year", "school_year"}:
        text, words = said[0]
        problems.append(
            Problem("text_words", "", text.row, None, text.text[:60],
                    f"Noten under tabellen siger »{words}«, men tallene gemmes som tal for hele "
                    "år.", _TO_DO)
        )  # fmt: skip
    if "note" not in plan.columns:
        return problems
    noted = connection.execute(_NOTES, {"most": _MOST_CHARACTERS}).fetchall()
    spoken = {spelling: words for spelling, text in noted if (words := _said(text))}
    if not spoken:
        return problems
    row = connection.execute(_ROW_OF_YEAR, {"spellings": list(spoken)}).fetchone()
    if row is not None:
        spelling, text_of_note, line = row
        problems.append(
            Problem("text_words", "", line, table.columns[plan.columns["note"]], text_of_note[:60],
                    f"Noten siger »{spoken[spelling]}«, men tallet gemmes som et helt års.",
                    "Kontrollér perioden, og ret noten eller rækken.")
        )  # fmt: skip
    return problems


def _said(text: str) -> str:
    """The part of a year that a short text says its figures are of; empty where it says none."""
    plain = " ".join(text.split())
    if not plain or len(plain) > _MOST_CHARACTERS or ELSEWHERE.search(plain):
        return ""
    months = _SOME_MONTHS.search(plain)
    words = months[0] if months else part_of_year_named(plain)
    before, _, after = plain.partition(words) if words else (plain, "", "")
    is_said = bool(words) and _BEFORE.fullmatch(before) and len(after.split()) <= _MOST_AFTER
    return words if is_said else ""


_NOTES = """
SELECT spelling, text FROM spelled_note WHERE length(text) BETWEEN 2 AND $most LIMIT 2000
"""
_ROW_OF_YEAR = """
SELECT spelling, text, candidate.line
FROM (SELECT unnest($spellings) AS spelling)
JOIN spelled_note USING (spelling)
JOIN candidate ON candidate.note = spelling
JOIN parsed_row USING (record)
JOIN known_period ON known_period.number = parsed_row.period
WHERE known_period.kind IN ('year', 'school_year')
ORDER BY candidate.line
LIMIT 1
"""
