"""The drafts of papers: opened by link, saved as they are made, listed, copied and removed."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError
from kpi.domain.lengths import too_long
from kpi.domain.selection import NO_MEETING, Selection
from kpi.domain.wording import listing
from kpi.export.choice import NEW_CHOICE, Choice
from kpi.export.drafts import MOST_LETTERS, Draft, drafts, read_draft, said_of_copy, standing
from kpi.export.paper import Paper
from kpi.export.saved import SavedPack, saved_packs
from ui import doors
from ui.badges import plain, small
from ui.committee import asked_meeting, meeting_name, own_day
from ui.committee_left import note_shown, put_back
from ui.committee_state import (
    DAY,
    OF_MEETING,
    is_arranged,
    of_today,
    put_arrangement,
    put_in_boxes,
)
from ui.page import show_fault, show_heading
from ui.picture_mode import is_picture
from ui.switches import uploads_are_open
from ui.url import link_of, write_url

_OPEN, _NEXT, _SAID, _LINKED, _BEGUN = (
    "udvalg-kladde", "udvalg-kladde-naeste", "udvalg-kladde-besked", "udvalg-kladde-link",
    "udvalg-begyndt",
)  # fmt: skip
_NAME, _FAULT = "udvalg-kladde-navn", "udvalg-kladde-fejl"
_PRESSED, _NOW = "udvalg-kladde-bagefter", "udvalg-kladde-nu"
_SETTLED = "udvalg-fast-valg"
_MOST_SHOWN = 12


def open_draft(catalog: Catalog, wanted: Selection, pinned: date | None) -> Selection:
    """Puts the draft of the address, or the one to go on with, into the boxes; before any is drawn.

    What the page is to show then. A link to a draft that is gone is told, and the page goes on.
    """
    state = st.session_state
    draft: Draft | None = state.pop(_NEXT, None)
    # An address that this page wrote itself says nothing new, and may be late.
    if draft is None and wanted.kladde and wanted.kladde != state.get(_LINKED):
        state[_LINKED] = wanted.kladde
        try:
            draft = read_draft(wanted.kladde)
        except KpiError as error:
            st.warning(plain(f"{error.title}. {error.message}"), icon=":material/link_off:")
            state.pop(_OPEN, None)
            return wanted
    if draft is None and DAY not in state and _OPEN in state:
        draft = state[_OPEN]  # the page was left and its boxes with it
    if draft is None:
        _begin(wanted, catalog)
        return put_back(wanted, catalog, pinned)
    choice, gone = of_today(draft.choice, catalog)
    if gone:
        named = listing([f"»{each}«" for each in gone])
        state[_SAID] = f"{named} findes ikke længere og er taget ud af kladden."
    state[_OPEN] = draft
    state[_NAME] = draft.name
    put_in_boxes(choice, draft.day, pinned)
    return replace(
        wanted, moede=choice.meeting_id or NO_MEETING, omraade=choice.area_id, blandt=choice.among,
        kladde=draft.draft_id,
    )  # fmt: skip


def _begin(wanted: Selection, catalog: Catalog) -> None:
    """A committee's standing choice, where the session has made nothing of its own yet."""
    state = st.session_state
    meeting = catalog.meetings.get(asked_meeting(wanted, catalog))
    if meeting is None or state.get(_BEGUN) == meeting.body or _OPEN in state:
        return
    first = _BEGUN not in state
    state[_BEGUN] = meeting.body
    settled = standing(meeting.body)
    state.pop(_SETTLED, None)
    if settled is not None and first and not is_arranged():
        state[_SETTLED] = of_today(settled, catalog)[0]
        put_arrangement(state[_SETTLED])


def once_saved(step: Callable[..., None], *args: object) -> None:
    """Takes a press that leaves the draft or copies it: done once the page has kept what is on it.

    What was typed last comes in the same run as the press, or in one that the press ends.
    """
    st.session_state[_PRESSED] = partial(step, *args)


def do_pressed() -> None:
    """Does what was pressed before the page was kept; before any box of the page is drawn."""
    if step := st.session_state.pop(_NOW, None):
        step()


def forget_press() -> None:
    """For a page that cannot be kept: a press that came with it is not done later, unasked."""
    st.session_state.pop(_PRESSED, None)


