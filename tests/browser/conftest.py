"""The running app and the browser: one of each for a test process, and one tab.

A new app takes a second of a processor to start and another one for its first page, a new profile
of the browser one or two to read Streamlit's and Plotly's code. Tests that enter figures have a
store of their own all the same, and no test finds a cookie, a permission or a kept word of another.
"""

import shutil
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from tests.browser.find_browser import HOW_TO_GET_ONE, find
from tests.browser.running_app import SharedApp, shared_app
from tests.browser.tabs import DESKTOP, desktop_tab, new_profile, watched

# Chromium's sandbox needs rights that containers lack; the rest stops it from calling home.
BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    # Without a screen there is nothing that a process of its own could draw faster.
    "--in-process-gpu",
    # Letters as wide as in a browser with windows, else labels are cut that fit there.
    "--font-render-hinting=none",
]


# A window, an app and a server share the machine with other tests: what a test waits for can come
# later than it waits. It is tried twice more in a window of its own, and the summary says so.
TRIES_MORE = 2


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.nodeid.startswith("tests/browser/"):
            item.add_marker(pytest.mark.flaky(reruns=TRIES_MORE))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Adds the words of each window to the report of a test that failed in it."""
    report = yield
    if report.when == "call" and report.failed:
        for name, value in getattr(item, "funcargs", {}).items():
            if isinstance(value, Page) and not value.is_closed():
                report.sections.append((f"Words of {name} ({value.url})", _words(value)))
    return report


def _words(window: Page) -> str:
    try:
        return window.locator("body").inner_text(timeout=2_000)
    except Error as error:
        return f"none: {error}"


@pytest.fixture(scope="session")
def app(built_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedApp]:
    """The app of this process, which shows the store that a test gives it."""
    with shared_app(built_home, tmp_path_factory.mktemp("app")) as running:
        yield running


@pytest.fixture(scope="session")
def app_home(built_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the plan's figures, for all tests that only look; papers may be kept in it."""
    return Path(shutil.copytree(built_home, tmp_path_factory.mktemp("app-home") / "home"))


@pytest.fixture(scope="session")
def shipped_app_home(shipped_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with all figures of data/, for all tests that only look at the app."""
    return Path(shutil.copytree(shipped_home, tmp_path_factory.mktemp("shipped-app-home") / "home"))


@pytest.fixture
def app_url(app: SharedApp, app_home: Path) -> str:
    """The address of the app, which shows `app_home`."""
    app.show(app_home)
    return app.address


# Not for the session: Playwright's event loop would still run under the tests of other folders,
# where `asyncio.run` would then fail.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A headless Chromium, Chrome or Edge. Without one the tests fail: they are not optional."""
    executable = find()
    if executable is None:
        pytest.fail(HOW_TO_GET_ONE, pytrace=False)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=BROWSER_ARGUMENTS)
        yield started
        started.close()


@pytest.fixture
def problems() -> list[str]:
    """What went wrong in `page` and `phone` so far. A test that expects some asserts and clears."""
    return []


@pytest.fixture(scope="package")
def desktop(browser: Browser, app: SharedApp) -> Iterator[BrowserContext]:
    """The profile of desktop windows on the app."""
    profile = new_profile(browser, base_url=app.address, viewport=DESKTOP)
    yield profile
    profile.close()


@pytest.fixture
def page(
    desktop: BrowserContext, app: SharedApp, app_url: str, problems: list[str]
) -> Iterator[Page]:
    """A desktop window (1400 x 900) on the app; the test fails when anything goes wrong in it."""
    with desktop_tab(desktop, app, problems) as opened:
        yield opened


@pytest.fixture
def analyst(
    desktop: BrowserContext, app: SharedApp, home: Path, problems: list[str]
) -> Iterator[Page]:
    """A desktop window on a store of the test's own, which it may enter rows in: `home`."""
    app.show(home)
    with desktop_tab(desktop, app, problems) as opened:
        yield opened


@pytest.fixture
def phone(browser: Browser, app: SharedApp, app_url: str, problems: list[str]) -> Iterator[Page]:
    """A phone (390 x 844, touch) on the app; the test fails when anything goes wrong in it."""
    profile = new_profile(
        browser,
        base_url=app_url,
        viewport={"width": 390, "height": 844},
        is_mobile=True,
        has_touch=True,
    )
    opened = profile.new_page()
    try:
        with watched(opened, app, problems):
            yield opened
    finally:
        profile.close()
