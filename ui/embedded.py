"""A page's chart in a frame of another page: title, chart, source and the way to the whole page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st

from kpi.domain.catalog import Catalog
from kpi.domain.selection import Selection
from kpi.exhibits import Exhibit
from kpi.views.retired import retired_notes
from ui import cache
from ui.as_of import shown_as
from ui.badges import plain, small
from ui.exhibits import show_drawn
from ui.opening import shown_version
from ui.url import link_of, selection_from_url

# What an address lacks that names no figure, by page.
_WITHOUT = {
    "omraade": "Adressen peger ikke på en figur. Åbn en linje på Område, og hent adressen igen.",
    "tema": "Adressen peger ikke på en figur. Vælg et nøgletal på Tema, og hent adressen igen.",
    "sammenlign": "Der er ingen figur af det valgte. Vælg andre områder eller et andet nøgletal på "
    "Sammenlign, og hent adressen igen.",
}


@dataclass(frozen=True)
class _Asked:
    """What an address shows: its charts, what must be said of it, and the page they are from."""

    exhibits: Sequence[Exhibit]
    notes: Sequence[str]
    selection: Selection


def show_embedded(page: str) -> None:
    """The charts of the page's address and nothing else; says so where there is none to show."""
    with st.container(key="indlejret", gap="small"):
        version = shown_version()
        catalog = cache.catalog(version)
        asked = _asked(page, version, catalog)
        retired = retired_notes(_named(page, asked.selection), catalog)
        for note in (*retired, *asked.notes):
            st.info(plain(note), icon=":material/info:")
        for exhibit in asked.exhibits:
            # The frame is a page of its own, with one heading over the others.
            show_name = st.title if exhibit is asked.exhibits[0] else st.header
            show_name(plain(exhibit.title), anchor=False)
            if exhibit.measure:
                st.markdown(small(plain(exhibit.measure)))
            show_drawn(exhibit, with_actions=False)
        if not asked.exhibits:
            st.title("Figuren kan ikke vises", anchor=False)
            st.markdown(_WITHOUT.get(page, "Siden har ingen figur, der kan stå alene."))
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.link_button(
                "Se hele siden i Spor", link_of(asked.selection), key="hele-siden",
                icon=":material/open_in_new:", type="tertiary",
            )  # fmt: skip
            st.markdown(small(shown_as()), width="content")


def _named(page: str, selection: Selection) -> Selection:
    """What the address shows, as other pages name it: the indicator of the row that is open."""
    if page != "omraade":
        return selection
    return replace(selection, noegletal=selection.aaben.partition("/")[0])


def _asked(page: str, version: str, catalog: Catalog) -> _Asked:
    home = cache.home_area(catalog)
    wanted = selection_from_url(page, catalog)
    match page:
        case "sammenlign":
            compared = cache.comparison_of(version, wanted, home)
            notes = (*compared.left_out, *compared.notes)
            return _Asked(compared.exhibits, notes, compared.selection)
        case "omraade":
            return _Asked(_of_area(version, wanted, home), (), wanted)
        case "tema" if wanted.noegletal:
            return _Asked(_of_theme(version, wanted, home), (), wanted)
    return _Asked((), (), wanted)


def _of_area(version: str, wanted: Selection, home: str) -> tuple[Exhibit, ...]:
    """The row that the address opens, else what came of a programme."""
    area_id = wanted.omraade or home
    indicator_id, _, group_id = wanted.aaben.partition("/")
    if group_id:
        opened = cache.opened_row_of(version, area_id, indicator_id, group_id)
        drawn = opened.exhibit if opened else None
    else:
        drawn = cache.area_of(version, area_id).outcomes
    return (drawn,) if drawn else ()


def _of_theme(version: str, wanted: Selection, home: str) -> tuple[Exhibit, ...]:
    depth = cache.indicator_of(version, wanted.noegletal, home, wanted.blandt, wanted.tema)
    drawn = depth.exhibit
    if wanted.diagram == "kort" and depth.first is not None:
        group_id = depth.first.group_id
        drawn = cache.map_of(version, wanted.noegletal, group_id, home, wanted.blandt) or drawn
    return (drawn,) if drawn else ()
