"""A head that holds one name alone: of the figures, or of the labels before them."""

from collections.abc import Sequence

from kpi.ingest.turning.column_texts import is_usual
from kpi.ingest.words.heads import head_name
from kpi.ingest.words.numbers import NUMBER, understand
from kpi.ingest.words.written_periods import is_period_name

_ROWS_LOOKED_AT = 10
_FEWEST_ROWS = 2
_DIGITS = str.maketrans("0123456789", "9999999999")

Row = tuple[str, ...]


def is_single_name(rows: Sequence[Row], place: int) -> bool:
    """Whether a row is a head of one name alone: `;;Andel` or `Kommune;;` over rows of figures.

    Right of the labels it is over figures in all rows; over the labels it is what columns of areas
    or periods are called. Anything else alone in the first column is a title.
    """
    filled = [at for at, cell in enumerate(rows[place]) if cell.strip()]
    if len(filled) != 1:
        return False
    at, name = filled[0], rows[place][filled[0]]
    below = [
        row for row in rows[place + 1 : place + 1 + _ROWS_LOOKED_AT] if sum(map(bool, row)) > 1
    ]
    if len(below) < _FEWEST_ROWS or (_is_figure(name) and not is_period_name(head_name(name))):
        return False
    if at:
        return all(_is_labelled(row, at) for row in below[:-1])  # the last may be text below
    is_named = is_usual("area", name) or is_usual("period", name)
    return is_named and all(_begins_with_label(row) for row in below[:-1])


def _is_labelled(row: Row, at: int) -> bool:
    """Whether a row has a figure in its place, and a label before it."""
    has_figure = len(row) > at and _is_figure(row[at]) and not is_period_name(head_name(row[at]))
    return has_figure and _is_label(row[at - 1])


def _begins_with_label(row: Row) -> bool:
    is_label = bool(row) and _is_label(row[0])
    figures = [cell for cell in row[1:] if _is_figure(cell) and not is_period_name(head_name(cell))]
    return is_label and bool(figures)


def _is_label(cell: str) -> bool:
    name = head_name(cell)
    return bool(name) and (is_period_name(name) or not _is_figure(name))


def _is_figure(cell: str) -> bool:
    return understand(cell.translate(_DIGITS)).meaning == NUMBER
