"""Sammenlign: compare freely."""

import streamlit as st

from kpi.domain.wording import capital
from ui import cache
from ui.choose import end_here
from ui.compared import compare_chosen
from ui.comparison import lead_to_boxes
from ui.comparison_charts import show_charts
from ui.opening import shown_version
from ui.page import show_title
from ui.picture_mode import is_picture
from ui.title_row import title_alone
from ui.url import selection_from_url, write_url

version = shown_version()
catalog = cache.catalog(version)
home = cache.home_area(catalog)
wanted = selection_from_url("sammenlign", catalog)
view_of_link = cache.comparison_of(version, wanted, home)
title = title_alone("sammenlign")
boxes = st.container(border=not is_picture(), key="sammenlign-valg")

# What a press asks for is drawn before the boxes and the title, which show or name it.
compared = compare_chosen(view_of_link, catalog, version, home)
selection = compared.view.selection
if compared.is_answered:
    compared.show_notes(catalog)
    show_charts(compared.view)
with boxes:
    compared.show_boxes()
name = catalog.indicators[selection.noegletal].name
with title:
    if not compared.is_answered:
        show_title(name, "Vælg mindst ét område og én gruppe")
        lead_to_boxes()
        end_here()
    show_title(name, capital(selection.sentence(catalog, home)))
    lead_to_boxes()
compared.show_nothing_to_see()
write_url(selection)
