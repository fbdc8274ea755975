"""How long it takes to find what to hide: `python bench/settling.py [--rows N]`.

A publication of a million rows with counts, one in a hundred of them small.
"""

import argparse
import csv
import random
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import duckdb

from kpi.ingest.mapping.choices import Choices
from kpi.ingest.table.raw import Upload
from kpi.store import current_version, init, version_path
from kpi.store.suppression import hide_small_numbers, show_small_numbers
from kpi.store.uploads import publish

_ROOT = Path(__file__).resolve().parents[1]
_SEED = 20250319
# The same ones however many there are: more that add up to each other are another task.
_GROUPS = frozenset(
    (
        "all", "danish", "non_western", "non_western_immigrants", "non_western_excl_ukraine",
        "danish_women", "non_western_women", "programme_families",
    )
)  # fmt: skip


def extract(rows: int) -> str:
    """Shares with counts of every area and month, in our template's form."""
    chance = random.Random(_SEED)

    def table(name: str) -> list[dict[str, str]]:
        """The rows of a table of data/."""
        with (_ROOT / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    keys = (
        f"{indicator['indicator_id']};{area['name']};{group['name']};{year}M{month:02d}"
        for indicator in table("indicator")
        if indicator["kind"] == "proportion"
        for area in table("area")
        for group in table("population_group")
        if group["group_id"] in _GROUPS
        for year in range(2014, 2026)
        for month in range(1, 13)
    )
    lines = ["nøgletal;område;gruppe;periode;værdi;tæller;nævner"]
    for key, _ in zip(keys, range(rows), strict=False):
        denominator = chance.randint(1_000, 20_000)
        is_small = chance.random() < 0.01
        part = (
            chance.randint(1, 4) if is_small else round(denominator * (0.5 + chance.random() / 50))
        )
        share = f"{100 * part / denominator:.1f}".replace(".", ",")
        lines.append(f"{key};{share};{part};{denominator}")
    return "\n".join(lines) + "\n"


def measure(rows: int, home: Path) -> None:
    """Prints the processor's seconds, and how many numbers are hidden."""
    init(home, _ROOT / "data")
    upload = Upload("extract.csv", extract(rows).encode())
    # Small shares among large ones look like another scale; here they are what they are.
    done = publish(upload, Choices(scale=1.0), "bench", "bench", home)
    assert done.batch_id is not None, done.checked.problems[:3]
    path = version_path(home, current_version(home))
    with duckdb.connect(str(path), config={"threads": 2, "memory_limit": "1GB"}) as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.execute("DELETE FROM put_out; DELETE FROM hidden_row")
        show_small_numbers(connection)
        began, worked = time.perf_counter(), time.process_time()
        hide_small_numbers(connection)
        taken, worked = time.perf_counter() - began, time.process_time() - worked
        hidden = connection.table("hidden_observation").count("*").fetchall()[0][0]
    print(f"{rows:,} rows: {worked:.1f} s of processor, {taken:.1f} s; {hidden:,} hidden")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows of the extract")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="spor-bench-") as folder:
        measure(options.rows, Path(folder) / "home")


if __name__ == "__main__":
    main()
