"""The files that a person has handed in: a queue with one current file, kept between runs.

Only this module and ui/upload_state.py touch the session's keys of the upload page.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from kpi.domain.format import number as number_text
from kpi.ingest.gate.gate import shown_name
from kpi.ingest.readers.archive import (
    MOST_FILES,
    inflated_bytes,
    is_archive_of_files,
    tables_and_others,
)
from kpi.ingest.table.raw import MOST_QUEUED_BYTES, PackedUpload, RefusedError, Upload
from ui.upload_memory import has_room_for, note_queued

MOST_QUEUED_FILES = MOST_FILES
NOTE, NAME = "indlaes-note", "indlaes-navn"
READ, DONE = "indlaes-laest", "indlaes-udgivet"
_FILES, _IN_HAND, _NUMBER = "indlaes-filer", "indlaes-i-haanden", "indlaes-nr"
_ANSWERS, _MESSAGES, _DRAWN = "indlaes-valg", "indlaes-besked", "indlaes-tegnet"
_NEXT = "indlaes-naeste-svar"
_MOST_NAMED = 3
# A field's key of the file that it is about.
KeyOf = Callable[[str], str]
# The boxes to tick; buttons are true and false too.
_TICKS = ("indlaes-set", "indlaes-brug-opskrift")


@dataclass(frozen=True)
class Handed:
    """A file as it was handed in, under a number of its own in the session.

    `upload` is None once it was refused for personal data or published: then nothing is kept.
    `batch_id` is what it was published as. `archive` names the ZIP that it came in.
    """

    number: int
    name: str
    sha256: str
    upload: Upload | None
    archive: str = ""
    batch_id: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether something can still be done about it."""
        return self.upload is not None


def file_field(label: str, *, adds: bool = False) -> None:
    """The field that takes files; a new one is drawn as soon as some were taken.

    Files replace the current one, or with `adds` come after all others. Any file is taken:
    its content decides what it is, and the reading says so.
    """
    # Not among the keys of a file: nothing may set a field of files.
    key = fresh_key("filfelt-flere" if adds else "filfelt")
    st.file_uploader(
        label,
        accept_multiple_files=True,
        key=key,
        on_change=_take,
        args=(key, adds),
    )


def files() -> tuple[Handed, ...]:
    """Every file of the queue, in its order."""
    queue: tuple[Handed, ...] = st.session_state.get(_FILES, ())
    return queue


def current_file() -> Handed | None:
    """The current file."""
    in_hand = st.session_state.get(_IN_HAND)
    return next((file for file in files() if file.number == in_hand), None)


def next_file() -> Handed | None:
    """The next file after the current one, from the beginning again after the last."""
    queue, hand = files(), current_file()
    place = queue.index(hand) + 1 if hand else 0
    return next(
        (file for file in (*queue[place:], *queue[:place]) if file.is_open and file is not hand),
        None,
    )


def key_of(field: str) -> str:
    """A field's key for the current file: the next file begins with fields of its own."""
    hand = current_file()
    return key_for(field, hand.number if hand else st.session_state.get(_NUMBER, 0))


def fresh_key(name: str) -> str:
    """A key that changes as soon as files were taken: an empty field, a closed box."""
    return f"{name}-{st.session_state.get(_NUMBER, 0)}"


def key_for(field: str, number: int) -> str:
    """A field's key for a file."""
    return f"indlaes-{field}-{number}"


def answer(field: str, number: int) -> object:
    """What a person has said in a field of a file; it need not be on the page. None: nothing."""
    key = key_for(field, number)
    return st.session_state.get(key, _kept(number).get(key))


def has_answer(field: str, number: int) -> bool:
    """Whether a field of a file was ever set, be it to nothing."""
    key = key_for(field, number)
    return key in st.session_state or key in _kept(number)


def say(field: str, number: int, value: object) -> None:
    """Sets a field before it is drawn."""
    hand = current_file()
    key = key_for(field, number)
    if hand and hand.number == number:
        st.session_state[key] = value
    else:
        _kept(number)[key] = value


def forget(field: str, number: int) -> None:
    """What was said in a field is as never said, before the field is drawn."""
    key = key_for(field, number)
    st.session_state.pop(key, None)
    _kept(number).pop(key, None)


