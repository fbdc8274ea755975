"""An Office file that somebody gives back, read first in a process of its own with limits.

Run as a module it reads the file from its input, and ends: what brings it down is refused.
"""

import io
import sys

from kpi.domain.errors import KpiError
from kpi.ingest.containers.sandbox import DiedError, limit_memory, sandboxed
from kpi.ingest.table.file_kind import file_kind

MOST_MEGABYTES = 30
_SECONDS = 30.0


def check_office(content: bytes) -> None:
    """Refuses a file that is too large, or that takes too much room or time to read. KpiError."""
    if len(content) > MOST_MEGABYTES * 1024**2:
        raise KpiError("Filen er for stor", f"Den fylder over {MOST_MEGABYTES} MB.")
    name = file_kind(content).name
    if name not in ("powerpoint", "word"):
        return  # refused by what it is read as
    try:
        with sandboxed(
            "kpi.export.sandboxed_office", name, content=content, seconds=_SECONDS
        ) as said:
            said.read()
    except DiedError as error:
        raise KpiError(
            "Filen kan ikke læses",
            "Den er beskadiget, eller den fylder for meget, når den pakkes ud. Åbn den i Office, "
            "gem den, og prøv igen.",
        ) from error


def _read(name: str, content: bytes) -> None:
    """Reads every part as its library does; what is no such file is told apart later."""
    from kpi.export.deck_layouts import earlier_deck
    from kpi.export.word_template import earlier_document

    try:
        document = (earlier_deck if name == "powerpoint" else earlier_document)(content)
        document.save(io.BytesIO())
    except KpiError:
        return


if __name__ == "__main__":
    limit_memory()
    _read(sys.argv[1], sys.stdin.buffer.read())
