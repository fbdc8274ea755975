"""The one browser of the process that draws figures as SVG: started when first needed."""

import asyncio
import atexit
import errno
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Coroutine, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

import kaleido
import plotly.graph_objects as go
from choreographer.browsers import (
    BrowserClosedError,
    BrowserFailedError,
    ChromeNotFoundError,
    Chromium,
)
from choreographer.channels import ChannelClosedError

from kpi.domain.errors import KpiError
from kpi.export.figure_page import FigurePage
from kpi.system.processor import group_seconds

COMMANDS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "microsoft-edge-stable",
)
MAC_APPS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
_TITLE = "Billedet kan ikke tegnes"
# Of a figure: since the last one that the browser finished, for whomever, or since it started.
_START_SECONDS, _FIGURE_SECONDS, _STOP_SECONDS = 13.0, 15.0, 5.0
# On a busy machine a start takes longer: it hangs where it has not used the processor for so long.
_LONGEST_START_SECONDS = 60.0
_LOOK_SECONDS = 0.5
# So long a browser that did not start is not tried again: a page asks for several pictures.
_LEFT_ALONE_SECONDS = 30.0
_TABS = 2
_FIGURES_OF_A_PAGE = 20
# What is raised in a call when the browser ends under it; a cancelled future is asyncio's way.
_GONE = (
    BrowserClosedError,
    BrowserFailedError,
    ChannelClosedError,
    CancelledError,
    asyncio.CancelledError,
    OSError,
)
# What the system says when it has no memory, processes or file handles left.
_LACKING = frozenset((errno.EAGAIN, errno.ENOMEM, errno.EMFILE, errno.ENFILE))

T = TypeVar("T")

_log = logging.getLogger(__name__)
# They say in English what is said in Danish here.
for _library in ("choreographer", "kaleido"):
    logging.getLogger(_library).setLevel(logging.CRITICAL)


def find_browser(environment: Mapping[str, str] = os.environ) -> str:
    """The path of the browser: BROWSER_PATH, else Chromium, Chrome or Edge on the machine.

    Raises KpiError when there is none, or when BROWSER_PATH names no file.
    """
    named = environment.get("BROWSER_PATH", "")
    if named:
        if not Path(named).is_file():
            raise KpiError(_TITLE, f"BROWSER_PATH peger på »{named}«, som ikke er et program.")
        return named
    for command in COMMANDS:
        if path := shutil.which(command, path=environment.get("PATH", "")):
            return path
    for path in MAC_APPS:
        if Path(path).is_file():
            return path
    raise KpiError(
        _TITLE,
        "Billeder og PDF kræver Chromium, Chrome eller Edge på den maskine, der viser siderne. "
        "Installér et af dem (Debian og Ubuntu: apt-get install chromium), eller sæt "
        "BROWSER_PATH til programmets sti. Tal og tabeller kan hentes uden.",
    )


def draw_svgs(
    figures: Sequence[go.Figure], sizes: Sequence[tuple[int, int]], seconds: float = _FIGURE_SECONDS
) -> list[str]:
    """The figures as SVG, each in its size (width, height; pixels), in the same order.

    Any thread may call it. `seconds` may pass without the browser starting or finishing any figure,
    and more while it is starting. Raises KpiError without a browser, when more pass, and when the
    browser ends twice under the call.
    """
    specs = [(figure.to_dict(), size) for figure, size in zip(figures, sizes, strict=True)]
    began = time.monotonic()
    for is_last in (False, True):
        browser = _RUNNING.browser()
        try:
            return browser.draw(specs, seconds, began)
        except TimeoutError:
            _RUNNING.stop(browser, is_hanging=True)
            raise KpiError(
                _TITLE, f"Figuren var ikke færdig efter {seconds:.0f} sekunder. Prøv igen."
            ) from None
        except _GONE as error:
            _RUNNING.stop(browser)
            if is_last:
                raise KpiError(
                    _TITLE, "Browseren, der tegner billeder, stoppede to gange. Prøv igen."
                ) from error
    raise AssertionError("unreachable")


def start_early() -> None:
    """Has the browser started while whoever will draw still has something else to do.

    What is wrong with it is said when something is drawn.
    """
    if not _RUNNING.is_there:
        threading.Thread(target=_start_quietly, daemon=True, name="browser").start()


def _start_quietly() -> None:
    with suppress(KpiError):
        _RUNNING.browser()


