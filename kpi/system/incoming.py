"""Rows as a table that SQL can read: what is written goes in by it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

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
