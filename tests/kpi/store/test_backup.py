"""A copy of the store, on full and closed disks; putting it back is in test_restoring.py."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kpi.domain.errors import KpiError
from kpi.ingest.table.raw import Upload
from kpi.store import current_version
from kpi.store import versions as place
from kpi.store.backup import backup, restore
from kpi.store.removed import backups_since, note_backup
from kpi.store.uploads import publish
from tests.conftest import DATA
from tests.kpi.store.tiny_store import CORRECTED, files, leftovers

# A limit on the size of files fails as a full disk does; it ends with the program.
LIMITED = """
import json, resource, sys
from pathlib import Path
from kpi.domain.errors import KpiError
from kpi.ingest.table.raw import Upload
from kpi.store import init
from kpi.store.adding import add
from kpi.store.backup import backup, restore
from kpi.store.entering import enter
from kpi.store.withdrawing_entries import remove_claim, withdraw_entry
from kpi.store.uploads import publish, withdraw

home, data, copy = (Path(one) for one in sys.argv[1:4])
status = {"initiative_id": "courses", "date": "2025-06-01", "state": "completed",
          "summary": "Afsluttet", "source_id": "paper"}
figures = Upload("tal.csv", sys.argv[4].encode())
commands = {
    "init": lambda: init(home.with_name("ny") / "dybt" / "nede", data),
    "publish": lambda: publish(figures, None, "Ida", "x", home),
    "withdraw": lambda: withdraw(1, "Ida", "x", home),
    "enter": lambda: enter({"initiative_status": [status]}, "Ida", home=home),
    "undo": lambda: withdraw_entry(1, "Ida", "x", home),
    "claims": lambda: remove_claim("x", home),
    "add": lambda: add("area", [{"area_id": "gellerup", "name": "Nord"}], "Ida", home),
    "backup": lambda: backup(home.with_name("kopi2") / "i_dag", home),
    "restore": lambda: restore(copy, home, replace=True),
    "restore new": lambda: restore(copy, home.with_name("ny") / "dybt"),
}
resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, 1_000_000))
answers = {}
for name, command in commands.items():
    try:
        answers[name] = repr(command())
    except KpiError as error:
        answers[name] = f"{error.title}: {error.message}"
