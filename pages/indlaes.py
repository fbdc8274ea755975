"""Indlæs data: from a new extract to published figures, with a way back."""

import streamlit as st

from kpi.errors import KpiError
from kpi.views import upload as view
from ui import cache
from ui.as_of import show_band
from ui.badges import plain
from ui.page import show_fault
from ui.upload import show_choices, show_file_line, show_head, show_steps
from ui.upload_files import keep_what_was_said, put_down, told
from ui.upload_flow import show_after, show_before, show_file
from ui.upload_queue import show_queue
from ui.upload_state import checked_file, done, read_the_rest

version = cache.version()
show_band("Du ser data, som de forelå {day}.", "En ny fil indlæses altid i nyeste data.")
catalog = cache.catalog(version)
batches = cache.store(version).batches()
published = done(batches)
keep_what_was_said()
fault = None
try:
    checked, choices = checked_file(version)
except KpiError as error:
    # With no file in hand, or the page would fail the same way for ever.
    put_down()
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
for message, is_warning in told():
    show = st.warning if is_warning else st.success
    show(plain(message), icon=":material/warning:" if is_warning else ":material/info:")
show_late = show_queue(version)
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
# The file in hand stands on the page by now; nobody waits for the others.
if not fault:
    read_the_rest(version, show_late)
