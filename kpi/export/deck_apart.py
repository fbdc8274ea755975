"""What is on a paper's slides, found in a process of its own.

A paper's slides have to be made to be counted and shown: seconds in which no page would be drawn,
and 17 MB of packages that pages do not need. Run as a module it reads the paper from its input.
"""

import pickle
import sys
import threading

from kpi.export.paper import Paper
from kpi.export.slide_picture import DeckShapes
from kpi.ingest.containers.sandbox import DiedError, FaultyProgramError, sandboxed

_SECONDS = 120.0
# Each takes 120 MB meanwhile.
_ONE_AT_A_TIME = threading.Lock()


def shapes_here(paper: Paper) -> DeckShapes:
    """What is on each slide, found in this process."""
    # Loads all that writes PowerPoint: not before the first.
    from kpi.export.deck import deck
    from kpi.export.slide_shapes import deck_shapes

    return deck_shapes(deck(paper), paper)


def shapes_apart(paper: Paper) -> DeckShapes:
    """What is on each slide, found in a process of its own; in this one where that fails."""
    try:
        with (
            _ONE_AT_A_TIME,
            sandboxed(
                "kpi.export.deck_apart", content=pickle.dumps(paper), seconds=_SECONDS
            ) as said,
        ):
            shapes: DeckShapes = pickle.loads(said.read())  # noqa: S301 - from our own program
    except (DiedError, FaultyProgramError, OSError, EOFError, pickle.UnpicklingError):
        return shapes_here(paper)
    return shapes


def main() -> None:
    """Finds what is on the slides of the paper that is sent."""
    sent: Paper = pickle.loads(sys.stdin.buffer.read())  # noqa: S301 - from our own server
    sys.stdout.buffer.write(pickle.dumps(shapes_here(sent)))


if __name__ == "__main__":
    main()
