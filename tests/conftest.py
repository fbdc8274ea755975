"""The stores every test may use: built once with the real `init`, copied for each test.

Also how many cases are left to `make soak` (tests/tiers.py), as pytest's summary says.
"""

import gc
import logging
import os
import shutil
import subprocess
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from filelock import FileLock
from hypothesis import settings
from hypothesis.internal.conjecture import providers

from kpi.ingest.containers import sandbox
from kpi.store import init
from kpi.store.connection import NEW_FILE
from tests.compiling import compile_a_share
from tests.days import today, wait_for_midnight
from tests.plan_data import plan_data
from tests.reading_processes import forked_readers
from tests.tiers import (
    is_whole,
    leave_unbuilt,
    part_of,
    split,
    take_every_case,
    takes_every_case,
)

pytest_plugins = ("tests.reports",)
# All that Spor is shipped with.
DATA = Path(__file__).resolve().parents[1] / "data"
# Before any test is imported, as each keeps what holds then. A slow machine is no fault of the
# code. The same examples in every run: a change that fails was then made by the change. `make soak`
# looks at others.
settings.register_profile("spor", deadline=None, max_examples=12, derandomize=True)
settings.register_profile("soak", deadline=None, max_examples=500)
settings.load_profile("soak" if "SPOR_SOAK" in os.environ else "spor")
# It would try what is written anywhere in the program as well: each process of a run reads all of
# it for that, and the examples are others as soon as another module is loaded.
if "SPOR_SOAK" not in os.environ:
    pytest.MonkeyPatch().setattr(
        providers, "_get_local_constants", lambda: providers._local_constants
    )

# Where pytest and its workers count the cases that are left to `make soak`.
LEFT = pytest.StashKey[int]()


@pytest.hookimpl(wrapper=True)
def pytest_generate_tests(metafunc: pytest.Metafunc) -> Generator[None, None, None]:
    """Of what `make soak` alone runs most is not even built; it is counted all the same."""
    yield
    config = metafunc.config
    if not (os.environ.get("SPOR_PART") or takes_every_case()):
        config.stash[LEFT] = config.stash.get(LEFT, 0) + leave_unbuilt(metafunc)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Takes out what `make soak` alone runs; of a part of that, everything else."""
    if part := os.environ.get("SPOR_PART"):
        _, left = split(items)
        taken = part_of(left, part, today())
        others = {*items} - {*taken}
        config.hook.pytest_deselected(items=[item for item in items if item in others])
        items[:] = taken
        return
    if is_whole(config.args, config.option.keyword):
        return
    items[:], left = split(items)
    config.hook.pytest_deselected(items=left)
    config.stash[LEFT] = config.stash.get(LEFT, 0) + len(left)
    # A worker of xdist hands the number to the process that writes the summary.
    if hasattr(config, "workeroutput"):
        config.workeroutput["left"] = config.stash[LEFT]


def pytest_collection(session: pytest.Session) -> None:
    """Tests are no garbage: to look for some among them takes a fifth of collecting."""
    gc.disable()
    take_every_case(is_whole(session.config.args, session.config.option.keyword))
    compile_a_share(session.config)


def pytest_collection_finish() -> None:
    """Nor later: to look through all of them costs a thirtieth of a run."""
    gc.freeze()
    gc.enable()
    # pytest listens at each logger that passes nothing on, and anew at each step of each test. Of
    # Streamlit's sixty that is a fifth of the time of a test that does nothing else.
    for logger in logging.getLogger().manager.loggerDict.values():
        if isinstance(logger, logging.Logger):
            logger.propagate = True


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Every worker has collected the same."""
    node.config.stash[LEFT] = getattr(node, "workeroutput", {}).get("left", 0)


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Says how many cases were not run: nothing is left out in silence."""
    if left := config.stash.get(LEFT, 0):
        terminalreporter.write_line(f"{left:,} cases are left to `make soak`")


@pytest.fixture(scope="session", autouse=True)
def one_thread() -> Iterator[Callable[..., duckdb.DuckDBPyConnection]]:
    """DuckDB of this process works in one thread; the function that connects as the program says.

    The tables of tests are small and the processes as many as the cores: a second thread only waits
    for work, which takes a fifth of the time of a check. Processes that tests start have their own.
    """
    connect = duckdb.connect

    def connect_in_one_thread(
        database: Path | str = ":memory:",
        read_only: bool = False,
        config: dict[str, Any] | None = None,
    ) -> duckdb.DuckDBPyConnection:
        return connect(database, read_only, {**(config or {}), "threads": 1})

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(duckdb, "connect", connect_in_one_thread)
        yield connect


@pytest.fixture(scope="session", autouse=True)
def no_test_changes_what_is_taken() -> Iterator[None]:
    """One that did would have all later loops of its process go through every case, or through few.

    Minutes of a run, or rules untried, and nothing else shows it.
    """
    whole = takes_every_case()
    yield
    assert takes_every_case() == whole, "a test left take_every_case as it needed it: use as_if"


@pytest.fixture(scope="session", autouse=True)
def readers() -> Iterator[None]:
    """Foreign files are read in processes that need not load their packages each."""
    with forked_readers():
        yield


@pytest.fixture
def started_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """They are read in processes that are started as the program starts them."""
    monkeypatch.setattr(sandbox, "subprocess", subprocess)


@pytest.fixture(autouse=True)
def within_a_day() -> None:
    """No test crosses midnight: what it enters today is of today when it looks."""
    wait_for_midnight()


@pytest.fixture(scope="session", autouse=True)
def plan_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The plan's part of data/, which the setting KPI_DATA points at. Never change it."""
    folder = plan_data(DATA, tmp_path_factory.mktemp("plan") / "data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KPI_DATA", str(folder))
        yield folder


@pytest.fixture(scope="session")
def built_home(tmp_path_factory: pytest.TempPathFactory, plan_folder: Path) -> Path:
    """A store with the plan's figures. Never change it: take `home`."""
    return built_in_small_blocks("built", plan_folder, tmp_path_factory)


@pytest.fixture(scope="session")
def shipped_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with all figures of data/. Never change it."""
    return _built_once("shipped", DATA, tmp_path_factory)


def built_in_small_blocks(name: str, data: Path, folders: pytest.TempPathFactory) -> Path:
    """The store of a data folder, which all processes of a run read or copy.

    In blocks of 16 kB, so that it has 0.9 MB in place of 11.5: it is copied for most tests,
    and by each of their publications, a tenth of whose time that is.
    """
    small = {**NEW_FILE, "default_block_size": "16384"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("kpi.store.publishing.NEW_FILE", small)
        return _built_once(name, data, folders)


def _built_once(name: str, data: Path, folders: pytest.TempPathFactory) -> Path:
    """The store of a data folder, which all processes of a run read."""
    own = folders.getbasetemp()
    # Those of xdist each have a folder of their own in the run's.
    home = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / name / "home"
    with FileLock(home.parent.with_suffix(".lock")):
        if not (home / "current").is_file():
            init(home, data)
    return home


@pytest.fixture
def home(built_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of the test's own with the plan's figures; the setting KPI_HOME points at it."""
    return own_copy(built_home, tmp_path, monkeypatch)


def own_copy(built: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of a store in a test's own folder, which the setting KPI_HOME points at."""
    copy = folder / "home"
    shutil.copytree(built, copy)
    monkeypatch.setenv("KPI_HOME", str(copy))
    return copy
