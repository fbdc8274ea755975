"""Boxes to choose in, which follow the address when a link or the back button changes it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import RerunException

from ui.picture_mode import is_picture

T = TypeVar("T")
W = TypeVar("W", bound=str)
_SEEN, _SHOWN, _TOUCHED = "set-i-felter", "vist-i-felter", "felt-er-roert"
_NOTHING = object()


def choose_one(
    label: str, options: Sequence[str], wanted: str, name: Callable[[str], str], key: str
) -> str:
    """A select box of ids shown by name; starts at `wanted`, and again whenever that changes."""
    if is_picture():
        return wanted if wanted in options else options[0]
    follow(key, wanted if wanted in options else options[0])
    chosen: str = st.selectbox(label, options, format_func=name, key=key, placeholder="Vælg")
    return remember(key, chosen)


def choose_many(
    label: str, options: Sequence[str], wanted: Sequence[str], name: Callable[[str], str], key: str
) -> tuple[str, ...]:
    """A box of several ids shown by name; starts at `wanted`, and again whenever that changes."""
    if is_picture():
        return tuple(option for option in wanted if option in options)
    follow(key, [option for option in wanted if option in options])
    chosen = st.multiselect(
        label, options, format_func=name, key=key, placeholder="Vælg", wrap=True
    )
    return tuple(remember(key, chosen))


def choose_word(label: str, options: Mapping[W, str], wanted: W, key: str) -> W:
    """A row of buttons, with the names of the options, of which one is always chosen."""
    if is_picture():
        return wanted
    follow(key, wanted)
    chosen = st.segmented_control(
        label, list(options), format_func=options.__getitem__, key=key, required=True
    )
    remember(key, chosen)
    return chosen or wanted


def opened_one(options: Sequence[str], wanted: str, key: str) -> str:
    """Which of the ids is open; starts at `wanted`, and again whenever that changes. Or none."""
    follow(key, wanted)
    chosen: str = st.session_state[key]
    return remember(key, chosen if chosen in options else "")


@contextmanager
def until_the_end() -> Iterator[None]:
    """Around a run: what its boxes show counts as seen once it has come to its end.

    A run that a press cuts off has not written its choices to the address. The next one would find
    boxes as they were seen, and set them back to an address that lacks the choice.
    """
    st.session_state[_SHOWN] = {}
    try:
        yield
    except RerunException:
        st.session_state[_SHOWN] = {}
        raise
    finally:
        seen = st.session_state.setdefault(_SEEN, {})
        seen.update(st.session_state[_SHOWN])


def note_touched() -> None:
    """Notes whether a person has changed a box since it was last seen; every page begins so."""
    seen = st.session_state.get(_SEEN, {})
    st.session_state[_TOUCHED] = any(
        # A box that was left with its page is forgotten there.
        key in st.session_state and st.session_state[key] != value
        for key, value in seen.items()
    )


def follow(key: str, wanted: object, *, again: bool = False) -> None:
    """Sets a box to what the address asks for, unless this run began with a choice in a box.

    A choice reaches the address at the end of a run. A run that a choice began may find an address
    that is not there yet: when choices come faster than the page, it is the boxes that are right.
    A box that shows it already is left alone: what is set is sent, and undoes a choice that is made
    in the browser meanwhile. A section of a page is set `again`: what is set of it lasts one run.
    """
    is_chosen = key in st.session_state and st.session_state.get(_TOUCHED)
    if not is_chosen and (again or st.session_state.get(key, _NOTHING) != wanted):
        st.session_state[key] = wanted


def remember(key: str, chosen: T) -> T:
    """Notes what the box shows, so that the next run knows whether a person has changed it."""
    st.session_state.setdefault(_SHOWN, {})[key] = chosen
    return chosen
