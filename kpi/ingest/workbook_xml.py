"""What the XML of a workbook tells and the fast reader hides: percent formats, errors, formulas."""

import re
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, field
from posixpath import join, normpath, split
from xml.parsers import expat
from zipfile import ZipFile, ZipInfo

from kpi.ingest.raw import MOST_INFLATED_BYTES, UNREADABLE, RefusedError

PERCENT = "%"
_GRID = (1_048_576, 16_384)
_CHUNK_BYTES = 1024**2
_CELL = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")
# What a number format may hold without showing it as a sign: "text", \x, _x, *x and [colour].
_LITERAL = re.compile(r'"[^"]*"|[\\_*].|\[[^\]]*\]')

Marks = dict[int, dict[int, str]]  # sheet row, column, from 0: PERCENT, or text after UNREADABLE


def survey(archive: ZipFile) -> None:
    """Refuse parts that grow past the limit or define entities, before anything parses them."""
    inflated = 0
    for entry in archive.infolist():
        if not entry.filename.casefold().endswith((".xml", ".rels")):
            continue
        before_root = expat.ParserCreate()
        at_root: list[str] = []
        before_root.StartElementHandler = lambda name, _, seen=at_root: seen.append(name)
        before_root.StartDoctypeDeclHandler = _refuse_doctype
        for chunk in _chunks(archive, entry):
            inflated += len(chunk)
            if inflated > MOST_INFLATED_BYTES:
                raise too_large(f"mere end {MOST_INFLATED_BYTES // 1024**2} MB, når den pakkes ud")
            for start in range(0, len(chunk), 4096):
                if at_root:
                    break
                before_root.Parse(chunk[start : start + 4096], False)


def _refuse_doctype(*_: object) -> None:
    raise RefusedError(
        "not_a_table",
        "Projektmappen indeholder XML-definitioner (DOCTYPE), som Excel aldrig skriver.",
        "Åbn den i Excel, og gem den igen som .xlsx.",
    )


def too_large(what: str, row: int | None = None) -> RefusedError:
    """The refusal of a workbook that has too much of something, told in Danish."""
    hint = "Del den i flere filer, eller gem tabellen som CSV."
    return RefusedError("too_large", f"Projektmappen har {what}.", hint, row)


def _chunks(archive: ZipFile, entry: ZipInfo) -> Iterator[bytes]:
    """The inflated bytes of a part, to their true end: the archive may understate the length."""
    whole = copy(entry)
    whole.file_size = MOST_INFLATED_BYTES + 1
    with archive.open(whole) as part:
        while chunk := part.read(_CHUNK_BYTES):
            yield chunk


def _parse(archive: ZipFile, part: str, parser: expat.XMLParserType) -> None:
    for chunk in _chunks(archive, archive.getinfo(part)):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def is_percent(number_format: str) -> bool:
    """Whether a number format shows a hundred times the number: it has a bare percent sign."""
    return "%" in _LITERAL.sub("", number_format)


