"""A file of each format with a person's number in every part it has: nowhere in the store after.

A whole number is refused with the file. Of a workbook its halves may stand in parts that nobody
searches: they are published without them. Then every byte of the store is read, unpacked.
"""

import gzip
import io
import json
import logging
import struct
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import duckdb
import pyarrow as arrow
import pytest
import xlsxwriter
from pyarrow import parquet

from kpi.domain.errors import Problem
from kpi.ingest.containers.compound_file import CompoundFile, compound_file
from kpi.ingest.table.raw import Upload
from kpi.store.uploads import publish
from kpi.store.versions import current_version, version_path, versions
from tests.kpi.ingest.made_files import ods, ods_sheet, record, wide, xlsb, xlsb_cell, xlsb_row

pytestmark = pytest.mark.whole_check

NUMBER, HALF = "251248-4916", "251248"
HEAD = ["nøgletal", "område", "gruppe", "periode", "værdi", "note"]
FIGURES = ["rate", "aarhus", "all", "2023", "71.5"]
Table = list[list[str]]


def table(cell: str = "x", head: str = "note") -> Table:
    return [[*HEAD[:-1], head], [*FIGURES, cell], [*FIGURES[:3], "2024", "72.5", "y"]]


def text_of(rows: Table, mark: str) -> bytes:
    return "".join(mark.join(row) + "\n" for row in rows).encode()


