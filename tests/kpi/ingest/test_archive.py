"""A ZIP of tables: what is taken out of it, under which names, and what is refused."""

import io
import struct
import zipfile
from collections.abc import Mapping

import pytest
import xlsxwriter

from kpi.ingest.readers.archive import MOST_FILES, files_in, is_archive_of_files, member
from kpi.ingest.table.raw import RefusedError, Upload
from tests.kpi.ingest.checked import Desk, codes
from tests.kpi.ingest.made_files import with_large_part
from tests.tables import for_each

TABLE = b"n\xc3\xb8gletal;omr\xc3\xa5de;periode;v\xc3\xa6rdi\nschool_absence;Viby Syd;2031H1;9,1\n"
CPR = TABLE + b"school_absence;Gellerup 010190-1234;2031H1;9\n"


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Upload:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return Upload("tal.zip", out.getvalue())


def workbook() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as book:
        book.add_worksheet().write(0, 0, "nøgletal")
    return out.getvalue()


def renamed(upload: Upload, before: bytes, after: bytes) -> Upload:
    """The ZIP with a name of the same length written in its place, byte by byte."""
    assert len(before) == len(after)
    return Upload(upload.name, upload.content.replace(before, after))


@for_each(
    ("files", "names"),
    [
        ({"a.csv": TABLE, "b.csv": TABLE}, ["a.csv", "b.csv"]),
        ({"2024/a.csv": TABLE}, ["2024/a.csv"]),
        ({"2024/a_2024.csv": TABLE, "b/c.csv": TABLE}, ["a_2024.csv", "c.csv"]),
        ({"2024/a.csv": TABLE, "2025/a.csv": TABLE}, ["2024/a.csv", "2025/a.csv"]),
        ({"2024\\a.csv": TABLE}, ["2024/a.csv"]),
        ({"tal/": b"", "tal/a.csv": TABLE}, ["a.csv"]),
        ({"a\nb.csv": TABLE, "c\u202evsc.exe": TABLE}, ["a_b.csv", "c_vsc.exe"]),
        (
            {
                "a.csv": TABLE, "__MACOSX/._a.csv": b"x", ".DS_Store": b"x", "b/.DS_Store": b"x",
                "Thumbs.db": b"x", "b/desktop.ini": b"x", "b/._c.csv": b"x",
                "~$a.xlsx": b"x", "b/~$d.docx": b"x", "b/.~lock.a.ods#": b"x",
            },
            ["a.csv"],
        ),
        ({"børn 010190-1234/a.csv": TABLE}, ["børn 010190-1234/a.csv"]),
        ({"a.zip": zipped({"b.csv": TABLE}).content, "t.xlsx": workbook()}, ["a.zip", "t.xlsx"]),
    ],
)  # fmt: skip
def test_each_file_is_an_upload_by_its_own_name(files: dict[str, bytes], names: list[str]) -> None:
    assert [file.name for file in files_in(zipped(files))] == names


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("børn.csv".encode("cp850"), "børn.csv"),  # Windows, without saying so
        ("bør.csv".encode(), "bør.csv"),  # macOS, without saying so
    ],
)
def test_danish_letters_are_read_in_the_systems_own_code(raw: bytes, name: str) -> None:
    upload = renamed(zipped({"x" * len(raw): TABLE}), b"x" * len(raw), raw)
    assert [file.name for file in files_in(upload)] == [name]


@pytest.mark.parametrize(
    ("content", "is_archive"),
    [
        (zipped({"a.csv": TABLE}).content, True),
        (zipped({}).content, True),
        (workbook(), False),
        (zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}).content, False),
        (zipped({"word/document.xml": b""}).content, False),
        (zipped({"Index/Document.iwa": b""}).content, False),
        (zipped({"a.csv": TABLE}).content[:40], False),
        (b"PK\x03\x04", False),
        (TABLE, False),
        (b"", False),
    ],
    # A name of its own: the bytes hold the moment they were packed, and each process has its own.
    ids=[
        "table", "nothing", "xlsx", "ods", "docx", "numbers", "cut", "only a mark", "text", "empty",
    ],
)  # fmt: skip
def test_what_is_a_zip_of_files(content: bytes, is_archive: bool) -> None:
    assert is_archive_of_files(content) == is_archive


