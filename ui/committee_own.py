"""Slides of a person's own text among the figures of a meeting."""

import streamlit as st

from kpi.domain.errors import KpiError
from kpi.domain.lengths import too_long
from kpi.domain.personal import refuse_personal_texts
from kpi.export.choice import OwnSlide
from kpi.export.headings import slide_contradictions
from kpi.export.paper import Paper
from ui.badges import plain
from ui.committee_state import SLIDES
from ui.page import show_fault

_TITLE, _TEXT, _AFTER, _REFUSED = (
    "udvalg-egen-titel", "udvalg-egen-tekst", "udvalg-egen-efter", "udvalg-egen-afvist",
)  # fmt: skip
_MOST_TITLE, _MOST_TEXT, _MOST_SLIDES = 120, 800, 12


def show_own_slides(paper: Paper) -> None:
    """The slides of text there are, each with a way to remove it, and fields for one more."""
    slides: list[OwnSlide] = list(st.session_state.get(SLIDES, []))
    names = {item.exhibit.key: item.title for item in paper.items}
    label = f"Egne tekstslides ({len(slides)})" if slides else "Egne tekstslides"
    with st.expander(label, key="udvalg-egne", icon=":material/notes:"):
        for number, own in enumerate(slides):
            after = f"efter »{names[own.after]}«" if own.after in names else "før figurerne"
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                st.markdown(f"**{plain(own.title)}**, {plain(after)}", width="stretch")
                st.button(
                    "Fjern slide", key=f"udvalg-egen-fjern-{number}", type="tertiary",
                    icon=":material/remove_circle_outline:", on_click=_remove, args=(number,),
                )  # fmt: skip
        for words in slide_contradictions(paper):
            st.warning(plain(words), icon=":material/warning:")
        if len(slides) >= _MOST_SLIDES:
            return
        st.text_input("Titel på ny slide", key=_TITLE, persist_state="session")
        st.text_area(
            "Tekst, ét punkt på hver linje", key=_TEXT, height="content", persist_state="session"
        )
        st.selectbox(
            "Placering", ["", *names], key=_AFTER,
            format_func=lambda key: f"Efter: {names[key]}" if key else "Før figurerne",
        )  # fmt: skip
        st.button("Tilføj slide", key="udvalg-egen-ind", icon=":material/add:", on_click=_add)
        if refused := st.session_state.pop(_REFUSED, None):
            show_fault(refused)


def _add() -> None:
    state = st.session_state
    title, text = " ".join(state[_TITLE].split()), state[_TEXT].strip()
    try:
        if not title:
            raise KpiError("Sliden mangler en titel", "Skriv, hvad den handler om.")
        for what, words, most in (("Titlen", title, _MOST_TITLE), ("Teksten", text, _MOST_TEXT)):
            if fault := too_long(what, words, most):
                raise KpiError("Sliden er ikke tilføjet", f"{fault} Skriv det kortere.")
        refuse_personal_texts(title, text)
    except KpiError as error:
        state[_REFUSED] = error
        return
    state[SLIDES] = [*state.get(SLIDES, []), OwnSlide(title, text, state[_AFTER])]
    state[_TITLE] = state[_TEXT] = ""


def _remove(number: int) -> None:
    slides = list(st.session_state.get(SLIDES, []))
    st.session_state[SLIDES] = [*slides[:number], *slides[number + 1 :]]
