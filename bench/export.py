"""How fast a meeting's files are made: `python bench/export.py [--figures N] [--runs N]`.

bench/README.md explains what each line measures. Everything runs in this process, warm but for the
first line.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import kaleido

from bench.ingest import spread
from kpi.charts.drawing import draw
from kpi.charts.marks import Marks
from kpi.export.annex import annex
from kpi.export.browser import find_browser
from kpi.export.choice import Choice
from kpi.export.deck import deck
from kpi.export.paper import Paper, paper
from kpi.export.pictures import picture, plate_of
from kpi.store import init, open_store

_ROOT = Path(__file__).resolve().parents[1]
_DAY = date(2025, 3, 19)
_TREND = "udvikling-employment_rate-all"
_PICTURE_TARGET, _RATIO_TARGET, _ANNEX_TARGET, _DECK_TARGET = 0.6, 1.3, 4.0, 1.0


def handed_in(home: Path, figures: int) -> Paper:
    """The paper of a meeting on the default figures, with the first `figures` of them."""
    init(home, _ROOT / "data")
    store = open_store(home, as_of=_DAY)
    full_paper = paper(store, store.catalog(), Choice("aarhus", "sbu_2025_03_19"))
    return replace(full_paper, items=full_paper.items[:figures])


def times(make: Callable[[], object], runs: int) -> list[float]:
    """Seconds of each run."""
    taken = []
    for _ in range(runs):
        began = time.perf_counter()
        make()
        taken.append(time.perf_counter() - began)
    return taken


def measure(home: Path, figures: int, runs: int) -> None:
    """Prints one line per measure: seconds (median, lowest-highest) and the target."""
    paper_in_hand = handed_in(home, figures)
    item = next(item for item in paper_in_hand.items if item.exhibit.key == _TREND)
    plate = plate_of(item, paper_in_hand)
    print(f"{len(paper_in_hand.items)} figures. Seconds of {runs} runs.\n")
    print_measure("first PNG of a process", times(lambda: picture(plate, "slide", "png"), 1))
    ours, floor = beside_bare(lambda: picture(plate, "slide", "png"), plate.marks, runs)
    print_measure("PNG", ours, f"aim {_PICTURE_TARGET}")
    print_measure("floor: kaleido's own PNG", floor)
    ratio = statistics.median(ours) / statistics.median(floor)
    print("PNG / floor".ljust(28), f"{ratio:.2f}".rjust(20), f"aim {_RATIO_TARGET}".rjust(10))
    print_measure("SVG", times(lambda: picture(plate, "slide", "svg"), runs))
    print_measure("annex", times(lambda: annex(paper_in_hand), runs), f"aim {_ANNEX_TARGET:.0f}")
    print_measure("slides", times(lambda: deck(paper_in_hand), runs), f"aim {_DECK_TARGET:.0f}")


def beside_bare(
    make: Callable[[], object], marks: Marks, runs: int
) -> tuple[list[float], list[float]]:
    """Seconds of ours and of kaleido's own server, in turns: a machine is not as quick all along.

    The latter draws the figure as the pages do, at the same number of pixels.
    """
    figure = draw(marks)
    wanted = {"format": "png", "width": 1600, "height": 900, "scale": 2}
    ours, floor = [], []
    kaleido.start_sync_server(path=find_browser(), mathjax=False)
    try:
        kaleido.calc_fig_sync(figure, opts=wanted)
        for _ in range(runs):
            ours += times(make, 1)
            floor += times(lambda: kaleido.calc_fig_sync(figure, opts=wanted), 1)
    finally:
        kaleido.stop_sync_server()
    return ours, floor


def print_measure(name: str, seconds: list[float], target: str = "") -> None:
    """A line of the answer."""
    print(name.ljust(28), spread(seconds).rjust(20), target.rjust(10), flush=True)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--figures", type=int, default=20, help="figures of the paper")
    parser.add_argument("--runs", type=int, default=5, help="runs of each measure")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="spor-bench-") as folder:
        measure(Path(folder) / "home", options.figures, options.runs)


if __name__ == "__main__":
    main()
