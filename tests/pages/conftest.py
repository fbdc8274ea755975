"""The pages without a browser: their script runs on a store of the test's own, or a shared one.

What pages keep is keyed by a version's file and its time, which a copy of a store has as well: the
tests of a process share what they have computed, and only a test that enters figures computes anew.
"""

from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.testing.v1 import app_test, local_script_runner

from kpi.export import browser
from tests.days import set_day, today
from ui import committee_deck, downloads, turns


@pytest.fixture(scope="session", autouse=True)
def one_search_for_components() -> Iterator[None]:
    """Streamlit reads what all installed packages say of themselves before each visit of a test.

    That takes four fifths of a visit's time. A server does it once, when it starts.
    """
    with pytest.MonkeyPatch.context() as patch:
        search = manifest_scanner.scan_component_manifests
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(search))
        yield


@pytest.fixture(scope="session", autouse=True)
def one_script_cache() -> Iterator[None]:
    """Scripts are compiled once, as by a server; each visit of a test would compile them anew."""
    with pytest.MonkeyPatch.context() as patch:
        shared = ScriptCache()
        for module in (app_test, local_script_runner):
            patch.setattr(module, "ScriptCache", lambda: shared)
        yield


@pytest.fixture(autouse=True)
def every_turn_is_given_back() -> Iterator[None]:
    """Where one is lost all later pages of a server wait for it, five seconds each."""
    yield
    assert turns._TURNS._free == turns.AT_ONCE


@pytest.fixture(scope="module")
def shared_home(built_home: Path) -> Iterator[Path]:
    """The store for all tests of a module that only look at pages."""
    with pytest.MonkeyPatch.context() as settings:
        settings.setenv("KPI_HOME", str(built_home))
        yield built_home


@pytest.fixture
def all_figures(shipped_home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The pages show all figures of data/."""
    monkeypatch.setenv("KPI_HOME", str(shipped_home))
    return shipped_home


@pytest.fixture
def no_pictures(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No browser that draws pictures: the pages show their own charts instead, and at once."""
    monkeypatch.setattr(browser, "_RUNNING", browser._Running())
    monkeypatch.setenv("BROWSER_PATH", "/findes/ikke")
    # Whether there is one, and what it drew, is kept for the process.
    kept = (committee_deck.drawn, committee_deck.drawn_small, downloads._missing_browser)
    for each in kept:
        each.forget()
    yield
    for each in kept:
        each.forget()


@pytest.fixture
def the_day(monkeypatch: pytest.MonkeyPatch) -> date:
    """The day in Denmark, which lasts until the test has ended."""
    set_day(monkeypatch, day := today())
    return day
