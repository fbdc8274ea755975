"""Which pages elsewhere may show a chart in a frame: those that the server's setting lists."""

import os
import re
from collections.abc import Mapping
from urllib.parse import parse_qs

from ui.picture_mode import EMBEDDED, PARAMETER

# The pages that have a chart to show alone (`ui/embedded.py`).
FRAMED_PAGES = frozenset({"sammenlign", "omraade", "tema"})
SETTING = "KPI_EMBED_ORIGINS"
# A scheme, a name and perhaps a port: nothing that could end the header or mean every page.
_ORIGIN = re.compile(r"https?://(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*(?::\d{1,5})?", re.IGNORECASE)


def embed_origins() -> tuple[str, ...]:
    """The origins of KPI_EMBED_ORIGINS (`https://intranet.example.dk`); none unless it is set."""
    return tuple(each.rstrip("/") for each in _listed() if _ORIGIN.fullmatch(each.rstrip("/")))


def wrong_origin_lines() -> list[str]:
    """A Danish sentence of each that is no origin, for a log: its pages would show nothing."""
    return [
        f"»{each}« i {SETTING} er ingen adresse på en server. Skriv fx https://intranet.example.dk."
        for each in _listed()
        if not _ORIGIN.fullmatch(each.rstrip("/"))
    ]


def _listed() -> list[str]:
    return [each.strip() for each in os.environ.get(SETTING, "").split(",") if each.strip()]


def framed_headers(path: str, query: bytes, headers: Mapping[str, str]) -> dict[str, str]:
    """An address's headers: of a chart that is made to be embedded, with who may show it.

    All others can be framed by Spor alone: whole pages, and what is no page at all.
    """
    origins = embed_origins()
    modes = parse_qs(query.decode("latin-1")).get(PARAMETER, [])
    if not origins or modes != [EMBEDDED] or path not in FRAMED_PAGES:
        return dict(headers)
    framed = dict(headers)
    # It knows one origin only; browsers that know frame-ancestors do without it.
    del framed["X-Frame-Options"]
    policy = framed["Content-Security-Policy"]
    allowed = " ".join(("frame-ancestors 'self'", *origins))
    framed["Content-Security-Policy"] = policy.replace("frame-ancestors 'self'", allowed)
    return framed
