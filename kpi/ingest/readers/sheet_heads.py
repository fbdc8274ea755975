"""Which row of a sheet is the head of its table."""

from collections.abc import Sequence

from kpi.ingest.readers.head_lines import is_pivot_line
from kpi.ingest.table.raw import TYPED, UNREADABLE
from kpi.ingest.words.heads import head_name
from kpi.ingest.words.numbers import NOT_A_NUMBER, understand
from kpi.ingest.words.period_hints import serial_day
from kpi.ingest.words.written_periods import is_period_name

# So many rows below a name over figures alone show that it is a head.
_ROWS_BELOW = 3
_DIGITS = str.maketrans("0123456789", "9999999999")

Row = tuple[str, ...]


def texts(row: Row) -> set[str]:
    """The different texts of a row: a title merged over ten cells is one."""
    return {cell.strip() for cell in row if cell.strip()}


def is_head(row: Row) -> bool:
    """Whether a row has the names of columns: two texts at least, and none a line of a pivot."""
    names = sum(not text.startswith((TYPED, UNREADABLE)) for text in texts(row))
    return names >= 2 and not is_pivot_line(row)


def is_head_of_names(row: Row) -> bool:
    """Whether a row is a head and has no figures: a row of the table may have two labels, too."""
    figures = (cell for cell in row if cell.startswith(TYPED) and not is_period_name(cell[1:]))
    return is_head(row) and not any(figures)


def are_titles(rows: Sequence[Row], place: int, below: Row) -> bool:
    """Whether a row of names is over blank rows and then the head: titles of tables beside."""
    is_apart = not texts(rows[place + 1])
    return is_apart and is_head_of_names(below) and len(texts(below)) > len(texts(rows[place]))


def has_serial_heads(row: Row) -> bool:
    """Whether a head's periods are days as Excel counts them: `Kommune;45658;45689`."""
    return sum(cell.startswith(TYPED) and serial_day(cell) is not None for cell in row) > 1


def is_one_period(row: Row) -> bool:
    """Whether a row is the head of names beside one period: `Kommune;2022`."""
    names = [head_name(cell) for cell in row if cell.strip()]
    return len(names) == 2 and not is_period_name(names[0]) and is_period_name(names[1])


def is_jobindsats(row: Row) -> bool:
    """Whether a row is the head of a table of jobindsats."""
    names = [head_name(cell) for cell in row]
    folded = {name.casefold() for name in names}
    periods = sum(map(is_period_name, names))
    # At least one head is a word, else a row of years would do.
    return {"område", "periode"} <= folded or (periods >= 2 and len(texts(row)) > periods)


def are_periods_over_names(rows: Sequence[Row], place: int) -> bool:
    """Whether a row has nothing but different periods, right of a column of texts without a name.

    `;2023;2024` over `Aarhus;74.1;74.3`: the next row, headings apart, begins with a text and
    has cells beneath the periods.
    """
    cells = [(at, head_name(cell)) for at, cell in enumerate(rows[place]) if cell.strip()]
    periods = [name for _, name in cells]
    if not cells or not cells[0][0] or not all(map(is_period_name, periods)):
        return False
    below = next((row for row in rows[place + 1 :] if len(texts(row)) > 1), ())
    names = [cell for cell in below[: cells[0][0]] if cell.strip()]
    return (
        len(set(periods)) == len(periods)
        and bool(names)
        and not any(name.startswith((TYPED, UNREADABLE)) for name in names)
        and any(below[at : at + 1] and below[at].strip() for at, _ in cells)
        and not any(_is_word(below[at]) for at, _ in cells if at < len(below))
    )


def _is_word(cell: str) -> bool:
    return bool(cell) and understand(cell.translate(_DIGITS)).meaning == NOT_A_NUMBER


def is_name_over_figures(rows: Sequence[Row], place: int) -> bool:
    """Whether a row has one name, over figures, right of columns of labels without names.

    `;;Antal personer` over `Maj 2026;Aarhus;6250`: in each of the next rows the last label and the
    figure are there.
    """
    cells = [at for at, cell in enumerate(rows[place]) if cell.strip()]
    if len(cells) != 1 or not cells[0] or rows[place][cells[0]].startswith((TYPED, UNREADABLE)):
        return False
    at = cells[0]
    below = [row for row in rows[place + 1 : place + 1 + _ROWS_BELOW] if texts(row)]
    return len(below) > 1 and all(
        len(row) > at
        and row[at].startswith(TYPED)
        and row[at - 1].strip() != ""
        and not row[at - 1].startswith((TYPED, UNREADABLE))
        for row in below[:-1]  # the last may be text under the table
    )


def is_row_of_figures(rows: Sequence[Row], place: int) -> bool:
    """Whether a row with periods is one of the table's, and not its head.

    `Aarhus;2025;2024;74.3` is no head of two years, but a row of a table with two columns of them:
    it has a figure, it is under names for each of its periods with nothing but figures between (a
    count of 2001 is one), or one of these is in the next row again.
    """
    row = rows[place]
    periods = [at for at, cell in enumerate(row) if is_period_name(head_name(cell))]
    if any(cell.startswith(TYPED) for at, cell in enumerate(row) if at not in periods):
        return True
    if _are_named(rows, place, periods):
        return True
    below = next((row for row in rows[place + 1 :] if texts(row)), ())
    return (
        bool(periods)
        and all(at < len(below) and is_period_name(head_name(below[at])) for at in periods)
        and any(row[at] == below[at] for at in periods)
    )


def _are_named(rows: Sequence[Row], place: int, periods: Sequence[int]) -> bool:
    """Whether the cells of a row are under different names, rows of typed figures between.

    Beside a count of 2001 one of the periods may be the row's own: `Aarhus;maj 2025;2001`.
    """
    for above in reversed(rows[:place]):
        cells = [above[at].strip() for at in periods if at < len(above) and above[at].strip()]
        has_figures = not cells or any(cell.startswith(TYPED) for cell in cells)
        if has_figures and all(
            cell.startswith(TYPED) or is_period_name(head_name(cell)) for cell in cells
        ):
            if not any(cell.startswith(TYPED) for cell in above):
                return False
            continue
        return len(set(cells)) == len(periods) and not any(
            cell.startswith(TYPED) or is_period_name(cell) for cell in cells
        )
    return False
