"""A phone's way to the sections of a long page: a line of links under its title."""

from collections.abc import Sequence

import streamlit as st

from ui.badges import plain
from ui.picture_mode import is_picture


def show_jumps(places: Sequence[tuple[str, str]]) -> None:
    """Links by the word of a section and the key of the container that it begins with.

    ui/spor.css shows them on a phone alone, and ui/chosen.js moves the page to the section.
    """
    if len(places) > 1 and not is_picture():
        with st.container(key="spring"):
            st.markdown("\n".join(f"[{plain(word)}](#{key})" for word, key in places))