class _Offline(Chromium):
    """Chromium that reaches no other machine: of itself it asks its maker's servers for news.

    It opens no window of its own, whose page would be loaded before the others, not beside them.
    """

    def pre_open(self) -> None:
        """Makes the folder of its profile.

        A browser that is killed may still write there when the folder is removed; that leaves a
        file behind, and is no error of the figures, which are drawn.
        """
        super().pre_open()
        made = self.tmp_dir.path
        self.tmp_dir.temp_dir.cleanup()
        self.tmp_dir.temp_dir = tempfile.TemporaryDirectory(
            prefix=made.name, dir=made.parent, ignore_cleanup_errors=True
        )
        self.tmp_dir.path = Path(self.tmp_dir.temp_dir.name)

    def get_cli(self) -> Sequence[str]:
        """The command that starts it; no name or address leads anywhere, its pages are files."""
        return [
            *super().get_cli(),
            "--host-resolver-rules=MAP * ~NOTFOUND",
            "--disable-background-networking",
            "--no-startup-window",
        ]


class _Drawing(kaleido.Kaleido):  # type: ignore[misc]  # kaleido has no types
    """kaleido, which loads its page anew after some figures: of itself it does after each.

    That takes as long as most figures do, Plotly being several megabytes of script. A figure is
    drawn in an element of its own, which is removed; a page on which one failed is loaded anew.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._drawn = count(1)

    async def _return_kaleido_tab(self, tab: Any) -> None:
        if sys.exc_info()[1] is not None or next(self._drawn) % _FIGURES_OF_A_PAGE == 0:
            await super()._return_kaleido_tab(tab)
        else:
            await self.tabs_ready.put(tab)


class _Browser:
    """A browser with an event loop in a thread of its own.

    kaleido's own server waits for ever when its browser ends, so it is not used.
    """

    def __init__(self, path: str) -> None:
        self._finished = 0.0
        self._runner = asyncio.Runner(loop_factory=asyncio.new_event_loop)
        self._loop = self._runner.get_loop()
        # What is left in the loop of a browser that was given up is told by nobody else's words.
        self._loop.set_exception_handler(_log_quietly)
        self._thread = threading.Thread(target=self._run, daemon=True, name="figures")
        self._thread.start()
        try:
            self._wait_for_start(path)
        except BaseException:  # also an interruption: it is raised on, and no browser is left
            self.stop(is_hanging=True)
            raise
        self._finished = time.monotonic()

    def _wait_for_start(self, path: str) -> None:
        """Waits while the browser starts; TimeoutError where it seems to hang."""
        future = asyncio.run_coroutine_threadsafe(self._start(path), self._loop)
        began = moved = time.monotonic()
        used = 0.0
        while True:
            try:
                return future.result(_LOOK_SECONDS)
            except TimeoutError:
                now, taken = time.monotonic(), self._processor_seconds()
                if taken > used:
                    used, moved = taken, now
                is_over = now - moved > _START_SECONDS or now - began > _LONGEST_START_SECONDS
                if future.done() or is_over:
                    future.cancel()
                    raise

    def _processor_seconds(self) -> float:
        """What its processes have taken of the processor; 0 where that is not known."""
        process = getattr(getattr(self, "_kaleido", None), "subprocess", None)
        return group_seconds(process.pid) if process is not None else 0.0

    def _run(self) -> None:
        """Runs the event loop until it is stopped; what still waits in it then is cancelled."""
        with self._runner:
            self._loop.run_forever()

    async def _start(self, path: str) -> None:
        # Its sandbox needs rights that containers and root lack; it only shows pages of ours.
        self._kaleido = _Drawing(
            n=_TABS, path=path, page_generator=FigurePage(), timeout=None, browser_cls=_Offline
        )
        await self._kaleido.open()

    @property
    def is_running(self) -> bool:
        """Whether the browser's process is alive; one that never came to be is not."""
        process = getattr(self._kaleido, "subprocess", None)
        return process is not None and process.poll() is None

    def draw(
        self, specs: Sequence[tuple[dict[str, Any], tuple[int, int]]], seconds: float, began: float
    ) -> list[str]:
        """The figures as SVG; TimeoutError or one of `_GONE` when it cannot.

        `began` is the moment (of time.monotonic) that whoever waits has waited since.
        """
        future = asyncio.run_coroutine_threadsafe(self._draw(specs), self._loop)
        while True:
            try:
                return future.result(min(seconds, _LOOK_SECONDS))
            except TimeoutError:
                if time.monotonic() - max(began, self._finished) > seconds:
                    future.cancel()
                    raise

    async def _draw(self, specs: Sequence[tuple[dict[str, Any], tuple[int, int]]]) -> list[str]:
        return [*await asyncio.gather(*(self._draw_one(figure, size) for figure, size in specs))]

    async def _draw_one(self, figure: dict[str, Any], size: tuple[int, int]) -> str:
        opts = {"format": "svg", "width": size[0], "height": size[1]}
        svg: bytes = await self._kaleido.calc_fig(figure, opts=opts)
        self._finished = time.monotonic()
        return svg.decode("utf-8")

    def _wait(self, coroutine: Coroutine[Any, Any, T], seconds: float) -> T:
        future = asyncio.run_coroutine_threadsafe(coroutine, self._loop)
        try:
            return future.result(seconds)
        except TimeoutError:
            future.cancel()
            raise

    def stop(self, is_hanging: bool = False) -> None:
        """Ends the browser, by force where it does not answer, and its thread.

        One that is known to hang is not asked first.
        """
        if is_hanging:
            self._kill()
        with suppress(TimeoutError, *_GONE):
            # One that has ended already only leaves its folders to be removed.
            self._wait(self._kaleido.close(), _STOP_SECONDS if self.is_running else 0.5)
        self._kill()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(0.5 if is_hanging else _STOP_SECONDS)

    def _kill(self) -> None:
        """Ends its processes at once, if they run."""
        with suppress(ProcessLookupError, PermissionError, subprocess.TimeoutExpired):
            if self.is_running:
                if hasattr(os, "killpg"):
                    os.killpg(self._kaleido.subprocess.pid, signal.SIGKILL)
                else:
                    self._kaleido.subprocess.kill()
                # Its profile is removed once it no longer writes there.
                self._kaleido.subprocess.wait(_STOP_SECONDS)


