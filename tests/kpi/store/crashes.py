"""Kills `init` or `publish` at chosen moments, as a power cut would. Run as a program of its own:

    python -m tests.kpi.store.crashes random FOLDER DATA BEFORE COUNT
    python -m tests.kpi.store.crashes steps FOLDER DATA BEFORE [STRIDE]
    python -m tests.kpi.store.crashes copies FOLDER DATA BEFORE [STRIDE]

DATA is a data/ folder for `init`, a file to publish, one ending in `.area` that holds what Gellerup
is to be called, a copy of a store to restore, the name `kopi` for a backup beside the store, or
`2.purge` to remove batch 2. FOLDER gets one store per kill (0, 1, 2
...; of steps each STRIDE-th), each a copy of the store BEFORE, or new where that folder does not
exist. Prints how many were killed before they were done, or the step at which one was not.

`copies` kills nobody: the store is copied before each step of one run, which is what a process
killed there leaves on the disk, at the cost of one run. `make soak` kills.

The children are forked after the imports: a second of start-up would be most of each run.
"""

import os
import random
import shutil
import signal
import sys
import time
from pathlib import Path
from typing import Any

from kpi.ingest.table.raw import Upload
from kpi.store import init
from kpi.store.adding import add
from kpi.store.backup import backup, restore
from kpi.store.purging import purge
from kpi.store.uploads import publish


def kill_at_random(folder: Path, data: Path, before: Path, count: int) -> int:
    """Kills one child in each of `count` stretches of the time that an `init` takes."""
    chance = random.Random(20250319)
    duration = max(_undisturbed(folder / "first", data, before) for _ in range(2))
    killed = 0
    for place in range(count):
        child = _start(folder / str(place), data, before)
        time.sleep(duration * (place + chance.random()) / count)
        os.kill(child, signal.SIGKILL)
        killed += _was_killed(child)
    return killed


def kill_at_each_step(folder: Path, data: Path, before: Path, stride: int) -> int:
    """Kills a child before its first file operation, the next `stride` later, until one ends."""
    step = 0
    while _was_killed(_start(_home(folder, step, data), data, before, die_before=step)):
        step += stride
    return step


def copy_before_each_step(folder: Path, data: Path, before: Path, stride: int) -> int:
    """Does the work once, and copies all it works in before each `stride`-th file operation."""
    home = _home(folder, "run", data)
    run = folder / "run"
    _put(before, home)
    step, is_copying = 0, False

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal step, is_copying
        if is_copying or not _is_step(event, arguments, run):
            return
        if step % stride == 0:
            is_copying = True
            shutil.copytree(run, folder / str(step))
            is_copying = False
        step += 1

    sys.addaudithook(watch)
    _work(home, data)
    is_copying = True  # what follows is no step of the work
    step += -step % stride
    run.rename(folder / str(step))
    return step


def _home(folder: Path, name: int | str, data: Path) -> Path:
    """The store of a child; within a folder of its own where things are put beside it too."""
    home = folder / str(name)
    return home / "home" if data.name == "kopi" or (data / "current").exists() else home


def _undisturbed(home: Path, data: Path, before: Path) -> float:
    shutil.rmtree(home, ignore_errors=True)
    child = _start(home, data, before)
    began = time.monotonic()
    assert not _was_killed(child)
    return time.monotonic() - began


def _start(home: Path, data: Path, before: Path, die_before: int | None = None) -> int:
    _put(before, home)
    child = os.fork()
    if child:
        return child
    if die_before is not None:
        _die_before(die_before, home.parent if home.name == "home" else home)
    try:
        _work(home, data)
    finally:
        # Not sys.exit: what the parent has to say at its end is not the child's.
        os._exit(3 if sys.exc_info()[0] else 0)


def _put(before: Path, home: Path) -> None:
    if before.exists():
        shutil.copytree(before, home)
    else:
        home.mkdir(parents=True)


def _work(home: Path, data: Path) -> None:
    if data.name == "kopi":
        backup(home.with_name("kopi"), home)
    elif (data / "current").exists():
        restore(data, home, replace=True)
    elif data.is_dir():
        init(home, data)
    elif data.suffix == ".area":
        add("area", [{"area_id": "gellerup", "name": data.read_text("utf-8")}], "Prøve", home)
    elif data.suffix == ".purge":
        purge(int(data.stem), "Prøve", "Afbrudt", home)
    else:
        publish(Upload(data.name, data.read_bytes()), None, "Prøve", "Afbrudt", home)


def _was_killed(child: int) -> bool:
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, -signal.SIGKILL), f"it failed by itself: {code}"
    return code != 0


def _die_before(step: int, home: Path) -> None:
    """Kills this process before the file operation with that number (from 0) in the store."""
    left = step

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal left
        if not _is_step(event, arguments, home):
            return
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1

    sys.addaudithook(watch)


def _is_step(event: str, arguments: tuple[Any, ...], folder: Path) -> bool:
    """Whether an audit event is a file operation in the folder."""
    is_operation = event in ("open", "os.rename", "os.remove", "os.mkdir", "shutil.copyfile")
    return is_operation and str(folder) in str(arguments[0])


def main(mode: str, folder: str, data: str, before: str, number: str = "1") -> None:
    """Runs one of the three; see the module."""
    kills = {
        "random": kill_at_random, "steps": kill_at_each_step, "copies": copy_before_each_step,
    }[mode]  # fmt: skip
    print(kills(Path(folder), Path(data), Path(before), int(number)))


if __name__ == "__main__":
    main(*sys.argv[1:])
