"""Words beside figures that say they are not final, held against the status they are stored with.

`Foreløbige tal` above a table, under it, in the head of its figures or in a row's note: nobody who
reads the table takes such figures for final.
"""

import re
from collections.abc import Iterator

import duckdb

from kpi.domain import format as fmt
from kpi.domain.errors import Problem
from kpi.ingest.checks.title_people import is_of_source
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.table.raw import ABOVE, ASIDE, IN_HEAD, NAME, OVER, SHEET, UNDER, RawTable

_NOT_FINAL = re.compile(
    r"(?<![^\W_])(?:forel(?:ø|oe)bige?t?|forel\.|preliminary|provisional"
    r"|(?:ikke|ej)[- ]endelige?t?)(?![^\W_])",
    re.IGNORECASE,
)
# The same words of what was before: `de foreløbige tal er erstattet af endelige`.
_OF_BEFORE = re.compile(r"\berstatte\w*|\bafløst\b|\btidligere\b", re.IGNORECASE)
# What a mark means (`* foreløbigt tal`) is said of the figures that have it, and these are told.
_LEGEND = re.compile(
    r"\s*(?:\*{1,3}|[†‡]|\(?[a-z\d]{1,2}\)|\[\w\])\s*[:=]?\s*(?:[\w-]+\s+)?(?:forel\w*\.?|preliminary"
    r"|provisional|endelige?t?)(?:\s+(?:tal|opgørelse|figures?))?\.?\s*",
    re.IGNORECASE,
)
_PLACES = {
    IN_HEAD: "Overskriften", OVER: "Linjen over kolonnerne", ABOVE: "Teksten over tabellen",
    UNDER: "Teksten under tabellen", ASIDE: "En tekst ved siden af tabellen",
    SHEET: "Arkets navn", NAME: "Tabellens titel",
}  # fmt: skip
_MOST_SHOWN = 100
_MOST_CHARACTERS = 400
_REMEDY = "Skriv »foreløbig« i status for de tal, det gælder."


def status_beside(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, file: str
) -> list[Problem]:
    """A warning of the first text that says the figures are not final, where all are stored so.

    And one of the notes of single rows that say it. Expects `told` and the `spelled_` tables.
    """
    found = []
    text = next(_texts(table, plan, file), None)
    if text is not None and not connection.execute(_ANY_NOT_FINAL).fetchall():
        where, words, whole, row, column = text
        found.append(
            Problem(
                "text_words", "warning", "", row, column, whole[:_MOST_SHOWN],
                f"{where} siger »{words}«, men tallene gemmes som endelige.", _REMEDY,
            )
        )  # fmt: skip
    return found + _notes(connection, table, plan)


def _texts(
    table: RawTable, plan: Plan, file: str
) -> Iterator[tuple[str, str, str, int | None, str | None]]:
    """Where a text stands, its word, the text, its row and its column."""
    if "value" in plan.columns:
        head = table.columns[plan.columns["value"]]
        if match := _NOT_FINAL.search(head):
            yield _PLACES[IN_HEAD], match[0], head, None, head
    for one in table.beside:
        if len(one.text) > _MOST_CHARACTERS or is_of_source(one.text):
            continue
        match = None if _LEGEND.fullmatch(one.text) else _NOT_FINAL.search(one.text)
        if match and one.where in _PLACES and not _OF_BEFORE.search(one.text):
            yield _PLACES[one.where], match[0], one.text, one.row, one.column or None
    name = file.rpartition(".")[0] or file
    if match := _NOT_FINAL.search(name):
        yield "Filens navn", match[0], name, None, None


def _notes(connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan) -> list[Problem]:
    if "note" not in plan.columns:
        return []
    texts = connection.execute(_NOTES, {"words": f"(?i){_WORDS_SQL}"}).fetchall()
    spellings = [spelling for spelling, text in texts if not _OF_BEFORE.search(text)]
    if not spellings:
        return []
    rows, line, first = connection.execute(_FINAL_ROWS, {"spellings": spellings}).fetchone() or (
        0,
        None,
        None,
    )
    if not rows:
        return []
    text = dict(texts)[first]
    return [
        Problem(
            "text_words", "warning", "", line, table.columns[plan.columns["note"]],
            text[:_MOST_SHOWN],
            "Noten siger, at tallet ikke er endeligt, men det gemmes som endeligt "
            f"({fmt.counted(rows, 'række', 'rækker')}).",
            _REMEDY,
        )
    ]  # fmt: skip


_WORDS_SQL = r"\b(?:foreløbige?t?|forel\.|preliminary|provisional|(?:ikke|ej)[- ]endelige?t?)"
_ANY_NOT_FINAL = """
SELECT 1 FROM told WHERE status IN ('preliminary', 'approximate') LIMIT 1
"""
_NOTES = """
SELECT spelling, text FROM spelled_note WHERE regexp_matches(text, $words) LIMIT 1000
"""
_FINAL_ROWS = """
SELECT count(*), min(candidate.line), arg_min(candidate.note, candidate.line)
FROM candidate JOIN told USING (record)
WHERE candidate.note IN (SELECT unnest($spellings)) AND told.status = 'final'
    AND NOT passed_over
"""
