"""Workbooks of records instead of XML (XLS, XLSB): the same marks, formats and hidden rows."""

import io
import struct
from pathlib import Path

import pytest
import xlsxwriter

from kpi.ingest.containers.compound_file import CompoundFile
from kpi.ingest.containers.old_strings import Parts
from kpi.ingest.readers.detect import recognise
from kpi.ingest.readers.old_workbook import unpacked
from kpi.ingest.readers.workbook import read_workbook
from kpi.ingest.readers.workbook_process import read_sheets
from kpi.ingest.readers.workbook_strings import runs_of
from kpi.ingest.table.raw import RefusedError, Upload
from tests.kpi.ingest.checked import Desk, read
from tests.kpi.ingest.made_files import record, wide, xlsb, xlsb_cell, xlsb_row
from tests.tables import for_each

# Made with xlwt: the template's columns, a row for each thing that the screen shows.
FORMATS_XLS = (Path(__file__).parent / "files" / "formats.xls").read_bytes()


def number(value: float) -> bytes:
    return struct.pack("<d", value)


def formats_xlsb() -> bytes:
    """The same sheet as an XLSB."""
    texts = ["nøgletal", "område", "periode", "værdi", "rate", "persons", "aarhus", "odense",
             "randers"]  # fmt: skip
    runs = struct.pack("<I", 2) + struct.pack("<4H", 0, 0, 3, 1)
    strings = [b"\0" + wide(text) for text in texts] + [b"\x01" + wide("12,41") + runs]
    runs = struct.pack("<I", 1) + struct.pack("<2H", 4, 1)
    strings[-1] = b"\x01" + wide("12,41") + runs

    def words(*names: str) -> list[bytes]:
        return [
            xlsb_cell(7, at, struct.pack("<I", texts.index(name))) for at, name in enumerate(names)
        ]

    rows = [
        xlsb_row(0, *words("nøgletal", "område", "periode", "værdi")),
        xlsb_row(1, *words("rate", "aarhus"), xlsb_cell(5, 2, number(45658), 1),
                 xlsb_cell(5, 3, number(0.563), 2)),
        xlsb_row(2, *words("rate", "odense"), xlsb_cell(2, 2, struct.pack("<I", 2024 << 2 | 2)),
                 xlsb_cell(7, 3, struct.pack("<I", 9))),
        xlsb_row(3, *words("rate", "randers"), xlsb_cell(5, 2, number(2024)),
                 xlsb_cell(5, 3, number(50.5), 3), hidden=True),
        xlsb_row(4, *words("rate", "randers"), xlsb_cell(5, 2, number(2023)),
                 xlsb_cell(3, 3, b"\x07")),
        xlsb_row(5, *words("persons", "aarhus"), xlsb_cell(5, 2, number(2023)),
                 xlsb_cell(5, 3, number(3), 4)),
        xlsb_row(6, *words("persons", "randers"), xlsb_cell(5, 2, number(2023)),
                 xlsb_cell(5, 3, number(1803000), 5)),
        xlsb_row(7, *words("rate", "odense"), xlsb_cell(5, 2, number(2022)),
                 xlsb_cell(5, 3, number(40)),
                 xlsb_cell(2, 4, struct.pack("<I", 125 << 2 | 3), 2),
                 xlsb_cell(5, 5, number(2), 2), xlsb_cell(5, 6, number(0.17), 2)),
    ]  # fmt: skip
    hidden = record(390) + record(60, struct.pack("<IIIIH", 4, 4, 2000, 0, 1)) + record(391)
    return xlsb(
        b"".join(rows), hidden,
        formats=["mmm-yy", "0.0%", "General", '[<5]"<5";0', "#,##0,"],
        fonts=[(False, False), (True, False), (False, True)],
        styles=[(0, 0), (164, 0), (165, 0), (0, 2), (167, 0), (168, 0)], strings=strings,
    )  # fmt: skip


BOTH = pytest.mark.parametrize("content", [FORMATS_XLS, formats_xlsb()], ids=["xls", "xlsb"])


@BOTH
def test_cells(content: bytes) -> None:
    kind = recognise(Upload("a", content)).workbook
    assert kind is not None
    sheets = read_workbook(Upload("a", content), kind)
    assert sheets[0].rows == [
        ("nøgletal", "område", "periode", "værdi"),
        ("rate", "aarhus", "2025M01", "\x0256.3%"),
        ("rate", "odense", "\x022024", "12,4¹"),
        ("rate", "randers", "\x022024", "\x0250.5"),
        ("rate", "randers", "\x022023", "\x03#DIV/0!"),
        ("persons", "aarhus", "\x022023", "<5"),
        ("persons", "randers", "\x022023", "\x021803000"),
        ("rate", "odense", "\x022022", "\x0240", "\x02125%", "\x02200%", "\x0217%"),
    ]
    assert [sheet.visible for sheet in sheets[1:]] in ([], [False])


@BOTH
def test_problems_of_binary_workbooks(tiny: Desk, content: bytes) -> None:
    checked = tiny.check(content, name="tal.csv")
    problems = {
        (problem.code, problem.severity, problem.row)
        for problem in checked.problems
        if problem.code in ("cell_mark", "hidden_cells", "not_a_number", "suppressed", "scale")
    }
    assert problems == {
        ("cell_mark", "warning", 3), ("cell_mark", "warning", 4), ("hidden_cells", "warning", 1),
        ("hidden_cells", "warning", 4), ("not_a_number", "error", 5), ("suppressed", "warning", 6),
        ("scale", "error", 7),
    }  # fmt: skip
    assert [(area, period, new) for area, _, period, new, _ in read(checked)][:3] == [
        ("aarhus", "2025M01", 56.3), ("odense", "2024", 12.4), ("randers", "2024", 50.5),
    ]  # fmt: skip


