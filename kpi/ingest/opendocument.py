"""The sheets of an OpenDocument spreadsheet (ODS), read from its XML in one pass.

The fast reader of workbooks gives bare values only; here everything that the screen shows is an
attribute or a style in the same pass: percentages, months, raised marks, hidden rows.
"""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from xml.parsers import expat
from zipfile import ZipFile

from kpi.ingest import number_formats
from kpi.ingest.archive_parts import chunks
from kpi.ingest.cell_notes import BLANK_ZERO, PART_STRUCK, RAISED, SCALED, STRUCK, Notes
from kpi.ingest.cell_styles import CellStyle
from kpi.ingest.cell_values import cell_text, day_of, typed
from kpi.ingest.opendocument_styles import OFFICE, TABLE, TEXT, Styles
from kpi.ingest.raw import UNREADABLE
from kpi.ingest.sheet_budget import Budget
from kpi.ingest.workbook_strings import Run, written

_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384
_CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
_STYLED_RUN = f"{TEXT}span"
_NUMBERS = ("float", "percentage", "currency")
_CALC_EXTENSION = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0 "
# Their text is not the cell's own.
_ASIDE = {
    f"{OFFICE}annotation", f"{OFFICE}forms", f"{TABLE}shapes", f"{TABLE}tracked-changes",
    f"{TABLE}content-validations", f"{TEXT}note", f"{TEXT}ruby-text",
}  # fmt: skip
_DRAWING = "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0 "
Event = tuple[str, bool, Notes] | list[str] | None
_NOTHING = CellStyle()