def say_next(field: str, value: object) -> None:
    """Sets a field of the current file for the next run: in this one it may be drawn already."""
    st.session_state[_NEXT] = {key_of(field): value}


def restore_answers() -> None:
    """Sets the fields of the current file as they were when it was the current one before.

    A field that is not drawn in a run is forgotten by Streamlit, and with it what was said. One
    that was not drawn last is set in every run until it is: the browser takes over what is set in
    the run that draws it, and shows an empty field for what was set before.
    """
    for key, value in st.session_state.pop(_NEXT, {}).items():
        st.session_state[key] = value
    hand = current_file()
    if hand is None:
        return
    kept = _kept(hand.number)
    kept |= _answers_now(hand.number)
    drawn: frozenset[str] = st.session_state.get(_DRAWN, frozenset())
    for key, value in kept.items():
        if key not in st.session_state or key not in drawn:
            st.session_state[key] = value


def keep_answers() -> None:
    """Keeps the fields of the current file as the page leaves them, and nothing else of it."""
    hand, context = current_file(), get_script_run_ctx()
    if hand is not None:
        st.session_state[_ANSWERS][hand.number] = _answers_now(hand.number)
    if context is not None:
        st.session_state[_DRAWN] = context.shared.widget_user_keys_this_run.snapshot()


def _answers_now(number: int) -> dict[str, object]:
    ending = f"-{number}"
    return {
        key: value
        for key, value in st.session_state.to_dict().items()
        if key.startswith("indlaes-") and key.endswith(ending) and _is_answer(key, value)
    }


def _is_answer(key: str, value: object) -> bool:
    """Whether a value is a person's word; a button is true in one run, and nothing may set it."""
    if isinstance(value, bool):
        return key.startswith(_TICKS)
    if isinstance(value, list):
        return all(isinstance(each, str) for each in value)
    return value is None or isinstance(value, str | int | float)


def _kept(number: int) -> dict[str, object]:
    kept: dict[int, dict[str, object]] = st.session_state.setdefault(_ANSWERS, {})
    return kept.setdefault(number, {})


def take_up(number: int) -> None:
    """Makes another file the current one."""
    st.session_state[_IN_HAND] = number


def put_down() -> None:
    """No file is the current one; all of them stay."""
    st.session_state[_IN_HAND] = None


def drop(number: int) -> None:
    """Forgets a file, as if it had not been chosen; the next becomes the current one."""
    hand = current_file()
    if hand and hand.number == number:
        following = next_file()
        st.session_state[_IN_HAND] = following.number if following else None
    st.session_state[_FILES] = tuple(file for file in files() if file.number != number)
    st.session_state.get(_ANSWERS, {}).pop(number, None)


def close(number: int, batch_id: int | None = None) -> None:
    """Lets go of a file's content at once: it was refused, or published as `batch_id`."""
    st.session_state[_FILES] = tuple(
        replace(file, upload=None, batch_id=batch_id) if file.number == number else file
        for file in files()
    )


def begin_again() -> None:
    """The empty page again; the note of a publication belongs to its own files alone."""
    if st.session_state.get(DONE):
        st.session_state[NOTE] = ""
    for key in (_FILES, _IN_HAND, _ANSWERS, READ, DONE):
        st.session_state.pop(key, None)
    new_number()


def new_number() -> int:
    """A number that no file of the session has had; the fields on the empty page are new too."""
    st.session_state[_NUMBER] = st.session_state.get(_NUMBER, 0) + 1
    return int(st.session_state[_NUMBER])


def keep_message(message: str, *, is_warning: bool = False) -> None:
    """Keeps a message for the next run, which shows it."""
    st.session_state.setdefault(_MESSAGES, []).append((message, is_warning))


def take_messages() -> list[tuple[str, bool]]:
    """The messages that the last run left, once, and whether each is a warning."""
    messages: list[tuple[str, bool]] = st.session_state.pop(_MESSAGES, [])
    return messages


