"""The lines of a head: its names, a line of units below them, and the same head further down."""

import re
from collections.abc import Sequence

import numpy as np
import pyarrow as arrow
from pyarrow import compute

from kpi.domain import format as fmt
from kpi.domain.errors import NO_ACTION_NEEDED, Problem
from kpi.ingest.readers.second_names import names_over_marks, second_names
from kpi.ingest.table.dictionary import Column, Rows
from kpi.ingest.table.raw import ABOVE, OVER, UNDER, Beside
from kpi.ingest.turning.column_texts import is_usual
from kpi.ingest.words.heads import head_name
from kpi.ingest.words.labels import REPEATS, names_dimension, names_indicator, names_origin
from kpi.ingest.words.numbers import NOT_A_NUMBER, NUMBER, understand
from kpi.ingest.words.two_line_heads import two_line_head
from kpi.ingest.words.units import unit_kind
from kpi.ingest.words.written_periods import is_period_name

_ROWS_LOOKED_AT = 10
_FEWEST_PERIODS = 2
# The cells of a line of units under a column that has none.
_NO_UNIT = frozenset(("", "-", "–", "—", "."))
# What databases draw under the names of columns: `-------;----`, in Markdown `:---`.
_RULE = re.compile(r":?[-=]{2,}:?")
# Excel, Power Query, pandas, R and Access, where the names are read as the first row.
_NUMBERED = re.compile(
    r"(?:kolonne|column|unnamed:|col|var|felt|field|[vfx]|\.\.\.)[ _.]?\d{1,3}", re.IGNORECASE
)
# A file added to another one begins with its mark of encoding.
_AROUND = " \t\r\n\u00a0\ufeff"
_PIVOT_COLUMNS = frozenset(("kolonnenavne", "kolonneetiketter", "column labels"))
_DIGITS = str.maketrans("0123456789", "9999999999")

Row = tuple[str, ...]
Record = tuple[int | None, Row]


def head_lines(place: int, rows: Sequence[Row]) -> tuple[int, int, Row]:
    """The first and last row of the head at `place`, and the names of its columns.

    It may have two lines, the same names below it in English or as codes, a line of units, one of
    the names of its first columns, or one above it that only numbers the columns
    (`Column1;Column2`). Lines of a name and what it is (`A-kasse;3F;`) are over the head and no
    part of it.
    """
    if _is_numbered(rows[place]) and place + 1 < len(rows) and _is_of_names(rows[place + 1]):
        return place, *head_lines(place + 1, rows)[1:]
    place = _beyond_pairs(place, rows)
    for bottom in (place, place + 1):
        if (named := _head_over_names(bottom, rows)) is not None:
            return named
    for top in (place, place - 1, place - 2):
        if 0 <= top < len(rows) - 3 and (names := _three_lines(rows, top)) is not None:
            return top, top + 2, names
    for top in (place, place - 1):
        if 0 <= top < len(rows) - 2:
            below = rows[top + 2 : top + 2 + _ROWS_LOOKED_AT]
            if (names := two_line_head(rows[top], rows[top + 1], below)) is not None:
                return top, top + 1, names
    last, names = place, rows[place]
    for read in (second_names, second_names, unit_line_head, names_over_marks):
        below = rows[last + 2 : last + 2 + _ROWS_LOOKED_AT]
        if below and (joined := read(names, rows[last + 1], below)) is not None:
            last, names = last + 1, joined
    return place, last, names


def _three_lines(rows: Sequence[Row], top: int) -> Row | None:
    """The names of columns under three lines, several periods first: `2023`, `Mænd`, `Andel`.

    The name in the middle is over each column (`2023, Mænd, Andel`), or over several where cells
    were merged.
    """
    first, middle, last = rows[top : top + 3]
    periods = {head_name(cell) for cell in first if is_period_name(head_name(cell))}
    if len(periods) < _FEWEST_PERIODS or any(_is_value(cell) for cell in (*middle, *last)):
        return None
    below = rows[top + 3 : top + 3 + _ROWS_LOOKED_AT]
    if (lower := two_line_head(middle, last, below)) is not None:
        return two_line_head(first, lower, below)
    upper, over, name = [""] * len(last), "", ""
    for at, cell in enumerate(last):
        new, own = (head_name(row[at]) if at < len(row) else "" for row in (first, middle))
        over, name = new or over, own or ("" if new else name)
        upper[at] = f"{over}, {name}" if over and name and cell.strip() else ""
    return two_line_head(tuple(upper), last, below)


def _is_numbered(row: Row) -> bool:
    """Whether a line has nothing but what programs call columns whose names they do not know."""
    filled = [head_name(cell).strip() for cell in row if cell.strip()]
    return len(filled) > 1 and all(map(_NUMBERED.fullmatch, filled))


