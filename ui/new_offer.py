"""What a file names that Spor does not know: to be made, or to be read as something else."""

from collections.abc import Sequence

import streamlit as st

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError
from kpi.ingest.checked import Checked
from kpi.ingest.mapping.choices import Choices
from kpi.views import new_things as view
from kpi.views.entry import undone_words
from kpi.views.new_drafts import recipe_for_reading
from kpi.views.recipe_draft import RecipeDraft
from ui.badges import plain, small
from ui.doors import withdraw_entry
from ui.new_save import add_spelling
from ui.new_state import Made, made_now, note_made, open_new, skipped_keys
from ui.page import show_fault
from ui.switches import uploads_are_open
from ui.turns import waiting
from ui.undo import show_undo
from ui.upload_files import NAME, current_file, key_of

_MOST_OFFERED = 5
_FEWEST_AT_ONCE = 3
_ICONS = {
    "indicator": "monitoring",
    "area": "location_on",
    "population_group": "groups",
    "source": "menu_book",
}


def show_offer(checked: Checked, choices: Choices, catalog: Catalog) -> None:
    """A line for each unknown name: make it, or say what it is."""
    offered = view.offered(checked, choices, frozenset(skipped_keys()))
    if not offered or not uploads_are_open():
        return
    with st.container(border=True, gap="small", key="nyt-tilbud"):
        st.markdown(
            "**Filen nævner noget, som Spor ikke kender**  \n"
            + small("Opret det her, eller ret navnet i filen. Filen bliver liggende imens.")
        )
        _offer_all_areas([unknown.text for unknown in offered if unknown.table == "area"])
        for unknown in offered[:_MOST_OFFERED]:
            _show_unknown(unknown, catalog)
        rest = offered[_MOST_OFFERED:]
        if rest:
            with st.expander(f"{fmt.number(len(rest), 0)} navne mere"):
                _show_rest(rest)


def _offer_all_areas(texts: Sequence[str]) -> None:
    """Several areas of one kind, such as schools, at once."""
    if len(texts) < _FEWEST_AT_ONCE:
        return
    many = f"{fmt.count_word(len(texts))} områder"
    st.button(
        f"Opret alle {many} på én gang", icon=":material/add_location_alt:",
        key=key_of("opret-alle"), on_click=open_new, args=("area", many),
        kwargs={"texts": tuple(texts)},
    )  # fmt: skip


def _show_unknown(unknown: view.Unknown, catalog: Catalog) -> None:
    noun = view.NOUNS[unknown.table][0]
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center",
        gap="small",
    ):  # fmt: skip
        rows = fmt.counted(unknown.rows, "række", "rækker")
        st.markdown(
            f":material/{_ICONS[unknown.table]}: **{plain(unknown.text)}** "
            + small(f"{noun} · {rows}"),
            width="content",
        )
        with st.container(horizontal=True, gap="small", width="content"):
            st.button(
                f"Opret {noun}", icon=":material/add_circle:",
                key=key_of(f"opret-{unknown.key}"), on_click=open_new,
                args=(unknown.table, unknown.text),
            )  # fmt: skip
            if unknown.table != "source":
                with st.popover(
                    "Det har vi i forvejen", type="tertiary", key=key_of(f"kendt-{unknown.key}")
                ):
                    _show_known(unknown, catalog)


def _show_known(unknown: view.Unknown, catalog: Catalog) -> None:
    """Which known row the name means; it becomes one of its aliases."""
    names = view.names_of(unknown.table, catalog)
    noun = view.NOUNS[unknown.table][0]
    st.markdown(f"**»{plain(unknown.text)}«** er det samme som")
    chosen = st.selectbox(
        noun.capitalize(), list(names), index=None, format_func=names.__getitem__,
        placeholder="Vælg", key=key_of(f"samme-{unknown.key}"),
    )  # fmt: skip
    by = st.text_input(
        "Dit navn", autocomplete="name", key=key_of(f"samme-navn-{unknown.key}"),
        value=st.session_state.get(NAME) or "",
    )  # fmt: skip
    if not st.button("Brug det", type="primary", key=key_of(f"brug-{unknown.key}")):
        return
    handed = current_file()
    file = handed.upload.name if handed and handed.upload else ""
    if read_as_known(unknown.table, chosen or "", unknown.text, by, catalog, file):
        st.rerun()


