"""What the tests of pictures and papers share: a paper of the default figures, and a browser."""

from dataclasses import replace

import pytest

from kpi.domain.catalog import Catalog
from kpi.export.choice import Choice
from kpi.export.deck import deck
from kpi.export.paper import Paper, paper
from kpi.store import Store
from tests.browser.find_browser import HOW_TO_GET_ONE, find


@pytest.fixture(scope="session")
def handed_in(store: Store, catalog: Catalog) -> Paper:
    """The paper of a meeting with all figures of Aarhus."""
    return paper(store, catalog, Choice("aarhus", "sbu_2025_03_19"))


@pytest.fixture(scope="session")
def whole_deck(handed_in: Paper) -> bytes:
    """The slides of that paper."""
    return deck(handed_in)


@pytest.fixture(scope="session")
def short(handed_in: Paper) -> Paper:
    """A paper of one figure and three actions of the plan's tracks."""
    tracked = tuple(action for action in handed_in.actions if action.track)
    return replace(handed_in, items=handed_in.items[:1], actions=tracked[:3])


@pytest.fixture(scope="session")
def browser_path() -> str:
    """The browser that the tests drive. Without one the tests fail: they are not optional."""
    path = find()
    if path is None:
        pytest.fail(HOW_TO_GET_ONE, pytrace=False)
    return path


@pytest.fixture
def drawing(browser_path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures are drawn by the browser of the tests."""
    monkeypatch.setenv("BROWSER_PATH", browser_path)
