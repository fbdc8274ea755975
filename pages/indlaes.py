"""Indlæs data: from a new extract to published figures, with a way back."""

import streamlit as st

from kpi.errors import KpiError
from kpi.views import upload as view
from ui import cache
from ui.as_of import show_band
from ui.badges import plain
from ui.page import show_fault
from ui.upload import show_choices, show_file_line, show_head, show_steps
from ui.upload_flow import show_after, show_before, show_file
from ui.upload_state import checked_file, done, let_go, told

version = cache.version()
show_band("Du ser data, som de forelå {day}.", "En ny fil indlæses altid i nyeste data.")
catalog = cache.catalog(version)
batches = cache.store(version).batches()
published = done(batches)
fault = None
try:
    checked, choices = checked_file(version)
except KpiError as error:
    # Without the file, or the page would fail the same way for ever.
    let_go()
    checked, choices, fault = None, view.NO_CHOICES, error
if published:
    checked, choices = published.checked, published.choices

steps = view.steps(checked, choices, published=published is not None)
show_head(
    view.published_title(published.checked) if published else view.title(checked, choices),
    view.under_title(steps, published.batch_id if published else None),
    catalog,
)
if fault:
    show_fault(fault)
if message := told():
    st.success(plain(message), icon=":material/info:")
with st.container(border=True, gap="xsmall"):
    show_steps(steps, checked)
    if checked:
        show_file_line(checked, choices, catalog, is_open=not published)
    if checked and not published:
        show_choices(checked, choices)

if published:
    show_after(published, batches, catalog)
elif checked:
    show_file(checked, choices, batches, catalog)
else:
    show_before(batches)
