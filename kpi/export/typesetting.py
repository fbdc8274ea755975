"""Typst behind one door: what it makes is handed over, and what it remembers is let go of."""

import threading
from pathlib import Path
from typing import Any

from kpi.export.fonts import typst_fonts

# Typst forgets what none of its last ten documents used. A slide's picture is 23 MB before it is
# packed, so ten different ones would stay in memory for good. Empty documents push them out.
_DOCUMENTS_REMEMBERED = 11
# Each keeps its page unpacked in memory while it is made.
_AT_ONCE = threading.BoundedSemaphore(2)


def typeset(source: bytes | Path, **options: Any) -> bytes:
    """A document of Typst's, in Spor's faces, as the file that the options of `typst.compile` ask.

    Raises typst.TypstError when the document cannot be made.
    """
    import typst

    with _AT_ONCE:
        try:
            made = typst.compile(
                source, font_paths=typst_fonts(), ignore_system_fonts=True, **options
            )
        finally:
            for _ in range(_DOCUMENTS_REMEMBERED):
                typst.compile(b"", font_paths=typst_fonts(), ignore_system_fonts=True, format="svg")
    assert isinstance(made, bytes)
    return made
