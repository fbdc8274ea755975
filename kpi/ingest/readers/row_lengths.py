"""Rows of another length than their head's: decimals cut off, numbers of rows, all in one cell."""

import re
from collections import Counter
from collections.abc import Sequence

from kpi.ingest.words.written_periods import is_period_name

_WHOLE = re.compile(r"\s*[-−]?\d{1,15}\s*")
_DECIMALS = re.compile(r"\s*\d{1,15}\s*(?:%|pct\.?)?\s*")
# What is cut off a figure, and how the names of columns of remarks begin.
_CUT_OFF = re.compile(r"\d{1,2}(?: ?%)?")
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
_REMARKS = ("note", "bem", "anm", "kommentar", "forbehold", "fodnote", "status", "tæller")
_FEWEST_NAMES = 2
# Of fewer rows it is chance; no footnote has such a number.
_FEWEST_SHIFTED, _NO_FOOTNOTE = 3, 100
# A figure between blanks, with its mark: `74,2`, `1.234`, `2024`, `..`
_FIGURE = re.compile(r"[-−]?\d{1,15}(?:[.,]\d{1,6})*%?|\.\.")
_COMMA_BETWEEN_FIELDS = re.compile(r"(?<!\d),|,(?!\d)")
_FEWEST_LINES, _LINES_LOOKED_AT, _FEWEST_FIGURES = 3, 60, 3

Cells = Sequence[str]


def splits_decimals(records: Sequence[Cells]) -> bool:
    """Whether the separator of these first records of a file cuts its figures in two.

    `Aarhus,2023,71,2` is no row of 71. Rows have more filled cells than the head has names, and in
    each longer row at least as many whole numbers are followed by another one. Read as they
    are, such figures lose their decimals, so nothing of the file may be read.
    """
    head = _head(records)
    if head is None:
        return False
    width = _filled(records[head])
    rows = records[head + 1 :]
    longer = [cells for cells in rows if _filled(cells) > width]
    if not longer:
        return _fills_remarks(records[head], rows)
    if begin_with_numbers(longer):
        return False
    return all(_pairs(cells) >= _filled(cells) - width for cells in longer)


def _fills_remarks(names: Cells, rows: Sequence[Cells]) -> bool:
    """Whether decimals stand where remarks would: the last filled column is of them, with digits.

    With no remarks, `Aarhus,2023,71,2,` is as long as its head. Each row has a whole number before
    the digits; one without decimals has none there, and numbers of footnotes are mostly left out.
    A numerator stands as `2` in such rows of our template, and no denominator after it.
    """
    filled = [cells for cells in rows if _filled(cells) > 1]
    last = max(map(_filled, filled), default=0) - 1
    if last < 1 or not names[last].strip().casefold().startswith(_REMARKS):
        return False
    digits = [cells[last].strip() for cells in filled if _filled(cells) > last]
    if _shifts_numbers(filled, last, digits):
        return True
    return (
        2 * len(digits) > len(filled) > 1
        and len({*digits}) > 1
        and all(map(_CUT_OFF.fullmatch, digits))
        and all(len(cells) >= last and _WHOLE.fullmatch(cells[last - 1]) for cells in filled)
    )


def _shifts_numbers(rows: Sequence[Cells], last: int, digits: Sequence[str]) -> bool:
    """Whether the column of remarks has the denominators: all behind the figure is moved by one.

    Nearly all rows have a number there, some of 100 or more, and one or two digits in the same
    column right behind a whole number.
    """
    if len(digits) != len(rows) or len(rows) < _FEWEST_SHIFTED:
        return False
    if not all(map(_NUMBER.fullmatch, digits)) or max(map(int, digits)) < _NO_FOOTNOTE:
        return False
    return any(
        len({cells[place] for cells in rows}) > 1
        and all(
            _CUT_OFF.fullmatch(cells[place].strip())
            and _WHOLE.fullmatch(cells[place - 1])
            and not is_period_name(cells[place - 1])
            for cells in rows
        )
        for place in range(1, last)
    )


def packed_by(rows: Sequence[Cells]) -> str:
    """What separates the fields of rows that are a single cell each; empty where they are none.

    So a CSV looks that was opened in a spreadsheet of another country: `Aarhus,2024,74.3` in A2.
    """
    alone = [texts[0] for row in rows if len(texts := [cell for cell in row if cell.strip()]) == 1]
    for separator in (";", "\t", "|", ","):
        counts = Counter(text.count(separator) for text in alone)
        usual = max((count for count in counts if count), key=lambda c: counts[c], default=0)
        if usual and counts[usual] > 1 and 2 * counts[usual] > len(rows):
            return separator
    return ""


def parted_by_spaces(text: str) -> bool:
    """Whether the lines of a text are parted by blanks alone, as they are copied from a PDF.

    Most lines end with the same number of figures, two or more, and no line has another sign
    between its fields: commas are within figures.
    """
    lines = [line.split() for line in text.splitlines()[:_LINES_LOOKED_AT] if line.strip()]
    if any(sign in text for sign in ';\t|"') or len(lines) < _FEWEST_LINES:
        return False
    if _are_figures_in_columns(text, lines):
        return True
    (usual, count), *_ = Counter(map(_figures_at_end, lines)).most_common(1)
    return usual > 1 and 2 * count > len(lines) and not _COMMA_BETWEEN_FIELDS.search(text)


def _are_figures_in_columns(text: str, lines: Sequence[Sequence[str]]) -> bool:
    """Whether all lines are the same number of figures, far apart: `751   2024   74,3`."""
    is_apart = all("  " in line.strip() for line in text.splitlines()[: len(lines)] if line.strip())
    widths = {len(words) for words in lines}
    return (
        is_apart
        and len(widths) == 1
        and min(widths) >= _FEWEST_FIGURES
        and (all(_FIGURE.fullmatch(word) for words in lines for word in words))
    )


def _figures_at_end(words: Sequence[str]) -> int:
    """How many of the last words of a line are figures; none where all are."""
    return next((n for n, word in enumerate(reversed(words)) if not _FIGURE.fullmatch(word)), 0)


def begin_with_numbers(rows: Sequence[Cells]) -> bool:
    """Whether rows begin with their own number: R writes it, and leaves out its name."""
    return are_numbers([cells[0].strip() if cells else "" for cells in rows])


def are_numbers(texts: Sequence[str]) -> bool:
    """Whether texts count from 0 or 1; one alone does not."""
    return len(texts) > 1 and any(
        all(text == str(number) for number, text in enumerate(texts, start)) for start in (0, 1)
    )


def _head(records: Sequence[Cells]) -> int | None:
    """The place of the last row of names before the first row of figures; titles are above it."""
    last_names = None
    for place, cells in enumerate(records):
        if any(_DECIMALS.fullmatch(cell) and not is_period_name(cell) for cell in cells):
            break
        if sum(bool(cell.strip()) for cell in cells) == _filled(cells) >= _FEWEST_NAMES:
            last_names = place
    return last_names


def _filled(cells: Cells) -> int:
    """How many cells a record has up to its last filled one."""
    return max((place + 1 for place, cell in enumerate(cells) if cell.strip()), default=0)


def _pairs(cells: Cells) -> int:
    """How many whole numbers are followed by another one; each is in one pair only."""
    count, place = 0, 0
    while place + 1 < len(cells):
        is_pair = _WHOLE.fullmatch(cells[place]) and _DECIMALS.fullmatch(cells[place + 1])
        count += bool(is_pair)
        place += 2 if is_pair else 1
    return count
