"""Indlæs data: from a new extract to published figures, with a way back."""

import streamlit as st

from kpi.domain.errors import KpiError
from kpi.views import new_things
from kpi.views import upload as view
from ui import cache
from ui.as_of import show_band
from ui.badges import plain
from ui.new_form import show_new
from ui.new_offer import show_made
from ui.new_state import opened
from ui.page import show_fault
from ui.upload import show_file_line, show_head, show_steps
from ui.upload_choices import show_choices
from ui.upload_files import (
    files,
    keep_answers,
    put_down,
    restore_answers,
    take_messages,
)
from ui.upload_flow import show_after, show_before, show_file
from ui.upload_queue import show_queue
from ui.upload_state import checked_file, done, read_the_rest

version = cache.version()
show_band("Du ser data, som de forelå {day}.", "En ny fil indlæses altid i nyeste data.")
catalog = cache.catalog(version)
batches, entries = cache.store(version).batches(), cache.store(version).entries()
published = done(batches)
restore_answers()
fault = None
try:
    checked, choices = checked_file(version)
except KpiError as error:
    # Without a current file, or the page would fail the same way for ever.
    put_down()
    checked, choices, fault = None, view.NO_CHOICES, error
if published:
    checked, choices = published.checked, published.choices

steps = view.steps(checked, choices, published=published is not None)
making = opened() if checked and not published else None
if making:
    steps = view.steps_while_making(steps, new_things.step_name(making.table))
title = view.published_title(published.checked) if published else view.title(checked, choices)
show_head(
    new_things.title(making.table, making.text, bool(making.texts)) if making else title,
    view.under_title(steps, published.batch_id if published else None, len(files()) > 1),
    catalog,
)
if fault:
    show_fault(fault)
for message, is_warning in take_messages():
    show = st.warning if is_warning else st.success
    show(plain(message), icon=":material/warning:" if is_warning else ":material/info:")
show_late = show_queue(version)
with st.container(border=True, gap="xsmall"):
    show_steps(steps, checked)
    if checked:
        show_file_line(checked, choices, catalog, batches, is_open=not published)
    if checked and not published and not making:
        show_choices(checked, choices)
    # What figures build on by now is undone after them, further down.
    if not published:
        show_made(frozenset(entry.entry_id for entry in entries if not entry.withdrawn_on))

if published:
    show_after(published, batches, catalog)
elif checked and making:
    show_new(making, checked, choices, catalog, version)
elif checked:
    show_file(checked, choices, batches, catalog)
else:
    show_before(batches, entries, catalog)
keep_answers()
# The current file is on the page by now; nobody waits for the others.
if not fault:
    try:
        read_the_rest(version, show_late)
    except KpiError as error:
        show_fault(error)
