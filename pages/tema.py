"""Tema: how is this track going?"""

from dataclasses import replace

from kpi.views.meetings import usual_meeting
from ui import cache
from ui.as_of import day_parameter, shown_day
from ui.cards import show_cards
from ui.opening import shown_version
from ui.page import show_heading, show_title
from ui.theme import (
    choose_theme,
    chooser,
    show_housing_links,
    show_indicators,
    show_later_figures,
    show_no_indicators,
    show_plan_since,
    show_without,
    with_theme,
)
from ui.title_row import title_columns
from ui.url import selection_from_url, write_url

version = shown_version()
catalog = cache.catalog(version)
home = cache.home_area(catalog)
wanted = with_theme(selection_from_url("tema", catalog), catalog)
head, pick = title_columns("tema")
with pick:
    theme_id = choose_theme(catalog, wanted.tema)
view = cache.theme_of(version, theme_id, home)
with head:
    show_title(view.title, view.theme.description)

offered = [
    indicator.indicator_id
    for indicator in catalog.offered_indicators(also=wanted.noegletal)
    if catalog.under(indicator, theme_id)
]
chosen = wanted
known = not day_parameter() or cache.has_figures(version, theme_id)
if not offered:
    show_no_indicators(view.theme)
elif known:
    chosen = show_indicators(view, offered, wanted, version, home)
else:
    show_later_figures(view.theme)
since = show_plan_since(version, theme_id, home, wanted.siden)
if known and view.later:
    show_heading("Temaets øvrige nøgletal")
    show_cards(view.later, columns=3, choose=chooser(theme_id))
show_without(view)
show_housing_links(view)
# The usual meeting need not be in every link to an indicator.
usual = usual_meeting(catalog, cache.plan_of(version), shown_day())
siden = since.meeting_id if since and (wanted.siden or since != usual) else ""
write_url(replace(chosen, tema=theme_id, siden=siden))
