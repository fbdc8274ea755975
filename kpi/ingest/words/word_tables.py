"""The small tables that words are joined from, and the types they share with the rows."""

from typing import Any

import duckdb

from kpi.domain.kinds import KIND_PROPERTIES
from kpi.domain.vocabulary import FIGURE_WORDS, KINDS
from kpi.ingest.words import numbers
from kpi.system.incoming import table_of

Frame = dict[str, list[Any]]
_MEANINGS = (*numbers.MEANINGS, "zero", "absent")


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes the types `kind`, `status` and `meaning`, the macro `key_of`, and `kind_properties`.

    That table says of each kind of indicator which values it may have and where its persons are.
    """
    connection.execute(_KEY)
    for sql, words in _WORD_TYPES.items():
        connection.execute(sql, {"words": words})
    properties = KIND_PROPERTIES.values()
    connection.execute(_KIND_PROPERTIES, {
        "kinds": list(KIND_PROPERTIES),
        "lowest": [each.lowest for each in properties],
        "highest": [each.highest for each in properties],
        "persons_in": [each.persons_in for each in properties],
    })  # fmt: skip


def save(connection: duckdb.DuckDBPyConnection, name: str, columns: Frame) -> None:
    """Makes a table of a few thousand values, with the types that _TYPES gives its columns."""
    types = {column: _TYPES.get(column, "string") for column in columns}
    # Of a stream DuckDB asks for the rows alone, which takes half as long for a small table.
    stream = table_of(columns, types=types).__arrow_c_stream__()
    connection.from_arrow(stream).create(name)


# As Arrow calls them; any other column is text.
_TYPES = {
    **dict.fromkeys(
        ("number", "default_group", "before", "start", "length", "decimals", "spelling"), "int32"
    ),
    **dict.fromkeys(("shown_decimals", "by_name", "by_letters", "by_code"), "int32"),
    **dict.fromkeys(
        ("zero_led", "approximate", "percent", "typed", "ignored", "is_quantity"), "bool"
    ),
    "coefficient": "int64",
    **dict.fromkeys(("least", "most"), "float64"),
    **dict.fromkeys(("start_date", "end_date"), "date32"),
}

_KEY = """
CREATE MACRO key_of(indicator, area, population_group, period) AS
    ((indicator::BIGINT * 1000000 + area) * 100000 + population_group) * 100000 + period
"""
_KIND_PROPERTIES = """
CREATE TABLE kind_properties AS
SELECT unnest($kinds)::kind AS kind, unnest($lowest)::DOUBLE AS lowest,
    unnest($highest)::DOUBLE AS highest, unnest($persons_in) AS persons_in
"""
# Kinds, statuses and meanings as one byte a row instead of a text.
_WORD_TYPES = {
    "CREATE TYPE kind AS ENUM (SELECT unnest($words))": list(KINDS),
    "CREATE TYPE status AS ENUM (SELECT unnest($words))": list(FIGURE_WORDS["status"]),
    "CREATE TYPE measured AS ENUM (SELECT unnest($words))": list(FIGURE_WORDS["measured"]),
    "CREATE TYPE period_kind AS ENUM (SELECT unnest($words))": list(FIGURE_WORDS["period_kind"]),
    "CREATE TYPE meaning AS ENUM (SELECT unnest($words))": list(_MEANINGS),
}