def xlsx(rows: Table, word: str = "") -> bytes:
    """A workbook; a word is in every part beside its cells."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Ark1")
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
        if word:
            sheet.write_comment("A2", word, {"author": word})
            sheet.insert_textbox(5, 5, word)
            sheet.set_header("&L" + word)
            sheet.data_validation("K5", {"validate": "list", "source": [word]})
            sheet.write_url("A9", f"https://x.dk/{word}", string="x")
            book.define_name("X", f'="{word}"')
            book.set_properties({"author": word, "keywords": word})
            book.set_custom_property("Sag", word)
            chart = book.add_chart({"type": "line"})
            chart.add_series({"values": "=Ark1!$E$2:$E$3", "name": word})
            sheet.insert_chart("H5", chart)
    if word:
        with ZipFile(file, "a") as archive:
            for name in ("xl/vbaProject.bin", "xl/embeddings/a.docx", "customXml/item1.xml"):
                archive.writestr(name, f"<x>{word}</x>")
    return file.getvalue()


def xls(rows: Table, word: str = "") -> bytes:
    """An old workbook; a word is in a header, a style and an invented record."""

    def part(kind: int, records: bytes) -> bytes:
        begin = struct.pack("<HHHH", 0x809, 16, 0x600, kind) + bytes(12)
        return begin + records + struct.pack("<HH", 0x0A, 0)

    def of(kind: int, content: bytes) -> bytes:
        return struct.pack("<HH", kind, len(content)) + content

    def said(text: str) -> bytes:
        return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")

    cells = b"".join(
        of(0x204, struct.pack("<HHH", at, column, 0) + said(text))
        for at, row in enumerate(rows)
        for column, text in enumerate(row)
    )
    aside = b"".join(of(kind, said(word)) for kind in (0x14, 0x293, 0x7777)) if word else b""
    sheet = part(
        16, of(0x200, struct.pack("<IIHHH", 0, len(rows), 0, len(rows[0]), 0)) + cells + aside
    )
    size = len(part(5, aside + of(0x85, bytes(12))))
    bound = of(0x85, struct.pack("<IBBBB", size, 0, 0, 4, 0) + b"Ark1")
    return compound_file("Workbook", part(5, aside + bound) + sheet)


def binary(rows: Table, word: str = "") -> bytes:
    aside = record(5_000, wide(word)) + record(479, bytes(2) + wide(word)) if word else b""
    return xlsb(
        b"".join(
            xlsb_row(at, *(xlsb_cell(6, column, wide(text)) for column, text in enumerate(row)))
            for at, row in enumerate(rows)
        )
        + aside
    )


def spreadsheet(rows: Table, word: str = "") -> bytes:
    sheet = ods_sheet([[escape(text) for text in row] for row in rows])
    note = f"<office:annotation><text:p>{word}</text:p></office:annotation>"
    sheet = sheet.replace("<text:p>aarhus", f"{note}<text:p>aarhus", 1) if word else sheet
    return ods(sheet, **({"meta.xml": f"<m>{word}</m>"} if word else {}))


def columns(rows: Table, word: str = "") -> bytes:
    file = io.BytesIO()
    made = arrow.table({name: [row[at] for row in rows[1:]] for at, name in enumerate(rows[0])})
    parquet.write_table(made.replace_schema_metadata({"a": word}) if word else made, file)
    return file.getvalue()


def px(title: str = "t", note: str = "n", code: str = "1") -> bytes:
    return (
        f'CHARSET="ANSI";\nCODEPAGE="utf-8";\nTITLE="{title}";\nNOTE="{note}";\nSTUB="sted";\n'
        f'HEADING="tid";\nVALUES("sted")="{code}","2";\nVALUES("tid")="2022","2023";\n'
        "DATA=\n1 2\n3 4;\n"
    ).encode()


def cube(label: str = "x", note: str = "n", code: str = "a") -> bytes:
    areas = {"index": [code, "b"], "label": {code: "Aarhus", "b": "Viby"}}
    periods = {"index": ["2022", "2023"]}
    return json.dumps({
        "version": "2.0", "class": "dataset", "label": label, "note": [note], "id": ["sted", "tid"],
        "size": [2, 2], "value": [1, 2, 3, 4],
        "dimension": {"sted": {"category": areas}, "tid": {"category": periods}},
    }).encode()  # fmt: skip


def zipped(name: str, content: bytes, remark: str = "") -> bytes:
    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr(name, content)
        archive.comment = remark.encode()
    return file.getvalue()


def records(rows: Table) -> bytes:
    return json.dumps([dict(zip(rows[0], row, strict=True)) for row in rows[1:]]).encode()


PARTS = (table(NUMBER), table(head=NUMBER))
SDMX = "DATAFLOW,REF_AREA,TIME_PERIOD,OBS_VALUE,COMMENT_OBS\nx,aarhus,2023,71.5,{}\n"
# Of each format the files with a whole number in each part, and one with halves beside its cells.
REFUSED: dict[str, list[bytes]] = {
    "csv": [text_of(rows, ";") for rows in PARTS]
    + [f"Udtræk for {NUMBER}\n\n".encode() + text_of(table(), ";"),
       text_of(table(), ";") + f"\nKilde: {NUMBER}\n".encode()],
    "tsv": [text_of(rows, "\t") for rows in PARTS],
    "txt": [text_of(rows, ",") for rows in PARTS],
    "xlsx": [*map(xlsx, PARTS), xlsx(table(), NUMBER)],
    "xlsm": [*map(xlsx, PARTS), xlsx(table(), NUMBER)],
    "xls": [*map(xls, PARTS), xls(table(), NUMBER)],
    "xlsb": [*map(binary, PARTS), binary(table(), NUMBER)],
    "ods": [*map(spreadsheet, PARTS), spreadsheet(table(), NUMBER)],
    "parquet": [*map(columns, PARTS), columns(table(), NUMBER)],
    "px": [px(title=NUMBER), px(note=NUMBER), px(code=NUMBER)],
    "json": [*map(records, PARTS), json.dumps({"om": NUMBER, "data": [{"a": 1}]}).encode()],
    "jsonstat.json": [cube(label=NUMBER), cube(note=NUMBER), cube(code=NUMBER)],
    "sdmx.csv": [SDMX.format(NUMBER).encode(), SDMX.replace("COMMENT", NUMBER).format("").encode()],
    "csv.gz": [gzip.compress(text_of(rows, ";")) for rows in PARTS],
    "zip": [zipped("a.csv", text_of(PARTS[0], ";")), zipped(f"{NUMBER}.csv", text_of(table(), ";")),
            zipped(f"{NUMBER}/a.csv", text_of(table(), ";")),
            zipped("a.csv", text_of(table(), ";"), NUMBER)],
}  # fmt: skip
WITH_HALVES: dict[str, Callable[[Table, str], bytes]] = {
    "xlsx": xlsx, "xlsm": xlsx, "xls": xls, "xlsb": binary, "ods": spreadsheet, "parquet": columns,
}  # fmt: skip


def unpacked(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """The bytes of a file and of what is packed in it, with its names."""
    yield name, content
    if is_zipfile(io.BytesIO(content)):
        with ZipFile(io.BytesIO(content)) as archive:
            for member in archive.namelist():
                yield from unpacked(f"{name}/{member}", archive.read(member))
    elif content[:2] == b"\x1f\x8b":
        yield from unpacked(f"{name}/gz", gzip.decompress(content))
    elif content[:4] == b"PAR1":
        read = parquet.read_table(io.BytesIO(content))
        yield f"{name}/cells", repr((read.to_pylist(), read.schema.metadata)).encode()
    elif content[:4] == b"\xd0\xcf\x11\xe0":
        yield f"{name}/stream", CompoundFile(content).stream("workbook", "book") or b""


def kept(home: Path, word: str) -> list[str]:
    """Where a word is in the store: in names, bytes of one letter or two, and rows of databases."""
    spelled = [word.encode(), word.encode("utf-16-le")]
    places = [
        name
        for path in home.rglob("*")
        if path.is_file()
        for name, content in unpacked(path.relative_to(home).as_posix(), path.read_bytes())
        if word in name or any(letters in content for letters in spelled)
    ]
    for version in versions(home):
        with duckdb.connect(str(version_path(home, version)), read_only=True) as connection:
            for (name,) in connection.sql("SELECT table_name FROM duckdb_tables()").fetchall():
                rows = connection.table(name).fetchall()
                places += [f"{version}: {name}"] * any(word in repr(row) for row in rows)
    return places


def refusal(upload: Upload, home: Path) -> str:
    """What is said of a file that is not published; empty where it is."""
    done = publish(upload, None, "Ida", "Note", home)
    return "" if done.batch_id else " ".join(map(Problem.sentence, done.checked.problems))


@pytest.mark.parametrize("ending", REFUSED)
def test_a_whole_number_is_refused_and_kept_nowhere(
    ending: str, spor: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    version = current_version(spor)
    for content in REFUSED[ending]:
        said = refusal(Upload(f"tal.{ending}", content), spor)
        assert "CPR" in said
        # Locks are called by where they lie in memory.
        logged = [line for line in caplog.text.splitlines() if "filelock" not in line]
        assert "4916" not in said + "".join(logged)
    assert current_version(spor) == version
    assert [word for word in (NUMBER, "2512484916", HALF) if kept(spor, word)] == []


@pytest.mark.parametrize("ending", WITH_HALVES)
def test_a_half_beside_the_cells_is_not_kept_with_what_is_published(
    ending: str, spor: Path
) -> None:
    content = WITH_HALVES[ending](table("kendt"), HALF)
    assert any(
        letters in part
        for _, part in unpacked("x", content)
        for letters in (HALF.encode(), HALF.encode("utf-16-le"))
    )
    publish(Upload(f"tal.{ending}", content), None, "Ida", "Note", spor)
    (original,) = (spor / "originals").iterdir()
    assert any(
        "kendt".encode(letters) in part
        for _, part in unpacked("x", original.read_bytes())
        for letters in ("utf-8", "utf-16-le")
    )
    assert kept(spor, HALF) == []
