"""The rows and notes in the XML of an OpenDocument spreadsheet (ODS), read in one pass.

The fast reader of workbooks gives bare values only; here everything that the screen shows is an
attribute or a style in the same pass: percentages, months, raised marks, hidden rows.
"""

import re
from collections.abc import Callable
from xml.parsers import expat

from kpi.cpr.spelling import holds_personal_number
from kpi.ingest.containers.sheet_budget import Budget, check_sheet_rows, too_far_out
from kpi.ingest.readers import number_formats
from kpi.ingest.readers.cell_notes import NOTED, PART_STRUCK, RAISED, SCALED, STRUCK, Notes
from kpi.ingest.readers.cell_styles import CellStyle
from kpi.ingest.readers.cell_values import cell_text, short
from kpi.ingest.readers.opendocument_cells import CellRead, date_read, error_read, number_read
from kpi.ingest.readers.opendocument_styles import OFFICE, TABLE, TEXT, Styles
from kpi.ingest.readers.workbook_rows import RowOrBlanks
from kpi.ingest.readers.workbook_strings import Run, written
from kpi.ingest.table.raw import TYPED, UNREADABLE

_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
_STYLED_RUN = f"{TEXT}span"
_NUMBERS = ("float", "percentage", "currency")
# Cells whose value is not the text that they show.
_VALUES = {*_NUMBERS, "date", "boolean", "time"}
_FEWEST_SIGNS = 10  # of a CPR number
_CALC_EXTENSION = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
# Names are put together once: a sheet has a million cells.
_KIND = f"{OFFICE}value-type"
_VALUE = f"{OFFICE}value"
_DATE = f"{OFFICE}date-value"
_FORMULA = f"{TABLE}formula"
_STYLE_NAME = f"{TABLE}style-name"
_CELLS_REPEATED = f"{TABLE}number-columns-repeated"
_WIDE = f"{TABLE}number-columns-spanned"
_TALL = f"{TABLE}number-rows-spanned"
_ROWS_REPEATED = f"{TABLE}number-rows-repeated"
_CALC_KIND = f"{_CALC_EXTENSION}value-type"
# What a formula came to, where the file does not call it an error: `#N/A`, `#DIV/0!`, `Err:502`.
_ERROR = re.compile(r"#[A-ZÆØÅ]+(?:/[0-9A-Z]+)?[!?]?|(?:Err|Fejl):[0-9]+")
_PLAIN_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")
# Their text is not the cell's own.
_ASIDE = {
    f"{OFFICE}annotation", f"{OFFICE}forms", f"{TABLE}shapes", f"{TABLE}tracked-changes",
    f"{TABLE}content-validations", f"{TEXT}note", f"{TEXT}ruby-text",
}  # fmt: skip
_DRAWING = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0 "
Event = tuple[str, bool, Notes] | RowOrBlanks | None
_NOTHING = CellStyle()


