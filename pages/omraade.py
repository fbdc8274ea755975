"""Område: how does this area do?"""

from dataclasses import replace

import streamlit as st

from kpi.views.meetings import usual_meeting
from ui import cache
from ui.area import show_area_jumps, show_empty, show_housing, show_programme, show_remarks
from ui.as_of import day_parameter, show_nothing_known, shown_day
from ui.badges import plain
from ui.choose import choose_one
from ui.comments import show_comments
from ui.opening import shown_version
from ui.page import show_heading, show_title
from ui.profile import show_profile
from ui.title_row import title_columns
from ui.url import selection_from_url, write_url


def go_to(area_id: str) -> None:
    """Chooses another area, as the box does."""
    st.session_state["omraade"] = area_id


version = shown_version()
catalog = cache.catalog(version)
home = cache.home_area(catalog)
wanted = selection_from_url("omraade", catalog)
head, pick = title_columns("omraade")
with pick:
    area_id = choose_one(
        "Område",
        [area.area_id for area in catalog.sorted_areas(also=(wanted.omraade, home))],
        wanted.omraade or home,
        lambda area_id: catalog.areas[area_id].name,
        key="omraade",
    )
view = cache.area_of(version, area_id)
with head:
    show_title(view.title, view.subtitle)
show_comments(view.comments, area_id)
chosen = wanted
if not view.has_figures and day_parameter():
    newest = cache.area_of(cache.version(), area_id)
    show_nothing_known(f"tal for {plain(view.area.name)}", is_known_now=newest.has_figures)
    show_remarks(view)
elif not view.has_figures:
    show_empty(view, catalog.siblings(view.area), go_to)
else:
    show_area_jumps(view)
    if view.facts or view.outcomes:
        show_programme(view)
    if view.profile.rows:
        if view.facts or view.outcomes:
            show_heading("Flere tal", key="sted-flere")
        since = usual_meeting(catalog, cache.plan_of(version), shown_day())
        # How its strips are read stands last in it on a phone (ui/spor.css), not last on the page.
        with st.container(key="omraadeprofil"):
            chosen = show_profile(view.profile, version, wanted, since)
for context in view.housing:
    show_housing(context, catalog)
write_url(replace(chosen, omraade=area_id))
