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
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.ingest import checked, in_new_process, published, spread, write_extract
from bench.pages import peak_memory
from kpi.fetch.deciding import approve
from kpi.fetch.definition import recipe_of
from kpi.fetch.fetching import fetch
from kpi.fetch.http import Client, Question
from kpi.ingest.mapping.choices import Choices
from kpi.ingest.table.raw import Upload
from kpi.store import init
from kpi.store.uploads import publish
from tests.kpi.fetch.sources import ANCESTRIES, AREAS, WHOLES, running_sources

_ROOT = Path(__file__).resolve().parents[1]
# The newest is in no figures that come with the program.
_YEARS = range(2010, 2026)
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
    done = fetch(name, home)
    taken = time.perf_counter() - began
    outcome = done.entry.outcome
    assert outcome in ("published", "same"), done.checked and done.checked.problems[:3]
    return taken, f"{peak_memory()} {outcome}"


def with_processor(step: Callable[..., tuple[float, str]], *arguments: Any) -> tuple[float, str]:
    """A step with its seconds of the processor before what it says: those of all its threads."""
    before = os.times()
    taken, said = step(*arguments)
    after = os.times()
    spent = sum(after[:4]) - sum(before[:4])
    return taken, f"{spent:6.2f} s of the processor, {said}"


def downloaded(address: str) -> tuple[float, str]:
    """The source's own time for the file."""
    began = time.perf_counter()
    with Client() as client:
        client.content(Question("GET", f"{address}/filer/extract.csv"))
    return time.perf_counter() - began, peak_memory()


def write_municipal(path: Path, rows: int) -> None:
    """An extract of municipalities alone: wholes drawn by chance are unlike their parts."""
    with (_ROOT / "data" / "area.csv").open(encoding="utf-8", newline="") as table:
        names = {row["name"] for row in csv.DictReader(table) if row["level"] == "municipality"}
    whole = path.with_suffix(".all")
    write_extract(whole, rows + rows // 8 + 10_000)
    with whole.open(encoding="utf-8") as file, path.open("w", encoding="utf-8") as out:
        out.write(next(file))
        out.writelines(islice((line for line in file if line.split(";")[1] in names), rows))
    whole.unlink()


def revise(extract: Path, revised: Path) -> None:
    """The same figures with one person more in each numerator: a revision nobody need look at."""
    with (
        extract.open(encoding="utf-8") as file,
        revised.open("w", encoding="utf-8") as out,
    ):
        out.write(next(file))
        for line in file:
            *key, _, numerator, denominator, note = line.rstrip("\n").split(";")
            more = int(numerator) + 1
            share = f"{100 * more / int(denominator):.1f}".replace(".", ",")
            out.write(";".join([*key, share, str(more), denominator, note]) + "\n")


def prepare(base: Path, address: str, extract: Path) -> None:
    """A store in which the figures stand already: RAS200 but for its newest year, and the extract.

    What differs from nothing published at all is a revision, which no warning stops.
    """
    os.environ["KPI_STATBANK_URL"] = f"{address}/v1"
    init(base, _ROOT / "data")
    _write_definitions(base, address, extract)
    recipe = recipe_of("extract", base)
    publish(Upload(extract.name, extract.read_bytes()), Choices(recipe), "bench", "First", base)
    own = base / "fetch" / "ras200.toml"
    years = ", ".join(f'"{year}"' for year in _YEARS[:-1])
    shipped = (_ROOT / "data" / "fetch" / "ras200.toml").read_text(encoding="utf-8")
    own.write_text(shipped.replace('Tid = ">=2008"', f"Tid = [{years}]"), encoding="utf-8")
    waiting = fetch("ras200", base).waiting
    if waiting is not None:
        approve(waiting.id, "bench", "First", base)
    own.unlink()


def serve(extract: Path) -> None:
    """The imitation in a process of its own, until its input ends; prints its address."""
    with running_sources() as sources:
        sources.years = [str(year) for year in _YEARS]
        # Areas that differ, and wholes between their parts: anything else waits for a person.
        sources.bump = {
            (area, ancestry, str(year)): 1.1 if area in WHOLES else place % 23 * 0.1
            for place, area in enumerate(AREAS)
            for ancestry in ANCESTRIES
            for year in _YEARS
        }
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
        "fetch": _FILE_DEFINITION.format(address=address),
        "recipes": _FILE_RECIPE.format(indicators=indicators, groups=groups),
    }
    for folder, text in texts.items():
        (home / folder).mkdir(exist_ok=True)
        (home / folder / "extract.toml").write_text(text, encoding="utf-8")


def _ids(table: str, names: set[str]) -> str:
    with (_ROOT / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return "\n".join(
        f'"{row["name"]}" = "{row["group_id"]}"' for row in rows if row["name"] in names
    )


def measure(rows: int, runs: int, folder: Path) -> None:
    """Prints one line per measure: seconds (median and range), the last run's memory."""
    first, extract = folder / "first.csv", folder / "extract.csv"
    write_municipal(first, rows)
    revise(first, extract)
    base = folder / "base"
    command = [sys.executable, __file__, "--serve", str(extract)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        assert server.stdin is not None
        address = server.stdout.readline().decode().strip()
        in_new_process(prepare, base, address, first)
        times: dict[str, list[float]] = {}
        said: dict[str, str] = {}
        for run in range(runs):
            home, other = folder / str(run) / "home", folder / str(run) / "other"
            shutil.copytree(base, home)
            shutil.copytree(base, other)
            for name, step in {
                "check": (checked, extract, base),
                "publish": (published, extract, other),
                "source's own time": (downloaded, address),
                f"fetch {rows:,} rows": (fetched, "extract", home, address),
                "fetch RAS200": (fetched, "ras200", home, address),
                "same": (fetched, "ras200", home, address),
            }.items():
                taken, said[name] = in_new_process(with_processor, *step)
                times.setdefault(name, []).append(taken)
            shutil.rmtree(home.parent)
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
