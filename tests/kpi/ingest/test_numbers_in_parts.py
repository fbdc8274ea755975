"""Whole files of every format in which a number is cut over cells, names of sheets or figures."""

import io
import json
from pathlib import Path

import pytest
import xlsxwriter

from kpi.ingest.loading import load
from kpi.ingest.table.raw import RefusedError, Upload
from tests.empty_database import empty_database
from tests.kpi.ingest.made_files import ods, ods_sheet
from tests.tables import for_each

TENS = ("2512484916", "1412561666", "3010553201", "0707612118")
HEAD = ["nøgletal", "område", "gruppe", "periode", "værdi"]
ROW = ["rate", "aarhus", "all", "2023", "51.5"]


def refusal(name: str, content: bytes) -> str:
    """The code of what refuses a file; empty where it is read."""
    with empty_database() as connection:
        try:
            load(connection, Upload(name, content))
        except RefusedError as refused:
            return refused.problem.code
    return ""


def csv(rows: list[list[str]]) -> bytes:
    return "".join(";".join(row) + "\n" for row in rows).encode()


def xlsx(*sheets: tuple[str, list[list[str]]]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"strings_to_numbers": True}) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return file.getvalue()


def table(first: int) -> list[list[str]]:
    """Rows with numbers cut after so many digits."""
    rows = [[*ROW, ten[:first], ten[first:]] for ten in TENS]
    return [[*HEAD, "a", "b"], *rows]


@for_each("first", [2, 4, 5, 6, 8])
def test_columns_of_every_format(first: int) -> None:
    rows = table(first)
    assert refusal("a.csv", csv(rows)) == "personal_data"
    assert refusal("a.xlsx", xlsx(("Ark1", rows))) == "personal_data"
    assert refusal("a.ods", ods(ods_sheet(rows))) == "personal_data"
    records = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    assert refusal("a.json", json.dumps(records).encode()) == "personal_data"


def test_names_of_sheets() -> None:
    sheet = ("Data", [HEAD, ROW])
    assert refusal("a.xlsx", xlsx(sheet, ("251248", []), ("4916", []))) == "personal_data"
    assert refusal("a.xlsx", xlsx(sheet, ("2023", []), ("2024", []))) == ""
    # Nobody lists figures there: a mark that parts two of them parts a number.
    for name, code in (("251248;4916", "personal_data"), ("251248,4916", "personal_data"),
                       ("2023;2024", ""), ("251248;4917", "")):  # fmt: skip
        assert refusal("a.xlsx", xlsx((name, [HEAD, ROW]))) == code, name


def test_figures_of_px() -> None:
    def px(figures: str) -> bytes:
        codes = ",".join(f'"{number}"' for number in range(1, 5))
        return (
            'CHARSET="ANSI";\nCODEPAGE="utf-8";\nTITLE="t";\nSTUB="sted";\nHEADING="tid";\n'
            f'VALUES("sted")={codes};\nVALUES("tid")="2022","2023";\nDATA=\n{figures};\n'
        ).encode()

    halves = "\n".join(f"{ten[:6].lstrip('0')} {ten[6:]}" for ten in (*TENS[:3], TENS[0]))
    assert refusal("a.px", px(halves)) == "personal_data"
    assert refusal("a.px", px("361544 4916\n205978 1234\n101234 4567\n98123 2345")) == ""


def test_packed_and_padded_cells() -> None:
    for text in ("MjUxMjQ4LTQ5MTY=", "3235313234382d34393136", "002512484916"):
        rows = [[*HEAD, "note"], [*ROW, text]]
        assert refusal("a.csv", csv(rows)) == "personal_data", text
        assert (
            refusal("a.xlsx", xlsx(("Ark1", [[*HEAD, "x"], [*ROW, f"{text} "]]))) == "personal_data"
        )


SAMPLES = sorted(
    path
    for folder in ("samples", "kpi/ingest/cases", "kpi/ingest/files")
    for path in (Path(__file__).parents[2] / folder).iterdir()
    if path.is_file()
)


@pytest.mark.some_cases
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_no_sample_is_taken_for_one_with_persons(path: Path) -> None:
    assert refusal(path.name, path.read_bytes()) != "personal_data"
