"""What a reader says of a cell reaches its reading, whatever signs are left out of its text."""

import pyarrow as arrow

from kpi.ingest.table.dictionary import spelled
from kpi.ingest.table.raw import HIDDEN, MARKS, TYPED, UNREADABLE
from tests.tables import for_each


@for_each("beside", ["", "a\x0bb", "a\x07", "\u2028", "Aarhus"])
@for_each(
    ("cell", "kept"),
    [(HIDDEN, HIDDEN), (f"{TYPED}5", f"{TYPED}5"), (f"{UNREADABLE}#N/A\x0b", f"{UNREADABLE}#N/A ")],
)
def test_a_mark_of_a_reader_is_kept_where_signs_are_left_out(
    cell: str, kept: str, beside: str
) -> None:
    lines = arrow.chunked_array([arrow.array([1, 2])])
    [column] = spelled(lines, [arrow.chunked_array([arrow.array([cell, beside])])]).columns
    texts = column.words()["text"].to_pylist()
    assert texts[0] == kept
    signs = ("\x0b", "\x07", *MARKS)
    assert not [text for text in texts[1:] if any(sign in text for sign in signs)]
