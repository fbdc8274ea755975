"""The browser that draws: looked for, started once, replaced when it ends."""

import asyncio
import errno
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import kaleido
import plotly.graph_objects as go
import pytest
from choreographer.browsers import BrowserFailedError, ChromeNotFoundError

from kpi.domain.errors import KpiError
from kpi.export import browser, vectors
from kpi.export.browser import draw_svgs, find_browser

FIGURE = go.Figure({"data": [{"type": "scatter", "x": [1, 2], "y": [1, 2]}], "layout": {}})
SIZE = (300, 200)


def test_without_a_browser_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(browser, "MAC_APPS", ())
    with pytest.raises(KpiError, match="apt-get install chromium"):
        find_browser({"PATH": ""})
    with pytest.raises(KpiError, match="BROWSER_PATH peger på »/findes/ikke«"):
        find_browser({"PATH": "", "BROWSER_PATH": "/findes/ikke"})


@pytest.mark.parametrize(
    "script",
    [
        pytest.param("exit 1", id="ends"),
        pytest.param("exec sleep 60", id="never answers", marks=pytest.mark.soak),
    ],
)
def test_a_program_that_is_no_browser(
    script: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "chromium"
    program.write_text(f'#!/bin/sh\necho $$ > "{tmp_path}/pid"\n{script}\n')
    program.chmod(0o755)
    monkeypatch.setenv("BROWSER_PATH", str(program))
    monkeypatch.setattr(browser, "_RUNNING", browser._Running())
    monkeypatch.setattr(browser, "_START_SECONDS", 3)
    before = set(threading.enumerate())
    with pytest.raises(KpiError, match="kan ikke starte"):
        draw_svgs([FIGURE], [SIZE])
    left = [thread for thread in threading.enumerate() if thread not in before]
    for thread in left:
        thread.join(5)
    assert not [thread for thread in left if thread.is_alive()]
    first = (tmp_path / "pid").read_text()
    assert not is_running(int(first))
    with pytest.raises(KpiError, match="kan ikke starte"):
        draw_svgs([FIGURE], [SIZE])  # the next picture of the page does not wait for it again
    assert (tmp_path / "pid").read_text() == first
    monkeypatch.setattr(browser._RUNNING, "_failed", (str(program), 0.0, ""))
    with pytest.raises(KpiError, match="kan ikke starte"):
        draw_svgs([FIGURE], [SIZE])  # but once it may have been mended
    assert (tmp_path / "pid").read_text() != first


@pytest.mark.parametrize(
    ("fault", "remedy"),
    [
        (TimeoutError(), "Prøv igen om lidt."),
        (OSError(errno.EAGAIN, "no process"), "Prøv igen om lidt."),
        (OSError(errno.ENOMEM, "no memory"), "Prøv igen om lidt."),
        (BrowserFailedError("ended at once"), "Prøv igen om lidt. Sker det igen"),
        (PermissionError(errno.EACCES, "not allowed"), "Sæt BROWSER_PATH"),
        (ChromeNotFoundError("none"), "Sæt BROWSER_PATH"),
    ],
)  # fmt: skip
def test_each_picture_says_the_remedy_of_what_kept_the_browser_from_starting(
    fault: Exception, remedy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also the next ones of the page, for which it is not tried again."""
    starts: list[str] = []

    def fail(path: str) -> None:
        starts.append(path)
        raise fault

    monkeypatch.setenv("BROWSER_PATH", sys.executable)
    monkeypatch.setattr(browser, "_RUNNING", browser._Running())
    monkeypatch.setattr(browser, "_Browser", fail)
    for _ in range(2):
        with pytest.raises(KpiError) as refused:
            draw_svgs([FIGURE], [SIZE])
        assert remedy in refused.value.message
        assert ("BROWSER_PATH" in refused.value.message) == (remedy != "Prøv igen om lidt.")
    assert len(starts) == 1


def test_a_browser_is_started_early_and_what_is_wrong_is_said_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BROWSER_PATH", "/findes/ikke")
    running = browser._Running()
    monkeypatch.setattr(browser, "_RUNNING", running)
    asked = threading.Event()
    monkeypatch.setattr(running, "_started", lambda path: asked.set())
    browser.start_early()
    assert not asked.wait(0.2)  # no such program, and no traceback
    monkeypatch.setenv("BROWSER_PATH", __file__)
    browser.start_early()
    assert asked.wait(5)


def is_running(process_id: int) -> bool:
    """Whether a process lives; one that has ended and is not waited for does not."""
    try:
        status = Path(f"/proc/{process_id}/stat").read_text()
    except FileNotFoundError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


def running_process() -> int:
    """The id of the browser's process."""
    return int(browser._RUNNING.browser()._kaleido.subprocess.pid)


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="signals of Unix")
@pytest.mark.usefixtures("drawing")
def test_a_browser_that_ends_is_started_again() -> None:
    draw_svgs([FIGURE], [SIZE])
    first = running_process()
    subprocess.run(["pkill", "-KILL", "-P", str(first)], check=True)
    assert draw_svgs([FIGURE], [SIZE])[0].startswith("<svg")
    assert running_process() != first


@pytest.mark.soak
@pytest.mark.skipif(not hasattr(os, "killpg"), reason="signals of Unix")
@pytest.mark.usefixtures("drawing")
def test_a_browser_that_hangs_is_reported_and_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "_STOP_SECONDS", 0.5)
    draw_svgs([FIGURE], [SIZE])
    os.killpg(running_process(), signal.SIGSTOP)
    with pytest.raises(KpiError, match="ikke færdig efter 1 sekunder"):
        draw_svgs([FIGURE], [SIZE], seconds=1)
    assert draw_svgs([FIGURE], [SIZE])[0].startswith("<svg")