class SpreadsheetXml:
    """Walks over the content of a spreadsheet; `events` are heads of sheets, rows and their end.

    An event is (name, visible, notes) at the head of a sheet, whose notes are whole at its end, a
    list of texts for a row, and None behind the last row.
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
            f"{TABLE}table-column-group": self._group,
        }  # fmt: skip
        self._ends: dict[str, Callable[[], None]] = {
            f"{TABLE}table": self._sheet_end, f"{TABLE}table-row": self._row_end,
            _CELLS[0]: self._cell_end, _CELLS[1]: self._cell_end, f"{TEXT}p": self._flush,
            _STYLED_RUN: self._span_end, f"{TABLE}table-row-group": self._group_end,
            f"{TABLE}table-column-group": self._group_end,
        }  # fmt: skip
        self._in_sheet = False
        self._aside = 0
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
        if self._aside or name in _ASIDE:
            self._aside += 1
        elif (begin := self._starts.get(name)) is not None:
            begin(attributes)
        elif name.startswith(_DRAWING):
            self._aside += 1
        elif not self._in_sheet:
            self._styles.start(name, attributes)

    def _end(self, name: str) -> None:
        if self._aside:
            self._aside -= 1
        elif (finish := self._ends.get(name)) is not None:
            finish()
        elif not self._in_sheet:
            self._styles.end(name)

    def _add(self, text: str) -> None:
        if not self._aside:
            self._text.append(text)

    # Sheets, columns and rows

    def _sheet(self, attributes: dict[str, str]) -> None:
        if self._in_sheet:  # a table in a cell
            self._aside += 1
            return
        self._in_sheet = True
        style = self._styles.named.get(("table", attributes.get(f"{TABLE}style-name", "")))
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
        self._column += _count(attributes, "number-columns-repeated", _MOST_COLUMNS)
        if self._is_hidden(attributes):
            self._notes.hide_columns(first, self._column - 1)
        if style := attributes.get(f"{TABLE}default-cell-style-name"):
            self._column_styles.append((first, self._column, style))

    def _row_start(self, attributes: dict[str, str]) -> None:
        self._repeated_rows = _count(attributes, "number-rows-repeated", _MOST_ROWS)
        self._row_style = attributes.get(f"{TABLE}default-cell-style-name", "")
        self._column = self._empty_cells = 0
        self._cells, self._cell_notes = [], []
        if self._is_hidden(attributes):
            # Rows that are hidden and empty to the end of the sheet are none of the table.
            for row in range(self._row, self._row + min(self._repeated_rows, 10_000)):
                self._notes.hide_row(row)

    def _row_end(self) -> None:
        if self._row + self._repeated_rows > _MOST_ROWS:
            raise ValueError("a row outside the sheet")
        self._merged = [merged for merged in self._merged if merged[0] >= self._row]
        if not self._cells and not self._merged:
            self._empty_rows += self._repeated_rows
        else:
            for _ in range(self._empty_rows):
                self._emit([])
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
                cells[left:end] = [cell or text for cell in cells[left:end]]
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
        self._runs, self._text, self._spans, self._paragraphs = [], [], [], 0

    def _cell_end(self) -> None:
        attributes = self._attributes
        count = 1
        if f"{TABLE}number-columns-repeated" in attributes:
            count = _count(attributes, "number-columns-repeated", _MOST_COLUMNS)
        if self._column + count > _MOST_COLUMNS:
            raise ValueError("a cell outside the sheet")
        if text := self._cell_text():
            self._cells.extend([""] * self._empty_cells)
            self._cells.extend([text] * count)
            self._empty_cells = 0
            self._merge(attributes, text)
        else:
            self._empty_cells += count
        self._column += count

    def _merge(self, attributes: dict[str, str], text: str) -> None:
        wide = _count(attributes, "number-columns-spanned", _MOST_COLUMNS)
        tall = _count(attributes, "number-rows-spanned", _MOST_ROWS)
        if wide > 1 or tall > 1:
            self._budget.check(len(text) * wide * tall, self._row + 1)
            end = min(self._column + wide, _MOST_COLUMNS)
            self._merged.append((self._row + tall - 1, self._column, end, text))

    def _cell_text(self) -> str:
        attributes = self._attributes
        kind = attributes.get(f"{OFFICE}value-type", "")
        shown = self._shown()
        if attributes.get(f"{_CALC_EXTENSION}value-type") == "error":
            return UNREADABLE + (shown or "fejl")
        if kind in _NUMBERS:
            return self._number(kind, attributes.get(f"{OFFICE}value", ""), shown)
        if kind == "date":
            return self._date(attributes.get(f"{OFFICE}date-value", ""))
        if kind == "boolean":
            return cell_text(attributes.get(f"{OFFICE}boolean-value") == "true")
        if kind == "time":
            return shown or attributes.get(f"{OFFICE}time-value", "")
        if not kind and not shown:
            # A program that did not compute writes the formula alone.
            return UNREADABLE + "formel" if f"{TABLE}formula" in attributes else ""
        return self._written()

    def _shown(self) -> str:
        return "".join([run.text for run in self._runs]) + "".join(self._text)

    def _number(self, kind: str, value: str, shown: str) -> str:
        try:
            number = Decimal(value)
        except InvalidOperation:
            return UNREADABLE + (shown or value or "fejl")
        if not number.is_finite() or shown.startswith(("#", "Err:", "Fejl:")):
            return UNREADABLE + (shown or value)
        style = self._style()
        if style.is_struck:
            self._note(STRUCK)
        if style.is_raised:
            return UNREADABLE + (shown or value)
        instead = number_formats.shown_instead(style.format, float(number))
        if instead is not None and not (number == 0 and instead in ("", "-")):
            return instead or UNREADABLE + "skjult af cellens talformat"
        if instead == "":
            self._note(BLANK_ZERO)
        if kind == "percentage":
            return typed(number * 100) + "%"
        if number_formats.shown_scale(style.format) != 1:
            self._notes.add_first(self._row, self._column, SCALED, style.format)
        sign = "%" if number_formats.shows_percent_sign(style.format) else ""
        return typed(number) + sign

    def _date(self, value: str) -> str:
        style = self._style()
        if style.is_struck:
            self._note(STRUCK)
        try:
            day = date.fromisoformat(value[:10])
        except ValueError:
            return value
        if number_formats.shows_month_or_year(style.format):
            return number_formats.shown_period(style.format, day)
        has_time = value[10:].strip("T0:.Z") != ""
        return value if has_time else day_of(day)

    def _written(self) -> str:
        style = self._style()
        self._flush()
        read = written(self._runs, style.is_raised, style.is_struck)
        if read.left_out:
            self._note(RAISED, read.left_out)
        if read.struck:
            self._note(PART_STRUCK if read.struck == "part" else STRUCK)
        text = cell_text(read.text)
        return UNREADABLE + text if read.struck == "part" else text

    def _note(self, kind: str, text: str = "") -> None:
        self._cell_notes.append((self._row, self._column, kind, text))

    def _style(self) -> CellStyle:
        name = self._attributes.get(f"{TABLE}style-name") or self._row_style
        if not name:
            name = next(
                (style for first, end, style in self._column_styles if first <= self._column < end),
                "",
            )
        return self._styles.cell(name) if name else _NOTHING

    # Texts

    def _paragraph(self, _: dict[str, str]) -> None:
        if self._paragraphs:
            self._text.append("\n")
        self._paragraphs += 1
        self.parser.CharacterDataHandler = self._add

    def _blanks(self, attributes: dict[str, str]) -> None:
        self._text.append(" " * min(int(attributes.get(f"{TEXT}c", "1")), 1000))

    def _span(self, attributes: dict[str, str]) -> None:
        self._close_run()
        self._spans.append(attributes.get(f"{TEXT}style-name", ""))

    def _span_end(self) -> None:
        self._close_run()
        if self._spans:
            self._spans.pop()

    def _flush(self) -> None:
        self._close_run()
        self.parser.CharacterDataHandler = None

    def _close_run(self) -> None:
        if self._text:
            is_raised, is_struck = None, None
            for name in self._spans:
                if (style := self._styles.named.get(("text", name))) is not None:
                    is_raised = is_raised if style.is_raised is None else style.is_raised
                    is_struck = is_struck if style.is_struck is None else style.is_struck
            self._runs.append(Run("".join(self._text), is_raised, is_struck))
            self._text = []


def _count(attributes: dict[str, str], name: str, most: int) -> int:
    count = int(attributes.get(TABLE + name, "1"))
    if not 1 <= count <= most:
        raise ValueError("more cells than a sheet has")
    return count


def read_opendocument(
    archive: ZipFile, parts: dict[str, str], budget: Budget
) -> Iterator[tuple[str, bool, Notes, Iterator[list[str]]]]:
    """Every sheet of an ODS: name, visible, notes, and rows to go through once.

    The notes are whole when the rows are gone through. Raises what broken XML raises, and
    RefusedError past the budget.
    """
    styles = _named_styles(archive, parts)
    events = _events(SpreadsheetXml(styles, budget), archive, parts["content.xml"])
    for event in events:
        if isinstance(event, tuple):
            rows = _rows(events)
            yield *event, rows
            for _ in rows:  # what nobody asked for stands before the next sheet
                pass


def _rows(events: Iterator[Event]) -> Iterator[list[str]]:
    for event in events:
        if not isinstance(event, list):
            return
        yield event


def _events(walk: SpreadsheetXml, archive: ZipFile, part: str) -> Iterator[Event]:
    for chunk in chunks(archive, archive.getinfo(part)):
        walk.parser.Parse(chunk, False)
        done, walk.events = walk.events, []
        yield from done
    walk.parser.Parse(b"", True)
    yield from walk.events


def _named_styles(archive: ZipFile, parts: dict[str, str]) -> Styles:
    styles = Styles()
    if "styles.xml" in parts:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = styles.start
        parser.EndElementHandler = styles.end
        parser.CharacterDataHandler = styles.text
        for chunk in chunks(archive, archive.getinfo(parts["styles.xml"])):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    return styles
