"""A share beside the counts that it is of: one column is 100 times another divided by a third.

Whoever asks for the share means that column, and the counts are its numerator and denominator.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

from kpi.ingest.table.raw import RawTable
from kpi.ingest.words import numbers

_MOST_COLUMNS = 8
_FEWEST_ROWS = 2
# So many of the rows must fit: what does not is reported at its row.
_SHARE_OF_ROWS = 0.9
# A share so near its counts, in parts of it, is meant to be theirs; of as many persons at least.
_NEAR, _LEAST_COUNT = 0.25, 100
_DIGITS = str.maketrans("0123456789", "9999999999")


@dataclass(frozen=True)
class ShareOfCounts:
    """The names of three columns: a share in percent, its numerator and its denominator."""

    value: str
    numerator: str
    denominator: str


@dataclass(frozen=True)
class _Figures:
    """A column's figures in the first rows; None where a cell has none.

    `half` is by how much a figure may differ from what it was rounded of: half its last decimal.
    """

    cells: tuple[float | None, ...]
    half: float


def share_of_counts(table: RawTable, names: Sequence[str]) -> ShareOfCounts | None:
    """The share among columns of figures, as the first rows prove it; None where there is none.

    Several that fit prove nothing.
    """
    if not 3 <= len(names) <= _MOST_COLUMNS:
        return None
    read = _read(table, names)
    fitting = [
        ShareOfCounts(*three)
        for three in permutations(names, 3)
        if _fits(*(read[name] for name in three))
    ]
    return fitting[0] if len(fitting) == 1 else None


@dataclass(frozen=True)
class Contradiction:
    """A share that its counts contradict: the three columns, and the first row where they do.

    `line` is the row's in the file, None where it has none; of the row `share` in percent, `part`
    its numerator and `whole` its denominator.
    """

    columns: ShareOfCounts
    line: int | None
    share: float
    part: float
    whole: float


def contradicted_share(table: RawTable, names: Sequence[str]) -> Contradiction | None:
    """The only share among three columns of figures that is near its counts, and not theirs.

    None where it is theirs in nearly all rows, or where several may be meant.
    """
    if len(names) != 3 or share_of_counts(table, names) is not None:
        return None
    read = _read(table, names)
    near = [three for three in permutations(names, 3) if _is_near(*(read[name] for name in three))]
    if len(near) != 1:
        return None
    columns = ShareOfCounts(*near[0])
    value, numerator, denominator = (read[name] for name in near[0])
    rows = zip(table.rows, value.cells, numerator.cells, denominator.cells, strict=True)
    for (line, _), share, part, whole in rows:
        if share is None or part is None or whole is None:
            continue
        if abs(share - 100 * part / whole) > value.half:
            return Contradiction(columns, line, share, part, whole)
    return None


def _is_near(value: _Figures, numerator: _Figures, denominator: _Figures) -> bool:
    """Whether a column is of percentages that are not far from counts in percent of larger ones."""
    rows = _whole_rows(value, numerator, denominator)
    return len(set(rows)) >= _FEWEST_ROWS and all(
        _LEAST_COUNT <= part < whole
        and 0 < share <= 100
        and abs(share - 100 * part / whole) <= _NEAR * 100 * part / whole
        for share, part, whole in rows
    )


def _fits(value: _Figures, numerator: _Figures, denominator: _Figures) -> bool:
    """Whether a column is one count in percent of another in nearly all rows, as it is rounded."""
    rows = _whole_rows(value, numerator, denominator)
    if len(set(rows)) < _FEWEST_ROWS or not all(0 <= part < whole for _, part, whole in rows):
        return False
    near = sum(abs(share - 100 * part / whole) <= value.half for share, part, whole in rows)
    return near >= _SHARE_OF_ROWS * len(rows) and near >= _FEWEST_ROWS


def _whole_rows(
    value: _Figures, numerator: _Figures, denominator: _Figures
) -> list[tuple[float, float, float]]:
    """The rows in which all three columns have a figure."""
    return [
        (share, part, whole)
        for share, part, whole in zip(value.cells, numerator.cells, denominator.cells, strict=True)
        if share is not None and part is not None and whole is not None
    ]


def _read(table: RawTable, names: Sequence[str]) -> Mapping[str, _Figures]:
    places = {name: table.columns.index(name) for name in names}
    forms = {
        name: [(cells[at], _form(cells[at])) for _, cells in table.rows]
        for name, at in places.items()
    }
    marks = {form.mark for column in forms.values() for _, form in column}
    is_comma = table.decimal != "point" and (numbers.POINT not in marks or numbers.COMMA in marks)
    decided = "comma" if is_comma else "point"
    read = {}
    for name, column in forms.items():
        decimals = max((numbers.shown_decimals(form, decided) for _, form in column), default=0)
        figures = tuple(_figure(text, form, is_comma) for text, form in column)
        read[name] = _Figures(figures, 0.5 * 10**-decimals + 1e-9)
    return read


def _form(text: str) -> numbers.Form:
    first = next((character for character in text if character.isdigit()), "")
    return numbers.understand(text.translate(_DIGITS), first == "0", with_unit=True)


def _figure(text: str, form: numbers.Form, is_comma: bool) -> float | None:
    if form.meaning != numbers.NUMBER:
        return None
    written = "".join(_plain(text[form.start : form.start + form.length], form, is_comma))
    figure = float(written)
    return 100 * figure if form.percent and form.mark == numbers.FIXED else figure


def _plain(written: str, form: numbers.Form, is_comma: bool) -> Iterator[str]:
    """The characters of a number as Python writes it."""
    mark = "." if form.mark == numbers.FIXED or not is_comma else ","
    for character in written.replace("−", "-"):
        if character.isdigit() or character == "-":
            yield character
        elif character == mark:
            yield "."
