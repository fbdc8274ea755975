"""What stands beside or below the table of a CSV: boxes of key figures, and other tables."""

from collections.abc import Sequence
from dataclasses import replace

from kpi.domain.errors import Problem
from kpi.ingest.readers.box_below import ROWS_LOOKED_AT, box_at_end, box_problem
from kpi.ingest.readers.delimited import Head
from kpi.ingest.readers.side_blocks import MOST_ROWS_BESIDE, parted
from kpi.ingest.table.dictionary import Rows, spelled_rows
from kpi.ingest.table.raw import OVER


def without_beside(head: Head, rows: Rows, wanted: str) -> tuple[Head, Rows, tuple[Problem, ...]]:
    """The table without what stands beside it (side_blocks.py), and how that was read.

    `wanted` is the table that is meant where several stand beside each other (`kolonne 5-7`).
    """
    blank = [at for at in head.nameless if not any(rows.columns[at].texts.to_pylist())]
    if not blank or len(rows) > MOST_ROWS_BESIDE:
        return head, rows, ()
    names = tuple("" if at in head.nameless else name for at, name in enumerate(head.columns))
    # Which columns several texts above the table are over is not known here: they may be over any.
    lines = [text.row for text in head.beside]
    are_over = len(set(lines)) < len(lines) or any(text.where == OVER for text in head.beside)
    above = (("?",) * len(names),) if are_over else ()
    beside = parted(names, rows.first(len(rows)), above, wanted, head.line)
    if beside is None:
        return head, rows, ()
    left = frozenset(at for at, name in enumerate(beside.head) if not name)
    width = len(names)
    rows = spelled_rows(
        ((line, (*cells, *[""] * (width - len(cells)))) for line, cells in beside.rows), width
    )
    return replace(head, nameless=left), rows, beside.problems


def without_box(columns: Sequence[str], rows: Rows) -> tuple[Rows, list[Problem]]:
    """The rows without a box of key figures at their end (box_below.py), and what is reported."""
    if len(rows) > MOST_ROWS_BESIDE:
        return rows, []
    box = box_at_end(columns, last := rows.last(ROWS_LOOKED_AT))
    if not box:
        return rows, []
    kept = len(rows) - len(last) + last.index(box[0])
    return spelled_rows(rows.first(kept), len(columns)), [box_problem(box)]
