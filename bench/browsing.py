"""How long an area's profile and each key of a search take: `python bench/browsing.py`.

bench/README.md explains the measures.
"""

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.pages import on_store, spread
from bench.timing import empty_caches
from kpi.domain.pages import PAGES
from kpi.views.search import search
from ui import cache

T = TypeVar("T")

_PROFILE_TARGET, _KEY_TARGET = 150, 50
# As people type them: a name, a part of one, two words, an area, a set, a year, a slip of the pen.
_QUERIES = (
    "fravær gellerup", "beskæftigelse aarhus 2024", "ledige odense", "kommuner som aarhus",
    "uddannelse 6-byerne", "bekæftigelse", "indsatser", "gennemsnitsindkomst randers",
    "andel", "hvad er nyt",
)  # fmt: skip


def profile(area_id: str, runs: int) -> tuple[list[float], int]:
    """Milliseconds of an area's page, nothing kept but the open version, and how many rows it has.

    All that the page asks for is in it, the area's title among others.
    """
    version = cache.version()
    cache.catalog(version)
    times, rows = [], 0
    for _ in range(runs + 1):
        empty_caches()
        taken, view = _timed(lambda: cache.area_of(version, area_id))
        times.append(taken)
        rows = len(view.profile.rows)
    return times[1:], rows


def keys(query: str) -> Iterator[tuple[str, float]]:
    """What stands in the box after each key of a query, and the milliseconds until it is answered.

    What can be searched for is kept from one key to the next, as on a server.
    """
    version = cache.version()
    known, home = cache.catalog(version), cache.home_area(cache.catalog(version))
    index, opened = cache.search_index_of(version, tuple(PAGES)), cache.store(version)
    for letters in range(1, len(query) + 1):
        typed = query[:letters]
        taken, _ = _timed(partial(search, typed, index, opened, known, home))
        yield typed, taken


def measure(_home: Path, runs: int) -> None:
    """Prints a line for each area's profile and for the keys of all queries."""
    version = cache.version()
    catalog = cache.catalog(version)
    country = catalog.country()
    assert country is not None
    for area_id in (cache.home_area(catalog), country.area_id):
        times, rows = profile(area_id, runs)
        print(
            f"profile of {area_id}, {rows} rows".ljust(40),
            spread(times),
            _aim(times, _PROFILE_TARGET),
        )
    taken, _ = _timed(lambda: cache.search_index_of(version, tuple(PAGES)))
    print("what can be searched for, once a version".ljust(40), f"{taken:.1f}")
    times_of: dict[str, list[float]] = {}
    for _ in range(runs):
        for query in _QUERIES:
            for typed, taken in keys(query):
                times_of.setdefault(typed, []).append(taken)
    medians = {typed: statistics.median(times) for typed, times in times_of.items()}
    print(
        f"a key of {len(medians)}".ljust(40),
        spread([*medians.values()]),
        _aim([max(medians.values())], _KEY_TARGET),
    )
    for typed in sorted(medians, key=lambda typed: -medians[typed])[:5]:
        print(f"  »{typed}«".ljust(40), spread(times_of[typed]))


def _timed(call: Callable[[], T]) -> tuple[float, T]:
    began = time.perf_counter()
    answer = call()
    return 1000 * (time.perf_counter() - began), answer


def _aim(times: list[float], target: int) -> str:
    reached = "reached" if statistics.median(times) <= target else "missed"
    return f"aim {target}: {reached}"


def main() -> None:
    """The command line."""
    on_store(__doc__, measure, groups=1, indicators=300)


if __name__ == "__main__":
    main()