def _take(key: str, adds: bool) -> None:
    """Takes files out of their field: its own copies are deleted, so that there is one of each."""
    # A click that comes meanwhile brings the field's value once more, its files already taken out.
    uploaded = st.session_state.get(key) or ()
    taken = [file for file in uploaded if isinstance(file, UploadedFile)]
    if not taken:
        return
    uploads = [(Upload(file.name, file.getvalue()), file) for file in taken]
    hand = current_file()
    if not adds:
        others = [file for file in files() if file.is_open and file is not hand]
        if not others:
            begin_again()
        elif hand and hand.batch_id is None:
            # The mended file comes in the place of the one that it mends.
            place = files().index(hand)
            drop(hand.number)
            _queue_up(uploads, place, in_hand=True)
            return
    hand = current_file()
    place = files().index(hand) + 1 if hand and not adds else len(files())
    _queue_up(uploads, place, in_hand=not adds or hand is None)


def _unpacked(
    uploads: Sequence[tuple[Upload, UploadedFile]], no_room: list[str], no_table: list[str]
) -> Iterable[tuple[Upload, str]]:
    """Each file, with the ZIP it came in; one that cannot be unpacked is read, and says why.

    ZIPs whose files there is no room for are named in `no_room`, what they have beside their
    tables in `no_table`.
    """
    context = get_script_run_ctx()
    for upload, taken in uploads:
        if context is not None and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
            context.uploaded_file_mgr.remove_file(context.session_id, taken.file_id)
        if not is_archive_of_files(upload.content):
            yield upload, ""
            continue
        if not has_room_for(min(inflated_bytes(upload.content), MOST_QUEUED_BYTES)):
            no_room.append(shown_name(upload.name))
            continue
        try:
            tables, others = tables_and_others(upload)
        except RefusedError:
            yield upload, ""
            continue
        no_table += [shown_name(other.name) for other in others]
        tables.reverse()
        while tables:
            # One at a time is there packed and unpacked.
            yield PackedUpload(tables.pop()), shown_name(upload.name)


def _queue_up(uploads: Sequence[tuple[Upload, UploadedFile]], place: int, in_hand: bool) -> None:
    queue = list(files())
    added: list[Handed] = []
    twice: list[str] = []
    too_many: list[str] = []
    no_room: list[str] = []
    no_table: list[str] = []
    for upload, archive in _unpacked(uploads, no_room, no_table):
        name = shown_name(upload.name)
        every = (*queue, *added)
        size = sum(file.upload.size for file in every if file.upload)
        if any(file.sha256 == upload.sha256 and file.batch_id is None for file in every):
            twice.append(name)
        elif len(every) >= MOST_QUEUED_FILES or (every and size + upload.size > MOST_QUEUED_BYTES):
            too_many.append(name)
        elif not has_room_for(upload.held_bytes):
            no_room.append(name)
        else:
            note_queued(upload)
            added.append(Handed(new_number(), name, upload.sha256, upload, archive))
    new_number()
    st.session_state[_FILES] = (*queue[:place], *added, *queue[place:])
    if in_hand and added:
        take_up(added[0].number)
    _report_left_out(twice, too_many, no_table)
    if no_room:
        keep_message(
            f"{_listed(no_room)} er ikke taget med: Serveren har ikke plads til flere filer lige "
            "nu, fordi andre har valgt filer, som ikke er udgivet endnu. Vent lidt, og vælg så "
            "resten.",
            is_warning=True,
        )


def _report_left_out(twice: list[str], too_many: list[str], no_table: list[str]) -> None:
    if no_table:
        keep_message(
            f"{_listed(no_table)} i ZIP-filen læses ikke som tabel. Kontrollér, om der står noget "
            "om tallene.",
            is_warning=True,
        )
    if twice:
        keep_message(
            f"{_listed(twice)} er valgt i forvejen (samme indhold) og står kun én gang i køen.",
            is_warning=True,
        )
    if too_many:
        keep_message(
            f"{_listed(too_many)} er ikke taget med: Der er højst plads til {MOST_QUEUED_FILES} "
            f"filer og {number_text(MOST_QUEUED_BYTES // 1024**2, 0)} MB ad gangen. Udgiv eller "
            "fjern nogle, og vælg så resten.",
            is_warning=True,
        )


def _listed(names: list[str]) -> str:
    shown = ", ".join(f"»{name}«" for name in names[:_MOST_NAMED])
    rest = len(names) - _MOST_NAMED
    return shown + (f" og {rest} til" if rest > 0 else "")