def _is_of_names(row: Row) -> bool:
    filled = [head_name(cell) for cell in row if cell.strip()]
    return len(filled) > 1 and all(
        is_period_name(name) or understand(name.translate(_DIGITS)).meaning == NOT_A_NUMBER
        for name in filled
    )


def _beyond_pairs(place: int, rows: Sequence[Row]) -> int:
    """The place of the head below lines of pairs; the same place where there are none."""
    filled = [at for at in range(place, len(rows)) if any(map(str.strip, rows[at]))]
    first = next((n for n, at in enumerate(filled) if not _is_pair(rows[at])), len(filled))
    if first == len(filled):
        return place
    head = filled[first]
    if any(_is_value(cell) for cell in rows[head]) or _is_count_like_year(rows[head]):
        # Of a table of two columns the last pair is the head itself.
        head = filled[max(first - 1, 0)]
        if not _names_labels(head_name(rows[head][0])):
            return place
    names = [cell for cell in rows[head] if cell.strip()]
    is_head = len(names) > 1 and rows[head][0].strip() and not any(map(_is_value, names))
    below = rows[head + 1 : head + 1 + _ROWS_LOOKED_AT]
    has_figures = any(_is_value(cell) for row in below for cell in row[1:])
    return head if is_head and has_figures else place


def _is_pair(row: Row) -> bool:
    """Whether a line says one thing of the table: a name, and in the next cell its text.

    `År` over anything but a period begins a head.
    """
    if [at for at, cell in enumerate(row) if cell.strip()] != [0, 1]:
        return False
    name, label = head_name(row[0]).strip(" :"), head_name(row[1])
    if _is_figure(name) or is_period_name(name):
        return False
    return is_period_name(label) if is_usual("period", name) else not _is_figure(label)


def _is_count_like_year(row: Row) -> bool:
    """Whether a line of two cells is one of the table: `Aarhus;2013`, and not `Kommune;2013`."""
    filled = [at for at, cell in enumerate(row) if cell.strip()]
    is_period = filled == [0, 1] and is_period_name(head_name(row[1]))
    return is_period and not _names_labels(head_name(row[0]))


def _is_value(cell: str) -> bool:
    return _is_figure(cell) and not is_period_name(head_name(cell))


def _head_over_names(bottom: int, rows: Sequence[Row]) -> tuple[int, int, Row] | None:
    """The head whose last line, under `bottom`, names the columns of labels; None for others.

    So pandas writes a table that it turned: `aar;2021;2022` over `kommune;;`, with the name of the
    periods where the name of the areas should be.
    """
    if bottom + 2 >= len(rows):
        return None
    head, names = rows[bottom], rows[bottom + 1]
    first_blank = next((at for at, cell in enumerate(names) if not cell.strip()), len(names))
    labels, is_rest_blank = names[:first_blank], not any(map(str.strip, names[first_blank:]))
    below = rows[bottom + 2 : bottom + 2 + _ROWS_LOOKED_AT]
    if not (is_rest_blank and first_blank < len(head) and any(map(_names_labels, labels))):
        return None
    if not any(_is_figure(cell) for row in below for cell in row[first_blank:]):
        return None
    # Under a head that names its own areas or periods the line is a label of the rows below it.
    if any(map(_names_labels, head[first_blank:])):
        return None
    # A row of the table, over its own head once more, is no head.
    if any(_is_figure(cell) and not is_period_name(head_name(cell)) for cell in head):
        return None
    blanks = ("",) * first_blank
    periods = (*blanks, *head[first_blank:])
    over = None
    if bottom:
        top = (*blanks, *rows[bottom - 1][first_blank:])
        over = two_line_head(top, periods, below)
    columns = over or periods
    return bottom - (over is not None), bottom + 1, (*labels, *columns[first_blank:])


def _names_labels(cell: str) -> bool:
    """Whether a cell is what columns of areas, periods, groups or indicators are called."""
    return (
        is_usual("area", cell) or is_usual("period", cell) or names_origin(cell)
        or names_indicator(cell) or names_dimension(cell)
    )  # fmt: skip


