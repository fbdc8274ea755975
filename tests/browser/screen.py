"""Opening pages of the app in the browser, and everything that goes wrong meanwhile."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Error, Page, Request, Response

# A page takes a second; a busy machine with two browsers on it takes several.
# Files are read and published where no page needs the processor: on a busy machine that takes long.
PATIENCE_MILLISECONDS = 60_000
# A page that reads a file while it is drawn waits for all of it. What reads and publishes it gives
# way to all other processes, of other tests as well.
PATIENCE_WITH_FILES_MILLISECONDS = 2 * PATIENCE_MILLISECONDS

# Streamlit's script asks for these under the page's own path first, to learn whether the app is
# mounted below the root of the host; the 404 is the answer it wants. Nothing else may fail.
_MOUNT_PROBE = re.compile(r"^/[^/]+/_stcore/(health|host-config)$")

# Streamlit says when its script has ended, but not when the browser has drawn what it sent:
# elements load their code first (skeletons), old ones stay a while (stale), charts come last.
_DRAWN = """
(quietMilliseconds) => {
  const app = document.querySelector('[data-testid="stApp"]');
  const ended = app
    && app.dataset.testScriptState === 'notRunning'
    && app.dataset.testConnectionState === 'CONNECTED'
    // Before its first run on a busy machine a page is quiet as well, but empty.
    && document.querySelector('[data-testid="stMain"] [data-testid="stElementContainer"]')
    && !document.querySelector(
      '[data-testid="stSkeleton"], [data-testid="stAppSkeleton"], [data-stale="true"],'
      + ' [data-testid="stStatusWidgetRunningIcon"]')
    && [...document.querySelectorAll('[data-testid="stPlotlyChart"]')].every(
      chart => chart.querySelector('.main-svg'))
    && [...document.images].every(image => image.complete)
    && document.fonts.status === 'loaded';
  // Being told of changes costs less than comparing the whole page twenty times a second.
  if (!window.__changes) {
    const moved = () => { window.__quietSince = performance.now(); };
    window.__changes = new MutationObserver(moved);
    window.__changes.observe(
      document, {subtree: true, childList: true, characterData: true, attributes: true});
    moved();
  }
  if (!ended) window.__quietSince = performance.now();
  return ended && performance.now() - window.__quietSince >= quietMilliseconds;
}
"""


def open_page(page: Page, path: str) -> None:
    """Goes to `path` (such as `/tema?tema=beskaeftigelse`) and waits until it is drawn."""
    page.goto(path, wait_until="domcontentloaded")
    wait_until_drawn(page)


def wait_until_drawn(page: Page, quiet_milliseconds: int = 300) -> None:
    """Waits until the script has ended, every chart stands and nothing has moved for a moment.

    After a click use Playwright's `expect` for what the click should bring: this returns at once
    when the browser has not yet sent it to the server.
    """
    page.wait_for_function(
        _DRAWN, arg=quiet_milliseconds, polling=50, timeout=PATIENCE_WITH_FILES_MILLISECONDS
    )


def resize(page: Page, width: int, height: int) -> None:
    """Gives the window another size, and waits until its top bar and its charts have taken it."""
    page.set_viewport_size({"width": width, "height": height})
    page.wait_for_function(_TOP_BAR_FITS)
    page.wait_for_function(_CHARTS_FIT)
    page.evaluate("window.__quietSince = performance.now()")  # what was quiet before is not now
    wait_until_drawn(page, quiet_milliseconds=150)


_TOP_BAR_FITS = """
() => [...document.querySelectorAll('header a')].every(link =>
  !link.checkVisibility() || link.getBoundingClientRect().right <= innerWidth + 1)
"""


_CHARTS_FIT = """
() => [...document.querySelectorAll('[data-testid="stPlotlyChart"]')].every(chart => {
  const drawing = chart.querySelector('.main-svg');
  return !drawing || Math.abs(drawing.clientWidth - chart.clientWidth) < 2;
})
"""


def watch(page: Page, problems: list[str]) -> Callable[[], None]:
    """Adds to `problems` every console error, script error, failed request and foreign request.

    What it gives back ends that.
    """

    def on_console(message: ConsoleMessage) -> None:
        address = message.location.get("url", "")
        if message.type == "error" and not _MOUNT_PROBE.match(urlsplit(address).path):
            problems.append(f"console: {message.text} ({address})")

    def on_response(response: Response) -> None:
        if response.status >= 400 and not _MOUNT_PROBE.match(urlsplit(response.url).path):
            problems.append(f"answer {response.status}: {response.url}")

    def on_request(request: Request) -> None:
        host = urlsplit(request.url).hostname
        if host not in {None, "127.0.0.1"}:
            problems.append(f"the page asks another host: {request.url}")

    def on_failure(request: Request) -> None:
        # A file that is downloaded is no page: the browser ends its own visit to it.
        is_download = urlsplit(request.url).path.startswith("/media/")
        if not (is_download and request.failure == "net::ERR_ABORTED"):
            problems.append(f"request: {request.url} ({request.failure})")

    def on_error(error: Error) -> None:
        problems.append(f"script: {error}")

    handlers: dict[Any, Callable[..., None]] = {
        "console": on_console, "response": on_response, "request": on_request,
        "pageerror": on_error, "requestfailed": on_failure,
    }  # fmt: skip
    for event, handler in handlers.items():
        page.on(event, handler)

    def end() -> None:
        for event, handler in handlers.items():
            page.remove_listener(event, handler)

    return end
