"""The last step: warnings seen, note, name, publishing, and what came of it."""

import streamlit as st

from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError
from kpi.domain.selection import Selection
from kpi.ingest.checked import Checked
from kpi.ingest.mapping.choices import Choices
from kpi.views.focus import own_first
from kpi.views.kept import kept_words
from kpi.views.upload import why_locked
from kpi.views.upload_counts import (
    guarded_words,
    moved_words,
    recoverable_words,
    touched,
    touched_pages,
)
from kpi.views.upload_problems import asks_only, errors_of
from kpi.views.warning_kinds import unseen_words, warning_kinds
from ui import cache
from ui.badges import plain, small
from ui.doors import publish
from ui.page import show_fault, show_link
from ui.turns import waiting
from ui.upload_files import (
    NAME,
    NOTE,
    begin_again,
    current_file,
    file_field,
    keep_message,
    key_of,
    next_file,
)
from ui.upload_queue import show_next_file
from ui.upload_state import Done, finish
from ui.upload_ticks import is_seen

_MOST_LINKS = 4


def show_publishing(checked: Checked, choices: Choices) -> None:
    """The fields of a publication and its button, which says what is missing."""
    wrong = errors_of(checked)
    if not wrong and not checked.moved:
        _show_next_file(mended=False)
        return
    kinds = () if wrong else warning_kinds(checked)
    unseen = [kind for kind in kinds if not is_seen(kind, key_of)]
    left, right = st.columns([2, 1])
    with left:
        note = st.text_input(
            "Note til historikken", key=NOTE, placeholder="Hvorfor ændres tallene?",
            live=True, persist_state="session",
        )  # fmt: skip
    with right:
        by = st.text_input(
            "Dit navn", key=NAME, placeholder="Hvem udgiver?", live=True,
            autocomplete="name", persist_state="session",
        )  # fmt: skip
    words = unseen_words(unseen, kinds)
    locked = why_locked(checked, not unseen, note or "", by or "", words)
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        _show_next_file(mended=bool(wrong) and not asks_only(checked))
        pressed = st.button(
            "Udgiv",
            icon=":material/lock:" if locked else ":material/publish:",
            type="secondary" if wrong else "primary",
            # Not for what is still being typed: a press in the same moment would be lost.
            disabled=bool(wrong),
            key=key_of("udgiv"),
        )
        if locked:
            st.markdown(small(plain(locked)), width="content")
    if pressed and locked:
        st.error(plain(locked), icon=":material/error:")
    elif pressed:
        _publish(choices, by or "", note or "")


def _show_next_file(mended: bool) -> None:
    label = "Indlæs rettet fil" if mended else "Vælg en anden fil"
    with st.popover(
        label,
        icon=":material/upload:",
        type="primary" if mended else "secondary",
        width="content",
        key=key_of("naeste-fil"),
    ):
        file_field("Vælg en eller flere filer med tal")


def _publish(choices: Choices, by: str, note: str) -> None:
    handed = current_file()
    assert handed is not None
    assert handed.upload is not None
    try:
        with waiting("Udgiver tallene …"):
            published = publish(handed.upload, choices, by, note)
            # Noted at once: from the end of the spinner on, another click may end this run.
            if published.batch_id is None:
                keep_message(
                    "Intet blev udgivet: Tallene er ændret, siden filen blev læst. Gennemgå "
                    "filen igen."
                )
            else:
                finish(
                    Done(
                        published.checked, choices, published.batch_id, published.version,
                        published.version_before, handed.sha256, published.recoverable,
                        published.hidden,
                    )
                )  # fmt: skip
    except KpiError as error:
        show_fault(error)
        return
    st.rerun()


def show_published(done: Done, catalog: Catalog) -> None:
    """What a publication came to, and where it is seen."""
    checked = done.checked
    moved = moved_words(checked.new, checked.changed, checked.hidden, checked.reattributed)
    st.success(
        f"**Indlæsning nr. {done.batch_id} er udgivet:** {moved}. Den kan fortrydes nedenfor.",
        icon=":material/check_circle:",
    )
    if done.recoverable:
        st.warning(plain(recoverable_words(done.recoverable)), icon=":material/visibility_off:")
    if hidden := guarded_words(done.hidden, catalog):
        st.warning(plain(hidden), icon=":material/visibility_off:")
    if kept := kept_words(done.checked):
        st.markdown(small(kept))
    pairs = touched(done.changes)
    pages = touched_pages(done.changes, catalog)[:_MOST_LINKS]
    areas = own_first((area for _, area in pairs), cache.home_area(catalog), catalog)[:_MOST_LINKS]
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        for theme_id, indicator_id in pages:
            show_link(
                Selection("tema", tema=theme_id, noegletal=indicator_id),
                f"Tema: {catalog.indicators[indicator_id].short_name}",
                icon=":material/monitoring:",
            )
        for area_id in areas:
            show_link(
                Selection("omraade", omraade=area_id),
                f"Område: {catalog.areas[area_id].name}",
                icon=":material/location_on:",
            )
        if next_file() is not None:
            show_next_file("primary")
        else:
            st.button(
                "Indlæs en fil mere", icon=":material/upload:", type="tertiary",
                on_click=begin_again,
            )  # fmt: skip
