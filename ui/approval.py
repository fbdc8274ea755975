"""Fetched files that wait: each shown as an upload is, and a form that publishes or rejects it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError
from kpi.fetch.deciding import read_waiting
from kpi.fetch.queue import NotWaitingError, rejections
from kpi.fetch.small_numbers import may_tell_hidden, shown_file
from kpi.ingest.checked import Checked
from kpi.ingest.mapping.choices import Choices
from kpi.store import home_folder
from kpi.views import approval as view
from kpi.views.approval import WaitingCard
from kpi.views.upload import is_compared, why_locked
from kpi.views.upload_counts import guarded_words, recoverable_words
from kpi.views.upload_problems import errors_of, has_personal_data
from kpi.views.waiting_figures import Evidence, evidence
from kpi.views.waiting_moves import Moves
from kpi.views.warning_kinds import unseen_words, warning_kinds
from ui import cache
from ui.badges import badge_text, plain, show_badges, small
from ui.doors import approve, reject
from ui.exhibits import show_table
from ui.keeping import kept
from ui.page import show_fault, show_heading, two_columns
from ui.turns import waiting
from ui.upload import show_refused
from ui.upload_changes import (
    show_before_after,
    show_change_chart,
    show_changes,
    show_counts,
)
from ui.upload_files import NAME, KeyOf, current_file, keep_message, put_down
from ui.upload_problems import show_problems
from ui.upload_ticks import is_seen
from ui.upload_work import changes_file, check_file

_PRESSED = "godkend-trykket"
_ALL_SHOWN = "godkend-alle-vist"
_Decision = Literal["approve", "reject"]


@dataclass(frozen=True)
class _Press:
    """A press on a form that may be of an earlier page: the file waits no longer then."""

    card: WaitingCard
    decision: _Decision


def show_approvals(cards: tuple[WaitingCard, ...], version_key: str) -> Callable[[], None]:
    """What waits, before everything else; a line of it while a person has a file of their own.

    What it returns draws the files that are open into their places: reading one takes its seconds,
    and the rest of the page need not wait for them.
    """
    opened: list[tuple[DeltaGenerator, WaitingCard, _Press | None]] = []

    def show_files() -> None:
        for place, card, mine in opened:
            with place:
                _show_file(card, version_key, mine)

    press: _Press | None = st.session_state.pop(_PRESSED, None)
    if press and press.card.id not in {card.id for card in cards}:
        _show_gone(press.card)
    if not cards:
        return show_files
    if current_file() is not None:
        _show_line(len(cards))
        return show_files
    with st.container(key="godkend"):
        show_heading(
            view.section_title(len(cards)),
            "Filer, som Spor selv har hentet. Intet er udgivet, før en af jer godkender det.",
        )
    shown_cards = cards if _ALL_SHOWN in st.session_state else view.first_cards(cards)
    for number, card in enumerate(shown_cards):
        with st.container(border=True, gap="small"):
            _show_top(card)
            mine = press if press and press.card.id == card.id else None
            if len(cards) == 1:
                opened.append((st.container(), card, mine))
                continue
            shown = st.expander(
                "Ændringer og godkendelse",
                expanded=number == 0,
                key=f"godkend-fil-{card.id}",
                icon=":material/fact_check:",
                on_change="rerun",
            )
            # What nobody looks at is not read: each file takes its seconds.
            if shown.open:
                opened.append((shown, card, mine))
            else:
                st.markdown(small(plain(card.counts)))
    if rest := len(cards) - len(shown_cards):
        st.button(
            view.rest_words(rest), key="godkend-alle", icon=":material/expand_more:",
            on_click=_show_all,
        )  # fmt: skip
    return show_files


def _gone_words(card: WaitingCard) -> str:
    """What became of a file since it was shown, by the newest version whatever the page shows."""
    return view.gone_words(card, rejections(home_folder()), cache.batches_of(cache.version()))


def _show_gone(card: WaitingCard) -> None:
    st.warning(plain(_gone_words(card)), icon=":material/warning:")


def _show_all() -> None:
    st.session_state[_ALL_SHOWN] = True


def _show_line(count: int) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        words = view.page_title(count)
        st.markdown(small(f":material/cloud_download: {plain(words)}."), width="content")
        st.button(
            "Vis", key="godkend-vis", type="tertiary", icon=":material/arrow_forward:",
            help="Din egen fil bliver i køen", on_click=put_down,
        )  # fmt: skip


def _show_top(card: WaitingCard) -> None:
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"
    ):
        st.markdown(f"{badge_text(card.badge)}&ensp;**{plain(card.title)}**", width="content")
        st.markdown(small(plain(card.origin)), width="content")


@kept(most=8)
def _read(version_key: str, waiting_id: str, name: str, read_by: str) -> Checked:
    """What is told of the file against the version's figures, once for all who look at it.

    `read_by` is other words where the recipe was changed, and the file is read anew.
    """
    _, upload, choices = read_waiting(waiting_id)
    with waiting(f"Læser »{plain(name)}« …"):
        return shown_file(check_file(upload, choices), choices.recipe, home_folder())


def _show_file(card: WaitingCard, version_key: str, press: _Press | None) -> None:
    """The file as it reads against today's figures, and what can be decided about it."""

    def key(field: str) -> str:
        return f"godkend-{field}-{card.id}"

    try:
        _, _, choices = read_waiting(card.id)
        checked = _read(version_key, card.id, card.title, repr(choices))
    except NotWaitingError:
        _show_gone(card)
        return
    except KpiError as error:
        show_fault(error)
        _show_form(card, None, key, press)
        return
    if has_personal_data(checked):
        show_refused(checked)
    elif checked.is_published_already:
        st.info(view.NOTHING_LEFT, icon=":material/drag_handle:")
    else:
        _show_reading(card, checked, choices, version_key, key)
    _show_form(card, checked, key, press)


