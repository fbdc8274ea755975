"""Boxes to choose in, which follow the address when a link or the back button changes it."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

T = TypeVar("T")


def choose_one(
    label: str, options: Sequence[str], wanted: str, name: Callable[[str], str], key: str
) -> str:
    """A select box of ids shown by name; starts at `wanted`, and again whenever that changes."""
    _follow(key, wanted if wanted in options else options[0])
    chosen: str = st.selectbox(label, options, format_func=name, key=key, placeholder="Vælg")
    return _remember(key, chosen)


def choose_many(
    label: str, options: Sequence[str], wanted: Sequence[str], name: Callable[[str], str], key: str
) -> tuple[str, ...]:
    """A box of several ids shown by name; starts at `wanted`, and again whenever that changes."""
    _follow(key, [one for one in wanted if one in options])
    chosen = st.multiselect(
        label, options, format_func=name, key=key, placeholder="Vælg", wrap=True
    )
    # An emptied box is no view yet, so the address still holds the last one.
    return tuple(_remember(key, chosen) if chosen else chosen)


def choose_diagram(
    label: str, options: Sequence[str], wanted: str, name: Callable[[str], str], key: str
) -> str:
    """A row of buttons of which one is always chosen."""
    _follow(key, wanted)
    chosen = st.segmented_control(label, options, format_func=name, key=key, required=True)
    return _remember(key, str(chosen or wanted))


def _follow(key: str, wanted: object) -> None:
    """Sets a box to what the address asks for, but only when the address itself has changed.

    The box's own choice reaches the address at the end of the run. Without the memory of what the
    address holds, the two would overwrite each other, and the back button would do nothing.
    """
    # A box forgets its choice when its page is left, the memory does not.
    if key not in st.session_state or st.session_state.get(_memory(key)) != wanted:
        st.session_state[_memory(key)] = wanted
        st.session_state[key] = wanted


def _remember(key: str, chosen: T) -> T:
    """Notes the choice as what the address will hold."""
    st.session_state[_memory(key)] = chosen
    return chosen


def _memory(key: str) -> str:
    return f"{key}-adresse"
