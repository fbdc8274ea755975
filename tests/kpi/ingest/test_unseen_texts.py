"""What a file holds beside its cells is kept with it, so no CPR number may stand there."""

import io
import shutil
from pathlib import Path
from zipfile import ZipFile

import pyarrow as arrow
import pytest
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from kpi.ingest.gate.unseen_texts import holds_in_bytes, unseen_personal_numbers
from kpi.ingest.table.raw import Upload
from kpi.store.uploads import publish
from tests.kpi.ingest.checked import Desk
from tests.kpi.ingest.made_files import ods, ods_sheet, parquet_file, record, wide, xlsb
from tests.kpi.ingest.planted_places import HEAD, ROW, made
from tests.tables import for_each

CPR = "010190-1234"
SAMPLES = Path(__file__).parents[2] / "samples"


def with_part(content: bytes, name: str, text: str | bytes) -> bytes:
    file = io.BytesIO(content)
    with ZipFile(file, "a") as archive:
        archive.writestr(name, text)
    return file.getvalue()


def with_chart(book: Workbook, sheet: Worksheet) -> None:
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=Ark1!$E$2:$E$2"})
    chart.set_title({"name": CPR})
    sheet.insert_chart("H5", chart)


PIVOT = f'<pivotCacheRecords><r><s v="{CPR}"/><n v="1"/></r></pivotCacheRecords>'
RUNS = "<comments><text><r><rPr><b/></rPr><t>01019</t></r><r><t>0-1234</t></r></text></comments>"
NOTE = (
    '<table:table-cell office:value-type="string"><office:annotation>'
    f"<text:p>{CPR}</text:p></office:annotation><text:p>aarhus</text:p></table:table-cell>"
)