def save_draft(paper: Paper, day: date, pinned: date | None, mark: DeltaGenerator) -> str:
    """Keeps what is on the page; the draft's id, empty where there is none. `mark` says how it is.

    A draft is begun by the first thing that a person makes of their own. A `pinned` day is the
    visitor's, and no part of it. What was pressed meanwhile is done then (`once_saved`).
    """
    draft_id = _kept(paper, day, pinned, mark)
    if step := st.session_state.pop(_PRESSED, None):
        st.session_state[_NOW] = step
        st.rerun()
    return draft_id


def _kept(paper: Paper, day: date, pinned: date | None, mark: DeltaGenerator) -> str:
    state = st.session_state
    base: Draft | None = state.get(_OPEN)
    said = state.pop(_SAID, "")
    if said:
        mark.warning(plain(said), icon=":material/group:")
    if not uploads_are_open() or is_picture() or (base is None and not _is_begun(paper.choice)):
        return base.draft_id if base else ""
    name = state.get(_NAME) or paper.choice.cover or paper.occasion or paper.dated
    try:
        if base is None:
            state[_OPEN] = doors.new_draft(name, paper.choice, day)
            # The list above has it from the next run on, and the box its name.
            state[_NEXT] = state[_OPEN]
            st.rerun()
        kept = doors.keep_draft(base, name, paper.choice, base.day if pinned else day)
    except KpiError as error:
        forget_press()
        with mark:
            show_fault(error)
        return base.draft_id if base else ""
    state[_OPEN] = kept.draft
    if kept.aside or kept.joined:
        state[_NEXT] = kept.draft
        state[_SAID] = (
            "Ændret af en anden samtidig. Din udgave er gemt som en kladde for sig: "
            f"{kept.draft.name}."
            if kept.aside
            else "Ændret af en anden. Begges ændringer er med i kladden."
        )
        st.rerun()
    if not said:
        mark.badge("Gemt", icon=":material/cloud_done:", color="green")
    return kept.draft.draft_id


def _is_begun(choice: Choice) -> bool:
    """Whether a person has made something of their own, beside what the committee has settled."""
    settled: Choice | None = st.session_state.get(_SETTLED)
    if settled is None:
        return is_arranged()
    area_id, meeting_id, among = choice.area_id, choice.meeting_id, choice.among
    return replace(settled, area_id=area_id, meeting_id=meeting_id, among=among) != choice


def write_address(
    choice: Choice, day: date, catalog: Catalog, draft_id: str, pinned: date | None
) -> None:
    """Writes what is on the page into its address, and notes which draft that names.

    The day stands there where it is not the meeting's own; a draft has it itself.
    """
    st.session_state[_LINKED] = draft_id
    own = own_day(choice.meeting_id, catalog)
    note_shown(choice, own if pinned else day)
    write_url(
        Selection(
            "udvalg",
            moede=choice.meeting_id or NO_MEETING,
            omraade=choice.area_id,
            blandt=choice.among,
            dag="" if pinned or draft_id or day == own else day.isoformat(),
            kladde=draft_id,
        )
    )


def show_drafts(catalog: Catalog, body: str) -> None:
    """All drafts, the last changed first, each with its link and what can be done with it."""
    state = st.session_state
    if fault := state.pop(_FAULT, None):
        show_fault(fault)
    kept = drafts()
    current: Draft | None = state.get(_OPEN)
    if kept:
        show_heading(
            "Kladder", "Alt, I vælger og skriver, gemmes med det samme. Linket åbner kladden."
        )
        packs = saved_packs()
        with st.container(key="udvalg-kladder", gap="xsmall"):
            for draft in kept[:_MOST_SHOWN]:
                _show_draft(draft, catalog, current, packs)
        if len(kept) > _MOST_SHOWN:
            st.markdown(small(f"Og {len(kept) - _MOST_SHOWN} til."))
    if not uploads_are_open():
        return
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        if current:
            state.setdefault(_NAME, current.name)
            st.text_input("Kladdens navn", key=_NAME, width=420)
            if words := too_long("Navnet", st.session_state[_NAME], MOST_LETTERS):
                st.markdown(small(f"{words} Resten kommer ikke med."))
            st.button(
                "Ny kladde", icon=":material/add:", key="udvalg-ny",
                on_click=once_saved, args=(_start_anew,),
            )  # fmt: skip
        if body and current:
            st.button(
                "Brug som fast valg", icon=":material/push_pin:", key="udvalg-fast",
                help=plain(f"Nye kladder til {body} begynder med disse figurer."),
                on_click=once_saved, args=(_settle, body),
            )  # fmt: skip
        if body and standing(body):
            st.button(
                "Ophæv fast valg", icon=":material/keep_off:", key="udvalg-ikke-fast",
                on_click=_unsettle, args=(body,),
            )  # fmt: skip


