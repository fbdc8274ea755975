"""What people have entered beside files of figures, with the way back."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.model import Entry
from kpi.domain.plan import Plan
from kpi.domain.wording import capital
from kpi.plan.changes import PlanChange
from kpi.views.entry import entry_state, entry_words, undone_words
from kpi.views.entry_details import entry_details, rest_words
from ui.badges import plain, small
from ui.doors import withdraw_entry
from ui.switches import uploads_are_open
from ui.undo import show_undo

_MOST_SHOWN = 20


# By entry what it changed, field by field, of the entries asked for.
ReadChanges = Callable[[tuple[int, ...]], Mapping[int, tuple[PlanChange, ...]]]


def show_entries(
    entries: Sequence[Entry], catalog: Catalog, plan: Plan, read_changes: ReadChanges,
    of: str = "Registreringer i handleplanen", key: str = "indfoert",
) -> None:  # fmt: skip
    """What people have entered, newest first: what it changed field by field, and the way back.

    Nothing where nothing is.
    """
    if not entries or not uploads_are_open():
        return
    shown = entries[:_MOST_SHOWN]
    with st.expander(f"{of} ({len(entries)})", key=key, icon=":material/history:"):
        changes = read_changes(tuple(entry.entry_id for entry in shown))
        for entry in shown:
            of_entry = () if entry.is_removed else changes.get(entry.entry_id, ())
            _show_entry(entry, _details(of_entry, catalog, plan))
        if len(entries) > _MOST_SHOWN:
            st.markdown(small(f"Viser de {_MOST_SHOWN} nyeste af {len(entries)}."))


def _details(changes: Sequence[PlanChange], catalog: Catalog, plan: Plan) -> str:
    """What an entry changed as a list: a point a field, under the row that it is of."""
    details = entry_details(changes, catalog, plan)
    lines = []
    for detail in details:
        if len(details) > 1 or detail.is_correction or detail.is_status:
            lines.append(small(f"{detail.word}: {plain(detail.name)}"))
        lines.append("\n".join(f"- {small(plain(line))}" for line in detail.lines))
    rest = rest_words(changes)
    return "\n\n".join([*lines, *([small(rest)] if rest else [])])


def _show_entry(entry: Entry, details: str) -> None:
    icon = "delete_forever" if entry.is_removed else "undo"
    word = capital(entry_state(entry))
    state = f":gray-badge[:material/{icon}: {word}]" if entry.withdrawn_on else ""
    withdrawn = ""
    if entry.withdrawn_on:
        day = fmt.partial_date(entry.withdrawn_on)
        why = plain(entry.withdrawn_why)
        withdrawn = f"  \n:small[{word} af {plain(entry.withdrawn_by)}, {day}: {why}]"
    with st.container(border=True):
        with st.container(
            horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"
        ):
            is_named = entry.origin and not entry.is_removed
            origin = f" · {plain(entry.origin)}" if is_named else ""
            st.markdown(
                f"**Nr. {entry.entry_id} · {plain(entry_words(entry))}** {state}  \n"
                + small(f"{plain(entry.entered_by)}, {fmt.danish_time(entry.entered_at)}{origin}")
                + withdrawn,
                width="stretch",
            )
            if not entry.withdrawn_on:
                _show_way_back(entry)
        if details:
            st.markdown(details)


def _show_way_back(entry: Entry) -> None:
    with st.popover("Fortryd", icon=":material/undo:", key=f"tilbage-{entry.entry_id}"):
        show_undo(
            f"tilbage-{entry.entry_id}",
            f"**Vil du fortryde registrering nr. {entry.entry_id}?** Det, der stod før, "
            "gælder igen med det samme.",
            "Fortryd registreringen",
            lambda by, why: withdraw_entry(entry.entry_id, by, why),
            undone_words(entry.entry_id),
        )
