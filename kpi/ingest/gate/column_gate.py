"""The gate for personal data in a table of many rows: through the distinct texts of its columns.

What cannot be a number is left out by counting digits in the bytes, then by one pattern in the
database; Python looks at what is left, and stops when enough places are found to report.
"""

from collections.abc import Iterator, Sequence
from itertools import chain, islice, pairwise

import duckdb
import numpy as np
import pyarrow as arrow
from pyarrow import compute

from kpi.cpr.cells import is_other_number
from kpi.cpr.columns import (
    MOST_CELLS,
    ColumnOfNumbers,
    are_in_other_order,
    column_of_numbers,
    is_of_figures,
    is_of_units,
)
from kpi.cpr.counters import are_counted_up
from kpi.cpr.edges import edge_numbers, ends_at_edge
from kpi.cpr.far import far_columns
from kpi.cpr.joined import joined_numbers
from kpi.cpr.lost_zeros import are_shortened
from kpi.cpr.paired_cells import MOST_PAIRED, paired_numbers
from kpi.cpr.shapes import holds_ten
from kpi.cpr.split_columns import split_columns
from kpi.cpr.upright import MAY_NAME, names_part, upright_numbers
from kpi.cpr.worded_cells import MOST_WORDED, worded_numbers
from kpi.cpr.written import whole_ten
from kpi.domain.personal import (
    MOST_PLACES,
    PersonalNumber,
    is_number_under_head,
    is_only_number,
    is_shortened_personal_number,
    labelled_numbers,
    labels_among,
    may_hold_in_cell,
    named_place,
    names_numbers,
)
from kpi.ingest.gate.gate import refuse_personal
from kpi.ingest.gate.likely_texts import likely_edges, likely_texts
from kpi.ingest.table.dictionary import Column, Rows, too_long
from kpi.ingest.table.raw import MOST_CELL_CHARACTERS

_SAMPLE_ROWS = 200
_FEWEST_IN_COLUMN = 3
_TEXTS_AT_A_TIME = 200_000
# So many rows with the name of a field are looked at.
_MOST_UPRIGHT = 5_000


def gate_columns(connection: duckdb.DuckDBPyConnection, names: tuple[str, ...], rows: Rows) -> None:
    """Refuses rows with a CPR number in any cell; a quick search first.

    Raises RefusedError for that, and for a cell beyond all measure.
    """
    for column in rows.columns:
        if (compute.max(compute.binary_length(column.texts)).as_py() or 0) > MOST_CELL_CHARACTERS:
            raise too_long()
    places = chain(
        *(_in_column(connection, names, rows, place) for place in range(len(names))),
        _split(names, rows),
        _upright(names, rows),
        _joined(names, rows),
        _worded(names, rows),
        _edges(names, rows),
    )
    refuse_personal(list(dict.fromkeys(islice(places, MOST_PLACES))))


def _in_column(
    connection: duckdb.DuckDBPyConnection, names: tuple[str, ...], rows: Rows, place: int
) -> Iterator[PersonalNumber]:
    """The places in a column, and those that its labels point to."""
    name, column = names[place], rows.columns[place]
    shown = named_place(name, place)
    yield from _labelled(names, rows, place)
    is_named = names_numbers(name) and not is_of_units(name, column.texts.to_pylist())
    has_tens = _has_tens(column)
    if is_named or are_in_other_order(name, column.texts[:_SAMPLE_ROWS].to_pylist()):
        yield from (
            PersonalNumber(_line(rows, number), shown)
            for number in _rows_of(column, map(is_number_under_head, column.texts.to_pylist()))
        )
    elif _is_of_only_numbers(name, column) or are_shortened(
        name, column.texts[:MOST_CELLS].to_pylist(), names
    ):
        yield from (
            PersonalNumber(_line(rows, number), shown)
            for number in _rows_of(
                column, map(is_shortened_personal_number, column.texts.to_pylist())
            )
        )
    known = column_of_numbers(name, _first_cells(column)) if has_tens else None
    for number in _holding_rows(connection, column, known):
        text = _cell(column, number)
        known = known or column_of_numbers(name, _first_cells(column))
        if not is_other_number(text, _beside(rows, number, place), known):
            yield PersonalNumber(_line(rows, number), shown)


