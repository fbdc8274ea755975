"""Recipes on the upload page: choosing one that fits, and making one for a new kind of extract."""

from dataclasses import replace

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError
from kpi.domain.wording import listing
from kpi.ingest.checked import Checked
from kpi.ingest.mapping.proposed_recipe import Proposal
from kpi.ingest.mapping.read_by_content import understood_words
from kpi.ingest.mapping.recipe import MadeFrom, Recipe
from kpi.ingest.mapping.recipe_fit import differences
from kpi.ingest.table.raw import HIDDEN, TYPED, UNREADABLE
from kpi.ingest.turning.column_texts import is_usual
from kpi.ingest.words.written_periods import period_of
from kpi.views.proposed_source import proposed_source
from kpi.views.recipe_draft import RecipeDraft, left_out
from kpi.views.whole_file import whole_file
from ui.badges import plain, small
from ui.doors import keep_recipe
from ui.new_offer import offer_new_indicator, offer_new_source
from ui.new_state import is_to_be_kept
from ui.page import show_fault, show_heading, show_lacking
from ui.recipe_fields import NOTHING, ask_columns, ask_groups, ask_rows, ask_unclear, ask_what
from ui.recipe_more import ask_more
from ui.upload_files import key_of, say_next
from ui.upload_state import recipes

_ROWS_SHOWN = 5
# What the core writes before a cell that is typed, hidden or unreadable in the file.
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
    """A form that says which column contains what, kept as a recipe and used at once.

    Where the contents of the file show all but its indicator, that alone is asked, and the rest
    waits in a box.
    """
    proposal = checked.proposal or NOTHING
    said = whole_file(checked, catalog)
    has_key = bool((proposal.area or said.area) and (proposal.period or said.period))
    is_understood = proposal.is_understood or (
        has_key and bool(proposal.value or proposal.measures or proposal.counts_shares)
    )
    if is_needed:
        _show_others(checked, catalog)
        show_heading(*_heading(checked))
        place = st.container(border=True)
    else:
        place = st.expander("Lav eller ret en opskrift", icon=":material/menu_book:")
    with place:
        draft = ask_what(checked, catalog, list(recipes()))
        offers = st.container(horizontal=True, gap="medium")
        # Its boxes come and go with what is chosen further down; in a place of their own they do
        # not move the boxes below, which a browser would then fold.
        with st.container():
            draft = ask_unclear(draft, checked)
        with _box("Sådan læses kolonnerne", is_open=is_needed and not is_understood):
            _show_sample(checked)
            draft = ask_columns(draft, checked)
            draft = ask_groups(draft, checked, catalog)
            draft = ask_rows(draft, checked)
        with _box("Flere valg", is_open=False):
            draft = ask_more(draft, checked, catalog)
        draft = replace(draft, made_from=_made_from(draft, proposal))
        if in_words := said.in_words(draft, catalog):
            st.markdown(small(plain(in_words)))
        source = proposed_source(checked, catalog)
        if source.why and draft.source_id == source.source_id:
            st.markdown(small(plain(f"Kilden er foreslået efter {source.why}.")))
        with offers:
            # Before the measure is chosen its row could not be filled in from the file; a column
            # that is called after one chooses it.
            is_column = draft.value != "" and not is_usual("value", draft.value)
            if is_column or not proposal.measures:
                offer_new_indicator(draft, _measure(checked, draft))
            offer_new_source(draft, checked.title or source.table)
        _show_keeping(draft, is_needed)


def _heading(checked: Checked) -> tuple[str, str]:
    proposal = checked.proposal or NOTHING
    later = "Næste udtræk af samme slags læses automatisk."
    if proposal.measures:
        return "Hvilket nøgletal er det?", f"Vælg først målet ovenfor. {later}"
    if proposal.is_understood:
        return "Hvilket nøgletal er det?", f"Læst i filen: {understood_words(proposal)}. {later}"
    return "Lav en opskrift", f"Angiv én gang, hvad kolonnerne indeholder. {later}"


def _box(label: str, is_open: bool) -> DeltaGenerator:
    return st.expander(label, expanded=is_open)


def _made_from(draft: RecipeDraft, proposal: Proposal) -> MadeFrom:
    """What the file said, with the one label of each column that the recipe does not use."""
    used = {*draft.keep, *draft.skipped_columns, draft.group, draft.indicator, draft.area,
            draft.period, draft.status, draft.note}  # fmt: skip
    labels = {name: label for name, label in proposal.labels.items() if name not in used}
    return replace(draft.made_from, labels=labels, left_out=left_out(draft, proposal))


