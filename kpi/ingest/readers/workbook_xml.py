"""Facts of a workbook's XML that the fast reader leaves out: formats, errors, formulas, marks."""

import re
from dataclasses import dataclass, field
from posixpath import join, normpath, split
from xml.parsers import expat
from zipfile import ZipFile

from kpi.ingest.containers.archive_parts import contains, local, parse
from kpi.ingest.readers.cell_judging import PLAIN, CellJudge
from kpi.ingest.readers.cell_notes import Notes
from kpi.ingest.readers.cell_styles import CellStyle, StyleReader
from kpi.ingest.readers.number_formats import is_percent
from kpi.ingest.readers.workbook_rows import Marks
from kpi.ingest.readers.workbook_strings import Run, RunReader, SharedStrings, has_own_style

__all__ = ["WorkbookXml", "is_percent"]

_CELL = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
# Words of XML that say how text is written, and what is hidden or of no size.
_TELLING = (
    b"vertAlign", b"strike", b"hidden=", b"hidden =",
    b' ht="0', b" ht='0", b' width="0', b" width='0",
)  # fmt: skip
# What begins a cell: a million rows with a colour and without cells are seldom looked through.
_CELLS = (b"<c", b":c")
_WRITTEN = re.compile(rb"vertAlign|<(\w+:)?strike")


@dataclass
class WorkbookXml:
    """The facts in workbook.xml and styles.xml that change what a cell means."""

    sheet_ids: list[str] = field(default_factory=list)
    targets: dict[str, str] = field(default_factory=dict)  # by id and by the last word of the type
    # xlsxwriter and others write 0 for each formula and ask Excel to compute when it opens the file
    to_be_computed: bool = False
    # Days are counted from 1904 in workbooks of old Macs.
    from_1904: bool = False
    styles: dict[str, CellStyle] = field(default_factory=dict)
    strings: dict[int, list[Run]] = field(default_factory=dict)
    _reader: StyleReader = field(default_factory=StyleReader)
    _folder: str = ""

    def read(self, archive: ZipFile, parts: dict[str, str]) -> None:
        """Follow the relationships from the package to the workbook to its styles."""
        self._parse(archive, parts["_rels/.rels"])
        workbook = self.target("officeDocument")
        self._folder, name = split(workbook)
        self._parse(archive, parts[workbook])
        self.targets.clear()
        self._parse(archive, parts[join(self._folder, "_rels", f"{name}.rels").casefold()])
        if "styles" in self.targets:
            parser = expat.ParserCreate()
            parser.StartElementHandler = lambda name, given: self._reader.start(local(name), given)
            parser.EndElementHandler = lambda name: self._reader.end(local(name))
            parse(archive, parts[self.target("styles")], parser)
            self.styles = self._reader.telling()
        if "sharedStrings" in self.targets:
            self._read_strings(archive, parts[self.target("sharedStrings")])

    def _read_strings(self, archive: ZipFile, part: str) -> None:
        in_styles = any(style.is_raised or style.is_struck for style in self.styles.values())
        if in_styles or contains(archive, part, _WRITTEN):
            shared = SharedStrings()
            parse(archive, part, shared.parser)
            self.strings = shared.special

    def _parse(self, archive: ZipFile, part: str) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parse(archive, part, parser)

    def target(self, key: str) -> str:
        """The path in the archive, in small letters, that a relationship's id or kind points to."""
        path = self.targets[key].replace("\\", "/").casefold()
        return path[1:] if path.startswith("/") else normpath(join(self._folder, path))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match local(name):
            case "sheet":
                self.sheet_ids += [text for key, text in attributes.items() if local(key) == "id"]
            case "calcPr":
                self.to_be_computed = attributes.get("fullCalcOnLoad") in ("1", "true")
            case "Relationship":
                self.targets[attributes["Id"]] = attributes["Target"]
                self.targets[attributes["Type"].rpartition("/")[2]] = attributes["Target"]
            case "workbookPr":
                self.from_1904 = attributes.get("date1904") in ("1", "true")

    def sheet_part(self, place: int) -> str:
        """The path in the archive, in small letters, of the sheet at a place, from 0."""
        if place >= len(self.sheet_ids):
            raise ValueError("a sheet without a relationship")
        return self.target(self.sheet_ids[place])

    def marks(self, archive: ZipFile, part: str) -> tuple[Marks, Notes]:
        """How cells of a sheet are to be read, and what is reported of them.

        Percent cells, months and years, error cells, formulas without a result, texts shown instead
        of numbers, raised and struck text; hidden rows and columns.
        """
        styles = "|".join(sorted(self.styles)) or "none"
        telling = re.compile(
            rf"<(\w+:)?f[\s/>]|\s(t\s*=\s*[\"']e|s\s*=\s*[\"']({styles}))[\"']".encode()
        )
        is_telling = "0" in self.styles or bool(self.strings)
        if not (is_telling or contains(archive, part, telling, _TELLING, _CELLS)):
            return {}, Notes()
        scan = _SheetScan(self)
        parse(archive, part, scan.parser)
        return scan.judge.marks, scan.judge.notes


