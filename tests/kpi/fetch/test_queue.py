"""The queue of fetched files: whatever they are, each is read back, approved or rejected alone."""

import json
from dataclasses import replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from shutil import copytree
from zipfile import ZipFile

import pytest

from kpi.cli.fetch_answers import list_answer, queue_answer, queue_text
from kpi.fetch.journal import Entry
from kpi.fetch.queue import (
    NotWaitingError,
    Waiting,
    is_rejected,
    reject,
    remove,
    wait_for_person,
    waiting_entry,
    waiting_file,
    waiting_files,
)
from kpi.fetch.states import FetchState
from kpi.ingest.table.raw import Upload
from kpi.store.removed import take_memory_along
from tests.kpi.ingest.planted_places import BASE


def put(home: Path, name: str, file: str, content: bytes = b"[1]") -> Waiting:
    upload = Upload(file, content)
    waiting = Waiting(
        upload.sha256, name, name, "Y60A02", file, name, None, "2026-11-27T08:10:00+00:00", "",
        1, 1, 0,
    )  # fmt: skip
    wait_for_person(home, waiting, upload)
    return waiting


@pytest.mark.parametrize("file", ["Y60A02.csv", "y60a02.json", "Y60A02.JSON", "uden", "x.a b"])
def test_a_file_of_any_ending_is_read_back(tmp_path: Path, file: str) -> None:
    waiting = put(tmp_path, "mine", file)
    assert waiting_files(tmp_path) == [waiting]
    entry, upload = waiting_file(tmp_path, waiting.id)
    assert (entry, upload.name, upload.content) == (waiting, file, b"[1]")
    remove(tmp_path, waiting)
    assert not [*(tmp_path / "queue").iterdir()]


def test_the_same_bytes_wait_once_for_each_definition(tmp_path: Path) -> None:
    mine, other = put(tmp_path, "mine", "a.json"), put(tmp_path, "other", "a.json")
    assert waiting_files(tmp_path) == [mine, other]
    assert mine.id != other.id
    reject(tmp_path, mine, "Anna", "Forkert opskrift")
    assert waiting_files(tmp_path) == [other]
    assert waiting_file(tmp_path, other.id[:8])[1].content == b"[1]"
    assert is_rejected(tmp_path, mine.sha256, "mine")
    assert not is_rejected(tmp_path, mine.sha256, "other")


def test_the_beginning_of_two_ids_is_of_neither(tmp_path: Path) -> None:
    for name, number in (("mine", "a1"), ("other", "a2")):
        path = next((tmp_path / "queue").glob(f"*.{put(tmp_path, name, 'a.csv').name}.json"))
        written = json.loads(path.read_text(encoding="utf-8")) | {"id": number}
        path.write_text(json.dumps(written), encoding="utf-8")
    with pytest.raises(NotWaitingError, match="a1 og a2"):
        waiting_entry(tmp_path, "a")  # which of the two?


def test_no_answer_says_what_bytes_were_fetched(tmp_path: Path) -> None:
    """Of a file whose hash is known, a small number is soon guessed."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    waiting, twin = put(tmp_path, "mine", "a.csv"), put(elsewhere, "mine", "a.csv")
    made_of_bytes = {
        sha256(f"{word}{waiting.sha256}".encode()).hexdigest() for word in ("mine ", "mine", "")
    }
    answers = json.dumps(queue_answer([waiting])) + queue_text([waiting])
    entry = Entry(outcome="waiting", sha256=waiting.sha256)
    answers += json.dumps(list_answer([FetchState("mine", None, entry, waiting)]))
    assert waiting.id in answers
    for digest in (waiting.sha256, *made_of_bytes):
        assert digest[:12] not in answers
    assert twin.id != waiting.id  # the same bytes, elsewhere
    put(tmp_path, "mine", "a.csv")
    assert waiting_entry(tmp_path, waiting.id).sha256 == waiting.sha256  # fetched once more
    with pytest.raises(NotWaitingError):
        waiting_entry(tmp_path, waiting.sha256)


def test_what_was_rejected_waits_in_no_copy_of_the_store(tmp_path: Path) -> None:
    home, copy = tmp_path / "home", tmp_path / "copy"
    home.mkdir()
    mine, other = put(home, "mine", "a.csv"), put(home, "other", "b.csv")
    copytree(home, copy)  # made before the decision
    reject(home, mine, "Anna", "Forkert opskrift")
    take_memory_along(home, copy)
    assert waiting_files(copy) == [other]
    assert is_rejected(copy, mine.sha256, "mine")


def test_a_newer_file_takes_the_place_of_its_own_definition_alone(tmp_path: Path) -> None:
    other, older = put(tmp_path, "other", "a.json"), put(tmp_path, "mine", "a.json")
    newer = put(tmp_path, "mine", "a.json", b"[2]")
    assert waiting_files(tmp_path) == [newer, other]
    with pytest.raises(NotWaitingError):
        waiting_entry(tmp_path, older.id)


def test_a_description_without_its_moment_or_under_another_name_does_not_wait(
    tmp_path: Path,
) -> None:
    waiting = put(tmp_path, "mine", "a.csv")
    (path,) = (tmp_path / "queue").glob("*.json")
    path.rename(path.with_name(path.name.replace("mine", "other")))
    assert not waiting_files(tmp_path)
    put(tmp_path, "mine", "a.csv")
    put_again = replace(waiting, fetched_at="i går")
    wait_for_person(tmp_path, put_again, Upload("a.csv", b"[1]"))
    assert not waiting_files(tmp_path)


def test_of_a_workbook_only_what_was_searched_waits(tmp_path: Path) -> None:
    with ZipFile(BytesIO(BASE)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b"<row ", b'<row za="251248" zb="4916" ', 1)
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        for name, part in {**parts, "xl/media/a.png": b"251248"}.items():
            archive.writestr(name, part)
    waiting = put(tmp_path, "a", "a.xlsx", content.getvalue())
    entry, upload = waiting_file(tmp_path, waiting.id)
    # The answer is known by its own bytes, so that it never waits again when it is rejected.
    assert entry.sha256 == waiting.sha256 != upload.sha256
    with ZipFile(BytesIO(upload.content)) as archive:
        assert not any(b"251248" in archive.read(name) for name in archive.namelist())


def test_a_description_from_before_is_read(tmp_path: Path) -> None:
    waiting = put(tmp_path, "a", "a.csv")
    (path,) = (tmp_path / "queue").glob("*.json")
    written = json.loads(path.read_text())
    del written["kept_sha256"]
    path.write_text(json.dumps(written))
    assert waiting_file(tmp_path, waiting.id)[0] == waiting
