"""Making something that a file names and Spor does not know: form, preview, and creation."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError
from kpi.domain.wording import capital
from kpi.ingest.checked import Checked
from kpi.ingest.mapping.choices import Choices
from kpi.store.new_facts import NEW_ID, NewFacts, with_unknown
from kpi.tables.spec import Row
from kpi.views import new_drafts
from kpi.views import new_things as view
from kpi.views.focus import areas_in_focus, areas_to_compare
from kpi.views.new_alike import alike_indicators
from kpi.views.new_coverage import coverage
from kpi.views.new_preview import Preview, new_preview, of_source
from ui import cache
from ui.badges import plain, small
from ui.cards import show_card
from ui.exhibits import show_exhibit
from ui.new_fields import show_fields, show_place, show_sets, show_unsaved
from ui.new_questions import ask_if_new, measures_of, show_known, show_measures
from ui.new_save import create, create_areas
from ui.new_state import (
    Made,
    Opened,
    close_new,
    field_key,
    keep_when_complete,
    note_made,
    skip,
)
from ui.page import show_heading, show_lacking, two_columns
from ui.row_fields import Fields
from ui.turns import waiting
from ui.upload_files import NAME, current_file, key_of
from ui.upload_work import read_new_facts

_FACTS = "nyt-fakta"
# What the file's figures tell something of; the others are made of words alone.
_OF_FIGURES = ("indicator", "area")
# The field of the recipe that asks whose figures a file's are.
_RECIPE_SOURCE = "opskrift-kilde"
_UNDER = "Udfyldt efter filen. Det, der er mærket »kontrollér«, kan filen ikke vide."


def show_new(
    opened: Opened, checked: Checked, choices: Choices, catalog: Catalog, version: str
) -> None:
    """The form of the new row at the left; of an indicator its preview at the right."""
    facts, known = _facts(opened, checked, choices, catalog, version)
    if opened.texts:
        _show_areas(opened, facts, checked, catalog)
        return
    unknown = view.Unknown(opened.table, opened.text, facts.rows)
    draft = new_drafts.draft_of(unknown, facts, checked, catalog)
    is_indicator = opened.table == "indicator"
    if opened.answer:
        # A column's head or a table's title: what it is to be called here nobody has said.
        from_file = draft.from_file - {"name", "short_name", "title"}
        draft = replace(draft, from_file=from_file)
    if is_indicator:
        _show_indicator(opened, draft, facts, catalog, known)
        return
    show_heading(capital(view.NOUNS[opened.table][2]), _UNDER)
    row, lacking = show_fields(draft, catalog, field_key)
    _show_buttons(opened, lacking, partial(_make, opened, row))


def _show_indicator(
    opened: Opened, draft: new_drafts.Draft, facts: NewFacts, catalog: Catalog, known: Catalog
) -> None:
    """First what it is; then its fields at the left, and what it will look like at the right."""
    covered = coverage(facts, catalog)
    written = [str(st.session_state.get(field_key(key), "")) for key in ("name", "short_name")]
    alike = alike_indicators([opened.text, facts.title, *written], facts.same, catalog)
    if measures := measures_of(opened):
        measure, newness = st.columns(2, gap="large")
        with measure:
            show_measures(opened, measures)
        with newness:
            there_already = ask_if_new(alike)
    else:
        there_already = ask_if_new(alike)
    if there_already:
        handed = current_file()
        show_known(
            opened, there_already, catalog, handed.upload.name if handed and handed.upload else ""
        )
        return
    left, right = two_columns("opret", 1.35)
    with left:
        show_heading(capital(view.NOUNS[opened.table][2]), _UNDER)
        row, lacking = show_fields(draft, catalog, field_key)
        source_id = _choose_source(opened, catalog)
        _show_buttons(opened, lacking, partial(_make, opened, row, source_id=source_id))
    with right:
        show_heading(
            "Sådan kommer det til at se ud",
            f"Filens egne tal: {covered}" if covered else "Følger med, mens du skriver.",
        )
        _show_preview(
            new_preview(row, of_source(facts, source_id), known, cache.home_area(catalog))
        )


def _choose_source(opened: Opened, catalog: Catalog) -> str:
    """Whose figures they are, where the recipe that waits asks for it; empty where nobody says."""
    if not opened.answer:
        return ""
    key, names = field_key("kilde"), view.names_of("source", catalog)
    said = st.session_state.get(key_of(_RECIPE_SOURCE))
    st.session_state.setdefault(key, said if said in names else None)
    chosen: str | None = st.selectbox(
        "Kilde", list(names), format_func=names.__getitem__, key=key, persist_state="session",
        placeholder="Vælg (en ny kilde oprettes bagefter)",
    )  # fmt: skip
    return chosen or ""


def _show_areas(opened: Opened, facts: NewFacts, checked: Checked, catalog: Catalog) -> None:
    """Several areas of one level in one area, made at once."""
    show_heading("De nye områder", _UNDER)
    unknown = view.Unknown("area", opened.texts[0], facts.rows)
    draft = new_drafts.draft_of(unknown, facts, checked, catalog)
    names = st.multiselect(
        "Områder", list(opened.texts), default=list(opened.texts), key=field_key("omraader"),
        placeholder="Vælg mindst ét",
    )  # fmt: skip
    fields = Fields(draft, field_key, is_marked=True)
    show_place(fields, catalog)
    show_sets(fields, catalog)
    shared = {column: fields.row[column] for column in ("level", "parent_id", "set_ids")}
    needed = {"mindst ét område": names, "slags område": shared["level"],
              "det område, som de ligger i": shared["parent_id"]}  # fmt: skip
    lacking = [word for word, is_filled in needed.items() if not is_filled]
    _show_buttons(opened, lacking, partial(_make_areas, names, shared))


def _facts(
    opened: Opened, checked: Checked, choices: Choices, catalog: Catalog, version: str
) -> tuple[NewFacts, Catalog]:
    """The facts of the file, read once per new row and version, and its catalog for drawing."""
    unknown = view.unknown_names(checked)
    names = {
        table: [
            other.text
            for other in unknown
            if other.table == table and (table, other.text) != (opened.table, opened.text)
        ]
        for table in ("indicator", "population_group", "source")
    }
    indicators = (
        [opened.text, *names["indicator"]] if opened.table == "indicator" else names["indicator"]
    )
    known = with_unknown(catalog, indicators, names["population_group"], names["source"])
    handed = current_file()
    if handed is None or handed.upload is None or opened.table not in _OF_FIGURES:
        return NewFacts(), known
    kept: tuple[object, NewFacts] | None = st.session_state.get(_FACTS)
    key = handed.sha256, opened, choices, version
    if kept is None or kept[0] != key:
        home_id = cache.home_area(catalog)
        area_ids = [*areas_in_focus(home_id, catalog), *areas_to_compare(home_id, catalog)]
        with waiting("Læser filens tal …"):
            facts = read_new_facts(
                handed.upload, new_drafts.choices_for(choices, opened.recipe), known, area_ids,
                NEW_ID if opened.table == "indicator" else "",
            )  # fmt: skip
        kept = key, facts
        st.session_state[_FACTS] = kept
    return kept[1], known


def _show_buttons(opened: Opened, lacking: list[str], make: Callable[[str, str], None]) -> None:
    """Who makes it, and the three ways on."""
    by = st.text_input(
        "Dit navn", key=NAME, placeholder="Hvem opretter?", live=True,
        autocomplete="name", persist_state="session",
    )  # fmt: skip
    lacking = lacking + ([] if (by or "").strip() else ["dit navn"])
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        pressed = st.button(
            "Opret og gå videre", type="primary", icon=":material/add_circle:",
            key=key_of("nyt-opret"),
        )  # fmt: skip
        st.button(
            "Spring over", icon=":material/skip_next:", key=key_of("nyt-spring"),
            on_click=skip, args=(f"{opened.table}:{opened.text}",),
        )  # fmt: skip
        st.button("Annullér", type="tertiary", key=key_of("nyt-annuller"), on_click=close_new)
    show_lacking(lacking, is_pressed=pressed)
    st.markdown(
        small(
            "Oprettelsen er en ny udgave med dit navn. Den kan fortrydes, så længe ingen tal "
            "bygger på den."
        )
    )
    if not pressed or lacking:
        return
    handed = current_file()
    try:
        with waiting("Opretter …"):
            make((by or "").strip(), handed.upload.name if handed and handed.upload else "")
            close_new()
    except KpiError as error:
        show_unsaved(opened.table, error)
        return
    st.rerun()


def _make(opened: Opened, row: Row, by: str, origin: str, source_id: str = "") -> None:
    # What a column is called in one source is no name of the indicator in all of Spor.
    text = "" if opened.answer else opened.text
    made = create(opened.table, new_drafts.with_spelling(opened.table, row, text), by, origin)
    if made.entry_id is not None:
        name = row.get("name") or row.get("title") or opened.text
        note_made(Made(made.entry_id, view.made_words(opened.table, name), by))
    if opened.answer:
        st.session_state[opened.answer] = made.row_id
    if source_id:
        st.session_state[key_of(_RECIPE_SOURCE)] = source_id
        keep_when_complete()


def _make_areas(names: list[str], shared: Row, by: str, origin: str) -> None:
    made = create_areas(names, shared, by, origin)
    if made.entry_id is not None:
        words = f"{fmt.counted(len(names), 'område', 'områder')} er oprettet"
        note_made(Made(made.entry_id, words, by))


def _show_preview(preview: Preview) -> None:
    if preview.card:
        show_card(preview.card, wide=True, choose=None, with_link=False)
    if preview.exhibit:
        with st.container(border=True):
            show_exhibit(preview.exhibit, with_actions=False)
    if not preview.card:
        st.markdown(small("Kort og figur vises, når filens tal kan læses."))
    with st.container(border=True, gap="xsmall"):
        for remark in preview.seen:
            badge = (
                ":green-badge[:material/check: Spor har set efter]"
                if remark.is_good
                else ":orange-badge[:material/warning: Kontrollér]"
            )
            st.markdown(f"{badge} :small[{plain(remark.text)}]")
