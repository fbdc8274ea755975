"""Udvalg: what do we hand in?"""

import streamlit as st

from kpi.domain.selection import Selection
from ui import cache
from ui.as_of import show_band
from ui.committee import arrange, choose, show_preview
from ui.committee_files import show_files
from ui.committee_saved import show_saved
from ui.opening import stop_before_first_figure
from ui.page import show_heading, show_title
from ui.title_row import title_alone
from ui.url import selection_from_url, write_url

version = cache.version()
pinned = show_band(so="Filerne dannes ud fra disse data.")
catalog = cache.catalog(version)
wanted = selection_from_url("udvalg", catalog)
title = title_alone("udvalg")
left, right = st.columns([1, 1.65], gap="large")
with left:
    show_heading("Til hvilket møde?")
    choice, day = choose(catalog, wanted, cache.home_area(catalog), pinned)
key = cache.as_of(version, day)
stop_before_first_figure(key, day)
full_paper = cache.paper_of(key, choice)
with right:
    paper = arrange(full_paper)
    show_preview(paper, full_paper)
with title:
    count = "1 figur" if len(paper.items) == 1 else f"{len(paper.items)} figurer"
    show_title(
        f"{count} til {paper.occasion or 'et møde'}", f"{paper.area_name} · {paper.dated}", False
    )
show_files(paper, cache.catalog(key))
show_saved(paper, version)
write_url(Selection("udvalg", moede=choice.meeting_id, omraade=choice.area_id, blandt=choice.among))
