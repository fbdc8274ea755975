"""The upload page down to the file's own tables: which file it is about, its steps and choices."""

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from kpi.domain.catalog import Catalog
from kpi.domain.errors import KpiError
from kpi.domain.model import Batch, Entry
from kpi.ingest.checked import Checked
from kpi.ingest.mapping.choices import Choices
from kpi.views import approval, new_things
from kpi.views import upload as view
from kpi.views.fetch_lists import under_words
from ui.badges import plain
from ui.fetch_lists import Fetching
from ui.new_offer import show_made
from ui.new_state import Opened, opened
from ui.page import show_fault
from ui.recipe_fields import filled_now
from ui.upload import show_file_line, show_head, show_steps
from ui.upload_choices import show_choices
from ui.upload_files import files, put_down, take_messages
from ui.upload_state import Done, checked_file


@dataclass(frozen=True)
class Current:
    """What the page is about: the current file as it was read or published, or why it was not.

    `making` is what a person makes of the file's unknown words, before its tables are shown.
    """

    checked: Checked | None
    choices: Choices
    published: Done | None = None
    fault: KpiError | None = None
    making: Opened | None = None


def read_current(version: str, published: Done | None) -> Current:
    """The current file, read anew where its choices are new."""
    if published:
        return Current(published.checked, published.choices, published)
    try:
        checked, choices = checked_file(version)
    except KpiError as error:
        # Without a current file, or the page would fail the same way for ever.
        put_down()
        return Current(None, view.NO_CHOICES, fault=error)
    return Current(checked, choices, making=opened() if checked else None)


def show_top(current: Current, catalog: Catalog, waiting: int, fetching: Fetching) -> None:
    """Title and line under it; what went wrong, and what the last run left to say.

    So many fetched files wait: they are what the page is about until a file is chosen.
    """
    published, making = current.published, current.making
    if making:
        # A recipe asks for the source of all figures; the name of their table is no source's.
        is_named = making.table != "source" or not making.answer
        text = making.text if is_named else ""
        title = new_things.title(making.table, text, bool(making.texts))
    elif published:
        title = view.published_title(published.checked)
    else:
        checked, choices = current.checked, current.choices
        waits = checked is not None and view.needs_recipe(checked, choices)
        filled = filled_now(checked, catalog) if checked and waits else None
        title = view.title(checked, choices, filled)
    batch_id = published.batch_id if published else None
    under = view.under_title(_steps(current), batch_id, len(files()) > 1)
    if waiting and not (making or published or current.checked):
        title = approval.page_title(waiting)
        under = under_words(waiting, len(fetching.published), len(fetching.failed))
    show_head(title, under, catalog, has_definitions=bool(fetching.states))
    if current.fault:
        show_fault(current.fault)
    for message, is_warning in take_messages():
        show = st.warning if is_warning else st.success
        show(plain(message), icon=":material/warning:" if is_warning else ":material/info:")


def show_choosing(
    current: Current, catalog: Catalog, batches: Sequence[Batch], entries: Sequence[Entry]
) -> None:
    """The steps, the file's line, how it is to be read, and what was made for it."""
    checked, choices = current.checked, current.choices
    show_steps(_steps(current), checked)
    if checked:
        show_file_line(checked, choices, catalog, batches, is_open=not current.published)
    if checked and not current.published and not current.making:
        show_choices(checked, choices)
    # What figures build on by now is undone after them, further down.
    if not current.published:
        show_made(frozenset(entry.entry_id for entry in entries if not entry.withdrawn_on))


def _steps(current: Current) -> tuple[view.Step, ...]:
    steps = view.steps(current.checked, current.choices, published=current.published is not None)
    if current.making:
        return view.steps_while_making(steps, new_things.step_name(current.making.table))
    return steps
