"""Files that are asked for at once: no more are made at a time than the setting says, and all."""

import threading
import time
from collections.abc import Callable

import pytest

from ui import committee_files, downloads, export_turns
from ui.turns import Turns

ASKED = 6


def _made_at_once(monkeypatch: pytest.MonkeyPatch, most: int, ask: Callable[[], object]) -> int:
    """The most that were being made at the same moment when six were asked for; all come."""
    monkeypatch.setattr(export_turns, "_TURNS", own := Turns(most))
    lock, now, highest, done = threading.Lock(), [0], [0], []

    def make(*_: object, **__: object) -> bytes:
        """A file that takes a moment."""
        with lock:
            now[0] += 1
            highest[0] = max(highest[0], now[0])
        time.sleep(0.02)
        with lock:
            now[0] -= 1
        return b""

    monkeypatch.setattr(downloads, "picture", make)
    monkeypatch.setattr("kpi.export.files.paper_file", make)
    threads = [threading.Thread(target=lambda: done.append(ask())) for _ in range(ASKED)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(done) == ASKED
    assert own._free == most
    return highest[0]


def _picture() -> bytes:
    return downloads.chart_file("png", None, None, None, None)  # type: ignore[arg-type]


def _paper() -> bytes:
    return committee_files._made("pptx", None, None, committee_files.Templates())  # type: ignore[arg-type]


@pytest.mark.parametrize("ask", [_picture, _paper])
@pytest.mark.parametrize("most", [1, 2])
def test_no_more_at_a_time(
    monkeypatch: pytest.MonkeyPatch, ask: Callable[[], bytes], most: int
) -> None:
    assert _made_at_once(monkeypatch, most, ask) == most


@pytest.mark.parametrize(
    ("said", "most"), [(None, 2), ("", 2), ("1", 1), ("5", 5), ("0", 1), ("-1", 2), ("mange", 2)]
)
def test_how_many_is_a_setting(
    monkeypatch: pytest.MonkeyPatch, said: str | None, most: int
) -> None:
    monkeypatch.delenv(export_turns.SETTING, raising=False)
    if said is not None:
        monkeypatch.setenv(export_turns.SETTING, said)
    assert export_turns.at_once() == most


def test_a_file_that_fails_gives_its_turn_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export_turns, "_TURNS", own := Turns(1))
    monkeypatch.setattr(downloads, "picture", lambda *_: 1 / 0)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            _picture()
    assert own._free == 1
