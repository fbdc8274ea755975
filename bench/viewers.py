"""How fifty people at once are served: `python bench/viewers.py [--viewers N] [--minutes M]`.

bench/README.md explains what each line measures.
"""

import argparse
import asyncio
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.uploader import publish_one
from bench.websocket_viewer import Viewer
from kpi.store import init
from tests.browser.running_app import running_app

_TARGET_SECONDS, _TARGET_MEGABYTES, _TARGET_BACK = 1.5, 400, 1.1
_THEMES = ("employment", "language", "opgang_til_opgang")
_AREAS = ("aarhus", "gellerup", "odense")
_INDICATORS = ("employment_rate", "school_absence")
_DAYS = (
    "2023-05-01", "2024-01-15", "2024-06-24", "2024-11-01", "2025-01-20", "2025-03-19",
    "2025-06-01", "2025-09-01",
)  # fmt: skip
# Reading a page takes a person some seconds; of the committee's papers a few are made.
_READING_SECONDS = (2.0, 20.0)
_SHARE_OF_DAYS, _SHARE_OF_PAPERS = 0.3, 0.03
_UPLOAD_PAUSE_SECONDS = 20.0
_IDLE_SECONDS = 150


@dataclass
class Served:
    """Seconds of every run of a page, and everything that went wrong."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    uploads: int = 0


@dataclass(frozen=True)
class Footprint:
    """The memory, handles and CPU time of the server's process."""

    megabytes: int
    handles: int
    cpu_seconds: float

    @classmethod
    def of(cls, process: int) -> "Footprint":
        """Of a process, by its number (Linux only)."""
        status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
        (line,) = (line for line in status.splitlines() if line.startswith("VmRSS"))
        handles = len(list(Path(f"/proc/{process}/fd").iterdir()))
        # The name in brackets may hold blanks; user and system time are the 12th and 13th after it.
        stat = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        ticks = int(stat[11]) + int(stat[12])
        return cls(int(line.split()[1]) // 1024, handles, ticks / os.sysconf("SC_CLK_TCK"))


def _some_page(chance: random.Random) -> tuple[str, dict[str, str]]:
    """A page and its choices, as people follow links; a third of them to an earlier day."""
    pages: tuple[tuple[str, dict[str, str]], ...] = (
        ("", {}),
        ("tema", {"tema": chance.choice(_THEMES)}),
        ("omraade", {"omraade": chance.choice(_AREAS)}),
        ("sammenlign", {"noegletal": chance.choice(_INDICATORS)}),
        ("handleplan", {}),
        ("om", {}),
    )
    page, query = chance.choice(pages)
    if chance.random() < _SHARE_OF_PAPERS:
        page, query = "udvalg", {}
    if chance.random() < _SHARE_OF_DAYS:
        query = {**query, "pr": chance.choice(_DAYS)}
    return page, query


async def _look(address: str, number: int, until: float, served: Served) -> None:
    """One person who reads page after page; each opens a window anew now and then."""
    chance = random.Random(number)
    while time.monotonic() < until:
        async with Viewer(address) as viewer:
            for _ in range(chance.randint(5, 15)):
                page, query = _some_page(chance)
                screen = await viewer.visit(page, query)
                served.seconds.append(screen.seconds)
                served.errors += [f"{page} {query}: {error}" for error in screen.errors]
                if time.monotonic() >= until:
                    return
                await asyncio.sleep(chance.uniform(*_READING_SECONDS))


async def _upload(address: str, number: int, until: float, served: Served) -> None:
    """One analyst who publishes file after file."""
    while time.monotonic() < until:
        try:
            await publish_one(address, number, served.uploads)
        except LookupError as error:
            served.errors.append(f"upload: {error}")
        served.uploads += 1
        await asyncio.sleep(_UPLOAD_PAUSE_SECONDS)


async def _load(address: str, viewers: int, uploaders: int, minutes: float) -> Served:
    served, until = Served(), time.monotonic() + 60 * minutes
    await asyncio.gather(
        *(_look(address, number, until, served) for number in range(viewers)),
        *(_upload(address, number, until, served) for number in range(uploaders)),
    )
    return served


async def _every_page_once(address: str) -> None:
    async with Viewer(address) as viewer:
        for page in ("", "tema", "omraade", "sammenlign", "handleplan", "udvalg", "om", "indlaes"):
            await viewer.visit(page)


def server_of(address: str) -> int:
    """The number of the process that listens at an address of ours."""
    port = address.rpartition(":")[2]
    pids = subprocess.run(
        ["pgrep", "-f", f"streamlit run .*--server.port {port} "],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return int(pids.stdout.split()[0])


@contextmanager
def _home(kept: Path | None) -> Iterator[Path]:
    """A store of the default figures that is nobody's: uploads are published to it."""
    with tempfile.TemporaryDirectory(prefix="spor-viewers-") as folder:
        home = Path(folder) / "home"
        if kept:
            shutil.copytree(kept, home)
        else:
            init(home)
        yield home


def _percentile(seconds: list[float], share: float) -> float:
    return sorted(seconds)[min(int(len(seconds) * share), len(seconds) - 1)]


def measure(viewers: int, uploaders: int, minutes: float, kept: Path | None) -> list[str]:
    """Prints one line per measure; what missed its target is returned."""
    with _home(kept) as home, running_app(home, home.with_name("app.log")) as address:
        process = server_of(address)
        asyncio.run(_every_page_once(address))
        start = Footprint.of(process)
        print(f"every page shown once: {start.megabytes} MB, {start.handles} handles", flush=True)
        served = asyncio.run(_load(address, viewers, uploaders, minutes))
        after = Footprint.of(process)
        middle, late = (_percentile(served.seconds, share) for share in (0.5, 0.95))
        print(
            f"{len(served.seconds)} runs of {viewers} viewers, {served.uploads} files of "
            f"{uploaders} uploaders: median {middle:.2f} s, 95 % {late:.2f} s, "
            f"{len(served.errors)} errors, "
            f"{(after.cpu_seconds - start.cpu_seconds) / len(served.seconds):.2f} CPU seconds a run"
        )
        print(f"straight after: {after.megabytes} MB, {after.handles} handles", flush=True)
        time.sleep(_IDLE_SECONDS)
        idle = Footprint.of(process)
        print(f"idle for {_IDLE_SECONDS} s: {idle.megabytes} MB, {idle.handles} handles")
    missed = [f"error: {error}" for error in served.errors[:10]]
    if late > _TARGET_SECONDS:
        missed.append(f"95 % of the runs took up to {late:.2f} s, the aim is {_TARGET_SECONDS} s")
    if after.megabytes > _TARGET_MEGABYTES:
        missed.append(f"{after.megabytes} MB after the viewers, the aim is {_TARGET_MEGABYTES} MB")
    if idle.megabytes > start.megabytes * _TARGET_BACK:
        missed.append(f"{idle.megabytes} MB when idle, {start.megabytes} MB at the start")
    if idle.handles > start.handles:
        missed.append(f"{idle.handles} handles when idle, {start.handles} at the start")
    return missed


def main() -> int:
    """The command line; 1 when a target is missed."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--viewers", type=int, default=50)
    arguments.add_argument("--uploaders", type=int, default=2)
    arguments.add_argument("--minutes", type=float, default=5)
    arguments.add_argument("--home", type=Path, help="a store to copy instead of building one")
    options = arguments.parse_args()
    missed = measure(options.viewers, options.uploaders, options.minutes, options.home)
    print("\n".join(missed) or "every aim is reached")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
