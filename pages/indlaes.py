"""Indlæs data: from a new extract to published figures, with a way back."""

import streamlit as st

from kpi.domain.errors import KpiError
from ui import cache
from ui.approval import show_approvals
from ui.as_of import show_band
from ui.fetch_lists import read_fetching, show_fetched
from ui.fetch_now import show_fetching, take_outcome
from ui.fetched import show_trouble, waiting_now
from ui.jumps import show_jumps
from ui.new_form import show_new
from ui.page import show_fault, show_heading
from ui.upload_files import current_file, keep_answers, restore_answers
from ui.upload_flow import show_after, show_before, show_file
from ui.upload_page import read_current, show_choosing, show_top
from ui.upload_queue import show_queue
from ui.upload_state import done, read_the_rest

version = cache.version()
show_band("Du ser data, som de forelå {day}.", "En ny fil indlæses altid i nyeste data.")
catalog = cache.catalog(version)
batches, entries = cache.batches_of(version), cache.entries_of(version)
published = done(batches)
restore_answers()
current = read_current(version, published)
waiting, fetching = waiting_now(), read_fetching(batches)
take_outcome()
show_top(current, catalog, len(waiting), fetching)
show_fetching()
if waiting and current_file() is None:
    show_jumps([("Til godkendelse", "godkend"), ("Indlæs en fil", "ny-fil")])
show_waiting_files = show_approvals(waiting, version)
has_file = current_file() is not None
if waiting and not has_file:
    with st.container(key="ny-fil"):
        show_heading("Indlæs en fil")
elif not has_file:
    show_trouble()
show_late = show_queue(version)
with st.container(border=True, gap="xsmall"):
    show_choosing(current, catalog, batches, entries)

if published:
    show_after(published, batches, catalog)
elif current.checked and current.making:
    show_new(current.making, current.checked, current.choices, catalog, version)
elif current.checked:
    show_file(current.checked, current.choices, batches, catalog)
else:
    show_before(batches, entries, catalog, version)
if not has_file:
    show_fetched(fetching, version)
show_waiting_files()
keep_answers()
# The current file is on the page by now; nobody waits for the others.
if not current.fault:
    try:
        read_the_rest(version, show_late)
    except KpiError as error:
        show_fault(error)
