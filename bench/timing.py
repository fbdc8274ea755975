"""What the benchmark times: a page's kpi calls and its whole script, with caches empty and full."""

import logging
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from kpi.domain.catalog import Catalog
from kpi.domain.selection import DIAGRAMS, Selection
from kpi.exhibits import Exhibit
from ui import cache
from ui.as_of import PARAMETER
from ui.keeping import Kept

_SCRIPT = Path(__file__).resolve().parents[1] / "ui" / "navigation.py"
_EMPTY_SCRIPT = "import streamlit"
_PATIENCE_SECONDS = 300

# Without a server, every cached call would warn that there is none.
logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").disabled = True

# What a process reads once of a version, whichever page comes first: the column `first` counts it.
_OF_THE_VERSION = ("_newest", "_few_days", "_many_days", "catalog", "claims", "_metadata")

# The name of a function in ui/cache.py, and what a page gives it.
Call = tuple[str, tuple[Any, ...]]


class PageFailedError(Exception):
    """A page's script stopped; Streamlit has logged why."""


@dataclass(frozen=True)
class PageCase:
    """A page with its choices."""

    name: str
    selection: Selection


@dataclass(frozen=True)
class ScriptTimes:
    """Milliseconds of whole runs of a page's script, and of an empty page beside each."""

    cold: tuple[float, ...]
    cached: tuple[float, ...]
    empty_page: tuple[float, ...]


def page_cases(catalog: Catalog) -> list[PageCase]:
    """Every page; those whose contents depend on choices, with several choices."""
    themes = list(catalog.themes)
    largest = max(themes, key=lambda theme_id: len(catalog.indicators_of(theme_id)))
    country = catalog.country()
    assert country is not None
    programme = next(area for area in catalog.areas.values() if area.level == "programme_area")
    theme_ids = dict.fromkeys([themes[0], largest])
    area_ids = [cache.home_area(catalog), country.area_id, programme.area_id]
    return [
        PageCase("Overblik", Selection("overblik")),
        *(PageCase(f"Tema {theme_id}", Selection("tema", tema=theme_id)) for theme_id in theme_ids),
        *(
            PageCase(f"Område {area_id}", Selection("omraade", omraade=area_id))
            for area_id in area_ids
        ),
        *(
            PageCase(f"Sammenlign {diagram}", Selection("sammenlign", diagram=diagram))
            for diagram in DIAGRAMS
        ),
        PageCase("Om tallene", Selection("om")),
    ]


def kpi_calls(selection: Selection, day: date | None = None) -> list[Call]:
    """Every call that the page's script makes to ui/cache.py, today's or as of an earlier day.

    Raises PageFailedError.
    """
    app = _run_once(selection, day)
    calls: list[Call] = []
    with _recorded(calls):
        app.run()
    return calls


def time_new_process(calls: Sequence[Call]) -> tuple[float, float]:
    """Opening the store and the page's first kpi calls, in a process that has only imported."""
    return _milliseconds(lambda: cache.store(cache.version())), _milliseconds(lambda: ask(calls))


def time_kpi_calls(calls: Sequence[Call], runs: int) -> tuple[list[float], list[float]]:
    """The calls with the connection open: (caches empty, caches full)."""
    cold, cached = [], []
    for _ in range(runs):
        empty_caches()
        cold.append(_milliseconds(lambda: ask(calls)))
        cached.append(_milliseconds(lambda: ask(calls)))
    return cold, cached


def time_script(selection: Selection, runs: int) -> ScriptTimes:
    """Whole runs of the page's script, connection open. Raises PageFailedError."""
    app = _run_once(selection)
    empty = AppTest.from_string(_EMPTY_SCRIPT, default_timeout=_PATIENCE_SECONDS).run()
    cold, cached, empty_page = [], [], []
    for _ in range(runs):
        empty_caches()
        cold.append(_milliseconds(app.run))
        cached.append(_milliseconds(app.run))
        empty_page.append(_milliseconds(empty.run))
    return ScriptTimes(tuple(cold), tuple(cached), tuple(empty_page))


def _run_once(selection: Selection, day: date | None = None) -> AppTest:
    app = AppTest.from_file(str(_SCRIPT), default_timeout=_PATIENCE_SECONDS)
    app.switch_page(f"../pages/{selection.page}.py")
    for name, value in selection.parameters().items():
        app.query_params[name] = value
    if day:
        app.query_params[PARAMETER] = day.isoformat()
    app.run()
    if app.exception or app.error or not app.title:
        raise PageFailedError
    return app


@contextmanager
def _recorded(calls: list[Call]) -> Iterator[None]:
    """Keeps in `calls` what is asked of ui/cache.py; full caches leave no calls within calls."""

    def recorder(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """`function`, which keeps its arguments in `calls` as those of `name`."""

        def record(*arguments: Any) -> Any:
            """The function itself, once its arguments are kept."""
            # What only looks something up in the catalog takes no time, and it cannot be sent on.
            if not any(isinstance(argument, Catalog) for argument in arguments):
                calls.append((name, arguments))
            return function(*arguments)

        return record

    originals = {
        name: function
        for name, function in vars(cache).items()
        if name not in _OF_THE_VERSION and _is_of_cache(function)
    }
    try:
        for name, function in originals.items():
            setattr(cache, name, recorder(name, function))
        yield
    finally:
        for name, function in originals.items():
            setattr(cache, name, function)


def _is_of_cache(value: object) -> bool:
    """Whether it is a function of ui/cache.py, one that keeps its values among them."""
    return isinstance(value, Kept) or (
        callable(value) and getattr(value, "__module__", "") == cache.__name__
    )


def ask(calls: Sequence[Call]) -> None:
    """Makes the calls, and draws the charts of what they return, as the page does."""
    for name, arguments in calls:
        view = getattr(cache, name)(*arguments)
        for value in vars(view).values() if is_dataclass(view) else ():
            for exhibit in value if isinstance(value, tuple) else (value,):
                if isinstance(exhibit, Exhibit):
                    _ = exhibit.figure


def empty_caches() -> None:
    """Forgets what pages have computed, down to the texts of numbers; the version stays open."""
    for name, cached in vars(cache).items():
        if name not in _OF_THE_VERSION and isinstance(cached, Kept):
            cached.forget()
    for module in [module for name, module in sys.modules.items() if name.startswith("kpi.")]:
        for cached in vars(module).values():
            if hasattr(cached, "cache_clear"):
                cached.cache_clear()


def forget_days() -> None:
    """Lets go of the earlier days that are open."""
    for name in ("_few_days", "_many_days"):
        vars(cache)[name].forget()


def _milliseconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return 1000 * (time.perf_counter() - start)
