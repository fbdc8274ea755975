"""What a meeting's annexes are numbered and called."""

import re

from kpi.export.paper import Paper

_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e", "ü": "u"})


def annex_numbers(paper: Paper) -> tuple[str, str]:
    """The numbers of the short status and of the figures' annex, which a person may have said."""
    has_status = bool(paper.actions or paper.programme)
    figures = paper.choice.case.annex.strip() or ("2" if has_status else "1")
    return ("2" if figures == "1" else "1"), figures


def annex_stems(paper: Paper) -> tuple[str, str]:
    """What the files of both are called: `bilag-1-kort-status`, `bilag-2-noegletal`."""
    status, figures = map(stem_of, annex_numbers(paper))
    return f"bilag-{status}-kort-status", f"bilag-{figures}-noegletal"


def stem_of(name: str) -> str:
    """`Midlertidige ydelser` as the name of a file, whatever machine reads it."""
    return re.sub(r"[^0-9a-z]+", "-", name.casefold().translate(_LETTERS)).strip("-")
