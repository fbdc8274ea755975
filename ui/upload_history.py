"""Every publication, newest first, and the way back from those that came through this page."""

from collections.abc import Mapping, Sequence

import streamlit as st

from kpi.domain import format as fmt
from kpi.domain.model import Batch
from kpi.domain.vocabulary import BATCH_STATE_NAMES, BatchState
from kpi.domain.wording import capital
from kpi.views.known import publisher_words
from kpi.views.upload_counts import moved_words
from ui.badges import plain, small
from ui.doors import withdraw
from ui.drawn_table import draw_table
from ui.page import show_heading
from ui.undo import show_undo
from ui.upload_files import keep_message

_MOST_SHOWN = 20
_MARKS: Mapping[BatchState, tuple[str, str]] = {
    "published": ("green", "check"),
    "withdrawn": ("gray", "undo"),
    "purged": ("gray", "delete_forever"),
}


def show_history(batches: Sequence[Batch]) -> None:
    """Uploads with their way back, and what came with the program's own data."""
    show_heading("Tidligere indlæsninger", "Nyeste først. Et fortrudt tal kan findes igen")
    show_batches(batches)


@st.dialog("Tidligere indlæsninger", width="large", icon=":material/history:")
def open_history(batches: Sequence[Batch]) -> None:
    """The history over the page, while there is a current file."""
    show_batches(batches)


def show_batches(batches: Sequence[Batch]) -> None:
    """The list itself."""
    uploads = [batch for batch in batches if batch.origin == "upload"]
    for upload in uploads[:_MOST_SHOWN]:
        _show_upload(upload)
    if len(uploads) > _MOST_SHOWN:
        st.markdown(small(f"Viser de {_MOST_SHOWN} nyeste af {fmt.number(len(uploads), 0)}."))
    if not uploads:
        st.markdown(small("Der er endnu ikke indlæst filer. Når du udgiver en, står den her."))
    own = [batch for batch in batches if batch.origin != "upload"]
    with st.expander(f"Fra Spors egne data ({len(own)}); kan ikke fortrydes her"):
        _show_own(own)


def _show_upload(batch: Batch) -> None:
    with (
        st.container(border=True),
        st.container(
            horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
        ),
    ):
        is_gone = batch.state == "purged"
        counts = moved_words(
            batch.rows_new, batch.rows_changed, reattributed=batch.rows_reattributed
        )
        counts = "" if is_gone else f" · {counts}"
        name = "" if is_gone else f" · {plain(batch.original_name)}"
        st.markdown(
            f"**Nr. {batch.batch_id}{name}** {_badge(batch.state)}  \n"
            + small(
                f"{plain(publisher_words(batch))}, {fmt.danish_time(batch.published_at)}{counts}"
            )
            + ("" if is_gone else f"  \n:small[{plain(batch.note)}]")
            + _withdrawal(batch),
            width="stretch",
        )
        if batch.state == "published":
            with st.popover("Fortryd", icon=":material/undo:", key=f"fortryd-{batch.batch_id}"):
                show_undo(
                    f"fortryd-{batch.batch_id}",
                    f"**Vil du fortryde indlæsning nr. {batch.batch_id}?** De tidligere tal gælder "
                    "igen med det samme.",
                    "Fortryd indlæsningen",
                    lambda by, why: undo_batch(batch.batch_id, by, why),
                )


def _badge(state: BatchState) -> str:
    colour, icon = _MARKS[state]
    return f":{colour}-badge[:material/{icon}: {capital(BATCH_STATE_NAMES[state])}]"


def _withdrawal(batch: Batch) -> str:
    """Who took it back, when and why."""
    if not batch.withdrawn_on:
        return ""
    day = fmt.partial_date(batch.withdrawn_on)
    action = capital(BATCH_STATE_NAMES[batch.state])
    return f"  \n:small[{action} af {plain(batch.withdrawn_by)}, {day}: " + (
        f"{plain(batch.withdrawn_why)}]"
    )


def undo_batch(batch_id: int, by: str, why: str) -> None:
    """Withdraws a publication, and keeps what that came to as a message."""
    taken_back = withdraw(batch_id, by, why)
    keep_message(
        f"Indlæsning nr. {batch_id} er fortrudt: "
        f"{fmt.number(taken_back.restored, 0)} tal er som før indlæsningen."
    )


def _show_own(batches: Sequence[Batch]) -> None:
    rows = [
        {
            "Nr.": plain(str(batch.batch_id)),
            "Udgivet": fmt.danish_time(batch.published_at),
            "Fil": plain(batch.original_name),
            "Note": plain(batch.note),
            "Nye": fmt.number(batch.rows_new, 0),
            "Ændrede": fmt.number(batch.rows_changed, 0),
            "Fjernede": fmt.number(batch.rows_removed, 0),
        }
        for batch in batches
    ]
    draw_table(rows, "Indlæsninger fra Spors egne data", "egne-indlaesninger")
