"""Finds the Chromium-like browser the tests drive, and installs one where there is none.

`python tests/browser/find_browser.py --install` prints its path and nothing else on standard
output; `make test` hands it on as BROWSER_PATH. Standard library only, so that it runs before
anything else works.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

# Chromium without its windows takes a quarter less time for a page. It is the same engine.
HEADLESS = "chromium-headless-shell"
COMMANDS = (
    HEADLESS,
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
_INSTALL = ("install", "-y", "--no-install-recommends")
# Where a browser is there already, a machine without a network should not wait long for another.
_PATIENCE = ("-o", "Acquire::http::Timeout=10", "-o", "Acquire::Retries=0")
HOW_TO_GET_ONE = (
    "No browser for the tests. Install Chromium, Chrome or Edge (Debian, Ubuntu: apt-get install "
    "chromium), or name one: BROWSER_PATH=/path/to/chromium make test."
)


class BrowserNotFoundError(Exception):
    """There is no browser that starts; the message says what to do."""


def find(
    commands: Sequence[str] = COMMANDS,
    apps: Sequence[str] = MAC_APPS,
    environment: Mapping[str, str] = os.environ,
) -> str | None:
    """The path of the first browser that starts: BROWSER_PATH, a command, an app; None without one.

    Raises BrowserNotFoundError when BROWSER_PATH names something that does not start: whoever set
    it meant that browser and no other.
    """
    named = environment.get("BROWSER_PATH")
    if named:
        if not _starts(named):
            raise BrowserNotFoundError(f"BROWSER_PATH names {named}, which does not start.")
        return named
    for command in commands:
        path = shutil.which(command, path=environment.get("PATH", ""))
        if path and _starts(path):
            return path
    for path in (*apps, _of_playwright()):
        if path and _starts(path):
            return path
    return None


def install() -> str:
    """The path of a browser installed with the system's packages, or else with Playwright.

    As root with apt-get it gets the one without windows, even where there is another. Raises
    BrowserNotFoundError when no way gives one that starts.
    """
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if as_root and shutil.which("apt-get"):
        print("Installing Chromium for the tests with apt-get", file=sys.stderr)
        updated = _run("apt-get", *_PATIENCE, "update")
        for package in (HEADLESS, "chromium"):
            # Ubuntu's package is an empty shell around a snap: having it does not mean it starts.
            if updated:
                _run("apt-get", *_PATIENCE, *_INSTALL, package)
            if path := find():
                return path
    if path := find():
        return path
    print("No browser found: installing Chromium with Playwright", file=sys.stderr)
    with_libraries = ["--with-deps"] if as_root else []
    _run(sys.executable, "-m", "playwright", "install", *with_libraries, "chromium")
    if path := find():
        return path
    raise BrowserNotFoundError(HOW_TO_GET_ONE)


def is_without_windows(path: str | None) -> bool:
    """Whether the browser at `path` is the one that tests prefer."""
    return path is not None and Path(path).name == HEADLESS


def _starts(path: str) -> bool:
    # Asking for the version distinguishes a browser from a stub that only says where to get one.
    try:
        finished = subprocess.run(
            [path, "--version"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=60,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return finished.returncode == 0


def _of_playwright() -> str | None:
    # In a process of its own: Playwright's event loop must not run in the one that runs the tests.
    question = (
        "from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as playwright: print(playwright.chromium.executable_path)"
    )
    try:
        finished = subprocess.run(
            [sys.executable, "-c", question],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    return finished.stdout.strip() or None


def _run(*command: str) -> bool:
    # Everything the installers say goes to standard error: standard output holds the path alone.
    finished = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=sys.stderr,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
        check=False,
    )
    return finished.returncode == 0


def main(arguments: Sequence[str]) -> int:
    """Prints the browser's path; 1 and a message on standard error when there is none."""
    try:
        path = find()
        is_free = "BROWSER_PATH" not in os.environ and not is_without_windows(path)
        if "--install" in arguments and is_free:
            path = install()
    except BrowserNotFoundError as error:
        print(error, file=sys.stderr)
        return 1
    if path is None:
        print(HOW_TO_GET_ONE, file=sys.stderr)
        return 1
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
