"""How long a click takes on Tema, Område, Overblik and Udvalg: `python bench/page_clicks.py`.

From the press until the page says all that it comes to say. The floor is a page of the same
elements with the same finished charts (bench/floor_page.py), which asks nobody anything; the two
take turns. bench/README.md explains the measure.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from playwright.sync_api import Browser, Page, sync_playwright
from streamlit.testing.v1 import AppTest

from bench.clicks import FLAGS, Press, option, served
from kpi.store import init

_ROOT = Path(__file__).resolve().parents[1]
_TARGET = 1.1
# All that the page says; a sign that something is being made says nothing of it.
_TEXT = """() => { const main = document.querySelector('[data-testid=stMain]');
    return [...main.querySelectorAll('[data-testid=stSpinner]')].reduce(
        (text, sign) => text.replace(sign.textContent, ''), main.textContent); }"""
_SAYS = f"wanted => ({_TEXT})() === wanted"
# In milliseconds: a page that says the same for so long is at rest.
_SETTLED = 2500
# A picture of one point, in place of each that the page takes from a file.
_POINT = "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4="


@dataclass(frozen=True)
class Click:
    """A press on a page; `address` or `pressed` leads to the page as it is after it."""

    page: str
    press: Press
    address: str = ""
    pressed: Callable[[AppTest], Any] | None = None


def _button(name: str) -> Press:
    return lambda page: page.get_by_role("button", name=name, exact=True).first.click


CLICKS = {
    "tema: nøgletal": Click(
        "tema?tema=employment&noegletal=employment_rate",
        option("Nøgletal", "Ledighed"),
        "tema?tema=employment&noegletal=unemployment_rate",
    ),
    "område: åbn": Click(
        "omraade?omraade=aarhus",
        _button("Beskæftigelse"),
        "omraade?omraade=aarhus&aaben=employment_rate/all",
    ),
    "område: andet": Click(
        "omraade?omraade=aarhus", option("Område", "Odense"), "omraade?omraade=odense"
    ),
    "overblik: møde": Click(
        "overblik?siden=rmm_2024_06_24",
        option("Siden mødet", "21. august 2024"),
        "overblik?siden=sbu_2024_08_21",
    ),
    "udvalg: næste": Click(
        "udvalg?moede=sbu_2025_03_19",
        _button("Næste"),
        pressed=lambda app: next(each for each in app.button if each.label == "Næste").click(),
    ),
}  # fmt: skip


def main() -> None:
    """Prints seconds from click to the finished page (median and range), page and floor."""
    parser = argparse.ArgumentParser(description=__doc__.partition(":")[0])
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--only", default="", help="clicks whose name begins so")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        folder = Path(made)
        init(folder / "home", _ROOT / "data")
        os.environ["KPI_HOME"] = str(folder / "home")
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("BROWSER_PATH"), args=FLAGS
        )
        with served(_ROOT, "app.py", folder / "home") as page_address:
            for name, click in CLICKS.items():
                if not name.startswith(asked.only):
                    continue
                trees = [_nodes(app.main) for app in _apps(click)]
                os.environ["FLOOR"] = str(folder / "floor.json")
                (folder / "floor.json").write_text(json.dumps(trees), encoding="utf-8")
                with served(_ROOT, "bench/floor_page.py", folder / "home") as floor_address:
                    where = "" if click.page.startswith("overblik") else click.page
                    page = f"{page_address}/{where or click.page.removeprefix('overblik')}"
                    _measure(browser, name, click, floor_address, page, asked.runs)
        browser.close()


def _measure(browser: Browser, name: str, click: Click, floor: str, page: str, runs: int) -> None:
    addresses = {"floor": floor, "page": page}
    texts = {place: _trial(browser, where, click) for place, where in addresses.items()}
    times: dict[str, list[float]] = {place: [] for place in addresses}
    for _ in range(runs):
        for place, where in addresses.items():
            times[place].append(_timed(browser, where, click, *texts[place]))
    ratio = statistics.median(times["page"]) / statistics.median(times["floor"])
    measured = "; ".join(
        f"{place} {statistics.median(taken):.2f} s ({min(taken):.2f}-{max(taken):.2f})"
        for place, taken in times.items()
    )
    print(f"{name:16} {measured}: {ratio:.2f} times, aim {_TARGET}", flush=True)


def _trial(browser: Browser, address: str, click: Click) -> tuple[str, str]:
    """What the page says before the press and after it, at rest."""
    page = _opened(browser, address)
    first = page.evaluate(_TEXT)
    click.press(page)()
    after = _at_rest(page)
    page.close()
    if first == after:
        raise SystemExit(f"the press on {address} changes nothing")
    return first, after


def _timed(browser: Browser, address: str, click: Click, first: str, after: str) -> float:
    """Seconds from the last press until the page says all that it should."""
    page = _opened(browser, address)
    page.wait_for_function(_SAYS, arg=first, timeout=60_000)
    press = click.press(page)
    began = time.perf_counter()
    press()
    page.wait_for_function(_SAYS, arg=after, timeout=60_000)
    taken = time.perf_counter() - began
    page.close()
    return taken


def _opened(browser: Browser, address: str) -> Page:
    page = browser.new_page(viewport={"width": 1400, "height": 1800})
    page.goto(address)
    page.wait_for_selector("h1")
    _at_rest(page)
    return page


def _at_rest(page: Page) -> str:
    """What the page says when it has said the same for some time."""
    said = ""
    while (now := page.evaluate(_TEXT)) != said or not said:
        said = now
        page.wait_for_timeout(_SETTLED)
    return said


def _apps(click: Click) -> Iterator[AppTest]:
    """The page before and after the press."""
    yield _visited(click.page)
    after = _visited(click.address or click.page)
    if click.pressed:
        click.pressed(after)
        after.run()
    yield after


def _visited(address: str) -> AppTest:
    app = AppTest.from_file(str(_ROOT / "ui" / "navigation.py"), default_timeout=60)
    name, _, choices = address.partition("?")
    for parameter, value in parse_qsl(choices):
        app.query_params[parameter] = value
    return app.switch_page(f"../pages/{name}.py").run()


def _nodes(block: Any) -> list[dict[str, Any]]:
    """What a block of the page has in it, as calls of Streamlit (bench/floor_page.py)."""
    nodes = []
    for node in block.children.values():
        if hasattr(node, "children"):
            nodes.append(_box(node))
        elif node.type in _ELEMENTS:
            nodes.append(_call(_name(node), _ELEMENTS[node.type](node), node.type in _KEYED))
    return nodes


def _call(name: str, arguments: dict[str, Any], is_keyed: bool = False) -> dict[str, Any]:
    return {"call": name, "arguments": arguments, "is_keyed": is_keyed}


def _box(node: Any) -> dict[str, Any]:
    """A container with what is in it; columns have a list each."""
    columns = [child for child in node.children.values() if child.type == "column"]
    if columns:
        weights = [column.proto.weight for column in columns]
        return _call("columns", {"spec": weights}) | {"inside": [*map(_nodes, columns)]}
    inside = {"inside": _nodes(node)}
    match node.type:
        case "expander":
            arguments = {"expanded": node.proto.expanded} | _label(node)
            return _call("expander", arguments) | inside
        case "popover":
            return _call("popover", _weighed(node.proto.popover)) | inside
        case "form":
            return _call("form", {"border": node.proto.form.border}, is_keyed=True) | inside
    flex = node.proto.flex_container
    is_row = flex.direction == flex.Direction.HORIZONTAL
    arguments = {"horizontal": is_row, "border": flex.border}
    return _call("container", arguments, is_keyed=True) | inside


def _picture(node: Any) -> dict[str, Any]:
    url = node.proto.imgs[0].url
    return {"image": url if url.startswith("data:") else _POINT}


def _table(node: Any) -> dict[str, Any]:
    shown = node.value.astype(str)
    return {
        "data": {"data": shown.to_numpy().tolist(), "columns": [*map(str, shown.columns)]},
        "border": "horizontal", "hide_index": True,
    }  # fmt: skip


def _chosen(node: Any) -> dict[str, Any]:
    options = [each.content for each in node.proto.options]
    chosen = [options[place] for place in node.proto.default]
    return {"label": node.proto.label, "options": options, "default": (chosen or [None])[0]}


def _name(node: Any) -> str:
    """What an element is made by."""
    if node.type == "button" and node.proto.is_form_submitter:
        return "form_submit_button"
    return _NAMES.get(node.type, str(node.type))


def _label(node: Any) -> dict[str, Any]:
    return {"label": node.proto.label} | _beside(node.proto)


def _weighed(proto: Any) -> dict[str, Any]:
    """A button's words, how heavy it is, and whether it can be pressed."""
    disabled = {"disabled": True} if proto.disabled else {}
    return {"label": proto.label, "type": proto.type or "secondary"} | disabled | _beside(proto)


