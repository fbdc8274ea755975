"""Område: how does this area do?"""

import streamlit as st

from kpi.selection import Selection
from kpi.views.area import AreaView
from kpi.wording import capital
from ui import cache
from ui.badges import plain, small
from ui.choose import choose_one
from ui.exhibits import show_exhibit
from ui.page import show_heading, show_title
from ui.tables import show_area_rows, show_standing
from ui.url import selection_from_url, write_url


def show_programme(view: AreaView) -> None:
    """Who a programme is for, and what came of it."""
    columns = st.columns(max(len(view.facts), 1))
    for column, fact in zip(columns, view.facts, strict=False):
        with column, st.container(border=True, height="stretch", gap="xsmall"):
            st.markdown(f":small[{plain(fact.name)}]")
            st.metric(fact.name, fact.value, label_visibility="collapsed")
            st.markdown(small(plain(fact.beside or "–")))
    st.space("small")
    left, right = st.columns([1.65, 1], gap="large")
    with left:
        if view.outcomes:
            show_exhibit(view.outcomes)
    with right:
        for exhibit in view.trends:
            show_exhibit(exhibit)
        if view.incomparable:
            with st.container(border=True, gap="xsmall"):
                st.markdown(":gray-badge[:material/question_mark: Ingen sammenligning]")
                st.markdown(f":small[{plain(view.incomparable)}]")


def show_empty(view: AreaView) -> None:
    """Why there are no figures, as the papers tell it, and where to find some."""
    st.info(
        f"Der er ikke udgivet tal for {plain(view.area.name)}. De vises her, så snart de er "
        "indlæst.",
        icon=":material/info:",
    )
    st.markdown(
        "\n".join(
            f"- **{capital(day)}:** {plain(text)}. {small(f'Kilde: {plain(source)}')}"
            for day, text, source in view.remarks
        )
    )
    with st.container(horizontal=True):
        for area in catalog.siblings(view.area):
            st.button(f"Se {area.name}", on_click=go_to, args=(area.area_id,))


def go_to(area_id: str) -> None:
    """Chooses another area, as the box does."""
    st.session_state["omraade"] = area_id


version = cache.version()
catalog = cache.catalog(version)
wanted = selection_from_url("omraade", catalog)
head, pick = st.columns([2.7, 1], vertical_alignment="bottom")
with pick:
    area_id = choose_one(
        "Område",
        [area.area_id for area in catalog.sorted_areas()],
        wanted.omraade or cache.home_area(),
        lambda one: catalog.areas[one].name,
        key="omraade",
    )
view = cache.area_of(version, area_id)
with head:
    show_title(view.title, view.subtitle)
if not view.rows and not view.outcomes:
    show_empty(view)
elif view.facts or view.outcomes:
    show_programme(view)
else:
    rows = {(row.indicator.indicator_id, row.group_id): row for row in view.rows}
    for exhibit in view.trends:
        left, right = st.columns([1.65, 1], gap="large")
        with left:
            show_exhibit(exhibit)
        with right:
            row = rows[exhibit.selection.noegletal, exhibit.selection.grupper[0]]
            show_heading(row.name, row.period)
            show_standing(row)
if view.rows:
    show_heading(
        "Alle tal" if not view.outcomes else "Flere tal",
        "Nyeste periode; afstanden i parentes er i procentpoint eller tallets egen enhed",
    )
    show_area_rows(view.rows, view.area.name)
write_url(Selection("omraade", omraade=area_id))
