"""Notes to figures, and lines beside a table, that say the figures are of less than their period.

`t.o.m. september`, `10 måneder`, `mangler december` in a row's note, `Periode: januar-juni`, `2025
dækker 1. halvår` or `Odense mangler december` beside the table, where the figures are stored as
those of whole years.
"""

import re
from collections.abc import Collection

import duckdb

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.ingest.checks.title_periods import part_of_year_named, period_kinds
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.table.raw import ABOVE, ASIDE, UNDER, RawTable
from kpi.ingest.words.title_words import ELSEWHERE, called

_MOST_CHARACTERS, _MOST_AFTER, _MOST_REPORTED = 120, 2, 100
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
_MONTH = (
    r"(?:jan(?:uar)?|feb(?:ruar)?|marts?|apr(?:il)?|maj|juni?|juli|aug(?:ust)?|sept?(?:ember)?"
    r"|okt(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
_PART = (
    rf"(?:{_MONTH}|(?:[1-4]\.|første|andet|tredje|fjerde|sidste)\s(?:kvartal|kvt?\b|halvår)"
    r"|[qkh][1-4]\b"
    r"|(?:en|én|to|tre|[1-6]|sidste|de sidste|første)\s(?:måned(?:er)?|mdr|uger?)\b)"
)
# A part that the figures are without.
_MISSING = re.compile(
    r"\b(?:mangler|uden|e(?:ks|x)k?l?|eksklusive|minus|undtage[nt]|fratrukket|fraregnet"
    r"|med undtagelse af)\b\.?\s"
    r"(?:(?:endnu|stadig|dog|data|tal|tallene|indberetning\w*|måneden|for|fra|i|af)\s)*"
    rf"{_PART}|{_PART}(?:\.?\s(?:19|20)\d\d)?\s"
    r"(?:er\sikke\s(?:med|medregnet|indberettet|opgjort)"
    r"|indgår\sikke|(?:endnu\s|stadig\s)?mangler|udestår)"
    r"|\b(?:\d|1[01]|elleve|ti|ni|otte|syv|seks)\s(?:ud\s)?af\s(?:årets\s)?(?:12|tolv)\s"
    r"(?:måneder|mdr)",
    re.IGNORECASE,
)
_FROM_OR_TO = re.compile(
    r"(?:kun|tal(?:let|lene)?|data|er|gælder|dækker|opgjort|for|\s)*(?:indtil|til|før|fra|efter)"
    rf"\s(?P<month>{_MONTH})\.?(?:\s(?:19|20)\d\d)?",
    re.IGNORECASE,
)
_SHORTER = re.compile(
    r"(?:kun\s)?(?:et\s)?(?:halvt? år|(?:halvår|kvartal|måned|uge)s?(?:tal)?|uge \d\d?)\W*",
    re.IGNORECASE,
)
_NAMED_MONTH = re.compile(rf"\b{_MONTH}", re.IGNORECASE)
_ALONE = re.compile(
    rf"(?:(?:kun|tal(?:let)?|er|fra|for|i|pr)\b\.?\s)*(?:{_MONTH}\.?|[qkh][1-4])"
    r"(?:\s(?:19|20)\d\d)?\W*",
    re.IGNORECASE,
)
_YEARS = ("year", "school_year")
_BESIDE = (ABOVE, UNDER, ASIDE)
_TO_DO = "Kontrollér, hvilken periode tallene gælder, og skriv den i tabellen."


def note_periods(
    connection: duckdb.DuckDBPyConnection,
    table: RawTable,
    plan: Plan,
    catalog: Catalog,
    reported: Collection[str | None],
) -> list[Problem]:
    """Asks about the first such note, and the first such line. Expects the file's word_period.

    What is `reported` already, by its first words, is not reported again, and neither is a month in
    which an indicator's definition says that its people are counted (`ultimo november`).
    """
    problems = _of_lines(connection, table, reported)
    if "note" not in plan.columns:
        return problems
    noted = [
        (spelling, text)
        for spelling, text in connection.execute(_NOTES, {"most": _MOST_CHARACTERS}).fetchall()
        if text[:_MOST_REPORTED] not in reported
    ]
    counted = _months_counted(connection, catalog) if noted else frozenset()
    noted = [
        (spelling, text) for spelling, text in noted
        if not (_ALONE.fullmatch(text.strip()) and counted & _months_in(text))
    ]  # fmt: skip
    missing = {spelling: words for spelling, text in noted if (words := _missing(text))}
    spoken = {
        spelling: words for spelling, text in noted
        if (words := text.strip() if _ALONE.fullmatch(text.strip()) else _said(text))
    } | missing  # fmt: skip
    if not spoken:
        return problems
    spellings = {"spellings": list(spoken), "missing": list(missing)}
    row = connection.execute(_ROW_OF_LONGER, spellings).fetchone()
    if row is not None:
        spelling, text_of_note, line, kind = row
        whole = "et helt års" if kind in _YEARS else "hele periodens"
        problems.append(
            Problem("text_words", "", line, table.columns[plan.columns["note"]], text_of_note[:60],
                    f"Noten siger »{spoken[spelling]}«, men tallet gemmes som {whole}.",
                    "Kontrollér perioden, og ret noten eller rækken.")
        )  # fmt: skip
    return problems


def _months_counted(connection: duckdb.DuckDBPyConnection, catalog: Catalog) -> frozenset[str]:
    """The months that the definitions of the file's indicators name."""
    ids = connection.table("word_indicator_id").filter("id IS NOT NULL").project("id").fetchall()
    return frozenset().union(*(_months_in(catalog.indicators[id_].definition) for (id_,) in ids))


def _months_in(text: str) -> frozenset[str]:
    """The months that a text names, by their first three letters."""
    return frozenset(month[:3].casefold() for month in _NAMED_MONTH.findall(text))


def _of_lines(
    connection: duckdb.DuckDBPyConnection, table: RawTable, reported: Collection[str | None]
) -> list[Problem]:
    """A problem of the first line under a table, or of one beside it that lacks a part of a year.

    Titles that name the part of a year they are of: title_periods.py.
    """
    said = [
        (text, words)
        for text in table.beside
        if text.where in _BESIDE and text.text[:60] not in reported
        and (words := _missing(text.text) or (_said(text.text) if text.where == UNDER else ""))
    ]  # fmt: skip
    kinds = period_kinds(connection) if said else set()
    if not kinds or not kinds <= set(_YEARS):
        return []
    text, words = said[0]
    return [
        Problem("text_words", "", text.row, None, text.text[:60],
                f"{called(text)} siger »{words}«, men tallene gemmes som tal for hele "
                "år.", _TO_DO)
    ]  # fmt: skip


def _missing(text: str) -> str:
    """The part of a period that a short text says its figures are without; empty where none."""
    plain = " ".join(text.split())
    if len(plain) > _MOST_CHARACTERS or ELSEWHERE.search(plain):
        return ""
    match = _MISSING.search(plain)
    return match[0] if match else ""


def _said(text: str) -> str:
    """The part of a year that a short text says its figures are of; empty where it says none."""
    plain = " ".join(text.split())
    if not plain or len(plain) > _MOST_CHARACTERS or ELSEWHERE.search(plain):
        return ""
    if span := _FROM_OR_TO.fullmatch(plain) or _SHORTER.fullmatch(plain):
        return span[0]
    months = _SOME_MONTHS.search(plain)
    words = months[0] if months else part_of_year_named(plain)
    before, _, after = plain.partition(words) if words else (plain, "", "")
    is_said = bool(words) and _BEFORE.fullmatch(before) and len(after.split()) <= _MOST_AFTER
    return words if is_said else ""


_NOTES = """
SELECT spelling, text FROM spelled_note WHERE length(text) BETWEEN 2 AND $most LIMIT 2000
"""
_ROW_OF_LONGER = """
SELECT spelling, text, candidate.line, known_period.kind
FROM (SELECT unnest($spellings) AS spelling)
JOIN spelled_note USING (spelling)
JOIN candidate ON candidate.note = spelling
JOIN parsed_row USING (record)
JOIN known_period ON known_period.number = parsed_row.period
WHERE parsed_row.value IS NOT NULL AND (
    known_period.kind IN ('year', 'school_year')
    OR known_period.kind IN ('half', 'quarter') AND list_contains($missing::INTEGER[], spelling)
)
ORDER BY candidate.line
LIMIT 1
"""
