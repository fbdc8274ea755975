"""Område: how does this area do?"""

import streamlit as st

from kpi.domain.selection import Selection
from ui import cache
from ui.area import (
    show_empty,
    show_housing,
    show_more_rows,
    show_more_trends,
    show_programme,
    show_remarks,
    show_trends,
)
from ui.as_of import day_parameter, show_nothing_known, shown_version
from ui.badges import plain
from ui.choose import choose_one
from ui.page import show_heading, show_title
from ui.tables import show_area_rows
from ui.title_row import title_columns
from ui.url import selection_from_url, write_url


def go_to(area_id: str) -> None:
    """Chooses another area, as the box does."""
    st.session_state["omraade"] = area_id


version = shown_version()
catalog = cache.catalog(version)
home = cache.home_area(catalog)
wanted = selection_from_url("omraade", catalog)
head, pick = title_columns()
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
if not view.rows and not view.outcomes and day_parameter():
    newest = cache.area_of(cache.version(), area_id)
    show_nothing_known(
        f"tal for {plain(view.area.name)}", is_known_now=bool(newest.rows or newest.outcomes)
    )
    show_remarks(view)
elif not view.rows and not view.outcomes:
    show_empty(view, catalog.siblings(view.area), go_to)
elif view.facts or view.outcomes:
    show_programme(view)
else:
    show_trends(view)
show_more_trends(view, version)
if view.rows:
    show_heading(
        "Alle tal" if not view.outcomes else "Flere tal",
        "Nyeste periode. I parentes: forskel i procentpoint eller i nøgletallets enhed",
    )
    show_area_rows(view.rows, view.area.name)
    show_more_rows(view, version)
for context in view.housing:
    show_housing(context, catalog)
write_url(Selection("omraade", omraade=area_id))
