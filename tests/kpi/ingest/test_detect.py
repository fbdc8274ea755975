"""Each file is known by its content, and what is no table is named."""

import gzip
import json
import time
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from kpi.ingest.readers import detect as module
from kpi.ingest.readers.detect import recognise
from kpi.ingest.table.raw import RefusedError, Upload
from tests.tables import for_each

SAMPLES = Path(__file__).parents[2] / "samples"
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
PX = 'CHARSET="ANSI";\n{codepage}STUB="køn";\nVALUES("køn")="a";\nDATA=\n1;\n'


def archive(*names: str) -> bytes:
    made = BytesIO()
    with ZipFile(made, "w") as zipped:
        for name in names:
            zipped.writestr(name, "application/vnd.oasis.opendocument.spreadsheet")
    return made.getvalue()


@for_each(
    ("name", "kind", "encoding"),
    [
        ("dst_xlsx_RAS200_en_employment_by_municipality.xlsx", "workbook", ""),
        ("dst_api_csv_FOLK1A_da_values_bom_crlf.csv", "delimited", "utf-8-sig"),
        ("dst_api_jsonstat_bef5_en.json", "json", "utf-8"),
        ("jobindsats_v3_discovery_rows_with_null.json", "json", "utf-8"),
        ("px_cp1252_greenland_BEXSTA_quoted_dash.px", "px", "cp1252"),
        ("uvm_absence_by_municipality_2019-2025_processed.csv", "delimited", "utf-8"),
        ("uvm_api_raw_shape_EXCERPT.csv", "delimited", "utf-8"),
    ],
)
def test_samples(name: str, kind: str, encoding: str) -> None:
    recognised = recognise(Upload("file.bin", (SAMPLES / name).read_bytes()))
    assert (recognised.kind, recognised.encoding) == (kind, encoding)


@for_each(
    ("content", "kind", "encoding", "text"),
    [
        ("område;værdi\n1;2".encode(), "delimited", "utf-8", "område;værdi\n1;2"),
        ("område;€\n".encode("cp1252"), "delimited", "cp1252", "område;€\n"),
        ("område;1\n".encode("utf-8-sig"), "delimited", "utf-8-sig", "område;1\n"),
        ("område;1\n".encode("utf-16"), "delimited", "utf-16", "område;1\n"),
        ("\ufeffområde\n".encode("utf-16-be"), "delimited", "utf-16", "område\n"),
        ("område;1\n".encode("utf-16-le"), "delimited", "utf-16-le", "område;1\n"),
        ("område;1\n".encode("utf-16-be"), "delimited", "utf-16-be", "område;1\n"),
        (b"[Institution].[Navn];A\n1;2\n", "delimited", "utf-8", "[Institution].[Navn];A\n1;2\n"),
        (b'["a";"b"]\n', "delimited", "utf-8", '["a";"b"]\n'),
        (b"<5;a\n", "delimited", "utf-8", "<5;a\n"),
        (b' \n[{"a": 1}]', "json", "utf-8", ' \n[{"a": 1}]'),
        ('{"å": 1}'.encode("utf-16"), "json", "utf-16", '{"å": 1}'),
        ("år;tal\r\n2024;5\r\n\x1a".encode("cp850"), "delimited", "cp850", "år;tal\r\n2024;5\r\n"),
        (PX.format(codepage="").encode("cp1252"), "px", "cp1252", PX.format(codepage="")),
        (PX.format(codepage="").encode(), "px", "utf-8", PX.format(codepage="")),
        (PX.format(codepage="")[16:].encode("cp850"), "px", "cp850", PX.format(codepage="")[16:]),
        (
            PX.format(codepage='CODEPAGE="UTF-8";\n').encode(), "px", "utf-8",
            PX.format(codepage='CODEPAGE="UTF-8";\n'),
        ),
        (
            PX.format(codepage='CODEPAGE="iso-8859-1";\n').encode("latin-1"), "px", "cp1252",
            PX.format(codepage='CODEPAGE="iso-8859-1";\n'),
        ),
    ],
)  # fmt: skip
def test_texts(content: bytes, kind: str, encoding: str, text: str) -> None:
    recognised = recognise(Upload("file.xlsx", content))
    assert (recognised.kind, recognised.encoding, recognised.text) == (kind, encoding, text)


