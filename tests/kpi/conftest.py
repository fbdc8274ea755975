"""What the tests of kpi/ share: the figures opened once, and a data/ folder to break."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kpi.domain.catalog import Catalog
from kpi.store import Store, open_store


@pytest.fixture(scope="session")
def store(built_home: Path) -> Iterator[Store]:
    """The plan's figures, opened for reading."""
    opened = open_store(built_home)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def catalog(store: Store) -> Catalog:
    """The metadata of the plan's figures."""
    return store.catalog()


@pytest.fixture(scope="session")
def shipped(shipped_home: Path) -> Iterator[Store]:
    """All figures of data/, opened for reading."""
    opened = open_store(shipped_home)
    yield opened
    opened.close()


@pytest.fixture
def data(tmp_path: Path, plan_folder: Path) -> Path:
    """A copy of the plan's part of data/ that the test may change."""
    return Path(shutil.copytree(plan_folder, tmp_path / "data"))
