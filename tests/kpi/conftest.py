"""What the tests of kpi/ share: the default figures opened once, and a data/ folder to break."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from kpi.domain.catalog import Catalog
from kpi.store import Store, open_store
from tests.conftest import DATA

# A slow machine is no fault of the code. The same examples in every run: a change that fails was
# then made by the change. `make soak` looks at others.
settings.register_profile("spor", deadline=None, max_examples=100, derandomize=True)
settings.register_profile("soak", deadline=None, max_examples=1000)
settings.load_profile("soak" if "SPOR_SOAK" in os.environ else "spor")


@pytest.fixture(scope="session")
def store(built_home: Path) -> Iterator[Store]:
    """The default figures, opened for reading."""
    opened = open_store(built_home)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def catalog(store: Store) -> Catalog:
    """The metadata of the default figures."""
    return store.catalog()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A copy of data/ that the test may change."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))