print(json.dumps(answers))
"""


def test_every_command_reports_a_full_disk_and_leaves_nothing(
    spor: Path, tiny: Path, tmp_path: Path
) -> None:
    pytest.importorskip("resource")
    backup(tmp_path / "kopi", spor)
    before = files(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(spor), str(tiny), str(tmp_path / "kopi"), CORRECTED],
        cwd=DATA.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert len(answer) == 10
    assert {
        name: text for name, text in answer.items() if "Der er ikke plads til »" not in text
    } == {}
    assert files(tmp_path) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kopi", "spor", "tiny"]


def test_a_store_that_can_only_be_read_is_copied(
    spor: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (spor / "lock").unlink(missing_ok=True)
    for path in (spor, *spor.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    # Root may write in spite of the rights, so the answer is made up that it may not.
    may = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and may(path, mode))
    assert backup(tmp_path / "kopi", spor) == 2
    assert not (spor / "lock").exists()
    for path in (spor, *spor.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    monkeypatch.undo()
    # The copy may be written: it is the new owner's.
    assert restore(tmp_path / "kopi", tmp_path / "ny") == "000001"
    assert publish(Upload("t.csv", CORRECTED.encode()), None, "Ida", "x", tmp_path / "ny").batch_id


@pytest.mark.parametrize("where", ["file/kopi", "kopi"])
def test_a_backup_that_cannot_be_written_is_reported(
    spor: Path, tmp_path: Path, where: str
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "kopi").touch()
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(KpiError, match="Sikkerhedskopien kunne ikke gemmes"):
        backup(tmp_path / where, spor)
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("where", ["kopi", "versions/kopi", "ny/dybt"])
def test_a_backup_within_the_store_itself_is_none(spor: Path, where: str) -> None:
    before = sorted(spor.rglob("*"))
    with pytest.raises(KpiError, match="Vælg en mappe et andet sted"):
        backup(spor / where, spor)
    assert sorted(spor.rglob("*")) == before


def test_what_cannot_be_read_is_named_and_not_the_copy(spor: Path, tmp_path: Path) -> None:
    (spor / "originals").mkdir()
    (spor / "originals" / "tabt.csv").symlink_to(tmp_path / "drev" / "tabt.csv")
    for copy_it in (
        lambda: backup(tmp_path / "kopi", spor),
        lambda: restore(spor, tmp_path / "ny"),
    ):
        with pytest.raises(KpiError, match=r"»originals/tabt\.csv« findes ikke"):
            copy_it()
    assert [*tmp_path.glob("kopi*"), *tmp_path.glob("ny*"), *leftovers(tmp_path)] == []


def test_a_backup_into_an_empty_folder(
    spor: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kopi").mkdir()
    monkeypatch.chdir(tmp_path / "kopi")
    assert backup(Path(), spor) == 2
    assert current_version(tmp_path / "kopi") == "000001"


def test_what_is_not_done_is_not_copied(spor: Path, tmp_path: Path) -> None:
    for name in ("current.new", "versions/next.tmp", "versions/next.tmp.wal"):
        (spor / name).write_text("half", "ascii")
    (spor / "versions" / "next.tmp.tmp").mkdir()  # where DuckDB puts what does not fit
    backup(tmp_path / "kopi", spor)
    assert not (tmp_path / "kopi" / "versions" / "next.tmp.tmp").exists()
    assert sorted(files(tmp_path / "kopi")) == ["current", "versions/000001.duckdb"]


def test_the_next_publication_clears_what_a_killed_one_left(spor: Path) -> None:
    for name in ("current.new", "versions/next.tmp", "versions/next.tmp.wal", "originals/a.new"):
        (spor / name).parent.mkdir(exist_ok=True)
        (spor / name).write_text("half", "ascii")
    (spor / "versions" / "next.tmp.tmp").mkdir()
    (spor / "versions" / "next.tmp.tmp" / "0.tmp").touch()
    publish(Upload("t.csv", CORRECTED.encode()), None, "Ida", "x", spor)
    assert [name for name in files(spor) if "new" in name or "tmp" in name] == []


def test_a_publication_that_cannot_be_moved_into_place_leaves_nothing(
    spor: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(spor)
    move = Path.replace

    def full(path: Path, target: Path) -> Path:
        if target.name == "current":
            raise OSError(28, os.strerror(28))
        return move(path, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(KpiError, match="Der er ikke plads til »spor«"):
        publish(Upload("t.csv", CORRECTED.encode()), None, "Ida", "x", spor)
    assert files(spor) == before
    assert place.versions(spor) == ["000001"]


def test_the_path_of_a_backup_is_remembered_without_a_number(tmp_path: Path) -> None:
    note_backup(tmp_path, tmp_path / "251248-4916" / "kopi")
    (folder,) = backups_since(tmp_path, "2020-01-01")
    assert folder.endswith("xxxxxx-xxxx/kopi")


def test_a_copy_has_the_newest_two_versions_that_open(home: Path, tmp_path: Path) -> None:
    """And the current one, whatever it is; all else of the store goes along."""
    current = current_version(home)
    for version in ("000002", "000003", "000005"):
        shutil.copyfile(place.version_path(home, current), place.version_path(home, version))
    place.version_path(home, "000004").write_bytes(b"itu")
    (home / "packs").mkdir(exist_ok=True)
    (home / "packs" / "000002.duckdb").write_text("ikke en udgave")
    (home / "current").write_text("000005\n")
    backup(tmp_path / "kopi", home)
    assert place.versions(tmp_path / "kopi") == ["000003", "000005"]
    assert (tmp_path / "kopi" / "packs" / "000002.duckdb").exists()
    (home / "current").write_text("000004\n")
    backup(tmp_path / "kopi2", home)
    assert place.versions(tmp_path / "kopi2") == ["000003", "000004", "000005"]
