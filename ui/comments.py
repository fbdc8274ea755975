"""What the administration says, set apart from what figures and sources say."""

from collections.abc import Sequence

import streamlit as st

from kpi.exhibits.comments import COMMENT
from ui.badges import plain


def show_comments(comments: Sequence[str], key: str) -> None:
    """The comments with a line at their left (ui/spor.css); nothing where there are none."""
    if not comments:
        return
    with st.container(key=f"forvaltning-{key}", gap="xsmall"):
        for comment in comments:
            st.markdown(f"**{COMMENT}**{plain(comment.removeprefix(COMMENT))}")
