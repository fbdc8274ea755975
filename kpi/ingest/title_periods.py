"""The years that a table's title says, held against the periods of its rows: last year's table."""

import re

import duckdb

from kpi.errors import Problem
from kpi.ingest.raw import ABOVE, NAME, RawTable
from kpi.ingest.title_year import years_named
from kpi.wording import listing

# Behind these a year is of something else than the figures.
_ELSEWHERE = re.compile(
    r"\b(?:siden|efter|fra og med|gældende|metode|definition|revision|revideret|reform|lov|base"
    r"|indeks|priser|opgjort|opdater\w*|udtrukket|hentet|dannet|plan|strategi|aftale|budget)\b",
    re.IGNORECASE,
)
_SHORT = 120


def title_periods(connection: duckdb.DuckDBPyConnection, table: RawTable) -> list[Problem]:
    """Asks about the first title whose years hold no period of the file; one of several years does.

    Expects the file's distinct periods in word_period. Nothing is said of a title without a year,
    or with words that a year may belong to (`efter reformen i 2019`).
    """
    titles = [one for one in table.beside if one.where in (NAME, ABOVE)]
    named = [
        (one, years)
        for one in titles
        if len(one.text) <= _SHORT and not _ELSEWHERE.search(one.text)
        and (years := years_named(one.text))
    ]  # fmt: skip
    if not named:
        return []
    rows = connection.execute(_YEARS).fetchall()
    years_of_rows = {year for years in rows for year in years if year is not None}
    if not years_of_rows or any(
        min(years) <= year <= max(years) for _, years in named for year in years_of_rows
    ):
        return []
    title, years = named[0]
    shown = [str(year) for year in sorted({min(years), max(years)})]
    of_rows = [str(year) for year in sorted({min(years_of_rows), max(years_of_rows)})]
    return [
        Problem(
            "text_words", "warning", "", title.row, None, title.text[:60],
            f"Titlen siger {'-'.join(shown)}, men tallenes perioder er fra {listing(of_rows)}.",
            "Kontrollér perioderne, og at det er den rigtige tabel.",
        )
    ]  # fmt: skip


_YEARS = """
SELECT DISTINCT year(start_date), year(end_date)
FROM word_period JOIN known_period USING (number)
"""
