"""How fast a million rows are checked and published: `python bench/ingest.py [--rows N]`.

bench/README.md explains what each line measures. Every measure runs in a process of its own.
"""

import argparse
import csv
import random
import shutil
import statistics
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import duckdb

from bench.pages import peak_memory
from bench.synthetic import build
from kpi.ingest.table.raw import Upload
from kpi.store import init
from kpi.store.uploads import check_file, publish
from kpi.system.no_pandas import leave_out_pandas

_ROOT = Path(__file__).resolve().parents[1]
_SEED = 20250319
_YEARS = range(2014, 2026)
_TARGETS = {"check": 1.6, "publish": 2.9}


def write_extract(path: Path, rows: int) -> None:
    """A Danish CSV in the template's form: shares with counts, decimal comma, one row a month."""
    chance = random.Random(_SEED)
    indicators = [row["indicator_id"] for row in _table("indicator") if row["kind"] == "proportion"]
    areas = [row["name"] for row in _table("area")]
    groups = [row["name"] for row in _table("population_group")][:8]
    periods = [f"{year}M{month:02d}" for year in _YEARS for month in range(1, 13)]
    written = 0
    with path.open("w", encoding="utf-8") as file:
        file.write("nøgletal;område;gruppe;periode;værdi;tæller;nævner;note\n")
        for key in (f"{i};{a};{g};{p}" for i in indicators for a in areas for g in groups
                    for p in periods):  # fmt: skip
            denominator = chance.randint(1000, 20000)
            numerator = round(denominator * (0.5 + 0.02 * chance.random()))
            share = f"{100 * numerator / denominator:.1f}".replace(".", ",")
            file.write(f"{key};{share};{numerator};{denominator};\n")
            written += 1
            if written == rows:
                return


def _table(name: str) -> list[dict[str, str]]:
    with (_ROOT / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def floor(extract: Path, folder: Path) -> tuple[float, str]:
    """DuckDB's own reader, the types guessed, into a table on disk."""
    began = time.perf_counter()
    with duckdb.connect(str(folder / "floor.duckdb"), config={"threads": 2}) as connection:
        connection.execute("CREATE TABLE extract AS FROM read_csv($file)", {"file": str(extract)})
        connection.execute("CHECKPOINT")
    return time.perf_counter() - began, peak_memory()


def checked(extract: Path, home: Path) -> tuple[float, str]:
    """`check`: read, interpreted, checked and compared with what is published."""
    began = time.perf_counter()
    answer = check_file(Upload(extract.name, extract.read_bytes()), home=home)
    taken = time.perf_counter() - began
    assert answer.publishable, answer.problems[:3]
    return taken, peak_memory()


def published(extract: Path, home: Path) -> tuple[float, str]:
    """`publish`: the check, the new version with its summaries, the original, flushed to disk."""
    began = time.perf_counter()
    done = publish(Upload(extract.name, extract.read_bytes()), None, "bench", "bench", home)
    taken = time.perf_counter() - began
    assert done.batch_id is not None
    return taken, peak_memory()


def measure(rows: int, runs: int, existing: int, folder: Path) -> None:
    """Prints one line per measure: seconds (median and range), ratio to the floor, peak memory."""
    extract = folder / "extract.csv"
    write_extract(extract, rows)
    print(f"{rows:,} rows, {extract.stat().st_size / 1e6:.0f} MB. Seconds of {runs} runs.\n")
    base = folder / "base"
    init(base, _ROOT / "data")
    times: dict[str, list[float]] = {"floor": [], "check": [], "publish": []}
    memory = {}
    for run in range(runs):
        place = folder / str(run)
        place.mkdir()
        shutil.copytree(base, place / "home")
        steps: dict[str, tuple[Any, Path]] = {
            "floor": (floor, place),
            "check": (checked, base),
            "publish": (published, place / "home"),
        }
        for name, (step, where) in steps.items():
            taken, memory[name] = in_new_process(step, extract, where)
            times[name].append(taken)
        shutil.rmtree(place)
    lowest = statistics.median(times["floor"])
    for name, taken in times.items():
        ratio = statistics.median(taken) / lowest
        target = f"aim {_TARGETS[name]:.1f}" if name in _TARGETS else ""
        print(name.ljust(28), spread(taken).rjust(20), f"{ratio:.1f} x".rjust(8), target.rjust(8),
              memory[name].rjust(10), flush=True)  # fmt: skip
    if existing:
        large = folder / "large"
        large.mkdir()
        in_new_process(build, large, existing)
        taken, used = in_new_process(checked, extract, large)
        print(f"check against {existing:,}".ljust(28), f"{taken:.2f}".rjust(20),
              "aim 10 s".rjust(17), used.rjust(10))  # fmt: skip


def in_new_process(function: Any, *arguments: Any) -> Any:
    """What the function returns in a process of its own, without pandas as the command line's."""
    with ProcessPoolExecutor(1, get_context("spawn"), leave_out_pandas) as process:
        return process.submit(function, *arguments).result()


def spread(seconds: list[float]) -> str:
    """`1.23 (1.18-2.01)`: the median, lowest and highest."""
    return f"{statistics.median(seconds):.2f} ({min(seconds):.2f}-{max(seconds):.2f})"


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of the extract")
    parser.add_argument("--runs", type=int, default=3, help="runs of each measure")
    parser.add_argument("--existing", type=int, default=10_000_000, help="published before (0: no)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="spor-bench-") as folder:
        measure(options.rows, options.runs, options.existing, Path(folder))


if __name__ == "__main__":
    main()
