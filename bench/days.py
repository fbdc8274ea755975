"""What an earlier day costs: `python bench/days.py [--rows N] [--runs N] [--home FOLDER]`.

Opens a large store as of a day and asks what Tema asks of it; the floor is Tema of today.
"""

import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.ingest import spread
from bench.pages import on_store
from bench.timing import Call, ask, empty_caches, forget_days, kpi_calls
from kpi.domain.selection import Selection
from ui import cache

_ROOT = Path(__file__).resolve().parents[1]
_AIM = 0.15
# The invented figures run to the end of 2025 and are known from the March after their year: since
# the first day nothing came; on the second a sixth of a million was not known yet.
_DAYS = (date(2026, 10, 1), date(2025, 6, 1))


def measure(home: Path, runs: int) -> None:
    """Prints a line for today, and one for each day: opening it, and with what Tema asks."""
    version = cache.version()
    tema = Selection("tema", tema=next(iter(cache.catalog(version).themes)))
    calls = kpi_calls(tema)
    floor = [_seconds(calls) for _ in range(runs)]
    print("Tema of today".ljust(24), spread(floor).rjust(44), flush=True)
    for day in _DAYS:
        calls = kpi_calls(tema, day)
        opened, both = [], []
        for _ in range(runs):
            forget_days()
            began = time.perf_counter()
            cache.store(cache.as_of(version, day))
            opened.append(time.perf_counter() - began)
            both.append(opened[-1] + _seconds(calls))
        print(f"as of {day}".ljust(24), f"open {spread(opened)}".rjust(26),
              f"Tema {spread(both)}".rjust(27), f"aim {_AIM} s".rjust(12), flush=True)  # fmt: skip


def _seconds(calls: Sequence[Call]) -> float:
    """How long a page's calls take with all caches but the opened version's empty."""
    empty_caches()
    began = time.perf_counter()
    ask(calls)
    return time.perf_counter() - began


def main() -> None:
    """The command line."""
    on_store(__doc__, measure)


if __name__ == "__main__":
    main()