def _show_draft(
    draft: Draft, catalog: Catalog, current: Draft | None, packs: Sequence[SavedPack]
) -> None:
    is_open = current is not None and current.draft_id == draft.draft_id
    name, meeting, figures, actions = st.columns(
        [3, 2.7, 1.1, 3], vertical_alignment="center", gap="small"
    )
    with name:
        if is_open:
            st.markdown(f"**{plain(draft.name)}**")
        else:
            st.button(
                plain(draft.name), key=f"udvalg-aabn-{draft.draft_id}", type="tertiary",
                on_click=once_saved, args=(_go_on_with, draft),
            )  # fmt: skip
    # A draft that nobody has named is called after its meeting: once is enough.
    if (called := meeting_name(draft.choice.meeting_id, catalog)) != draft.name:
        meeting.markdown(plain(called))
    with figures:
        if is_open:
            st.badge("Åben", icon=":material/edit:", color="blue")
        if any((pack.choice, pack.as_of) == (draft.choice, draft.day) for pack in packs):
            st.badge("Pakke gemt", icon=":material/check_circle:", color="green")
    with actions, st.container(horizontal=True, gap="small"):
        _show_actions(draft, catalog)


def _show_actions(draft: Draft, catalog: Catalog) -> None:
    selection = Selection(
        "udvalg", moede=draft.choice.meeting_id or NO_MEETING, omraade=draft.choice.area_id,
        kladde=draft.draft_id,
    )  # fmt: skip
    with st.popover("Link", icon=":material/link:", type="tertiary"):
        st.code(link_of(selection), language=None, wrap_lines=True)
    if not uploads_are_open():
        return
    with st.popover("Kopiér til nyt møde", icon=":material/content_copy:", type="tertiary"):
        for meeting_id in list(catalog.meetings)[::-1]:
            st.button(
                plain(meeting_name(meeting_id, catalog)), type="tertiary",
                key=f"udvalg-kopi-{draft.draft_id}-{meeting_id}",
                on_click=once_saved, args=(_copy, draft, meeting_id, catalog),
            )  # fmt: skip
    with st.popover("Slet", icon=":material/delete:", type="tertiary"):
        st.button(
            "Slet kladden for alle", key=f"udvalg-slet-{draft.draft_id}",
            on_click=_remove, args=(draft,),
        )  # fmt: skip


def draft_name() -> str:
    """What people call the draft that is open; empty where there is none."""
    current: Draft | None = st.session_state.get(_OPEN)
    return str(st.session_state.get(_NAME) or current.name) if current else ""


def leave_draft() -> None:
    """What is chosen from now on is no part of the draft that was open."""
    for key in (_OPEN, _NAME):
        st.session_state.pop(key, None)


def _go_on_with(draft: Draft) -> None:
    st.session_state[_NEXT] = draft


def _start_anew() -> None:
    state = st.session_state
    for key in (_OPEN, _NAME, _BEGUN, OF_MEETING):
        state.pop(key, None)
    put_arrangement(NEW_CHOICE)
    st.query_params.pop("kladde", None)
    state[_LINKED] = ""


def _settle(body: str) -> None:
    current: Draft | None = st.session_state.get(_OPEN)
    if current is not None:
        _keep_standing(body, current.choice)


def _unsettle(body: str) -> None:
    _keep_standing(body, None)


def _keep_standing(body: str, choice: Choice | None) -> None:
    try:
        doors.keep_standing(body, choice)
    except KpiError as error:
        st.session_state[_FAULT] = error


def _copy(draft: Draft, meeting_id: str, catalog: Catalog) -> None:
    meeting = catalog.meetings[meeting_id]
    current: Draft | None = st.session_state.get(_OPEN)
    if current is not None and current.draft_id == draft.draft_id:
        draft = current  # with what was typed since its row was drawn
    name = f"{draft.name.partition(' (kopi til ')[0]} (kopi til {fmt.long_date(meeting.day)})"
    try:
        copied = doors.copy_draft(draft, name, meeting_id, meeting.day)
    except KpiError as error:
        st.session_state[_FAULT] = error
        return
    st.session_state[_NEXT] = copied
    st.session_state[_SAID] = said_of_copy(copied)


def _remove(draft: Draft) -> None:
    state = st.session_state
    try:
        doors.remove_draft(draft.draft_id)
    except KpiError as error:
        state[_FAULT] = error
        return
    if (current := state.get(_OPEN)) and current.draft_id == draft.draft_id:
        _start_anew()
