"""The pages without a browser: their script runs on a store of the test's own, or a shared one."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner

from kpi.export import browser


@pytest.fixture(scope="session", autouse=True)
def one_search_for_components() -> Iterator[None]:
    """Streamlit reads what all installed packages say of themselves before each visit of a test.

    That takes four fifths of a visit's time. A server does it once, when it starts.
    """
    with pytest.MonkeyPatch.context() as patch:
        search = manifest_scanner.scan_component_manifests
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(search))
        yield


@pytest.fixture
def home(home: Path) -> Iterator[Path]:
    """A store of the test's own, and no page that remembers another store."""
    st.cache_resource.clear()
    yield home
    st.cache_resource.clear()


@pytest.fixture(scope="module")
def shared_home(built_home: Path) -> Iterator[Path]:
    """The store and its caches for all tests of a module that only look at pages."""
    with pytest.MonkeyPatch.context() as settings:
        settings.setenv("KPI_HOME", str(built_home))
        st.cache_resource.clear()
        yield built_home
        st.cache_resource.clear()


@pytest.fixture
def all_figures(shipped_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The pages show all figures of data/, and no page remembers another store."""
    st.cache_resource.clear()
    monkeypatch.setenv("KPI_HOME", str(shipped_home))
    yield shipped_home
    st.cache_resource.clear()


@pytest.fixture
def no_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """No browser that draws pictures: the pages show their own charts instead, and at once."""
    monkeypatch.setattr(browser, "_RUNNING", browser._Running())
    monkeypatch.setenv("BROWSER_PATH", "/findes/ikke")
