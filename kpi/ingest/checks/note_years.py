"""Notes to figures that say the figures are another year's: `2024-tal`, `tal fra 2023`.

A year within a sentence explains (`faldet siden 2019`); a note that is nothing else says what the
figure is. A year alone may be the publication's, and is not asked about.
"""

import re
from collections.abc import Collection

import duckdb

from kpi.domain.errors import Problem
from kpi.domain.period import parse_period
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.table.raw import RawTable

_MOST_CHARACTERS = 60
_FIGURE = r"(?:tal(?:let|lene)?|data|værdi(?:en|erne)?|opgørelse(?:n|rne)?)"
_YEAR = r"(?P<{}>(?:19|20)\d\d)"
_OF_YEAR = re.compile(
    r"\W*(?:(?:obs|nb|bemærk|note|kun|er|det|foreløbigt?e?|endeligt?e?|gamle?|gammelt|seneste"
    r"|sidste)\b\W*)*"
    rf"(?:{_YEAR.format('first')}[-\s]?(?:tal(?:let|lene)?|data)"
    rf"|{_FIGURE}\s(?:(?:er|stammer|gælder|vedrører|hentet|opgjort)\s)*(?:(?:fra|for|i)\s)?"
    rf"(?:år(?:et)?\s)?{_YEAR.format('second')}"
    r"|(?:kopieret|videreført|fremført|overført|gentaget|genbrugt)\s(?:fra\s)?"
    rf"(?:år(?:et)?\s)?{_YEAR.format('third')})\W*",
    re.IGNORECASE,
)


def note_years(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    plan: Plan,
    reported: Collection[str | None],
) -> list[Problem]:
    """Asks about the first such note whose year is not within its figure's period."""
    if "note" not in plan.columns:
        return []
    named = [
        (spelling, text, year)
        for spelling, text in connection.execute(_NOTES, {"most": _MOST_CHARACTERS}).fetchall()
        if text[:_MOST_CHARACTERS] not in reported and (year := year_of_note(text)) is not None
    ]
    if not named:
        return []
    given = {"spellings": [row[0] for row in named], "years": [row[2] for row in named]}
    row = connection.execute(_ROW_OF_OTHER_YEAR, given).fetchone()
    if row is None:
        return []
    spelling, line, period_id, count = row
    period = parse_period(period_id).name()
    (text,) = [text for number, text, _ in named if number == spelling]
    rows = f" ({count} rækker)" if count > 1 else ""
    return [
        Problem("text_words", "", line, table.columns[plan.columns["note"]], text,
                f"Noten siger »{text.strip()}«, men tallet gemmes som {period}{rows}.",
                "Er tallet fra et andet år, så ret perioden, eller slet rækken. Ret ellers noten.")
    ]  # fmt: skip


def year_of_note(text: str) -> int | None:
    """The year that a note says its figure is of; None where it says none, or more than that."""
    match = _OF_YEAR.fullmatch(" ".join(text.split()))
    return int(match["first"] or match["second"] or match["third"]) if match else None


_NOTES = """
SELECT spelling, text FROM spelled_note WHERE length(text) BETWEEN 6 AND $most LIMIT 2000
"""
_ROW_OF_OTHER_YEAR = """
WITH named AS (SELECT unnest($spellings) AS spelling, unnest($years) AS named_year)
SELECT arg_min(spelling, record), min(candidate.line), arg_min(known_period.id, record), count(*)
FROM named
JOIN candidate ON candidate.note = named.spelling
JOIN parsed_row USING (record)
JOIN known_period ON known_period.number = parsed_row.period
WHERE parsed_row.value IS NOT NULL
    AND named_year NOT BETWEEN year(known_period.start_date) AND year(known_period.end_date)
HAVING count(*) > 0
"""
