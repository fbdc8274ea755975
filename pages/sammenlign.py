"""Sammenlign: compare freely."""

from dataclasses import replace

import streamlit as st

from kpi.period import parse_period
from kpi.selection import DIAGRAMS
from kpi.wording import period_name
from ui import cache
from ui.badges import plain
from ui.choose import choose_diagram, choose_many, choose_one
from ui.exhibits import show_exhibit
from ui.page import show_title
from ui.url import selection_from_url, write_url

version = cache.version()
catalog = cache.catalog(version)
home = cache.home_area()
wanted = selection_from_url("sammenlign", catalog)
view = cache.comparison_of(version, wanted, home)
title = st.container()

with st.container(border=True):
    first, second, third = st.columns([1.2, 1.6, 1.2])
    with first:
        indicator_id = choose_one(
            "Nøgletal",
            list(catalog.indicators),
            view.selection.noegletal,
            lambda one: catalog.indicators[one].name,
            key="noegletal",
        )
    if indicator_id != view.selection.noegletal:
        # Another indicator has other groups and periods; the areas are kept.
        wanted = replace(wanted, noegletal=indicator_id, grupper=(), fra="", til="")
        view = cache.comparison_of(version, wanted, home)
    indicator = catalog.indicators[indicator_id]
    with second:
        areas = choose_many(
            "Områder",
            [area.area_id for area in catalog.sorted_areas()],
            view.selection.omraader,
            lambda one: catalog.areas[one].name,
            key="omraader",
        )
    with third:
        groups = choose_many(
            "Grupper",
            view.choices.groups,
            view.selection.grupper,
            lambda one: catalog.groups[one].name,
            key=f"grupper-{indicator_id}",
        )
    left, middle, right = st.columns([1.6, 1, 1])
    with left:
        diagram = choose_diagram(
            "Diagram", list(DIAGRAMS), view.selection.diagram, DIAGRAMS.__getitem__, key="diagram"
        )
    periods = [one.text for one in view.choices.periods]

    def name_of(period: str) -> str:
        return period_name(parse_period(period), indicator, catalog) if period else "Ingen grænse"

    with middle:
        since = choose_one(
            "Fra", ["", *periods], view.selection.fra, name_of, f"fra-{indicator_id}"
        )
    with right:
        until = choose_one(
            "Til", ["", *periods], view.selection.til, name_of, f"til-{indicator_id}"
        )

if not areas or not groups:
    with title:
        show_title(indicator.name, "Vælg mindst ét område og én gruppe")
    st.stop()
chosen = replace(
    view.selection, omraader=areas, grupper=groups, diagram=diagram, fra=since, til=until
)
if chosen != view.selection:
    view = cache.comparison_of(version, chosen, home)
with title:
    sentence = view.selection.sentence(catalog)
    show_title(indicator.name, sentence[:1].upper() + sentence[1:])
for note in view.notes:
    st.info(plain(note), icon=":material/info:")
for exhibit in view.exhibits:
    show_exhibit(exhibit)
if not view.exhibits and not view.notes:
    st.warning(
        "Der er ingen tal at vise for det valgte. Vælg et område eller en gruppe mere, eller en "
        "længere periode.",
        icon=":material/search_off:",
    )
write_url(view.selection)