def broken(content: bytes, place: int, piece: bytes) -> bytes:
    return content[:place] + piece + content[place + len(piece) :]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (FORMATS_XLS[:3000], "Office-fil"),  # its directory is gone
        (broken(FORMATS_XLS, 48, b"\xff" * 4), "beskadiget"),  # no directory
        (broken(FORMATS_XLS, 76, b"\xff" * 400), "beskadiget"),  # no table of sectors
        (xlsb(b"\x05\xff\xff\xff\xff"), ""),
        (formats_xlsb()[:-300], "beskadiget"),
    ],
    ids=range(5),
)
def test_broken_workbooks(tiny: Desk, content: bytes, says: str) -> None:
    checked = tiny.check(content)
    assert any(says in problem.message for problem in checked.problems)


def stream_of(content: bytes) -> tuple[bytes, int]:
    """The stream of the fixture, and where it stands in the file (in one piece)."""
    stream = CompoundFile(content).stream("workbook")
    assert stream is not None
    return stream, content.index(stream[:100])


def test_locked_and_older_ones_are_refused_by_name() -> None:
    _, place = stream_of(FORMATS_XLS)
    for at, piece, says in (
        (place + 4, b"\x00\x05", "før Excel 97"),
        (place + 20, struct.pack("<HH", 0x2F, 2), "adgangskode"),
    ):
        with pytest.raises(RefusedError, match=says):
            list(read_sheets(broken(FORMATS_XLS, at, piece), "xls"))


@for_each(
    ("packed", "value"),
    [(2024 << 2 | 2, 2024.0), (125 << 2 | 3, 1.25), (0x40590000, 100.0), (0x40590001, 1.0)],
)
def test_packed_numbers(packed: int, value: float) -> None:
    assert unpacked(struct.pack("<I", packed)) == value


def test_negative_packed_numbers() -> None:
    assert unpacked(struct.pack("<i", -5 << 2 | 2)) == -5.0


@for_each(
    ("parts", "text", "pieces"),
    [
        ([b"\x03\x00\x00abc"], "abc", []),
        ([b"\x03\x00\x01a\0b\0\xe6\0"], "abæ", []),
        # The characters go on in the next record, which says anew how wide they are.
        ([b"\x03\x00\x00ab", b"\x01\xe6\0"], "abæ", []),
        ([b"\x03\x00\x01a\0b\0", b"\x00c"], "abc", []),
        ([b"\x02\x00\x08\x01\x00ab", b"\x01\x00\x05\x00"], "ab", [(1, 5)]),
        ([b"\x02\x00\x0c\x01\x00\x03\x00\x00\x00ab\x01\x00\x05\x00xy", b"z"], "ab", [(1, 5)]),
    ],
)
def test_texts_across_records(parts: list[bytes], text: str, pieces: list[tuple[int, int]]) -> None:
    assert Parts(parts).string() == (text, pieces)


def test_runs() -> None:
    fonts = {5: (True, False), 6: (False, True)}
    runs = runs_of("abcd", [(1, 5), (3, 6)], lambda number: fonts[number])
    assert [(run.text, run.is_raised, run.is_struck) for run in runs] == [
        ("a", None, None), ("bc", True, False), ("d", False, True),
    ]  # fmt: skip


CALC_XLS = (Path(__file__).parent / "files" / "calc-formulas.xls").read_bytes()


def test_a_text_that_calc_did_not_compute_is_no_zero(real: Desk) -> None:
    # LibreOffice Calc wrote the file: of formulas that it read with a text as their result it
    # leaves the number 0. Sums and products of 0 stay what they are.
    checked = real.check(CALC_XLS, name="formler.xls")
    errors = {p.row: p.value for p in checked.problems if p.severity == "error"}
    assert errors == dict.fromkeys((2, 3, 8, 11), "formel")
    assert {period: value for *_, period, value, _ in read(checked)} == {
        **dict.fromkeys(("2013", "2014", "2015", "2016", "2018", "2019"), 0), "2021": 70.5,
    }  # fmt: skip


def test_the_same_zero_of_another_program_is_a_number(real: Desk) -> None:
    of_excel = CALC_XLS.replace(b"Calc  ", b"Excel ")
    assert not [p for p in real.check(of_excel).problems if p.value == "formel"]


@pytest.mark.parametrize(("cell", "message"), [("#N/A", "fejl i regnearket"), ("", "formel uden")])
@pytest.mark.parametrize("column", [0, 1])
def test_a_name_that_a_formula_did_not_find(
    real: Desk, column: int, cell: str, message: str
) -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, ("nøgletal", "område", "periode", "værdi"))
        sheet.write_row(1, 0, ("NSK-sager", "Aarhus", "2025M05", 61))
        sheet.write_row(2, 0, ("NSK-sager", "Aarhus", "2025M06", 62))
        sheet.write_formula(1, column, "=VLOOKUP(1,A1:B2,2)", None, cell)
    (problem,) = (p for p in real.check(out.getvalue()).problems if p.severity == "error")
    assert (problem.row, problem.hint.startswith("Intet")) == (2, False)
    assert message in problem.message
