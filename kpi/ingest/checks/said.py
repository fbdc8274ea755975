"""A figure's own words compared with its status: "højst 30" is not "mindst"."""

import re
from dataclasses import dataclass

import duckdb

from kpi.ingest.words.numbers import APPROXIMATE_WORDS, LIMIT_WORDS
from kpi.ingest.words.word_tables import save

_NUMBER = r"\d+(?:\.\d{3})*(?:,\d+)?"
_WORDS = "|".join(
    re.escape(word) for word in sorted((*LIMIT_WORDS, *APPROXIMATE_WORDS), key=len, reverse=True)
)
_ONE_END = re.compile(rf"({_WORDS})\s*{_NUMBER}(?![\d.,-])", re.IGNORECASE)
_TWO_ENDS = re.compile(
    rf"(?:fra\s+|mellem\s+)?({_NUMBER})\s*(?:-|–|til|og)\s*({_NUMBER})(?:\s*(?:%|[a-zæøå]+))?",
    re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True)
class Said:
    """What words say of a number: a status, and the two ends where it is a range."""

    status: str
    low: float | None = None
    high: float | None = None


def said(words: str) -> Said | None:
    """The status that a source's words give their number; None where they are not clear."""
    text = words.strip()
    if match := _ONE_END.match(text):
        return Said(LIMIT_WORDS.get(match[1].casefold(), "approximate"))
    if match := _TWO_ENDS.fullmatch(text):
        low, high = (float(group.replace(".", "").replace(",", ".")) for group in match.groups())
        return Said("range", low, high) if low < high else None
    return None


def find_contradictions(connection: duckdb.DuckDBPyConnection) -> None:
    """Adds to `problem` the rows whose status contradicts their words."""
    if connection.execute(_ANY_WORDED_VALUE).fetchall():
        connection.execute(_CONTRADICTING_VALUES)
    worded = [
        (spelling, statement)
        for spelling, text in connection.execute(_WORDED).fetchall()
        if (statement := said(text)) is not None
    ]
    if worded:
        save(connection, "said", {
            "spelling": [spelling for spelling, _ in worded],
            "said": [statement.status for _, statement in worded],
            "least": [statement.low for _, statement in worded],
            "most": [statement.high for _, statement in worded],
        })  # fmt: skip
        connection.execute(_CONTRADICTING_WORDS)


_ANY_WORDED_VALUE = "SELECT 1 FROM word_value WHERE is_bound OR approximate LIMIT 1"

# A value's own words and the status column. "endelig" is what a form fills in by itself.
_CONTRADICTING_VALUES = """
INSERT INTO problem
SELECT record, 'status', 'words_contradict', true
FROM parsed_row
JOIN candidate USING (record)
JOIN word_value ON word_value.spelling = candidate.value
WHERE NOT ignored AND NOT misread AND (word_value.is_bound OR word_value.approximate)
    AND written_status IN ('preliminary', 'approximate', 'at_least', 'at_most')
    AND written_status <> word_value.status
"""

# Only words with a number can contradict; most files have none.
_WORDED = """
SELECT spelling, text FROM spelled_as_published
WHERE length(text) BETWEEN 3 AND 60 AND regexp_matches(text, '[0-9]')
    AND regexp_matches(text, '^ *[^0-9 ]|[0-9] *(-|–|til|og) *[0-9]')
"""

# An approximate number may be the middle of what the source calls a range.
_CONTRADICTING_WORDS = """
INSERT INTO problem
SELECT record, 'status', 'words_contradict', true
FROM parsed_row
JOIN (SELECT record, as_published AS spelling FROM candidate) AS worded USING (record)
JOIN said USING (spelling)
WHERE NOT ignored AND NOT misread
    AND record NOT IN (SELECT record FROM problem WHERE fault = 'words_contradict')
    AND CASE
        WHEN status NOT IN ('final', 'preliminary', 'approximate', 'at_least', 'at_most', 'range')
            THEN false
        WHEN said.said = 'range' AND status = 'range' THEN low <> said.least OR high <> said.most
        WHEN said.said = 'range' THEN status IN ('at_least', 'at_most')
        WHEN said.said = 'approximate' THEN status IN ('at_least', 'at_most')
        ELSE status <> said.said
    END
"""
