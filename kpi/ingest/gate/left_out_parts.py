"""What a workbook has beside its cells that is not kept of it, in Danish words.

What is reported is what a person knows of: the copy (kpi/ingest/gate/kept_copy.py) lacks more.
"""

import re
from io import BytesIO
from zipfile import ZipFile

from kpi.ingest.containers.archive_parts import chunks
from kpi.ingest.containers.compound_file import CompoundFile
from kpi.ingest.gate.kept_old_records import records_of

_FORMULAS, _RULES, _NAMES = "formler", "regler for celler", "navngivne områder"
_PIVOTS, _LINKS, _COMMENTS = "pivottabeller", "kæder til andre filer", "kommentarer"
_PICTURES, _MACROS, _FILES = "figurer og billeder", "makroer", "indlejrede filer"
_QUERIES = "forespørgsler"
# In the order in which they are reported.
_WORDS = (
    _FORMULAS, _PIVOTS, _LINKS, _RULES, _NAMES, _QUERIES, _COMMENTS, _PICTURES, _FILES, _MACROS,
)  # fmt: skip
_BY_PART = (
    ("pivot", _PIVOTS), ("externallinks/", _LINKS), ("comment", _COMMENTS),
    ("xl/charts/", _PICTURES), ("xl/drawings/drawing", _PICTURES), ("media/", _PICTURES),
    ("pictures/", _PICTURES), ("vbaproject", _MACROS), ("macrosheets/", _MACROS),
    ("basic/", _MACROS), ("embeddings/", _FILES), ("activex/", _FILES),
    ("xl/connections", _QUERIES), ("xl/queries/", _QUERIES), ("xl/querytables/", _QUERIES),
)  # fmt: skip
_BY_TEXT = {
    "xl/worksheets/": (
        (re.compile(rb"<(?:\w+:)?f[\s/>]"), _FORMULAS),
        (re.compile(rb"<(?:\w+:)?(?:dataValidation|conditionalFormatting)[\s>]"), _RULES),
    ),
    "xl/workbook": ((re.compile(rb"<(?:\w+:)?definedName\b[^>]*name=\"(?!_xlnm)"), _NAMES),),
    "content.xml": (
        (re.compile(rb"table:formula="), _FORMULAS),
        (re.compile(rb"<table:content-validation\b|<calcext:conditional-format\b"), _RULES),
        (re.compile(rb"<table:named-(?:range|expression)\b"), _NAMES),
        (re.compile(rb"<table:data-pilot-table\b"), _PIVOTS),
        (re.compile(rb"<office:annotation\b"), _COMMENTS),
        (re.compile(rb"<draw:(?:frame|custom-shape|g|rect)\b"), _PICTURES),
    ),
}
_BY_RECORD = (
    (0x06, _FORMULAS), (0xB0, _PIVOTS), (0x5A, _LINKS), (0x1BE, _RULES), (0x1B1, _RULES),
    (0x18, _NAMES), (0x1C, _COMMENTS), (0xEC, _PICTURES),
)  # fmt: skip
_NEAR = 200


def left_out_parts(content: bytes, kind: str) -> list[str]:
    """The kinds of things of a workbook that its kept copy lacks; `kind` as of `file_kind`."""
    if kind == "xls":
        stream = CompoundFile(content).stream("workbook", "book") or b""
        kinds = {record for _, record, _ in records_of(stream)}
        present = {word for kind_of_record, word in _BY_RECORD if kind_of_record in kinds}
    else:
        present = _in_archive(content)
    return [word for word in _WORDS if word in present]


def _in_archive(content: bytes) -> set[str]:
    present: set[str] = set()
    with ZipFile(BytesIO(content)) as archive:
        for entry in archive.infolist():
            name = entry.filename.replace("\\", "/").casefold()
            present |= {word for part, word in _BY_PART if part in name}
            patterns = next((few for start, few in _BY_TEXT.items() if name.startswith(start)), ())
            if not name.endswith(".xml"):
                continue
            before, missing = b"", [pair for pair in patterns if pair[1] not in present]
            for chunk in chunks(archive, entry) if missing else ():
                near = before + chunk
                present |= {word for pattern, word in missing if pattern.search(near)}
                missing = [pair for pair in missing if pair[1] not in present]
                if not missing:
                    break
                before = chunk[-_NEAR:]
    return present
