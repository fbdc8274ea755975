"""How fast the same table is checked in each format: `python bench/formats.py [--cells N]`.

bench/README.md explains what each line measures. Every measure runs in a process of its own.
"""

import argparse
import csv
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pyarrow as arrow
import xlsxwriter
from pyarrow import parquet

from bench.ingest import checked, in_new_process, spread, write_extract
from kpi.store import init

_ROOT = Path(__file__).resolve().parents[1]
_COLUMNS = 8
_TARGET = 2.0
_NUMBERS = ("værdi", "tæller", "nævner")
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_ODS_HEAD = (
    f'<office:document-content xmlns:office="{_ODF}office:1.0" xmlns:table="{_ODF}table:1.0" '
    f'xmlns:text="{_ODF}text:1.0"><office:body><office:spreadsheet><table:table table:name="A">'
)
_ODS_END = "</table:table></office:spreadsheet></office:body></office:document-content>"

Cells = list[str | float | None]
Rows = tuple[list[str], list[Cells]]


def read_rows(extract: Path) -> Rows:
    """The head of the extract, and its rows with numbers as numbers."""
    with extract.open(encoding="utf-8", newline="") as file:
        head, *lines = csv.reader(file, delimiter=";")
    typed = [name in _NUMBERS for name in head]
    return head, [
        [float(cell.replace(",", ".")) if number else cell or None
         for cell, number in zip(line, typed, strict=True)]
        for line in lines
    ]  # fmt: skip


def write_xlsx(path: Path, rows: Rows) -> None:
    """As Excel writes it: shared texts, no styles."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, cells in enumerate((rows[0], *rows[1])):
            sheet.write_row(number, 0, cells)


def write_ods(path: Path, rows: Rows) -> None:
    """As LibreOffice writes it: each number beside its text."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        kind = "application/vnd.oasis.opendocument.spreadsheet"
        archive.writestr("mimetype", kind, ZIP_STORED)
        with archive.open("content.xml", "w", force_zip64=True) as part:
            part.write(_ODS_HEAD.encode())
            lines: list[Cells] = [[*rows[0]], *rows[1]]
            for cells in lines:
                line = "".join(_ods_cell(cell) for cell in cells)
                part.write(f"<table:table-row>{line}</table:table-row>".encode())
            part.write(_ODS_END.encode())


def _ods_cell(cell: str | float | None) -> str:
    if cell is None:
        return "<table:table-cell/>"
    if isinstance(cell, str):
        text = cell.replace("&", "&amp;").replace("<", "&lt;")
        kind = 'office:value-type="string"'
    else:
        text = str(cell).replace(".", ",")
        kind = f'office:value-type="float" office:value="{cell}"'
    return f"<table:table-cell {kind}><text:p>{text}</text:p></table:table-cell>"


def write_parquet(path: Path, rows: Rows) -> None:
    """As a data frame is written."""
    columns = zip(rows[0], zip(*rows[1], strict=True), strict=True)
    parquet.write_table(arrow.table({name: list(cells) for name, cells in columns}), path)


def measure(cells: int, runs: int, folder: Path) -> None:
    """Prints one line per format: seconds (median, lowest-highest), times the XLSX and the CSV."""
    extract = folder / "extract.csv"
    write_extract(extract, cells // _COLUMNS)
    rows = read_rows(extract)
    writers: dict[str, Callable[[Path, Rows], None]] = {
        "xlsx": write_xlsx, "ods": write_ods, "parquet": write_parquet,
    }  # fmt: skip
    paths = {"csv": extract} | {kind: folder / f"extract.{kind}" for kind in writers}
    for kind, write in writers.items():
        write(paths[kind], rows)
    home = folder / "home"
    init(home, _ROOT / "data")
    times: dict[str, list[float]] = {kind: [] for kind in paths}
    memory = {}
    for _ in range(runs):
        for kind, path in paths.items():
            taken, memory[kind] = in_new_process(checked, path, home)
            times[kind].append(taken)
    middle = {kind: statistics.median(taken) for kind, taken in times.items()}
    print(f"{cells:,} cells. Seconds of {runs} runs; times the XLSX; times the CSV.\n")
    for kind, taken in times.items():
        ratios = [f"{middle[kind] / middle[other]:.1f} x".rjust(8) for other in ("xlsx", "csv")]
        print(kind.ljust(10), spread(taken).rjust(20), *ratios, f"aim {_TARGET:.0f}".rjust(8),
              memory[kind].rjust(10), flush=True)  # fmt: skip


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cells", type=int, default=1_000_000, help="cells of the table")
    parser.add_argument("--runs", type=int, default=3, help="runs of each measure")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="spor-bench-") as folder:
        measure(options.cells, options.runs, Path(folder))


if __name__ == "__main__":
    main()