def encrypted() -> Upload:
    """A ZIP that says of its file that it takes a password."""
    content = bytearray(zipped({"a.csv": TABLE}).content)
    for signature, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + place] |= 1
    return Upload("tal.zip", bytes(content))


def unknown_method() -> Upload:
    content = bytearray(zipped({"a.csv": TABLE}).content)
    for signature, place in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        at = content.index(signature) + place
        content[at : at + 2] = struct.pack("<H", 9)
    return Upload("tal.zip", bytes(content))


def broken() -> Upload:
    upload = zipped({"a.csv": TABLE}, zipfile.ZIP_STORED)
    return Upload("tal.zip", upload.content.replace(b"Viby Syd", b"Viby Sid"))


def large(*megabytes: int) -> Upload:
    """Files that grow to so many megabytes each."""
    content = b""
    for name, size in zip(("a.csv", "b.csv", "c.csv"), megabytes, strict=False):
        content = with_large_part(content, name, b"0" * 1024**2, size)
    return Upload("tal.zip", content)


@for_each(
    ("upload", "code", "message"),
    [
        (encrypted(), "not_a_table", "beskyttet med adgangskode"),
        (unknown_method(), "not_a_table", "beskadiget eller pakket på en måde"),
        (broken(), "not_a_table", "beskadiget"),
        (zipped({}), "empty_file", "ingen filer"),
        (zipped({"__MACOSX/._a.csv": b"x"}), "empty_file", "ingen filer"),
        (zipped({"../a.csv": TABLE}), "not_a_table", "peger ud af den"),
        (zipped({"b/../../a.csv": TABLE}), "not_a_table", "peger ud af den"),
        (zipped({"/etc/a.csv": TABLE}), "not_a_table", "peger ud af den"),
        (zipped({"C:\\a.csv": TABLE}), "not_a_table", "peger ud af den"),
        (zipped({f"{n}.csv": b"" for n in range(MOST_FILES + 1)}), "too_large", "51 filer"),
        (large(60), "too_large", "fylder for meget"),
        (large(201), "too_large", "»a.csv« i ZIP-filen fylder 201 MB"),
        (large(180, 180, 180), "too_large", "540 MB, når den pakkes ud"),
    ],
)  # fmt: skip
def test_what_is_refused_says_why(upload: Upload, code: str, message: str) -> None:
    with pytest.raises(RefusedError) as refused:
        files_in(upload)
    (problem,) = refused.value.problems
    assert problem.code == code
    assert message in problem.message
    assert problem.hint


def test_a_file_is_chosen_by_its_name() -> None:
    several = zipped({"a.csv": TABLE, "b.csv": TABLE + b"x"})
    assert member(several, "b.csv").content == TABLE + b"x"
    with pytest.raises(RefusedError, match=r"2 filer.*--member NAVN: »a\.csv« og »b\.csv«"):
        member(several, None)
    with pytest.raises(RefusedError, match=r"ingen fil med navnet »c\.csv«"):
        member(several, "c.csv")
    plain = Upload("a.csv", TABLE)
    assert member(plain, None) is plain


def test_a_zip_of_one_file_is_read_as_that_file(real: Desk) -> None:
    checked = real.check(zipped({"2031/a.csv": TABLE}).content, name="tal.zip")
    assert (checked.publishable, checked.new) == (True, 1)
    several = real.check(zipped({"a.csv": TABLE, "b.csv": TABLE}).content, name="tal.zip")
    assert codes(several) == ["several_files"]
    within = zipped({"a.zip": zipped({"b.csv": TABLE, "c.csv": TABLE}).content})
    assert codes(real.check(within.content)) == ["not_a_table"]


@pytest.mark.parametrize("files", [{"a.csv": CPR}, {"010190-1234/a.csv": TABLE}])
def test_personal_data_in_a_zip_is_refused_unrepeated(real: Desk, files: dict[str, bytes]) -> None:
    checked = real.check(zipped(files).content)
    assert codes(checked) == ["personal_data"]
    assert "010190" not in str(checked)
    several = real.check(zipped({**files, "b.csv": TABLE}).content)
    assert "010190" not in str(several)