class SpreadsheetXml:
    """Walks over the content of a spreadsheet; `events` are heads of sheets, rows and their end.

    An event is (name, visible, notes) at the head of a sheet, whose notes are complete at its end,
    a list of texts for a row, and None after the last row.
    """

    def __init__(self, styles: Styles, budget: Budget) -> None:
        self.events: list[Event] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = styles.text
        self._styles, self._budget = styles, budget
        self._starts: dict[str, Callable[[dict[str, str]], None]] = {
            f"{TABLE}table": self._sheet, f"{TABLE}table-row": self._row_start,
            f"{TABLE}table-column": self._column_start, _CELLS[0]: self._cell_start,
            _CELLS[1]: self._cell_start, f"{TEXT}p": self._paragraph,
            f"{TEXT}s": self._blanks, f"{TEXT}tab": self._blanks, f"{TEXT}line-break": self._blanks,
            _STYLED_RUN: self._span, f"{TABLE}table-row-group": self._group,
            f"{TABLE}table-column-group": self._group, **dict.fromkeys(_ASIDE, self._step_aside),
        }  # fmt: skip
        self._ends: dict[str, Callable[[], None]] = {
            f"{TABLE}table": self._sheet_end, f"{TABLE}table-row": self._row_end,
            _CELLS[0]: self._cell_end, _CELLS[1]: self._cell_end, f"{TEXT}p": self._paragraph_end,
            _STYLED_RUN: self._span_end, f"{TABLE}table-row-group": self._group_end,
            f"{TABLE}table-column-group": self._group_end,
        }  # fmt: skip
        self._in_sheet, self._aside = False, 0
        self._text_handler: Callable[[str], object] | None = None
        self._groups: list[bool] = []  # whether a group of rows or columns is folded away
        self._notes = Notes()
        self._row = self._column = self._repeated_rows = 0
        self._empty_rows = self._empty_cells = 0
        self._cells: list[str] = []
        self._cell_notes: list[tuple[int, int, str, str]] = []
        self._merged: list[tuple[int, int, int, str]] = []
        self._column_styles: list[tuple[int, int, str]] = []
        self._row_style = ""
        self._attributes: dict[str, str] = {}
        self._runs: list[Run] = []
        self._text: list[str] = []
        self._spans: list[str] = []
        self._paragraphs = 0

    # Elements

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        begin = self._starts.get(name)
        if begin is not None:
            begin(attributes)
        elif name.startswith(_DRAWING):
            self._step_aside()
        elif not self._in_sheet:
            self._styles.start(name, attributes)

    def _end(self, name: str) -> None:
        finish = self._ends.get(name)
        if finish is not None:
            finish()
        elif not self._in_sheet:
            self._styles.end(name)

    def _step_aside(self, _: object = None) -> None:
        """Skip an element with everything in it."""
        self._aside = 1
        self.parser.StartElementHandler = self._start_aside
        self.parser.EndElementHandler = self._end_aside
        self._text_handler = self.parser.CharacterDataHandler
        self.parser.CharacterDataHandler = None

    def _start_aside(self, *_: object) -> None:
        self._aside += 1

    def _end_aside(self, _: str) -> None:
        self._aside -= 1
        if self._aside == 0:
            self.parser.StartElementHandler = self._start
            self.parser.EndElementHandler = self._end
            self.parser.CharacterDataHandler = self._text_handler

    # Sheets, columns and rows

    def _sheet(self, attributes: dict[str, str]) -> None:
        if self._in_sheet:  # a table in a cell
            self._step_aside()
            return
        self._in_sheet = True
        style = self._styles.named.get(("table", attributes.get(_STYLE_NAME, "")))
        self._notes = Notes()
        visible = style is None or not style.is_hidden
        self.events.append((attributes.get(f"{TABLE}name", ""), visible, self._notes))
        self.parser.CharacterDataHandler = None
        self._row = self._column = self._empty_rows = 0
        self._merged, self._column_styles = [], []

    def _sheet_end(self) -> None:
        self._in_sheet = False
        self.events.append(None)
        self.parser.CharacterDataHandler = self._styles.text

    def _group(self, attributes: dict[str, str]) -> None:
        self._groups.append(attributes.get(f"{TABLE}display") == "false")

    def _group_end(self) -> None:
        if self._groups:
            self._groups.pop()

    def _is_hidden(self, attributes: dict[str, str]) -> bool:
        return attributes.get(f"{TABLE}visibility", "visible") != "visible" or any(self._groups)

    def _column_start(self, attributes: dict[str, str]) -> None:
        first = self._column
        self._column += _count(attributes, _CELLS_REPEATED, _MOST_COLUMNS)
        if self._is_hidden(attributes):
            self._notes.hide_columns(first, self._column - 1)
        if style := attributes.get(f"{TABLE}default-cell-style-name"):
            self._column_styles.append((first, self._column, style))

    def _row_start(self, attributes: dict[str, str]) -> None:
        self._repeated_rows = _count(attributes, _ROWS_REPEATED, _MOST_ROWS)
        self._row_style = attributes.get(f"{TABLE}default-cell-style-name", "")
        self._column = self._empty_cells = 0
        self._cells, self._cell_notes = [], []
        if self._is_hidden(attributes):
            # Rows that are hidden and empty to the end of the sheet are none of the table.
            for row in range(self._row, self._row + min(self._repeated_rows, 10_000)):
                self._notes.hide_row(row)

    def _row_end(self) -> None:
        check_sheet_rows(self._row + self._repeated_rows)
        self._merged = [merged for merged in self._merged if merged[0] >= self._row]
        if not self._cells and not self._merged:
            self._empty_rows += self._repeated_rows
        else:
            if self._empty_rows:
                self._budget.spend_rows(self._empty_rows, self._row + 1)
                self.events.append(self._empty_rows)
            self._empty_rows = 0
            self._budget.check(sum(map(len, self._cells)) * self._repeated_rows, self._row + 1)
            for row in range(self._row, self._row + self._repeated_rows):
                for _, column, kind, text in self._cell_notes:
                    self._notes.add(row, column, kind, text)
                self._emit(self._filled(row))
        self._row += self._repeated_rows

    def _filled(self, row: int) -> list[str]:
        """The row's cells with the text of merged ones in each cell that they cover."""
        cells = list(self._cells)
        for last, left, end, text in self._merged:
            if last >= row:
                cells.extend([""] * (end - len(cells)))
                for column in range(left, end):
                    if not cells[column]:
                        cells[column] = text
                        self._notes.add_merged(row, column, text)
        while cells and not cells[-1]:
            cells.pop()
        return cells

    def _emit(self, cells: list[str]) -> None:
        self._budget.spend_places(len(cells))
        self._budget.spend(cells, self._row + 1)
        self.events.append(cells)

    # Cells

    def _cell_start(self, attributes: dict[str, str]) -> None:
        self._attributes = attributes
        # Cleared, not made anew: the parser hands characters to this very list.
        self._text.clear()
        if self._runs:
            self._runs = []
        self._spans.clear()
        self._paragraphs = 0

    def _cell_end(self) -> None:
        attributes = self._attributes
        count = 1
        if _CELLS_REPEATED in attributes:
            count = _count(attributes, _CELLS_REPEATED, _MOST_COLUMNS)
        if self._column + count > _MOST_COLUMNS:
            raise too_far_out()
        if text := self._cell_text():
            self._cells.extend([""] * self._empty_cells)
            self._cells.extend([text] * count)
            self._empty_cells = 0
            if _WIDE in attributes or _TALL in attributes:
                self._merge(attributes, text)
        else:
            self._empty_cells += count
        self._column += count

    def _merge(self, attributes: dict[str, str], text: str) -> None:
        wide = _count(attributes, _WIDE, _MOST_COLUMNS)
        tall = _count(attributes, _TALL, _MOST_ROWS)
        if wide > 1 or tall > 1:
            self._budget.check(len(text) * wide * tall, self._row + 1)
            end = min(self._column + wide, _MOST_COLUMNS)
            self._merged.append((self._row + tall - 1, self._column, end, text))

    def _cell_text(self) -> str:
        attributes = self._attributes
        kind = attributes.get(_KIND, "")
        style = self._style()
        shown = "".join(self._text) if not self._runs else self._shown()
        if len(shown) >= _FEWEST_SIGNS and kind in _VALUES and _hides_person(shown, attributes):
            return cell_text(shown)
        is_error = attributes.get(_CALC_KIND) == "error" or (
            _FORMULA in attributes and _ERROR.fullmatch(shown) is not None
        )
        if style is None and not self._runs:
            # Most cells: nothing is said of how they look.
            if kind == "string" and shown and not is_error:
                return cell_text(shown)
            value = attributes.get(_VALUE, "") if kind == "float" else ""
            is_fault = shown[:1] in ("#", "E", "F", "T", "S") or _CALC_KIND in attributes
            if value and not is_fault and _PLAIN_NUMBER.fullmatch(value):
                return TYPED + short(value)
        if is_error:
            value = attributes.get(_DATE if kind == "date" else _VALUE, "")
            return self._noted(error_read(kind, value, shown))
        if kind in _NUMBERS:
            value = attributes.get(_VALUE, "")
            currency = attributes.get(f"{OFFICE}currency", "") if kind == "currency" else ""
            return self._noted(number_read(kind, value, shown, style or _NOTHING, currency))
        if kind == "date":
            return self._noted(date_read(attributes.get(_DATE, ""), style or _NOTHING, shown))
        if kind == "boolean":
            return cell_text(attributes.get(f"{OFFICE}boolean-value") == "true")
        if kind == "time":
            return shown or attributes.get(f"{OFFICE}time-value", "")
        if not kind and not shown:
            # A program that did not compute writes the formula alone.
            return UNREADABLE + "formel" if _FORMULA in attributes else ""
        if kind == "string" and not shown:
            # The text as an attribute alone, which the format allows.
            return cell_text(attributes.get(f"{OFFICE}string-value", ""))
        return self._written(style or _NOTHING)

    def _shown(self) -> str:
        return "".join([run.text for run in self._runs]) + "".join(self._text)

    def _written(self, style: CellStyle) -> str:
        self._close_run()
        read = written(self._runs, style.is_raised, style.is_struck)
        if read.left_out:
            self._note(RAISED, read.left_out)
        if read.struck:
            self._note(PART_STRUCK if read.struck == "part" else STRUCK)
        text = number_formats.shown_text(style.format, cell_text(read.text))
        return UNREADABLE + text if read.struck == "part" else text

    def _noted(self, read: CellRead) -> str:
        """The cell's text; what it does not say by itself is a note."""
        for kind in read.notes:
            self._note(kind)
        if read.words:
            self._note(NOTED, read.words)
        if read.scaled_by:
            self._notes.add_first(self._row, self._column, SCALED, read.scaled_by)
        if read.day:
            self._notes.add_day(self._row, self._column, read.day)
        return read.text

    def _note(self, kind: str, text: str = "") -> None:
        self._cell_notes.append((self._row, self._column, kind, text))

    def _style(self) -> CellStyle | None:
        """The cell's style, where it may change what the cell means."""
        name = self._attributes.get(_STYLE_NAME) or self._row_style
        if not name:
            name = next(
                (style for first, end, style in self._column_styles if first <= self._column < end),
                "",
            )
        return self._styles.telling(name) if name else None

    # Texts

    def _paragraph(self, _: dict[str, str]) -> None:
        if self._paragraphs:
            self._text.append("\n")
        self._paragraphs += 1
        self.parser.CharacterDataHandler = self._text.append

    def _blanks(self, attributes: dict[str, str]) -> None:
        self._text.append(" " * min(int(attributes.get(f"{TEXT}c", "1")), 1000))

    def _span(self, attributes: dict[str, str]) -> None:
        self._close_run()
        self._spans.append(attributes.get(f"{TEXT}style-name", ""))

    def _span_end(self) -> None:
        self._close_run()
        if self._spans:
            self._spans.pop()

    def _paragraph_end(self) -> None:
        self.parser.CharacterDataHandler = None

    def _close_run(self) -> None:
        if self._text:
            is_raised, is_struck = None, None
            for name in self._spans:
                if (style := self._styles.named.get(("text", name))) is not None:
                    is_raised = is_raised if style.is_raised is None else style.is_raised
                    is_struck = is_struck if style.is_struck is None else style.is_struck
            self._runs.append(Run("".join(self._text), is_raised, is_struck))
            self._text.clear()


def _hides_person(shown: str, attributes: dict[str, str]) -> bool:
    """Whether a cell shows a CPR number that is not its value (`010190-1234` of 101901234)."""
    if sum(map(str.isdigit, shown)) < _FEWEST_SIGNS or shown.strip() == attributes.get(_VALUE):
        return False
    return holds_personal_number(shown)


def _count(attributes: dict[str, str], name: str, most: int) -> int:
    count = int(attributes.get(name, "1"))
    if count < 1:
        raise ValueError("less than once")
    if count > most:
        raise too_far_out()
    return count
