"""Files of other formats than CSV and XLSX: what becomes of their cells, and what is refused."""

import io
import os
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pyarrow as arrow
import pytest
from pyarrow import parquet

from kpi.ingest.readers import parquet_file as module
from kpi.ingest.readers import parquet_process
from kpi.ingest.readers.detect import recognise
from kpi.ingest.readers.parquet_file import read_parquet
from kpi.ingest.readers.workbook import read_workbook
from kpi.ingest.readers.workbook_process import read_sheets
from kpi.ingest.table.raw import RefusedError, Upload
from tests.kpi.ingest.checked import Desk, codes, read, reported_of_cells
from tests.kpi.ingest.made_files import ods, ods_cell, ods_sheet, parquet_file, with_large_part
from tests.tables import for_each

HEADER = ("nøgletal", "område", "periode", "værdi")
SUPER = '<text:p>12,4<text:span text:style-name="super">{}</text:span></text:p>'


def ods_row(*cells: object) -> list[tuple[str, ...]]:
    """The rows of a sheet of one row, read."""
    content = ods(ods_sheet([cells]))
    return [tuple(row) for _, _, rows in read_sheets(content, "ods") for row in rows]


def cell(kind: str, value: str, shown: str, style: str = "", more: str = "") -> str:
    """An ODS cell of a kind."""
    name = {"date": "date-value", "boolean": "boolean-value"}.get(kind, "value")
    return (
        f'<table:table-cell office:value-type="{kind}" office:{name}="{value}" '
        f'table:style-name="{style}" {more}><text:p>{shown}</text:p></table:table-cell>'
    )


@for_each(
    ("given", "text"),
    [
        ("Århus", "Århus"),
        ("<text:p>a<text:s text:c='2'/>b</text:p><text:p>c</text:p>", "a  b\nc"),
        (12.5, "\x0212.5"),
        (1e20, "\x02100000000000000000000"),
        (cell("percentage", "0.167", "16,7 %", "percent"), "\x0216.7%"),
        (cell("percentage", "0.07", "7 %"), "\x027%"),
        (cell("float", "16.7", "16,7%", "sign"), "\x0216.7%"),
        (cell("currency", "5", "5 kr."), "\x025"),
        (cell("date", "2025-01-15", "jan-25", "month"), "2025M01"),
        (cell("date", "2025-01-01", "2025", "year"), "2025"),
        (cell("date", "2025-01-15", "15-01-25"), "2025M01D15"),
        (cell("date", "2025-01-15T00:00:00", "15-01-25"), "2025M01D15"),
        (cell("date", "2025-01-15T12:30:00", "15-01-25"), "2025-01-15T12:30:00"),
        (cell("boolean", "true", "SAND"), "\x03SAND"),
        (cell("float", "0", "#DIV/0!", more='calcext:value-type="error"'), "\x03#DIV/0!"),
        (cell("float", "0", "#DIV/0!"), "\x03#DIV/0!"),
        (cell("float", "0", "Err:502"), "\x03Err:502"),
        (cell("float", "x", "x"), "\x03x"),
        (cell("float", "3", "&lt;5", "few"), "<5"),
        (cell("float", "7", "7", "few"), "\x027"),
        (cell("float", "5", "5", more='table:formula="of:=[.A1]"'), "\x025"),
        ('<table:table-cell table:formula="of:=[.A1]"/>', "\x03formel"),
        (SUPER.format("1"), "12,4¹"),
        (SUPER.format("a)"), "12,4"),
        (SUPER.replace("super", "sub").format("2"), "12,4₂".replace("₂", "²")),
        (
            '<table:table-cell office:value-type="string"><office:annotation><text:p>note</text:p>'
            "</office:annotation><text:p>a</text:p><draw:frame><text:p>b</text:p></draw:frame>"
            "</table:table-cell>",
            "a",
        ),
    ],
)
def test_cells_of_ods(given: object, text: str) -> None:
    cells = [text for row in ods_row(given, "z") for text in row]
    if "%" in text:  # the sign is given beside the number
        assert cells[0] == text
    assert cells == [text, "z"]


