"""A copy of the store and putting it back: on full and closed disks, and killed at any moment."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kpi.domain.errors import KpiError
from kpi.ingest.table.raw import Upload
from kpi.store import current_version, init, is_empty
from kpi.store import versions as place
from kpi.store.backup import backup, restore
from kpi.store.removed import backups_since, note_backup
from kpi.store.uploads import publish
from kpi.store.versions import versions
from kpi.system.temporary import PREFIX
from tests.conftest import DATA
from tests.kpi.store.test_crashes import EACH_STEP
from tests.kpi.store.tiny_store import figures, files

CORRECTED = "område;periode;nøgletal;værdi\naarhus;2022;rate;71,5\n"


def leftovers(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(PREFIX)]


# --- full and closed disks ------------------------------------------------------------------------


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


# --- an interrupted restore -----------------------------------------------------------------------


@pytest.mark.parametrize("failing", ["spor", "spor.new"])
def test_where_a_move_fails_the_old_store_stands_again(
    spor: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    backup(tmp_path / "kopi", spor)
    publish(Upload("t.csv", CORRECTED.encode()), None, "Ida", "x", spor)
    before = files(spor)
    move = Path.rename

    def fail(path: Path, target: Path) -> Path:
        if path.name == failing:
            raise OSError(5, "Input/output error")
        return move(path, target)

    monkeypatch.setattr(Path, "rename", fail)
    with pytest.raises(KpiError, match="kunne ikke lægges på plads"):
        restore(tmp_path / "kopi", spor, replace=True)
    assert files(spor) == before
    assert {path.name for path in tmp_path.iterdir()} == {"kopi", "spor"}


def test_stores_that_are_replaced_at_once_lie_beside_each_other(spor: Path, tmp_path: Path) -> None:
    backup(tmp_path / "kopi", spor)
    restore(tmp_path / "kopi", spor, replace=True)
    restore(tmp_path / "kopi", spor, replace=True)
    assert len(place.moved_aside(spor)) == 2
    assert len([*tmp_path.iterdir()]) == 4


def test_a_restore_that_is_done_again_takes_the_place_of_one_that_was_killed(
    spor: Path, tmp_path: Path
) -> None:
    backup(tmp_path / "kopi", spor)
    shutil.copytree(spor, tmp_path / "spor.new")
    (tmp_path / "spor.new" / "recipes").mkdir()
    spor.rename(tmp_path / "spor-20260301T120000")
    with pytest.raises(KpiError, match=r"afbrudt\. Kør »python -m kpi init«"):
        current_version(spor)
    assert restore(tmp_path / "kopi", spor) == "000001"
    assert not (spor / "recipes").exists()
    assert not (tmp_path / "spor.new").exists()


def test_a_store_moved_aside_is_named_where_none_is_left(spor: Path) -> None:
    spor.rename(spor.with_name("spor-20260301T120000"))
    with pytest.raises(KpiError, match="Ved siden af ligger »spor-20260301T120000«, som har tal"):
        current_version(spor)


def killed(folder: Path, data: Path, before: Path) -> list[Path]:
    """A folder for each step, as a kill before it leaves it, and for the work done."""
    folder.mkdir()
    program = [sys.executable, "-m", "tests.kpi.store.crashes", EACH_STEP]
    done = subprocess.run(
        [*program, str(folder), str(data), str(before)],
        cwd=DATA.parent,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [folder / str(step) for step in range(int(done.stdout) + 1)]


@pytest.mark.soak
@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
def test_a_restore_killed_at_any_step_is_finished_by_init(
    spor: Path, tiny: Path, tmp_path: Path
) -> None:
    old = figures(spor)
    publish(Upload("t.csv", CORRECTED.encode()), None, "Ida", "x", spor)
    backup(tmp_path / "gemt", spor)
    new = figures(spor)
    shutil.rmtree(spor)
    init(spor, tiny)
    states = []
    folders = killed(tmp_path / "killed", tmp_path / "gemt", spor)
    for place_in_row, folder in enumerate(folders):
        home = folder / "home"
        states.append("gone" if is_empty(home) else "new" if figures(home) == new else "old")
        if place_in_row % 8 and states[-2:] == ["old", "old"]:
            continue  # one like many: it was copying
        if states[-1] == "gone":
            with pytest.raises(KpiError, match="blev afbrudt"):
                current_version(home)
        assert init(home, tiny).restored is (states[-1] == "gone")
        assert figures(home) == (old if states[-1] == "old" else new)
        assert leftovers(folder) == []
        # And the command itself goes on from every state.
        restore(tmp_path / "gemt", home, replace=True)
        assert figures(home) == new
        assert [path.name for path in folder.iterdir() if path.suffix] == []
    assert states == sorted(states, key=["old", "gone", "new"].index)
    assert {*states} == {"old", "gone", "new"}


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
def test_a_backup_killed_at_any_step_is_whole_or_not_there(spor: Path, tmp_path: Path) -> None:
    steps = killed(tmp_path / "killed", tmp_path / "kopi", spor)
    exists = [(folder / "kopi").exists() for folder in steps]
    assert (exists[0], exists[-1]) == (False, True)
    for folder in steps:
        if (folder / "kopi").exists():
            assert files(folder / "kopi") == files(spor)
        assert backup(folder / "anden", folder / "home") == 2
        assert leftovers(folder) == []
        assert versions(folder / "home") == ["000001"]


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


# --- a folder that cannot be moved ----------------------------------------------------------------


@pytest.fixture
def unmovable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every folder is as a disk of its own: it has no other name."""
    monkeypatch.setattr("kpi.store.in_place.os.path.ismount", lambda path: True)


