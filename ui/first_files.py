"""Which of Streamlit's files the first view of a page needs, found by following their imports."""

import re
from collections.abc import Iterator
from functools import cache

from ui.fast import STATIC

# What draws our pages' elements: chunks that Streamlit fetches only when the first of each comes.
_DRAWN_BY = (
    "Selectbox", "PageLink", "Table", "ImageList", "Button", "DownloadButton", "ProgressBar",
    "PlotlyChart",
)  # fmt: skip
_PAGE_NAMES = re.compile(r'(?:src|href)="\./static/((?:js|css)/[\w.$-]+)"')
_IMPORTS = re.compile(r'(?:from|import)\s*"\./([\w.$-]+\.js)"')


def page_files() -> tuple[str, ...]:
    """The scripts and styles that Streamlit's page names (`js/index.….js`), in its order."""
    page = (STATIC.parent / "index.html").read_text("utf-8")
    return tuple(_PAGE_NAMES.findall(page))


@cache
def later_files() -> tuple[str, ...]:
    """The scripts that a page asks for once the first messages have come, each once."""
    seen = set(page_files())
    return tuple(_unseen([chunk for stem in _DRAWN_BY for chunk in _chunks(stem)], seen))


def _chunks(stem: str) -> list[str]:
    return sorted(f"js/{path.name}" for path in (STATIC / "js").glob(f"{stem}.*.js"))


def _unseen(names: list[str], seen: set[str]) -> Iterator[str]:
    """The files and what they import that is not in `seen`, which grows by them."""
    for name in names:
        if name not in seen:
            seen.add(name)
            yield name
            # Imports stand before anything else; the rest of a chart library need not be read.
            head = (STATIC / name).read_text("utf-8")[:20_000]
            yield from _unseen([f"js/{each}" for each in _IMPORTS.findall(head)], seen)
