"""Recipes on the upload page: choosing one that fits, and making one for a new kind of extract."""

from dataclasses import replace

import streamlit as st

from kpi.catalog import Catalog
from kpi.errors import KpiError
from kpi.ingest.checking import Checked
from kpi.store.uploads import keep_recipe
from kpi.views.recipe_draft import RecipeDraft, guessed, labels_of
from kpi.wording import listing
from ui.badges import plain, small
from ui.page import show_heading
from ui.upload_state import key_of, recipes

_NONE, _SKIP = "", "(spring over)"
_MARKS = {"": "Afgøres af kolonnen", "comma": "Komma", "point": "Punktum"}
_MOST_LABELS = 40
_OWN = "indlaes-egne-opskrifter"


def show_recipe_choice(checked: Checked) -> None:
    """The box of recipes that fit the file."""
    known = recipes()
    fitting = [name for name in checked.fitting if name in known]
    st.selectbox(
        "Opskrift",
        fitting,
        index=None,
        format_func=lambda name: known[name].title,
        key=key_of("opskrift"),
        placeholder="Vælg opskrift" if fitting else "Ingen opskrift passer",
        disabled=not fitting,
    )


def show_recipe_form(checked: Checked, catalog: Catalog, is_needed: bool) -> None:
    """A form that says which column holds what, kept as a recipe and used at once."""
    show_heading(
        "Lav en opskrift",
        "Sig én gang, hvad kolonnerne holder. Næste udtræk af samme slags læses af sig selv.",
    ) if is_needed else None
    with st.container(border=True) if is_needed else st.expander("Lav eller ret en opskrift"):
        _show_sample(checked)
        draft = _ask(checked, catalog)
        draft = _ask_groups(draft, checked, catalog)
        draft = _ask_rows(draft, checked)
        missing = draft.missing()
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            pressed = st.button(
                "Gem opskriften, og læs filen med den",
                type="primary",
                icon=":material/menu_book:",
                disabled=bool(missing),
                key=key_of("gem-opskrift"),
                on_click=_keep,
                args=(draft,),
            )
            if missing:
                st.markdown(small(f"Der mangler {listing(missing)}."), width="content")
        fault = st.session_state.pop(key_of("opskriftsfejl"), None)
        if fault and not pressed:
            st.error(plain(fault), icon=":material/error:")
        elif fault:
            st.error(plain(fault), icon=":material/error:")
