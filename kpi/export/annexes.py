"""What a meeting's annexes are numbered, and what its files are called."""

import re
from collections.abc import Iterable
from typing import assert_never

from kpi.domain.plan import Meeting
from kpi.domain.vocabulary import PAPER_ENDINGS, PaperFile
from kpi.export.paper import Paper

# Of a name that people gave: so many letters of it are in a file's name.
_MOST_LETTERS = 40

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


def file_name(
    kind: PaperFile, paper: Paper, meetings: Iterable[Meeting] = (), draft: str = ""
) -> str:
    """What a person's copy of the paper is called: `oplaeg-2025-03-19.pptx`; see `file_stem`."""
    return f"{file_stem(_stem(kind, paper), paper, meetings, draft)}.{PAPER_ENDINGS[kind]}"


def _stem(kind: PaperFile, paper: Paper) -> str:
    status, figures = annex_stems(paper)
    match kind:
        case "pptx":
            return "oplaeg"
        case "docx":
            return "indstilling"
        case "notat" | "overblik":
            return kind
        case "status" | "status-docx":
            return status
        case "pdf":
            return figures
        case "xlsx" | "csv":
            return "tal"
        case "pack":
            return "moedemateriale"
    assert_never(kind)


def file_stem(stem: str, paper: Paper, meetings: Iterable[Meeting] = (), draft: str = "") -> str:
    """`oplaeg-2025-03-19`, and what tells the file from another one of that day.

    That is the body where another of the `meetings` is that day, the area where it is not the
    municipality, and the name that people gave the paper or its `draft`.
    """
    meeting = paper.meeting
    day = meeting.day if meeting else paper.as_of
    own = paper.choice.cover or draft
    parts = [
        meeting.body if meeting and sum(each.day == day for each in meetings) > 1 else "",
        "" if paper.authority.startswith(paper.area_name) else paper.area_name,
        "" if own in (paper.occasion, paper.dated) else own,
    ]
    named = (stem_of(part)[:_MOST_LETTERS].rstrip("-") for part in parts)
    return "-".join([stem, *filter(None, named), day.isoformat()])


def stem_of(name: str) -> str:
    """`Midlertidige ydelser` as the name of a file, whatever machine reads it."""
    return re.sub(r"[^0-9a-z]+", "-", name.casefold().translate(_LETTERS)).strip("-")
