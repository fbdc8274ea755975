"""Every format that extracts come in is read: a small file of each gives a table of that format."""

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pyarrow as arrow
import xlsxwriter
from pyarrow import parquet

from kpi.ingest.loading import load
from kpi.ingest.table.formats import FORMATS, Format
from kpi.ingest.table.raw import Upload
from tests.empty_database import empty_database

SAMPLES = Path(__file__).parents[2] / "samples"
HEAD, ROW = ("nøgletal", "område", "periode", "værdi"), ("rate", "aarhus", "2022", "70,5")
_OF_LABOUR = "Område;Periode;Antal personer\nAarhus;jan 2024;1.234\nKilde: jobindsats.dk\n"


def _sample(name: str) -> bytes:
    return (SAMPLES / name).read_bytes()


def _xlsx() -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ROW)
    return out.getvalue()


def _parquet() -> bytes:
    out = BytesIO()
    parquet.write_table(
        arrow.table({name: [cell] for name, cell in zip(HEAD, ROW, strict=True)}), out
    )
    return out.getvalue()


FILES: Mapping[Format, bytes] = {
    "table_csv": f"{';'.join(HEAD)}\n{';'.join(ROW)}\n".encode(),
    "table_xlsx": _xlsx(),
    "table_parquet": _parquet(),
    "statbank_csv": _sample("dst_api_csv_FOLK1A_da_values_bom_crlf.csv"),
    "statbank_xlsx": _sample("dst_xlsx_BM010_da_quarters_dotdot_footnote.xlsx"),
    "jsonstat": _sample("dst_api_jsonstat_bef5_en.json"),
    "px": _sample("px_cp1252_greenland_BEXSTA_quoted_dash.px"),
    "jobindsats_json": b'[{"Area": "Aarhus", "Period": "2024M01", "Antal": 1234}]',
    "jobindsats_csv": _OF_LABOUR.encode(),
    "uvm_csv": _sample("uvm_api_raw_shape_EXCERPT.csv"),
}


def test_a_small_file_of_every_format_is_read_as_that() -> None:
    """Whatever else refuses a file or takes it for another: bytes, markup, a reader, the gate."""
    without = FORMATS.keys() - FILES.keys()
    assert not without, f"give FILES above a small file of each of these formats: {without}"
    read_as = {}
    for name, content in FILES.items():
        with empty_database() as connection:
            read_as[name] = load(connection, Upload("fil.bin", content)).format
    assert read_as == {name: name for name in FILES}
