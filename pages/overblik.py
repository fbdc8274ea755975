"""Overblik: how do we stand?"""

from dataclasses import replace

import streamlit as st

from kpi import format as fmt
from kpi.selection import Selection
from kpi.views.cards import areas_in_focus
from ui import cache
from ui.as_of import shown_day, shown_version
from ui.badges import plain, small
from ui.cards import show_cards
from ui.overview import show_disputed, show_moves
from ui.page import show_heading, show_link, show_title
from ui.since import choose_since, show_since_meeting
from ui.tables import show_heat_map
from ui.url import selection_from_url, write_url

version = shown_version()
catalog = cache.catalog(version)
home = cache.home_area(catalog)
wanted = selection_from_url("overblik", catalog)
view = cache.overview_of(version, home)

show_title(
    "Sådan står det til på integrationsområdet",
    f"Handleplanens fire spor og Opgang til Opgang i {view.area_name}",
)
show_cards([card for card in view.cards if card.figure is not None], columns=2, wide=True)
show_cards([card for card in view.cards if card.figure is None], columns=4)
if catalog.meetings:
    pick, news = st.columns([1, 2.7], vertical_alignment="bottom")
    with pick:
        report = cache.plan_of(version).newest_report(list(catalog.themes))
        since = choose_since(catalog, wanted.siden, shown_day(), news=report)
    with news:
        show_since_meeting(version, catalog.meetings[since], home)
    wanted = replace(wanted, siden=since)
st.space("small")

left, right = st.columns([1.7, 1], gap="large")
with left:
    if view.heat_map:
        show_heading(
            view.heat_map.title,
            "Procent og afstand til målestokken i procentpoint · – ikke oplyst",
        )
        show_heat_map(view.heat_map)
        sources = "; ".join(catalog.sources[one].title for one in view.heat_map.source_ids)
        st.markdown(small(plain(f"{view.heat_map.note} Kilder: {sources}.")))
    show_disputed(cache.claims(version), catalog)
with right:
    if catalog.meetings:
        show_moves(cache.plan_moves_of(version, catalog.meetings[since].day, shown_day()))
    quality = view.quality
    show_heading("Kan jeg stole på tallene?", "Alle tal, der er udgivet i Spor")
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{fmt.number(quality.figures, 0)} tal**, hver med sin kilde")
        st.markdown(
            f":yellow-badge[:material/radio_button_unchecked: {quality.approximate} omtrentlige] "
            f":gray-badge[:material/visibility_off: {quality.hidden} skjulte] "
            f":gray-badge[:material/remove: {quality.missing} mangler]"
        )
        st.markdown(
            small("Omtrentlige tal er kildens egne »ca.« og »knap«. De vises med hule mærker.")
        )
        if quality.claims:
            st.markdown(
                f":violet-badge[:material/calculate: Regnetjek: {quality.disputed} af "
                f"{quality.claims} afviger] " + small("Papirernes egne regnestykker, regnet efter.")
            )
        show_link(Selection("om"), "Læs om tallene", icon=":material/arrow_forward:")
    st.space("xsmall")
    show_heading("Gå til et område", "Kommunen og indsatsens områder")
    with st.container(horizontal=True, gap="small"):
        for area_id in areas_in_focus(home, catalog):
            link = Selection("omraade", omraade=area_id)
            show_link(link, catalog.areas[area_id].name, icon=":material/place:")
write_url(wanted)
