"""Tema: how is this track going?"""

from dataclasses import replace

import streamlit as st

from kpi.views.indicator import About
from ui import cache
from ui.badges import plain, small
from ui.cards import show_cards
from ui.choose import choose_one
from ui.exhibits import show_exhibit
from ui.page import show_heading, show_title
from ui.tables import show_standing
from ui.url import selection_from_url, write_url

_FIRST_CARDS = 6


def show_about(about: About) -> None:
    """Definition, unit, sources and publications of the chosen indicator."""
    one = about.indicator
    with st.expander("Om tallet: definition, kilde og historik", icon=":material/info:"):
        st.markdown(f"**{plain(one.name)}.** {plain(one.definition)}.")
        st.markdown(f"Enhed: {plain(about.unit)}. {about.direction}. Gruppe: {plain(about.group)}.")
        if one.source_note:
            st.markdown(f"{plain(one.source_note)}.")
        for source in about.sources:
            st.markdown(
                f"- {plain(source.title)}, {plain(source.publisher)}, {plain(source.published)}. "
                f"{plain(source.section)}"
            )
        for batch in about.batches:
            st.markdown(
                small(
                    f"Udgivet {batch.published_at[:10]} fra {plain(batch.original_name)} "
                    f"({plain(batch.note)}), kendt fra {batch.known_from}."
                )
            )


version = cache.version()
catalog = cache.catalog(version)
wanted = selection_from_url("tema", catalog)
if wanted.noegletal and not wanted.tema:
    wanted = replace(wanted, tema=catalog.indicators[wanted.noegletal].theme_id)
themes = list(catalog.themes)
head, pick = st.columns([2.7, 1], vertical_alignment="bottom")
with pick:
    theme_id = choose_one(
        "Tema", themes, wanted.tema or themes[0], lambda one: catalog.themes[one].name, key="tema"
    )
indicators = [one.indicator_id for one in catalog.indicators_of(theme_id)]
indicator_id = wanted.noegletal if wanted.noegletal in indicators else ""
view = cache.theme_of(version, theme_id, indicator_id, cache.home_area())
with head:
    show_title(view.title, view.theme.description)

box = f"noegletal-{theme_id}"


def choose(one: str) -> None:
    """A card's button chooses its indicator in the box beside the chart."""
    st.session_state[box] = one


show_cards(view.cards[:_FIRST_CARDS], columns=3, choose=choose)
st.space("small")
left, right = st.columns([1.65, 1], gap="large")
with right:
    chosen = choose_one(
        "Nøgletal",
        indicators,
        view.chosen.indicator.indicator_id,
        lambda one: catalog.indicators[one].short_name,
        key=box,
    )
    if chosen != view.chosen.indicator.indicator_id:
        view = cache.theme_of(version, theme_id, chosen, cache.home_area())
    for row in view.chosen.rows:
        if row.against:
            show_heading(f"{row.name}, {row.period}")
            show_standing(row)
    show_about(view.chosen.about)
    if view.chosen.incomparable:
        with st.container(border=True, gap="xsmall"):
            st.markdown(":gray-badge[:material/question_mark: Ingen sammenligning]")
            st.markdown(f":small[{plain(view.chosen.incomparable)}]")
with left:
    for exhibit in view.chosen.exhibits:
        show_exhibit(exhibit)
    if not view.chosen.exhibits:
        one = view.chosen.indicator
        show_heading(f"{one.name}: ingen tal endnu")
        st.info(
            plain(f"{one.source_note or 'Kilderne giver ikke noget tal'}. "
                  "Tallet kommer på siden, når det er udgivet."),
            icon=":material/info:",
        )  # fmt: skip
if view.cards[_FIRST_CARDS:]:
    show_heading("Temaets øvrige nøgletal")
    show_cards(view.cards[_FIRST_CARDS:], columns=3, choose=choose)
write_url(replace(wanted, tema=theme_id, noegletal=chosen))
