"""How a cell is read, and what is reported of it, by its style and its runs of text.

One judgement for every format whose cells have styles: how they are written differs, what they
mean does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kpi.ingest.readers import number_formats
from kpi.ingest.readers.cell_notes import (
    BLANK_ZERO,
    NOTED,
    PART_STRUCK,
    RAISED,
    SCALED,
    STRUCK,
    Notes,
)
from kpi.ingest.readers.cell_styles import CellStyle
from kpi.ingest.readers.workbook_rows import (
    ALL_RAISED,
    FORMAT,
    PERCENT,
    PERCENT_SIGN,
    PERIOD,
    TEXT,
    UNIT,
    WITH_WORDS,
    Marks,
)
from kpi.ingest.readers.workbook_strings import Run, written
from kpi.ingest.table.raw import TYPED, UNREADABLE

_GRID = (1_048_576, 16_384)
PLAIN = CellStyle()


@dataclass
class CellJudge:
    """Gathers the marks and notes of a sheet; places are from 0."""

    marks: Marks = field(default_factory=dict)
    notes: Notes = field(default_factory=Notes)

    def unreadable(self, row: int, column: int, text: str) -> None:
        """A cell without a value: an error, a formula that nobody computed."""
        self._mark(row, column, TEXT + UNREADABLE + text)

    def number(self, row: int, column: int, style: CellStyle, number: float) -> None:
        """A number, or a date as one."""
        if style.is_struck:
            self.notes.add(row, column, STRUCK)
        if style.is_raised:
            self._mark(row, column, ALL_RAISED)
        elif mark := self._shown(row, column, style.format, number):
            self._mark(row, column, mark)

    def text(self, row: int, column: int, style: CellStyle, runs: Sequence[Run] | None) -> None:
        """A text; `runs` are its pieces where it says itself how they are written."""
        if runs is None:
            if style.is_struck:
                self.notes.add(row, column, STRUCK)
            if style.is_raised:
                self._mark(row, column, ALL_RAISED)
            elif "@" in style.format:
                self._mark(row, column, FORMAT + style.format)
            return
        read = written(runs, style.is_raised, style.is_struck)
        if read.left_out:
            self.notes.add(row, column, RAISED, read.left_out)
        if read.struck:
            self.notes.add(row, column, PART_STRUCK if read.struck == "part" else STRUCK)
        # Only the writer can say which part of it still counts.
        unreadable = UNREADABLE if read.struck == "part" else ""
        shown = number_formats.shown_text(style.format, read.text)
        self._mark(row, column, TEXT + unreadable + shown)

    def _shown(self, row: int, column: int, code: str, number: float) -> str:
        instead = number_formats.shown_instead(code, number)
        if instead is not None and not (number == 0 and instead in ("", "-")):
            return self._instead(row, column, code, number, instead)
        if instead == "":
            self.notes.add(row, column, BLANK_ZERO)
        if words := number_formats.words_shown(code, number):
            self.notes.add(row, column, NOTED, words)
        if number_formats.shown_scale(code) != 1:
            self.notes.add_first(row, column, SCALED, code)
        if number_formats.is_percent(code):
            return PERCENT
        if number_formats.shows_month_or_year(code):
            return PERIOD + code
        if number_formats.shows_percent_sign(code):
            return PERCENT_SIGN
        unit = number_formats.shown_unit(code, number)
        return UNIT + unit if unit else ""

    def _instead(self, row: int, column: int, code: str, number: float, text: str) -> str:
        """The mark of a number that is read as a text; what its format adds to it is noted."""
        if text.startswith(TYPED):
            return WITH_WORDS + text.removeprefix(TYPED)
        if text.startswith(UNREADABLE):
            self.notes.add(row, column, NOTED, number_formats.words_shown(code, number))
        return TEXT + (text or UNREADABLE + "skjult af cellens talformat")

    def _mark(self, row: int, column: int, mark: str) -> None:
        if not (0 <= row < _GRID[0] and 0 <= column < _GRID[1]):
            raise ValueError("a cell outside the sheet")
        self.marks.setdefault(row, {})[column] = mark
