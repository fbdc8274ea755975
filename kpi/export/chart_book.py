"""The workbook inside a chart: its numbers to edit, and what the chart draws, computed from them.

The library's own workbook has neither names a person understands nor formulas, and is slow to make.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from kpi.domain.format import safe_text
from kpi.export import office_files

NUMBERS, DRAWN = "Tal", "Diagram"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# The first style is a plain cell's, the second a heading's.
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/>'
    '</font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill>'
    '<patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border>'
    "</borders>"
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)
_SOLID = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_FONT = '<a:latin typeface="Calibri"/><a:ea typeface=""/><a:cs typeface=""/>'
_NO_EFFECT = "<a:effectStyle><a:effectLst/></a:effectStyle>"
_COLOURS = {
    "dk1": "1B2530", "lt1": "FFFFFF", "dk2": "4A5663", "lt2": "F3F5F7", "accent1": "00529B",
    "accent2": "AEB7C0", "accent3": "00766C", "accent4": "C2500A", "accent5": "9A7400",
    "accent6": "5B6775", "hlink": "00529B", "folHlink": "5B6775",
}  # fmt: skip
_THEME = (
    '<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Spor">'
    '<a:themeElements><a:clrScheme name="Spor">'
    + "".join(f'<a:{n}><a:srgbClr val="{shade}"/></a:{n}>' for n, shade in _COLOURS.items())
    + f'</a:clrScheme><a:fontScheme name="Spor"><a:majorFont>{_FONT}</a:majorFont><a:minorFont>'
    f'{_FONT}</a:minorFont></a:fontScheme><a:fmtScheme name="Spor"><a:fillStyleLst>{3 * _SOLID}'
    f"</a:fillStyleLst><a:lnStyleLst>{3 * f'<a:ln>{_SOLID}</a:ln>'}</a:lnStyleLst>"
    f"<a:effectStyleLst>{3 * _NO_EFFECT}</a:effectStyleLst><a:bgFillStyleLst>{3 * _SOLID}"
    "</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
)
_MOST_WIDE = 44

Value = str | float | None


@dataclass(frozen=True)
class Cell:
    """What a cell shows, and the formula that gives it; where it stands, for other formulas.

    `at` is `Tal!$B$2`. The formula is empty where a person types.
    """

    at: str
    value: Value
    formula: str = ""
    is_heading: bool = False


@dataclass
class Sheet:
    """Cells by row and column, both counted from 0."""

    name: str
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)

    def put(
        self, row: int, column: int, value: Value, formula: str = "", is_heading: bool = False
    ) -> Cell:
        """Writes a cell; a text that a spreadsheet would run gets an apostrophe."""
        shown = safe_text(value) if isinstance(value, str) and not formula else value
        cell = Cell(self.at(row, column), shown, formula, is_heading)
        self.cells[row, column] = cell
        return cell

    def at(self, row: int, column: int, last_row: int | None = None) -> str:
        """`Tal!$B$2`, or the cells down to a last row: `Tal!$B$2:$B$9`."""
        letters = _letters(column)
        end = "" if last_row is None or last_row == row else f":${letters}${last_row + 1}"
        return f"{self.name}!${letters}${row + 1}{end}"

    @property
    def next_column(self) -> int:
        """The first column without cells."""
        return max((column for _, column in self.cells), default=-1) + 1

    def xml(self, is_first: bool, texts: dict[str, int]) -> str:
        """The sheet as a part of its workbook; texts that nothing computes are put into `texts`."""
        rows: dict[int, list[str]] = {}
        widths: dict[int, int] = {}
        for (row, column), cell in sorted(self.cells.items()):
            rows.setdefault(row, []).append(_cell_xml(f"{_letters(column)}{row + 1}", cell, texts))
            if isinstance(cell.value, str):
                widths[column] = max(widths.get(column, 0), len(cell.value))
        columns = "".join(
            f'<col min="{column + 1}" max="{column + 1}" width="{min(wide, _MOST_WIDE) + 3}" '
            'customWidth="1"/>'
            for column, wide in sorted(widths.items())
        )
        lines = "".join(f'<row r="{row + 1}">{"".join(cells)}</row>' for row, cells in rows.items())
        return (
            f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"'
            f"{' tabSelected=' + chr(34) + '1' + chr(34) if is_first else ''}/></sheetViews>"
            f"<cols>{columns}</cols><sheetData>{lines}</sheetData></worksheet>"
        )


class ChartBook:
    """The two sheets of a chart: `numbers` are edited, `drawn` follows from them."""

    def __init__(self) -> None:
        self.numbers, self.drawn = Sheet(NUMBERS), Sheet(DRAWN)

    def content(self, day: date) -> bytes:
        """The workbook as XLSX, dated `day`. The same cells give the same bytes."""
        sheets = [sheet for sheet in (self.numbers, self.drawn) if sheet.cells]
        return office_files.packed(_parts(sheets, day))


def _parts(sheets: list[Sheet], day: date) -> Mapping[str, bytes]:
    numbered = list(enumerate(sheets, start=1))
    overrides = "".join(
        f'<Override PartName="/xl/{part}.xml" ContentType="{_TYPES}.{kind}+xml"/>'
        for part, kind in (
            ("workbook", "sheet.main"),
            *((f"worksheets/sheet{number}", "worksheet") for number, _ in numbered),
            ("styles", "styles"),
            ("sharedStrings", "sharedStrings"),
        )
    )
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    listed = "".join(
        f'<sheet name={quoteattr(sheet.name)} sheetId="{number}" r:id="rId{number}"/>'
        for number, sheet in numbered
    )
    targets = [f"worksheets/sheet{number}.xml" for number, _ in numbered]
    relations = [(_RELATIONS + "/worksheet", target) for target in targets]
    names = (("styles", "styles"), ("sharedStrings", "sharedStrings"), ("theme", "theme/theme1"))
    relations += [(f"{_RELATIONS}/{kind}", f"{name}.xml") for kind, name in names]
    texts: dict[str, int] = {}
    sheet_parts = {
        f"xl/worksheets/sheet{number}.xml": sheet.xml(number == 1, texts)
        for number, sheet in numbered
    }
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}'
        f'<Override PartName="/docProps/core.xml" ContentType="{core}"/>'
        '<Override PartName="/xl/theme/theme1.xml" ContentType="application/'
        'vnd.openxmlformats-officedocument.theme+xml"/></Types>',
        "_rels/.rels": _relations_xml(
            [
                (_RELATIONS + "/officeDocument", "xl/workbook.xml"),
                (_PACKAGE + "/relationships/metadata/core-properties", "docProps/core.xml"),
            ]
        ),
        "docProps/core.xml": _core_xml(day),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><bookViews>'
        f'<workbookView activeTab="0"/></bookViews><sheets>{listed}</sheets>'
        '<calcPr calcId="0" fullCalcOnLoad="1"/></workbook>',
        "xl/_rels/workbook.xml.rels": _relations_xml(relations),
        "xl/styles.xml": _STYLES,
    }  # fmt: skip
    shared = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in texts)
    parts |= sheet_parts
    parts["xl/sharedStrings.xml"] = (
        f'<sst xmlns="{_MAIN}" count="{len(texts)}" uniqueCount="{len(texts)}">{shared}</sst>'
    )
    parts["xl/theme/theme1.xml"] = _THEME
    return {name: (_HEAD + xml).encode() for name, xml in parts.items()}


def _relations_xml(relations: list[tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(relations, start=1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def _core_xml(day: date) -> str:
    stamp = f'xsi:type="dcterms:W3CDTF">{day.isoformat()}T00:00:00Z'
    return (
        f'<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:creator>Spor</dc:creator>'
        f"<dcterms:created {stamp}</dcterms:created><dcterms:modified {stamp}</dcterms:modified>"
        "</cp:coreProperties>"
    )


def _cell_xml(place: str, cell: Cell, texts: dict[str, int]) -> str:
    style = ' s="1"' if cell.is_heading else ""
    formula = f"<f>{escape(cell.formula)}</f>" if cell.formula else ""
    if isinstance(cell.value, str):
        if formula:
            return f'<c r="{place}"{style} t="str">{formula}<v>{escape(cell.value)}</v></c>'
        shared = texts.setdefault(cell.value, len(texts))
        return f'<c r="{place}"{style} t="s"><v>{shared}</v></c>'
    number = "" if cell.value is None else f"<v>{float(cell.value)!r}</v>"
    return f'<c r="{place}"{style}>{formula}{number}</c>'


def _letters(column: int) -> str:
    """A column's letters, counted from 0: A, B, ... Z, AA."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
