"""Boxes to choose in, which follow the address when a link or the back button changes it."""

from collections.abc import Callable, Sequence

import streamlit as st


def choose_one(
    label: str, options: Sequence[str], wanted: str, name: Callable[[str], str], key: str
) -> str:
    """A select box of ids shown by name; starts at `wanted`, and again whenever that changes."""
    _follow(key, wanted if wanted in options else options[0])
    chosen: str = st.selectbox(label, options, format_func=name, key=key, placeholder="Vælg")
    return chosen


def choose_many(
    label: str, options: Sequence[str], wanted: Sequence[str], name: Callable[[str], str], key: str
) -> tuple[str, ...]:
    """A box of several ids shown by name; starts at `wanted`, and again whenever that changes."""
    _follow(key, [one for one in wanted if one in options])
    return tuple(
        st.multiselect(label, options, format_func=name, key=key, placeholder="Vælg", wrap=True)
    )


def choose_diagram(
    label: str, options: Sequence[str], wanted: str, name: Callable[[str], str], key: str
) -> str:
    """A row of buttons of which one is always chosen."""
    _follow(key, wanted)
    chosen = st.segmented_control(label, options, format_func=name, key=key, required=True)
    return str(chosen or wanted)


def _follow(key: str, wanted: object) -> None:
    """Sets a box to what the address asks for, but only when the address itself has changed.

    The box's own choice reaches the address at the end of the run; without the memory of what the
    address last asked for, the two would overwrite each other.
    """
    asked = f"{key}-asked"
    if st.session_state.get(asked) != wanted:
        st.session_state[asked] = wanted
        if key not in st.session_state or st.session_state[key] != wanted:
            st.session_state[key] = wanted
