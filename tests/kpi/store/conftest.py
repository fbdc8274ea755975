"""The tiny figures and their store, built once and copied for each test."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kpi.store import init
from tests.kpi.data_folder import write_tiny
from tests.kpi.store.quick_check import for_errors_only
from tests.kpi.store.tiny_store import ROWS


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
