"""The tests' own footing: a broken app or page is reported, and a page is open once drawn."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.running_app import REPOSITORY, running_app
from tests.browser.screen import open_page, watch

SMALL_APP = """
import time
import plotly.graph_objects as go
import streamlit as st

def front():
    st.text("forside")

def charts():
    time.sleep(0.5)
    for number in range(3):
        st.plotly_chart(go.Figure(go.Bar(y=[number, 2])), key=str(number))
    st.text("sidste linje")

def broken():
    raise ValueError("en fejl i siden")

st.navigation([st.Page(front), st.Page(charts), st.Page(broken)]).run()
"""
CONFIG = (REPOSITORY / ".streamlit" / "config.toml").read_text(encoding="utf-8")


@pytest.fixture
def app_folder(tmp_path: Path) -> Path:
    (tmp_path / "app.py").write_text(SMALL_APP, encoding="utf-8")
    (tmp_path / ".streamlit").mkdir()
    (tmp_path / ".streamlit" / "config.toml").write_text(CONFIG, encoding="utf-8")
    return tmp_path


@pytest.fixture
def watched(browser: Browser, problems: list[str]) -> Iterator[Page]:
    page = browser.new_page()
    watch(page, problems)
    yield page
    page.close()


@pytest.mark.soak
def test_a_page_is_open_when_its_last_line_and_every_chart_stand(
    app_folder: Path, watched: Page, problems: list[str]
) -> None:
    with running_app(app_folder, app_folder / "log", app_folder) as address:
        open_page(watched, f"{address}/charts")
        assert watched.locator("[data-testid=stPlotlyChart] .main-svg .bars").count() == 3
        assert watched.get_by_text("sidste linje").is_visible()
        assert problems == []


@pytest.mark.soak
def test_an_error_behind_the_screen_is_reported_with_the_log(
    app_folder: Path, watched: Page
) -> None:
    running = running_app(app_folder, app_folder / "log", app_folder)
    with pytest.raises(AssertionError, match="en fejl i siden"), running as address:
        open_page(watched, f"{address}/broken")


def test_an_app_that_does_not_start_is_reported_with_its_log(tmp_path: Path) -> None:
    running = running_app(tmp_path, tmp_path / "log", tmp_path)
    with pytest.raises(AssertionError, match=r"(?s)did not start.*app\.py"), running:
        pass


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("console.error('gik galt')", "console: gik galt"),
        ("setTimeout(() => { throw new Error('gik i stykker') })", "script: gik i stykker"),
        ("fetch('http://127.0.0.1:9/').catch(() => {})", "request: http://127.0.0.1:9/"),
        ("fetch('http://foreign.invalid/').catch(() => {})", "the page asks another host"),
    ],
)
def test_what_goes_wrong_in_a_page_is_noted(
    watched: Page, problems: list[str], script: str, expected: str
) -> None:
    watched.evaluate(
        f"async () => {{ await ({script}); await new Promise(done => setTimeout(done, 50)) }}"
    )
    assert any(problem.startswith(expected) for problem in problems), problems


@pytest.mark.parametrize(
    ("path", "noted"),
    [("/tema/_stcore/health", False), ("/static/findes-ikke.js", True)],
)
def test_only_the_search_for_the_mount_point_may_miss(
    watched: Page, problems: list[str], path: str, noted: bool
) -> None:
    watched.route(
        "**/*", lambda route: route.fulfill(status=200 if route.request.url.endswith("/x") else 404)
    )
    watched.goto("http://127.0.0.1/x")
    watched.evaluate("path => fetch(path).then(answer => answer.text())", path)
    watched.evaluate("0")
    assert any("404" in problem for problem in problems) is noted
