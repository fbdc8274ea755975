"""The formats that extracts come in: what reads them, what they are called, whose they are."""

from collections.abc import Mapping
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