class _SheetScan:
    """Walks over the XML of a sheet and marks the cells that need more than their value."""

    def __init__(self, workbook: WorkbookXml) -> None:
        self.judge = CellJudge()
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self._workbook = workbook
        self._row, self._column = -1, -1
        self._attributes: dict[str, str] = {}
        self._has_formula = False
        self._result: str | None = None
        self._style: CellStyle | None = None
        self._inline: RunReader | None = None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = local(name)
        if tag == "c":
            self._column += 1
            if match := _CELL.fullmatch(attributes.get("r", "")):
                self._row, self._column = int(match[2]) - 1, _column_number(match[1])
            self._attributes, self._has_formula, self._result = attributes, False, None
            self._style = self._workbook.styles.get(attributes.get("s", "0"))
        elif tag == "f":
            self._has_formula = True
        elif tag == "v" and self._needs_result():
            self._result = ""
            self.parser.CharacterDataHandler = self._text
        elif tag == "row":
            self._row = int(attributes.get("r", self._row + 2)) - 1
            self._column = -1
            if _is_hidden(attributes, "ht"):
                self.judge.notes.hide_row(self._row)
        elif tag == "col" and _is_hidden(attributes, "width"):
            self.judge.notes.hide_columns(int(attributes["min"]) - 1, int(attributes["max"]) - 1)
        elif tag == "is":
            self._inline = RunReader()
            self.parser.CharacterDataHandler = self._inline.add
        elif self._inline is not None:
            self._inline.start(tag, attributes)

    def _needs_result(self) -> bool:
        kind = self._attributes.get("t", "n")
        return (
            self._has_formula
            or kind == "e"
            or (kind == "n" and self._style is not None)
            or (kind == "s" and bool(self._workbook.strings))
        )

    def _text(self, text: str) -> None:
        self._result = (self._result or "") + text

    def _end(self, name: str) -> None:
        tag = local(name)
        if tag in ("v", "is"):
            self.parser.CharacterDataHandler = None
        elif tag == "c":
            self._judge()
            self._inline = None
        elif self._inline is not None:
            self._inline.end(tag)

    def _judge(self) -> None:
        kind = self._attributes.get("t", "n")
        place = (self._row, self._column)
        if kind == "e":
            self.judge.unreadable(*place, self._result or "fejl")
            return
        if self._has_formula:
            guess = kind == "n" and self._result == "0" and self._workbook.to_be_computed
            # A formula may well have the empty text as its result, but not an empty number.
            if guess or self._result is None or (self._result == "" and kind != "str"):
                self.judge.unreadable(*place, "formel")
                return
        runs = self._runs(kind)
        if runs is not None or (self._style is not None and kind in ("s", "str", "inlineStr")):
            self.judge.text(*place, self._style or PLAIN, runs)
        elif self._style is not None and kind == "n" and self._result:
            self.judge.number(*place, self._style, float(self._result))

    def _runs(self, kind: str) -> list[Run] | None:
        if kind == "s" and self._result and self._result.strip().isdecimal():
            return self._workbook.strings.get(int(self._result))
        if kind == "inlineStr" and self._inline is not None:
            runs = self._inline.runs
            return runs if has_own_style(runs) else None
        return None


def _is_hidden(attributes: dict[str, str], size: str) -> bool:
    if attributes.get("hidden") in ("1", "true"):
        return True
    length = attributes.get(size, "")
    return length != "" and length.replace(".", "", 1).isdecimal() and float(length) == 0


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
