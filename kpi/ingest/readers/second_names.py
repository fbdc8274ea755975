"""A second line of the same names under a head: in English, or as the source's codes."""

from collections.abc import Sequence

from kpi.ingest.table.raw import IN_HEAD, Beside
from kpi.ingest.turning.column_texts import USUAL_NAMES, is_usual
from kpi.ingest.words.heads import head_name, split_unit
from kpi.ingest.words.labels import names_indicator, names_origin
from kpi.ingest.words.lookup import folded
from kpi.ingest.words.numbers import NOT_A_NUMBER, NUMBER, understand
from kpi.ingest.words.template import is_template
from kpi.ingest.words.units import unit_kind
from kpi.ingest.words.written_periods import is_period_name, period_of

_DIGITS = str.maketrans("0123456789", "9999999999")
# What no label is called: rows of areas and periods begin with others.
_KEYS = ("area", "period")
_FEWEST_MARKS, _LETTERS = 3, 26
# What databases and programs call what a column may hold.
_TYPES = frozenset((
    "tekst", "text", "string", "str", "char", "varchar", "nvarchar", "character", "chr", "heltal",
    "integer", "int", "int64", "bigint", "smallint", "tal", "number", "numeric", "num", "decimal",
    "decimaltal", "double", "float", "float64", "dbl", "real", "dato", "date", "datetime", "object",
    "kommatal", "år", "year", "kategori", "category", "factor", "fct",
))  # fmt: skip

Row = tuple[str, ...]


def second_names(top: Row, bottom: Row, below: Sequence[Row]) -> Row | None:
    """The names of columns that two lines name, each for itself; None where they do not.

    `Kommune;År;Andel` over `Municipality;Year;Share`: a column of areas or periods is called as one
    of them in both lines, the others by words, and figures are `below`. A unit that one line alone
    gives counts. The template's own names are the head wherever they stand.
    """
    width = len(top)
    if len(bottom) > width:
        return None
    upper = [head_name(cell) for cell in top]
    lower = [*map(head_name, bottom), *[""] * (width - len(bottom))]
    if folded_all(upper) == folded_all(lower):
        return None  # the head again, which is reported
    both = [(first, second) for first, second in zip(upper, lower, strict=True) if second]
    if len(both) < 2 or not all(_is_name(first, second) for first, second in both):
        return None
    keys = [names for names in both if any(_are_both(role, *names) for role in _KEYS)]
    if not keys or not all(_have_one_unit(*names) for names in both):
        return None
    if not any(_meaning(cell) == NUMBER for row in below for cell in row):
        return None
    first_names, second = (lower, upper) if is_template(lower) else (upper, lower)
    return tuple(map(_with_unit, first_names, second))


def names_over_marks(top: Row, bottom: Row, below: Sequence[Row]) -> Row | None:
    """The names of columns over a line that numbers them or gives their types; None without one.

    `Kommune;År;Andel` over `(1);(2);(3)`, `A;B;C` or `tekst;heltal;decimal`.
    """
    names = [head_name(cell) for cell in top]
    if len(bottom) != len(names) or not all(names) or not _are_marks(bottom):
        return None
    # In another place than a key's a row may well be 1, 2 and 3.
    if not any(is_usual(role, name) for role in _KEYS for name in names):
        return None
    has_figures = any(_meaning(cell) == NUMBER for row in below for cell in row)
    return tuple(names) if has_figures else None


def names_left_out(lines: Sequence[tuple[int, Row]], names: Row) -> tuple[Beside, ...]:
    """What the lines of a head (with their numbers) say of a column that its name does not say."""
    columns = [head_name(name) for name in names]
    return tuple(
        Beside(IN_HEAD, text, line, column)
        for line, cells in lines
        if not _are_marks(cells)
        for column, text in zip(columns, map(head_name, cells), strict=False)
        if text and column and not _is_key_name(text) and folded(text) not in folded(column)
        and not is_period_name(text)
    )  # fmt: skip


def _are_marks(cells: Row) -> bool:
    """Whether a line only numbers its columns, or says what each may hold."""
    marks = [head_name(cell).strip("()[]. ").casefold() for cell in cells]
    numbers = [str(at) for at in range(1, len(marks) + 1)]
    letters = [chr(ord("a") + at) for at in range(min(len(marks), _LETTERS))]
    is_of_marks = marks in (numbers, letters) or all(mark in _TYPES for mark in marks)
    return len(marks) >= _FEWEST_MARKS and is_of_marks


def _is_key_name(name: str) -> bool:
    """Whether a name is what columns of the parts of a key, or of values, are called."""
    return (
        any(is_usual(role, name) for role in USUAL_NAMES) or names_origin(name)
        or names_indicator(name)
    )  # fmt: skip


def folded_all(names: Sequence[str]) -> list[str]:
    """Names as they are compared."""
    return [folded(name) for name in names]


def _is_name(first: str, second: str) -> bool:
    """Whether a cell under a name may be another name of the same column."""
    if is_period_name(first) or is_period_name(second):
        period = period_of(first)
        return period is not None and period == period_of(second)
    return bool(first) and _meaning(second) == NOT_A_NUMBER


def _are_both(role: str, first: str, second: str) -> bool:
    return is_usual(role, first) and is_usual(role, second)


def _unit_of(name: str) -> str:
    """The kind of unit that a name gives, or is; empty where it gives none."""
    return unit_kind(split_unit(name)[1]) or unit_kind(name)


def _have_one_unit(first: str, second: str) -> bool:
    units = {_unit_of(first), _unit_of(second)} - {""}
    return len(units) < 2


def _with_unit(name: str, other: str) -> str:
    unit = split_unit(other)[1] or other
    is_without = bool(name) and not _unit_of(name)
    return f"{name} ({unit})" if is_without and unit_kind(unit) else name or other


def _meaning(cell: str) -> str:
    return understand(cell.translate(_DIGITS)).meaning
