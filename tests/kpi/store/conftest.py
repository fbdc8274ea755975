"""The tiny figures and their store, built once and copied for each test."""

import shutil
from pathlib import Path

import pytest

from kpi.store import init
from tests.kpi.data_folder import write_tiny
from tests.kpi.store.tiny_store import ROWS


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
