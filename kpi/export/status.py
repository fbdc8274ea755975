"""The short status as PDF: two pages of A4, tagged and in Danish (PDF/UA-1, PDF/A-2a).

`status.typ` lays it out; what it says goes in as JSON.
"""

import json
import math
from dataclasses import asdict
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from kpi.charts.marks import Frame
from kpi.domain.catalog import Catalog
from kpi.domain.vocabulary import STATE_NAMES
from kpi.exhibits.comments import COMMENTS
from kpi.export.annex import drawable
from kpi.export.annexes import annex_numbers
from kpi.export.paper import Item, Paper
from kpi.export.short_status import ProgrammePage, ShortStatus, short_status
from kpi.export.typesetting import typeset
from kpi.export.vectors import charts

_TEMPLATE = Path(__file__).with_name("status.typ")
_CHART = Frame(400, 125)
_DONE = {STATE_NAMES["completed"], STATE_NAMES["in_operation"]}
_GOING = {STATE_NAMES["in_progress"], STATE_NAMES["planned"], STATE_NAMES["blocked"]}
_WORDS = {
    "page": "Side", "of": "af", "figures": "Om figurerne",
    "without": "Ingen nøgletal endnu", "outcomes": "Resultater i områderne",
    "outcome": "Resultat", "interval": "Sikkerhedsinterval",
    "verdict": (
        "Højere og lavere: det første område i forhold til det andet. – = ikke oplyst. "
        "Sikkerhedsintervallet er på 95 %."
    ),
    "claims": "Regnetjek: rapporten og tallene bag", "caveats": "Forbehold",
    "sources": "Kilder og datoer", "comments": COMMENTS,
    "more-comments": "Flere bemærkninger står i bilaget med nøgletal.",
}  # fmt: skip


def status_pdf(paper: Paper, catalog: Catalog) -> bytes:
    """The short status, the same bytes for the same paper.

    Raises KpiError where there is no browser that draws the chart, if there is one.
    """
    status = short_status(paper, catalog)
    return typeset(
        _TEMPLATE,
        format="pdf",
        pdf_standards=["ua-1", "a-2a"],
        timestamp=datetime.combine(paper.as_of, time(), UTC),
        sys_inputs={"status": json.dumps(drawable(_content(status, paper)), ensure_ascii=False)},
    )


def _content(status: ShortStatus, paper: Paper) -> dict[str, Any]:
    return {
        "title": status.title,
        "description": f"{paper.area_name}. {paper.dated}. {paper.basis}.",
        "day": [paper.as_of.year, paper.as_of.month, paper.as_of.day],
        "area": paper.authority,
        "occasion": paper.occasion,
        "dated": paper.dated,
        "basis": paper.basis,
        "words": {**_WORDS, "annex": f"Bilag {annex_numbers(paper)[0]}"},
        "lead": status.lead,
        "corrected": status.corrected,
        "note": status.note,
        "remarks": status.remarks,
        "comments": status.comments,
        "tracks": [
            {
                **asdict(track),
                "points": [
                    {**asdict(point), "shade": _shade(point.state)} for point in track.points
                ],
            }
            for track in status.tracks
        ],
        "programme": _programme(status.programme) if status.programme else None,
    }


def _programme(page: ProgrammePage) -> dict[str, Any]:
    highest = max((cell.high for line in page.outcomes for cell in line.cells if cell), default=0.0)
    return {
        "title": page.title,
        "columns": [{**asdict(column), "shade": _shade(column.state)} for column in page.columns],
        "finding": page.finding,
        "outcomes": [asdict(line) for line in page.outcomes],
        "most": min(100, 20 * math.ceil(highest / 20)) or 20,
        "development": _development(page.development) if page.development else None,
        "claims": [line.text for line in page.claims],
        "caveats": page.caveats,
        "sources": page.sources,
    }


def _development(item: Item) -> dict[str, str]:
    (chart,) = charts([(item.exhibit.marks, _CHART)])
    return {
        "title": item.title,
        "measure": item.exhibit.measure,
        "svg": chart.svg,
        "alt": item.exhibit.alt,
    }


def _shade(state: str) -> str:
    if state in _DONE:
        return "green"
    return "blue" if state in _GOING else "grey"