@kept(most=8)
def _evidence(version_key: str, waiting_id: str, name: str, read_by: str) -> Evidence:
    """What of the file a person looks at first, once for all who look at it."""
    checked = _read(version_key, waiting_id, name, read_by)
    catalog = cache.catalog(version_key)
    return evidence(checked, cache.store(version_key), catalog, cache.home_area(catalog))


def _show_reading(
    card: WaitingCard, checked: Checked, choices: Choices, version_key: str, key: KeyOf
) -> None:
    """What it would change: what is asked about first, the others and every problem folded away."""
    seen = _evidence(version_key, card.id, card.title, repr(choices))
    is_clean = not errors_of(checked) and seen.about
    st.markdown(plain(seen.about if is_clean else f"{view.reading_title(checked, choices)}."))
    show_badges(seen.chips)
    if errors_of(checked):
        st.markdown("\n".join(f"- {plain(line)}" for line in view.error_lines(checked)))
    if seen.moves:
        _show_moves(seen.moves, key)
    if is_compared(checked, choices) and checked.changes:
        catalog = cache.catalog(version_key)
        if not seen.moves:
            _show_changes(card, checked, catalog, key)
        else:
            with st.expander("Se alle ændringer", icon=":material/difference:"):
                _show_changes(card, checked, catalog, key)
    if checked.problems:
        with st.expander(plain(view.problems_title(checked)), icon=":material/list:"):
            show_problems(checked, key)


def _show_moves(moves: Moves, key: KeyOf) -> None:
    """The figures that are asked about beside the series of the first."""
    left, right = two_columns(key("spor"), 1.6)
    with left:
        show_heading(moves.title)
        show_table(moves.table, moves.title)
        if moves.note:
            st.markdown(small(plain(moves.note)))
    if moves.chart:
        with right:
            show_heading(moves.chart.title, moves.under)
            show_change_chart(moves.chart, key("serie"), with_title=False)


