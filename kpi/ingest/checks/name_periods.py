"""A file called by a part of a year whose rows are stored as whole years: `Q3`, `9 mdr`, `jan-sep`.

So are the folders of a ZIP, which stand in the name.
"""

import re

import duckdb

from kpi.domain.errors import Problem
from kpi.ingest.checks.title_periods import (
    SOME_MONTHS,
    asked,
    known_years,
    part_of_year_named,
    period_kinds,
    plain_name,
)
from kpi.ingest.table.raw import Beside

_MOST_CHARACTERS = 120
_YEAR = re.compile(r"(?:19|20)\d\d")
# The last part of a year: what ends with it may be all of it.
_ENDS_YEAR = re.compile(
    r"(?:2\.|andet)\s?halvår|(?:4\.?|fjerde)\s?(?:kvartal|kvt?)|h2|2h|[kq]4|4[kq]|dec"
    r"|12\s?(?:m|måneder)",
    re.IGNORECASE,
)
# Said of the newest year where none is named.
_TO_DATE = re.compile(r"(?:år|aar) til dato|åtd|aatd|ytd|hittil i (?:år|aar)\w*", re.IGNORECASE)
# What only a name says so shortly.
_OF_NAMES = re.compile(
    r"(?<![^\W_])(?:[hkq][1-4]|[12]h|[1-4][kq]"
    r"|(?:[1-9]|1[01])[ -]?(?:mdr?|måneders?|maaneder)"
    r"|[1-4]\.?\s?(?:kvartal|kvt?)|(?:halv(?:år|aar)|kvartal)(?:s(?:tal|opgørelse)?)?)"
    r"(?=(?:19|20)\d\d|[^\w]|_|$)",
    re.IGNORECASE,
)


def name_periods(connection: duckdb.DuckDBPyConnection, file: str) -> list[Problem]:
    """Asks about a name with a part of the newest year of its rows, which ends before it.

    A part of a later year says when the file was made, and so does a month alone.
    """
    stem = plain_name(file)
    short = _OF_NAMES.search(stem)
    words = part_of_year_named(stem) or (short[0] if short else "")
    if not words or len(stem) > _MOST_CHARACTERS or _ENDS_YEAR.search(words):
        return []
    kinds = period_kinds(connection)
    named = {int(year) for year in _YEAR.findall(stem)}
    is_of_now = not named and any(
        pattern.fullmatch(words) for pattern in (_TO_DATE, SOME_MONTHS, _OF_NAMES)
    )
    if kinds != {"year"} or not (is_of_now or max(known_years(connection)) in named):
        return []
    return asked(
        Beside("file", stem),
        f"Filens navn siger »{words}«, men tallene gemmes som tal for hele år.",
        "Kontrollér, hvilken periode tallene gælder, og skriv den i tabellen.",
    )
