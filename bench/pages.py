"""How fast the pages are on a large store: `python bench/pages.py [--rows N] [--runs N]`.

See bench/README.md for what each column measures.
"""

import argparse
import logging
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
if __name__ in ("__main__", "__mp_main__"):
    sys.path[0] = str(ROOT)

from streamlit.testing.v1 import AppTest

from bench.synthetic import build
from kpi.catalog import Catalog
from kpi.period import parse_period
from kpi.selection import DIAGRAMS, Selection
from kpi.store import current_version
from ui import cache

COLD_AIM, CACHED_AIM = 50, 5
_SLOW_RUN = 300
_EMPTY_PAGE = "import streamlit"


@dataclass(frozen=True)
class PageCase:
    """A page with its choices, as one line of the table."""

    name: str
    selection: Selection


def cases(catalog: Catalog) -> list[PageCase]:
    """Every page; the pages that hold more or less by choice, with several choices."""
    themes = list(catalog.themes)
    largest = max(themes, key=lambda one: len(catalog.indicators_of(one)))
    country = catalog.country()
    assert country is not None
    programme = next(one for one in catalog.areas.values() if one.level == "programme_area")
    theme_ids = dict.fromkeys([themes[0], largest])
    area_ids = [cache.home_area(), country.area_id, programme.area_id]
    return [
        PageCase("Overblik", Selection("overblik")),
        *(PageCase(f"Tema {one}", Selection("tema", tema=one)) for one in theme_ids),
        *(PageCase(f"Område {one}", Selection("omraade", omraade=one)) for one in area_ids),
        *(PageCase(f"Sammenlign {one}", Selection("sammenlign", diagram=one)) for one in DIAGRAMS),
        PageCase("Om tallene", Selection("om")),
    ]


def kpi_calls(selection: Selection) -> None:
    """What the page's script asks of kpi, through the caches."""
    version = cache.version()
    cache.catalog(version)
    home_id = cache.home_area()
    match selection.page:
        case "overblik":
            cache.overview_of(version, home_id)
        case "tema":
            cache.theme_of(version, selection.tema, "", home_id)
        case "omraade":
            cache.area_of(version, selection.omraade)
        case "sammenlign":
            cache.comparison_of(version, selection, home_id)
        case "om":
            cache.about_of(version)


def empty_caches() -> None:
    """Forgets what pages have computed; keeps the connection."""
    for name, cached in vars(cache).items():
        if name != "store" and callable(cached) and hasattr(cached, "clear"):
            cached.clear()
    parse_period.cache_clear()


def milliseconds(call: Callable[[], object]) -> float:
    """How long one call takes."""
    start = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - start)


def new_process(selection: Selection) -> tuple[float, float]:
    """In a process that has only imported: (opening the store, the page's first kpi calls)."""
    _be_quiet()
    opening = milliseconds(lambda: cache.store(current_version(Path(os.environ["KPI_HOME"]))))
    return opening, milliseconds(lambda: kpi_calls(selection))


def kpi_times(selection: Selection, runs: int) -> tuple[list[float], list[float]]:
    """The page's kpi calls with a warm connection: (caches empty, cached), each `runs` times."""
    cold, cached = [], []
    for _ in range(runs):
        empty_caches()
        cold.append(milliseconds(lambda: kpi_calls(selection)))
        cached.append(milliseconds(lambda: kpi_calls(selection)))
    return cold, cached


def script_times(selection: Selection, runs: int) -> tuple[list[float], list[float], list[float]]:
    """Full runs of the page's script: (caches empty, cached, an empty page beside them)."""
    empty = AppTest.from_string(_EMPTY_PAGE, default_timeout=_SLOW_RUN)
    app = AppTest.from_file(str(ROOT / "ui" / "navigation.py"), default_timeout=_SLOW_RUN)
    app.switch_page(f"../pages/{selection.page}.py")
    for name, value in selection.parameters().items():
        app.query_params[name] = value
    cold, cached, floor = [], [], []
    _ran(app)
    for _ in range(runs):
        empty_caches()
        cold.append(milliseconds(lambda: _ran(app)))
        cached.append(milliseconds(lambda: _ran(app)))
        floor.append(milliseconds(empty.run))
    return cold, cached, floor


