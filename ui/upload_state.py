"""The file that a person is working on: kept between runs, read once for each set of choices.

Only this module touches the session's keys of the upload page.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from kpi.ingest.checking import Change, Checked, Choices
from kpi.ingest.plan import OWN_SOURCE
from kpi.ingest.raw import Upload
from kpi.ingest.recipe import Recipe, all_recipes
from kpi.model import Batch
from kpi.store.uploads import check_file, recipe_folders
from kpi.views.upload import has_personal_data, needs_recipe
from ui.badges import plain

FILE_TYPES = ("csv", "tsv", "txt", "xlsx", "json", "px")
NOTE, NAME = "indlaes-note", "indlaes-navn"
_HANDED, _CHECKED, _DONE, _NUMBER = "indlaes-fil", "indlaes-laest", "indlaes-udgivet", "indlaes-nr"
_TOLD = "indlaes-besked"


@dataclass(frozen=True)
class Handed:
    """A file as it was handed in. `upload` is None once it was refused: then nothing is kept."""

    upload: Upload | None
    sha256: str


@dataclass(frozen=True)
class Done:
    """A publication of this session, for the page to tell of it."""

    checked: Checked
    choices: Choices
    batch_id: int
    version: str
    version_before: str
    sha256: str

    @property
    def changes(self) -> tuple[Change, ...]:
        """What the publication added and changed."""
        return self.checked.changes


def file_field(label: str) -> None:
    """The field that takes a file; a new one stands there as soon as one was taken."""
    key = key_of("filfelt")
    st.file_uploader(
        label,
        type=FILE_TYPES,
        key=key,
        on_change=_take,
        args=(key,),
    )


def key_of(field: str) -> str:
    """A field's key for this file: the next file begins with fields of its own."""
    return f"indlaes-{field}-{st.session_state.get(_NUMBER, 0)}"


def current_file() -> Handed | None:
    """The file in hand."""
    handed: Handed | None = st.session_state.get(_HANDED)
    return handed


def done(batches: Sequence[Batch]) -> Done | None:
    """What was published last, until the next file is chosen, or somebody takes it back."""
    published: Done | None = st.session_state.get(_DONE)
    counts = {one.batch_id for one in batches if one.state == "published"}
    return published if published and published.batch_id in counts else None


def finish(published: Done) -> None:
    """Notes a publication and lets go of the file."""
    st.session_state[_DONE] = published
    let_go()


def let_go() -> None:
    """Forgets the file, as if none had been chosen."""
    for key in (_HANDED, _CHECKED):
        st.session_state.pop(key, None)
    st.session_state[_NUMBER] = st.session_state.get(_NUMBER, 0) + 1


def begin_again() -> None:
    """The empty page again; the note of a publication belongs to it alone."""
    if st.session_state.pop(_DONE, None):
        st.session_state[NOTE] = ""
    let_go()


def tell(message: str) -> None:
    """Keeps a message for the next run, which shows it."""
    st.session_state[_TOLD] = message


def told() -> str:
    """The message that the last run left, once."""
    return str(st.session_state.pop(_TOLD, ""))


def recipes() -> dict[str, Recipe]:
    """Every recipe by name."""
    return {one.name: one for one in all_recipes(recipe_folders())}


def choices_now() -> Choices:
    """What the boxes say of this file; they may be drawn further down."""
    state = st.session_state
    name = state.get(key_of("opskrift")) or ""
    source_id = state.get(key_of("kilde"))
    return Choices(
        recipe=recipes().get(name) if name else None,
        # The box begins at our own source, which no choice means too: the file is read once.
        source_id=None if source_id == OWN_SOURCE else source_id,
        decimal=state.get(key_of("decimaltegn")) or None,
        sheet=(state.get(key_of("ark")) or "").strip() or None,
    )


def checked_file(version_key: str) -> tuple[Checked | None, Choices]:
    """The file in hand, read and compared with the version, and the choices it was read with.

    The only recipe that fits is chosen at once, until a person chooses otherwise.
    """
    handed = current_file()
    if handed is None:
        return None, Choices()
    choices = choices_now()
    checked = _checked(handed, choices, version_key)
    recipe_key = key_of("opskrift")
    if (
        needs_recipe(checked, choices)
        and len(checked.fitting) == 1
        and recipe_key not in st.session_state
    ):
        st.session_state[recipe_key] = checked.fitting[0]
        choices = replace(choices, recipe=recipes()[checked.fitting[0]])
        checked = _checked(handed, choices, version_key)
    return checked, choices


def _checked(handed: Handed, choices: Choices, version_key: str) -> Checked:
    key = (handed.sha256, choices, version_key)
    known: tuple[object, Checked] | None = st.session_state.get(_CHECKED)
    if known is not None and (known[0] == key or handed.upload is None):
        return known[1]
    assert handed.upload is not None, "a refused file has been read"
    with st.spinner(f"Læser »{plain(handed.upload.name)}« …"):
        checked = check_file(handed.upload, choices)
        if has_personal_data(checked):
            st.session_state[_HANDED] = Handed(None, handed.sha256)
        st.session_state[_CHECKED] = (key, checked)
    return checked


def _take(key: str) -> None:
    """Takes a file out of its field: the field's own copy goes, so that one place holds it."""
    taken: UploadedFile | None = st.session_state.get(key)
    if taken is None:
        return
    upload = Upload(taken.name, taken.getvalue())
    begin_again()
    st.session_state[_HANDED] = Handed(upload, upload.sha256)
    context = get_script_run_ctx()
    if context is not None and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        context.uploaded_file_mgr.remove_file(context.session_id, taken.file_id)
