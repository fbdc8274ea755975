"""Finished files that wait to be fetched: of all sessions together no more than the server spares.

A session keeps a ticket; what was not fetched for long gives way to what others make.
"""

import threading
from collections import OrderedDict
from itertools import count

MOST_BYTES = 200 * 1024**2

_LOCK = threading.Lock()
_FILES: OrderedDict[int, bytes] = OrderedDict()
_TICKETS = count(1)


def keep_file(content: bytes, former: int | None = None) -> int:
    """Keeps a finished file and returns its ticket; the session's `former` one is let go.

    The longest kept go where there are too many bytes; the newest always stays.
    """
    with _LOCK:
        if former is not None:
            _FILES.pop(former, None)
        ticket = next(_TICKETS)
        _FILES[ticket] = content
        while len(_FILES) > 1 and sum(map(len, _FILES.values())) > MOST_BYTES:
            _FILES.popitem(last=False)
        return ticket


def kept_file(ticket: int) -> bytes | None:
    """The file of a ticket; None where it had to give way."""
    with _LOCK:
        return _FILES.get(ticket)