@dataclass
class WorkbookXml:
    """What workbook.xml and styles.xml tell, as far as it changes what a cell means."""

    sheet_ids: list[str] = field(default_factory=list)
    targets: dict[str, str] = field(default_factory=dict)  # by id and by the last word of the type
    # xlsxwriter and others write 0 for each formula and ask Excel to compute when it opens the file
    to_be_computed: bool = False
    percent_styles: set[str] = field(default_factory=set)
    _percent_formats: set[str] = field(default_factory=lambda: {"9", "10"})
    _in_cell_formats: bool = False
    _styles: int = 0
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
            self._parse(archive, parts[self.target("styles")])

    def _parse(self, archive: ZipFile, part: str) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        _parse(archive, part, parser)

    def target(self, key: str) -> str:
        """The path in the archive, in small letters, that a relationship's id or kind points to."""
        path = self.targets[key].replace("\\", "/").casefold()
        return path[1:] if path.startswith("/") else normpath(join(self._folder, path))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        match _local(name):
            case "sheet":
                self.sheet_ids += [text for key, text in attributes.items() if _local(key) == "id"]
            case "calcPr":
                self.to_be_computed = attributes.get("fullCalcOnLoad") in ("1", "true")
            case "Relationship":
                self.targets[attributes["Id"]] = attributes["Target"]
                self.targets[attributes["Type"].rpartition("/")[2]] = attributes["Target"]
            case "numFmt":
                if is_percent(attributes["formatCode"]):
                    self._percent_formats.add(attributes["numFmtId"])
            case "cellXfs":
                self._in_cell_formats = True
            case "xf" if self._in_cell_formats:
                if attributes.get("numFmtId") in self._percent_formats:
                    self.percent_styles.add(str(self._styles))
                self._styles += 1

    def _end(self, name: str) -> None:
        if _local(name) == "cellXfs":
            self._in_cell_formats = False

    def sheet_part(self, place: int) -> str:
        """The path in the archive, in small letters, of the sheet at a place, from 0."""
        if place >= len(self.sheet_ids):
            raise ValueError("a sheet without a relationship")
        return self.target(self.sheet_ids[place])

    def marks(self, archive: ZipFile, part: str) -> Marks:
        """The sheet's percent cells, error cells and formulas without a result."""
        styles = "|".join(sorted(self.percent_styles)) or "none"
        telling = re.compile(
            rf"<(\w+:)?f[\s/>]|\st\s*=\s*[\"']e[\"']|\ss\s*=\s*[\"']({styles})[\"']".encode()
        )
        if "0" not in self.percent_styles and not _holds(archive, part, telling):
            return {}
        scan = _SheetScan(self)
        _parse(archive, part, scan.parser)
        return scan.marks


def _holds(archive: ZipFile, part: str, pattern: re.Pattern[bytes]) -> bool:
    """Whether a part holds a pattern; also true where its bytes are not plain enough to tell."""
    before = b""
    for chunk in _chunks(archive, archive.getinfo(part)):
        if not before and b"\x00" in chunk[:4]:
            return True  # UTF-16
        # The names and numbers looked for are shorter than what is kept from the chunk before.
        if pattern.search(before + chunk):
            return True
        before = chunk[-200:]
    return False


class _SheetScan:
    """Walks over the XML of a sheet and marks the cells that need more than their value."""

    def __init__(self, workbook: WorkbookXml) -> None:
        self.marks: Marks = {}
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self._workbook = workbook
        self._row, self._column = -1, -1
        self._attributes: dict[str, str] = {}
        self._has_formula = False
        self._result: str | None = None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = _local(name)
        if tag == "c":
            self._column += 1
            if found := _CELL.fullmatch(attributes.get("r", "")):
                self._row, self._column = int(found[2]) - 1, _column_number(found[1])
            self._attributes, self._has_formula, self._result = attributes, False, None
        elif tag == "f":
            self._has_formula = True
        elif tag == "v" and (self._has_formula or self._attributes.get("t") == "e"):
            self._result = ""
            self.parser.CharacterDataHandler = self._text
        elif tag == "row":
            self._row = int(attributes.get("r", self._row + 2)) - 1
            self._column = -1

    def _text(self, text: str) -> None:
        self._result = (self._result or "") + text

    def _end(self, name: str) -> None:
        tag = _local(name)
        if tag == "v":
            self.parser.CharacterDataHandler = None
        elif tag == "c" and (mark := self._mark()):
            if not (0 <= self._row < _GRID[0] and 0 <= self._column < _GRID[1]):
                raise ValueError("a cell outside the sheet")
            self.marks.setdefault(self._row, {})[self._column] = mark

    def _mark(self) -> str:
        kind = self._attributes.get("t", "n")
        if kind == "e":
            return UNREADABLE + (self._result or "fejl")
        if self._has_formula:
            guess = kind == "n" and self._result == "0" and self._workbook.to_be_computed
            # A formula may well have the empty text as its result, but not an empty number.
            if guess or self._result is None or (self._result == "" and kind != "str"):
                return UNREADABLE + "formel"
        return PERCENT if self._attributes.get("s", "0") in self._workbook.percent_styles else ""


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