def _beside(proto: Any) -> dict[str, Any]:
    """The icon and the explanation of an element that has them."""
    return {name: said for name in ("icon", "help") if (said := getattr(proto, name, ""))}


def _field(node: Any) -> dict[str, Any]:
    return {"label": node.label, "value": node.value} | _beside(node.proto)


# Each kind of the page's elements as what Streamlit is called with; others show nothing.
_ELEMENTS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "title": lambda node: {"body": node.value, "anchor": False},
    "header": lambda node: {"body": node.value, "anchor": False},
    "markdown": lambda node: {"body": node.value} | _beside(node.proto),
    "html": lambda node: {"body": node.proto.body},
    "empty": lambda node: {},
    "metric": lambda node: _label(node) | {"value": node.proto.body},
    "plotly_chart": lambda node: {
        "figure_or_data": json.loads(node.proto.spec), "theme": None,
        "config": {"displayModeBar": False},
    },
    "table": _table,
    "image": _picture,
    "page_link": lambda node: _label(node) | {"page": "https://example.org"},
    "link_button": lambda node: _label(node) | {"url": "https://example.org", "type": "tertiary"},
    "download_button": lambda node: _label(node) | {"data": "", "type": "tertiary"},
    "button": lambda node: _weighed(node.proto),
    "selectbox": lambda node: {
        "label": node.label, "options": node.options, "index": node.index,
    },
    "multiselect": lambda node: {
        "label": node.label, "options": node.options,
        "default": [node.format_func(each) for each in node.value],
    },
    "button_group": _chosen,
    "toggle": _field,
    "text_input": _field,
    "text_area": lambda node: _field(node) | {"height": "content"},
    "number_input": _field,
    "date_input": lambda node: {"label": node.label, "value": "today", "format": "DD.MM.YYYY"},
    "file_uploader": lambda node: {"label": node.proto.label, "type": [*node.proto.type]},
}  # fmt: skip
_NAMES = {"button_group": "segmented_control"}
_KEYED = {
    "plotly_chart", "download_button", "button", "selectbox", "multiselect", "button_group",
    "toggle", "text_input", "text_area", "number_input", "date_input", "file_uploader",
}  # fmt: skip


if __name__ == "__main__":
    main()
