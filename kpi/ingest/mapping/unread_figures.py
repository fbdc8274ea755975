"""The column that figures should be in, where none of its cells can be read: `74,1 1)`, `Gul`."""

from collections.abc import Mapping

from kpi.domain.catalog import Catalog
from kpi.ingest.turning.column_texts import (
    ColumnTexts,
    begins_with_figure,
    is_period,
    is_usual,
    names_code,
    share_of,
)
from kpi.ingest.words import labels
from kpi.ingest.words.heads import named_by_head
from kpi.ingest.words.lookup import indicator_lookup

_SHARE_BEGUN = 0.5


def unread_figures(free: Mapping[str, ColumnTexts], catalog: Catalog) -> list[str]:
    """The name of the only such column among those that nothing else uses; empty where none is.

    Its cells are then reported one by one. They begin with figures, or the column is called as
    columns of values or as an indicator are, or it is the only one left.
    """
    begun = [
        name for name, column in free.items()
        if share_of(column.filled, begins_with_figure, _SHARE_BEGUN) >= _SHARE_BEGUN
        and not (names_code(name) or labels.names_dimension(name))
        and not any(map(is_period, column.filled))
    ]  # fmt: skip
    find, find_group = indicator_lookup(catalog), labels.group_guess(catalog)
    named = [name for name in free if is_usual("value", name) or named_by_head(find, name)]
    unnamed = [
        name for name, column in free.items()
        if not any(find(text) or find_group(text) for text in column.filled)
    ]  # fmt: skip
    chosen = begun or named or unnamed
    return chosen if len(chosen) == 1 else []
