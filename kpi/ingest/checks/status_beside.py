"""Words beside figures that say they are not final, compared with the figures' stored status.

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
from kpi.ingest.words.statuses import status_to_write, status_word
from kpi.ingest.words.telling_words import TITLE, UNSURE, telling_words

_NOT_FINAL = re.compile(
    r"(?<![^\W_])(?:forel(?:ø|oe)bige?t?|forel\.|preliminary|provisional"
    r"|(?:ikke|ej)[- ]endelige?t?)(?![^\W_])",
    re.IGNORECASE,
)
# The same words of what was before: `de foreløbige tal er erstattet af endelige`.
_OF_BEFORE = re.compile(r"\berstatte\w*|\bafløst\b|\btidligere\b", re.IGNORECASE)
# The meaning of a mark (`* foreløbigt tal`) is for the figure that has it, and that is reported.
# `* Foreløbige tal` says it of several: where any has the mark, not all are stored as final.
_LEGEND = re.compile(
    r"\s*(?:\*{1,3}|[†‡]|\(?[a-z\d]{1,2}\)|\[\w\])\s*[:=]?\s*(?:[\w-]+\s+)?"
    r"(?:forel(?:øbigt?)?\.?|preliminary|provisional|endeligt?)(?:\s+(?:tal|opgørelse|figure))?\.?\s*",
    re.IGNORECASE,
)
_PLACES = {
    IN_HEAD: "Overskriften", OVER: "Linjen over kolonnerne", ABOVE: "Teksten over tabellen",
    UNDER: "Teksten under tabellen", ASIDE: "En tekst ved siden af tabellen",
    SHEET: "Arkets navn", NAME: "Tabellens titel",
}  # fmt: skip
_MOST_SHOWN = 100
_MOST_CHARACTERS = 400
STATUS_WORD_REMEDY = f"Skriv {status_to_write('preliminary')} i status for de tal, det gælder."
STATUS_REMEDY = (
    f"Er det sådan, tallene er blevet til, så skriv {status_to_write('approximate')} i status "
    "for dem, det gælder. Ellers "
    "slet ordet i filen."
)


def status_beside(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, file: str
) -> list[Problem]:
    """A warning of the first text that says the figures are not final, where all are stored so.

    And one of the notes of single rows that say it. Expects `parsed_row` and the `spelled_` tables.
    """
    problems = []
    text = next(_texts(table, plan, file), None)
    if text is not None and not connection.execute(ANY_NOT_FINAL).fetchall():
        where, words, full_text, row, column = text
        problems.append(
            Problem(
                "text_words", "", row, column, full_text[:_MOST_SHOWN],
                f"{where} siger »{words}«, men tallene gemmes som endelige.", STATUS_WORD_REMEDY,
            )
        )  # fmt: skip
    return problems + _notes(connection, table, plan)


def is_not_final(label: str) -> bool:
    """Whether a label of a column is nothing but the word that figures are not final."""
    return status_word(label) == "preliminary"


def _texts(
    table: RawTable, plan: Plan, file: str
) -> Iterator[tuple[str, str, str, int | None, str | None]]:
    """Where a text is, its word, the text, its row and its column."""
    if "value" in plan.columns:
        head = table.columns[plan.columns["value"]]
        if match := _NOT_FINAL.search(head):
            yield _PLACES[IN_HEAD], match[0], head, None, head
    for note in table.beside:
        if len(note.text) > _MOST_CHARACTERS or is_of_source(note.text):
            continue
        match = None if _LEGEND.fullmatch(note.text) else _NOT_FINAL.search(note.text)
        if match and note.where in _PLACES and not _OF_BEFORE.search(note.text):
            yield _PLACES[note.where], match[0], note.text, note.row, note.column or None
    name = file.rpartition(".")[0] or file
    if match := _NOT_FINAL.search(name):
        yield "Filens navn", match[0], name, None, None


def _notes(connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan) -> list[Problem]:
    """A warning of the notes of rows that say their figures are not final, and of estimates."""
    if "note" not in plan.columns:
        return []
    texts = connection.execute(
        _NOTES, {"words": f"(?i){_WORDS_SQL}|{_UNSURE_SQL}|{_HIDDEN_SQL}"}
    ).fetchall()
    not_final = [
        spelling
        for spelling, text in texts
        if _NOT_FINAL.search(text) and not _OF_BEFORE.search(text)
    ]
    unsure = [
        spelling
        for spelling, text in texts
        if spelling not in not_final
        and any(telling.meaning in UNSURE for telling in telling_words(text, TITLE))
    ]
    limits = [spelling for spelling, text in texts if _HIDDEN.fullmatch(text.strip())]
    name = table.columns[plan.columns["note"]]
    estimated = "tallet er et skøn eller fra en stikprøve"
    return [
        *_noted(connection, not_final, name, "tallet ikke er endeligt", STATUS_WORD_REMEDY),
        *_noted(connection, unsure, name, estimated, STATUS_REMEDY),
        *_noted(connection, limits, name, "tallet er skjult eller kun en grænse", _HIDDEN_REMEDY),
    ]


def _noted(
    connection: duckdb.DuckDBPyConnection, spellings: list[int], name: str, says: str, remedy: str
) -> list[Problem]:
    if not spellings:
        return []
    ((rows, line, text),) = connection.execute(_FINAL_ROWS, {"spellings": spellings}).fetchall()
    if not rows:
        return []
    return [
        Problem(
            "text_words", "", line, name, text[:_MOST_SHOWN],
            f"Noten siger, at {says}, men det gemmes som endeligt "
            f"({fmt.counted(rows, 'række', 'rækker')}).",
            remedy,
        )
    ]  # fmt: skip


_WORDS_SQL = r"\b(?:foreløbige?t?|forel\.|preliminary|provisional|(?:ikke|ej)[- ]endelige?t?)"
# A note that is nothing but the mark of a figure that is not shown, or of an end of it.
_HIDDEN = re.compile(
    r"\W*(?:(?:tallet|er|skal|bør|må)\s)*(?:skjul(?:t|es)|diskretionere(?:t|s)|fortroligt?|hemmeligt?"
    r"|ikke (?:vises|offentliggøres))\W*"
    r"|(?:under|over|mindst|højst|færre end|flere end|mere end|mindre end|op til|[<>≤≥])\s?"
    r"\d+(?:[.,]\d+)?\s?(?:%|pct\.?|personer|borgere)?",
    re.IGNORECASE,
)
_HIDDEN_REMEDY = (
    f"Skriv {status_to_write('suppressed')}, {status_to_write('at_least')} eller "
    f"{status_to_write('at_most')} i status, eller slet noten, hvis tallet er det rigtige."
)
_HIDDEN_SQL = r"^.{0,15}(?:skjul|diskretion|fortroli|hemmeli|ikke vises|ikke offentlig)|^.{0,12}\d"
# What most texts of notes have none of; the words themselves are in telling_words.py.
_UNSURE_SQL = (
    r"sk(?:ø|oe)n|estim(?:at|er)|imputer|modelberegn|stikpr(?:ø|oe)ve|spørgeskema|interview"
    r"|ansl(?:å|aa)|afrund|omtrent|\bca\b|cirka|rundspørge|survey|undersøgelse|\baku\b|respondent|selv(?:rapporter|oplyst|vurder)"
)
ANY_NOT_FINAL = """
SELECT 1 FROM parsed_row WHERE status IN ('preliminary', 'approximate') LIMIT 1
"""
_NOTES = """
SELECT spelling, text FROM spelled_note WHERE regexp_matches(text, $words) LIMIT 1000
"""
_FINAL_ROWS = """
SELECT count(*), min(candidate.line),
    coalesce(arg_min(spelled_note.text, candidate.line), any_value(spelled_note.text))
FROM candidate
JOIN parsed_row USING (record)
JOIN spelled_note ON spelled_note.spelling = candidate.note
WHERE candidate.note IN (SELECT unnest($spellings)) AND parsed_row.status = 'final'
    AND NOT ignored
"""
