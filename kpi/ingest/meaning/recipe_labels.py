"""The ids that a recipe gives the labels of a column."""

from collections.abc import Mapping

from kpi.ingest.table.footnote_marks import unmarked
from kpi.ingest.table.raw import TYPED, UNREADABLE
from kpi.ingest.words.lookup import folded


def without_marks(text: str) -> str:
    """A text without the mark of what the file typed, and without blanks around it."""
    return text.lstrip(TYPED + UNREADABLE).strip()


def ids_by_label(written: Mapping[str, str]) -> dict[str, str]:
    """The ids of a recipe's map by its labels as `named_by_recipe` compares them."""
    return {folded(label): named for label, named in written.items()}


def named_by_recipe(ids: Mapping[str, str], text: str, codes: Mapping[str, str]) -> str | None:
    """The id that a recipe gives a label, or the code of it; None: none.

    `ids` are those of `ids_by_label`, `codes` the code of each label where a file has both.
    """
    label = without_marks(text)
    named = ids.get(folded(label))
    if named is None:
        named = ids.get(folded(unmarked(label)))
    if named is None and text in codes:
        named = ids.get(folded(codes[text]))
    return named
