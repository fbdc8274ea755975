"""Tema: how is this track going?"""

from dataclasses import replace

import streamlit as st

from kpi.views.meetings import usual_meeting
from ui import cache
from ui.as_of import day_parameter, show_nothing_known, shown_day, shown_version
from ui.badges import plain
from ui.cards import show_cards
from ui.choose import choose_one
from ui.page import show_heading, show_title, title_columns, two_columns
from ui.plan import show_theme_plan
from ui.since import choose_since, show_since_meeting
from ui.theme import (
    show_chart,
    show_figures,
    show_no_indicators,
    show_other_counts,
    with_theme,
)
from ui.url import selection_from_url, write_url

version = shown_version()
catalog = cache.catalog(version)
home = cache.home_area(catalog)
wanted = with_theme(selection_from_url("tema", catalog), catalog)
themes = list(catalog.themes)
head, pick = title_columns()
with pick:
    theme_id = choose_one(
        "Tema",
        themes,
        wanted.tema or themes[0],
        lambda theme_id: catalog.themes[theme_id].name,
        key="tema",
    )
view = cache.theme_of(version, theme_id, home)
with head:
    show_title(view.title, view.theme.description)

box = f"noegletal-{theme_id}"


def choose(indicator_id: str) -> None:
    """A card's button chooses its indicator in the box beside the chart."""
    st.session_state[box] = indicator_id


chosen = wanted.noegletal
indicators = [
    indicator.indicator_id
    for indicator in catalog.offered_indicators(also=wanted.noegletal)
    if indicator.theme_id == theme_id
]
known = not day_parameter() or cache.has_figures(version, theme_id)
if not indicators:
    show_no_indicators(view.theme)
elif known:
    show_cards(view.cards, columns=3, choose=choose)
    st.space("small")
    left, right = two_columns("noegletal", 1.65)
    with right:
        chosen = choose_one(
            "Nøgletal",
            indicators,
            wanted.noegletal if wanted.noegletal in indicators else view.default_indicator,
            lambda indicator_id: catalog.indicators[indicator_id].short_name,
            key=box,
        )
        depth = cache.indicator_of(version, chosen, home)
        show_figures(depth, version)
    with left:
        show_chart(depth)
    show_other_counts(depth, version, home)
else:
    first = cache.first_figures(cache.version(), theme_id)
    show_nothing_known(f"tal for temaet »{plain(view.theme.name)}«", first[1] if first else "")
plan = cache.plan_of(version)
pick, news = st.columns([1, 2.7], vertical_alignment="bottom")
with pick:
    since = choose_since(catalog, plan, wanted.siden, shown_day())
with news:
    show_since_meeting(version, since, home, theme_id)
show_theme_plan(version, theme_id, since, home)
if known and view.later:
    show_heading("Temaets øvrige nøgletal")
    show_cards(view.later, columns=3, choose=choose)
# The usual meeting need not be in every link to an indicator.
with_meeting = wanted.siden or since != usual_meeting(catalog, plan, shown_day())
siden = since.meeting_id if since and with_meeting else ""
write_url(replace(wanted, tema=theme_id, noegletal=chosen, siden=siden))
