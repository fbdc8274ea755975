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
    is its Danish name, `publisher` whose figures it has, empty for a table of our own.
    """

    reader: Reader
    label: str
    publisher: str = ""


_STATISTICS = "Danmarks Statistik"
_LABOUR = "Styrelsen for Arbejdsmarked og Rekruttering"
_EDUCATION = "Børne- og Undervisningsministeriet"
FORMATS: Mapping[Format, FileFormat] = {
    "table_csv": FileFormat("delimited", "CSV"),
    "table_xlsx": FileFormat("workbook", "Excel"),
    "table_parquet": FileFormat("parquet", "Parquet"),
    "statbank_csv": FileFormat("delimited", "CSV fra Statistikbanken", _STATISTICS),
    "statbank_xlsx": FileFormat("workbook", "Excel fra Statistikbanken", _STATISTICS),
    "jsonstat": FileFormat("json", "JSON-stat fra Statistikbanken", _STATISTICS),
    "px": FileFormat("px", "PX", _STATISTICS),
    "jobindsats_json": FileFormat("json", "JSON fra jobindsats", _LABOUR),
    "jobindsats_csv": FileFormat("delimited", "tabel fra jobindsats", _LABOUR),
    "uvm_csv": FileFormat("delimited", "CSV fra uddannelsesstatistik", _EDUCATION),
}
# How a table of our own may be written.
OWN_FORMATS = tuple(name for name, known in FORMATS.items() if not known.publisher)
# What shows that a file is of the service: anybody's table may have its shape or its columns.
_OF_LABOUR = re.compile(r"jobindsats|\by\d\d[a-z]\d\d\b", re.IGNORECASE)
_OF_STATISTICS = re.compile(
    r"danmarks statistik|statistics denmark|statistikbanken|\bdst\b", re.IGNORECASE
)
_OF_EDUCATION = re.compile(
    r"uddannelsesstatistik|undervisningsministeriet|\buvm\b|\]\.\[", re.IGNORECASE
)
_SHOWS: Mapping[Format, re.Pattern[str]] = {
    "jobindsats_csv": _OF_LABOUR, "jobindsats_json": _OF_LABOUR,
    "jsonstat": _OF_STATISTICS, "px": _OF_STATISTICS, "uvm_csv": _OF_EDUCATION,
}  # fmt: skip


def known_format(name: Format, texts: Iterable[str], is_text: bool) -> FileFormat:
    """What is said of a file: where nothing in it shows the service, how it is written.

    `texts` are the file's name, its columns, and what it says beside its figures.
    """
    shows = _SHOWS.get(name)
    if shows is None or any(shows.search(text.replace("_", " ")) for text in texts):
        return FORMATS[name]
    plain: dict[Format, str] = {
        "jobindsats_json": "JSON", "jsonstat": "JSON-stat", "px": "PX",
    }  # fmt: skip
    label = plain.get(name) or FORMATS["table_csv" if is_text else "table_xlsx"].label
    return FileFormat(FORMATS[name].reader, label)
