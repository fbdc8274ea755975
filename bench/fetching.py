"""How long a fetch takes beyond its source: `python bench/fetching.py [--rows N] [--runs N]`.

bench/README.md explains what each line measures. The services are imitated by a process beside.
"""

import argparse
import csv
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.ingest import checked, in_new_process, spread, write_extract
from bench.pages import peak_memory
from kpi.fetch.fetching import fetch
from kpi.fetch.http import Client, Question
from kpi.store import init
from tests.kpi.fetch.conftest import DEFINITION, RECIPE
from tests.kpi.fetch.sources import running_sources

_ROOT = Path(__file__).resolve().parents[1]
_FILE_DEFINITION = """
title = "Udtræk"
source = "url"
recipe = "extract"
every = "day"
publish = "when_clean"
[query]
url = "{address}/filer/extract.csv"
"""
_FILE_RECIPE = """
source_id = "own_upload"
area = "område"
period = "periode"
value = "værdi"
numerator = "tæller"
denominator = "nævner"
decimal = "comma"
[indicator]
column = "nøgletal"
{indicators}
[group]
column = "gruppe"
{groups}
[ignore]
columns = ["note"]
"""


def fetched(name: str, home: Path, address: str) -> tuple[float, str]:
    """One fetch of a definition: seconds, and the most memory the process held."""
    os.environ["KPI_STATBANK_URL"] = f"{address}/v1"
    began = time.perf_counter()
    outcome = fetch(name, home).entry
    taken = time.perf_counter() - began
    assert outcome.outcome != "failed", outcome.error
    return taken, f"{peak_memory()} {outcome.outcome}"


def downloaded(address: str) -> tuple[float, str]:
    """The source's own time for the file."""
    began = time.perf_counter()
    with Client() as client:
        client.content(Question("GET", f"{address}/filer/extract.csv"))
    return time.perf_counter() - began, peak_memory()


def serve(extract: Path) -> None:
    """The imitation in a process of its own, until its input ends; prints its address."""
    with running_sources() as sources:
        sources.years = [str(year) for year in range(2008, 2024)]
        sources.file = extract.read_bytes()
        print(sources.address, flush=True)
        sys.stdin.read()


def _write_definitions(home: Path, address: str, extract: Path) -> None:
    columns: list[set[str]] = [set(), set()]
    with extract.open(encoding="utf-8") as file:
        next(file)
        for line in file:
            cells = line.split(";")
            columns[0].add(cells[0])
            columns[1].add(cells[2])
    groups = _ids("population_group", columns[1])
    indicators = "\n".join(f'{name} = "{name}"' for name in sorted(columns[0]))
    texts = {
        "try_ras200": (DEFINITION, RECIPE),
        "extract": (
            _FILE_DEFINITION.format(address=address),
            _FILE_RECIPE.format(indicators=indicators, groups=groups),
        ),
    }
    for folder, place in (("fetch", 0), ("recipes", 1)):
        (home / folder).mkdir(exist_ok=True)
        for name, both in texts.items():
            (home / folder / f"{name}.toml").write_text(both[place], encoding="utf-8")


def _ids(table: str, names: set[str]) -> str:
    with (_ROOT / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return "\n".join(
        f'"{row["name"]}" = "{row["group_id"]}"' for row in rows if row["name"] in names
    )


def measure(rows: int, runs: int, folder: Path) -> None:
    """Prints one line per measure: seconds (median and range) and the last run's memory."""
    extract = folder / "extract.csv"
    write_extract(extract, rows)
    base = folder / "base"
    init(base, _ROOT / "data")
    command = [sys.executable, __file__, "--serve", str(extract)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        assert server.stdin is not None
        address = server.stdout.readline().decode().strip()
        _write_definitions(base, address, extract)
        times: dict[str, list[float]] = {}
        said: dict[str, str] = {}
        for run in range(runs):
            home = folder / str(run) / "home"
            shutil.copytree(base, home)
            for name, step in {
                "check": (checked, extract, base),
                "source's own time": (downloaded, address),
                f"fetch {rows:,} rows": (fetched, "extract", home, address),
                "fetch RAS200": (fetched, "try_ras200", home, address),
                "same": (fetched, "try_ras200", home, address),
            }.items():
                taken, said[name] = in_new_process(*step)
                times.setdefault(name, []).append(taken)
            shutil.rmtree(home)
        server.stdin.close()
    for name, taken_times in times.items():
        print(name.ljust(24), spread(taken_times).rjust(20), said[name])


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of the large file")
    parser.add_argument("--runs", type=int, default=3, help="runs of each measure")
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve(options.serve)
        return
    with tempfile.TemporaryDirectory(prefix="spor-bench-") as folder:
        measure(options.rows, options.runs, Path(folder))


if __name__ == "__main__":
    main()
