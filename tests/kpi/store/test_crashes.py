"""A store survives being killed at any moment: it opens, and holds the old figures or the new."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kpi.domain.errors import KpiError
from kpi.domain.model import Observation
from kpi.ingest.table.raw import Upload
from kpi.store import init, is_empty, open_store
from kpi.store.uploads import publish
from kpi.store.versions import version_path, versions
from tests.conftest import DATA
from tests.kpi.data_folder import write_tiny

ORDER = ["old", "one step away", "new"]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")


@dataclass(frozen=True)
class Case:
    """What `init` begins with and works on; the contents before and after it."""

    before: Path
    data: Path
    old: list[Observation] | None
    new: list[Observation] | None


def content(home: Path) -> list[Observation] | None:
    """All figures that hold; None where nothing was ever published.

    KpiError when there is something but it does not open.
    """
    if is_empty(home):
        return None
    store = open_store(home)
    try:
        return store.series(list(store.catalog().indicators))
    finally:
        store.close()


_IS_SOAK = "SPOR_SOAK" in os.environ
# A soak kills before each step; every day the store is copied there, which leaves the same.
EACH_STEP = "steps" if _IS_SOAK else "copies"
# Each step is tried in a soak, every day each fourth.
STRIDE = 1 if _IS_SOAK else 4
Begin = Callable[[Path, Path], Case]


def first_build(data: Path, tmp_path: Path) -> Case:
    """An empty store that gets its first version."""
    init(tmp_path / "after", data)
    return Case(tmp_path / "none", data, None, content(tmp_path / "after"))


def publishing_a_change(data: Path, tmp_path: Path) -> Case:
    """A built store that gets a second version, with one row changed."""
    before, after = tmp_path / "before", tmp_path / "after"
    init(before, data)
    path = data / "observations" / "status_2025.csv"
    path.write_text(path.read_text("utf-8").replace(",60,", ",61,"), "utf-8")
    shutil.copytree(before, after)
    assert init(after, data).rows_changed == 1
    return Case(before, data, content(before), content(after))


def publishing_a_file(data: Path, tmp_path: Path) -> Case:
    """A built store into which a file is published: one changed row and one new."""
    before, after = tmp_path / "before", tmp_path / "after"
    init(before, data)
    shutil.copytree(before, after)
    file = tmp_path / "tal.csv"
    rows = ["indicator_id;area;period;value", "persons;aarhus;2022;61", "persons;aarhus;2023;70"]
    file.write_text("\n".join(rows), "utf-8")
    done = publish(Upload(file.name, file.read_bytes()), None, "Prøve", "Hel", after)
    assert (done.checked.new, done.checked.changed) == (1, 1)
    return Case(before, file, content(before), content(after))


def kill(mode: str, folder: Path, case: Case, *more: str) -> int:
    """What `crashes` prints: how many were killed, or at which step the work was done."""
    folder.mkdir()
    program = [sys.executable, "-m", "tests.kpi.store.crashes", mode]
    arguments = [str(folder), str(case.data), str(case.before), *more]
    done = subprocess.run(
        [*program, *arguments], cwd=DATA.parent, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def state(home: Path, case: Case) -> str:
    """`old`, `new`, `one step away`, or what is wrong with the store that a kill left behind.

    One step away: the first version is in place, complete, and only `current` does not name it yet.
    """
    try:
        figures = content(home)
    except KpiError as error:
        complete = case.old is None and not (home / "current").exists()
        return "one step away" if complete and versions(home) == ["000001"] else str(error)
    if figures not in (case.old, case.new):
        return f"{len(figures or [])} figures that are neither the old nor the new ones"
    return "new" if figures == case.new else "old"


def mended(home: Path, case: Case) -> list[str]:
    """What is wrong after another `init`: nothing, unless it failed or touched a version file."""
    before = {version: version_path(home, version).read_bytes() for version in versions(home)}
    if case.data.is_dir():
        init(home, case.data)
    else:
        publish(Upload(case.data.name, case.data.read_bytes()), None, "Prøve", "Igen", home)
    after = {version: version_path(home, version).read_bytes() for version in versions(home)}
    faults = [f"changed {path}" for path in before if before[path] != after[path]]
    return faults + ([] if content(home) == case.new else ["not the new figures"])


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A data/ folder of one figure: less work between the moments that matter."""
    figure = "persons,aarhus,all,2022,60,,,final"
    return write_tiny(tmp_path / "tiny", figure, source="status_2025")


# Every day what a kill before each fourth step leaves says the same sooner.
@pytest.mark.soak
@pytest.mark.parametrize(
    ("begin", "figures", "kills"),
    [
        (first_build, "data", 15),
        (publishing_a_change, "tiny", 35),
        (publishing_a_file, "tiny", 100),
    ],
)
def test_killing_at_random_moments(
    begin: Begin, figures: str, kills: int, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    case = begin(request.getfixturevalue(figures), tmp_path)
    killed = kill("random", tmp_path / "killed", case, str(kills))
    homes = [tmp_path / "killed" / str(place) for place in range(kills)]
    assert {state(home, case) for home in homes} <= {"old", "new", "one step away"}
    assert [fault for home in homes[::10] for fault in mended(home, case)] == []
    # Moments within the work, not after it: most of them on a calm machine, some on a busy one.
    assert killed >= kills // 5


@pytest.mark.parametrize("begin", [first_build, publishing_a_change, publishing_a_file])
def test_killing_before_each_step(begin: Begin, tiny: Path, tmp_path: Path) -> None:
    case = begin(tiny, tmp_path)
    steps = kill(EACH_STEP, tmp_path / "killed", case, str(STRIDE))
    homes = [tmp_path / "killed" / str(place) for place in range(0, steps + 1, STRIDE)]
    states = [state(home, case) for home in homes]
    # Old until the pointer is moved, new from then on; nothing in between is lost or half there.
    assert [outcome for outcome in states if outcome not in ORDER] == []
    assert states == sorted(states, key=ORDER.index)
    assert (states[0], states[-1]) == ("old", "new")
    assert steps >= 8
    looked_at = homes if _IS_SOAK else homes[::5]
    assert [fault for home in looked_at for fault in mended(home, case)] == []