def _ran(app: AppTest) -> None:
    app.run()
    if app.exception or app.error or not app.title:
        told = [one.value for one in (*app.exception, *app.error)]
        raise SystemExit(f"A page did not run: {'; '.join(told) or 'it has no title'}")


def _be_quiet() -> None:
    # Outside a Streamlit server every cached call warns that there is none.
    logging.getLogger("streamlit").setLevel(logging.ERROR)
    for name in logging.root.manager.loggerDict:
        if name.startswith("streamlit"):
            logging.getLogger(name).setLevel(logging.ERROR)


def spread(times: Sequence[float]) -> str:
    """`12.3 (11.8-20.1)`: the median, lowest and highest."""
    digits = 2 if statistics.median(times) < 1 else 1
    low, middle, high = min(times), statistics.median(times), max(times)
    return f"{middle:.{digits}f} ({low:.{digits}f}-{high:.{digits}f})"


def peak_memory() -> str:
    """The most memory this process has held so far."""
    try:
        import resource
    except ImportError:  # Windows
        return "not known here"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return f"{peak / (2**20 if sys.platform == 'darwin' else 2**10):.0f} MB"


def kpi_table(pages: Sequence[PageCase], runs: int) -> Iterator[list[str]]:
    """One row a page: its kpi calls in a new process, with empty caches, and cached."""
    yield ["kpi calls", "open", "first", "cold", "cached", f"aim {COLD_AIM}/{CACHED_AIM}"]
    with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as pool:
        for page in pages:
            new = [pool.submit(new_process, page.selection).result() for _ in range(3)]
            opening, first = zip(*new, strict=True)
            cold, cached = kpi_times(page.selection, runs)
            met = [statistics.median(cold) <= COLD_AIM, statistics.median(cached) <= CACHED_AIM]
            aim = "met" if all(met) else "missed: " + ("cached" if met[0] else "cold")
            yield [page.name, *map(spread, (opening, first, cold, cached)), aim]


def script_table(pages: Sequence[PageCase], runs: int) -> Iterator[list[str]]:
    """One row a page: full runs of its script beside an empty page."""
    yield ["full script run", "cold", "cached", "empty page", "cold / empty", "cached / empty"]
    for page in pages:
        cold, cached, floor = script_times(page.selection, runs)
        ratios = [f"{statistics.median(one) / statistics.median(floor):.1f}" for one in (cold, cached)]
        yield [page.name, *map(spread, (cold, cached, floor)), *ratios]


def print_table(rows: Iterator[list[str]], widths: Sequence[int]) -> None:
    """Each row as soon as it is measured."""
    for row in rows:
        cells = [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        print(row[0].ljust(widths[0]), *cells, sep="  ", flush=True)
    print()


def measure(home: Path, rows: int, runs: int) -> None:
    """Builds the store where there is none, then prints both tables."""
    os.environ["KPI_HOME"] = str(home)
    _be_quiet()
    if not (home / "current").exists():
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            pool.submit(build, home, rows).result()
    version = cache.version()
    observations = sum(one[2] for one in cache.store(version).status_counts())
    pages = cases(cache.catalog(version))
    print(f"{observations:,} observations; milliseconds: median (lowest-highest) of {runs} runs\n")
    print_table(kpi_table(pages, runs), (22, 20, 22, 22, 18, 14))
    print_table(script_table(pages, runs), (22, 24, 24, 20, 14, 14))
    print(f"peak memory: {peak_memory()}")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="observations to invent")
    parser.add_argument("--runs", type=int, default=7, help="runs of each measure")
    parser.add_argument("--home", type=Path, help="keep the store in this folder, and use it again")
    given = parser.parse_args()
    os.chdir(ROOT)  # where Streamlit finds its settings
    if given.home:
        measure(given.home.resolve(), given.rows, given.runs)
        return
    with tempfile.TemporaryDirectory(prefix="spor-bench-") as folder:
        measure(Path(folder), given.rows, given.runs)


if __name__ == "__main__":
    main()
