"""Facts of a binary workbook (XLSB) that the fast reader leaves out: see `cell_judging`.

The records of its parts (BIFF12): [MS-XLSB] of Microsoft's Open Specifications.
"""

import struct
from dataclasses import dataclass, field
from posixpath import join, normpath
from xml.parsers import expat
from zipfile import ZipFile

from kpi.ingest.containers.archive_parts import local, parse
from kpi.ingest.containers.binary_records import part_records, text_in
from kpi.ingest.readers.cell_judging import PLAIN, CellJudge
from kpi.ingest.readers.cell_styles import BUILT_IN, CellStyle
from kpi.ingest.readers.old_workbook import ERRORS, unpacked
from kpi.ingest.readers.workbook_strings import Run, has_own_style, runs_of

_ROW, _COLUMNS = 0, 60
_PACKED, _ERROR, _NUMBER, _TEXT, _SHARED, _RICH = 2, 3, 5, 6, 7, 62
_FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_ERROR = 8, 9, 11
_FONT, _FORMAT, _XF, _STRING, _SHEET, _BOOK_PROPERTIES = 43, 44, 47, 19, 156, 153
_CELLS_BEGIN, _CELLS_END = 617, 618


@dataclass
class BinaryWorkbook:
    """Facts from the parts of an XLSB: days from 1904, and where the judge of each sheet reads."""

    from_1904: bool = False
    sheet_parts: list[str] = field(default_factory=list)
    _formats: dict[int, str] = field(default_factory=lambda: dict(BUILT_IN))
    _fonts: list[tuple[bool, bool]] = field(default_factory=list)
    _styles: list[CellStyle] = field(default_factory=list)
    _strings: dict[int, list[Run]] = field(default_factory=dict)

    def read(self, archive: ZipFile, parts: dict[str, str]) -> None:
        """Reads all but the sheets. Raises what broken bytes raise."""
        targets = _targets(archive, parts["xl/_rels/workbook.bin.rels"])
        for kind, record in part_records(archive, parts["xl/workbook.bin"]):
            if kind == _BOOK_PROPERTIES:
                self.from_1904 = bool(record[0] & 0x1)
            elif kind == _SHEET:
                relation, _ = text_in(record, 8)
                self.sheet_parts.append(parts.get(targets.get(relation, ""), ""))
        if "xl/styles.bin" in parts:
            self._read_styles(archive, parts["xl/styles.bin"])
        if "xl/sharedstrings.bin" in parts:
            self._read_strings(archive, parts["xl/sharedstrings.bin"])

    def _read_styles(self, archive: ZipFile, part: str) -> None:
        in_cells = False
        for kind, record in part_records(archive, part):
            if kind == _FORMAT:
                self._formats[struct.unpack_from("<H", record)[0]] = text_in(record, 2)[0]
            elif kind == _FONT:
                options, _, script = struct.unpack_from("<HHH", record, 2)
                self._fonts.append((script in (1, 2), bool(options & 0x8)))
            elif kind in (_CELLS_BEGIN, _CELLS_END):
                in_cells = kind == _CELLS_BEGIN
            elif kind == _XF and in_cells:
                number_format, font = struct.unpack_from("<HH", record, 2)
                style = CellStyle(self._formats.get(number_format, ""), *self._font(font))
                self._styles.append(style)

    def _font(self, place: int) -> tuple[bool, bool]:
        return self._fonts[place] if place < len(self._fonts) else (False, False)

    def _read_strings(self, archive: ZipFile, part: str) -> None:
        strings = (record for kind, record in part_records(archive, part) if kind == _STRING)
        for place, record in enumerate(strings):
            runs = self._runs(record, 0)
            if has_own_style(runs):
                self._strings[place] = runs

    def _runs(self, record: bytes, place: int) -> list[Run]:
        """A text with its pieces; none where all of it is written in one way."""
        if not record[place] & 0x1:
            return []
        text, place = text_in(record, place + 1)
        count = struct.unpack_from("<I", record, place)[0]
        pieces = list(struct.iter_unpack("<HH", record[place + 4 : place + 4 + 4 * count]))
        return runs_of(text, [(first, font) for first, font in pieces], self._font)

    def judge(self, archive: ZipFile, part: str) -> CellJudge:
        """The cells of a sheet, judged."""
        judge, row = CellJudge(), -1
        for kind, record in part_records(archive, part):
            if kind == _ROW:
                row = struct.unpack_from("<I", record)[0]
                if record[11] & 0x10:
                    judge.notes.hide_row(row)
            elif kind == _COLUMNS:
                first, last, width, _, options = struct.unpack_from("<IIIIH", record)
                if options & 0x1 or width == 0:
                    judge.notes.hide_columns(first, last)
            elif kind in _CELLS:
                column, style = struct.unpack_from("<II", record)
                self._cell(judge, (row, column), kind, record, self._style(style & 0xFFFFFF))
        return judge

    def _style(self, number: int) -> CellStyle:
        return self._styles[number] if number < len(self._styles) else PLAIN

    def _cell(
        self, judge: CellJudge, at: tuple[int, int], kind: int, record: bytes, style: CellStyle
    ) -> None:
        if kind in (_ERROR, _FORMULA_ERROR):
            judge.unreadable(*at, ERRORS.get(record[8], "fejl"))
        elif kind == _SHARED:
            runs = self._strings.get(struct.unpack_from("<I", record, 8)[0])
            if runs is not None or style.is_telling:
                judge.text(*at, style, runs)
        elif kind == _RICH:
            runs = self._runs(record, 8)
            judge.text(*at, style, runs if has_own_style(runs) else None)
        elif not style.is_telling:
            return
        elif kind in (_TEXT, _FORMULA_TEXT):
            judge.text(*at, style, None)
        elif kind == _PACKED:
            judge.number(*at, style, unpacked(record[8:12]))
        else:
            judge.number(*at, style, struct.unpack_from("<d", record, 8)[0])


_CELLS = {
    _PACKED, _ERROR, _NUMBER, _TEXT, _SHARED, _RICH, _FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_ERROR,
}  # fmt: skip


def _targets(archive: ZipFile, part: str) -> dict[str, str]:
    """The parts that the workbook's relationships point to, in small letters, by their ids."""
    paths_by_id: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        """An element begins: a relationship names its part."""
        if local(name) == "Relationship":
            path = attributes["Target"].replace("\\", "/").casefold()
            paths_by_id[attributes["Id"]] = (
                path[1:] if path[:1] == "/" else normpath(join("xl", path))
            )

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parse(archive, part, parser)
    return paths_by_id
