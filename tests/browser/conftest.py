"""The running app and the browser. One app for each test process, a fresh profile for each test."""

import shutil
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, sync_playwright

from tests.browser.find_browser import HOW_TO_GET_ONE, find
from tests.browser.running_app import running_app, traceback_in
from tests.browser.screen import watch, watched_window

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
# later than it waits. It is tried once more in a window of its own, and the summary says so.
TRIES_MORE = 1


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
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
def app_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file that holds what the app of `app_url` writes."""
    return tmp_path_factory.mktemp("app") / "app.log"


@pytest.fixture(scope="session")
def app_url(built_home: Path, app_log: Path) -> Iterator[str]:
    """The address of the app on the default figures, shared by the tests of this process."""
    home = app_log.parent / "home"
    shutil.copytree(built_home, home)
    with running_app(home, app_log) as address:
        yield address


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


@pytest.fixture
def page(browser: Browser, app_url: str, app_log: Path, problems: list[str]) -> Iterator[Page]:
    """A desktop window (1400 x 900) on the app; the test fails when anything goes wrong in it."""
    with _window(browser, app_url, app_log, problems) as opened:
        yield opened


@pytest.fixture
def phone(browser: Browser, app_url: str, app_log: Path, problems: list[str]) -> Iterator[Page]:
    """A phone (390 x 844, touch) on the app; the test fails when anything goes wrong in it."""
    with _window(browser, app_url, app_log, problems, is_phone=True) as opened:
        yield opened


@contextmanager
def _window(
    browser: Browser, app_url: str, app_log: Path, problems: list[str], is_phone: bool = False
) -> Iterator[Page]:
    written_before = app_log.stat().st_size
    context = browser.new_context(
        base_url=app_url,
        viewport={"width": 390, "height": 844} if is_phone else {"width": 1400, "height": 900},
        locale="da-DK",
        timezone_id="Europe/Copenhagen",
        is_mobile=is_phone,
        has_touch=is_phone,
    )
    try:
        opened = context.new_page()
        watch(opened, problems)
        yield opened
        # A round trip through the browser, so that every message it has sent is in the list.
        opened.evaluate("0")
        listed = list(problems)
    finally:
        context.close()
    if failure := traceback_in(app_log, written_before):
        listed.append(f"The app failed:\n{failure}")
    if listed:
        pytest.fail("Went wrong in the browser:\n" + "\n".join(listed), pytrace=False)


@pytest.fixture
def analyst(browser: Browser, home: Path, tmp_path: Path, problems: list[str]) -> Iterator[Page]:
    """A window on an app of the test's own, which it may enter rows in."""
    log = tmp_path / "app.log"
    with running_app(home, log) as address:
        with watched_window(browser, address, problems) as opened:
            yield opened
        assert traceback_in(log) == ""
    assert problems == []