def test_rows_columns_and_merged_cells_of_ods() -> None:
    row = "<table:table-row{}>{}</table:table-row>"
    repeated = '<table:table-cell table:number-columns-repeated="{}"/>'
    sheet = (
        '<table:table table:name="Tal &amp; mere">'
        + row.format(' table:number-rows-repeated="2"', repeated.format(16384))
        + row.format(
            "",
            repeated.format(2)
            + ods_cell("x", more='table:number-columns-repeated="2"')
            + ods_cell("m", more='table:number-rows-spanned="2" table:number-columns-spanned="2"')
            + "<table:covered-table-cell/>",
        )
        + row.format(' table:number-rows-repeated="2"', ods_cell("y"))
        + row.format(' table:number-rows-repeated="1048571"', repeated.format(16384))
        + '</table:table><table:table table:name="Skjult" table:style-name="hidden">'
        + row.format("", ods_cell("z"))
        + "</table:table>"
    )
    assert [
        (read_sheet.name, read_sheet.visible, read_sheet.rows)
        for read_sheet in read_workbook(Upload("a.ods", ods(sheet)), "ods")
    ] == [
        (
            "Tal & mere",
            True,
            [(), (), ("", "", "x", "x", "m", "m"), ("y", "", "", "", "m", "m"), ("y",)],
        ),
        ("Skjult", False, [("z",)]),
    ]


def test_an_ods_is_reported_as_a_workbook_is(tiny: Desk) -> None:
    sheet = (
        '<table:table table:name="A"><table:table-column table:number-columns-repeated="3"/>'
        '<table:table-column table:visibility="collapse"/>'
        + "".join(
            f"<table:table-row {more}>{''.join(map(ods_cell, row))}</table:table-row>"
            for more, row in [
                ("", HEADER),
                ("", ("rate", "aarhus", 2024, SUPER.format("1"))),
                ('table:visibility="filter"', ("rate", "odense", 2024, ods_cell(41, "child"))),
                ("", ("persons", "odense", 2023, ods_cell(12000, "thousands"))),
            ]
        )
        + "</table:table>"
    )
    checked = tiny.check(ods(sheet), name="a.ods")
    reported = {(problem.code, problem.severity, problem.row) for problem in checked.problems}
    codes_of_looks = ("cell_mark", "hidden_cells", "scale")
    assert {problem for problem in reported if problem[0] in codes_of_looks} == {
        ("cell_mark", "warning", 2), ("cell_mark", "warning", 3),
        ("hidden_cells", "warning", 1), ("hidden_cells", "warning", 3), ("scale", "error", 4),
    }  # fmt: skip
    assert [observation[3] for observation in read(checked)] == [12.4, 41.0, 12000.0]


def bomb_of_rows() -> bytes:
    cells = ods_cell("x" * 100, more='table:number-columns-repeated="16384"')
    row = f'<table:table-row table:number-rows-repeated="1048576">{cells}</table:table-row>'
    return ods(f'<table:table table:name="A">{row}</table:table>')


ENTITY = '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]>'
ONE = ods_sheet([("a", "b")])
LAST_ROW = '<table:table-row table:number-rows-repeated="1048576"/><table:table-row>'
WIDE = (
    '<table:table table:name="A"><table:table-row><table:table-cell {}/>{}'
    "</table:table-row></table:table>"
)


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        (bomb_of_rows(), "too_large", "mere tekst|langt ude"),
        (ods(ONE, **{"styles.xml": ENTITY + "<a/>"}), "not_a_table", "DOCTYPE"),
        (ods(ONE)[:-200], "not_a_table", "beskadiget"),
        (ods(ONE.replace("</table:table-row>", "")), "not_a_table", "beskadiget"),
        (
            ods(ONE, **{"META-INF/manifest.xml": "<manifest:encryption-data/>"}),
            "not_a_table",
            "adgangskode",
        ),
        (with_large_part(ods(ONE), "Pictures/a", b" " * 10**6, 300), "too_large", "pakkes ud"),
        (
            ods(WIDE.format('table:number-columns-repeated="99999999"', ods_cell("x"))),
            "too_large",
            "langt ude",
        ),
        (
            ods(ONE.replace("<table:table-row>", LAST_ROW, 1)),
            "too_large",
            "mere end 1.048.576 rækker",
        ),
        (ods(""), "empty_file|not_a_table", "tom"),
    ],
    ids=range(9),
)
def test_ods_that_is_refused(tiny: Desk, content: bytes, code: str, says: str) -> None:
    checked = tiny.check(content, name="a.ods")
    (problem,) = checked.problems
    assert problem.code in code.split("|")
    assert any(word in problem.message for word in says.split("|"))
    assert problem.hint.endswith(".")


def test_macros_are_ignored(tiny: Desk) -> None:
    """An XLSM is an XLSX; what else lies in it is not looked at."""
    book = Path("tests/samples/dst_xlsx_RAS200_en_employment_by_municipality.xlsx").read_bytes()
    file = io.BytesIO(book)
    with ZipFile(file, "a", ZIP_DEFLATED) as archive:
        archive.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0" + b"EncryptedPackage" * 10)
    assert tiny.check(file.getvalue(), name="a.xlsm").format == "statbank_xlsx"


# Parquet


def parquet_cells(column: object) -> list[str]:
    """The texts of the one column of a file."""
    names, rows = read_parquet(Upload("a.parquet", parquet_file({"c": column})))
    assert names == ("c",)
    return rows.columns[0].rows()


