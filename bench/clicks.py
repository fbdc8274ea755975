"""How long a click on Sammenlign takes until its chart is drawn: `python bench/clicks.py`.

bench/README.md explains the measure. The floor is a page of the same boxes and the same finished
charts, which asks nobody anything.
"""

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl
from urllib.request import urlopen

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.sync_api import Browser, Page, sync_playwright
from streamlit.testing.v1 import AppTest

from kpi.store import init

_ROOT = Path(__file__).resolve().parents[1]
_TARGET = 1.1
# Goes as far as the last press on a page, and gives that.
Press = Callable[[Page], Any]
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-quic",
]  # fmt: skip
_FIRST = "sammenlign?noegletal=employment_rate&omraader=six_cities&diagram=udvikling"
# Each click with the address that it leads to, by which the floor's finished chart is known.
_CLICKS = {
    "diagram": _FIRST.replace("udvikling", "placering"),
    "indicator": _FIRST.replace("employment_rate", "unemployment_rate"),
    "area": _FIRST.replace("six_cities", "six_cities,faxe"),
}
# What the chart says: all its texts that are seen, in their order. The chart before it stays in the
# page unseen until Streamlit has sent all of it.
_TEXTS = """() => [...document.querySelectorAll('.main-svg text')]
    .filter(text => text.checkVisibility({visibilityProperty: true}))
    .map(text => text.textContent).join('|')"""
_DRAWN = f"wanted => ({_TEXTS})() === wanted"
_FIGURE = """() => { const chart = document.querySelector('.js-plotly-plot');
    return JSON.stringify({data: chart.data, layout: chart.layout}); }"""
_FLOOR = """
import json
from pathlib import Path

import streamlit as st

charts, boxes = json.loads(Path(__file__).with_name("floor.json").read_text())
shown = "første"
for box in boxes:
    draw = getattr(st, box["draw"])
    more = {"required": True} if box["draw"] == "segmented_control" else {}
    if box["draw"] == "selectbox":
        more["index"] = box["options"].index(box["first"])
    else:
        more["default"] = box["first"]
    if draw(box["label"], box["options"], **more) != box["first"]:
        shown = box["leads_to"]
st.plotly_chart(charts[shown], theme=None, config={"displayModeBar": False})
"""
# The page's boxes in their order, and which chart of the floor another choice in each leads to.
_LEADS_TO = {
    "Nøgletal": "indicator", "Områder": "area", "Grupper": "første",
    "Diagram": "diagram", "Fra": "første", "Til": "første",
}  # fmt: skip


def main() -> None:
    """Prints seconds from click to chart (median and range) on the page and on the floor."""
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        folder = Path(made)
        init(folder / "home", _ROOT / "data")
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("BROWSER_PATH"), args=FLAGS
        )
        with served(_ROOT, "app.py", folder / "home") as page_address:
            charts = {name: _drawn(browser, f"{page_address}/{where}")
                      for name, where in {"første": _FIRST, **_CLICKS}.items()}  # fmt: skip
            finished = {name: json.loads(figure) for name, (figure, _) in charts.items()}
            floor = json.dumps([finished, _boxes(folder / "home")])
            (folder / "floor.json").write_text(floor, encoding="utf-8")
            (folder / "floor.py").write_text(_FLOOR, encoding="utf-8")
            with served(folder, "floor.py", folder / "home") as floor_address:
                for name in _CLICKS:
                    _, wanted = charts[name]
                    _, first = charts["første"]
                    times: dict[str, list[float]] = {"floor": [], "page": []}
                    for _ in range(runs):
                        for place, address in (
                            ("floor", floor_address),
                            ("page", f"{page_address}/{_FIRST}"),
                        ):
                            taken = _timed(browser, address, first, wanted, _PRESSES[name])
                            times[place].append(taken)
                    _tell(name, times)
        browser.close()


def _boxes(home: Path) -> list[dict[str, Any]]:
    """The page's boxes as Streamlit's: what they offer and what is chosen first."""
    os.environ["KPI_HOME"] = str(home)
    app = AppTest.from_file(str(_ROOT / "ui" / "navigation.py"), default_timeout=60)
    name, _, choices = _FIRST.partition("?")
    for parameter, value in parse_qsl(choices):
        app.query_params[parameter] = value
    app.switch_page(f"../pages/{name}.py").run()
    drawn = [*app.selectbox, *app.multiselect, *app.segmented_control]
    boxes = {box.label: box for box in drawn}
    return [
        {
            "draw": "segmented_control" if label == "Diagram" else boxes[label].type,
            "label": label,
            "options": boxes[label].options,
            "first": [boxes[label].format_func(each) for each in boxes[label].value]
            if boxes[label].type == "multiselect"
            else boxes[label].format_func(boxes[label].value),
            "leads_to": leads_to,
        }
        for label, leads_to in _LEADS_TO.items()
    ]


def _tell(name: str, times: dict[str, list[float]]) -> None:
    ratio = statistics.median(times["page"]) / statistics.median(times["floor"])
    measured = "; ".join(
        f"{place} {statistics.median(taken):.2f} s ({min(taken):.2f}-{max(taken):.2f})"
        for place, taken in times.items()
    )
    print(f"{name:10} {measured}: {ratio:.2f} times, aim {_TARGET}")


def _drawn(browser: Browser, address: str) -> tuple[str, str]:
    """The finished chart of an address, and its texts."""
    page = _opened(browser, address)
    page.wait_for_selector(".main-svg text")
    page.wait_for_timeout(3000)
    figure, texts = page.evaluate(_FIGURE), page.evaluate(_TEXTS)
    page.close()
    return figure, texts


def _opened(browser: Browser, address: str) -> Page:
    page = browser.new_page(viewport={"width": 1400, "height": 1800})
    page.goto(address)
    return page


def _timed(browser: Browser, address: str, first: str, wanted: str, click: Press) -> float:
    """Seconds from the last press until the chart says what it should; of a page at rest."""
    page = _opened(browser, address)
    page.wait_for_function(_DRAWN, arg=first, timeout=60_000)
    page.wait_for_timeout(1500)
    press = click(page)
    began = time.perf_counter()
    press()
    page.wait_for_function(_DRAWN, arg=wanted, timeout=60_000)
    taken = time.perf_counter() - began
    page.close()
    return taken


def _segment(word: str) -> Press:
    return lambda page: page.get_by_role("radio", name=word, exact=True).click


def option(label: str, word: str) -> Press:
    """Opens a box and types a word; what presses the first choice that has it."""

    def opened(page: Page) -> Any:
        box = page.get_by_role("combobox", name=label)
        box.click()
        box.fill(word)
        option = page.get_by_role("option").filter(has_text=word).first
        option.wait_for()
        return option.click

    return opened


_PRESSES = {
    "diagram": _segment("Placering"),
    "indicator": option("Nøgletal", "Fuldtidsledige"),
    "area": option("Områder", "Faxe"),
}


@contextmanager
def served(folder: Path, script: str, home: Path) -> Iterator[str]:
    """The address of a script that Streamlit serves."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
    command += ["--server.headless", "true", "--server.fileWatcherType", "none"]
    command += ["--browser.gatherUsageStats", "false"]
    process = subprocess.Popen(
        command, cwd=folder, env={**os.environ, "KPI_HOME": str(home)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait_for(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def _wait_for(address: str) -> None:
    for _ in range(300):
        try:
            with urlopen(address, timeout=5):  # noqa: S310 - our own server
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("Streamlit did not start")


if __name__ == "__main__":
    main()
