"""What people have entered beside files of figures, with the way back."""

from collections.abc import Sequence

import streamlit as st

from kpi.domain import format as fmt
from kpi.domain.model import Entry
from kpi.domain.wording import capital
from kpi.views.entry import entry_state, entry_words
from ui.badges import plain, small
from ui.doors import withdraw_entry
from ui.middleware import uploads_are_open
from ui.undo import show_undo

_MOST_SHOWN = 20


def show_entries(
    entries: Sequence[Entry], of: str = "Registreringer i handleplanen", key: str = "indfoert"
) -> None:
    """What people have entered, newest first, with the way back; nothing where nothing is."""
    if not entries or not uploads_are_open():
        return
    with st.expander(f"{of} ({len(entries)})", key=key, icon=":material/history:"):
        for entry in entries[:_MOST_SHOWN]:
            _show_entry(entry)
        if len(entries) > _MOST_SHOWN:
            st.markdown(small(f"Viser de {_MOST_SHOWN} nyeste af {len(entries)}."))


def _show_entry(entry: Entry) -> None:
    icon = "delete_forever" if entry.is_removed else "undo"
    word = capital(entry_state(entry))
    state = f":gray-badge[:material/{icon}: {word}]" if entry.withdrawn_on else ""
    withdrawn = ""
    if entry.withdrawn_on:
        day = fmt.partial_date(entry.withdrawn_on)
        why = plain(entry.withdrawn_why)
        withdrawn = f"  \n:small[{word} af {plain(entry.withdrawn_by)}, {day}: {why}]"
    with (
        st.container(border=True),
        st.container(
            horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
        ),
    ):
        is_told = entry.origin and not entry.is_removed
        origin = f" · {plain(entry.origin)}" if is_told else ""
        st.markdown(
            f"**Nr. {entry.entry_id} · {plain(entry_words(entry))}** {state}  \n"
            + small(f"{plain(entry.entered_by)}, {fmt.danish_time(entry.entered_at)}{origin}")
            + withdrawn,
            width="stretch",
        )
        if not entry.withdrawn_on:
            with st.popover("Fortryd", icon=":material/undo:", key=f"tilbage-{entry.entry_id}"):
                show_undo(
                    f"tilbage-{entry.entry_id}",
                    f"**Vil du fortryde registrering nr. {entry.entry_id}?** Det, der stod før, "
                    "gælder igen med det samme.",
                    "Fortryd registreringen",
                    lambda by, why: withdraw_entry(entry.entry_id, by, why),
                )
