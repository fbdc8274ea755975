"""An earlier deck or Word paper is given back on Udvalg, and its figures are brought up to date."""

from dataclasses import replace

import streamlit as st

from kpi.domain import format as fmt
from kpi.domain.errors import KpiError
from kpi.export.choice import Choice
from kpi.export.office_files import POWERPOINT, WORD
from kpi.export.paper import Paper
from kpi.export.refresh import account_lines, refreshed, updated_text
from kpi.export.refreshed import Refreshed
from ui import cache
from ui.badges import plain, small
from ui.export_turns import export_turn
from ui.handed_out import Look, show_download
from ui.made_files import keep_file, kept_file
from ui.page import show_fault
from ui.switches import uploads_are_open
from ui.turns import paused

_MADE, _MOST_MEGABYTES, _MOST_LINES = "udvalg-opdateret", 30, 30


def show_refresh(paper: Paper, key: str) -> None:
    """A place to give a file back in; what became of it, and the file to fetch.

    `paper` says to which meeting and day it is brought, `key` names the figures of that day.
    """
    if not uploads_are_open():
        return
    with st.expander(
        "Opdater en tidligere præsentation eller Word-fil", key="udvalg-opdater",
        icon=":material/update:",
    ):  # fmt: skip
        to = f" til {paper.occasion}" if paper.occasion else ""
        st.markdown(
            plain(
                f"Giv en fil, som Spor har dannet. Tal, tabeller og diagrammer skiftes ud{to} "
                f"({paper.dated[:1].lower()}{paper.dated[1:]}). Det, I selv har skrevet, flyttet "
                "eller formateret, bliver stående."
            )
        )
        given = st.file_uploader(
            "Fil fra Spor (.pptx, .docx)", type=["pptx", "docx"],
            max_upload_size=_MOST_MEGABYTES, key="udvalg-opdater-fil",
        )  # fmt: skip
        if given is None:
            st.session_state.pop(_MADE, None)
            return
        wanted = (given.file_id, key, paper.choice.meeting_id)
        if st.button("Opdater tallene", key="udvalg-opdater-nu", icon=":material/update:"):
            _make(given.getvalue(), wanted, paper)
        made = st.session_state.get(_MADE)
        if made and made[0] == wanted and kept_file(made[2]) is not None:
            _show(made[1], made[2], given.name.lower().endswith(".docx"))


def _make(content: bytes, wanted: tuple[str, str, str], paper: Paper) -> None:
    meeting_id = paper.choice.meeting_id

    def paper_of(choice: Choice) -> Paper:
        """The paper of the file's choice, to the meeting and of the day on the page."""
        return cache.paper_of(wanted[1], replace(choice, meeting_id=meeting_id))

    former = st.session_state.pop(_MADE, None)
    try:
        with paused(), st.spinner("Opdaterer filen …"), export_turn():
            made = refreshed(content, paper_of, cache.catalog(wanted[1]))
    except KpiError as error:
        show_fault(error)
        return
    ticket = keep_file(made.content, former[2] if former else None)
    st.session_state[_MADE] = (wanted, replace(made, content=b""), ticket)


def _show(made: Refreshed, ticket: int, is_word: bool) -> None:
    st.markdown(f"**{plain(updated_text(made))}** Data som kendt {fmt.long_date(made.as_of)}.")
    for heading, lines in account_lines(made):
        st.markdown(f"**{heading}**")
        st.markdown("\n".join(f"- {plain(line)}" for line in lines[:_MOST_LINES]))
        if len(lines) > _MOST_LINES:
            st.markdown(small(f"Og {len(lines) - _MOST_LINES} til."))
    ending, mime = ("docx", WORD) if is_word else ("pptx", POWERPOINT)
    show_download(
        "Hent den opdaterede fil",
        lambda: kept_file(ticket) or b"",
        f"opdateret-{made.as_of.isoformat()}.{ending}",
        mime,
        key="hent-opdateret",
        look=Look(weight="primary"),
    )
