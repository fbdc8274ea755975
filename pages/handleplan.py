"""Handleplan: are the actions moving?"""

from dataclasses import replace
from functools import partial

import streamlit as st

from kpi.domain.selection import Selection
from kpi.views.meetings import usual_meeting
from kpi.views.new_things import is_of_metadata
from kpi.views.plan_filter import PlanFilter, filtered
from ui import cache
from ui.as_of import day_parameter, show_nothing_known, shown_day
from ui.follow_up import show_follow_up, show_next_steps
from ui.opening import shown_version
from ui.page import show_title
from ui.plan import (
    choose_filters,
    show_plan_jumps,
    show_sections,
    show_standing,
    show_timeline,
)
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
head, pick = title_columns("handleplan")
with pick:
    meeting = choose_since(catalog, plan, wanted.siden, shown_day())
jumps = st.container()
whole = cache.plan_view_of(version, meeting.day if meeting else None, shown_day(), home)
chosen = choose_filters(whole, wanted, catalog) if whole.sections else PlanFilter()
is_usual = meeting == usual_meeting(catalog, plan, shown_day())
view = filtered(whole, chosen, catalog, None if is_usual else meeting)
with head:
    show_title(view.title, view.subtitle)
with jumps:
    show_plan_jumps(view, has_dates=bool(whole.moments))
opened: tuple[str, ...] = ()
if whole.sections:
    show_standing(view)
    show_next_steps(view, catalog)
if meeting:
    show_since_meeting(version, meeting, home)
    show_follow_up(plan, catalog, meeting)
if whole.sections:
    opened = show_sections(view, wanted, chosen)
if whole.sections or not day_parameter():
    show_timeline(replace(whole, moments=view.moments))
else:
    show_nothing_known("indsatser i handleplanen", cache.first_status(cache.version()))
# On an earlier day a new row would not be seen.
if not day_parameter():
    show_entry(plan, catalog)
    entries = cache.entries_of(version)
    show_entries(
        [entry for entry in entries if not is_of_metadata(entry)], catalog, plan,
        partial(cache.entry_changes_of, version),
    )  # fmt: skip
write_url(
    Selection(
        "handleplan",
        tema=chosen.theme_id,
        ansvarlig=chosen.responsible,
        status=chosen.state,
        siden=meeting.meeting_id if meeting else "",
        afsnit=opened,
    )
)
