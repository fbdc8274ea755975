"""The headings of today's pages by their addresses, for the first picture of who comes next.

An address holds the whole view, so what its page was called for one person it is called for all.
Left out are pages that show what their session has done, and earlier days.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass
from urllib.parse import parse_qsl

import streamlit as st

from kpi.domain.selection import Selection
from ui.visited import visited

_BOX, _TITLE = "overskrift-felt", "overskrift"
# The front page has a picture of its own; the other two are called by what is chosen or handed in.
_WITHOUT = {"overblik", "udvalg", "indlaes"}
_MOST = 300

Address = tuple[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True)
class Heading:
    """What stands at the top of a page: `has_box` beside its title, `with_day` under it."""

    page: str
    title: str
    under: str
    with_day: bool
    has_box: bool


class _Seen:
    """The headings of one version and day, at most `_MOST`; the one longest unseen goes first."""

    def __init__(self) -> None:
        self._key = ""
        self._headings: OrderedDict[Address, Heading] = OrderedDict()
        self._lock = threading.Lock()

    def keep(self, key: str, address: Address, heading: Heading) -> None:
        """Keeps a heading; those of another version or day are forgotten."""
        with self._lock:
            if key != self._key:
                self._key = key
                self._headings.clear()
            self._headings[address] = heading
            self._headings.move_to_end(address)
            if len(self._headings) > _MOST:
                self._headings.popitem(last=False)

    def heading(self, key: str, address: Address) -> Heading | None:
        """The heading of an address at a version and day; None where nobody has seen it."""
        with self._lock:
            return self._headings.get(address) if key == self._key else None


SEEN = _Seen()


def note_box(has_box: bool) -> None:
    """Whether the run's page has a box beside its title."""
    st.session_state[_BOX] = has_box


def note_title(title: str, under: str, with_day: bool) -> None:
    """What the run's page is called."""
    st.session_state[_TITLE] = (title, under, with_day)


def keep_heading(key: str, selection: Selection, query: str) -> None:
    """Keeps the run's heading for the address that its page has now.

    A bare address shows what a session has chosen before; only a new session's counts.
    """
    noted = st.session_state.pop(_TITLE, None)
    if noted and selection.page not in _WITHOUT and (query or not visited()):
        title, under, with_day = noted
        heading = Heading(selection.page, title, under, with_day, st.session_state[_BOX])
        SEEN.keep(key, address_of(selection.page, query), heading)


def address_of(page: str, query: str) -> Address:
    """A page's address, whatever the order of its parameters."""
    return page, tuple(sorted(parse_qsl(query, keep_blank_values=True)))
