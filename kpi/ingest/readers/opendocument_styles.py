"""Styles of an OpenDocument spreadsheet, their number formats as the codes that Excel writes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kpi.ingest.readers.cell_styles import CellStyle

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
STYLE = f"{_ODF}style:1.0 "
NUMBER = f"{_ODF}datastyle:1.0 "
TABLE = f"{_ODF}table:1.0 "
TEXT = f"{_ODF}text:1.0 "
OFFICE = f"{_ODF}office:1.0 "
# What a number is shown as that a program keeps for a truth value.
_TRUE_OR_FALSE = '"SAND";"SAND";"FALSK"'
_FORMAT_KINDS = ("number", "percentage", "currency", "date", "time", "text", "boolean")
_FORMATS = {f"{NUMBER}{kind}-style" for kind in _FORMAT_KINDS}
_CONDITION = re.compile(r"value\(\)\s*(<=|>=|!=|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_DATE_PARTS = {"hours": "h", "minutes": "mm", "seconds": "s", "am-pm": "AM/PM", "day": "d",
               "day-of-week": "dddd", "week-of-year": "d", "quarter": "d"}  # fmt: skip
_MOST_PARENTS = 20


@dataclass
class Style:
    """A style of a cell, row, column, sheet or piece of text; None where its parent's counts."""

    parent: str = ""
    format: str = ""
    is_raised: bool | None = None
    is_struck: bool | None = None
    is_hidden: bool = False


@dataclass
class Styles:
    """Gathers the styles from the elements of styles.xml and content.xml."""

    named: dict[tuple[str, str], Style] = field(default_factory=dict)  # by family and name
    _codes: dict[str, str] = field(default_factory=dict)
    _maps: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    _format: str | None = None
    _style: Style | None = None
    _in_text: bool = False
    _cells: dict[str, CellStyle | None] = field(default_factory=dict)

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        if name in _FORMATS:
            self._format = attributes.get(f"{STYLE}name", "")
            self._codes[self._format] = ""
        elif self._format is not None:
            self._format_part(self._format, name, attributes)
        elif name == f"{STYLE}style":
            self._style = Style(
                attributes.get(f"{STYLE}parent-style-name", ""),
                attributes.get(f"{STYLE}data-style-name", ""),
            )
            family = attributes.get(f"{STYLE}family", "")
            self.named[family, attributes.get(f"{STYLE}name", "")] = self._style
        elif self._style is not None:
            self._property(self._style, name, attributes)

    def _property(self, style: Style, name: str, attributes: Mapping[str, str]) -> None:
        if name == f"{STYLE}text-properties":
            if position := attributes.get(f"{STYLE}text-position"):
                style.is_raised = not re.match(r"0%|normal", position)
            lines = ("text-line-through-style", "text-line-through-type")
            kinds = [attributes[STYLE + line] for line in lines if STYLE + line in attributes]
            if kinds:
                style.is_struck = "none" not in kinds
        elif name == f"{STYLE}table-properties":
            style.is_hidden = attributes.get(f"{TABLE}display") == "false"

    def _format_part(self, code: str, name: str, attributes: Mapping[str, str]) -> None:
        if name == f"{STYLE}map":
            applied = (attributes.get(f"{STYLE}condition", ""),
                       attributes.get(f"{STYLE}apply-style-name", ""))  # fmt: skip
            self._maps.setdefault(code, []).append(applied)
            return
        uri, _, part = name.rpartition(" ")
        if uri + " " != NUMBER:
            return
        if part in ("text", "currency-symbol"):
            self._in_text = True
            self._codes[code] += '"'
        elif part in ("number", "scientific-number", "fraction"):
            self._codes[code] += _digits(attributes)
        elif part == "text-content":
            self._codes[code] += "@"
        elif part == "boolean":
            self._codes[code] += _TRUE_OR_FALSE
        else:
            self._codes[code] += _date_part(part, attributes)

    def text(self, text: str) -> None:
        """Characters."""
        if self._in_text and self._format is not None:
            self._codes[self._format] += text.replace('"', "")

    def end(self, name: str) -> None:
        """An element ends."""
        if self._in_text and name in (f"{NUMBER}text", f"{NUMBER}currency-symbol"):
            self._in_text = False
            self._codes[self._format or ""] += '"'
        elif name in _FORMATS:
            self._format = None
        elif name == f"{STYLE}style":
            self._style = None

    def telling(self, name: str) -> CellStyle | None:
        """What a style of cells says, its parents included, where it may change their meaning."""
        if name not in self._cells:
            style = self._cell(name)
            self._cells[name] = style if style.is_telling else None
        return self._cells[name]

    def _cell(self, name: str) -> CellStyle:
        is_raised, is_struck, number_format = None, None, ""
        for _ in range(_MOST_PARENTS):
            style = self.named.get(("table-cell", name))
            if style is None:
                break
            is_raised = style.is_raised if is_raised is None else is_raised
            is_struck = style.is_struck if is_struck is None else is_struck
            number_format = number_format or style.format
            name = style.parent
        return CellStyle(self._code(number_format), bool(is_raised), bool(is_struck))

    def _code(self, name: str) -> str:
        """The format as Excel would write it: `[<5]"<5";0` of a style with a map."""
        parts = []
        for condition, applied in self._maps.get(name, ()):
            if limit := _CONDITION.fullmatch(condition.strip()):
                sign = "<>" if limit[1] == "!=" else limit[1]
                parts.append(f"[{sign}{limit[2]}]{self._codes.get(applied, '')}")
        return ";".join([*parts, self._codes.get(name, "")])


def _digits(attributes: Mapping[str, str]) -> str:
    try:
        factor = float(attributes.get(f"{NUMBER}display-factor", "1"))
        decimals = int(attributes.get(f"{NUMBER}decimal-places", "0"))
    except ValueError:
        factor, decimals = 1.0, 0
    thousands = 0
    while factor >= 1000:
        factor, thousands = factor / 1000, thousands + 1
    grouped = attributes.get(f"{NUMBER}grouping") == "true"
    whole = "#,##0" if grouped else "0"
    return whole + ("." + "0" * min(decimals, 30) if decimals > 0 else "") + "," * thousands


def _date_part(part: str, attributes: Mapping[str, str]) -> str:
    is_long = attributes.get(f"{NUMBER}style") == "long"
    if part == "year":
        return "yyyy" if is_long else "yy"
    if part == "month":
        if attributes.get(f"{NUMBER}textual") == "true":
            return "mmmm" if is_long else "mmm"
        return "mm" if is_long else "m"
    return _DATE_PARTS.get(part, "")
