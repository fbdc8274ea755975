"""Vejledning: how do I do that?"""

import streamlit as st

from kpi.domain.guides import READERS, guide_for
from kpi.domain.selection import Selection
from ui import cache
from ui.choose import choose_word
from ui.guide import show_sheet, show_tasks
from ui.page import show_title
from ui.parts import unfolded
from ui.switches import uploads_are_open
from ui.title_row import title_alone
from ui.url import selection_from_url, write_url

catalog = cache.catalog(cache.version())
wanted = selection_from_url("vejledning", catalog)
title = title_alone("vejledning")
with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
    reader = choose_word("Vejledning til", READERS, wanted.laeser or "leder", key="laeser")
    guide = guide_for(reader, uploads_are_open())
    show_sheet(reader, guide)
with title:
    show_title(guide.title, guide.purpose, with_day=False)
parts = [task.part for task in guide.tasks]
# All of them stand open unless one is asked for.
asked = unfolded(wanted.afsnit, parts).intersection(parts) or set(parts)
opened = tuple(show_tasks(reader, guide, asked, catalog))
write_url(Selection("vejledning", laeser=reader, afsnit=opened if len(opened) < len(parts) else ()))
