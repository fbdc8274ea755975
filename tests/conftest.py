"""The store every test may use: built once with the real `init`, copied for each test."""

import shutil
from pathlib import Path

import pytest

from kpi.store import init

DATA = Path(__file__).resolve().parents[1] / "data"


@pytest.fixture(scope="session")
def built_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the default figures. Never change it: take `home`."""
    folder = tmp_path_factory.mktemp("built") / "home"
    init(folder, DATA)
    return folder


@pytest.fixture
def home(built_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of the test's own with the default figures; the setting KPI_HOME points at it."""
    copy = tmp_path / "home"
    shutil.copytree(built_home, copy)
    monkeypatch.setenv("KPI_HOME", str(copy))
    return copy
