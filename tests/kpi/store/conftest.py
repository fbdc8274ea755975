"""The stores of these tests: tiny figures, or the plan's metadata with a few of its figures.

What a store does with rows that a test makes up is a third quicker beside few figures than beside
all of the plan's, which say nothing of it. `make soak`, and whoever names a file of tests, puts all
of them beside.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kpi.store import init
from tests.conftest import built_in_small_blocks, own_copy
from tests.kpi.data_folder import write_tiny
from tests.kpi.store.quick_check import for_errors_only
from tests.kpi.store.tiny_store import ROWS
from tests.tiers import takes_every_case

_ROWS_OF_A_FILE = 4


@pytest.fixture(scope="module", autouse=True)
def quick_check(request: pytest.FixtureRequest) -> Iterator[None]:
    """What is published is looked through for errors only; see quick_check.py."""
    if "SPOR_SOAK" in os.environ or request.node.get_closest_marker("whole_check"):
        yield
        return
    with for_errors_only():
        yield


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny figures and their store, built once. Never change them: take `tiny` and `spor`."""
    folder = tmp_path_factory.mktemp("once")
    init(folder / "spor", write_tiny(folder / "tiny", ROWS))
    return folder


@pytest.fixture
def tiny(once: Path, tmp_path: Path) -> Path:
    """The tiny figures, for the test to change."""
    return Path(shutil.copytree(once / "tiny", tmp_path / "tiny"))


@pytest.fixture
def spor(once: Path, tmp_path: Path) -> Path:
    """A store with the tiny figures."""
    return Path(shutil.copytree(once / "spor", tmp_path / "spor"))


@pytest.fixture(scope="session")
def few_home(plan_folder: Path, built_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the plan's metadata and four rows of each file. Never change it: take `home`."""
    if takes_every_case():
        return built_home
    data = Path(shutil.copytree(plan_folder, tmp_path_factory.mktemp("few") / "data"))
    for file in (data / "observations").iterdir():
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        file.write_text("".join(lines[: 1 + _ROWS_OF_A_FILE]), encoding="utf-8")
    return built_in_small_blocks("few", data, tmp_path_factory)


@pytest.fixture
def home(few_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of the test's own with few figures; the setting KPI_HOME points at it."""
    return own_copy(few_home, tmp_path, monkeypatch)


@pytest.fixture
def plan_home(built_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """As `home`, with all of the plan's figures."""
    return own_copy(built_home, tmp_path, monkeypatch)
