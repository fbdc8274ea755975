"""What is too long for a page: the first ones, and as many again each time a person asks."""

from collections.abc import Sequence
from typing import TypeVar

import streamlit as st

from ui.picture_mode import is_picture

T = TypeVar("T")


def first_ones(key: str, every: Sequence[T], most: int, spare: int) -> Sequence[T]:
    """The first `most` of them, and as many again for each press of the button of `show_more`.

    Where no more than `spare` would be held back, and in a picture, all.
    """
    count = most * (1 + int(st.session_state.get(_asked(key), 0)))
    return every if is_picture() or len(every) - count <= spare else every[:count]


def show_more(key: str, rest: int) -> None:
    """The button that asks for those that are left; none where there are none."""
    if rest:
        st.button(
            f"Vis flere ({rest} endnu)", icon=":material/expand_more:", key=f"vis-flere-{key}",
            on_click=_ask, args=(_asked(key),),
        )  # fmt: skip


def _asked(key: str) -> str:
    return f"flere-felter-{key}"


def _ask(asked: str) -> None:
    st.session_state[asked] = int(st.session_state.get(asked, 0)) + 1