@pytest.mark.parametrize(
    ("content", "code", "reported"),
    [
        (b"", "empty_file", "tom"),
        (b" \r\n\t\n", "empty_file", "tom"),
        (b"\xef\xbb\xbf\n", "empty_file", "tom"),
        ("\ufeff \n".encode("utf-16-le"), "empty_file", "tom"),
        (b"%PDF-1.7\n\xe2\xe3", "not_a_table", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "not_a_table", "PNG"),
        (b"\xff\xd8\xff\xe0", "not_a_table", "JPEG"),
        (b"GIF89a", "not_a_table", "GIF"),
        (archive("word/document.xml"), "not_a_table", "Word"),
        (archive("mimetype"), "not_a_table", "ODS"),
        (archive("tal.csv"), "not_a_table", "ZIP"),
        (archive("xl/workbook.bin"), "not_a_table", "XLSB"),
        (archive("xl/workbook.xml")[:40], "not_a_table", "beskadiget"),
        (OLE2 + "EncryptedPackage".encode("utf-16-le"), "not_a_table", "adgangskode"),
        (OLE2 + "Workbook".encode("utf-16-le"), "not_a_table", "XLS"),
        (OLE2 + "WordDocument".encode("utf-16-le"), "not_a_table", "Word"),
        (OLE2, "not_a_table", "Office"),
        (gzip.compress(b"a;b", mtime=0), "not_a_table", "gzip"),
        (b"SQLite format 3\x00", "not_a_table", "SQLite"),
        (bytes(8) + b"DUCK" + bytes(60), "not_a_table", "DuckDB"),
        (b"PAR1\x15\x04", "not_a_table", "Parquet"),
        (b"\n<!DOCTYPE html><p>", "not_a_table", "HTML"),
        (b"<table><tr>", "not_a_table", "HTML"),
        (b"<?xml version='1.0'?><a/>", "not_a_table", "XML"),
        (b"{\\rtf1\\ansi", "not_a_table", "RTF"),
        (b'{"a": 1,\n"b": ', "not_a_table", "linje 2"),
        (b'[{"a": 1},\n', "not_a_table", "linje 2"),
        (b"[[1,\n2", "not_a_table", "linje 2"),
        (b'{"a": 1, "a": 2}', "not_a_table", "to gange"),
        (b'{"a": NaN}', "not_a_table", "NaN"),
        (b"[" * 100_000 + b"]" * 100_000, "not_a_table", "niveauer"),
        (b'{"a":' * 100_000, "not_a_table", "niveauer"),
        (b"a;b\n1;\x81\n", "encoding", "Linje 2"),  # nothing in Windows-1252
        (b"a;b\n1;2\n3;\x00\n", "encoding", "Linje 3"),
        (b"a;\x02b\n", "encoding", "Linje 1"),
        ("a\nø;å;".encode() + b"\n\xc3\n", "encoding", "Linje 3"),  # UTF-8 that was cut
        ("a;b\n1;2".encode("utf-16") + b"\x00", "encoding", "Linje 2"),
        (b"\xff\xfe\x00\x00a\x00\x00\x00", "encoding", "UTF-32"),
        (PX.format(codepage='CODEPAGE="ebcdic";\n').encode(), "encoding", "tegnsæt"),
    ],
    # Not the bytes: an archive holds the time it was made.
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_refused(content: bytes, code: str, reported: str) -> None:
    started = time.thread_time()
    with pytest.raises(RefusedError) as refused:
        recognise(Upload("file.csv", content))
    assert refused.value.problem.code == code
    assert reported in refused.value.problem.message
    assert refused.value.problem.hint
    assert time.thread_time() - started < 2


def test_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 3)
    with pytest.raises(RefusedError) as refused:
        recognise(Upload("file.csv", b"a;b\n"))
    assert refused.value.problem.code == "too_large"


def test_a_line_without_end_is_no_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_LONGEST_LINE", 50)
    for content in (b"a;b\n1;2\n" + b"1" * 120, b"a;" * 60, b"a;b\r1;2\r" * 20 + b"x" * 100):
        with pytest.raises(RefusedError, match="linje") as refused:
            recognise(Upload("file.csv", content))
        assert refused.value.problem.code == "too_large"
    for content in (b"a;b\n1;2\n" * 40, b"a;b\r1;2\r" * 40, b"[" + b"1," * 80 + b"1]"):
        recognise(Upload("file.csv", content))  # JSON may be one line


def test_lines_are_counted_past_the_first_piece() -> None:
    lines = "æble;1\n" * 300_000
    with pytest.raises(RefusedError) as refused:
        recognise(Upload("file.csv", lines.encode("cp1252") + b"\x00\n"))
    assert refused.value.problem.row == 300_001


def test_a_json_document_is_parsed_once() -> None:
    assert recognise(Upload("x", json.dumps({"a": [1]}).encode())).document == {"a": [1]}


def test_what_has_not_passed_the_gate_is_not_repeated() -> None:
    with pytest.raises(RefusedError) as refused:
        recognise(Upload("x", b'{"0101901234": 1, "0101901234": 2}'))
    assert "0101901234" not in str(refused.value)


@for_each(
    ("text", "document"),
    [
        (b'{"a": 1}\n{"a": 2}\n', [{"a": 1}, {"a": 2}]),
        (b'{"a": 1}\r\n\r\n{"a": 2}', [{"a": 1}, {"a": 2}]),
        (b'{"a": 1}\n', {"a": 1}),
    ],
)
def test_json_lines_are_a_list(text: bytes, document: object) -> None:
    assert recognise(Upload("a.jsonl", text)).document == document


@for_each(
    ("text", "line"),
    [
        (b'{"a": 1}\n{"a": 2}\n{"a": ', 3), (b'{"a": 1}\n{"a": 2}\n\n[3]\n', 4),
        (b'{"a": 1}\n[2]\n', 2), (b'{"a": 1,\n"b": ', 2),
    ],
)  # fmt: skip
def test_json_that_ends_or_changes_is_named_by_its_line(text: bytes, line: int) -> None:
    with pytest.raises(RefusedError, match=f"fra linje {line}"):
        recognise(Upload("a.jsonl", text))
