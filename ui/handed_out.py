"""The button that hands a file out. Every file that a page gives away goes through here.

A switch that forbids downloads is asked here, and nowhere else.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import streamlit as st


@dataclass(frozen=True)
class Look:
    """How the button looks, and what it says when a person points at it."""

    icon: str = ":material/download:"
    weight: Literal["primary", "secondary", "tertiary"] = "tertiary"
    width: Literal["content", "stretch"] = "content"
    tip: str | None = None


_PLAIN = Look()
SECONDARY = Look(weight="secondary")


def show_download(
    label: str,
    content: Callable[[], bytes | str],
    file_name: str,
    mime: str,
    *,
    key: str | None = None,
    look: Look = _PLAIN,
    why_not: str | None = None,
) -> None:
    """A button whose file is made when it is pressed, outside the visitor's session.

    `why_not` says why the file cannot be made here: the button is off and shows it.
    """
    st.download_button(
        label,
        content,
        file_name=file_name,
        mime=mime,
        key=key,
        icon=look.icon,
        type=look.weight,
        on_click="ignore",
        disabled=bool(why_not),
        help=why_not or look.tip,
        width=look.width,
    )
