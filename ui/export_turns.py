"""Few files are made at a time, the others after them in the order in which they were asked for.

A picture, slides or a pack keeps a core and the one browser that draws busy for up to some seconds.
Made one after the other, most are there long before all would be, and pages have the rest of the
machine meanwhile.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from ui.turns import Turns

SETTING = "KPI_EXPORTS"
_USUAL = 2
# Who has waited so long goes on without a turn: nothing that hangs holds up all files.
_MOST_SECONDS = 60.0


def at_once() -> int:
    """How many files are made at a time: the setting KPI_EXPORTS, at least 1, or 2."""
    said = os.environ.get(SETTING, "").strip()
    return max(int(said), 1) if said.isdecimal() else _USUAL


_TURNS = Turns(at_once())


@contextmanager
def export_turn() -> Iterator[None]:
    """Waits until it is this file's turn, which lasts to the end of the block."""
    has_turn = _TURNS.take(_MOST_SECONDS)
    try:
        yield
    finally:
        if has_turn:
            _TURNS.give()