def padded(column: Any, length: int) -> Any:
    """The column with empty cells at its end."""
    array = arrow.array(column) if isinstance(column, list) else column
    return arrow.concat_arrays([array, arrow.nulls(length - len(array), array.type)])


UTC_MOMENTS = [datetime(2025, 1, 1, tzinfo=UTC), datetime(2024, 12, 31, 23, tzinfo=UTC)]


PARQUET_COLUMNS: list[tuple[Any, list[str]]] = [
    (["a", None, "æ\x02\x03"], ["a", "", "æ"]),
    ([1, -2, None], ["\x021", "\x02-2", ""]),
    ([0.1, 5820.0, 1e-7, 1e20, -0.0], [
        "\x020.1", "\x025820", "\x020.0000001", "\x02100000000000000000000", "\x020",
    ]),
    (arrow.array([0.1], arrow.float32()), ["\x020.1"]),
    ([float("nan"), float("inf")], ["nan", "\x03inf"]),
    ([Decimal("12.40"), Decimal("0.00")], ["\x0212.4", "\x020"]),
    ([True, False], ["\x03SAND", "\x03FALSK"]),
    ([date(2024, 5, 31), None], ["2024M05D31", ""]),
    ([datetime(2024, 5, 31), datetime(2024, 5, 31, 12)], ["2024M05D31", "2024-05-31 12:00:00"]),  # noqa: DTZ001
    (arrow.array(UTC_MOMENTS, arrow.timestamp("us", "UTC")), ["2025M01D01", "2025M01D01"]),
    (arrow.array(["p", "q", "p"]).dictionary_encode(), ["p", "q", "p"]),
    ([b"tal", "æ".encode()], ["tal", "æ"]),
    (arrow.array([2**63], arrow.uint64()), ["\x029223372036854775808"]),
    (arrow.array([None, None], arrow.null()), ["", ""]),
]  # fmt: skip


@pytest.mark.parametrize("in_memory", [True, False])
def test_cells_of_parquet(in_memory: bool) -> None:
    length = max(len(texts) for _, texts in PARQUET_COLUMNS)
    expected = [texts + [""] * (length - len(texts)) for _, texts in PARQUET_COLUMNS]
    content = parquet_file({
        f"c{place}": padded(column, length) for place, (column, _) in enumerate(PARQUET_COLUMNS)
    })  # fmt: skip
    if in_memory:
        names, rows = read_parquet(Upload("a.parquet", content))
        assert len(names) == len(PARQUET_COLUMNS)
        assert [column.rows() for column in rows.columns] == expected
        return
    # Systems without files in memory.
    with pytest.MonkeyPatch.context() as patch:
        patch.delattr(os, "memfd_create")
        out = io.BytesIO()
        parquet_process._write(content, out)
    out.seek(0)
    out.readline()
    written = []
    while out.readline():
        with arrow.ipc.open_stream(out) as stream:
            written.append(stream.read_all().column(0).to_pylist())
    assert written == expected


@pytest.mark.usefixtures("started_anew")
def test_a_parquet_file_is_checked_as_any_table(tiny: Desk) -> None:
    checked = tiny.check(
        parquet_file(
            {
                "nøgletal": ["rate", "rate", "rate"],
                "område": arrow.array(["Aarhus¹", "odense", "nowhere"]).dictionary_encode(),
                "periode": [date(2025, 1, 1), date(2025, 2, 1), date(2025, 2, 1)],
                "værdi": [51.25, None, 7],
                "__index_level_0__": [0, 1, 2],
            }
        ),
        name="tal.csv",
    )
    assert checked.format == "table_parquet"
    assert [(code, row) for code, _, row, *_ in reported_of_cells(checked)] == [
        ("unknown_area", 3), ("cell_mark", 1), ("ignored_row", 2),
    ]  # fmt: skip
    assert read(checked) == [("aarhus", "all", "2025M01D01", 51.25, "final")]


def wide_parquet(columns: int) -> bytes:
    """A file of so many columns: only what describes them takes room."""
    names = [f"c{place}" for place in range(columns)]
    schema = arrow.schema([arrow.field(name, arrow.int8()) for name in names])
    file = io.BytesIO()
    with parquet.ParquetWriter(file, schema):
        pass
    return file.getvalue()


def claiming(size: int) -> bytes:
    """A file that claims a directory of so many bytes."""
    return b"PAR1" + b"\0" * 40 + size.to_bytes(4, "little") + b"PAR1"


def encrypted_column() -> bytes:
    content = bytearray(parquet_file({"a": [1]}))
    content[:4] = content[-4:] = b"PARE"
    return bytes(content)


