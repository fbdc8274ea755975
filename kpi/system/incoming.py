"""Rows as a table that SQL can read: what is written goes in by it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import duckdb

if TYPE_CHECKING:
    import pyarrow as arrow


def table_of(
    rows: Iterable[Sequence[Any]] | Mapping[str, Sequence[Any]],
    columns: Sequence[str] | None = None,
    types: Mapping[str, str] | None = None,
) -> "arrow.Table":
    """The rows under the names of their columns, or columns by name; None is NULL.

    A column holds values of one type: the one of `types` ("int32", "string"), where columns are
    given by name, else the type of its first values. Arrow is loaded at the first: whoever only
    reads starts without it.
    """
    import pyarrow as arrow

    if isinstance(rows, Mapping):
        return arrow.table({
            name: arrow.array(values, types.get(name) if types else None)
            for name, values in rows.items()
        })  # fmt: skip
    names = list(columns or ())
    values = list(zip(*rows, strict=True)) or [()] * len(names)
    return arrow.table([arrow.array(column) for column in values], names)


def bring_in(connection: duckdb.DuckDBPyConnection, rows: "arrow.Table") -> None:
    """Makes the temporary table `incoming` of the rows, until `let_go`; nothing but NULL is text.

    They come as a stream: before it reads a table, DuckDB loads all that Arrow has for data sets,
    which takes a tenth of a second.
    """
    import pyarrow as arrow

    fields = [
        field.with_type(arrow.string()) if arrow.types.is_null(field.type) else field
        for field in rows.schema
    ]
    connection.register("arriving", rows.cast(arrow.schema(fields)).__arrow_c_stream__())
    connection.execute("CREATE OR REPLACE TEMP TABLE incoming AS FROM arriving")
    connection.unregister("arriving")


def let_go(connection: duckdb.DuckDBPyConnection) -> None:
    """Removes the table that `bring_in` made."""
    connection.execute("DROP TABLE temp.incoming")
