"""Rows as a table that SQL can read: what is written goes in by it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def frame_of(
    rows: Iterable[Sequence[Any]] | Mapping[str, Sequence[Any]],
    columns: Sequence[str] | None = None,
    dtype: str | None = None,
) -> "pd.DataFrame":
    """The rows under the names of their columns, or columns by name; `dtype` as pandas has it.

    pandas is loaded at the first: whoever only reads starts without it.
    """
    import pandas as pd

    records = rows if isinstance(rows, Mapping) else list(rows)
    return pd.DataFrame(records, columns=None if columns is None else list(columns), dtype=dtype)
