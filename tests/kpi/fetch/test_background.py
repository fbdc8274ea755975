"""A fetch that a page asks for: one at a time, and its outcome is what the program answers."""

import json
import subprocess
import threading
import time
from typing import Any

import pytest

from kpi.domain.errors import KpiError
from kpi.fetch import background
from kpi.fetch.background import FetchRun, fetch_now, fetch_run
from kpi.views.fetch_lists import ended_words, is_trouble

RESULTS = [
    {"title": "RAS200", "outcome": "published", "error": None},
    {"title": "FOLK1E", "outcome": "failed", "error": "Kilden svarer 503."},
]
REFUSED = {"name": "mine", "title": "Tallene hentes allerede", "message": "Prøv igen om lidt."}

LACKING = json.dumps({
    "fetched": [], "refused": [],
    "lacking_key": [{"name": name, "setting": f"KPI_TOKEN_{name[0]}"} for name in ("B", "A", "A2")],
})  # fmt: skip


@pytest.fixture(autouse=True)
def _none_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "_NEWEST", background._Newest())


def _ended() -> FetchRun:
    until = time.monotonic() + 20
    while (run := fetch_run()) is None or run.is_running:
        assert time.monotonic() < until
        time.sleep(0.01)
    return run


def test_of_many_who_ask_at_once_one_fetches(monkeypatch: pytest.MonkeyPatch) -> None:
    go, started = threading.Event(), []

    def held(names: tuple[str, ...], *, is_again: bool) -> str:
        started.append(names)
        go.wait(20)
        return json.dumps({"fetched": RESULTS, "refused": [REFUSED], "lacking_key": []})

    monkeypatch.setattr(background, "start_program", held)
    refused: list[KpiError] = []

    def ask() -> None:
        try:
            fetch_now(["ras200"])
        except KpiError as error:
            refused.append(error)

    asking = [threading.Thread(target=ask) for _ in range(8)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    assert (len(refused), refused[0].title) == (7, "Der hentes allerede")
    go.set()
    run = _ended()
    assert started == [("ras200",)]
    assert is_trouble(run)
    words = ended_words(run)
    for part in ("Udgivet: RAS200.", "Ikke hentet: FOLK1E.", "Ikke forsøgt", ": mine."):
        assert part in words
    go.set()
    fetch_now()  # the next one may start
    assert _ended().names == ()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ('{"error": {"title": "Ukendt", "message": "Findes ikke."}}', "Ukendt. Findes ikke."),
        ("", "gik i stå"), ("[]", "gik i stå"), ('{"fetched": [{}]}', "gik i stå"),
        (subprocess.TimeoutExpired("kpi", 1), "gik i stå"), (OSError("no memory"), "gik i stå"),
        ('{"fetched": [], "refused": [], "lacking_key": []}', "ingen kilder"),
        (LACKING, "Sæt KPI_TOKEN_A og KPI_TOKEN_B i serverens miljø"),
    ],
)  # fmt: skip
def test_a_fetch_always_ends(
    monkeypatch: pytest.MonkeyPatch, answer: str | Exception, words: str
) -> None:
    def answered(_: Any, *, is_again: bool) -> str:
        if isinstance(answer, str):
            return answer
        raise answer

    monkeypatch.setattr(background, "start_program", answered)
    fetch_now()
    assert words in ended_words(_ended())