def is_pivot_line(cells: Sequence[str]) -> bool:
    """Whether a row is what Excel writes over a pivot table's head: `Sum af X;Kolonnenavne`."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return len(filled) == 2 and filled[1].casefold() in _PIVOT_COLUMNS


def unit_line_head(top: Row, bottom: Row, below: Sequence[Row]) -> Row | None:
    """The names of columns over a line of nothing but their units; None without such a line.

    `værdi` over `pct.` becomes `værdi (pct.)`. Each unit is under a name of its own, over
    figures; under all other columns there is nothing, or a dash.
    """
    if len(bottom) > len(top):
        return None
    units = {at: head_name(cell).strip("()[]") for at, cell in enumerate(bottom)}
    units = {at: unit for at, unit in units.items() if unit not in _NO_UNIT}
    if not units or len(units) == len(top):
        return None
    for at, unit in units.items():
        has_figures = any(_is_figure(row[at]) for row in below if at < len(row))
        if not (unit_kind(unit) and top[at].strip() and has_figures):
            return None
    return tuple(
        f"{head_name(name)} ({units[at]})" if at in units else name for at, name in enumerate(top)
    )


def texts_above(rows: Sequence[Record]) -> tuple[Beside, ...]:
    """The texts of the lines above a head, each once a line.

    A line that leaves the first column free belongs to the columns of figures.
    """
    return tuple(
        Beside(ABOVE if cells[0].strip() else OVER, text, line)
        for line, cells in rows
        for text in dict.fromkeys(head_name(cell) for cell in cells)
        if text
    )


def texts_under(rows: Sequence[Record]) -> tuple[Beside, ...]:
    """The texts of the lines under a table, each once a line."""
    return tuple(
        Beside(UNDER, text, line)
        for line, cells in rows
        for text in dict.fromkeys(head_name(cell) for cell in cells)
        if text
    )


def without_repeats(columns: Row, rows: Sequence[Record]) -> tuple[list[Record], list[Problem]]:
    """The rows without those that only repeat the names of the columns, and a problem for them.

    Such a row occurs where a table was made of several, or was printed on several pages.
    """
    names = [_plain(name) for name in columns]
    rows = [row for row in rows if not _is_rule(row[1])]
    repeats = [line for line, cells in rows if _is_head(cells, names)]
    if not repeats:
        return list(rows), []
    return [row for row in rows if not _is_head(row[1], names)], _repeat_problems(repeats)


def repeats_dropped(columns: Row, rows: Rows) -> tuple[Rows, list[Problem]]:
    """`without_repeats` for rows in columns.

    Most files have no such row, which the first column of labels shows without looking further.
    """
    rows = _without_rules(rows)
    is_head = np.ones(len(rows), dtype=bool)
    filled = np.zeros(len(rows), dtype=np.int32)
    for name, column in zip(columns, rows.columns, strict=True):
        texts = compute.utf8_lower(compute.utf8_trim(column.texts, _AROUND))
        is_blank = compute.equal(texts, "").to_numpy(zero_copy_only=False)
        is_name = compute.equal(texts, name.strip().lower()).to_numpy(zero_copy_only=False)
        fits = is_blank | is_name
        if not fits.any():
            return rows, []
        spellings = column.spellings.to_numpy()
        is_head &= fits[spellings]
        filled += is_name[spellings]
        if not is_head.any():
            return rows, []
    is_head &= filled >= _least(columns)
    if not is_head.any():
        return rows, []
    lines = rows.lines.filter(arrow.array(is_head)).to_pylist()
    return _kept(rows, is_head), _repeat_problems(lines)


def _is_rule(cells: Sequence[str]) -> bool:
    """Whether a row is a line drawn under the names: nothing but dashes in each of its cells."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return len(filled) > 1 and all(map(_RULE.fullmatch, filled))


def _without_rules(rows: Rows) -> Rows:
    is_rule = np.ones(len(rows), dtype=bool)
    for column in rows.columns:
        fits = compute.match_substring_regex(column.texts, rf"^\s*({_RULE.pattern})?\s*$")
        is_rule &= fits.to_numpy(zero_copy_only=False)[column.spellings.to_numpy()]
        if not is_rule.any():
            return rows
    return _kept(rows, is_rule) if len(rows.columns) > 1 else rows


def _kept(rows: Rows, is_dropped: "np.ndarray[tuple[int], np.dtype[np.bool_]]") -> Rows:
    is_kept = arrow.array(~is_dropped)
    remaining = (Column(column.texts, column.spellings.filter(is_kept)) for column in rows.columns)
    return Rows(rows.lines.filter(is_kept), tuple(remaining))


def _is_head(cells: Row, names: Sequence[str]) -> bool:
    filled = [(_plain(cell), name) for cell, name in zip(cells, names, strict=True) if cell.strip()]
    return len(filled) >= _least(names) and all(cell == name for cell, name in filled)


def _least(columns: Sequence[str]) -> int:
    """How many cells must repeat their names: a row of one label may well be called so."""
    return max(2, (len(columns) + 1) // 2)


def _plain(text: str) -> str:
    return head_name(text).strip(_AROUND).lower()


def _repeat_problems(lines: Sequence[int | None]) -> list[Problem]:
    count = fmt.counted(len(lines), "række", "rækker")
    return [
        Problem(
            "ignored_row", "", lines[0], None, None,
            f"{count} {REPEATS} og springes over.", NO_ACTION_NEEDED,
        )
    ]  # fmt: skip


def _is_figure(cell: str) -> bool:
    return understand(cell.translate(_DIGITS)).meaning == NUMBER