def _log_quietly(_: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Keeps what the loop reports out of the terminal: the error itself is told in Danish."""
    _log.info("Browser: %s", context.get("message"))


def _not_started(path: str, remedy: str) -> KpiError:
    return KpiError(_TITLE, f"Browseren »{path}« kan ikke starte. {remedy}")


def _remedy(fault: BaseException) -> str:
    """What to do about a browser that did not start: a busy or full machine mends itself."""
    if isinstance(fault, TimeoutError) or getattr(fault, "errno", None) in _LACKING:
        return "Maskinen kan have travlt eller mangle hukommelse: Prøv igen om lidt."
    if isinstance(fault, ChromeNotFoundError | OSError):
        return "Sæt BROWSER_PATH til en browser, der kan startes."
    # One that ended at once may be broken, or was ended by a machine without memory.
    return "Prøv igen om lidt. Sker det igen, så sæt BROWSER_PATH til en anden browser."


class _Running:
    """The browser of this process, shared by its threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._browser: _Browser | None = None
        # The path of the browser that did not start, until when it is left alone, and the remedy.
        self._failed: tuple[str, float, str] | None = None

    @property
    def is_there(self) -> bool:
        """Whether a browser was started; also of one that has ended meanwhile."""
        return self._browser is not None

    def browser(self) -> _Browser:
        """The running browser; a new one where there is none or it has ended."""
        with self._lock:
            if self._browser is not None and not self._browser.is_running:
                self._browser.stop()
                self._browser = None
            if self._browser is None:
                self._browser = self._started(find_browser())
            return self._browser

    def _started(self, path: str) -> _Browser:
        """A new browser. KpiError where it does not start, at once if it has just not started."""
        if self._failed and self._failed[0] == path and time.monotonic() <= self._failed[1]:
            raise _not_started(path, self._failed[2])
        try:
            return _Browser(path)
        except (ChromeNotFoundError, TimeoutError, *_GONE) as fault:
            remedy = _remedy(fault)
            self._failed = (path, time.monotonic() + _LEFT_ALONE_SECONDS, remedy)
            raise _not_started(path, remedy) from fault

    def stop(self, browser: _Browser | None = None, is_hanging: bool = False) -> None:
        """Ends the browser where there is one; a given one only if it is still the one in use."""
        with self._lock:
            if self._browser is not None and browser in (None, self._browser):
                self._browser.stop(is_hanging)
                self._browser = None


_RUNNING = _Running()
atexit.register(_RUNNING.stop)
