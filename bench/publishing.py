"""What a small publication costs on a large store: `python bench/publishing.py [--rows N ...]`.

bench/README.md explains what each line measures. Every measure runs in a process of its own.
"""

import argparse
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import duckdb

from bench.ingest import in_new_process, spread
from bench.pages import peak_memory
from bench.synthetic import build
from kpi.ingest.table.raw import Upload
from kpi.store import versions as place
from kpi.store.uploads import publish

_ROWS = 100
_AIMS = {1_000_000: 1.0, 10_000_000: 5.0}
_HEAD = "nøgletal;område;gruppe;periode;værdi;tæller;nævner\n"
# Figures of one indicator with counts, in the areas and groups that have it: the newest period is
# revised, as a source does that publishes monthly.
_REVISED = """
SELECT indicator_id, area_id, group_id, period, denominator, numerator
FROM current_observation
WHERE indicator_id = (
    SELECT indicator_id FROM current_observation
    WHERE denominator IS NOT NULL AND status = 'final'
    GROUP BY ALL ORDER BY count(*) DESC, indicator_id LIMIT 1
) AND denominator IS NOT NULL AND status = 'final'
ORDER BY period_end DESC, area_id, group_id LIMIT $rows
"""


def write_revision(home: Path, path: Path, more: int) -> None:
    """A file of a hundred figures that are published, each of `more` persons more."""
    with duckdb.connect(str(place.version_path(home, place.current_version(home))),
                        read_only=True) as connection:  # fmt: skip
        rows = connection.execute(_REVISED, {"rows": _ROWS}).fetchall()
    with path.open("w", encoding="utf-8") as file:
        file.write(_HEAD)
        for *key, denominator, numerator in rows:
            raised = min(numerator + more, denominator)
            share = f"{100 * raised / denominator:.1f}".replace(".", ",")
            file.write(f"{';'.join(key)};{share};{raised:.0f};{denominator:.0f}\n")


def published(file: Path, home: Path) -> tuple[float, float, str]:
    """Seconds by the clock and of the processor, and the memory at its highest."""
    began, began_cpu = time.perf_counter(), time.process_time()
    done = publish(Upload(file.name, file.read_bytes()), None, "bench", "bench", home)
    taken, cpu = time.perf_counter() - began, time.process_time() - began_cpu
    assert done.batch_id is not None
    return taken, cpu, peak_memory()


def copied(home: Path, folder: Path) -> float:
    """The floor: the newest version copied and flushed, which any publication has to do."""
    began = time.perf_counter()
    newest = place.version_path(home, place.current_version(home))
    with newest.open("rb") as read, (folder / "copy").open("wb") as written:
        shutil.copyfileobj(read, written, 1 << 20)
    return time.perf_counter() - began


def measure(rows: int, runs: int, folder: Path) -> None:
    """Prints a line for a store of so many observations."""
    home = folder / str(rows)
    home.mkdir()
    in_new_process(build, home, rows)
    clock, processor, floor, memory = [], [], [], ""
    for run in range(1, runs + 1):
        file = folder / f"revision-{run}.csv"
        write_revision(home, file, run)
        floor.append(copied(home, folder))
        taken, cpu, memory = in_new_process(published, file, home)
        clock.append(taken)
        processor.append(cpu)
    aim = f"aim {_AIMS[rows]:.0f} s" if rows in _AIMS else ""
    ratio = statistics.median(clock) / statistics.median(floor)
    print(f"{_ROWS} rows on {rows:,}".ljust(26), spread(clock).rjust(20), aim.rjust(9),
          f"cpu {spread(processor)}".rjust(24), f"copy {spread(floor)}".rjust(24),
          f"{ratio:.1f} x".rjust(7), memory.rjust(10), flush=True)  # fmt: skip


def disk(folder: Path) -> str:
    """What the files below a folder take, and how many they are."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return f"{sum(path.stat().st_size for path in files) / 1e6:.0f} MB in {len(files)} files"


def one_after_another(rows: int, publications: int, folder: Path) -> None:
    """Prints what so many publications in one process take: the first and last tenth, and disk."""
    home = folder / "many"
    home.mkdir()
    in_new_process(build, home, rows)
    before, processor = disk(home), []
    for run in range(publications):
        file = folder / "revision.csv"
        write_revision(home, file, -1 if run % 2 else 1)
        _, cpu, _ = published(file, home)
        processor.append(cpu)
    tenth = publications // 10
    print(
        f"{publications} publications of {_ROWS} rows on {rows:,}: cpu first tenth "
        f"{spread(processor[:tenth])}, last {spread(processor[-tenth:])}; {before} before, "
        f"{disk(home)} after, of which versions {disk(home / 'versions')}",
        flush=True,
    )


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000, 10_000_000],
                        help="observations of the stores")  # fmt: skip
    parser.add_argument("--runs", type=int, default=5, help="publications on each")
    parser.add_argument("--many", type=int, default=0,
                        help="instead: so many publications, one after another")  # fmt: skip
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="spor-bench-") as folder:
        for rows in options.rows:
            if options.many:
                one_after_another(rows, options.many, Path(folder))
                continue
            measure(rows, options.runs, Path(folder))


if __name__ == "__main__":
    main()