def test_a_slow_start_is_part_of_the_time_that_a_figure_may_take(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Who waits does not know which of the two hangs."""
    waiting = browser._Browser.__new__(browser._Browser)
    waiting._finished, waiting._loop = 0.0, asyncio.new_event_loop()
    thread = threading.Thread(target=waiting._loop.run_forever, daemon=True)
    thread.start()

    class Slow:
        def browser(self) -> browser._Browser:
            time.sleep(0.5)
            return waiting

        def stop(self, *_: object, **__: object) -> None:
            waiting._loop.call_soon_threadsafe(waiting._loop.call_later, 0.05, waiting._loop.stop)

    async def hangs(_: object) -> None:
        await asyncio.sleep(60)

    monkeypatch.setattr(browser, "_RUNNING", Slow())
    monkeypatch.setattr(browser, "_LOOK_SECONDS", 0.05)
    monkeypatch.setattr(waiting, "_draw", hangs)
    began = time.monotonic()
    with pytest.raises(KpiError, match="ikke færdig"):
        draw_svgs([FIGURE], [SIZE], seconds=0.5)
    assert time.monotonic() - began < 0.95
    thread.join(5)


def test_a_browser_that_is_busy_starting_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its start takes longer than one that hangs is given, and is no time of its first figure."""
    program = tmp_path / "chromium"
    spin = "import time\nend = time.process_time() + 1.5\nwhile time.process_time() < end: pass"
    program.write_text(f"#!/bin/sh\n{sys.executable} -c '{spin}'\nexec {find_browser()} \"$@\"\n")
    program.chmod(0o755)
    monkeypatch.setenv("BROWSER_PATH", str(program))
    running = browser._Running()
    monkeypatch.setattr(browser, "_RUNNING", running)
    monkeypatch.setattr(browser, "_START_SECONDS", 1.2)
    monkeypatch.setattr(browser, "_LOOK_SECONDS", 0.1)
    began = time.monotonic()
    try:
        running.browser()
        started = time.monotonic() - began
        running.stop()
        assert draw_svgs([FIGURE], [SIZE], seconds=started)[0].startswith("<svg")
    finally:
        running.stop()
    assert started > 1.2


def test_a_profile_that_is_still_written_to_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """The end of the program removes it: a traceback there would stand under a finished export."""
    chromium = browser._Offline.__new__(browser._Offline)
    chromium._tmp_dir_path, chromium._is_isolated = None, False
    chromium.pre_open()
    folder = chromium.tmp_dir.path
    assert folder.is_dir()

    def is_written_to(*_: object, **__: object) -> None:
        raise OSError(errno.ENOTEMPTY, "Directory not empty", "Default")

    with monkeypatch.context() as patched:
        patched.setattr(os, "rmdir", is_written_to)
        chromium.tmp_dir.temp_dir._finalizer()  # type: ignore[attr-defined]
    shutil.rmtree(folder)


@pytest.mark.usefixtures("drawing")
def test_threads_share_it() -> None:
    drawn: list[str] = []
    threads = [
        threading.Thread(target=lambda: drawn.extend(draw_svgs([FIGURE], [SIZE]))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(drawn) == 4
    assert all('width="300" height="200"' in svg for svg in drawn)


@pytest.mark.usefixtures("drawing")
def test_no_address_is_asked() -> None:
    """Not even one that a figure names: the browser's own questions go the same way."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/a.png"
        figure = go.Figure(FIGURE).add_layout_image(source=address, x=0, y=1, sizex=1, sizey=1)
        assert draw_svgs([figure], [SIZE])[0].startswith("<svg")
        with pytest.raises(BlockingIOError):
            server.accept()


@pytest.mark.usefixtures("drawing")
@pytest.mark.soak
def test_a_figure_is_drawn_on_a_used_page_as_on_a_new_one(monkeypatch: pytest.MonkeyPatch) -> None:
    figures = [FIGURE, go.Figure(go.Bar(x=["a", "b"], y=[1, 2])), FIGURE]
    drawn = []
    for most in (1, 1000):
        browser._RUNNING.stop()
        monkeypatch.setattr(browser, "_FIGURES_OF_A_PAGE", most)
        svgs = [draw_svgs([figure], [SIZE])[0] for figure in figures]
        drawn.append([vectors._stable(svg) for svg in svgs])
    assert drawn[0] == drawn[1]
    assert drawn[1][0] == drawn[1][2] != drawn[1][1]


@pytest.mark.parametrize(("failed", "loaded"), [(False, 2), (True, 7)])
def test_a_page_is_loaded_anew_after_some_figures_and_after_a_failed_one(
    monkeypatch: pytest.MonkeyPatch, failed: bool, loaded: int
) -> None:
    anew: list[object] = []

    async def note(_: object, tab: object) -> None:
        anew.append(tab)

    async def draw_seven() -> int:
        drawing = browser._Drawing()
        drawing.tabs_ready = asyncio.Queue()
        for tab in range(7):
            with suppress(RuntimeError):
                try:
                    if failed:
                        raise RuntimeError
                finally:
                    await drawing._return_kaleido_tab(tab)
        return int(drawing.tabs_ready.qsize())

    monkeypatch.setattr(kaleido.Kaleido, "__init__", lambda _: None)
    monkeypatch.setattr(kaleido.Kaleido, "_return_kaleido_tab", note)
    monkeypatch.setattr(browser, "_FIGURES_OF_A_PAGE", 3)
    waiting = asyncio.run(draw_seven())
    assert (len(anew), waiting) == (loaded, 7 - loaded)
