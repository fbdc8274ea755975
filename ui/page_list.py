"""The pages as Streamlit lists and links to them, made once: it looks up every file each time."""

from base64 import b64encode
from copy import copy
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from kpi.domain.pages import FRONT_PAGE, PAGES

_ROOT = Path(__file__).resolve().parents[1]
_LISTED: dict[str, StreamlitPage] = {}


def listed(paths: tuple[str, ...]) -> list[StreamlitPage]:
    """The pages of these paths, for `st.navigation`; in a script's run only.

    Each run has its own: Streamlit notes in a page whether it may run.
    """
    for path in paths:
        if path not in _LISTED:
            # Absolute: a pages/ folder beside the running script would be found by Streamlit
            # itself, and deep links would then run a page without ui/navigation.py.
            _LISTED[path] = st.Page(
                _ROOT / "pages" / f"{path}.py", title=PAGES[path].title, url_path=path,
                default=path == FRONT_PAGE,
            )  # fmt: skip
    return [copy(_LISTED[path]) for path in paths]


def linked(path: str) -> StreamlitPage | str:
    """What a link to a page names it by."""
    # Relative to ui/navigation.py.
    return _LISTED.get(path, f"../pages/{path}.py")


def _picture(name: str) -> str:
    content = (_ROOT / "ui" / name).read_bytes()
    return f"data:image/svg+xml;base64,{b64encode(content).decode()}"


# As Streamlit would read them at each run.
LOGO, ICON = _picture("logo.svg"), _picture("ikon.svg")
