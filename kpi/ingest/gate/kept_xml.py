"""What is kept of the XML of a workbook: cells with their values, and what says how to read them.

Formulas are not read: where a cell has a result it is kept alone, and where it has none the formula
is one that says so. Names, rules, filters, texts of pages, boxes and lists are left out.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from kpi.ingest.containers.archive_parts import local
from kpi.ingest.gate.cut_xml import without_elements
from kpi.ingest.gate.known_forms import DOCUMENT
from kpi.ingest.gate.known_xml import only_known

_OF_WORKBOOK = frozenset(("workbookPr", "bookViews", "sheets", "calcPr"))
_OF_STYLES = frozenset(
    ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "colors")
)
_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_EMPTY_SHEETS = {
    "chartsheets/": b'<chartsheet xmlns="%s"><sheetViews><sheetView workbookViewId="0"/>'
    b"</sheetViews></chartsheet>" % _MAIN,
    "dialogsheets/": b'<dialogsheet xmlns="%s"/>' % _MAIN,
    "macrosheets/": b'<m:macrosheet xmlns:m="http://schemas.microsoft.com/office/excel/2006/main"'
    b' xmlns="%s"><sheetData/></m:macrosheet>' % _MAIN,
}
_BEFORE_CELLS = re.compile(
    rb"<(?P<tag>(?:\w+:)?(?:sheetPr|sheetViews))\b(?:[^<>]*/>|.*?</(?P=tag)\s*>)", re.DOTALL
)
_CELLS_START = re.compile(rb"<(?:\w+:)?sheetData\b")
_CELLS_END = re.compile(rb"</(?:\w+:)?sheetData\s*>|<(?:\w+:)?sheetData\s*/>")
_MERGED = re.compile(rb"<(?P<tag>(?:\w+:)?mergeCells)\b.*?</(?P=tag)\s*>", re.DOTALL)
_SHEET_END = re.compile(rb"</(?:\w+:)?worksheet\s*>")
_NEAR_END = 16 * 1024
_MOST_BEFORE_CELLS = 4 * 1024**2
_FORMULA = re.compile(
    rb"<((?:\w+:)?)f(?=[\s/>])(?:[^<>]*/>|[^<>]*>(?:[^<]|<!\[CDATA\[.*?\]\]>)*</\1f\s*>)"
    rb"(\s*<\1v\b[^<>]*>([^<]+)</\1v\s*>)?",
    re.DOTALL,
)
# What a cell says of a part that is not kept.
_OF_METADATA = re.compile(rb"""(<(?:\w+:)?c\s[^<>]*?)\s[cv]m=["']\d+["'](?=[^<>]*>)""")
_CELL_END = re.compile(rb"</(?:\w+:)?(?:c|row)\s*>")
# Programs that compute nothing write it for each formula.
_NOT_COMPUTED = b"0"
# No result: as the cell was read.
_NOT_AVAILABLE = rb"<%sf>NA()</%sf>"
_FORMULA_OF_ODS = re.compile(
    rb"""<(?:\w+:)?(?:covered-)?table-cell\b(?:[^<>"']|"[^"]*"|'[^']*')*>""", re.DOTALL
)
_FORMULA_ATTRIBUTES = re.compile(
    rb"""\s(?:\w+:)?(formula|validation-name|content-validation-name)\s*=\s*("[^"]*"|'[^']*')"""
)
# The figure of a cell that is none: nobody reads it.
_UNREAD_VALUE = re.compile(
    rb"""(<(?:\w+:)?(?:covered-)?table-cell\b"""
    rb"""(?![^<>]*value-type=["'](?:float|percentage|currency)["'])[^<>]*?)"""
    rb"""\s(?:\w+:)?value=(?:"[^"]*"|'[^']*')"""
)
_VALUE_KIND = re.compile(rb"\s(?:\w+:)?value-type\s*=")
_ASIDE_IN_ODS = frozenset(
    (
        "annotation", "annotation-end", "forms", "shapes", "tracked-changes",
        "content-validations", "note", "ruby-text", "named-expressions", "database-ranges",
        "data-pilot-tables", "consolidation", "label-ranges", "scenario", "table-source",
        "cell-range-source", "scripts", "conditional-formats", "sparkline-groups", "detective",
        "master-styles", "binary-data",
    )
)  # fmt: skip


def kept_workbook(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The names of the sheets, and how their numbers are counted."""
    return without_elements(pieces, _children_but(_OF_WORKBOOK))


def kept_styles(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The styles of cells; none of rules and named styles."""
    return without_elements(pieces, _children_but(_OF_STYLES))


def empty_sheet(name: str) -> bytes | None:
    """The place of a sheet of a chart, a dialog or macros, of which nothing is read; else None."""
    return next((empty for folder, empty in _EMPTY_SHEETS.items() if folder in name), None)


def kept_document(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The sheets and styles of an ODS, without what stands beside the cells."""
    cut = without_elements(
        pieces, lambda depth, name: name.startswith("draw:") or local(name) in _ASIDE_IN_ODS
    )
    cells = _replaced(cut, _FORMULA_OF_ODS, _cell_of_ods, (b"formula", b"validation-name"))
    for piece in only_known(cells, DOCUMENT):
        yield _UNREAD_VALUE.sub(rb"\1", piece)


def kept_sheet(pieces: Iterable[bytes], is_computed_when_opened: bool) -> Iterator[bytes]:
    """A sheet's cells with their results, its columns, and what is merged; nothing else."""

    def result(match: re.Match[bytes]) -> bytes:
        """A formula's result without the formula; without a result, one that says so."""
        prefix, value, text = match.groups()
        if value is None or (is_computed_when_opened and text == _NOT_COMPUTED):
            return _NOT_AVAILABLE % (prefix, prefix) + (value or b"")
        return bytes(value)

    cells = _cells(_without_views(pieces))
    for piece in _replaced(cells, _FORMULA, result, (b"<f", b":f"), _CELL_END):
        yield _OF_METADATA.sub(rb"\1", piece) if b"m=" in piece else piece


def _children_but(names: frozenset[str]) -> Callable[[int, str], bool]:
    return lambda depth, name: depth == 2 and local(name) not in names


def _without_views(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """A sheet without what stands before its columns and cells."""
    before, left = b"", iter(pieces)
    for piece in left:
        before += piece
        if _CELLS_START.search(before) or len(before) > _MOST_BEFORE_CELLS:
            break
    start = _CELLS_START.search(before)
    end = start.start() if start else len(before)
    yield _BEFORE_CELLS.sub(b"", before[:end]) + before[end:]
    yield from left


def _cells(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """A sheet's cells and what is merged of them; nothing of what follows."""
    before = b""
    for piece in pieces:
        near = before + piece
        end = _CELLS_END.search(near)
        if end is None:
            yield near[:-100]
            before = near[-100:]
            continue
        rest = near[end.end() :] + b"".join(pieces)
        last = _SHEET_END.search(rest)
        yield near[: end.end()]
        if last is None:  # of a form that is not known: it was searched, and stays
            yield rest
        else:
            yield b"".join(match[0] for match in _MERGED.finditer(rest)) + last[0]
        return
    yield before


def _replaced(
    pieces: Iterator[bytes],
    pattern: re.Pattern[bytes],
    replacement: Callable[[re.Match[bytes]], bytes],
    words: tuple[bytes, ...],
    whole_end: re.Pattern[bytes] | None = None,
) -> Iterator[bytes]:
    """The pieces with all matches replaced; none is cut by the end of a piece.

    A match holds one of the words, and goes no further than the end of a whole (`whole_end`), or
    than the start of a tag.
    """
    before = b""
    for piece in pieces:
        near = before + piece
        end = max(near.rfind(b"<"), 0) if whole_end is None else _last_end(whole_end, near)
        done, before = near[:end], near[end:]
        is_likely = any(word in done for word in words)
        yield pattern.sub(replacement, done) if is_likely else done
    yield pattern.sub(replacement, before)


def _last_end(whole_end: re.Pattern[bytes], content: bytes) -> int:
    """Where the last whole ends, mostly near the end; 0 where none does."""
    for start in (max(0, len(content) - _NEAR_END), 0):
        ends = [match.end() for match in whole_end.finditer(content, start)]
        if ends:
            return ends[-1]
    return 0


def _cell_of_ods(match: re.Match[bytes]) -> bytes:
    """The start of a cell without its formula and rule; without a result, with one that says so."""
    has_value = _VALUE_KIND.search(match[0]) is not None

    def instead(attribute: re.Match[bytes]) -> bytes:
        """An attribute that is not kept: nothing, or a formula that has no result."""
        if attribute[1] != b"formula" or has_value:
            return b""
        return attribute[0].replace(attribute[2], b'"of:=NA()"')

    return _FORMULA_ATTRIBUTES.sub(instead, match[0])
