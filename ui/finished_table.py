"""Tables as the browser gets them: made once of the same cells, whoever looks at them."""

from collections.abc import Sequence

import pandas as pd
import pyarrow as pa

from ui.keeping import kept

_Cells = tuple[tuple[str, ...], ...]


def finished_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> pa.Table:
    """The cells (markdown) under their columns, as `st.table` would make of a frame of pandas."""
    return _finished(tuple(columns), tuple(tuple(row) for row in rows))


@kept(most=64)
def _finished(columns: tuple[str, ...], rows: _Cells) -> pa.Table:
    return pa.Table.from_pandas(pd.DataFrame([*rows], columns=list(columns)))
