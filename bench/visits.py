"""How long the first visit of a page takes in a browser: `python bench/visits.py [--page PAGE]`.

bench/README.md explains the measure. The floor is a plain Streamlit page of as many elements, with
the same finished charts. Both are visited in turns.
"""

import argparse
import json
import math
import os
import statistics
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.sync_api import Browser, BrowserContext, CDPSession, sync_playwright

from bench.clicks import FLAGS, served
from kpi.store import init

_ROOT = Path(__file__).resolve().parents[1]
_PATIENCE_MS = 120_000
# When the first texts were seen, the heading and the first line of a chart stood, in milliseconds
# since the visit began. The front page's picture is in a closed shadow root, but it is painted.
_WATCH = """
new PerformanceObserver((paints) => {
  if (document.getElementById("foerste-billede"))
    window.texts ??= paints.getEntriesByName("first-contentful-paint")[0]?.startTime;
}).observe({type: "paint", buffered: true});
new MutationObserver(() => {
  window.heading ??= document.querySelector("h1") ? performance.now() : undefined;
  window.texts ??= window.heading;
  window.chart ??= document.querySelector(".js-plotly-plot path") ? performance.now() : undefined;
}).observe(document, {childList: true, subtree: true});
"""
_IS_DRAWN = """() => window.chart || (window.heading && !document.querySelector(".stPlotlyChart")
    && document.querySelector("[data-test-script-state=notRunning]"))"""
_FIGURES = """() => JSON.stringify([...document.querySelectorAll('.js-plotly-plot')].map(
    chart => ({data: chart.data, layout: chart.layout})))"""
FLOOR = """
import json
from pathlib import Path

import streamlit as st

st.title("Tema")
for place, column in enumerate(st.columns(4)):
    column.metric("Beskæftigelse", 60 + place, 1)
for chart in json.loads(Path(__file__).with_name("charts.json").read_text()):
    st.plotly_chart(chart, theme=None, config={"displayModeBar": False})
st.table({"Område": ["Aarhus", "Odense"] * 5, "Tal": range(10)})
"""


@dataclass(frozen=True)
class Line:
    """How a page comes: megabits a second (0: as many as there are), and a processor's slowness."""

    name: str
    megabits: int = 0
    slower: int = 1

    def apply(self, session: CDPSession) -> None:
        """Makes a window's connection and processor like this."""
        if self.megabits:
            speed = self.megabits * 125_000
            session.send(
                "Network.emulateNetworkConditions",
                {
                    "offline": False, "latency": 50, "downloadThroughput": speed,
                    "uploadThroughput": speed,
                },
            )  # fmt: skip
        session.send("Emulation.setCPUThrottlingRate", {"rate": self.slower})


@dataclass(frozen=True)
class Visit:
    """Seconds until texts were seen, heading and first chart stood, and the bytes that came.

    `chart` is None where the page has none.
    """

    texts: float
    heading: float
    chart: float | None
    received: int


_LINES = (
    Line("10 Mbit", megabits=10), Line("no limit"), Line("no limit, 4 times slower", slower=4)
)  # fmt: skip


def main() -> None:
    """Prints seconds to heading and chart (median and range), and bytes, beside the floor's."""
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--page", default="tema")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        folder = Path(made)
        init(folder / "home", _ROOT / "data")
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("BROWSER_PATH"), args=FLAGS
        )
        with served(_ROOT, "app.py", folder / "home") as app_address:
            page_address = f"{app_address}/{arguments.page}"
            (folder / "charts.json").write_text(_figures(browser, page_address), encoding="utf-8")
            (folder / "floor.py").write_text(FLOOR, encoding="utf-8")
            with served(folder, "floor.py", folder / "home") as floor_address:
                addresses = {"floor": floor_address, "page": page_address}
                for line in _LINES:
                    _compare(browser, addresses, line, arguments.runs)
        browser.close()


def _compare(browser: Browser, addresses: dict[str, str], line: Line, runs: int) -> None:
    cold: dict[str, list[Visit]] = {"floor": [], "page": []}
    again: dict[str, list[Visit]] = {"floor": [], "page": []}
    for _ in range(runs):
        for place, address in addresses.items():
            profile = browser.new_context(viewport={"width": 1400, "height": 900})
            cold[place].append(_visit(profile, address, line))
            again[place].append(_visit(profile, address, line))
            profile.close()
    has_chart = cold["page"][0].chart is not None
    for name, visits in (("first", cold), ("return", again)):
        lines = [
            _told(visits, "texts", lambda visit: visit.texts, " s"),
            _told(visits, "heading", lambda visit: visit.heading, " s"),
            *([_told(visits, "chart", lambda visit: visit.chart, " s")] if has_chart else []),
            _told(visits, "received", lambda visit: visit.received / 1e6, " MB"),
        ]
        print(f"{line.name}, {name}: {'; '.join(lines)}", flush=True)


def _told(
    visits: dict[str, list[Visit]], what: str, measure: Callable[[Visit], float | None], unit: str
) -> str:
    # A visit may have ended before its chart stood.
    taken = {
        place: [amount for visit in each if (amount := measure(visit)) is not None] or [math.nan]
        for place, each in visits.items()
    }
    page, floor = (statistics.median(taken[place]) for place in ("page", "floor"))
    low, high = min(taken["page"]), max(taken["page"])
    times = f", {page / floor:.2f}" if floor else ""  # all of a return may be in the cache
    return f"{what} {page:.2f}{unit} ({low:.2f}-{high:.2f}) beside {floor:.2f}{times}"


def _visit(profile: BrowserContext, address: str, line: Line) -> Visit:
    window = profile.new_page()
    window.add_init_script(_WATCH)
    session = profile.new_cdp_session(window)
    session.send("Network.enable")
    line.apply(session)
    received: list[int] = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    window.goto(address, wait_until="commit", timeout=_PATIENCE_MS)
    window.wait_for_function(_IS_DRAWN, timeout=_PATIENCE_MS)
    window.wait_for_timeout(1500)
    times = window.evaluate("() => [window.texts, window.heading, window.chart]")
    window.close()
    texts, heading, chart = (each and each / 1000 for each in times)
    return Visit(texts, heading, chart, int(sum(received)))


def _figures(browser: Browser, address: str) -> str:
    """The finished charts of an address."""
    window = browser.new_page(viewport={"width": 1400, "height": 900})
    window.add_init_script(_WATCH)
    window.goto(address)
    window.wait_for_function(_IS_DRAWN, timeout=_PATIENCE_MS)
    window.wait_for_timeout(3000)
    figures: str = window.evaluate(_FIGURES)
    window.close()
    return json.dumps(json.loads(figures))


if __name__ == "__main__":
    main()
