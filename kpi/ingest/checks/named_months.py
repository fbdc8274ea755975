"""A month without a year over figures that are stored as those of whole years.

`Ledighed, december` beside years is a month of each. Where the indicator itself is counted in that
month (`ved udgangen af november`), its head may say so.
"""

import re
from collections.abc import Iterator

import duckdb

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.ingest.checks.title_periods import part_of_year_named, period_kinds
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.table.raw import ABOVE, ASIDE, NAME, SHEET, UNDER, RawTable
from kpi.ingest.words.title_words import ELSEWHERE, WRITTEN, called

_MOST_CHARACTERS = 120
_TITLES = (ABOVE, NAME, SHEET)
_ASKED = (*_TITLES, UNDER, ASIDE)
# A day after these is the table's own.
_MADE = re.compile(r"\b(?:opdater|hentet|udtrukket|dannet|revider)\w*", re.IGNORECASE)
_MONTH = (
    r"(?P<month>januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|okt|nov|dec)\b\.?"
)
_ANY_MONTH = re.compile(rf"\b{_MONTH}")
# A day, or the end of a month, says when people were counted; with its year it is no bare month.
_COUNTED = r"(?<!\d)(?<!\d\.)(?<!\d\.\s)(?<!\d\s)(?<!ultimo\s)(?<!primo\s)(?<!udgangen\saf\s)"
_IN_HEAD = re.compile(rf"(?<![\w-]){_COUNTED}{_MONTH}(?!\s*-?\s*(?:19|20)?\d\d)", re.IGNORECASE)
_NO_YEAR = r"(?!\s*-?\s*(?:19|20)\d\d)"
_IN_TITLE = re.compile(rf"\b(?:i|for)\s{_MONTH}{_NO_YEAR}", re.IGNORECASE)
# `Pr. september`, `opgjort pr. 30. september`: of each year that day or month.
_PER = re.compile(rf"\b(?:pr\.?|per)\s(?P<day>\d{{1,2}}\.\s?)?{_MONTH}{_NO_YEAR}", re.IGNORECASE)
# A title or a sheet that is nothing but a month, or ends with one: `Sygedagpenge, september`.
_ALONE = re.compile(rf"(?:.*[,:(–-]\s?)?{_MONTH}\W*", re.IGNORECASE)
# A year ends or begins then, and is counted so.
_ENDS_OF_YEARS = frozenset((("1", "jan"), ("31", "dec")))
# `uge 40`: a week of each year.
_WEEK = re.compile(r"\b(?P<month>uge\s?\d{1,2})\b(?!\s*[,/-]?\s*(?:19|20)?\d\d)", re.IGNORECASE)
_NEWEST_PART = re.compile(
    r"\b(?P<month>(?:seneste|sidste|denne|dette|aktuelle?)\s(?:måned|kvartal|halvår|uge))\b",
    re.IGNORECASE,
)


def named_months(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> list[Problem]:
    """Asks about the first head or title that names a month where all rows are of whole years.

    Expects the distinct words of the file in word_period and word_indicator_id.
    """
    said = next(_said(table, plan), None)
    if said is None or period_kinds(connection) != {"year"}:
        return []
    subject, text, row, column, month = said
    ids = connection.table("word_indicator_id").filter("id IS NOT NULL").project("id").fetchall()
    stem = re.sub(r"[\d. ]+", "", month.casefold())[:3]
    for (indicator_id,) in ids:
        indicator = catalog.indicators[indicator_id]
        own = f"{indicator.name} {indicator.definition} {indicator.source_note}".casefold()
        if any(match["month"][:3] == stem for match in _ANY_MONTH.finditer(own)) or (
            stem == "uge" and re.search(r"\buge\b", own)
        ):
            return []
    return [
        Problem(
            "text_words", "", row, column, text[:60],
            f"{subject} siger »{month}«, men tallene gemmes som tal for hele år.",
            "Kontrollér, hvilken periode tallene gælder, og skriv den i tabellen.",
        )
    ]  # fmt: skip


def _said(table: RawTable, plan: Plan) -> Iterator[tuple[str, str, int | None, str | None, str]]:
    """What names a month: what it is, its text, row and column, and the month's words."""
    if "value" in plan.columns and not table.is_wide:
        head = table.columns[plan.columns["value"]]
        match = _IN_HEAD.search(head) or _NEWEST_PART.search(head)
        if match and not part_of_year_named(head) and not ELSEWHERE.search(head):
            yield "Overskriften", head, None, head, match["month"]
    for text in table.beside:
        title = text.text
        if text.where not in _ASKED or len(title) > _MOST_CHARACTERS:
            continue
        if title.startswith("sep="):  # tells Excel what parts the cells, and is no September
            continue
        if WRITTEN.search(title) or _MADE.search(title) or part_of_year_named(title):
            continue
        month = _counted_in(title)
        if not month and text.where in _TITLES and not ELSEWHERE.search(title):
            match = _IN_TITLE.search(title) if text.where != SHEET else None
            match = match or _ALONE.fullmatch(title.strip()) or _WEEK.search(title)
            month = match["month"] if match else ""
        if month:
            yield called(text), title, text.row, None, month


def _counted_in(title: str) -> str:
    """The month, or the day of one, that a text says its figures were counted at: `september`."""
    match = _PER.search(title)
    if match is None:
        return ""
    day, month = (match["day"] or "").rstrip(". "), match["month"]
    if (day, month.casefold()[:3]) in _ENDS_OF_YEARS:
        return ""
    return f"{day}. {month}" if day else month
