"""Folders of work in progress: gone at the end, and what a killed program leaves at the next."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kpi.system.temporary import PREFIX, clear_leftovers, temporary_folder
from tests.conftest import DATA


def test_it_is_empty_and_gone_at_the_end(tmp_path: Path) -> None:
    with temporary_folder(tmp_path) as work:
        assert list(work.iterdir()) == []
        (work / "half").write_text("x", "ascii")
    assert list(tmp_path.iterdir()) == []


def test_it_is_gone_where_the_work_fails(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), temporary_folder(tmp_path) as work:
        (work / "none" / "half").touch()
    assert list(tmp_path.iterdir()) == []


def test_what_is_done_can_be_moved_away(tmp_path: Path) -> None:
    with temporary_folder(tmp_path) as work:
        (work / "whole").write_text("x", "ascii")
        work.rename(tmp_path / "done")
    assert [path.name for path in tmp_path.rglob("*")] == ["done", "whole"]


def test_the_folder_of_a_killed_program_is_removed_and_no_other(tmp_path: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path\n"
        "from kpi.system.temporary import temporary_folder\n"
        "with temporary_folder(Path(sys.argv[1])) as work:\n"
        "    (work / 'half').touch(); print(flush=True); time.sleep(60)"
    )
    (tmp_path / f"{PREFIX}file").touch()
    (tmp_path / "spor-other").mkdir()
    (tmp_path / f"{PREFIX}link").symlink_to(tmp_path / "spor-other")
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)], cwd=DATA.parent, stdout=subprocess.PIPE
    ) as running:
        assert running.stdout
        running.stdout.readline()
        clear_leftovers(tmp_path)
        assert len(list(tmp_path.rglob("half"))) == 1  # it is still at work
        running.kill()
    with temporary_folder(tmp_path):
        assert list(tmp_path.rglob("half")) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "spor-other", f"{PREFIX}file", f"{PREFIX}link",
    ]  # fmt: skip


def test_a_folder_that_is_not_there_has_no_leftovers(tmp_path: Path) -> None:
    clear_leftovers(tmp_path / "none")
    assert list(tmp_path.iterdir()) == []


def test_many_at_once_take_no_folder_from_each_other(tmp_path: Path) -> None:
    """Who clears up may come between the making of a folder and of its lock."""

    def work(number: int) -> bool:
        with temporary_folder(tmp_path) as folder:
            (folder / "half").write_text(str(number), "ascii")
            return (folder / "half").read_text("ascii") == str(number)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(400)))
    assert list(tmp_path.iterdir()) == []
