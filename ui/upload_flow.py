"""What is shown under the steps: before a file, with a current file, and after its publication."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from kpi.domain.catalog import Catalog
from kpi.domain.model import Batch, Entry
from kpi.ingest.checked import Checked
from kpi.ingest.mapping.choices import Choices
from kpi.store.uploads import published_file
from kpi.views import upload as view
from kpi.views.new_things import is_of_metadata
from kpi.views.upload_problems import has_personal_data
from ui import cache
from ui.new_editor import show_editor
from ui.new_offer import show_offer
from ui.plan_history import show_entries
from ui.upload import show_file_choice, show_refused
from ui.upload_changes import show_before_after, show_changes, show_counts
from ui.upload_files import current_file, file_field
from ui.upload_history import open_history, show_history
from ui.upload_problems import show_problems
from ui.upload_publish import show_published, show_publishing
from ui.upload_recipe import show_recipe_form
from ui.upload_state import Done
from ui.upload_work import changes_file

_WIDTHS = [2.6, 1.0]


def show_before(
    batches: Sequence[Batch], entries: Sequence[Entry], catalog: Catalog, version: str
) -> None:
    """The field for a file, what figures are of, and what was published before."""
    show_file_choice(catalog)
    show_editor(catalog)
    show_entries(
        [entry for entry in entries if is_of_metadata(entry)], catalog, cache.plan_of(version),
        partial(cache.entry_changes_of, version), "Oprettet og rettet", "oprettet",
    )  # fmt: skip
    show_history(batches)


def show_file(
    checked: Checked, choices: Choices, batches: Sequence[Batch], catalog: Catalog
) -> None:
    """Everything about the current file, down to its publication."""
    if has_personal_data(checked):
        show_refused(checked)
    show_offer(checked, choices, catalog)
    if not has_personal_data(checked) and view.has_more_than_recipe_problem(checked, choices):
        show_problems(checked)
    if view.is_compared(checked, choices):
        _show_comparison(checked, choices, batches, catalog)
    if checked.columns and not view.is_own_template(checked):
        show_recipe_form(checked, catalog, is_needed=view.needs_recipe(checked, choices))
    if not view.is_compared(checked, choices):
        file_field("Vælg en anden fil")


def _show_comparison(
    checked: Checked, choices: Choices, batches: Sequence[Batch], catalog: Catalog
) -> None:
    left, right = st.columns(_WIDTHS, gap="large")
    with left:
        handed = current_file()
        assert handed is not None
        assert handed.upload is not None
        written = partial(changes_file, handed.upload, choices)
        show_changes(checked, catalog, "Ændringer i filen", written)
        show_publishing(checked, choices)
    with right:
        show_counts(checked)
        if st.button("Tidligere indlæsninger", icon=":material/history:", width="stretch"):
            open_history(batches)
    show_before_after(checked, catalog)


def show_after(done: Done, batches: Sequence[Batch], catalog: Catalog) -> None:
    """What was published, and the way back."""
    show_published(done, catalog)
    left, right = st.columns(_WIDTHS, gap="large")
    with left:
        show_changes(done.checked, catalog, "Udgivne ændringer", partial(_published_changes, done))
    with right:
        show_counts(done.checked)
    show_history(batches)


def _published_changes(done: Done) -> bytes:
    """What the publication changed, from the file that was kept and the version before it."""
    file = published_file(done.sha256, done.checked.file)
    return changes_file(file, done.choices, done.version_before)