def read_as_known(table: str, row_id: str, text: str, by: str, catalog: Catalog, file: str) -> bool:
    """Makes a file's text another name of what there is already; shows why that could not be."""
    if not row_id or not by.strip():
        st.error("Vælg, hvad det er, og skriv dit navn.", icon=":material/error:")
        return False
    try:
        with waiting("Gemmer …"):
            made = add_spelling(table, row_id, text, by, catalog, file)
    except KpiError as error:
        show_fault(error)
        return False
    if made.entry_id is not None:
        words = f"»{text}« læses nu som »{view.names_of(table, catalog)[row_id]}«"
        note_made(Made(made.entry_id, words, by.strip()))
    return True


def _show_rest(rest: Sequence[view.Unknown]) -> None:
    """The others, one chosen at a time."""
    by_key = {unknown.key: unknown for unknown in rest}
    chosen = st.selectbox(
        "Navn i filen", list(by_key), index=None, placeholder="Vælg", key=key_of("nyt-flere"),
        format_func=lambda key: f"{by_key[key].text} ({view.NOUNS[by_key[key].table][0]})",
    )  # fmt: skip
    if chosen:
        unknown = by_key[chosen]
        st.button(
            f"Opret {view.NOUNS[unknown.table][0]}", icon=":material/add_circle:",
            key=key_of("nyt-opret-flere"), on_click=open_new,
            args=(unknown.table, unknown.text),
        )  # fmt: skip


def offer_new_indicator(draft: RecipeDraft, measure: str) -> None:
    """Beside a recipe's choice of indicator: one that is not there yet; `measure` is its name.

    The new one is chosen in the recipe once it is made. The recipe as far as it is filled in reads
    the file meanwhile, so that the card and the chart are drawn.
    """
    if draft.indicator_id or not uploads_are_open():
        return
    st.button(
        "Nøgletallet findes ikke endnu: Opret det", icon=":material/add_circle:",
        type="tertiary", key=key_of("nyt-til-opskrift"), on_click=open_new,
        args=(
            "indicator", measure, recipe_for_reading(draft), key_of("opskrift-noegletal")
        ),
    )  # fmt: skip


def offer_new_source(draft: RecipeDraft, title: str) -> None:
    """Beside a recipe's choice of source: one that is not there yet; the new one is chosen in it.

    `title` is what the file calls its table, or empty.
    """
    if draft.source_id or not uploads_are_open():
        return
    st.button(
        "Kilden findes ikke endnu: Opret den", icon=":material/add_circle:",
        type="tertiary", key=key_of("ny-kilde-til-opskrift"), on_click=open_new,
        args=("source", title, None, key_of("opskrift-kilde")),
    )  # fmt: skip


def show_made(entries_standing: frozenset[int]) -> None:
    """What was made for the current file, each with its way back."""
    for made in made_now():
        if made.entry_id in entries_standing:
            _show_made(made)


def _show_made(made: Made) -> None:
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center",
        gap="small",
    ):  # fmt: skip
        st.markdown(
            f":green[:material/check_circle:] {plain(made.words)} "
            + small(f"af {plain(made.by)}, registrering nr. {made.entry_id}"),
            width="content",
        )
        with st.popover(
            "Fortryd", icon=":material/undo:", type="tertiary",
            key=f"fortryd-nyt-{made.entry_id}",
        ):  # fmt: skip
            show_undo(
                f"fortryd-nyt-{made.entry_id}",
                "**Vil du fortryde det?** Det, der stod før, gælder igen med det samme.",
                "Fortryd",
                lambda by, why: withdraw_entry(made.entry_id, by, why),
                undone_words(made.entry_id),
            )
