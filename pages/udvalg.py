"""Udvalg: what do we hand in?"""

import streamlit as st

from kpi.domain.errors import KpiError
from kpi.export.proposal import missing
from ui import cache
from ui.as_of import show_band
from ui.badges import plain
from ui.choose import end_here
from ui.committee import choose
from ui.committee_deck import expect_pictures
from ui.committee_drafts import (
    do_pressed,
    forget_press,
    open_draft,
    save_draft,
    show_drafts,
    write_address,
)
from ui.committee_figures import show_figures, show_pictures
from ui.committee_files import show_files, show_sizes
from ui.committee_list import show_paper_title
from ui.committee_refresh import show_refresh
from ui.committee_saved import show_saved
from ui.committee_state import arrange
from ui.opening import stop_before_first_figure
from ui.page import show_fault
from ui.title_row import title_alone
from ui.url import selection_from_url

expect_pictures()
do_pressed()
version = cache.version()
pinned = show_band(so="Filerne dannes ud fra disse data.")
catalog = cache.catalog(version)
wanted = selection_from_url("udvalg", catalog)
title = title_alone("udvalg")
wanted = open_draft(catalog, wanted, pinned)
mark, listed = st.empty(), st.container()
choice, day = choose(catalog, wanted, cache.home_area(catalog), pinned)
key = cache.as_of(version, day)
stop_before_first_figure(key, day)
full_paper = cache.paper_of(key, choice)
try:
    paper = arrange(full_paper)
except KpiError as error:
    forget_press()
    show_fault(error)
    end_here()
with listed:
    show_drafts(catalog, paper.meeting.body if paper.meeting else "")
if lacking := missing(full_paper, paper.choice, catalog):
    st.warning(plain(lacking), icon=":material/info:")
pictures = show_figures(paper, full_paper, catalog)
with title:
    show_paper_title(paper)
sizes = show_files(paper, cache.catalog(key))
show_refresh(paper, key)
show_saved(paper, version)
draft_id = save_draft(paper, day, pinned, mark)
write_address(paper.choice, day, catalog, draft_id, pinned)
show_pictures(paper, pictures)
show_sizes(paper, sizes)
