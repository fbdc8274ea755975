"""How many visits begin at once: `python bench/sessions.py [--sessions N] [--runs N]` (Linux).

bench/README.md explains the measure. The floor is a plain Streamlit page of as many elements, with
the same finished charts. Each visit is a websocket that waits until the page's script has ended.
"""

import argparse
import asyncio
import json
import statistics
import sys
import tempfile
import time
from contextlib import AsyncExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.clicks import served
from bench.viewers import Footprint, server_of
from bench.visits import FLOOR
from bench.websocket_viewer import Viewer
from kpi.store import init

_ROOT = Path(__file__).resolve().parents[1]
_PAGE = "tema"
_SHARE, _MEGABYTES = 0.9, 250


async def charts_of(address: str) -> str:
    """The finished charts of the page."""
    async with Viewer(address) as viewer:
        screen = await viewer.visit(_PAGE)
    drawn = [each for each in screen.elements.values() if each.WhichOneof("type") == "plotly_chart"]
    return json.dumps([json.loads(each.plotly_chart.spec) for each in drawn])


async def visits_a_second(address: str, page: str, sessions: int) -> float:
    """Visits a second when so many begin at once, each in a session of its own."""
    async with AsyncExitStack() as windows:
        viewers = [await windows.enter_async_context(Viewer(address)) for _ in range(sessions)]
        began = time.perf_counter()
        screens = await asyncio.gather(*(viewer.visit(page) for viewer in viewers))
        taken = time.perf_counter() - began
    errors = {error for screen in screens for error in screen.errors}
    assert not errors, errors
    return sessions / taken


def main() -> None:
    """Prints visits a second beside the floor's, and the server's memory."""
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("--sessions", type=int, default=20)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        init(folder / "home", _ROOT / "data")
        with served(_ROOT, "app.py", folder / "home") as app:
            (folder / "charts.json").write_text(asyncio.run(charts_of(app)), encoding="utf-8")
            (folder / "floor.py").write_text(FLOOR, encoding="utf-8")
            with served(folder, "floor.py", folder / "home") as floor:
                # What is loaded with the first visit: plain Streamlit fails where two begin it.
                asyncio.run(visits_a_second(floor, "", 1))
                rates: dict[str, list[float]] = {"app": [], "floor": []}
                for _ in range(arguments.runs):
                    for name, address, page in (("floor", floor, ""), ("app", app, _PAGE)):
                        rate = asyncio.run(visits_a_second(address, page, arguments.sessions))
                        rates[name].append(rate)
                memory = Footprint.of(server_of(app)).megabytes
    ours, floors = (statistics.median(rates[name]) for name in ("app", "floor"))
    print(
        f"{arguments.sessions} at once: {ours:.1f} visits a second "
        f"({min(rates['app']):.1f}-{max(rates['app']):.1f}) beside {floors:.1f}, "
        f"{ours / floors:.2f} (aim {_SHARE}); {memory} MB (aim {_MEGABYTES})"
    )


if __name__ == "__main__":
    main()
