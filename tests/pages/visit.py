"""Visits to the pages: opening deep links, and reading what a person would read."""

import re
from pathlib import Path

from streamlit.testing.v1 import AppTest

from kpi.domain.pages import PAGES as ALL_PAGES
from kpi.domain.selection import ALL_PARTS

REPOSITORY = Path(__file__).resolve().parents[2]
NAVIGATION = REPOSITORY / "ui" / "navigation.py"
# The page that takes in files has tests of its own, and so has the guide, which shows no figures.
PAGES = tuple(path for path in ALL_PAGES if path not in ("indlaes", "vejledning"))
# What reads and publishes files gives way to all other processes: on a busy machine it takes long.
_PATIENCE_SECONDS = 120
# Om tallene and Handleplan with all of their sections unfolded.
UNFOLDED = {"afsnit": ALL_PARTS}


def open_page(page: str, **parameters: str) -> AppTest:
    """What a new visitor sees at `/page?parameters`."""
    return go_on(
        AppTest.from_file(NAVIGATION, default_timeout=_PATIENCE_SECONDS), page, **parameters
    )


def go_on(app: AppTest, page: str, **parameters: str) -> AppTest:
    """The same visitor goes to another address: by a link in the app, or back and forward."""
    app.switch_page(f"../pages/{page}.py")
    app.query_params = dict(parameters)
    return app.run()


def read(markdown: str) -> str:
    """Markdown as a person reads it, near enough: no marks, no escapes, plain spaces."""
    # A directive such as :gray[...] is its content; one escape stands for the mark itself.
    text = re.sub(r"(?<!\\):(?:material/\w+:|[a-z]+(?:-badge)?\[)|(?<!\\)(?:\*\*|\])", "", markdown)
    text = re.sub(r"\\(.)", r"\1", text).replace("\u00a0", " ")
    return re.sub("[\u2060\u00ad]", "", text).strip()  # a joiner, and where a word may be broken


def title_of(app: AppTest) -> str:
    """The page's h1, of which there must be one."""
    (title,) = app.title
    return read(title.value)


def alts_of(app: AppTest) -> list[str]:
    """The text alternative of each chart."""
    return [figure.proto.alt for figure in app.get("plotly_chart")]


def menus_of(app: AppTest) -> list[str]:
    """What stands on each small menu that opens over the page."""
    return [popover.proto.popover.label for popover in app.get("popover")]


def texts_of(app: AppTest) -> str:
    """All that stands on the page outside tables and charts, a line each."""
    parts = [*app.title, *app.header, *app.markdown, *app.metric]
    parts += [*app.info, *app.warning, *app.error]
    labels = [read(folded.label) for folded in app.expander]
    return "\n".join([*(read(part.value) for part in parts), *labels])


def assert_healthy(app: AppTest) -> None:
    """Nothing went wrong: no fault of the program, none of the data, no note of a bad link."""
    where = dict(app.query_params)
    assert [error.message for error in app.exception] == [], where
    assert [read(error.value) for error in app.error] == [], where
    assert [read(note.value) for note in app.warning] == [], where