def _holding_rows(
    connection: duckdb.DuckDBPyConnection, column: Column, known: ColumnOfNumbers | None
) -> Iterator[int]:
    """The rows of texts that contain a number, some texts at a time."""
    for start in range(0, len(column.texts), _TEXTS_AT_A_TIME):
        texts = column.texts[start : start + _TEXTS_AT_A_TIME]
        is_holding = np.zeros(len(column.texts), dtype=bool)
        for at, text in likely_texts(connection, texts, known):
            is_holding[start + at] = may_hold_in_cell(text)
        if is_holding.any():
            yield from map(int, np.flatnonzero(is_holding[column.spellings.to_numpy()]))


def _has_tens(column: Column) -> bool:
    return any(
        holds_ten(text) or whole_ten(text) for text in column.texts[:_SAMPLE_ROWS].to_pylist()
    )


def _is_of_only_numbers(name: str, column: Column) -> bool:
    """Whether the first cells are all CPR numbers, shortened or not, and no counter's."""
    filled = 0
    texts = column.texts[:MOST_CELLS].to_pylist()
    if is_of_figures(name) or are_counted_up(texts):
        return False
    for text in texts:
        if text.strip():
            if not is_only_number(text):
                return False
            filled += 1
    if filled >= _FEWEST_IN_COLUMN or not filled:
        return filled > 0
    return sum(bool(text.strip()) for text in _first_cells(column)) >= _FEWEST_IN_COLUMN


def _first_cells(column: Column) -> list[str]:
    """The cells of the first rows, the filled ones first to be met where few are."""
    first = Column(column.texts, column.spellings[:MOST_CELLS]).rows()
    return first if any(text.strip() for text in first) else column.texts[:MOST_CELLS].to_pylist()


def _rows_of(column: Column, counts: Iterator[bool]) -> Iterator[int]:
    """The rows whose text counts; `counts` has the answer for each distinct text."""
    wanted = np.zeros(len(column.texts), dtype=bool)
    count = 0
    for at, is_number in enumerate(counts):
        wanted[at] = is_number
        count += is_number
        if count >= MOST_PLACES:
            break
    return map(int, np.flatnonzero(wanted[column.spellings.to_numpy()])) if count else iter(())


def _line(rows: Rows, number: int) -> int | None:
    line: int | None = rows.lines[number].as_py()
    return line


def _beside(rows: Rows, number: int, place: int) -> list[str]:
    """The cells of a row beside the one at a place."""
    return [_cell(column, number) for at, column in enumerate(rows.columns) if at != place]


def _cell(column: Column, number: int) -> str:
    return str(column.texts[column.spellings[number].as_py()])


def _labelled(names: tuple[str, ...], rows: Rows, place: int) -> Iterator[PersonalNumber]:
    """The numbers to the right of a cell `CPR-nr.` in a column, or below it."""
    texts = rows.columns[place].texts
    is_word = compute.match_substring_regex(texts, "(?i)cpr|person")
    labels = labels_among(texts.filter(is_word).to_pylist())
    if not labels:
        return
    wanted = compute.is_in(texts, arrow.array(sorted(labels), texts.type)).to_numpy(False)
    for number in np.flatnonzero(wanted[rows.columns[place].spellings.to_numpy()]):
        cells = [_cell(column, int(number)) for column in rows.columns[place : place + 12]]
        if 1 in labelled_numbers(cells):
            yield PersonalNumber(_line(rows, int(number)), named_place(names[place + 1], place + 1))
        below = int(number) + 1
        if below < len(rows) and is_number_under_head(_cell(rows.columns[place], below)):
            yield PersonalNumber(_line(rows, below), named_place(names[place], place))


