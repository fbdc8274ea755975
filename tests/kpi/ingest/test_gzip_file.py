"""A file packed by gzip is the one within; what is damaged, too large or personal is refused."""

import gzip
import io

import pytest

from kpi.ingest.readers import gzip_file
from kpi.ingest.readers.archive import files_in, inflated_bytes, is_archive_of_files, member
from kpi.ingest.table.raw import RefusedError, Upload
from tests.kpi.ingest.checked import Desk, codes, read
from tests.kpi.ingest.made_tables import workbook
from tests.tables import for_each

TABLE = "nøgletal;område;periode;værdi\nrate;Aarhus;2024;51,5\n".encode()
ROWS: list[list[object]] = [
    ["nøgletal", "område", "periode", "værdi"],
    ["rate", "Aarhus", 2024, 51.5],
]
CPR = b"010190-1234"


def packed(content: bytes, name: str = "") -> bytes:
    out = io.BytesIO()
    with gzip.GzipFile(name, "wb", fileobj=out, mtime=0) as file:
        file.write(content)
    return out.getvalue()


@pytest.mark.parametrize("content", [TABLE, workbook(ROWS)], ids=["csv", "xlsx"])
def test_the_file_within_is_read(tiny: Desk, content: bytes) -> None:
    checked = tiny.check(packed(content, "tal.csv"), name="tal.csv.gz")
    assert read(checked) == [("aarhus", "all", "2024", 51.5, "final")]
    assert checked.publishable


@for_each(
    ("outer", "inner"),
    [("tal.csv.gz", "tal.csv"), ("TAL.CSV.GZ", "TAL.CSV"), ("tal", "tal"), (".gz", ".gz")],
)
def test_it_is_called_as_the_outer_one(outer: str, inner: str) -> None:
    upload = Upload(outer, packed(TABLE, "andet.csv"))
    assert is_archive_of_files(upload.content)
    assert (files_in(upload), inflated_bytes(upload.content)) == (
        (Upload(inner, TABLE),),
        len(TABLE),
    )
    assert member(upload, None) == Upload(inner, TABLE)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (packed(packed(TABLE)), "not_a_table"),
        (packed(TABLE) * 2, "not_a_table"),
        (packed(TABLE) + b"mere", "not_a_table"),
        (packed(TABLE)[:-9], "not_a_table"),
        (packed(TABLE)[:12] + b"x" * 20, "not_a_table"),
        (b"\x1f\x8b", "not_a_table"),
        (packed(TABLE, f"{CPR.decode()}.csv"), "personal_data"),
        (packed(TABLE + b"rate;Odense " + CPR + b";2024;1\n"), "personal_data"),
    ],
)
def test_what_is_refused(tiny: Desk, content: bytes, code: str) -> None:
    checked = tiny.check(content, name="tal.csv.gz")
    assert codes(checked) == [code]
    assert CPR.decode() not in str(checked.problems)


def test_it_unpacks_no_further_than_a_file_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gzip_file, "MOST_BYTES", 1_000)
    assert gzip_file.gunzipped(Upload("a.gz", packed(b"x" * 1_000))).content == b"x" * 1_000
    with pytest.raises(RefusedError, match="fylder for meget"):
        gzip_file.gunzipped(Upload("a.gz", packed(b"x" * 1_001)))
    monkeypatch.setattr(gzip_file, "MOST_BYTES", 1_000_000)
    monkeypatch.setattr(gzip_file, "_RATIO_MATTERS_FROM_BYTES", 1_000)
    with pytest.raises(RefusedError, match="fylder for meget"):
        gzip_file.gunzipped(Upload("a.gz", packed(b"x" * 900_000)))
