"""Overblik: how do we stand?"""

from dataclasses import replace

import streamlit as st

from kpi.views.meetings import usual_meeting
from kpi.views.waiting import waiting
from ui import cache
from ui.as_of import shown_day
from ui.fetched import show_attention, with_fetched
from ui.front import show_front_cards, show_new, show_tracks, show_waiting
from ui.jumps import show_jumps
from ui.opening import shown_version
from ui.overview import show_other_areas, show_since_folded, show_trust
from ui.page import show_title, two_columns
from ui.since import choose_since
from ui.title_row import title_columns
from ui.url import selection_from_url, write_url

version = shown_version()
catalog = cache.catalog(version)
home = cache.home_area(catalog)
plan = cache.plan_of(version)
wanted = selection_from_url("overblik", catalog)
view = cache.overview_of(version, home)

head, pick = title_columns("overblik")
with pick:
    since = choose_since(catalog, plan, wanted.siden, shown_day())
with head:
    show_title(view.title, view.subtitle)
new = cache.new_at_home_of(version, since, home) if since else None
late = waiting(with_fetched(view.overdue), plan, catalog, shown_day())
sections = (
    ("Bedre", "kort-bedre", view.cards.worse and view.cards.better),
    ("Nye tal", "sted-nyt", new),
    ("Uden nyt", "sted-venter", late),
    ("Handleplanen", "sted-spor", view.tracks),
)
show_jumps([(word, key) for word, key, is_there in sections if is_there])
show_front_cards(view.cards, catalog.areas[home])

columns = iter(two_columns("nyt", 1) if new and late else [st.container()])
if new:
    with next(columns):
        usual = usual_meeting(catalog, plan, shown_day())
        show_new(new, catalog.areas[home], since == usual)
if late:
    with next(columns):
        show_waiting(late)
show_attention()
if view.tracks:
    show_tracks(view.tracks)

with st.container(gap="xsmall", key="foldet-under"):
    if since:
        show_since_folded(version, since, home)
    among = show_other_areas(version, home, wanted.blandt)
    show_trust(version, view.quality)
# What a link leads to is in view by now (ui/chosen.js).
write_url(replace(wanted, siden=since.meeting_id if since else "", blandt=among, afsnit=()))
