"""The views that a session has looked at, which the search offers again."""

import streamlit as st

from kpi.domain.selection import Selection

_KEY, _MOST = "sidst-besoegt", 5


def note_visited(selection: Selection) -> None:
    """Keeps the view as the newest; an earlier look at the same subject is forgotten."""
    subject = _subject(selection)
    kept = [each for each in st.session_state.get(_KEY, ()) if _subject(each) != subject]
    # One more than are offered, as the first is where one is.
    st.session_state[_KEY] = (selection, *kept)[: _MOST + 1]


def visited() -> tuple[Selection, ...]:
    """The last views before the one that is open, newest first."""
    views: tuple[Selection, ...] = st.session_state.get(_KEY, ())
    return views[1:]


def _subject(selection: Selection) -> Selection:
    """The view without what is merely how it is looked at."""
    return Selection(
        selection.page,
        tema="" if selection.noegletal else selection.tema,
        noegletal=selection.noegletal,
        omraade=selection.omraade,
    )