@pytest.mark.usefixtures("unmovable")
def test_a_store_on_a_disk_of_its_own_is_replaced_within_it(spor: Path, tmp_path: Path) -> None:
    kept = figures(spor)
    backup(tmp_path / "kopi", spor)
    publish(Upload("t.csv", CORRECTED.encode()), None, "Ida", "x", spor)
    (spor / "lost+found").mkdir()
    (spor / "recipes").mkdir(exist_ok=True)
    (spor / "recipes" / "x.toml").touch()
    newer = figures(spor)
    with pytest.raises(KpiError, match="--replace"):
        restore(tmp_path / "kopi", spor)
    for _ in range(2):
        assert restore(tmp_path / "kopi", spor, replace=True) == "000001"
        assert figures(spor) == kept
        assert not (spor / "recipes").exists()
    first, second = sorted(spor.glob("replaced-*"))
    assert (figures(first), figures(second)) == (newer, kept)
    assert (spor / "lost+found").is_dir()
    assert leftovers(spor) == leftovers(tmp_path) == []
    # What was replaced is no part of the store.
    assert backup(tmp_path / "igen", spor) == 2


@pytest.mark.soak
@pytest.mark.usefixtures("unmovable")
def test_an_empty_disk_takes_a_store_and_a_copy(spor: Path, tmp_path: Path) -> None:
    for name in ("kopi", "ny"):
        (tmp_path / name / "lost+found").mkdir(parents=True)
    assert backup(tmp_path / "kopi", spor) == 2
    assert files(tmp_path / "kopi") == files(spor)
    with pytest.raises(KpiError, match="ikke tom"):
        backup(tmp_path / "kopi", spor)
    assert restore(tmp_path / "kopi", tmp_path / "ny") == "000001"
    assert figures(tmp_path / "ny") == figures(spor)
    assert not list((tmp_path / "ny").glob("replaced-*"))


@pytest.mark.soak
@pytest.mark.usefixtures("unmovable")
@pytest.mark.parametrize("replaced", [True, pytest.param(False, marks=pytest.mark.soak)])
def test_a_replacement_killed_before_any_move_is_finished_by_init(
    spor: Path, tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, replaced: bool
) -> None:
    old = figures(spor)
    publish(Upload("t.csv", CORRECTED.encode()), None, "Ida", "x", spor)
    backup(tmp_path / "kopi", spor)
    new = figures(spor)
    shutil.rmtree(spor)
    spor.mkdir()
    if replaced:
        init(spor, tiny)
    pristine = tmp_path / "pristine"
    shutil.copytree(spor, pristine)
    states: list[str] = []
    steps = 0
    move = Path.rename
    while states[-1:] != ["done"]:
        shutil.rmtree(spor)
        shutil.copytree(pristine, spor)
        left = steps

        def dies(path: Path, target: Path) -> Path:
            nonlocal left
            left -= 1
            if left < 0:
                raise SystemExit
            return move(path, target)

        with monkeypatch.context() as patched:
            patched.setattr(Path, "rename", dies)
            try:
                restore(tmp_path / "kopi", spor, replace=True)
                states.append("done")
            except SystemExit:
                is_there = (spor / "current").exists()
                states.append("whole" if is_there else "half")
                if not is_there:
                    with pytest.raises(KpiError, match="»python -m kpi init«"):
                        current_version(spor)
        was_half = states[-1] == "half" and (spor / "restored.new").exists()
        assert init(spor, tiny).restored is was_half
        assert figures(spor) == (new if was_half or states[-1] == "done" else old)
        assert [path.name for path in spor.iterdir() if ".new" in path.name] == []
        assert leftovers(spor) == []
        for folder in spor.glob("replaced-*"):
            assert figures(folder) == old
        steps += 1
    assert states.count("half") > 3


def test_the_path_of_a_backup_is_remembered_without_a_number(tmp_path: Path) -> None:
    note_backup(tmp_path, tmp_path / "251248-4916" / "kopi")
    (folder,) = backups_since(tmp_path, "2020-01-01")
    assert folder.endswith("xxxxxx-xxxx/kopi")