def _measure(checked: Checked, draft: RecipeDraft) -> str:
    """What the file calls what it is of: the name of a new indicator.

    A head that any figures have ("INDHOLD") names nothing; the recipe's name is then nearer.
    """
    proposal = checked.proposal or NOTHING
    kept = proposal.keep.get(proposal.measure_column, ())
    value = "" if is_usual("value", draft.value) else draft.value
    named = checked.measure or (kept[0] if kept else "") or value or checked.title
    return named or draft.title or draft.value


def _show_others(checked: Checked, catalog: Catalog) -> None:
    """Recipes that have the file's columns and were made from a file that says something else."""
    known = recipes()
    others = [name for name in checked.fitting if name in known and name not in checked.proven]
    for name in others:
        other = differences(known[name], checked)
        words = (
            f"den er lavet til {listing([f'{fact.fact} »{fact.recipe}«' for fact in other])}. "
            f"Filen siger {listing([f'»{fact.file}«' for fact in other])}."
            if other
            else _made_of(known[name])
        )
        title = plain(known[name].title)
        kept_as = catalog.indicators.get(known[name].indicator_id)
        saved = f" Den gemmer tallene som »{plain(kept_as.name)}«." if kept_as else ""
        words = f", men {plain(words)}" if other else f". {words}"
        st.warning(
            f"Opskriften »{title}« passer til kolonnerne{words}{saved}", icon=":material/menu_book:"
        )
        with st.container(horizontal=True, gap="small"):
            st.button(
                "Brug opskriften alligevel" if other else "Brug opskriften",
                key=key_of(f"brug-{name}"), on_click=_use, args=(name, bool(other)),
            )  # fmt: skip
    if others:
        st.markdown(small("Eller lav en ny opskrift her:"))


def _made_of(recipe: Recipe) -> str:
    """What is known of where a recipe comes from, where the file itself says nothing."""
    file = recipe.made_from.file if recipe.made_from else ""
    if period := period_of(recipe.constant.get("period", "")):
        return f"Den læser alle tal i filen som {period.name()}."
    if file:
        return f"Den er lavet af »{plain(file)}«, og filen siger ikke selv, hvad den er om."
    return "Spor kan ikke se, om den er lavet til filer som denne."


def _use(name: str, is_accepted: bool) -> None:
    st.session_state[key_of("opskrift")] = name
    st.session_state[key_of("brug-opskrift")] = is_accepted


def _show_keeping(draft: RecipeDraft, is_needed: bool) -> None:
    missing = draft.missing()
    # No callback: it would keep the draft of the run before, without what was typed last.
    pressed = st.button(
        "Gem opskriften, og læs filen med den",
        type="primary" if is_needed else "secondary",
        icon=":material/menu_book:",
        key=key_of("gem-opskrift"),
    )
    show_lacking(missing, is_pressed=pressed)
    if (is_to_be_kept() or pressed) and not missing:
        _keep(draft)


def _show_sample(checked: Checked) -> None:
    """The first rows as the file has them."""
    st.markdown(small(f"Filens første rækker ({plain(checked.title or checked.file)})"))
    frame = pd.DataFrame(
        [[plain(cell.strip(MARKS)) for cell in cells] for cells in checked.sample[:_ROWS_SHOWN]]
    )
    # A file may name two columns alike.
    names = [plain(column) for column in checked.columns]
    frame.columns = pd.Index(
        [name + "\u200b" * names[:place].count(name) for place, name in enumerate(names)]
    )
    st.table(frame, border="horizontal", hide_index=True, alt="Filens første rækker")


def _keep(draft: RecipeDraft) -> None:
    """Keeps the recipe and reads the file with it; a fault is shown under the form."""
    own: set[str] = st.session_state.setdefault(_OWN, set())
    if draft.name in recipes() and draft.name not in own:
        words = f"Der er allerede en opskrift, der hedder »{draft.name}«. Giv din et andet navn."
        st.error(plain(words), icon=":material/error:")
        return
    try:
        keep_recipe(draft.toml(), draft.name)
    except KpiError as error:
        show_fault(error)
        return
    own.add(draft.name)
    say_next("opskrift", draft.name)
    st.rerun()
