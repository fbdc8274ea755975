"""The tab of a browser's profile that tests use one after the other, each as if it were new."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, ViewportSize

from tests.browser.running_app import SharedApp, traceback_in
from tests.browser.screen import PATIENCE_MILLISECONDS, watch

DESKTOP = ViewportSize(width=1400, height=900)
_FORGET = "localStorage.clear(); sessionStorage.clear()"
# Without a graphics card each turn of a spinner is drawn by the processor, sixty in a second: on a
# busy machine that takes as much as the work that is waited for.
_NOTHING_TURNS = """
const still = new CSSStyleSheet();
still.replaceSync(`:is([data-testid="stSpinnerIcon"], [data-testid="stSkeleton"],
  [data-testid="stAppSkeleton"], [data-testid="stAppSkeleton"] *) { animation: none !important }`);
document.adoptedStyleSheets = [still];
"""


def new_profile(browser: Browser, **look: Any) -> BrowserContext:
    """A profile of a Danish browser in which nothing turns while a page or a file is waited for.

    `look` is what Playwright calls the options of a context: the app's address, the window's size.
    """
    profile = browser.new_context(locale="da-DK", timezone_id="Europe/Copenhagen", **look)
    profile.add_init_script(_NOTHING_TURNS)
    return profile


@contextmanager
def desktop_tab(desktop: BrowserContext, app: SharedApp, problems: list[str]) -> Iterator[Page]:
    """The profile's tab, 1400 x 900 and empty, which forgets afterwards what it has kept.

    It stays open, as a new one reads all code of Streamlit and Plotly again: half a second more of
    a processor for each test.
    """
    opened = _tab_of(desktop)
    opened.set_viewport_size(DESKTOP)
    opened.mouse.move(0, 0)
    try:
        with watched(opened, app, problems):
            yield opened
    finally:
        _leave(opened)
        desktop.clear_cookies()
        desktop.clear_permissions()


@contextmanager
def watched(opened: Page, app: SharedApp, problems: list[str]) -> Iterator[None]:
    """Until the block ends, anything that goes wrong in the tab or in the app is a failure."""
    written_before = app.log.stat().st_size
    opened.set_default_timeout(PATIENCE_MILLISECONDS)
    stop_watching = watch(opened, problems)
    try:
        yield
        # A round trip through the browser, so that every message it has sent is in the list.
        opened.evaluate("0")
        listed = list(problems)
    finally:
        stop_watching()
    if failure := traceback_in(app.log, written_before):
        listed.append(f"The app failed:\n{failure}")
    if listed:
        pytest.fail("Went wrong in the browser:\n" + "\n".join(listed), pytrace=False)


def _tab_of(profile: BrowserContext) -> Page:
    return profile.pages[0] if profile.pages else profile.new_page()


def _leave(opened: Page) -> None:
    """Ends the session; a tab that does not answer is closed, and the next test has another."""
    try:
        if opened.url.startswith("http"):
            opened.evaluate(_FORGET)
        opened.goto("about:blank")
    except Error:
        opened.close()