NESTED = {"a": ["x"], "b": [[1, 2]]}


@pytest.mark.parametrize(
    ("content", "code", "says"),
    [
        (parquet_file(NESTED), "not_a_table", "»b«"),
        (parquet_file({"a": ["x"], "b": [{"c": 1}]}), "not_a_table", "»b«"),
        (parquet_file({"c": arrow.array([1], arrow.decimal256(50, 3))}), "not_a_table", "»c«"),
        (wide_parquet(20_000), "too_large", "kolonner"),
        (claiming(100 * 1024**2), "too_large", "kolonner"),
        (claiming(20), "not_a_table", "beskadiget"),
        (claiming(2**20), "not_a_table", "beskadiget"),
        (parquet_file({"a": ["x"]})[:-1], "not_a_table", "beskadiget"),
        (b"PAR1" + parquet_file({"a": ["x"]})[-60:], "not_a_table", "beskadiget"),
        (encrypted_column(), "not_a_table", "krypteret"),
        (parquet_file({"a": ["x" * 200_000]}), "too_large", "32.767 tegn"),
        (parquet_file({"a": [b"\xff\xfe"]}), "not_a_table", "beskadiget"),
        (parquet_file({"a": arrow.array([], arrow.string())}), "empty_file", "ingen rækker"),
        (parquet_file({}), "empty_file|not_a_table", "ingen rækker|beskadiget"),
        (parquet_file({"navn": ["010190-1234"], "b": [1]}), "personal_data", "kolonne navn"),
        (parquet_file({"cpr": [101901234, 203901234, 101901235]}), "personal_data", "CPR"),
        (parquet_file({"010190-1234": ["x"], "b": [1]}), "personal_data", "overskriften"),
        (parquet_file({"a": [101901234.0] * 3, "b": [1.0] * 3}), "personal_data", "kolonne a"),
    ],
    ids=range(18),
)
def test_parquet_that_is_refused(tiny: Desk, content: bytes, code: str, says: str) -> None:
    (problem,) = tiny.check(content, name="a.parquet").problems
    assert problem.code in code.split("|"), problem
    assert any(word in problem.message for word in says.split("|")), problem
    assert "1234" not in problem.message.replace("kolonne", "")
    assert problem.hint.endswith(".")


def test_two_parquet_columns_of_one_name_keep_it() -> None:
    table = arrow.Table.from_arrays([arrow.array([1]), arrow.array([2])], ["værdi", "værdi"])
    file = io.BytesIO()
    parquet.write_table(table, file)
    assert read_parquet(Upload("a", file.getvalue()))[0] == ("værdi", "værdi")


def test_parquet_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TIMEOUT_SECONDS", 0.0)
    with pytest.raises(RefusedError, match="for lang tid"):
        read_parquet(Upload("a", parquet_file({"a": [1]})))


# Others


@for_each(
    ("content", "says"),
    [
        (b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?><Workbook/>', "XML"),
        (b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "XML"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "MHTML"),
        (b"<html><table><tr><td>1", "HTML"),
        (b"\x09\x04\x06\x00\x00\x00\x10\x00" + bytes(60), "1995"),
        (b"ARROW1\x00\x00" + bytes(60), "Arrow"),
    ],
)
def test_tables_in_a_way_that_is_not_read(content: bytes, says: str) -> None:
    with pytest.raises(RefusedError, match=says) as caught:
        recognise(Upload("tal.xls", content))
    assert "XLSX" in caught.value.problem.hint or "CSV" in caught.value.problem.hint


def test_personal_numbers_in_an_ods_are_found_on_hidden_sheets_and_under_formats(
    tiny: Desk,
) -> None:
    hidden = ods_sheet([("x", "010190-1234")], "B", 'table:style-name="hidden"')
    raised = '<text:p>010190<text:span text:style-name="super">-1234)</text:span></text:p>'
    for content in (
        ods(ods_sheet([HEADER]) + hidden),
        ods(ods_sheet([HEADER, ("rate", raised, 2024, 5)])),
        ods(ods_sheet([HEADER, ("rate", ods_cell(3112991234, "few"), 2024, 5)])),
    ):
        assert codes(tiny.check(content, name="a.ods")) == ["personal_data"]


@pytest.mark.parametrize("value", ["1E+999999999", "1E-999999999", "1E+90000000"])
def test_a_number_of_a_million_digits_is_not_written_out(tiny: Desk, value: str) -> None:
    cell = f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    content = ods(ods_sheet([["nøgletal", "område", "gruppe", "periode", "værdi"],
                             ["rate", "aarhus", "all", "2023", cell]]))  # fmt: skip
    (problem,) = tiny.check(content, name="a.ods").problems
    assert problem.code == "not_a_number"
    assert problem.value == value
