"""Data that a version was made of is not read again; whatever may have changed is."""

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from kpi.ingest.data_figures import checked_data
from kpi.ingest.table.raw import Upload
from kpi.store import Published, current_version, init, publishing, same_data
from kpi.store.entering import enter
from kpi.store.same_data import data_key
from kpi.store.uploads import publish
from kpi.store.versions import version_path
from tests.kpi.data_folder import add_source, append, replace
from tests.kpi.store.tiny_store import PAPER, files, read_again

UNCHANGED = Published("000001", False, 0, 0, 0)


class ReadError(Exception):
    """data/ is read."""


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading data/ raises ReadError."""

    def read(_: Path) -> None:
        raise ReadError

    monkeypatch.setattr(publishing, "checked_data", read)


@pytest.mark.usefixtures("unread")
def test_what_the_version_is_made_of_is_not_read(spor: Path, tiny: Path) -> None:
    before = files(spor)
    assert init(spor, tiny) == UNCHANGED
    assert init(spor, tiny.rename(tiny.with_name("moved"))) == UNCHANGED
    assert files(spor) == before


def test_reading_it_gives_the_same(spor: Path, tiny: Path) -> None:
    assert read_again(spor, tiny) == UNCHANGED


def change_program(_: Path, __: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # It is read once in a process.
    monkeypatch.setattr(same_data, "program_hash", lambda: b"another")


def change_library(_: Path, __: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(same_data, "_LIBRARIES", ("3.99",))


def ask(home: Path, sql: str) -> None:
    with duckdb.connect(str(version_path(home, current_version(home)))) as connection:
        connection.execute(sql)


def correct(home: Path) -> None:
    content = "nøgletal;område;gruppe;periode;værdi;kilde\nrate;aarhus;all;2022;71;paper\n"
    done = publish(Upload("tal.csv", content.encode()), None, "Ida", "Rettet", home)
    assert done.batch_id == 2


def enter_meeting(home: Path) -> None:
    row = {"meeting_id": "m", "date": "2026-01-01", "body": "Byrådet", "title": ""}
    assert enter({"meeting": [row]}, "Ida", home).rows == 1


CHANGES: dict[str, Callable[[Path, Path, pytest.MonkeyPatch], object]] = {
    "a figure": lambda _, data, __: replace(data, PAPER, ",2022,70.0,", ",2022,70.1,"),
    "a row": lambda _, data, __: append(data, PAPER, "rate,odense,all,2022,72.2,,,final,,,paper"),
    "a name": lambda _, data, __: replace(data, "theme.csv", "Flere i job", "Alle i job"),
    "a file more": lambda _, data, __: add_source(
        data, "more", "2025-01-01", "rate,odense,all,2022,72.2,,,final"
    ),
    "a table more": lambda _, data, __: (data / "moved_period.csv").write_text("", "utf-8"),
    "a file fewer": lambda _, data, __: (data / PAPER).unlink(),
    "a file's name": lambda _, data, __: (data / PAPER).rename(data / "observations/other.csv"),
    "a file that is none": lambda _, data, __: (data / "observations/folder.csv").mkdir(),
    "the program": change_program,
    "a library": change_library,
    "an upload": lambda home, _, __: correct(home),
    "an entry": lambda home, _, __: enter_meeting(home),
    "an earlier program": lambda home, _, __: ask(home, "DROP TABLE made_of"),
    "a rule of hiding": lambda home, _, __: ask(home, "UPDATE derived_by SET sha256 = ''"),
    "a derived table": lambda home, _, __: ask(home, "DROP TABLE coverage"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_all_is_read_where_something_has_changed(
    spor: Path,
    tiny: Path,
    what: str,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> None:
    CHANGES[what](spor, tiny, monkeypatch)
    request.getfixturevalue("unread")
    with pytest.raises(ReadError):
        init(spor, tiny)


def test_data_that_changes_while_it_is_read_is_read_again(
    spor: Path, tiny: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    def read(folder: Path) -> object:
        checked = checked_data(folder)
        replace(folder, PAPER, ",2022,70.1,", ",2022,70.2,")
        return checked

    replace(tiny, PAPER, ",2022,70.0,", ",2022,70.1,")
    key = data_key(tiny)
    monkeypatch.setattr(publishing, "checked_data", read)
    assert init(spor, tiny) == Published("000002", True, 0, 1, 0)
    replace(tiny, PAPER, ",2022,70.2,", ",2022,70.1,")
    assert data_key(tiny) == key
    request.getfixturevalue("unread")
    with pytest.raises(ReadError):
        init(spor, tiny)
