"""The overblik: a meeting's figures, the plan and what is new on one page of A4 (PDF).

`overview_page.typ` lays it out; what it says goes in as JSON.
"""

import json
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, time
from pathlib import Path

from kpi.domain import format as fmt
from kpi.domain.catalog import Catalog
from kpi.domain.wording import capital, sentences
from kpi.exhibits.caveats import AXIS_STARTS
from kpi.exhibits.comments import COMMENTS, is_comment
from kpi.export.annex import drawable
from kpi.export.annexes import annex_numbers
from kpi.export.deck_slides import news_title
from kpi.export.paper import Item, Paper
from kpi.export.plan_words import counted_by_state, counted_signs
from kpi.export.short_status import short_status
from kpi.export.sources import sources_line
from kpi.export.typesetting import typeset

TITLE = "Overblik"
_TEMPLATE = Path(__file__).with_name("overview_page.typ")
# So many figures have a place on a page; what more there are, the annex has.
_MOST_FIGURES = 8
_WORDS = {
    "page": "Side", "of": "af", "figures": "Nøgletal", "plan": "Handleplanens status",
    "about": "Om tallene", "comments": COMMENTS,
    "annex": "Alle forbehold og bemærkninger står i bilaget med nøgletal.",
}  # fmt: skip


@dataclass(frozen=True)
class Cell:
    """A figure of the page: whose subject it is of, its number, its takeaway and its measure."""

    subject: str
    number: str
    said: str
    measure: str


@dataclass(frozen=True)
class OverviewPage:
    """What the page says. `counts` are the plan's, its head first; `about` what must be known."""

    title: str
    lead: str
    cells: tuple[Cell, ...]
    counts: tuple[tuple[str, ...], ...]
    signs: str
    news: str
    programme: tuple[tuple[str, str, str], ...]
    comments: tuple[str, ...]
    about: tuple[str, ...]
    more: str


def overview_pdf(paper: Paper, catalog: Catalog) -> bytes:
    """The overblik, the same bytes for the same paper."""
    said = {
        **asdict(overview_page(paper, catalog)),
        "description": f"{paper.area_name}. {paper.dated}. {paper.basis}.",
        "day": [paper.as_of.year, paper.as_of.month, paper.as_of.day],
        "authority": paper.authority,
        "occasion": paper.occasion,
        "dated": paper.dated,
        "basis": paper.basis,
        "words": _WORDS,
    }
    return typeset(
        _TEMPLATE,
        format="pdf",
        pdf_standards=["ua-1", "a-2a"],
        timestamp=datetime.combine(paper.as_of, time(), UTC),
        sys_inputs={"page": json.dumps(drawable(said), ensure_ascii=False)},
    )


def overview_page(paper: Paper, catalog: Catalog) -> OverviewPage:
    """The page as texts: the first figures of the paper, and everything else of it in brief."""
    status = short_status(paper, catalog)
    items = paper.items[:_MOST_FIGURES]
    tracks = {
        track: [action for action in paper.actions if action.track == track]
        for track in dict.fromkeys(action.track for action in paper.actions)
        if track is not None
    }
    counts: tuple[tuple[str, ...], ...] = ()
    if tracks:
        columns, rows = counted_by_state(
            {f"{track}. {actions[0].theme}": actions for track, actions in tracks.items()}
        )
        counts = (columns, *rows)
    further = len(paper.items) - len(items)
    return OverviewPage(
        f"{TITLE}: Integrationshandleplanen" if tracks else f"{TITLE}: {paper.area_name}",
        status.lead,
        tuple(_cell(item) for item in items),
        counts,
        counted_signs(action for actions in tracks.values() for action in actions),
        news_title(paper) if paper.news else "",
        tuple(
            (column.name, column.state, column.said)
            for column in (status.programme.columns if status.programme else ())
        ),
        status.comments,
        _about(items),
        f"Bilag {annex_numbers(paper)[1]} har {fmt.counted(further, 'figur', 'figurer')} mere."
        if further
        else "",
    )


def _cell(item: Item) -> Cell:
    newest = max((row.period for row in item.exhibit.observations), key=lambda each: each.order)
    row = next(row for row in item.exhibit.observations if row.period == newest)
    return Cell(
        item.theme.short_name,
        fmt.display(row, item.indicator),
        item.title,
        item.exhibit.measure_alone,
    )


def _about(items: tuple[Item, ...]) -> tuple[str, ...]:
    """What must be known of the figures: what several share once, then each, then sources."""
    said = {
        item.exhibit.key: [
            *(
                remark
                for remark in item.remarks
                if not is_comment(remark) and AXIS_STARTS not in remark
            ),
            *(line.text for line in item.claims),
        ]
        for item in items
    }
    counts = Counter(remark for remarks in said.values() for remark in dict.fromkeys(remarks))
    of_several = [remark for remark, count in counts.items() if count > 1]
    lines = []
    for item in items:
        own = [remark for remark in said[item.exhibit.key] if remark not in of_several]
        if own:
            lines.append(f"{capital(item.indicator.short_name)}: {sentences(*own)}")
    return (*of_several, *lines, sources_line(item.exhibit.source for item in items))
