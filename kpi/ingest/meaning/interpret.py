"""From raw text to observations: every distinct word is understood once, and joined back in SQL.

Works in tables of the connection, which is opened for this file. `candidate` is the file's rows in
the template's columns, each a number (`spelling`) for a text of `spelled_<role>`; `word_<role>` is
the meaning of each of these texts; `parsed_row` the rows with ids as numbers, so that a key is one
integer and is compared as such. A million rows are written and read many times here, so each column
has the narrowest type that fits.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import duckdb

from kpi.domain.catalog import Catalog
from kpi.domain.errors import Problem
from kpi.ingest.checks.status_problems import confidential_spellings, hide_confidential
from kpi.ingest.mapping.column_mapping import NUMBERS, Plan
from kpi.ingest.mapping.proposed_recipe import OWN_COLUMNS
from kpi.ingest.meaning.chosen_rows import choose_rows
from kpi.ingest.meaning.column_words import Reader
from kpi.ingest.meaning.completing import changes_rows, complete
from kpi.ingest.meaning.ignored_labels import ignored_labels
from kpi.ingest.meaning.known_periods import number_periods
from kpi.ingest.meaning.marked_words import marked_names, marked_periods
from kpi.ingest.meaning.number_column import understand_numbers
from kpi.ingest.meaning.parsed_rows import FEW_ROWS, write_parsed_rows
from kpi.ingest.meaning.word import IGNORED_CODES, MOST_TEXTS, Word, refuse_too_many
from kpi.ingest.table.raw import RawTable
from kpi.ingest.words import statuses
from kpi.ingest.words.word_tables import Frame, prepare, save
from kpi.system.two_at_once import two_at_once

_WORDS = ("indicator_id", "area_id", "group_id", "period", "status", "measured", "source_id")


@dataclass(frozen=True)
class Interpreted:
    """How a file was understood: its rows, blank ones left out, and the problems of its texts.

    `decimal` is the mark of the values ("comma" or "point"); None where no cell shows it.
    """

    rows_read: int
    decimal: str | None
    problems: tuple[Problem, ...]


def interpret(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> Interpreted:
    """Fills `parsed_row` and the `word_` tables. A row without any text is no row."""
    prepare(connection)
    catalog_numbers = _number_catalog(connection, catalog)
    problems: list[Problem] = []
    if not plan.keep:  # all rows are used, so all texts
        for role in plan.columns.keys() & {*_WORDS}:
            texts_of_column = connection.table(f"spelled_c{plan.columns[role]}")
            refuse_too_many(len(texts_of_column), plan.name_of(role, table))
    rows_read = choose_rows(connection, table, plan, catalog, problems)
    reader = Reader(table, plan, catalog)
    texts = connection.execute(_TEXTS, {"most": MOST_TEXTS + 1}).fetchall()
    for role in _WORDS:
        of_role = [rest for own, *rest in texts if own == role]
        refuse_too_many(len(of_role), plan.name_of(role, table))
        spellings: dict[str, int] = dict(of_role)
        words_of_role = reader.words(role, spellings)
        if role == "indicator_id":
            ids = {word.id for word in words_of_role if word.id is not None}
            own_groups = {
                catalog.indicators[id_].default_group for id_ in ids & {*catalog.indicators}
            }
            reader = replace(
                reader,
                is_of_schools=bool(ids) and ids <= catalog.school_figures,
                everybody="all" if own_groups == {"all"} else "",
            )
        problems += ignored_labels(
            connection, role, words_of_role, spellings, plan.name_of(role, table),
            are_proposed=plan.recipe is not None and plan.recipe.name == OWN_COLUMNS,
        )  # fmt: skip
        if role == "period":
            problems += marked_periods(
                connection, words_of_role, spellings, plan.name_of(role, table)
            )
        elif role in ("area_id", "group_id", "indicator_id"):
            problems += marked_names(
                connection, role, words_of_role, spellings, plan.name_of(role, table)
            )
        numbered = (
            number_periods(connection, words_of_role) if role == "period" else catalog_numbers[role]
        )
        save_words(connection, role, words_of_role, spellings, numbered)
    mark, of_numbers = _understand_numbers(connection, table, plan, catalog)
    problems += of_numbers
    confidential = confidential_spellings(connection)
    are_final = not confidential and not changes_rows(connection, plan)
    write_parsed_rows(connection, are_final and rows_read > FEW_ROWS)
    if confidential:
        hide_confidential(connection, confidential)
    problems += complete(connection, table, plan)
    return Interpreted(rows_read, mark, tuple(problems))


def _understand_numbers(
    connection: duckdb.DuckDBPyConnection, table: RawTable, plan: Plan, catalog: Catalog
) -> tuple[str | None, list[Problem]]:
    """Makes the tables of the number columns; the mark of the values, and how any was decided."""

    def understand(
        roles: Sequence[str], connection: duckdb.DuckDBPyConnection
    ) -> tuple[list[str | None], list[Problem]]:
        """The mark of each column, and the problems of all."""
        problems: list[Problem] = []
        return [
            understand_numbers(connection, role, plan, table, catalog, problems) for role in roles
        ], problems

    # Denominators have the most texts.
    (marks, problems), (_, of_others) = two_at_once(
        connection, partial(understand, NUMBERS[:2]), partial(understand, NUMBERS[2:])
    )
    return marks[0], problems + of_others


def _number_catalog(
    connection: duckdb.DuckDBPyConnection, catalog: Catalog
) -> dict[str, dict[str, int]]:
    """Numbers for the ids of the catalog, by role; also as tables for what is published."""
    ids_of_role = {
        "indicator_id": catalog.indicators, "area_id": catalog.areas, "group_id": catalog.groups,
        "source_id": catalog.sources, "status": (), "measured": (),
    }  # fmt: skip
    numbered = {role: {id_: n for n, id_ in enumerate(ids)} for role, ids in ids_of_role.items()}
    save(connection, "known_indicator", {
        "id": list(catalog.indicators), "number": list(range(len(catalog.indicators))),
        "kind": [indicator.kind for indicator in catalog.indicators.values()],
        "is_quantity": [indicator.is_quantity for indicator in catalog.indicators.values()],
        "shown_decimals": [indicator.decimals for indicator in catalog.indicators.values()],
        "default_group": [
            numbered["group_id"][indicator.default_group]
            for indicator in catalog.indicators.values()
        ],
    })  # fmt: skip
    save(connection, "known_area", {
        "id": list(catalog.areas), "number": list(range(len(catalog.areas))),
        "level": [area.level for area in catalog.areas.values()],
    })  # fmt: skip
    for name, role in (("known_group", "group_id"), ("known_source", "source_id")):
        ids = numbered[role]
        save(connection, name, {"id": list(ids), "number": list(ids.values())})
    return numbered


def save_words(
    connection: duckdb.DuckDBPyConnection,
    role: str,
    words: list[Word],
    spellings: dict[str, int],
    numbered: dict[str, int],
) -> None:
    """Makes `word_<role>`: what each text means, and the number of its id."""
    columns = ("text", "id", "code", "message", "hint")
    frame: Frame = {column: [getattr(word, column) for word in words] for column in columns}
    if role == "period":
        frame["status"] = [statuses.status_of(word.marked.status) or "" if word.marked else ""
                           for word in words]  # fmt: skip
    frame["spelling"] = [spellings[word.text] for word in words]
    frame["number"] = [numbered.get(word.id or "") for word in words]
    frame["ignored"] = [word.code in IGNORED_CODES for word in words]
    save(connection, f"word_{role}", frame)


# The texts of all columns that are looked up, in one question.
_TEXTS_OF_ROLE = "(SELECT 'ROLE', text, spelling FROM spelled_ROLE LIMIT $most)"
_OF_ALL_ROLES = " UNION ALL ".join(_TEXTS_OF_ROLE.replace("ROLE", role) for role in _WORDS)
# Fetched when all are there (tests/kpi/store/test_fetched.py).
_TEXTS = f"WITH spelled_text AS MATERIALIZED ({_OF_ALL_ROLES}) FROM spelled_text"
