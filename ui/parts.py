"""Sections of a page that are folded until a person, or the address, asks for them."""

from collections.abc import Callable, Sequence

import streamlit as st

from kpi.domain.selection import ALL_PARTS
from ui.badges import plain, small
from ui.choose import follow, remember

Content = Callable[[], None]


def show_part(part: str, title: str, under: str, wanted: bool, content: Content) -> bool:
    """A section by its title and a grey line; what is in it is computed only while it is open.

    Starts as the address says (`wanted`), and again whenever that changes. Says whether it is open.
    """
    key = part_key(part)
    follow(key, wanted, again=True)
    # A label is one line to markdown; spor.css puts the grey words on the next.
    shown = st.expander(f"**{plain(title)}** {small(plain(under))}", key=key, on_change="rerun")
    if shown.open:
        with shown:
            content()
    return remember(key, bool(shown.open))


def unfolded(wanted: Sequence[str], parts: Sequence[str]) -> set[str]:
    """Which of a page's sections the address asks for."""
    return set(parts) if ALL_PARTS in wanted else {*wanted}


def part_key(part: str) -> str:
    """Where the session keeps whether a section is open."""
    return f"afsnit-{part}"
