"""How many slides a paper becomes, counted in a process of its own.

A paper's slides have to be made to be counted: seconds in which no page would be drawn, and 17 MB
of packages that pages do not need. Run as a module it reads the paper from its input.
"""

import pickle
import sys
import threading

from kpi.export.extent import extent_text
from kpi.export.paper import Paper
from kpi.ingest.containers.sandbox import DiedError, FaultyProgramError, sandboxed

_SECONDS = 120.0
# Each takes 120 MB while it counts.
_ONE_AT_A_TIME = threading.Lock()


def counted_here(paper: Paper) -> str:
    """`12 slides`, counted in this process."""
    from kpi.export.deck import deck  # loads all that writes PowerPoint: not before the first

    return extent_text(deck(paper))


def counted_apart(paper: Paper) -> str:
    """The same from a process of its own; from this one where that could not say it."""
    try:
        with (
            _ONE_AT_A_TIME,
            sandboxed(
                "kpi.export.deck_counted", content=pickle.dumps(paper), seconds=_SECONDS
            ) as said,
        ):
            counted = said.read().decode("utf-8")
    except (DiedError, FaultyProgramError, OSError):
        return counted_here(paper)
    return counted


def main() -> None:
    """Counts the slides of the paper that is sent."""
    sent: Paper = pickle.loads(sys.stdin.buffer.read())  # noqa: S301 - from our own server
    sys.stdout.buffer.write(counted_here(sent).encode("utf-8"))


if __name__ == "__main__":
    main()
