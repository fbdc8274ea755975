"""What verdicts cost: `python bench/verdicts.py [--pairs N] [--runs N] [--home FOLDER]`.

Reads the newest figures of many areas from a large store, then judges as many pairs of indicator
and area against the whole country; the floor is the same question without verdicts.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.pages import in_new_process
from bench.synthetic import build
from kpi.domain.catalog import Catalog
from kpi.domain.compare import Comparison, Pair, pair
from kpi.domain.figures import Figures
from kpi.domain.measure import measured
from kpi.domain.verdicts import judge_all
from kpi.store import Store, open_store

_TARGET = 20
_ROWS = 1_000_000


def measure(home: Path, pairs: int, runs: int) -> None:
    """Prints the floor, the time with verdicts, and how many pairs could be judged."""
    os.environ["KPI_HOME"] = str(home)
    if not (home / "current").exists():
        in_new_process(build, home, _ROWS)
    store = open_store(home)
    catalog = store.catalog()
    floor, judged, verdicts = [], [], []
    for _ in range(runs):
        start = time.perf_counter()
        figures = _figures(store, catalog)
        read = time.perf_counter()
        verdicts = _verdicts(figures, catalog, pairs)
        end = time.perf_counter()
        floor.append(1000 * (read - start))
        judged.append(1000 * (end - read))
    counted = sum(verdict.is_judged for verdict in verdicts)
    print(f"{len(verdicts)} pairs, {counted} with counts. Milliseconds, median of {runs} runs.")
    reading = statistics.median(floor)
    print(f"floor: reading them {reading:6.1f} ({min(floor):.1f}-{max(floor):.1f})")
    middle = statistics.median(judged)
    print(f"verdicts            {middle:6.1f} ({min(judged):.1f}-{max(judged):.1f})", end="")
    print(f"  aim {_TARGET}: {'met' if middle <= _TARGET else 'missed'}")
    print(f"with verdicts / floor: {1 + middle / reading:.2f}")


def _figures(store: Store, catalog: Catalog) -> Figures:
    areas = list(catalog.areas)
    return Figures(store.newest(list(catalog.indicators), areas, ()))


def _verdicts(figures: Figures, catalog: Catalog, pairs: int) -> list[Comparison]:
    country = catalog.country()
    assert country is not None
    measured_pairs: list[Pair] = []
    for indicator_id, area_id, group_id in figures:
        if len(measured_pairs) == pairs:
            break
        own = figures.newest(indicator_id, area_id, group_id)
        indicator = catalog.indicators[indicator_id]
        if own is None or area_id == country.area_id or not own.denominator:
            continue
        theirs = figures.at(indicator_id, country.area_id, group_id, own.period)
        if theirs is not None:
            measured_pairs.append(
                pair(measured(own, indicator), measured(theirs, indicator), "area", country.area_id)
            )
    return judge_all(measured_pairs)


def main() -> None:
    """Reads the command line and measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pairs", type=int, default=200)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--home", type=Path)
    options = parser.parse_args()
    if options.home:
        measure(options.home, options.pairs, options.runs)
        return
    with tempfile.TemporaryDirectory() as folder:
        measure(Path(folder), options.pairs, options.runs)


if __name__ == "__main__":
    main()
