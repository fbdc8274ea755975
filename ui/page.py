"""What every page has: its title row, its errors, and links to other views."""

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kpi.domain.errors import KpiError
from kpi.domain.selection import Selection
from kpi.domain.wording import listing
from ui.as_of import day_parameter, show_day_choice, shown_as
from ui.badges import plain, small
from ui.first_heading import note_title
from ui.page_list import linked
from ui.picture_mode import is_picture


def show_title(title: str, under: str, with_day: bool = True) -> None:
    """The page's finding as its heading, with a grey line under it, and the day of the figures."""
    note_title(title, under, with_day)
    with st.container(gap=None):
        st.title(plain(title), anchor=False)
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f":gray[{plain(under)}]", width="content")
            # The day and the print button go to a new line together.
            with st.container(
                horizontal=True, vertical_alignment="center", gap="small", width="content"
            ):
                if with_day and is_picture():
                    st.markdown(shown_as(), width="content")
                elif with_day:
                    show_day_choice()
                if not is_picture():
                    # Its press is taken by print.js.
                    st.button("Udskriv", icon=":material/print:", type="tertiary", key="udskriv")


def two_columns(key: str, left: float) -> list[DeltaGenerator]:
    """Two columns, the left one `left` times as wide; spor.css stacks them in a narrow window."""
    with st.container(key=f"spalter-{key}"):
        return st.columns([left, 1], gap="large")


def side_columns(key: str, left: float, right: float) -> list[DeltaGenerator]:
    """Two columns that stand beside each other on a tablet as well; one below the other on a phone.

    There spor.css takes the distance between them out of the height.
    """
    with st.container(key=f"sider-{key}"):
        return st.columns([left, right], gap="large")


def show_heading(title: str, under: str = "", key: str | None = None) -> None:
    """A section's takeaway, with a grey line under it; `key` where a link leads to it."""
    with st.container(gap=None, key=key):
        st.header(plain(title), anchor=False)
        if under:
            st.markdown(small(plain(under)))


def show_error(error: KpiError) -> None:
    """A person can mend this: says what failed, what was found and what to do."""
    st.title(plain(error.title), anchor=False)
    st.error(plain(error.message).replace("\n", "  \n"), icon=":material/error:")


def show_lacking(lacking: Sequence[str], *, is_pressed: bool) -> None:
    """What a form lacks: in small letters, and as an error when its button was pressed.

    The button itself is never locked for it: what is typed reaches the server a moment later than
    the press, and a press on a locked button would be lost.
    """
    if not lacking:
        return
    words = f"Der mangler {plain(listing(list(lacking)))}."
    if is_pressed:
        st.error(words, icon=":material/error:")
    else:
        st.markdown(small(words))


def show_fault(error: KpiError) -> None:
    """What a person can mend, where it happened; the rest of the page stays."""
    st.error(
        f"**{plain(error.title)}.** " + plain(error.message).replace("\n", "  \n"),
        icon=":material/error:",
    )


def show_link(selection: Selection, label: str, icon: str | None = None) -> None:
    """A link to another view of Spor; none in a picture."""
    if not is_picture():
        show_marked_link(selection, plain(label), icon)


def show_marked_link(selection: Selection, markdown: str, icon: str | None = None) -> None:
    """A link whose label is markdown already."""
    st.page_link(
        linked(selection.page),
        label=markdown,
        icon=icon,
        query_params={**selection.parameters(), **day_parameter()},
    )
