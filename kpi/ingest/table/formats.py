"""The formats that extracts come in: what reads them, what they are called, whose they are."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Format = Literal[
    "table_csv",
    "table_xlsx",
    "table_parquet",
    "statbank_csv",
    "statbank_xlsx",
    "jsonstat",
    "px",
    "jobindsats_json",
    "jobindsats_csv",
    "uvm_csv",
]
# What a file is read by, as its contents say; the reader distinguishes the formats.
Reader = Literal["delimited", "workbook", "parquet", "json", "px"]


@dataclass(frozen=True)
class FileFormat:
    """What is said of every file of a format; docs/extracts.md describes them.

    `reader` is what usually reads it: a table copied from a service may also be a workbook. `label`
    is its Danish name, `publisher` whose figures it has, empty for a table of our own. Where
    anybody's table may have its shape or columns, `shown_by` is what shows that it is of the
    service, and `plain` its name where nothing does; empty where it is called as one of our own.
    """

    reader: Reader
    label: str
    publisher: str = ""
    shown_by: re.Pattern[str] | None = None
    plain: str = ""


# What shows that a file is of a service.
_OF_LABOUR = re.compile(r"jobindsats|\by\d\d[a-z]\d\d\b", re.IGNORECASE)
_OF_STATISTICS = re.compile(
    r"danmarks statistik|statistics denmark|statistikbanken|\bdst\b", re.IGNORECASE
)
_OF_EDUCATION = re.compile(
    r"uddannelsesstatistik|undervisningsministeriet|\buvm\b|\]\.\[", re.IGNORECASE
)
_STATISTICS = "Danmarks Statistik"
_LABOUR = "Styrelsen for Arbejdsmarked og Rekruttering"
_EDUCATION = "Børne- og Undervisningsministeriet"
FORMATS: Mapping[Format, FileFormat] = {
    "table_csv": FileFormat("delimited", "CSV"),
    "table_xlsx": FileFormat("workbook", "Excel"),
    "table_parquet": FileFormat("parquet", "Parquet"),
    "statbank_csv": FileFormat("delimited", "CSV fra Statistikbanken", _STATISTICS),
    "statbank_xlsx": FileFormat("workbook", "Excel fra Statistikbanken", _STATISTICS),
    "jsonstat": FileFormat(
        "json", "JSON-stat fra Statistikbanken", _STATISTICS, _OF_STATISTICS, "JSON-stat"
    ),
    "px": FileFormat("px", "PX", _STATISTICS, _OF_STATISTICS, "PX"),
    "jobindsats_json": FileFormat("json", "JSON fra jobindsats", _LABOUR, _OF_LABOUR, "JSON"),
    "jobindsats_csv": FileFormat("delimited", "tabel fra jobindsats", _LABOUR, _OF_LABOUR),
    "uvm_csv": FileFormat("delimited", "CSV fra uddannelsesstatistik", _EDUCATION, _OF_EDUCATION),
}
# How a table of our own may be written.
OWN_FORMATS = tuple(name for name, known in FORMATS.items() if not known.publisher)


def known_format(name: Format, texts: Iterable[str], is_text: bool) -> FileFormat:
    """What is said of a file: where nothing in it shows the service, how it is written.

    `texts` are the file's name, its columns, and what it says beside its figures.
    """
    known = FORMATS[name]
    plain = [text.replace("_", " ") for text in texts]
    if known.shown_by is None or any(map(known.shown_by.search, plain)):
        return known
    if name == "jobindsats_json" and any(map(_OF_EDUCATION.search, plain)):
        return FileFormat(known.reader, "JSON fra uddannelsesstatistik", _EDUCATION)
    label = known.plain or FORMATS["table_csv" if is_text else "table_xlsx"].label
    return FileFormat(known.reader, label)
