"""The search in a box over the page: opened by a button or Ctrl+K, answered key by key."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from kpi.domain.errors import KpiError
from kpi.domain.format import counted
from kpi.views.search import SearchView, search, visited_hits
from kpi.views.search_hits import Hit
from kpi.views.search_index import EntryKind
from kpi.views.search_matching import MOST_LETTERS
from ui import cache
from ui.as_of import shown_key
from ui.badges import badges_text, plain, small
from ui.page import show_fault, show_marked_link
from ui.picture_mode import is_picture
from ui.switches import shown_pages
from ui.turns import turn
from ui.visited import visited

_OPENED, _DRAWN = "soegning-aabnet", "soegning-er-tegnet"
_ICONS: dict[EntryKind, str] = {
    "indicator": ":material/monitoring:",
    "area": ":material/location_on:",
    "initiative": ":material/checklist:",
    "page": ":material/description:",
}


def show_search() -> None:
    """The button that opens the search; none in a picture."""
    if is_picture():
        return
    st.session_state[_DRAWN] = True
    with st.container(width="content"):
        _show_button()


def is_drawn() -> bool:
    """Whether the page of this run has the search already."""
    return bool(st.session_state.get(_DRAWN))


def forget_drawn() -> None:
    """Begins a run, whose page has drawn nothing yet."""
    st.session_state.pop(_DRAWN, None)


# By itself: the page under the search need not be drawn anew.
@st.fragment
def _show_button() -> None:
    is_pressed = st.button(
        "Søg", key="soeg", icon=":material/search:", shortcut="Ctrl+K", width="content"
    )
    if is_pressed:
        # What was looked for last time is not what is looked for now. To empty one field for all
        # would not do: opened right after it was closed, the browser fills in the word it held.
        st.session_state[_OPENED] = st.session_state.get(_OPENED, 0) + 1
        _show_dialog()


@st.dialog("Søg i Spor", width="medium")
def _show_dialog() -> None:
    # ui/danish.js knows by the name that what is here are our words.
    with st.container(key="soegning", gap="xsmall"):
        query = st.text_input(
            "Søg efter nøgletal, områder, indsatser og sider",
            key=_field(),
            icon=":material/search:",
            placeholder="Fx fravær gellerup",
            label_visibility="collapsed",
            live=True,
        )
        counted_hits = st.container()
        try:
            with turn():
                _show_answer(query.strip(), counted_hits)
        except KpiError as error:
            show_fault(error)
        with st.container(key="soegning-taster"):
            st.markdown(small("↑ ↓: vælg et fund · Retur: åbn · Esc: luk"))


def _show_answer(query: str, counted_hits: DeltaGenerator) -> None:
    version = shown_key()
    index = cache.search_index_of(version, shown_pages())
    if not query:
        _show_visited(visited_hits(visited(), index))
        return
    catalog = cache.catalog(version)
    view = search(query, index, cache.store(version), catalog, cache.home_area(catalog))
    _show_note(view)
    for group in view.groups:
        _show_group(group.title, group.hits, counted(group.count, "fund", "fund"))
    number = sum(len(group.hits) for group in view.groups)
    if number:
        # After the hits: by it searching.js knows that they answer the words in the field.
        with counted_hits.container(key="soegning-antal"):
            st.markdown(small(f"{number} fund vist for »{plain(query[:MOST_LETTERS])}«"))


def _show_visited(hits: tuple[Hit, ...]) -> None:
    if hits:
        _show_group("Senest besøgt", hits)
    else:
        st.markdown(small("Skriv et ord eller flere, fx et nøgletal og et område."))


def _show_note(view: SearchView) -> None:
    if not view.note:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(plain(view.note), width="content")
        if view.suggestion:
            st.button(
                f"Mente du »{plain(view.suggestion)}«?",
                type="tertiary",
                on_click=_take,
                args=(view.suggestion,),
            )


def _field() -> str:
    """The key of the field: each opening of the search has its own."""
    return f"soegning-ord-{st.session_state.get(_OPENED, 0)}"


def _take(query: str) -> None:
    st.session_state[_field()] = query


def _show_group(title: str, hits: tuple[Hit, ...], count: str = "") -> None:
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"
    ):
        st.markdown(f":small[**{plain(title)}**]", width="content")
        if count:
            st.markdown(small(count), width="content")
    for place, hit in enumerate(hits):
        _show_hit(hit, f"fund-{title}-{place}")


def _show_hit(hit: Hit, key: str) -> None:
    """A link with a grey line under it; the figure or status at the right."""
    parts = ((plain(part), is_marked) for part, is_marked in hit.name)
    name = "".join(f"**{part}**" if is_marked else part for part, is_marked in parts)
    badges = badges_text(hit.badges)
    right = f"**{plain(hit.value)}**" if hit.value else badges
    # What a reader must know of a figure needs more room than there is beside it.
    under = f"{small(plain(hit.under))} {badges if hit.value else ''}".strip()
    with st.container(
        horizontal=True, wrap=False, vertical_alignment="center", gap="small", key=key
    ):
        with st.container(gap=None):
            show_marked_link(hit.selection, name, _ICONS[hit.kind])
            st.markdown(under)
        if right:
            st.markdown(right, width="content")
