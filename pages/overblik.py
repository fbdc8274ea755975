"""Overblik: how do we stand?"""

from dataclasses import replace

import streamlit as st

from kpi.views.focus import areas_in_focus
from ui import cache
from ui.as_of import shown_day, shown_version
from ui.cards import show_cards
from ui.fetched import show_attention, with_fetched
from ui.overview import (
    show_areas,
    show_disputed,
    show_moves,
    show_overdue,
    show_peers,
    show_quality,
)
from ui.page import show_title, title_columns, two_columns
from ui.since import choose_since, show_headlines, show_since_meeting
from ui.url import selection_from_url, write_url

version = shown_version()
catalog = cache.catalog(version)
home = cache.home_area(catalog)
wanted = selection_from_url("overblik", catalog)
view = cache.overview_of(version, home)

head, pick = title_columns()
with pick:
    since = choose_since(catalog, cache.plan_of(version), wanted.siden, shown_day())
with head:
    show_title(view.title, view.subtitle)
show_cards([card for card in view.cards if card.figure is not None], columns=2, wide=True)
show_cards([card for card in view.cards if card.figure is None], columns=4)
st.space("small")

if since:
    left, right = two_columns("nyt", 1.7)
    with left:
        show_headlines(cache.headlines_of(version, since, home))
        show_since_meeting(version, since, home)
    with right:
        show_moves(cache.plan_moves_of(version, since.day, shown_day()), since)
        show_quality(view.quality)
    st.space("small")
left, right = two_columns("stand", 1.7)
with left:
    if view.heat_map:
        show_peers(view.heat_map, catalog)
    show_areas(areas_in_focus(home, catalog), catalog)
with right:
    show_overdue([row for row in with_fetched(view.overdue) if row.is_overdue])
    show_attention()
    show_disputed(cache.claims(version), catalog)
    if not since:
        show_quality(view.quality)
write_url(replace(wanted, siden=since.meeting_id if since else ""))
