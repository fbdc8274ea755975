"""Every publication, newest first, and the way back from those that came through this page."""

from collections.abc import Sequence
from datetime import datetime

import pandas as pd
import streamlit as st

from kpi import format as fmt
from kpi.errors import KpiError
from kpi.model import Batch
from kpi.period import DENMARK
from kpi.privacy import holds_personal_number
from kpi.store.uploads import withdraw
from kpi.views.upload import moved_words
from ui.badges import plain, small
from ui.page import show_heading
from ui.upload import show_fault
from ui.upload_state import tell

_MOST_SHOWN = 20
_STATES = {
    "published": ":green-badge[:material/check: Udgivet]",
    "withdrawn": ":gray-badge[:material/undo: Fortrudt]",
}


def show_history(batches: Sequence[Batch]) -> None:
    """Uploads with their way back, and what came with the program's own data."""
    show_heading(
        "Historik og fortryd", "Nyeste først. Intet slettes: et fortrudt tal kan findes igen"
    )
    show_batches(batches)


@st.dialog("Historik og fortryd", width="large", icon=":material/history:")
def open_history(batches: Sequence[Batch]) -> None:
    """The history over the page, while a file is in hand."""
    show_batches(batches)


def show_batches(batches: Sequence[Batch]) -> None:
    """The list itself."""
    uploads = [one for one in batches if one.origin == "upload"]
    for one in uploads[:_MOST_SHOWN]:
        _show_upload(one)
    if len(uploads) > _MOST_SHOWN:
        st.markdown(small(f"Viser de {_MOST_SHOWN} nyeste af {fmt.number(len(uploads), 0)}."))
    if not uploads:
        st.markdown(small("Der er endnu ikke indlæst filer. Når du udgiver en, står den her."))
    own = [one for one in batches if one.origin != "upload"]
    with st.expander(f"Fra Spors egne data ({len(own)}); kan ikke fortrydes her"):
        _show_own(own)


def _show_upload(batch: Batch) -> None:
    with (
        st.container(border=True),
        st.container(
            horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
        ),
    ):
        counts = moved_words(batch.rows_new, batch.rows_changed)
        st.markdown(
            f"**Nr. {batch.batch_id} · {plain(batch.original_name)}** {_STATES[batch.state]}  \n"
            + small(f"{plain(batch.published_by)}, {danish_time(batch.published_at)} · {counts}")
            + f"  \n:small[{plain(batch.note)}]"
            + _withdrawal(batch),
            width="stretch",
        )
        if batch.state == "published":
            with st.popover("Fortryd", icon=":material/undo:", key=f"fortryd-{batch.batch_id}"):
                _show_undo(batch)


def _withdrawal(batch: Batch) -> str:
    """Who took it back, when and why."""
    if not batch.withdrawn_on:
        return ""
    day = fmt.partial_date(batch.withdrawn_on)
    return f"  \n:small[Fortrudt af {plain(batch.withdrawn_by)}, {day}: " + (
        f"{plain(batch.withdrawn_why)}]"
    )


def _show_undo(batch: Batch) -> None:
    # A key pressed by mistake must not take figures back.
    with st.form(f"fortryd-form-{batch.batch_id}", border=False, enter_to_submit=False):
        st.markdown(
            f"**Fortryd udgivelse nr. {batch.batch_id}?** Tallene fra før den kommer tilbage med "
            "det samme."
        )
        why = st.text_input("Hvorfor?", max_chars=500, key=f"fortryd-hvorfor-{batch.batch_id}")
        by = st.text_input(
            "Dit navn", max_chars=100, autocomplete="name", key=f"fortryd-navn-{batch.batch_id}"
        )
        pressed = st.form_submit_button(
            "Fortryd udgivelsen", type="primary", icon=":material/undo:"
        )
    if not pressed:
        return
    if not (why.strip() and by.strip()):
        st.error("Skriv både hvorfor og dit navn.", icon=":material/error:")
        return
    if holds_personal_number(why) or holds_personal_number(by):
        st.error("Der står et CPR-nummer i felterne. Fjern det.", icon=":material/gpp_bad:")
        return
    try:
        with st.spinner("Fortryder …"):
            taken_back = withdraw(batch.batch_id, by, why)
            tell(
                f"Udgivelse nr. {batch.batch_id} er fortrudt: "
                f"{fmt.number(taken_back.restored, 0)} tal er som før den."
            )
    except KpiError as error:
        show_fault(error)
        return
    st.rerun()


def _show_own(batches: Sequence[Batch]) -> None:
    frame = pd.DataFrame(
        [
            {
                "Nr.": plain(str(one.batch_id)),
                "Udgivet": danish_time(one.published_at),
                "Fil": plain(one.original_name),
                "Note": plain(one.note),
                "Nye": fmt.number(one.rows_new, 0),
                "Ændrede": fmt.number(one.rows_changed, 0),
                "Fjernet": fmt.number(one.rows_removed, 0),
            }
            for one in batches
        ]
    )
    st.table(frame, border="horizontal", hide_index=True, alt="Udgivelser fra Spors egne data")


def danish_time(moment: str) -> str:
    """`19. marts 2025 kl. 14.05`, Danish time, of a moment in UTC."""
    local = datetime.fromisoformat(moment).astimezone(DENMARK)
    return f"{fmt.long_date(local.date())} kl. {local:%H.%M}"
