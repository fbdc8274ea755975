"""Indlæs data: from a new extract to published figures, with a way back."""

import streamlit as st

from kpi.errors import KpiError
from kpi.views import upload as view
from ui import cache
from ui.badges import plain
from ui.upload import (
    show_choices,
    show_fault,
    show_file_choice,
    show_file_line,
    show_head,
    show_refused,
    show_steps,
)
from ui.upload_changes import show_before_after, show_changes, show_counts
from ui.upload_history import open_history, show_history
from ui.upload_problems import show_problems
from ui.upload_publish import show_published, show_publishing
from ui.upload_recipe import show_recipe_form
from ui.upload_state import checked_file, done, file_field, let_go, told

version = cache.version()
catalog = cache.catalog(version)
batches = cache.store(version).batches()
published = done()
try:
    checked, choices = checked_file(version)
except KpiError as error:
    # The file stays out of the way, or the page would fail the same way for ever.
    let_go()
    checked, choices = None, view.NO_CHOICES
    show_fault(error)
if published:
    checked, choices = published.checked, published.choices

steps = view.steps(checked, choices, published=published is not None)
show_head(
    view.published_title(published.checked) if published else view.title(checked, choices),
    view.under_title(steps, published.batch_id if published else None),
    catalog,
)
if message := told():
    st.success(plain(message), icon=":material/undo:")
with st.container(border=True, gap="xsmall"):
    show_steps(steps, checked)
    if checked:
        show_file_line(checked, choices, catalog, is_open=not published)
    if checked and not published:
        show_choices(checked, choices)

if checked is None:
    show_file_choice()
elif published:
    show_published(published, catalog)
elif view.has_personal_data(checked):
    show_refused(checked)
else:
    show_problems(checked)

if checked and not published and not view.is_own_template(checked) and checked.columns:
    show_recipe_form(checked, catalog, is_needed=view.needs_recipe(checked, choices))
if checked and view.is_compared(checked, choices):
    left, right = st.columns([2.6, 1], gap="large")
    with left:
        show_changes(checked, catalog, "Det er ændret" if published else "Det vil ændre sig")
        if not published:
            show_publishing(checked, choices)
    with right:
        show_counts(checked)
        if not published and st.button(
            "Historik og fortryd", icon=":material/history:", width="stretch"
        ):
            open_history(batches)
    if not published:
        show_before_after(checked, catalog)
elif checked and not published:
    file_field("Vælg en anden fil")
if checked is None or published:
    show_history(batches)