@pytest.mark.parametrize("of_file", [False, True])
def test_a_number_in_the_remarks_of_a_zip(real: Desk, of_file: bool) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        entry = zipfile.ZipInfo("a.csv")
        if of_file:
            entry.comment = b"25/12/48 4916"
        else:
            archive.comment = b"Om 251248-4916"
        archive.writestr(entry, TABLE)
    assert codes(real.check(out.getvalue())) == ["personal_data"]


def crowded(entries: int, is_large: bool) -> bytes:
    """A ZIP whose list of contents names one file so many times, in the older or newer form."""
    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 0, 0, 0, 0, 1, 1, 5, 0) + b"a.csvx"
    entry = struct.pack(
        "<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 0, 0, 0, 0, 1, 1, 5, 0, 0, 0, 0, 0, 0
    )
    listed = (entry + b"a.csv") * entries
    place, size, end = len(local), len(listed), b""
    if is_large:
        end = struct.pack(
            "<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, entries, entries, size, place
        ) + struct.pack("<IIQI", 0x07064B50, 0, place + size, 1)
        place = size = 0xFFFFFFFF
    end += struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, entries % 65536, entries % 65536, size,
                       place, 0)  # fmt: skip
    return local + listed + end


@pytest.mark.parametrize("is_large", [False, True])
def test_a_list_of_contents_beyond_all_measure_is_not_read(
    monkeypatch: pytest.MonkeyPatch, real: Desk, is_large: bool
) -> None:
    def opened(*_: object) -> None:
        raise AssertionError("a million names were read")

    content = crowded(200_000, is_large)
    monkeypatch.setattr("kpi.ingest.readers.archive.ZipFile", opened)
    monkeypatch.setattr("kpi.ingest.table.file_kind.ZipFile", opened)
    assert not is_archive_of_files(content)
    (problem,) = real.check(content, name="a.zip").problems
    assert problem.code == "too_large"


def test_a_comment_behind_the_list_is_no_list() -> None:
    upload = zipped({"a.csv": b"a;b\n1;2\n"})
    file = io.BytesIO(upload.content)
    with zipfile.ZipFile(file, "a") as archive:
        archive.comment = b"\xff" * 60_000
    assert is_archive_of_files(file.getvalue())


@pytest.mark.parametrize(
    ("end", "is_cut"), [(b"", False), (b"school_absence;Viby Syd;2032H1;9", True)]
)
def test_the_end_of_the_last_line_is_that_of_the_file_in_the_zip(
    tiny: Desk, end: bytes, is_cut: bool
) -> None:
    upload = zipped({"a.csv": TABLE + end})
    checked = tiny.check(upload.content, name=upload.name)
    assert ("unended_line" in codes(checked)) == is_cut


@pytest.mark.parametrize(
    ("names", "left"),
    [
        (["LÆSMIG.txt"], True), (["laes_mig.txt"], True), (["README", "beskrivelse.pdf"], True),
        (["readme.md", "__MACOSX/._tal.csv", "Thumbs.db", "desktop.ini"], True),
        (["metadata.json"], True), (["Vejledning til tal.txt"], True),
        (["__MACOSX/._tal.csv", "Thumbs.db"], None),  # the system's own are nobody's files
        (["tal2.csv"], False), (["data.json"], False), (["noter_om_tal.csv"], False),
        (["tal.txt"], False),
    ],
)  # fmt: skip
def test_a_table_and_what_explains_it(real: Desk, names: list[str], left: bool | None) -> None:
    upload = zipped({"tal.csv": TABLE} | dict.fromkeys(names, b"Tabellen er fra 2025.\n"))
    checked = real.check(upload.content, name=upload.name)
    named = [each for each in checked.problems if each.code == "several_files"]
    if left is False:
        assert [each.severity for each in named] == ["error"]
        return
    assert checked.observations == 1
    assert [each.severity for each in named] == (["warning"] if left else [])
    if left:
        own = [name for name in names if not name.startswith(("__", "Thumbs", "desktop"))]
        assert all(f"»{name}«" in named[0].message for name in own)


def test_what_explains_a_table_is_read_where_it_is_chosen_or_alone() -> None:
    both = zipped({"tal.csv": TABLE, "læsmig.txt": TABLE})
    assert member(both, "læsmig.txt").name == "læsmig.txt"
    assert member(zipped({"læsmig.txt": TABLE}), None).name == "læsmig.txt"
