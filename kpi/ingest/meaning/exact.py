"""Figures as data/ writes them: ids, decimal points and the tables' own words. Nothing is guessed.

Makes the tables that `interpret` makes of an upload, so that the same checks follow.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import duckdb

from kpi.domain.errors import choices_hint
from kpi.domain.period import as_period
from kpi.domain.problem_codes import ProblemCode
from kpi.domain.vocabulary import KINDS, MEASURED, STATUSES
from kpi.ingest.mapping.column_mapping import NUMBERS, ROLES, Plan
from kpi.ingest.meaning.interpret import save_words
from kpi.ingest.meaning.known_periods import number_periods
from kpi.ingest.meaning.parsed_rows import write_parsed_rows
from kpi.ingest.meaning.word import Word
from kpi.ingest.table.dictionary import spelled_rows
from kpi.ingest.table.raw import RawTable
from kpi.ingest.words.word_tables import prepare, save
from kpi.tables.rows import PERIOD_HINT
from kpi.tables.spec import Row

# The columns of a file of figures are called as the template's are in English.
TABLE = RawTable("table_csv", ROLES, ())
PLAN = Plan({role: place for place, role in enumerate(ROLES)}, {}, decimal="point", scale=1)


@dataclass(frozen=True)
class KnownIds:
    """What a row may refer to; the keys of `kinds` are indicators."""

    kinds: Mapping[str, str]
    areas: Sequence[str]
    groups: Sequence[str]
    sources: Sequence[str]


def read_exactly(
    connection: duckdb.DuckDBPyConnection, rows: Iterable[tuple[int, Row]], known: KnownIds
) -> None:
    """Makes `parsed_row` and the `word_` tables of rows (line, text by column)."""
    prepare(connection)
    cells = ((line, tuple(row.get(role, "") for role in ROLES)) for line, row in rows)
    spelled_rows(cells, len(ROLES)).keep(connection)
    named = ", ".join(f"c{place} AS {role}" for place, role in enumerate(ROLES))
    connection.table("raw").project(f"record, line, {named}").create_view("candidate")
    for place, role in enumerate(ROLES):
        connection.table(f"spelled_c{place}").create_view(f"spelled_{role}")
    numbered = _number_ids(connection, known)
    for role, word_of in _words(known).items():
        spellings = {
            text: spelling for spelling, text in connection.table(f"spelled_{role}").fetchall()
        }
        words = [word_of(text) for text in spellings]
        numbers = numbered.get(role, {})
        save_words(
            connection, role, words, spellings,
            number_periods(connection, words) if role == "period" else numbers,
        )  # fmt: skip
    for role in NUMBERS:
        connection.table(f"spelled_{role}").create_view("spelled", replace=True)
        connection.sql(_NUMBERED).create(f"word_{role}")
    write_parsed_rows(connection)
    connection.execute(_AS_WRITTEN)


def _number_ids(
    connection: duckdb.DuckDBPyConnection, known: KnownIds
) -> dict[str, dict[str, int]]:
    indicators = list(known.kinds)
    save(connection, "known_indicator", {
        "id": indicators, "number": list(range(len(indicators))),
        "kind": [kind if kind in KINDS else None for kind in known.kinds.values()],
        "default_group": [0] * len(indicators),
    })  # fmt: skip
    ids_of_role: dict[str, Sequence[str]] = {
        "area_id": known.areas, "group_id": known.groups, "source_id": known.sources,
    }  # fmt: skip
    tables = ("known_area", "known_group", "known_source")
    for name, ids in zip(tables, ids_of_role.values(), strict=True):
        save(connection, name, {"id": list(ids), "number": list(range(len(ids)))})
    ids_of_role["indicator_id"] = indicators
    return {role: {id_: n for n, id_ in enumerate(ids)} for role, ids in ids_of_role.items()}


def _words(known: KnownIds) -> dict[str, Callable[[str], Word]]:
    """How the texts of each column are understood."""
    return {
        "indicator_id": _known("unknown_indicator", "Nøgletallet findes ikke.", known.kinds),
        "area_id": _known("unknown_area", "Området findes ikke.", known.areas),
        "group_id": _known("unknown_group", "Gruppen findes ikke.", known.groups),
        "period": _period,
        "status": _known("unknown_status", "Status kendes ikke.", STATUSES),
        "measured": _measured,
        "source_id": _known("unknown_source", "Kilden findes ikke.", known.sources),
    }


def _known(code: ProblemCode, message: str, valid: Collection[str]) -> Callable[[str], Word]:
    def word_of(text: str) -> Word:
        """The id itself, or the problem that there is no such one."""
        # An empty table is reported by itself; without it the rows cannot be checked.
        if text in valid or not valid:
            return Word(text, text)
        return Word(text, None, code, message, choices_hint(text, list(valid)))

    return word_of


def _period(text: str) -> Word:
    period = as_period(text)
    if period is None:
        return Word(text, None, "unknown_period", "Perioden kendes ikke.", PERIOD_HINT)
    return Word(text, period.text)


def _measured(text: str) -> Word:
    if text in ("", *MEASURED):
        return Word(text, text or "over")
    hint = choices_hint(text, MEASURED)
    return Word(text, None, "unknown_value", "Opgørelsesmåden kendes ikke.", hint)


_NUMBERED = r"""
WITH plain AS (
    SELECT spelling, text,
        CASE WHEN regexp_full_match(text, '-?([0-9]+\.?[0-9]*|\.[0-9]+)')
            THEN TRY_CAST(text AS DOUBLE) END AS number
    FROM spelled
)
SELECT spelling, CASE WHEN text = '' THEN 'empty' ELSE 'number' END::meaning AS meaning,
    CASE WHEN text <> '' AND (number IS NULL OR NOT isfinite(number)) THEN 'not_a_number' END
        AS code,
    CASE WHEN contains(text, '.') THEN length(text) - strpos(text, '.') ELSE 0 END AS decimals,
    false AS approximate, false AS is_bound, false AS percent, false AS typed, false AS is_flagged,
    CASE WHEN text <> '' THEN 'final' END::status AS status, number
FROM plain
"""
# A status follows of nothing but its own column, and two sources may have a figure of one key.
_AS_WRITTEN = """
UPDATE parsed_row SET status = written_status,
    key = CASE WHEN key IS NOT NULL THEN (hash(key, source) // 2)::BIGINT END;
CREATE TABLE unsummed (record INTEGER, fault VARCHAR);
"""