def _split(names: tuple[str, ...], rows: Rows) -> Iterator[PersonalNumber]:
    """Numbers with the date in one column and four digits in another."""
    first = rows.first(_SAMPLE_ROWS)
    for pair in dict.fromkeys([*split_columns(names, first), *far_columns(names, first)]):
        may_be = np.ones(len(rows), dtype=bool)
        for at, place in enumerate(pair.places):
            column = rows.columns[place]
            parts = [pair.may_be(at, text) for text in column.texts.to_pylist()]
            may_be &= np.array(parts, dtype=bool)[column.spellings.to_numpy()]
        for number in map(int, np.flatnonzero(may_be)):
            if pair.is_number([_cell(rows.columns[place], number) for place in pair.places]):
                yield PersonalNumber(
                    _line(rows, number), named_place(names[pair.birth], pair.birth)
                )


def _joined(names: tuple[str, ...], rows: Rows) -> Iterator[PersonalNumber]:
    """The numbers that are cut over cells beside or beneath each other."""
    named = {place for place, name in enumerate(names) if names_numbers(name)}
    first = rows.first(MOST_CELLS if named else _SAMPLE_ROWS)
    for line, place in joined_numbers(names, first, named):
        yield PersonalNumber(line, named_place(names[place], place))


def _worded(names: tuple[str, ...], rows: Rows) -> Iterator[PersonalNumber]:
    """The numbers whose halves stand in two cells near each other, with words around them."""
    first = rows.first(max(MOST_WORDED, MOST_PAIRED))
    for line, place in chain(
        worded_numbers(first[:MOST_WORDED]), paired_numbers(names, [(None, names), *first])
    ):
        yield PersonalNumber(line, named_place(names[place], place))


def _edges(names: tuple[str, ...], rows: Rows) -> Iterator[PersonalNumber]:
    """The numbers whose two cells meet at its dash."""
    edges = [likely_edges(column.texts) for column in rows.columns]
    near: list[tuple[int | None, int, list[str]]] = []
    for place, (left, right) in enumerate(pairwise(range(len(names)))):
        columns = rows.columns[left], rows.columns[right]
        at = [
            edges[column][rows.columns[column].spellings.to_numpy()]
            for column in (left, right)
            if edges[column].any()
        ]
        for number in np.flatnonzero(np.any(at, axis=0))[:_MOST_UPRIGHT] if at else ():
            cells = [_cell(column, int(number)) for column in columns]
            near.append((_line(rows, int(number)), place, cells))
    below = list(_edges_below(rows, edges))
    for line, place in (*edge_numbers(near), *edge_numbers(below)):
        yield PersonalNumber(line, named_place(names[place], place))


def _edges_below(
    rows: Rows, edges: Sequence[np.ndarray]
) -> Iterator[tuple[int | None, int, tuple[str, str]]]:
    """The cells below each other of which the upper ends with a number's dash."""
    for place, column in enumerate(rows.columns):
        if not edges[place].any():
            continue
        at = np.flatnonzero(edges[place][column.spellings.to_numpy()][:-1])
        for number in map(int, at[:_MOST_UPRIGHT]):
            upper, lower = _cell(column, number), _cell(column, number + 1)
            if ends_at_edge(upper):
                yield _line(rows, number), place, (upper, lower)


def _upright(names: tuple[str, ...], rows: Rows) -> Iterator[PersonalNumber]:
    """The numbers of records that stand upright, a row for each field."""
    is_named = np.zeros(len(rows), dtype=bool)
    for column in rows.columns:
        may_be = compute.match_substring_regex(column.texts, MAY_NAME).to_numpy(False)
        for at in map(int, np.flatnonzero(may_be)):
            may_be[at] = names_part(str(column.texts[at]))
        if may_be.any():
            is_named |= may_be[column.spellings.to_numpy()]
    numbers = np.flatnonzero(is_named)[:_MOST_UPRIGHT]
    if not len(numbers):
        return
    # The row below, too: a name may stand above its value, also in the head.
    wanted = np.union1d(numbers, [0, *np.minimum(numbers + 1, len(rows) - 1)])
    cells = (
        (_line(rows, number), [_cell(column, number) for column in rows.columns])
        for number in map(int, wanted)
    )
    for line, place in upright_numbers(chain([(None, names)], cells)):
        yield PersonalNumber(line, named_place(names[place], place))
