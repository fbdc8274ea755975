"""Exports on disk: whole or not at all, and reported in Danish when they cannot be written."""

import errno
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError
from kpi.domain.vocabulary import PaperFile, PictureFormat
from kpi.export.files import names, template_file, write_paper
from kpi.export.paper import Paper
from kpi.system.writing import write_whole
from tests.tables import for_each


@pytest.fixture(scope="module")
def few(handed_in: Paper) -> Paper:
    """Two figures."""
    return replace(handed_in, items=handed_in.items[:2])


def fails(code: int) -> Callable[[Path, bytes], int]:
    """A disk that takes ten bytes, then no more."""

    def write(path: Path, content: bytes) -> int:
        with path.open("wb") as file:
            file.write(content[:10])
        raise OSError(code, os.strerror(code))

    return write


@pytest.mark.parametrize(
    ("kind", "name", "begins"),
    [("pptx", "oplæg.pptx", b"PK"), ("xlsx", "tal.xlsx", b"PK")],
)
def test_a_paper_is_one_file(
    few: Paper, catalog: Catalog, tmp_path: Path, kind: PaperFile, name: str, begins: bytes
) -> None:
    out = tmp_path / name
    assert write_paper(kind, few, catalog, out, None, "slide") == [out]
    assert out.read_bytes().startswith(begins)
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.usefixtures("drawing")
@pytest.mark.parametrize(("kind", "begins"), [("png", b"\x89PNG"), ("svg", b"<svg")])
def test_several_pictures_are_a_folder_of_numbered_files(
    few: Paper, catalog: Catalog, tmp_path: Path, kind: PictureFormat, begins: bytes
) -> None:
    written = write_paper(kind, few, catalog, tmp_path / "billeder", None, "half")
    keys = [item.exhibit.key for item in few.items]
    assert [path.name for path in written] == [f"01-{keys[0]}.{kind}", f"02-{keys[1]}.{kind}"]
    assert all(path.read_bytes().startswith(begins) for path in written)


@pytest.mark.usefixtures("drawing")
def test_one_picture_is_a_file_unless_a_folder_is_there(
    few: Paper, catalog: Catalog, tmp_path: Path
) -> None:
    single = replace(few, items=few.items[:1])
    (alone,) = write_paper("png", single, catalog, tmp_path / "figur.png", None, "half")
    assert alone == tmp_path / "figur.png"
    (within,) = write_paper("png", single, catalog, tmp_path, None, "half")
    assert within.parent == tmp_path
    assert within.read_bytes() == alone.read_bytes()


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (errno.ENOSPC, "Der er ikke plads"),
        (errno.EACCES, "Programmet må ikke skrive"),
        (errno.EROFS, "kan kun læses"),
        (errno.EDQUOT, "Der er ikke plads"),
    ],
)
def test_a_disk_that_refuses_is_reported_and_the_old_file_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, message: str
) -> None:
    out = tmp_path / "tal.xlsx"
    out.write_bytes(b"the old one")
    monkeypatch.setattr(Path, "write_bytes", fails(code))
    with pytest.raises(KpiError) as refused:
        write_whole(out, b"new" * 100)
    assert refused.value.title == "Filen kan ikke gemmes"
    assert "»tal.xlsx«" in refused.value.message
    assert os.strerror(code) not in refused.value.message  # which is English
    assert message in refused.value.message
    assert out.read_bytes() == b"the old one"
    assert list(tmp_path.iterdir()) == [out]


def test_a_full_disk_in_the_middle_of_pictures_leaves_no_half_one(
    few: Paper, catalog: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kpi.export.files.picture", lambda *_: b"picture" * 10)
    monkeypatch.setattr(Path, "write_bytes", fails(errno.ENOSPC))
    with pytest.raises(KpiError, match="Filen kan ikke gemmes"):
        write_paper("png", few, catalog, tmp_path / "billeder", None, "slide")
    assert list((tmp_path / "billeder").iterdir()) == []


@pytest.mark.parametrize("out", ["mangler/tal.csv", "en-fil/tal.csv", "mappe", "x" * 300])
def test_a_place_where_no_file_can_be_is_refused(tmp_path: Path, out: str) -> None:
    (tmp_path / "en-fil").write_bytes(b"a file")
    (tmp_path / "mappe").mkdir()
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(KpiError, match="Filen kan ikke gemmes"):
        write_whole(tmp_path / out, b"content")
    assert sorted(tmp_path.rglob("*")) == before


@for_each("out", ["", ".", "/"])
def test_a_path_without_a_name_is_refused(out: str) -> None:
    with pytest.raises(KpiError, match="Skriv et filnavn"):
        write_whole(Path(out), b"content")


@pytest.mark.usefixtures("drawing")
def test_pictures_need_a_folder(few: Paper, catalog: Catalog, tmp_path: Path) -> None:
    (tmp_path / "en-fil").write_bytes(b"a file")
    with pytest.raises(KpiError, match="Mappen kan ikke oprettes"):
        write_paper("png", few, catalog, tmp_path / "en-fil", None, "slide")


def test_a_template_is_read_and_a_missing_one_is_reported(tmp_path: Path) -> None:
    (tmp_path / "vores.pptx").write_bytes(b"PK")
    assert template_file(str(tmp_path / "vores.pptx")) == b"PK"
    assert template_file(None) is None
    for missing in ("mangler.pptx", "."):
        with pytest.raises(KpiError, match="Skabelonen kan ikke læses"):
            template_file(str(tmp_path / missing))


@pytest.mark.parametrize(
    ("files", "named"),
    [(["ud/tal.xlsx"], "ud/tal.xlsx"), (["ud/1.png", "ud/2.png"], "2 filer i ud")],
)
def test_files_in_words(files: list[str], named: str) -> None:
    assert names([Path(file) for file in files]).replace("\\", "/") == named


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs pipes with a name")
def test_a_pipe_or_device_is_written_to_and_stays_one(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    # Open for both, so that neither side waits for the other.
    with os.fdopen(os.open(pipe, os.O_RDWR), "rb", buffering=0) as reader:
        write_whole(pipe, b"1;2")
        assert reader.read(3) == b"1;2"
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]
    assert pipe.is_fifo()
