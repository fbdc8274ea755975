"""Status codes beside figures or in a column: what they change, and the problems reported."""

import duckdb

from kpi.domain import format as fmt
from kpi.domain.errors import Problem
from kpi.ingest.checks.faults import shown
from kpi.ingest.mapping.column_mapping import Plan
from kpi.ingest.table.raw import RawTable
from kpi.ingest.words.numbers import flag_of
from kpi.ingest.words.status_codes import StatusCode, status_code
from kpi.ingest.words.statuses import STATUS_WORDS, bare_status, status_word


def confidential_spellings(connection: duckdb.DuckDBPyConnection) -> list[int]:
    """The spellings of statuses that are a code of confidentiality.

    A person who writes `skjult` beside a figure is asked instead; a source's code is meant.
    """
    words = connection.table("word_status").filter("id = 'suppressed'")
    return [
        spelling
        for text, spelling in words.project("text", "spelling").fetchall()
        if status_word(text) is None
    ]


def hide_confidential(connection: duckdb.DuckDBPyConnection, spellings: list[int]) -> None:
    """Removes the figures with one of these statuses: they are not for us."""
    connection.execute(_HIDE, {"spellings": spellings})


def status_problems(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan
) -> list[Problem]:
    """A warning for each code that says more than a status, and for each mark beside a figure."""
    problems = []
    codes = connection.table("word_status").filter("id IS NOT NULL").project("text").fetchall()
    for (text,) in sorted(codes):
        code = status_code(bare_status(text)) if status_word(text) is None else None
        if code is not None and code.is_noted:
            first, count = _rows(connection, "status", [text])
            problems.append(_noted(plan.name_of("status", table), text, code, first, count))
    by_flag: dict[str, list[str]] = {}
    for (text,) in connection.execute(_FLAGGED).fetchall():
        by_flag.setdefault(flag_of(text), []).append(text)
    for flag, texts in sorted(by_flag.items()):
        code = status_code(flag)
        if code is not None:
            first, count = _rows(connection, "value", texts)
            problems.append(_beside(plan.name_of("value", table), shown(texts[0]) or "", flag,
                                    code, first, count))  # fmt: skip
    return problems


def _rows(
    connection: duckdb.DuckDBPyConnection, role: str, texts: list[str]
) -> tuple[int | None, int]:
    """The first line with one of the texts, and how many rows have one."""
    sql = _OF_STATUS if role == "status" else _OF_VALUE
    return connection.execute(sql, {"texts": texts}).fetchone() or (None, 0)


def _noted(column: str, text: str, code: StatusCode, first: int | None, count: int) -> Problem:
    return Problem(
        "unmapped_status", "", first, column, text,
        f"»{text}« betyder {code.meaning}, og det har ingen status i Spor. Tallet læses som "
        f"{_danish(code.status)} ({fmt.counted(count, 'række', 'rækker')}).",
        "Skriv det i noten, eller under nøgletallets hændelser, hvis læseren skal vide det.",
    )  # fmt: skip


def _beside(
    column: str, text: str, flag: str, code: StatusCode, first: int | None, count: int
) -> Problem:
    return Problem(
        "cell_mark", "", first, column, text,
        f"»{flag}« efter tallet betyder {code.meaning}. Tallet læses som {_danish(code.status)} "
        f"({fmt.counted(count, 'række', 'rækker')}).",
        "Slet bogstavet, hvis det betyder noget andet.",
    )  # fmt: skip


def _danish(status: str) -> str:
    return f"»{STATUS_WORDS[status]}«"


_HIDE = """
UPDATE parsed_row
SET value = NULL, numerator = NULL, low = NULL, high = NULL, meaning = 'suppressed'
WHERE meaning = 'number' AND record IN (
    SELECT record FROM candidate WHERE status IN (SELECT unnest($spellings))
)
"""

# A figure that ends with a letter, or one whose status is written in its own cell.
_FLAGGED = """
SELECT text FROM word_value JOIN spelled_value USING (spelling)
WHERE is_flagged AND code IS NULL
ORDER BY text
"""
_OF_STATUS = """
SELECT min(candidate.line), count(*) FROM candidate JOIN spelled_status
    ON spelled_status.spelling = candidate.status
JOIN parsed_row USING (record)
WHERE NOT ignored AND text IN (SELECT unnest($texts))
"""
_OF_VALUE = """
SELECT min(candidate.line), count(*) FROM candidate JOIN spelled_value
    ON spelled_value.spelling = candidate.value
JOIN parsed_row USING (record)
WHERE NOT ignored AND text IN (SELECT unnest($texts))
"""
