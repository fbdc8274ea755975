"""Tables that write a label once, over the rows that it is of, as pivots and matrices do.

`2024;Aarhus` over `;Odense` and `2025;Aarhus` over `;Odense`: the empty cells are read as the label
above them only where every label has the same labels beside it, in the same order. A row that is
missing, or one too many, leaves them empty, and they are reported.
"""

from collections.abc import Iterable, Sequence

import pyarrow as arrow

from kpi.domain import format as fmt
from kpi.domain.errors import Problem
from kpi.domain.wording import listing
from kpi.ingest.table.dictionary import Column, Rows, spelled_rows
from kpi.ingest.table.raw import TYPED
from kpi.ingest.turning.column_texts import is_usual
from kpi.ingest.words.heads import head_name, is_figure_name
from kpi.ingest.words.labels import names_sum, sum_of
from kpi.ingest.words.lookup import folded
from kpi.ingest.words.template import template_columns
from kpi.ingest.words.written_periods import is_period_name

_LABELS = frozenset(("indicator_id", "area_id", "group_id", "period"))
Record = tuple[int | None, tuple[str, ...]]
# A larger table is no pivot that a person saved.
_MOST_ROWS = 100_000
_FEWEST_BLOCKS = 2
# Region, municipality and year; of a pivot of more a person says more.
_MOST_LABELS = 3


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


def closed_labels(columns: Sequence[Sequence[str]]) -> dict[int, list[str]]:
    """The first columns with each empty cell as the label above it, where sums end every label.

    `Aarhus;2023` over `;2024` over `Aarhus Total;`: whatever stands beside them, the rows up to the
    sum of a label are its own. A column of which any label has no such end is left out.
    """
    filled: dict[int, list[str]] = {}
    if not columns or not 0 < len(columns[0]) <= _MOST_ROWS:
        return filled
    is_ended = [False] * len(columns[0])
    for place, column in enumerate(columns):
        if all(map(str.strip, column)) or (labels := _up_to_sums(column, is_ended)) is None:
            break
        filled[place] = labels
        is_ended = [
            ended or names_sum(label) for ended, label in zip(is_ended, column, strict=True)
        ]
    return filled


def _up_to_sums(column: Sequence[str], is_ended: Sequence[bool]) -> list[str] | None:
    """A column filled up to the sum of each label; None where a label has none, or nothing is one.

    `is_ended`: rows that are sums of the columns before it, at which no label goes on.
    """
    labels: list[str] = []
    current, written, sums = "", "", 0
    for cell, ended in zip(column, is_ended, strict=True):
        label = cell.removeprefix(TYPED).strip()
        if folded(sum_of(label)) == folded(current) != "":
            sums, current = sums + 1, ""
        elif label and not names_sum(label) and not ended:
            if current:
                return None
            current, written = label, cell
        elif (ended or label) and current:
            return None
        labels.append(cell if label or ended else written)
        if not (label or ended or current):
            return None
    return labels if sums >= _FEWEST_BLOCKS and not current else None


def with_labels(
    columns: Sequence[str], rows: Sequence[Record]
) -> tuple[list[Record], list[Problem]]:
    """The rows with the labels of their first column filled in, and what is reported."""
    cells = [row for _, row in rows]
    if not _has_labels(columns, {row[0] for row in cells}):
        return list(rows), []
    first = [row[0] for row in cells]
    labels = filled_labels(first, [row[1] for row in cells])
    if labels is None:
        return _with_closed(columns, rows)
    filled = [(line, (label, *row[1:])) for label, (line, row) in zip(labels, rows, strict=True)]
    blank = [line for line, row in rows if not row[0].strip()]
    return filled, _told(columns, blank)


def _with_closed(
    columns: Sequence[str], rows: Sequence[Record]
) -> tuple[list[Record], list[Problem]]:
    """The rows of a pivot table whose labels are each ended by a sum."""
    first = [tuple(row[at] for _, row in rows) for at in range(min(_MOST_LABELS, len(columns) - 1))]
    filled = closed_labels(first)
    if not filled:
        return list(rows), []
    made = [
        (line, (*(filled[at][number] for at in filled), *row[len(filled) :]))
        for number, (line, row) in enumerate(rows)
    ]
    blank = [
        line for (line, row), (_, new) in zip(rows, made, strict=True) if tuple(row) != tuple(new)
    ]
    if not blank:
        return list(rows), []
    return made, [_ended(columns[: len(filled)], blank)]


def labels_filled(columns: Sequence[str], rows: Rows) -> tuple[Rows, list[Problem]]:
    """`with_labels` for rows in columns: most files have no empty cell in the first one."""
    texts = rows.columns[0].texts.to_pylist() if 0 < len(rows) <= _MOST_ROWS else []
    if all(map(str.strip, texts)) or not _has_labels(columns, texts):
        return rows, []
    first = rows.columns[0].rows()
    labels = filled_labels(first, rows.columns[1].rows())
    if labels is None:
        made, problems = _with_closed(columns, rows.first(len(rows)))
        return (spelled_rows(made, len(columns)), problems) if problems else (rows, [])
    coded = arrow.array(labels, arrow.string()).dictionary_encode()
    column = Column(coded.dictionary, arrow.chunked_array([coded.indices], arrow.int32()))
    lines = zip(rows.lines.to_pylist(), first, strict=True)
    blank = [line for line, label in lines if not label.strip()]
    return Rows(rows.lines, (column, *rows.columns[1:])), _told(columns, blank)


def _ended(columns: Sequence[str], blank: Sequence[int | None]) -> Problem:
    names = listing([f"»{name}«" for name in columns])
    count = fmt.counted(len(blank), "række", "rækker")
    return Problem(
        "read_by_content", "", blank[0], columns[0], None,
        f"{count} har tomme felter i {names}, som læses som feltet over, op til dets sum.",
        "Kontrollér, at det er sådan, tabellen skal læses.",
    )  # fmt: skip


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
