"""The server memory taken by files: counted over all sessions, bounded, never on a disk.

A file that is sent waits in Streamlit's list until its page takes it, and then in the queue of its
session. Until it has passed the gate for personal data no byte of it may reach a disk, so what
Starlette would write to a temporary file stays in memory here.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from weakref import WeakValueDictionary

from starlette import formparsers
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager

from kpi.ingest.table.raw import MOST_HELD_BYTES, Upload

_LOCK = threading.Lock()
_QUEUED: "WeakValueDictionary[int, Upload]" = WeakValueDictionary()
_COMING = [0]


class InMemoryFile(BytesIO):
    """Takes the bytes of a sent file, and gives them in one piece without a copy."""

    # So Starlette sees that a write keeps nobody waiting.
    _rolled = False

    def __init__(self, max_size: int = 0) -> None:
        super().__init__()
        self._max_size = 0

    def read(self, size: int | None = -1, /) -> bytes:
        """All of it from the start, as it lies there; or a part."""
        if self.tell() or (size is not None and size >= 0):
            return super().read(size)
        self.seek(0, 2)
        return self.getvalue()


def keep_off_the_disk() -> None:
    """From now on sent files are kept in memory, however large."""
    formparsers.SpooledTemporaryFile = InMemoryFile  # type: ignore[attr-defined,assignment]


def note_queued(upload: Upload) -> None:
    """Counts a file for as long as any session refers to it."""
    _QUEUED[id(upload)] = upload


def bytes_in_memory() -> int:
    """The bytes of all sessions' files: in queues, sent and not yet taken up, and on their way."""
    queued = sum(upload.held_bytes for upload in list(_QUEUED.values()))
    return queued + sum(map(sum, _waiting().values())) + _COMING[0]


def waiting_bytes(session: str) -> int:
    """What was sent for a session that its page has not yet taken up."""
    return sum(_waiting().get(session, ()))


def has_room_for(size: int) -> bool:
    """Whether the server has room for so many bytes more."""
    return bytes_in_memory() + size <= MOST_HELD_BYTES


@contextmanager
def coming(size: int) -> Iterator[bool]:
    """Whether there is room for a file that is about to come; it is counted while it comes."""
    with _LOCK:
        fits = has_room_for(size)
        _COMING[0] += size if fits else 0
    try:
        yield fits
    finally:
        with _LOCK:
            _COMING[0] -= size if fits else 0


def _waiting() -> dict[str, list[int]]:
    """The sizes of the files that Streamlit keeps, by session."""
    manager = runtime.get_instance().uploaded_file_mgr if runtime.exists() else None
    if not isinstance(manager, MemoryUploadedFileManager):
        return {}
    # Copies: files come in on several threads.
    return {
        session: [len(file.data) for file in list(files.values())]
        for session, files in list(manager.file_storage.items())
    }
