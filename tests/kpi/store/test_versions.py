"""The store's folder: which version holds, which comes next, who may write."""

import threading
from pathlib import Path

import pytest

from kpi.domain.errors import KpiError
from kpi.store import current_version, data_folder, home_folder, init, is_empty
from kpi.store.versions import make_current, next_version, version_path, versions, write_lock


def store_of(home: Path, *names: str, current: bytes | None = None) -> Path:
    """A folder with (empty) version files of these names, and `current`."""
    (home / "versions").mkdir(parents=True)
    for name in names:
        (home / "versions" / name).touch()
    if current is not None:
        (home / "current").write_bytes(current)
    return home


@pytest.mark.parametrize(
    ("setting", "folder_of"),
    [("KPI_HOME", home_folder), ("KPI_DATA", data_folder)],
)
def test_the_folders_are_settings(
    setting: str, folder_of: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert callable(folder_of)
    monkeypatch.setenv(setting, str(tmp_path / "x" / ".." / "y"))
    assert folder_of() == tmp_path / "y"
    # A service's settings are read by no shell.
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv(setting, "~/mine tal æøå")
    assert folder_of() == tmp_path / "mine tal æøå"


@pytest.mark.parametrize(
    ("setting", "folder_of", "name"),
    [("KPI_HOME", home_folder, "var"), ("KPI_DATA", data_folder, "data")],
)
@pytest.mark.parametrize("value", [None, "", "  "])
def test_without_settings_they_lie_in_the_repository(
    setting: str, folder_of: object, name: str, value: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert callable(folder_of)
    monkeypatch.setenv(setting, value or "")
    repository = Path(__file__).resolve().parents[3]
    assert folder_of() == repository / name


@pytest.mark.parametrize(
    ("names", "current", "empty"),
    [
        ([], None, True),
        (["next.tmp"], None, True),  # a crash left it behind
        (["000001.duckdb"], None, False),
        ([], b"000001\n", False),
    ],
)
def test_is_empty(tmp_path: Path, names: list[str], current: bytes | None, empty: bool) -> None:
    assert is_empty(store_of(tmp_path / "home", *names, current=current)) is empty


def test_a_folder_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert is_empty(tmp_path / "none")
    assert versions(tmp_path / "none") == []


def test_versions_are_ordered_by_number(tmp_path: Path) -> None:
    names = ["1000000.duckdb", "000002.duckdb", "999999.duckdb", "next.tmp", "x.duckdb", "3.duckdb"]
    home = store_of(tmp_path / "home", *names)
    assert versions(home) == ["000002", "999999", "1000000"]


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("names", "current", "following"),
    [
        ([], None, "000001"),
        (["000001.duckdb"], b"000001\n", "000002"),
        (["000001.duckdb", "000003.duckdb"], b"000001\n", "000004"),  # left by a crash
        (["000001.duckdb"], b"000007\n", "000008"),  # a file was deleted; its number stays taken
        (["000001.duckdb"], b"\xff\xfegarbage", "000002"),
        (["000001.duckdb"], None, "000002"),
        (["000001.duckdb"], b"", "000002"),
        (["999999.duckdb"], b"999999", "1000000"),
    ],
)
def test_a_version_number_is_never_used_again(
    tmp_path: Path, names: list[str], current: bytes | None, following: str
) -> None:
    assert next_version(store_of(tmp_path / "home", *names, current=current)) == following


@pytest.mark.parametrize("written", [b"000001\n", b"000001", b" 000001\r\n"])
def test_current_version(tmp_path: Path, written: bytes) -> None:
    home = store_of(tmp_path / "home", "000001.duckdb", current=written)
    assert current_version(home) == "000001"


@pytest.mark.every_case
@pytest.mark.parametrize(
    ("current", "message"),
    [
        (None, "Filen »current« i databasemappen mangler eller kan ikke læses."),
        (b"\xc3\xa6\xc3\xb8", "mangler eller kan ikke læses."),
        (b"", "peger på udgave »«, som ikke findes"),
        (b"000002\n", "peger på udgave »000002«, som ikke findes"),
        (b"../../000001", "peger på udgave »../../000001«, som ikke findes"),
        (b"1", "peger på udgave »1«, som ikke findes"),
        (b"x" * 5000, "peger på udgave »xxxxxxxxxxxxxxxxxxxx«, som ikke findes"),
    ],
)
def test_a_current_that_names_no_version(
    tmp_path: Path, current: bytes | None, message: str
) -> None:
    home = store_of(tmp_path / "home", "000001.duckdb", current=current)
    with pytest.raises(KpiError) as refused:
        current_version(home)
    assert refused.value.title == "Tallene kan ikke findes"
    assert message in refused.value.message
    assert "Kør »python -m kpi init«" in refused.value.message


def test_making_a_version_current_leaves_nothing_else_behind(tmp_path: Path) -> None:
    home = store_of(tmp_path / "home", "000001.duckdb", "next.tmp", current=b"000001\n")
    (home / "versions" / "next.tmp").write_bytes(b"new")
    make_current(home, home / "versions" / "next.tmp", "000002")
    assert (home / "current").read_bytes() == b"000002\n"
    assert version_path(home, "000002").read_bytes() == b"new"
    assert sorted(path.name for path in home.iterdir()) == ["current", "versions"]
    assert versions(home) == ["000001", "000002"]
    assert not (home / "versions" / "next.tmp").exists()


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    home = store_of(tmp_path / "home", "000001.duckdb", current=b"000001\n")
    with write_lock(home):
        with pytest.raises(KpiError) as refused, write_lock(home, wait_seconds=0.05):
            pass  # never reached
        assert refused.value.title == "En anden er ved at udgive"
    with write_lock(home, wait_seconds=0.05):
        pass


def test_where_no_store_is_only_a_builder_may_write(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with pytest.raises(KpiError, match="findes ikke"), write_lock(home):
        pass  # never reached
    assert list(tmp_path.iterdir()) == []
    with write_lock(home, build=True):
        assert (home / "versions").is_dir()
    # Nothing was built.
    assert list(tmp_path.iterdir()) == []


def test_a_writer_waits_for_the_one_before(tmp_path: Path) -> None:
    home = store_of(tmp_path / "home", "000001.duckdb", current=b"000001\n")
    entered = threading.Event()

    def second() -> None:
        with write_lock(home):
            entered.set()

    waiting = threading.Thread(target=second)
    with write_lock(home):
        waiting.start()
        assert not entered.wait(0.2)
    assert entered.wait(10)
    waiting.join()


@pytest.mark.parametrize("path", ["file", "file/home", "hvad?", "hvor? her/home"])
def test_a_folder_that_cannot_be_written(tmp_path: Path, path: str, data: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="ascii")
    with pytest.raises(KpiError) as refused:
        init(tmp_path / path, data)
    assert refused.value.title == "Der kan ikke skrives i databasemappen"
    assert "KPI_HOME" in refused.value.message
    assert (tmp_path / "file").read_text("ascii") == "not a folder"
    assert {each.name for each in tmp_path.iterdir()} <= {"file", "data"}


@pytest.mark.parametrize(
    ("setting", "stay"),
    [("3", 3), ("2", 2), ("1", 2), ("0", 2), ("-5", 20), ("mange", 20), ("", 20), (None, 20)],
)
def test_the_oldest_go(
    setting: str | None, stay: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of those before the current one: another's that is newer stays, whatever it is."""
    if setting is None:
        monkeypatch.delenv("KPI_KEEP_VERSIONS", raising=False)
    else:
        monkeypatch.setenv("KPI_KEEP_VERSIONS", setting)
    names = [f"{number:06d}.duckdb" for number in range(1, 25)]
    home = store_of(tmp_path / "home", *names, "000031.duckdb", "kopi.duckdb", current=b"000024\n")
    (home / "versions" / "next.tmp").touch()
    make_current(home, home / "versions" / "next.tmp", "000025")
    assert current_version(home) == "000025"
    expected = [f"{number:06d}" for number in range(26 - stay, 26)]
    assert versions(home) == [*expected, "000031"]
    assert (home / "versions" / "kopi.duckdb").exists()


def test_what_cannot_be_deleted_goes_next_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KPI_KEEP_VERSIONS", "2")
    home = store_of(tmp_path / "home", "000001.duckdb", "000002.duckdb", current=b"000002\n")

    def is_open(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(path)

    for version, patched, left in (("000003", True, 3), ("000004", False, 2)):
        (home / "versions" / "next.tmp").touch()
        with monkeypatch.context() as patch:
            if patched:
                patch.setattr(Path, "unlink", is_open)
            make_current(home, home / "versions" / "next.tmp", version)
        assert len(versions(home)) == left
