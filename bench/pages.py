"""How fast the pages are on a large store: `python bench/pages.py [--rows N] [--runs N]`.

bench/README.md explains what each column measures.
"""

import argparse
import os
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import ParamSpec, TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.synthetic import GROUPS, build
from bench.timing import (
    PageCase,
    PageFailedError,
    kpi_calls,
    page_cases,
    time_kpi_calls,
    time_new_process,
    time_script,
)
from ui import cache

_ROOT = Path(__file__).resolve().parents[1]
_COLD_TARGET, _CACHED_TARGET = 50, 5
_NEW_PROCESSES = 3
_FAILED = "its script failed, see the log"

P = ParamSpec("P")
T = TypeVar("T")


def kpi_rows(cases: Sequence[PageCase], runs: int) -> Iterator[list[str]]:
    """A head, then one row per page: its kpi calls in a new process, with empty and full caches."""
    yield ["kpi calls", "open", "first", "cold", "cached", f"aim {_COLD_TARGET} / {_CACHED_TARGET}"]
    for case in cases:
        # AppTest leaves traces in its process, so the script that records the calls gets its own.
        try:
            calls = in_new_process(kpi_calls, case.selection)
        except PageFailedError:
            yield [case.name, _FAILED]
            continue
        new = [in_new_process(time_new_process, calls) for _ in range(_NEW_PROCESSES)]
        opening, first = zip(*new, strict=True)
        cold, cached = time_kpi_calls(calls, runs)
        missed = [
            name
            for name, times, target in (
                ("cold", cold, _COLD_TARGET),
                ("cached", cached, _CACHED_TARGET),
            )
            if statistics.median(times) > target
        ]
        result = f"{' and '.join(missed)} missed" if missed else "met"
        yield [case.name, *map(spread, (opening, first, cold, cached)), result]


def script_rows(cases: Sequence[PageCase], runs: int) -> Iterator[list[str]]:
    """A head, then one row per page: whole runs of its script beside an empty page."""
    yield ["whole script", "cold", "cached", "empty page", "cold / empty", "cached / empty"]
    for case in cases:
        try:
            times = time_script(case.selection, runs)
        except PageFailedError:
            yield [case.name, _FAILED]
            continue
        floor = statistics.median(times.empty_page)
        ratios = [statistics.median(seconds) / floor for seconds in (times.cold, times.cached)]
        spreads = map(spread, (times.cold, times.cached, times.empty_page))
        yield [case.name, *spreads, *(f"{ratio:.0f}" for ratio in ratios)]


def in_new_process(function: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
    """What the function returns in a process of its own, which has ended when this returns."""
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        return process.submit(function, *given, **named).result()


def spread(milliseconds: Sequence[float]) -> str:
    """`12.3 (11.8-20.1)`: the median, lowest and highest."""
    low, middle, high = min(milliseconds), statistics.median(milliseconds), max(milliseconds)
    return f"{middle:.1f} ({low:.1f}-{high:.1f})"


def print_table(rows: Iterator[list[str]]) -> bool:
    """Prints each row as soon as it is measured; False when a page failed."""
    widths = (24, 18, 24, 24, 16, 15)
    is_complete = True
    for row in rows:
        is_complete &= _FAILED not in row
        cells = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=False)]
        print(row[0].ljust(widths[0]), *cells, flush=True)
    print()
    return is_complete


def peak_memory() -> str:
    """The peak memory of this process."""
    try:
        import resource
    except ImportError:
        return "not told on Windows"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return f"{peak / (2**20 if sys.platform == 'darwin' else 2**10):.0f} MB"


def measure(home: Path, runs: int) -> bool:
    """Prints both tables; False when a page failed."""
    version = cache.version()
    observations = sum(count for *_, count in cache.store(version).status_counts())
    cases = page_cases(cache.catalog(version))
    print(f"{observations:,} observations. Milliseconds: median (lowest-highest) of {runs} runs.\n")
    tables = (kpi_rows(cases, runs), script_rows(cases, runs))
    complete = [print_table(table) for table in tables]
    print(f"Peak memory of this process: {peak_memory()}")
    return all(complete)


def on_store(
    description: str | None,
    measure: Callable[[Path, int], T],
    groups: int = GROUPS,
    indicators: int = 0,
) -> T:
    """Measures on the store that the command line names, built where there is none.

    `measure` gets its folder and how many runs each measure takes. The store has `groups` and
    `indicators` where the command line names no others.
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--rows", type=int, default=1_000_000, help="observations to invent")
    parser.add_argument("--groups", type=int, default=groups, help="groups of each indicator")
    parser.add_argument("--indicators", type=int, default=indicators, help="at least so many")
    parser.add_argument("--runs", type=int, default=5, help="runs of each measure")
    parser.add_argument("--home", type=Path, help="keep the store in this folder, and use it again")
    options = parser.parse_args()
    os.chdir(_ROOT)  # where Streamlit finds its settings
    with tempfile.TemporaryDirectory(prefix="spor-bench-") as folder:
        home = options.home.resolve() if options.home else Path(folder)
        os.environ["KPI_HOME"] = str(home)
        if not (home / "current").exists():
            # In a process of its own, so that its memory does not count as the pages'.
            in_new_process(build, home, options.rows, options.groups, options.indicators)
        return measure(home, options.runs)


def main() -> int:
    """The command line; exit 1 when a page failed."""
    return not on_store(__doc__, measure)


if __name__ == "__main__":
    raise SystemExit(main())
