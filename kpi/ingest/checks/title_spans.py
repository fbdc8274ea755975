"""Years that a title, a sheet or a file names, over rows of which some are of others.

A title of none of the rows' years: title_periods.py.
"""

import re

import duckdb

from kpi.domain.errors import Problem
from kpi.domain.wording import listing
from kpi.ingest.checks.title_periods import YEARS_OF_ROWS, asked, plain_name
from kpi.ingest.table.raw import ABOVE, NAME, SHEET, Beside, RawTable
from kpi.ingest.turning.title_year import years_named
from kpi.ingest.words.price_levels import without_price_levels
from kpi.ingest.words.title_words import ELSEWHERE, called

_MOST_CHARACTERS = 120
_YEAR = r"(?:19|20)\d\d"
# When people were counted, or from when on: no years of the rows.
_COUNTED = re.compile(
    r"\b(?:ultimo|ult|primo|udgangen|pr|d|den|ift|forhold til|sammenlignet|sammenligning|mod|vs"
    r"|før|inden|skøn|mål|reference\w*|grundlag|fremskriv\w*|prognose\w*|opfølgning\w*|status\w*"
    r"|\w*plan(?:en)?|\w*aftale\w*|\w*budget\w*|\w*rapport\w*|\w*redegørelse\w*|nøgletal)\b",
    re.IGNORECASE,
)
_SPAN = re.compile(rf"(?<![\d./-])({_YEAR})\s?(?:-|–|—|til|til og med)\s?({_YEAR})(?![\d./-])")
_TOLD_YEAR = re.compile(
    rf"\b(?:tal|data|opgørelse|tabel|opgjort|gælder)(?:\s(?:kun|alene))?\s(?:for|fra|i)\s"
    rf"(?:år(?:et)?\s)?({_YEAR})(?![\d/-])(?!\s?(?:-|–|og|til)\s?\d)",
    re.IGNORECASE,
)
_LAST_YEAR = re.compile(rf"(?:^|[^\d/–-]\s|[,:(]|\bi )({_YEAR})\)?\.?$", re.IGNORECASE)


def title_spans(connection: duckdb.DuckDBPyConnection, table: RawTable, file: str) -> list[Problem]:
    """Asks about the first title, sheet or file by whose years some of the rows are of others.

    `2020-2023` over rows that go on to 2025: nobody who reads it expects these.
    """
    named = [(called(text), text) for text in table.beside if text.where in (NAME, ABOVE, SHEET)]
    named.append((called(Beside("file", "")), Beside("file", plain_name(file))))
    spans = [
        (subject, text, span) for subject, text in named
        if len(text.text) <= _MOST_CHARACTERS and not ELSEWHERE.search(text.text)
        and (span := span_named(text.text, is_title=text.where in (NAME, ABOVE)))
    ]  # fmt: skip
    if not spans:
        return []
    rows = connection.execute(YEARS_OF_ROWS).fetchall()
    for subject, text, (first, last) in spans:
        outside = {
            end for start, end in rows
            if start is not None and (start > (last or start) or end < (first or end))
        }  # fmt: skip
        if outside:
            words = f"{first or ''}-{last or ''}" if first != last else str(first)
            return asked(
                text,
                f"{subject} siger {words.strip('-')}, men nogle af tallenes perioder er fra "
                f"{listing([str(year) for year in sorted({min(outside), max(outside)})])}.",
                "Kontrollér perioderne, og at rækkerne er fra den samme tabel.",
            )
    return []


def span_named(text: str, is_title: bool) -> tuple[int | None, int | None] | None:
    """The first and last year that a title or a name says its figures are of; None if not said.

    Of a name or a title that only ends with a year the last alone: what is older stands beside it.

    >>> span_named("Beskæftigelse 2020-2023", True)
    (2020, 2023)
    >>> span_named("Beskæftigelse, tal for 2024", True)
    (2024, 2024)
    >>> span_named("Beskæftigelse i 2024", True)
    (None, 2024)
    """
    plain = " ".join(without_price_levels(text).split())
    if _COUNTED.search(plain):
        return None
    if (match := _SPAN.search(plain)) and int(match[1]) + 1 < int(match[2]):
        return (int(match[1]) if is_title else None), int(match[2])
    if not is_title:
        return None
    if match := _TOLD_YEAR.search(plain):
        return int(match[1]), int(match[1])
    if (match := _LAST_YEAR.search(plain)) and len(years_named(plain)) == 1:
        return None, int(match[1])
    return None
