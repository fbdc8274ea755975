"""A box of key figures under a table, a blank row between: left out, and reported once.

`Statistik;Værdi` over `Gennemsnit;41,5` is no row: an average is in the second column, where the
table has something else.
"""

from collections.abc import Sequence

from kpi.domain.errors import NO_ACTION_NEEDED, Problem
from kpi.domain.wording import first_listed
from kpi.ingest.turning.column_texts import is_usual
from kpi.ingest.words.area_hints import ignored_words
from kpi.ingest.words.heads import head_name
from kpi.ingest.words.labels import is_total
from kpi.ingest.words.numbers import NOT_A_NUMBER, NUMBER, understand
from kpi.ingest.words.period_hints import is_other_day
from kpi.ingest.words.written_periods import is_period_name

_MOST_ROWS_OF_A_BOX = 12
# Of the end of a table: a box, its names, the row above, and blank ones.
ROWS_LOOKED_AT = 30
_NARROWEST_TABLE = 3
_TITLES = frozenset((
    "nøgletal", "statistik", "oversigt", "sammendrag", "opsummering", "beregninger", "statistics",
    "summary",
))  # fmt: skip
_MOST_NAMED = 3
_DIGITS = str.maketrans("0123456789", "9999999999")

Record = tuple[int | None, tuple[str, ...]]


def box_at_end(columns: Sequence[str], rows: Sequence[Record]) -> list[Record]:
    """The last rows where they are a box: labels that compute with others, a figure beside each.

    Each has a label and a figure and nothing else, but for the names of these two over the first.
    The table has three columns or more, so that two cells are no row of it, and one of areas.
    """
    if len(columns) < _NARROWEST_TABLE or not any(is_usual("area", name) for name in columns):
        return []
    rows = [row for row in rows[-ROWS_LOOKED_AT:] if _filled(row[1])]
    start = len(rows)
    while start and len(rows) - start < _MOST_ROWS_OF_A_BOX and _is_pair(rows[start - 1][1]):
        start -= 1
    if start == len(rows):
        return []
    is_misplaced = any(not cells[0].strip() for _, cells in rows[start:])
    if start and _is_head(rows[start - 1][1]):
        start, is_misplaced = start - 1, True
    # What has its label in the table's first column is reported as a row that is passed by.
    if start == 0 or not is_misplaced or not _is_below_gap(rows, start):
        return []
    return rows[start:]


def box_problem(rows: Sequence[Record]) -> Problem:
    """What is reported of the rows of a box."""
    labels = [f"»{_filled(cells)[0]}«" for _, cells in rows if _is_pair(cells)]
    first, last = rows[0][0], rows[-1][0]
    counted = f"Række {first}" if first == last else f"Rækkerne {first}-{last}"
    return Problem(
        "ignored_row", "", first, None, None,
        f"{counted} er en boks under tabellen og springes over: "
        f"{first_listed(labels, _MOST_NAMED)}.", NO_ACTION_NEEDED,
    )  # fmt: skip


def _is_below_gap(rows: Sequence[Record], start: int) -> bool:
    line, before = rows[start][0], rows[start - 1][0]
    return line is not None and before is not None and line > before + 1


def _is_pair(cells: Sequence[str]) -> bool:
    filled = _filled(cells)
    if len(filled) != 2 or _meaning(filled[1]) != NUMBER or is_period_name(filled[1]):
        return False
    label = filled[0]
    return bool(ignored_words(label)) or is_total(label)


def _is_head(cells: Sequence[str]) -> bool:
    """Whether a row has the two names of a box, or one that boxes have; else it is a row."""
    filled = _filled(cells)
    if len(filled) == 1:
        return filled[0].strip(" :").casefold() in _TITLES
    return len(filled) == 2 and all(
        _meaning(cell) == NOT_A_NUMBER and not is_period_name(cell) and not is_other_day(cell)
        for cell in filled
    )


def _filled(cells: Sequence[str]) -> list[str]:
    return [head_name(cell) for cell in cells if cell.strip()]


def _meaning(cell: str) -> str:
    return understand(cell.translate(_DIGITS)).meaning
