"""Recipes on the upload page: choosing one that fits, and making one for a new kind of extract."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from kpi.catalog import Catalog
from kpi.errors import KpiError
from kpi.ingest.checking import Checked
from kpi.ingest.raw import HIDDEN, TYPED, UNREADABLE
from kpi.ingest.recipe import MadeFrom
from kpi.store.uploads import keep_recipe
from kpi.views.recipe_draft import RecipeDraft, guessed, labels_of
from kpi.wording import listing
from ui.badges import plain, small
from ui.new_offer import offer_new_indicator
from ui.page import show_heading
from ui.upload_files import key_of
from ui.upload_state import recipes

SKIP = ""
DECIMALS = {"": "Afgøres af kolonnen", "comma": "Komma", "point": "Punktum"}
_ROWS_SHOWN = 5
_MOST_LABELS = 40
# What the core writes before a cell that the file typed, hid or could not tell.
MARKS = TYPED + UNREADABLE + HIDDEN
_OWN = "indlaes-egne-opskrifter"


def show_recipe_choice(checked: Checked) -> None:
    """The box of recipes that fit the file."""
    known = recipes()
    fitting = [name for name in checked.fitting if name in known]
    if not fitting:
        return
    st.selectbox(
        "Opskrift",
        fitting,
        index=None,
        format_func=lambda name: known[name].title,
        key=key_of("opskrift"),
        placeholder="Vælg opskrift",
    )


def show_recipe_form(checked: Checked, catalog: Catalog, is_needed: bool) -> None:
    """A form that says which column holds what, kept as a recipe and used at once."""
    if is_needed:
        show_heading(
            "Lav en opskrift",
            "Angiv én gang, hvad kolonnerne indeholder. Næste udtræk af samme slags læses "
            "automatisk.",
        )
        place = st.container(border=True)
    else:
        place = st.expander("Lav eller ret en opskrift", icon=":material/menu_book:")
    with place:
        _show_sample(checked)
        draft = _ask_what(checked, catalog)
        offer_new_indicator(draft, checked.measure or draft.value or checked.title)
        draft = _ask_groups(draft, checked, catalog)
        draft = _ask_rows(draft, checked)
        missing = draft.missing()
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            st.button(
                "Gem opskriften, og læs filen med den",
                type="primary" if is_needed else "secondary",
                icon=":material/menu_book:",
                disabled=bool(missing),
                key=key_of("gem-opskrift"),
                on_click=_keep,
                args=(draft,),
            )
            if missing:
                st.markdown(small(f"Der mangler {listing(missing)}."), width="content")
        fault = st.session_state.pop(key_of("opskriftsfejl"), "")
        if fault:
            st.error(plain(fault), icon=":material/error:")


def _show_sample(checked: Checked) -> None:
    """The first rows as the file has them."""
    st.markdown(small(f"Filens første rækker ({plain(checked.title or checked.file)})"))
    frame = pd.DataFrame(
        [[plain(cell.strip(MARKS)) for cell in cells] for cells in checked.sample[:_ROWS_SHOWN]]
    )
    # A file may name two columns alike.
    names = [plain(one) for one in checked.columns]
    frame.columns = pd.Index(
        [name + "\u200b" * names[:place].count(name) for place, name in enumerate(names)]
    )
    st.table(frame, border="horizontal", hide_index=True, alt="Filens første rækker")


def _ask_what(checked: Checked, catalog: Catalog) -> RecipeDraft:
    columns = list(dict.fromkeys(checked.columns))
    first, second, third = st.columns(3)
    with first:
        title = st.text_input(
            "Opskriftens navn", max_chars=60, live=True,
            placeholder="For eksempel: RAS200 beskæftigelse", key=key_of("opskrift-navn"),
        )  # fmt: skip
    with second:
        source_id = st.selectbox(
            "Kilde", list(catalog.sources), index=None, key=key_of("opskrift-kilde"),
            format_func=lambda one: catalog.sources[one].title, placeholder="Vælg en kilde",
        )  # fmt: skip
    with third:
        indicator_id = st.selectbox(
            "Nøgletal", list(catalog.indicators), index=None, key=key_of("opskrift-noegletal"),
            format_func=lambda one: catalog.indicators[one].name, placeholder="Vælg et nøgletal",
        )  # fmt: skip
    chosen = {}
    roles = {"area": "Områdets kolonne", "period": "Periodens kolonne", "value": "Tallets kolonne"}
    *places, last = st.columns(4)
    for place, (role, label) in zip(places, roles.items(), strict=True):
        guess = guessed(role, columns)
        with place:
            chosen[role] = st.selectbox(
                label, columns, index=columns.index(guess) if guess else None,
                key=key_of(f"opskrift-{role}"), placeholder="Vælg en kolonne",
            )  # fmt: skip
    with last:
        decimal = st.selectbox(
            "Decimaltegn", list(DECIMALS), format_func=DECIMALS.__getitem__,
            key=key_of("opskrift-decimaltegn"),
        )  # fmt: skip
    return RecipeDraft(
        title or "", source_id or "", indicator_id or "", chosen["area"] or "",
        chosen["period"] or "", chosen["value"] or "", decimal=decimal or "",
        made_from=MadeFrom(checked.title, checked.measure, checked.unit, checked.table_id),
    )  # fmt: skip


def _ask_groups(draft: RecipeDraft, checked: Checked, catalog: Catalog) -> RecipeDraft:
    used = {draft.area, draft.period, draft.value}
    free = [one for one in dict.fromkeys(checked.columns) if one not in used]
    column = st.selectbox(
        "Gruppens kolonne (hvis filen har flere grupper)", free, index=None,
        key=key_of("opskrift-gruppe"), placeholder="Ingen: nøgletallets egen gruppe",
    )  # fmt: skip
    if not column:
        return draft
    labels = labels_of(column, checked.columns, checked.sample)
    # Labels further down are told as unknown once the file is read with the recipe.
    labels += [one.value for one in checked.problems if one.code == "unknown_group" and one.value]
    options = [SKIP, *catalog.groups]
    groups, skipped = {}, []
    fields = st.columns(3)
    for number, label in enumerate(list(dict.fromkeys(labels))[:_MOST_LABELS]):
        with fields[number % 3]:
            one = st.selectbox(
                f"»{plain(label)}« er", options, key=key_of(f"opskrift-gruppe-{column}-{label}"),
                format_func=lambda one: catalog.groups[one].name if one else "(spring over)",
            )  # fmt: skip
        if one:
            groups[label] = one
        else:
            skipped.append(label)
    return replace(draft, group=column, groups=groups, skipped_groups=skipped)


def _ask_rows(draft: RecipeDraft, checked: Checked) -> RecipeDraft:
    used = {draft.area, draft.period, draft.value, draft.group}
    free = [one for one in dict.fromkeys(checked.columns) if one not in used]
    left, right = st.columns(2)
    with left:
        columns = st.multiselect(
            "Brug kun nogle rækker, valgt efter", free, key=key_of("opskrift-behold"),
            placeholder="Ingen: alle rækker bruges",
        )  # fmt: skip
        keep = {
            column: st.multiselect(
                f"Rækker, hvor {plain(column)} er",
                labels_of(column, checked.columns, checked.sample),
                key=key_of(f"opskrift-behold-{column}"),
                accept_new_options=True,
                placeholder="Vælg, eller skriv en værdi",
            )
            for column in columns
        }
    with right:
        unknown = [
            one.value for one in checked.problems if one.code == "unknown_area" and one.value
        ]
        labels = labels_of(draft.area, checked.columns, checked.sample)
        areas = st.multiselect(
            "Spring disse områder over", list(dict.fromkeys([*unknown, *labels])),
            key=key_of("opskrift-omraader"), accept_new_options=True,
            placeholder="Ingen. Skriv for eksempel Province *",
        )  # fmt: skip
    return replace(draft, keep=keep, skipped_areas=areas)


def _keep(draft: RecipeDraft) -> None:
    """Keeps the recipe and chooses it; a fault is told under the form."""
    own: set[str] = st.session_state.setdefault(_OWN, set())
    if draft.name in recipes() and draft.name not in own:
        st.session_state[key_of("opskriftsfejl")] = (
            f"Der er allerede en opskrift, der hedder »{draft.name}«. Giv din et andet navn."
        )
        return
    try:
        keep_recipe(draft.toml(), draft.name)
    except KpiError as error:
        st.session_state[key_of("opskriftsfejl")] = f"{error.title}: {error.message}"
        return
    own.add(draft.name)
    st.session_state[key_of("opskrift")] = draft.name
