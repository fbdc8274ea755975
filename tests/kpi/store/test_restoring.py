"""Putting a copy of the store back, moved into place or within it, and killed at any moment."""

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
from kpi.store.uploads import publish
from kpi.store.versions import versions
from tests.conftest import DATA
from tests.kpi.store.test_crashes import EACH_STEP
from tests.kpi.store.tiny_store import CORRECTED, figures, files, leftovers


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
    place.mark_of_restoring(tmp_path / "spor.new").touch()
    spor.rename(tmp_path / "spor-20260301T120000")
    with pytest.raises(KpiError, match=r"afbrudt\. Kør »python -m kpi init«"):
        current_version(spor)
    assert restore(tmp_path / "kopi", spor) == "000001"
    assert not (spor / "recipes").exists()
    assert not (tmp_path / "spor.new").exists()


def test_a_folder_of_somebody_else_is_not_deleted(spor: Path, tmp_path: Path) -> None:
    backup(tmp_path / "kopi", spor)
    before = files(spor)
    (tmp_path / "spor.new").mkdir()
    (tmp_path / "spor.new" / "notat.txt").touch()
    with pytest.raises(KpiError, match=r"»spor\.new« ligger ved siden af"):
        restore(tmp_path / "kopi", spor, replace=True)
    assert (tmp_path / "spor.new" / "notat.txt").exists()
    assert files(spor) == before
    assert leftovers(tmp_path) == []


def test_a_store_that_was_restored_in_vain_is_cleared(spor: Path, tmp_path: Path) -> None:
    """Killed before the old one was moved: it stays, and whoever publishes next clears the new."""
    waiting, somebodys = tmp_path / "spor.new", tmp_path / "kopi"
    shutil.copytree(spor, waiting)
    before = files(spor)
    with place.write_lock(spor):
        assert waiting.exists()  # somebody's own copy
    place.mark_of_restoring(waiting).touch()
    spor.rename(somebodys)
    with place.write_lock(spor, build=True):
        assert waiting.exists()  # the only one there is
    somebodys.rename(spor)
    with place.write_lock(spor):
        assert not waiting.exists()
    assert files(spor) == before


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
        assert not (folder / "home.new").exists()
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
