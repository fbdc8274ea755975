"""The elements and attributes that are kept of each part of a workbook, and the forms of values.

They are those that are read (kpi/ingest/readers) and those without which other programs do not
open the part.
"""

import re

from kpi.ingest.gate.known_xml import Form, KnownForms

_YES = "0|1|true|false"
_COUNT = r"\d{1,5}"
_WORD = r"[A-Za-z-]{1,24}"
_BIRTHDAY = r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d"
# The name of a style or a format, without a birthday; half of a number would be one.
_LONGEST_NAME = 400
_NAME = rf"(?![^\"']*{_BIRTHDAY})[^\"<>]{{0,{_LONGEST_NAME}}}"
# Of random digits and letters, as programs have them, there may be some among others.
_ID = rf"(?!\D{{0,24}}{_BIRTHDAY}\D{{0,12}}(?:[\"']|\Z))[^\"<>]{{1,200}}"
_PLACE = r"[A-Za-z]{0,3}\d{1,7}"
_ANY = r"[^\"<>]*"
_SPACE = {"space": "preserve|default"}
_RICH = {
    "r": {},
    "rPr": {},
    "vertAlign": {"val": _WORD},
    "strike": {"val": "0|1|true|false|on|off"},
}

SHEET = KnownForms(
    {
        "worksheet": {}, "sheetData": {}, "cols": {}, "mergeCells": {},
        "dimension": {"ref": f"{_PLACE}(?::{_PLACE})?"},
        "col": {"min": _COUNT, "max": _COUNT, "hidden": _YES, "width": r"0(?:\.0*)?"},
        "row": {"r": r"\d{1,7}", "hidden": _YES, "ht": r"0(?:\.0*)?"},
        "c": {"r": _PLACE, "s": _COUNT, "t": _WORD},
        "v": _SPACE, "t": _SPACE, "f": {}, "is": {}, **_RICH,
        "mergeCell": {"ref": f"{_PLACE}(?::{_PLACE})?"},
    },
    texts=frozenset({"v", "t", "f"}),
)  # fmt: skip
SHARED_TEXTS = KnownForms(
    {"sst": {}, "si": {}, "t": _SPACE, **_RICH}, texts=frozenset({"t"})
)  # fmt: skip
WORKBOOK = KnownForms(
    {
        "workbook": {}, "workbookPr": {"date1904": _YES}, "bookViews": {}, "workbookView": {},
        "sheets": {}, "calcPr": {"fullCalcOnLoad": _YES},
        "sheet": {"name": _ANY, "sheetId": _COUNT, "state": _WORD, "id": _ID},
    }
)  # fmt: skip
_XF = {
    "numFmtId": _COUNT, "fontId": _COUNT, "fillId": _COUNT, "borderId": _COUNT, "xfId": _COUNT,
    "applyNumberFormat": _YES, "applyFont": _YES,
}  # fmt: skip
STYLES = KnownForms(
    {
        "styleSheet": {}, "numFmts": {}, "numFmt": {"numFmtId": _COUNT, "formatCode": _NAME},
        "fonts": {}, "font": {}, "vertAlign": _RICH["vertAlign"], "strike": _RICH["strike"],
        "fills": {}, "fill": {}, "patternFill": {"patternType": _WORD + r"\d{0,3}"}, "borders": {},
        "border": {}, "cellStyleXfs": {}, "cellXfs": {}, "xf": _XF,
    },
    needed=frozenset({"numFmt"}),
)  # fmt: skip
LISTS = KnownForms(
    {
        "Types": {}, "Default": {"Extension": "(?i:xml|rels|bin)", "ContentType": _ID},
        "Override": {"PartName": _ID, "ContentType": _ID}, "Relationships": {},
        "Relationship": {"Id": _ID, "Type": _ID, "Target": _ID},
        "manifest": {"version": r"1\.\d"},
        "file-entry": {"full-path": _ID, "media-type": _ID},
    },
    needed=frozenset({"Default"}),
)  # fmt: skip
_STYLED = {"style-name": _NAME}
_DATE_PART = {"style": "long|short", "textual": _YES}
_NUMBER = {
    "decimal-places": r"\d{1,2}", "min-decimal-places": r"\d{1,2}", "grouping": _YES,
    "min-integer-digits": r"\d{1,2}", "display-factor": r"10*(?:\.0*)?",
}  # fmt: skip
_FORMAT = {"name": _NAME, "volatile": _YES}
_REPEATED = r"\d{1,7}"
_GROUP = {"display": _YES}
_CELL: Form = {
    "value-type": _WORD, "value": r"[-+\w.]{0,400}",
    "date-value": r"-?\d{4}-\d\d-\d\d(?:T[\d:.Z+-]{0,24})?", "time-value": r"-?P[\dA-Z.,-]{1,24}",
    "boolean-value": _YES, "currency": _WORD, "formula": r"of:=NA\(\)", **_STYLED,
    "number-columns-repeated": _REPEATED, "number-columns-spanned": _REPEATED,
    "number-rows-spanned": _REPEATED,
}  # fmt: skip
_STRIPE = {"visibility": _WORD, "default-cell-style-name": _NAME, **_STYLED}
_FORMATS = ("number", "percentage", "currency", "date", "time", "text", "boolean")
_DATE_PARTS = (
    "year", "month", "day", "hours", "minutes", "seconds", "am-pm", "day-of-week", "week-of-year",
    "quarter", "era", "text-content", "boolean",
)  # fmt: skip
DOCUMENT = KnownForms(
    {
        "document-content": {"version": r"1\.\d"}, "document-styles": {"version": r"1\.\d"},
        "automatic-styles": {}, "styles": {}, "body": {}, "spreadsheet": {},
        "style": {
            "name": _NAME, "family": _WORD, "parent-style-name": _NAME, "data-style-name": _NAME,
        },
        "default-style": {"family": _WORD},
        "text-properties": {
            "text-position": r"[\w%. -]{1,16}", "text-line-through-style": _WORD,
            "text-line-through-type": _WORD,
        },
        "table-properties": _GROUP,
        **{f"{kind}-style": _FORMAT for kind in _FORMATS},
        **dict.fromkeys(_DATE_PARTS, _DATE_PART),
        **dict.fromkeys(("scientific-number", "fraction"), _NUMBER),
        "number": _NUMBER, "currency-symbol": {}, "text": {},
        "map": {"condition": r"value\(\)[^\"<]{0,24}", "apply-style-name": _NAME},
        "table": {"name": _ANY, **_STYLED},
        "table-columns": {}, "table-header-columns": {}, "table-rows": {}, "table-header-rows": {},
        **dict.fromkeys(("table-column-group", "table-row-group"), _GROUP),
        "table-column": {"number-columns-repeated": _REPEATED, **_STRIPE},
        "table-row": {"number-rows-repeated": _REPEATED, **_STRIPE},
        "table-cell": _CELL, "covered-table-cell": _CELL,
        "p": {}, "span": _STYLED, "s": {"c": r"\d{1,4}"}, "tab": {}, "line-break": {},
    },
    texts=frozenset({"p", "text", "currency-symbol"}),
)  # fmt: skip


def is_plain_name(text: str) -> bool:
    """Whether the code of a format may be kept where it is no XML: there is no birthday in it."""
    return len(text) <= _LONGEST_NAME and re.search(_BIRTHDAY, text) is None
