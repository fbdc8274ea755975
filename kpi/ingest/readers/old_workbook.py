"""Facts of an old workbook (XLS, Excel 97-2003) the fast reader leaves out: see `cell_judging`.

The records of its one stream (BIFF8): [MS-XLS] of Microsoft's Open Specifications.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from kpi.ingest.containers.calc_formulas import AUTHOR, is_of_calc, may_be_text
from kpi.ingest.containers.compound_file import CompoundFile
from kpi.ingest.containers.old_strings import Parts
from kpi.ingest.readers.cell_judging import PLAIN, CellJudge
from kpi.ingest.readers.cell_styles import BUILT_IN, CellStyle
from kpi.ingest.readers.workbook_strings import Run, has_own_style, runs_of
from kpi.ingest.table.raw import RefusedError

_BOF, _EOF, _FILEPASS, _CONTINUE, _DATEMODE = 0x809, 0x0A, 0x2F, 0x3C, 0x22
_FONT, _FORMAT, _XF, _SHEET, _STRINGS = 0x31, 0x41E, 0xE0, 0x85, 0xFC
_ROW, _COLUMNS = 0x208, 0x7D
_NUMBER, _PACKED, _PACKED_ROW, _SHARED, _LABEL, _RICH = 0x203, 0x27E, 0xBD, 0xFD, 0x204, 0xD6
_FORMULA, _BOOLEAN_OR_ERROR = 0x06, 0x205
_BIFF8, _WORKSHEET = 0x0600, 0
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!",
           42: "#N/A"}  # fmt: skip

Record = tuple[int, bytes]


@dataclass
class OldWorkbook:
    """Facts from the stream of an old workbook: days from 1904, and a judge for each worksheet.

    `by_calc`: LibreOffice Calc wrote it, which leaves 0 for a text that it did not compute itself.
    """

    from_1904: bool = False
    by_calc: bool = False
    sheets: list[CellJudge] = field(default_factory=list)
    _formats: dict[int, str] = field(default_factory=lambda: dict(BUILT_IN))
    _fonts: list[tuple[bool, bool]] = field(default_factory=list)
    _cells: list[tuple[int, int]] = field(default_factory=list)
    _strings: dict[int, list[Run]] = field(default_factory=dict)
    _styles: list[CellStyle] = field(default_factory=list)
    _empty: list[tuple[int, int]] = field(default_factory=list)
    _has_results: bool = False

    @classmethod
    def of(cls, content: bytes) -> "OldWorkbook":
        """Reads the file. Raises RefusedError where it is locked, else what broken bytes raise."""
        stream = CompoundFile(content).stream("workbook", "book")
        if stream is None:
            raise ValueError("no workbook")
        workbook = cls()
        if struct.unpack_from("<H", stream, 4)[0] != _BIFF8:
            # How its cells are shown cannot be seen here, and a raised mark would be a digit.
            raise RefusedError(
                "not_a_table", "Filen er et regneark i et format fra før Excel 97.",
                "Åbn filen i et regneark, og gem den som XLSX.",
            )  # fmt: skip
        workbook._read(stream)
        return workbook

    def _read(self, stream: bytes) -> None:
        places = []
        strings: list[bytes] = []
        for kind, record in old_records(stream, 0):
            if kind == _FILEPASS:
                raise RefusedError(
                    "not_a_table", "Filen er en projektmappe, der er beskyttet med adgangskode.",
                    "Fjern adgangskoden i regnearket, og gem filen igen.",
                )  # fmt: skip
            if kind == _CONTINUE and strings:
                strings.append(record)
                continue
            if strings:
                self._strings, strings = self._special(strings), []
            if kind == _STRINGS:
                strings = [record]
            elif kind == _SHEET and record[5] == _WORKSHEET:
                places.append(struct.unpack_from("<I", record)[0])
            else:
                self._global(kind, record)
        if strings:
            self._strings = self._special(strings)
        self._styles = [self._style(*cell) for cell in self._cells]
        unread: list[tuple[CellJudge, tuple[int, int]]] = []
        for place in places:
            judge = CellJudge()
            self._empty = []
            for kind, record in old_records(stream, place):
                self._cell(judge, kind, record)
            self.sheets.append(judge)
            unread += [(judge, at) for at in self._empty]
        if not self._has_results:
            # Formulas that all have an empty text were never computed: so some programs leave them.
            for judge, at in unread:
                judge.unreadable(*at, "formel")

    def _global(self, kind: int, record: bytes) -> None:
        if kind == _FONT:
            options, _, _, script = struct.unpack_from("<HHHH", record, 2)
            self._fonts.append((script in (1, 2), bool(options & 0x8)))
        elif kind == _FORMAT:
            self._formats[struct.unpack_from("<H", record)[0]] = old_text(record, 2)
        elif kind == _XF:
            font, number_format = struct.unpack_from("<HH", record)
            self._cells.append((font, number_format))
        elif kind == AUTHOR:
            self.by_calc = is_of_calc(record)
        elif kind == _DATEMODE:
            self.from_1904 = record[:1] == b"\x01"

    def _style(self, font: int, number_format: int) -> CellStyle:
        return CellStyle(self._formats.get(number_format, ""), *self._font(font))

    def _font(self, number: int) -> tuple[bool, bool]:
        # There is no font of number 4.
        place = number - 1 if number > 4 else number
        return self._fonts[place] if place < len(self._fonts) else (False, False)

    def _special(self, parts: list[bytes]) -> dict[int, list[Run]]:
        """The shared texts that say themselves how they are written."""
        reader = Parts(parts)
        count = struct.unpack("<I", reader.take(8)[4:])[0]
        special = {}
        for place in range(count):
            try:
                text, pieces = reader.string()
            except struct.error:  # some programs claim more texts than there are
                break
            if pieces:
                runs = runs_of(text, pieces, self._font)
                if has_own_style(runs):
                    special[place] = runs
        return special

    def _cell(self, judge: CellJudge, kind: int, record: bytes) -> None:
        if kind == _ROW:
            row, options = struct.unpack_from("<H10xI", record)
            if options & 0x20:
                judge.notes.hide_row(row)
        elif kind == _COLUMNS:
            first, last, width, _, options = struct.unpack_from("<HHHHH", record)
            if options & 0x1 or width == 0:
                judge.notes.hide_columns(first, last)
        elif kind == _PACKED_ROW:
            row, first = struct.unpack_from("<HH", record)
            for at in range((len(record) - 6) // 6):
                number = unpacked(record[6 + 6 * at : 10 + 6 * at])
                style = self._style_of(struct.unpack_from("<H", record, 4 + 6 * at)[0])
                if style.is_telling:
                    judge.number(row, first + at, style, number)
        elif kind in (
            _NUMBER, _PACKED, _SHARED, _LABEL, _RICH, _FORMULA, _BOOLEAN_OR_ERROR,
        ):  # fmt: skip
            row, column, style = struct.unpack_from("<HHH", record)
            self._single(judge, (row, column), kind, record[6:], self._style_of(style))

    def _style_of(self, number: int) -> CellStyle:
        return self._styles[number] if number < len(self._styles) else PLAIN

    def _single(
        self, judge: CellJudge, at: tuple[int, int], kind: int, record: bytes, style: CellStyle
    ) -> None:
        """A cell that has a record of its own, `data` after its place and style."""
        if kind == _BOOLEAN_OR_ERROR:
            if record[1]:
                judge.unreadable(*at, ERRORS.get(record[0], "fejl"))
        elif kind == _FORMULA:
            self._formula(judge, at, record, style)
        elif kind == _SHARED:
            runs = self._strings.get(struct.unpack_from("<I", record)[0])
            if runs is not None or style.is_telling:
                judge.text(*at, style, runs)
        elif kind == _RICH:
            text, pieces = Parts([record]).rich()
            judge.text(*at, style, runs_of(text, pieces, self._font))
        elif kind == _LABEL:
            judge.text(*at, style, None)
        elif style.is_telling:
            number = (
                struct.unpack_from("<d", record)[0] if kind == _NUMBER else unpacked(record[:4])
            )
            judge.number(*at, style, number)

    def _formula(
        self, judge: CellJudge, at: tuple[int, int], record: bytes, style: CellStyle
    ) -> None:
        to_be_computed = bool(record[8] & 0x2)
        if record[6:8] == b"\xff\xff":  # not a number
            if record[0] == 2:
                judge.unreadable(*at, ERRORS.get(record[2], "fejl"))
            elif record[0] == 3 and to_be_computed:
                judge.unreadable(*at, "formel")
            elif record[0] == 3:
                self._empty.append(at)
            self._has_results |= record[0] != 3
            return
        number = struct.unpack_from("<d", record)[0]
        self._has_results |= number != 0
        if (to_be_computed and number == 0) or (self.by_calc and may_be_text(record)):
            judge.unreadable(*at, "formel")
        elif style.is_telling:
            judge.number(*at, style, number)


def old_records(stream: bytes, place: int) -> Iterator[Record]:
    """The records of a part of the stream, from its beginning to its end, but for its charts."""
    depth = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        record = stream[place + 4 : place + 4 + length]
        place += 4 + length
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, record


def unpacked(encoded: bytes) -> float:
    """A number of 30 bits: whole or the upper half of a double, perhaps in hundredths."""
    packed = struct.unpack("<I", encoded)[0]
    if packed & 0x2:
        number = float(struct.unpack("<i", encoded)[0] >> 2)
    else:
        number = struct.unpack("<d", b"\0\0\0\0" + struct.pack("<I", packed & 0xFFFFFFFC))[0]
    return number / 100 if packed & 0x1 else number


def sheet_places(stream: bytes) -> list[int]:
    """Where the records of each worksheet begin."""
    return [
        struct.unpack_from("<I", record)[0]
        for kind, record in old_records(stream, 0)
        if kind == _SHEET and record[5] == _WORKSHEET
    ]


def old_text(record: bytes, place: int) -> str:
    """A text of a record, after its length and how it is written."""
    length, options = struct.unpack_from("<HB", record, place)
    if options & 0x1:
        return record[place + 3 : place + 3 + 2 * length].decode("utf-16-le", "replace")
    return record[place + 3 : place + 3 + length].decode("latin-1")
