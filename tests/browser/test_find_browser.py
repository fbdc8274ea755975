"""Which browser the tests take, and what they say when there is none."""

import os
from pathlib import Path

import pytest

from tests.browser import find_browser
from tests.browser.find_browser import BrowserNotFoundError, find, install, main


@pytest.fixture
def no_playwright_browser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(find_browser, "_of_playwright", lambda: None)


def program(folder: Path, name: str, exit_code: int = 0) -> str:
    path = folder / name
    path.write_text(f"#!/bin/sh\nexit {exit_code}\n", encoding="ascii")
    path.chmod(0o755)
    return str(path)


def test_the_first_command_that_starts_is_taken(tmp_path: Path) -> None:
    program(tmp_path, "stub", exit_code=1)  # Ubuntu's chromium-browser without its snap
    second = program(tmp_path, "second")
    program(tmp_path, "third")
    assert find(["absent", "stub", "second", "third"], [], {"PATH": str(tmp_path)}) == second


def test_an_app_is_taken_when_no_command_is_there(tmp_path: Path) -> None:
    app = program(tmp_path, "Google Chrome")
    assert find(["absent"], [str(tmp_path / "none"), app], {"PATH": str(tmp_path)}) == app


def test_a_named_browser_goes_before_all_others(tmp_path: Path) -> None:
    program(tmp_path, "chromium")
    mine = program(tmp_path, "mine")
    assert find(environment={"PATH": str(tmp_path), "BROWSER_PATH": mine}) == mine


def test_a_named_browser_that_does_not_start_is_reported_and_not_replaced(tmp_path: Path) -> None:
    program(tmp_path, "chromium")
    with pytest.raises(BrowserNotFoundError, match="which does not start"):
        find(environment={"PATH": str(tmp_path), "BROWSER_PATH": str(tmp_path / "gone")})


@pytest.mark.usefixtures("no_playwright_browser")
def test_no_browser_anywhere_is_none(tmp_path: Path) -> None:
    assert find(["absent"], [], {"PATH": str(tmp_path)}) is None


@pytest.mark.usefixtures("no_playwright_browser")
def test_without_any_way_to_install_one_the_message_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[tuple[str, ...]] = []

    def record_and_fail(*command: str) -> bool:
        asked.append(command)
        return False

    monkeypatch.setattr(find_browser, "_run", record_and_fail)
    monkeypatch.setattr(find_browser, "find", lambda: None)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BrowserNotFoundError, match="apt-get install chromium"):
        install()
    assert [command[1:4] for command in asked] == [("-m", "playwright", "install")]
    assert main(["--install"]) == 1
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    ("starts", "expected"),
    [
        ({"chromium-headless-shell"}, ["chromium-headless-shell"]),
        ({"chromium"}, ["chromium-headless-shell", "chromium"]),
    ],
)
def test_root_with_apt_gets_a_package_that_starts(
    starts: set[str], expected: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, "apt-get")
    asked: list[str] = []

    def record(*command: str) -> bool:
        asked.extend(command[-1:] if "install" in command else ())
        return True

    monkeypatch.setattr(find_browser, "_run", record)
    monkeypatch.setattr(find_browser, "find", lambda: next(iter(starts & set(asked)), None))
    monkeypatch.setattr(os, "geteuid", lambda: 0, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert install() in starts
    assert asked == expected


@pytest.mark.parametrize(
    ("there", "named", "installs"),
    [
        ("/usr/bin/chromium-headless-shell", "", False),
        ("/usr/bin/chromium", "", True),
        ("/usr/bin/chromium", "/usr/bin/chromium", False),  # whoever names one means that one
        (None, "", True),
    ],
)
def test_the_browser_without_windows_is_installed_beside_another(
    there: str | None, named: str, installs: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def record() -> str:
        asked.append("install")
        return "/usr/bin/chromium-headless-shell"

    monkeypatch.delenv("BROWSER_PATH", raising=False)
    if named:
        monkeypatch.setenv("BROWSER_PATH", named)
    monkeypatch.setattr(find_browser, "find", lambda: there)
    monkeypatch.setattr(find_browser, "install", record)
    assert main(["--install"]) == 0
    assert bool(asked) == installs
