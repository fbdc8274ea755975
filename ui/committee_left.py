"""What Udvalg showed when it was left without a draft, put back when a person comes again."""

from dataclasses import replace
from datetime import date

import streamlit as st

from kpi.domain.catalog import Catalog
from kpi.domain.selection import NO_MEETING, Selection
from kpi.export.choice import Choice
from ui.committee import asked_meeting
from ui.committee_state import DAY, PICKED, of_today, put_arrangement, put_in_boxes

_LEFT = "udvalg-forladt"


def note_shown(choice: Choice, day: date) -> None:
    """Keeps what the page shows: its boxes are forgotten when it is left."""
    # The figures of the list are the page's proposal until a person has chosen some.
    picked = tuple(st.session_state.get(PICKED) or ())
    st.session_state[_LEFT] = replace(choice, picked=picked), day


def put_back(wanted: Selection, catalog: Catalog, pinned: date | None) -> Selection:
    """Fills the boxes of a page that was left, before they are drawn; what is asked for then.

    What the address asks for goes before it; of its own meeting the arrangement comes back.
    """
    state = st.session_state
    if DAY in state or _LEFT not in state:
        return wanted
    left, day = state[_LEFT]
    choice, _ = of_today(left, catalog)
    if wanted.parameters():
        if asked_meeting(wanted, catalog) == choice.meeting_id:
            put_arrangement(choice)
        return wanted
    put_in_boxes(choice, day, pinned)
    return replace(
        wanted, moede=choice.meeting_id or NO_MEETING, omraade=choice.area_id,
        blandt=choice.among, dag=day.isoformat(),
    )  # fmt: skip
