"""Handleplan: are the actions moving?"""

import streamlit as st

from kpi.domain.selection import Selection
from kpi.views.new_things import is_of_metadata
from ui import cache
from ui.as_of import day_parameter, show_nothing_known, shown_day, shown_version
from ui.follow_up import show_follow_up, show_next_steps
from ui.page import show_title
from ui.plan import choose_filters, show_sections, show_timeline
from ui.plan_entry import show_entry
from ui.plan_history import show_entries
from ui.since import choose_since, show_since_meeting
from ui.title_row import title_columns
from ui.url import selection_from_url, write_url

version = shown_version(needs_figures=False)
catalog = cache.catalog(version)
plan = cache.plan_of(version)
home = cache.home_area(catalog)
wanted = selection_from_url("handleplan", catalog)
head, pick = title_columns()
with pick:
    meeting = choose_since(catalog, plan, wanted.siden, shown_day())
view = cache.plan_view_of(version, meeting.day if meeting else None, shown_day(), home)
with head:
    show_title(view.title, view.subtitle)
if meeting:
    show_since_meeting(version, meeting, home)
    show_follow_up(plan, catalog, meeting)
theme_id = wanted.tema
if view.sections:
    # It is shown above the choices, and follows the track that is chosen there.
    above = st.container()
    theme_id, filters = choose_filters(view, wanted.tema)
    with above:
        show_next_steps(view, catalog, theme_id)
    show_sections(view, theme_id, filters)
if view.sections or not day_parameter():
    show_timeline(view)
else:
    show_nothing_known("indsatser i handleplanen", cache.first_status(cache.version()))
# On an earlier day a new row would not be seen.
if not day_parameter():
    show_entry(plan, catalog)
    entries = cache.store(version).entries()
    show_entries([entry for entry in entries if not is_of_metadata(entry)])
write_url(Selection("handleplan", tema=theme_id, siden=meeting.meeting_id if meeting else ""))
