"""How a page opens: the version it shows, and its end where nothing was known on the day."""

from datetime import date

import streamlit as st

from kpi.domain import format as fmt
from ui import cache
from ui.as_of import PARAMETER, show_band, show_day_choice, show_nothing_known
from ui.choose import end_here
from ui.picture_mode import is_picture
from ui.title_row import title_of_an_end


def shown_version(needs_figures: bool = True) -> str:
    """The key of the figures that the page shows; draws a band over it when the day is an earlier.

    The address says the day; a page that is reached without one keeps the session's. A day before
    the first figure ends the page with a message, unless the page needs no figures.
    """
    version = cache.version()
    day = show_band()
    if day is None:
        return version
    key = cache.as_of(version, day)
    if needs_figures:
        stop_before_first_figure(key, day)
    return key


def stop_before_first_figure(key: str, day: date) -> None:
    """Ends the page where no figure was known on the day; names the first day that has any."""
    if cache.has_figures(key):
        return
    if st.query_params.get(PARAMETER) != day.isoformat():
        st.query_params[PARAMETER] = day.isoformat()
    with title_of_an_end():
        st.title(f"Endnu ingen tal {fmt.long_date(day)}", anchor=False)
    first = cache.first_figures(cache.version())
    show_nothing_known("tal", first[1] if first and first[0] > day else "", day)
    if not is_picture():
        show_day_choice()
    end_here()
