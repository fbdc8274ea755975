"""Tables that write a label once, over the rows that it is of, as pivots and matrices do.

`2024;Aarhus` over `;Odense` and `2025;Aarhus` over `;Odense`: the empty cells are read as the label
above them only where every label has the same labels beside it, in the same order. A row that is
missing, or one too many, leaves them empty, and they are reported.
"""

from collections.abc import Iterable, Sequence

import pyarrow as arrow

from kpi.domain import format as fmt
from kpi.domain.errors import Problem
from kpi.ingest.table.dictionary import Column, Rows
from kpi.ingest.turning.column_texts import is_usual
from kpi.ingest.words.heads import head_name, is_figure_name
from kpi.ingest.words.template import template_columns
from kpi.ingest.words.written_periods import is_period_name

_LABELS = frozenset(("indicator_id", "area_id", "group_id", "period"))
Record = tuple[int | None, tuple[str, ...]]
# A larger table is no pivot that a person saved.
_MOST_ROWS = 100_000
_FEWEST_BLOCKS = 2


def filled_labels(first: Sequence[str], second: Sequence[str]) -> list[str] | None:
    """The cells of a column, each empty one as the label above it; None where it is not sure.

    `second` are the cells of the column beside it.
    """
    if not 0 < len(first) <= _MOST_ROWS or not first[0].strip() or all(map(str.strip, first)):
        return None
    blocks: list[tuple[str, list[str]]] = []
    for label, beside in zip(first, second, strict=True):
        if label.strip():
            blocks.append((label, []))
        blocks[-1][1].append(beside.strip())
    # A sum of all has a row of its own, with nothing beside it.
    of_labels = [labels for _, labels in blocks if labels != [""]]
    is_grid = (
        len(of_labels) >= _FEWEST_BLOCKS
        and all(labels == of_labels[0] for labels in of_labels)
        and all(of_labels[0])
        and len(set(of_labels[0])) == len(of_labels[0])
        and len({label.strip() for label, _ in blocks}) == len(blocks)
    )
    return [label for label, labels in blocks for _ in labels] if is_grid else None


def _has_labels(columns: Sequence[str], texts: Iterable[str]) -> bool:
    """Whether the first column is one of labels: no figure that is missing is the one above it.

    Years are labels where the column is one of periods.
    """
    own_roles = {role for role, place in template_columns(columns).items() if place == 0}
    if len(columns) < 3 or not own_roles <= _LABELS:
        return False
    filled = [head_name(text) for text in texts if text.strip()]
    are_periods = is_usual("period", columns[0]) or columns[0] == "kolonne 1"
    return not any(
        is_figure_name(text) and not (are_periods and is_period_name(text)) for text in filled
    )


def with_labels(
    columns: Sequence[str], rows: Sequence[Record]
) -> tuple[list[Record], list[Problem]]:
    """The rows with the labels of their first column filled in, and what is reported."""
    cells = [row for _, row in rows]
    labels = None
    if _has_labels(columns, {row[0] for row in cells}):
        labels = filled_labels([row[0] for row in cells], [row[1] for row in cells])
    if labels is None:
        return list(rows), []
    filled = [(line, (label, *row[1:])) for label, (line, row) in zip(labels, rows, strict=True)]
    blank = [line for line, row in rows if not row[0].strip()]
    return filled, _told(columns, blank)


def labels_filled(columns: Sequence[str], rows: Rows) -> tuple[Rows, list[Problem]]:
    """`with_labels` for rows in columns: most files have no empty cell in the first one."""
    texts = rows.columns[0].texts.to_pylist() if 0 < len(rows) <= _MOST_ROWS else []
    if all(map(str.strip, texts)) or not _has_labels(columns, texts):
        return rows, []
    first = rows.columns[0].rows()
    labels = filled_labels(first, rows.columns[1].rows())
    if labels is None:
        return rows, []
    coded = arrow.array(labels, arrow.string()).dictionary_encode()
    column = Column(coded.dictionary, arrow.chunked_array([coded.indices], arrow.int32()))
    lines = zip(rows.lines.to_pylist(), first, strict=True)
    blank = [line for line, label in lines if not label.strip()]
    return Rows(rows.lines, (column, *rows.columns[1:])), _told(columns, blank)


def _told(columns: Sequence[str], blank: Sequence[int | None]) -> list[Problem]:
    count = fmt.counted(len(blank), "tomt felt", "tomme felter")
    return [
        Problem(
            "read_by_content", "", blank[0], columns[0], None,
            f"{count} i »{columns[0]}« læses som feltet over: Hvert har de samme "
            f"»{columns[1]}« ved siden af, i samme rækkefølge.",
            "Kontrollér, at det er sådan, tabellen skal læses.",
        )
    ]  # fmt: skip
