"""The one place where the URL is read and written: query parameters to Selection and back."""

from urllib.parse import urlencode

import streamlit as st

from kpi.domain.catalog import Catalog
from kpi.domain.pages import PAGES
from kpi.domain.selection import Selection, read_selection
from ui import cache
from ui.as_of import day_parameter
from ui.badges import plain
from ui.choose import note_touched
from ui.first_heading import keep_heading
from ui.picture_mode import mode_parameter
from ui.visited import note_visited

_START = "udgangspunkt-"


def selection_from_url(page: str, catalog: Catalog) -> Selection:
    """The selection that the address asks for; unknown parts are named on the page and left out."""
    note_touched()
    wanted = {name: st.query_params.get(name, "") for name in PAGES[page].parameters}
    selection, notes = read_selection(page, wanted, catalog)
    for note in notes:
        st.warning(f"{plain(note)} Siden vises uden dette valg.", icon=":material/link_off:")
    return selection


def write_url(selection: Selection) -> None:
    """Puts the full view in the address bar; touches it only where it differs.

    A bare address that shows its page's starting point stays bare: filling it in would be a new
    entry in the browser's history, from which the back button only led forward again.
    """
    note_visited(selection)
    day = day_parameter()
    parameters = {**selection.parameters(), **day, **mode_parameter()}
    current = dict(st.query_params)
    chosen, start = selection.parameters(), _START + selection.page
    # The day alone is bare too: browser.js writes it where the session still has it.
    is_bare = current in ({}, day) and st.session_state.setdefault(start, chosen) == chosen
    if not is_bare and current != parameters:
        st.query_params.from_dict(parameters)
    if parameters == chosen:
        keep_heading(cache.version(), selection, "" if is_bare else urlencode(chosen))


def link_of(selection: Selection) -> str:
    """The selection's full address, as it can be sent to others."""
    root = (st.context.url or "").split("?")[0]
    own_path = "" if selection.page == "overblik" else selection.page
    base = root.rsplit("/", 1)[0] if root.rsplit("/", 1)[-1] in PAGES else root.rstrip("/")
    query = urlencode({**selection.parameters(), **day_parameter()}, safe=",/")
    return f"{base}/{own_path}" + (f"?{query}" if query else "")