FILES = {
    "comment": (made(lambda _, sheet: sheet.write_comment("A2", CPR)), "en kommentar"),
    "comment in runs": (with_part(made(), "xl/comments9.xml", RUNS), "en kommentar"),
    "author": (made(lambda book, _: book.set_properties({"author": CPR})), "egenskaber"),
    "header of two fonts": (
        made(lambda _, sheet: sheet.set_header('&L010190-&"Arial,Bold"1234')), "sidehoved"),
    "filter": (
        made(lambda _, sheet: (sheet.autofilter("A1:E4"),
                               sheet.filter_column("A", "x > 101901233 and x < 2512484916"))),
        "regel"),
    "another file's name": (
        made(lambda _, sheet: sheet.write_formula("H9", f"='[{CPR}.xlsx]Ark1'!$A$1", value=1)),
        "formel"),
    "header": (made(lambda _, sheet: sheet.set_header("&L" + CPR)), "sidehoved"),
    "text box": (made(lambda _, sheet: sheet.insert_textbox(5, 5, CPR)), "en tekstboks"),
    "name": (made(lambda book, _: book.define_name("X", f'="{CPR}"')), "navngivet område"),
    "rule": (
        made(lambda _, sheet: sheet.data_validation("A5", {"validate": "list", "source": [CPR]})),
        "regel",
    ),
    "chart": (made(with_chart), "et diagram"),
    "format": (
        made(lambda book, sheet: sheet.write(1, 4, 51.5, book.add_format(
            {"num_format": f'0.0"{CPR}"'}
        ))),
        "format",
    ),
    "pivot": (with_part(made(), "xl/pivotCache/pivotCacheRecords1.xml", PIVOT), "pivottabel"),
    "link": (with_part(made(), "xl/externalLinks/externalLink1.xml", f"<v>{CPR}</v>"), "anden fil"),
    "macro": (with_part(made(), "xl/vbaProject.bin", b"\0\1" + CPR.encode()), "makro"),
    "wide letters": (with_part(made(), "xl/x.bin", b"\0" + CPR.encode("utf-16-le")), "uden for"),
    "no XML": (with_part(made(), "customXml/x.xml", f"<a>{CPR}<b>"), "egenskaber"),
    "name of a part": (with_part(made(), f"xl/media/{CPR}.xml", "<a/>"), "et billede"),
    "ods note": (ods(ods_sheet([HEAD, (ROW[0], NOTE, *ROW[2:])])), "en kommentar"),
    "ods properties": (ods(ods_sheet([HEAD, ROW]), **{"meta.xml": f"<m>{CPR}</m>"}), "egenskaber"),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_personal_numbers_beside_the_cells(tiny: Desk, name: str) -> None:
    content, place = FILES[name]
    checked = tiny.check(content, name="tal.xlsx")
    (problem,) = checked.problems
    assert problem.code == "personal_data"
    assert place in problem.message
    assert "1234" not in repr(checked)
    assert "CSV" in problem.hint


def test_a_comment_without_numbers_is_none_of_our_business(tiny: Desk) -> None:
    content = made(lambda _, sheet: sheet.write_comment("A2", "Se side 4, tlf. 12345678"))
    assert tiny.check(content, name="tal.xlsx").publishable


def test_a_cell_with_a_number_is_reported_once(tiny: Desk) -> None:
    content = made(lambda _, sheet: sheet.write("F2", CPR))
    (problem,) = tiny.check(content, name="tal.xlsx").problems
    assert problem.message.startswith("Filen indeholder et CPR-nummer: linje 2")


@for_each(
    "text",
    [
        '<a><axId val="1203904568"/></a>',  # ids of charts are chance digits
        '<p ContentTypeId="0x0101001234AB"/>',
        "<p>0x0101001234AB</p>",
        '<x id="{010190AB-1234-4F00-8000-000000000000}"/>',
        '<c r="A100124"><v>1203904568.25</v></c>',
        "<v>0.1203904568</v>",
    ],
)
def test_chance_digits_are_no_personal_numbers(text: str) -> None:
    content = with_part(made(), "xl/charts/chart9.xml", text)
    assert unseen_personal_numbers(content, "xlsx") == []


def test_the_samples_raise_no_false_alarm() -> None:
    workbooks = [
        path for path in SAMPLES.rglob("*") if path.suffix in (".xlsx", ".xls", ".ods", ".xlsb")
    ]
    assert workbooks
    for path in workbooks:
        kind = path.suffix[1:]
        assert unseen_personal_numbers(path.read_bytes(), kind) == [], path.name


@for_each(
    ("content", "holds"),
    [
        (CPR.encode(), True),
        (b"\x01" + CPR.encode("utf-16-le"), True),
        (b"0101901234", True),
        (b"x" * 1000 + b"0101901234" + b"x" * 1000, True),
        (b"0101901234567", False),
        (b"0.0101901234", False),
        (b'r="100124" s="1234"', False),
        (b"", False),
        (b"CPR: 101901234", True),
        (b"0101 90 1234", True),
        (b"0101.90.1234", True),
        # Each stretch is looked at once, and all are bounded.
        (b"201101-2020 " * 10_000, False),
        (b"x" * 1000 + b"201101-2020 " * 1_000 + b"251248-4916", True),
    ],
)
def test_bytes(content: bytes, holds: bool) -> None:
    assert holds_in_bytes(content) == holds


def test_an_old_workbook_is_searched_as_bytes() -> None:
    assert unseen_personal_numbers(b"\xd0\xcf" + CPR.encode("utf-16-le"), "xls")
    assert unseen_personal_numbers(
        with_part(xlsb(record(0)), "xl/comments1.bin", wide(CPR)), "xlsb"
    ) == ["en kommentar"]


COLUMNS = {name: [value] for name, value in zip(HEAD, ROW, strict=True)}


@pytest.mark.parametrize("where", ["file", "column", "row numbers", "nested name"])
def test_personal_numbers_in_the_metadata_of_a_parquet_file(tiny: Desk, where: str) -> None:
    table = arrow.table(COLUMNS)
    if where == "file":
        table = table.replace_schema_metadata({"note": CPR})
    elif where == "column":
        fields = [field.with_metadata({"note": CPR}) for field in table.schema]
        table = arrow.table(table.columns, schema=arrow.schema(fields))
    elif where == "row numbers":
        table = table.append_column("__index_level_0__", arrow.array([CPR]))
    else:
        table = table.append_column(CPR, arrow.array([[1]]))
    file = io.BytesIO()
    arrow.parquet.write_table(table, file)
    checked = tiny.check(file.getvalue(), name="a.parquet")
    assert not checked.publishable
    assert "1234" not in repr(checked)
    assert checked.problems[0].code in ("personal_data", "not_a_table")


@pytest.mark.parametrize("name", ["a.b", "Andel i pct.", 'den "aktive"', "*", "; DROP TABLE x"])
def test_a_column_may_be_called_anything(tiny: Desk, name: str) -> None:
    checked = tiny.check(parquet_file({**COLUMNS, name: ["x"]}), name="a.parquet")
    assert checked.publishable
    assert name in checked.columns


def test_nothing_of_a_refused_file_is_kept(tmp_path: Path, built_home: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(built_home, home)
    before = {path: path.stat().st_size for path in home.rglob("*") if path.name != "lock"}
    published = publish(Upload("tal.xlsx", FILES["pivot"][0]), None, "a", "b", home)
    assert published.batch_id is None
    assert {p: p.stat().st_size for p in home.rglob("*") if p.name != "lock"} == before