def _show_changes(card: WaitingCard, checked: Checked, catalog: Catalog, key: KeyOf) -> None:
    """Every figure that would be added or changed, and how many rows came to what."""
    left, right = two_columns(key("venter"), 2.6)
    with left:
        title = "Ændringer i filen"
        show_changes(checked, catalog, title, partial(_all_changes, card.id), key)
    with right:
        show_counts(checked)
    show_before_after(checked, catalog, key)


def _all_changes(waiting_id: str) -> bytes:
    _, upload, choices = read_waiting(waiting_id)
    with_figures = not may_tell_hidden(choices.recipe, home_folder())
    return changes_file(upload, choices, with_figures=with_figures)


def _show_form(
    card: WaitingCard, checked: Checked | None, key: KeyOf, press: _Press | None
) -> None:
    """Ticks, note, name and both buttons: what is sent is what is on the screen.

    `checked` None: the file cannot be read, and can only be rejected.
    """
    may_publish = checked is not None and not errors_of(checked)
    is_published = checked is not None and checked.is_published_already
    kinds = warning_kinds(checked) if checked and may_publish and not is_published else ()
    if key("navn") not in st.session_state:
        st.session_state[key("navn")] = st.session_state.get(NAME) or ""
    # A key pressed by mistake must not publish figures.
    with st.form(key("form"), border=False, enter_to_submit=False):
        unseen = [kind for kind in kinds if not is_seen(kind, key)]
        left, right = st.columns([2, 1])
        with left:
            note = st.text_input("Note til historikken, eller grund til at afvise", key=key("note"))
        with right:
            by = st.text_input("Dit navn", key=key("navn"), autocomplete="name")
        with st.container(horizontal=True, gap="small"):
            _button(card, "reject", "Afvis", "block", is_primary=False, key=key)
            if may_publish:
                label = "Tag ud af køen" if is_published else "Udgiv"
                _button(card, "approve", label, "publish", is_primary=True, key=key)
    if checked is not None and errors_of(checked):
        st.markdown(
            small("Ret opskriften eller definitionen, så hentes filen igen, eller afvis filen.")
        )
    if press is None:
        return
    if press.decision == "reject":
        locked = view.why_not_signed(note, by, "afvise")
    elif checked is None or not may_publish:
        return
    elif is_published:
        locked = view.why_not_signed(note, by, "tage filen ud")
    else:
        locked = why_locked(checked, not unseen, note, by, unseen_words(unseen, kinds))
    if locked:
        st.error(plain(locked), icon=":material/error:")
        return
    _decide(press, by, note)


def _button(
    card: WaitingCard, decision: _Decision, label: str, icon: str, *, is_primary: bool, key: KeyOf
) -> None:
    st.form_submit_button(
        label,
        icon=f":material/{icon}:",
        type="primary" if is_primary else "secondary",
        key=key(decision),
        on_click=_note_press,
        args=(_Press(card, decision),),
    )


def _note_press(press: _Press) -> None:
    st.session_state[_PRESSED] = press


def _decide(press: _Press, by: str, note: str) -> None:
    try:
        if press.decision == "reject":
            with waiting("Afviser filen …"):
                reject(press.card.id, by, note)
                keep_message(view.rejected_words(press.card.title))
        else:
            with waiting("Udgiver tallene …"):
                done = approve(press.card.id, by, note)
                # Kept at once: from the end of the spinner on, another click may end this run.
                keep_message(view.approved_words(press.card.title, done))
                if done.recoverable:
                    keep_message(recoverable_words(done.recoverable), is_warning=True)
                if done.hidden:
                    words = guarded_words(done.hidden, cache.catalog(cache.version()))
                    keep_message(words, is_warning=True)
    except NotWaitingError:
        keep_message(_gone_words(press.card), is_warning=True)
    except KpiError as error:
        show_fault(error)
        return
    st.session_state[NAME] = by
    st.rerun()
