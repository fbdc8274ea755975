"""Danish personal numbers (CPR) in text and tables: where they stand, never what they are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kpi.errors import KpiError
from kpi.personal_cells import (
    ColumnOfNumbers,
    column_of_numbers,
    is_label,
    is_other_number,
    is_split_number,
    plain_name,
    split_columns,
    whole_ten,
)
from kpi.personal_spelling import glance, holds_personal_number, is_birthday

__all__ = [
    "PersonalNumber",
    "holds_personal_number",
    "is_shortened_personal_number",
    "numbers_under_heads",
    "personal_numbers",
    "refuse_personal_texts",
]

_NINE = re.compile(r"\x02?\s*(\d{9})(?:[.,]0+)?\s*")
_TEN = re.compile(r"\x02?\s*\d{6}\D{0,5}\d{4}(?:[.,]0+)?\s*")
_COLUMN_OF_NUMBERS = re.compile(r"cpr|person(?:nummer|nr)|fødsels(?:nummer|nr)")
_FEWEST_IN_COLUMN = 3
_FIRST_ROWS, _LONGEST_NAME = 20, 60
_ROWS_AT_A_TIME = 2_000
# Parts the cells of a long text: no CPR number goes on across it.
_BESIDE = "|"

_Row = tuple[int | None, Sequence[str]]


@dataclass(frozen=True)
class PersonalNumber:
    """Where a CPR number stands: a place in a file, never the number.

    `row` is the line a person sees; None in the header or a name. `column` is the column's name,
    or `nr. 3` where it has none or its name holds a number; empty where the file has no columns.
    `place` is what it stands in where that is neither a line nor a column.
    """

    row: int | None
    column: str
    place: str = ""


def refuse_personal_texts(*texts: str) -> None:
    """Refuses what a person types to be kept: a name, a note, a reason, a title, a file's name.

    Every function that keeps such texts calls it. Raises KpiError, which repeats none of them.
    """
    if any(holds_personal_number(text) for text in texts):
        raise KpiError(
            "Der står et CPR-nummer",
            "Det, du skriver, gemmes og kan læses af andre: navn, note, grund, titel og filnavn. "
            "Skriv det uden CPR-numre.",
        )


def is_shortened_personal_number(text: str) -> bool:
    """Whether the text is the nine digits left of a CPR number that lost its first zero."""
    found = _NINE.fullmatch(text)
    return found is not None and is_birthday("0" + found[1][:5], found[1][5:])


def personal_numbers(columns: Sequence[str], rows: Sequence[_Row]) -> list[PersonalNumber]:
    """Every cell of a table that holds a CPR number, header first, then by row and column.

    Nine digits count in a column that is called something with CPR, or that holds nothing else; a
    date of birth and four digits in the next cell where the names or the column say what they are.
    Case numbers and moments beside a date do not count (kpi.personal_cells).
    """
    shorten = {
        place for place, name in enumerate(columns) if _names_numbers(name)
    } | _columns_of_only_numbers(len(columns), rows)
    names = [
        f"nr. {place + 1}" if not name.strip() or _is_number(name, place in shorten) else name
        for place, name in enumerate(columns)
    ]
    found = [
        PersonalNumber(None, f"nr. {place + 1} (overskriften)")
        for place, name in enumerate(columns)
        if _is_number(name, place in shorten)
    ]
    split = list(split_columns(columns, rows))
    around = _Around(columns, rows)
    under: set[int] = set()  # the places below labels of the row before
    for start in range(0, len(rows), _ROWS_AT_A_TIME):
        chunk = rows[start : start + _ROWS_AT_A_TIME]
        # One search through many cells is several times faster than a search in each.
        joined = _BESIDE.join(_BESIDE.join(cells) for _, cells in chunk)
        seen = glance(joined)
        if not (seen.may_hold or shorten or split or seen.names_persons or under):
            continue
        for row, cells in chunk:
            places = {
                place
                for place, cell in enumerate(cells)
                if len(cell) > 8
                and (
                    (seen.may_hold and around.is_personal(place, cells))
                    or (place in shorten and is_shortened_personal_number(cell))
                )
            }
            places.update(one for one in split if is_split_number(cells[one], cells[one + 1]))
            places.update(at for at in under if is_shortened_personal_number(cells[at]))
            under = set()
            if seen.names_persons:
                places.update(labelled_numbers(cells))
                under = {at for at, cell in enumerate(cells) if is_label(cell)}
            found += [PersonalNumber(row, names[place]) for place in sorted(places)]
    return found


def labelled_numbers(cells: Sequence[str]) -> list[int]:
    """The places after a cell that says `CPR-nr.`: nine digits, or a date and four more beside."""
    return [
        place + 1
        for place, cell in enumerate(cells[:-1])
        if is_label(cell)
        and (is_shortened_personal_number(cells[place + 1])
             or (place + 2 < len(cells) and is_split_number(*cells[place + 1 : place + 3])))
    ]  # fmt: skip


def numbers_under_heads(rows: Sequence[_Row]) -> list[PersonalNumber]:
    """The CPR numbers of rows below one of the first that may name their columns.

    A title of several cells may stand above the names: every row with a name of such numbers may
    be a head.
    """
    found: list[PersonalNumber] = []
    for at, (_, cells) in enumerate(rows[:_FIRST_ROWS]):
        if any(len(one) < _LONGEST_NAME and _names_numbers(one) for one in cells):
            found += personal_numbers(cells, rows[at + 1 :])
    return list(dict.fromkeys(found))


def _names_numbers(text: str) -> bool:
    return _COLUMN_OF_NUMBERS.search(plain_name(text)) is not None


class _Around:
    """The columns around a number, looked at once when a number first asks for them."""

    def __init__(self, columns: Sequence[str], rows: Sequence[_Row]) -> None:
        self._columns, self._rows = columns, rows
        self._known: dict[int, ColumnOfNumbers] = {}

    def is_personal(self, place: int, cells: Sequence[str]) -> bool:
        """Whether a cell holds a CPR number, and neither its column nor its row tells else."""
        if not holds_personal_number(cells[place]):
            return False
        if not whole_ten(cells[place]):
            return True
        if place not in self._known:
            column = [cells[place] for _, cells in self._rows]
            self._known[place] = column_of_numbers(self._columns[place], column)
        return not is_other_number(cells[place], cells, self._known[place])


def _is_number(text: str, shortened_counts: bool) -> bool:
    return holds_personal_number(text) or (shortened_counts and is_shortened_personal_number(text))


def _columns_of_only_numbers(width: int, rows: Sequence[_Row]) -> set[int]:
    """The columns with at least three cells where all are CPR numbers, shortened or not."""
    open_columns = set(range(width))
    filled = [0] * width
    for _, cells in rows:
        for place in tuple(open_columns):
            cell = cells[place]
            if is_shortened_personal_number(cell) or (
                _TEN.fullmatch(cell) and holds_personal_number(cell)
            ):
                filled[place] += 1
            elif cell.strip():
                open_columns.discard(place)
        if not open_columns:
            break
    return {place for place in open_columns if filled[place] >= _FEWEST_IN_COLUMN}
