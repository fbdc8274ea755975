"""Before a new indicator's fields: which of the file's measures it is, and whether it is new."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.units import unit_name
from kpi.domain.wording import capital
from kpi.views.new_alike import Alike
from ui.badges import plain, small
from ui.new_offer import read_as_known
from ui.new_state import Opened, close_new, field_key, open_new
from ui.upload_asked import MEASURES, remembered
from ui.upload_files import NAME, key_of

_YES = "nyt"


def measures_of(opened: Opened) -> list[str]:
    """The file's measures, where the new indicator is one of several columns of it; else none."""
    known: list[str] = remembered(MEASURES, ())
    measure = opened.recipe.value if opened.recipe else ""
    return list(known) if measure in known and len(known) > 1 else []


def show_measures(opened: Opened, known: Sequence[str]) -> None:
    """Which of the file's measures the new indicator is."""
    key = field_key("maal")
    st.session_state.setdefault(key, opened.recipe.value if opened.recipe else known[0])
    st.pills(
        f"Filen har {fmt.count_word(len(known))} mål. Hvilket er det?", known, key=key,
        required=True, on_change=_other_measure, args=(opened, key),
    )  # fmt: skip


def _other_measure(opened: Opened, key: str) -> None:
    """The form anew, of another of the file's measures."""
    measure = st.session_state.get(key)
    if not measure or opened.recipe is None:
        return
    st.session_state[key_of("maal")] = measure
    open_new(opened.table, measure, replace(opened.recipe, value=measure), opened.answer)


def ask_if_new(alike: Sequence[Alike]) -> Alike | None:
    """Whether it is one that there is already: that one, or None for a new one."""
    if not alike:
        return None
    by_id = {each.indicator.indicator_id: each for each in alike}
    key = field_key("er-nyt")
    if st.session_state.get(key, _YES) not in (_YES, *by_id):
        st.session_state.pop(key)
    names = {_YES: "Ja, opret det"} | {
        own: f"Nej, det er »{plain(each.indicator.short_name)}«" for own, each in by_id.items()
    }
    reasons = ["", *(f"{plain(each.indicator.name)}: {each.why}" for each in alike)]
    chosen = st.radio(
        "Er det nyt?", list(names), format_func=names.__getitem__, captions=reasons, key=key,
        persist_state="session",
    )  # fmt: skip
    return by_id.get(chosen)


def show_known(opened: Opened, known: Alike, catalog: Catalog, file: str) -> None:
    """What is known of the indicator that there is already, and the way to use it."""
    indicator = known.indicator
    theme = catalog.themes[indicator.theme_id].name
    with st.container(border=True):
        st.markdown(f"**{plain(indicator.name)}**")
        st.markdown(small(plain(f"{theme} · {capital(unit_name(indicator.unit))}")))
        st.markdown(plain(indicator.definition))
    by = ""
    if not opened.answer:
        by = st.text_input("Dit navn", key=NAME, autocomplete="name", persist_state="session")
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        pressed = st.button(
            f"Brug »{plain(indicator.short_name)}«", type="primary", icon=":material/check:",
            key=key_of("nyt-brug-kendt"),
        )  # fmt: skip
        st.button("Annullér", type="tertiary", key=key_of("nyt-annuller"), on_click=close_new)
    if not pressed:
        return
    if opened.answer:
        st.session_state[opened.answer] = indicator.indicator_id
        close_new()
        st.rerun()
    if read_as_known(opened.table, indicator.indicator_id, opened.text, by or "", catalog, file):
        close_new()
        st.rerun()
