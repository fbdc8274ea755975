"""A fetch that a person asks for on a page: the program itself, in a process of its own.

One at a time in all of a server's pages; against fetches of the schedule each definition has its
own lock (kpi/fetch/taking_turns.py), and is reported as being fetched already.
"""

import json
import logging
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from kpi.domain.errors import KpiError
from kpi.domain.vocabulary import FETCH_OUTCOMES, FetchOutcome
from kpi.store.versions import REPOSITORY

_LOG = logging.getLogger(__name__)
# Every source may take five minutes; one that takes longer than all of ours together hangs.
_MOST_SECONDS = 1800
_STOPPED = "Hentningen gik i stå. Årsagen står i serverens log. Tallene er som før."


@dataclass(frozen=True)
class Result:
    """What a definition's fetch came to; `outcome` None where it was not even tried."""

    title: str
    outcome: FetchOutcome | None
    error: str = ""


@dataclass(frozen=True)
class FetchRun:
    """A fetch: when it was asked for, of which definitions (none: of all), and what came of it.

    `is_again` fetches what was withdrawn, too. `ended_at` is None while it runs. `fault` says why
    it came to nothing as a whole. `lacking` are the settings of the keys without which definitions
    were not fetched.
    """

    started_at: datetime
    names: tuple[str, ...]
    ended_at: datetime | None = None
    results: tuple[Result, ...] = ()
    fault: str = ""
    lacking: tuple[str, ...] = ()
    is_again: bool = False

    @property
    def is_running(self) -> bool:
        """Whether its outcome is not there yet."""
        return self.ended_at is None


class _Newest:
    """The newest fetch that was asked for, of all threads; None before the first."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.run: FetchRun | None = None


_NEWEST = _Newest()


def fetch_run() -> FetchRun | None:
    """The newest fetch that a page asked for; None before the first."""
    return _NEWEST.run


def fetch_now(names: Sequence[str] = (), *, is_again: bool = False) -> FetchRun:
    """Starts a fetch of the named definitions (none: of all), and returns at once.

    Raises KpiError where one runs already.
    """
    with _NEWEST.lock:
        if _NEWEST.run is not None and _NEWEST.run.is_running:
            raise KpiError(
                "Der hentes allerede", "En anden har bedt om det. Siden viser, hvad det kommer til."
            )
        run = _NEWEST.run = FetchRun(datetime.now(UTC), tuple(names), is_again=is_again)
    threading.Thread(target=_end, args=(run,), daemon=True).start()
    return run


def _end(run: FetchRun) -> None:
    ended = replace(run, fault=_STOPPED)
    try:
        ended = _with_answer(run, start_program(run.names, is_again=run.is_again))
    except (OSError, subprocess.SubprocessError, ValueError, KeyError, TypeError):
        _LOG.exception("a fetch of a page was not finished")
    finally:
        _NEWEST.run = replace(ended, ended_at=datetime.now(UTC))


def start_program(names: Sequence[str], *, is_again: bool) -> str:
    """What `python -m kpi fetch --json` answers, with the settings and keys of this process."""
    options = ["--json", *(["--again"] if is_again else [])]
    done = subprocess.run(
        [sys.executable, "-m", "kpi", "fetch", *options, *names],
        cwd=REPOSITORY,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=_MOST_SECONDS,
        check=False,
    )
    return done.stdout


def _with_answer(run: FetchRun, answer: str) -> FetchRun:
    """The fetch with what the program said of it. Raises ValueError for no answer of ours."""
    said: dict[str, Any] = json.loads(answer)
    if "fetched" not in said:
        error = said["error"]
        return replace(run, fault=f"{error['title']}. {error['message']}")
    results = [
        Result(each["title"], _outcome(each["outcome"]), each["error"] or "")
        for each in said["fetched"]
    ]
    results += [
        Result(each["name"], None, f"{each['title']}. {each['message']}")
        for each in said["refused"]
    ]
    lacking = sorted({each["setting"] for each in said["lacking_key"]})
    return replace(run, results=tuple(results), lacking=tuple(lacking))


def _outcome(word: object) -> FetchOutcome | None:
    return next((outcome for outcome in FETCH_OUTCOMES if outcome == word), None)
